"""Structure overrules the tagger where it is certain, and a body known in one place is one in the others."""

import pytest

from taskie.reconcile import reconcile
from taskie.records import Entity
from taskie.structure.reader import read_outline


def entity(text, name, label="ORG", *, confidence=0.95, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = text.index(name, start + 1)
    return Entity(label, name, start, start + len(name), confidence)


def found(text, *entities):
    return [(e.label, e.text, e.start) for e in reconcile(text, read_outline(text), entities)]


def test_units_of_an_attribution_are_bodies_even_if_the_tagger_missed_them():
    text = "1.新建泵站3座。（牵头单位：县水利局；配合单位：柳泉镇）\n2.改造渠道。（牵头单位：县财政局）\n"
    assert [name for _, name, _ in found(text)] == ["县水利局", "柳泉镇", "县财政局"]


def test_body_known_for_sure_is_found_wherever_its_name_stands():
    text = "支持恒岳重工技改。推动恒岳重工上市，走访恒岳重工。"
    assert len(found(text, entity(text, "恒岳重工"))) == 3


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("在青柳镇人民调解，走访青柳镇。", Entity("ORG", "青柳镇", 1, 4, 0.99)),  # a place elsewhere
        ("支持恒岳重工。恒岳重工技改快。", Entity("ORG", "恒岳重工", 2, 6, 0.5)),  # the tagger is not sure
        ("恒岳重工制定《恒岳重工改革方案》。", Entity("ORG", "恒岳重工", 0, 4, 0.99)),  # inside a title
        ("推进恒岳。恒岳快。", Entity("ORG", "恒岳", 2, 4, 0.99)),  # too short to mean one thing
    ],
)
def test_names_do_not_spread_where_they_may_mean_something_else(text, known):
    assert len(found(text, known)) == 1


def test_longer_name_found_again_is_not_cut_by_a_shorter_one():
    text = "支持恒岳重工集团。会同恒岳重工集团、恒岳重工。"
    spread = found(text, entity(text, "恒岳重工集团"), entity(text, "恒岳重工", nth=2))
    assert [name for _, name, _ in spread] == ["恒岳重工集团", "恒岳重工集团", "恒岳重工"]


def test_time_by_which_something_was_done_is_no_deadline_in_a_progress_cell():
    text = (
        "序号\t工作任务\t进展情况\t责任单位\n"
        "1\t新建泵站3座\t6月底已建成2座，计划9月底前全部完工\t县水利局\n"
        "2\t改造学校2所\t正在招标\t县教育局\n"
    )
    deadlines = [entity(text, "6月底", "DEADLINE"), entity(text, "9月底前", "DEADLINE")]
    assert [name for label, name, _ in found(text, *deadlines) if label == "DEADLINE"] == ["9月底前"]
