"""Structure overrules the tagger where it is certain, and a name known in one place is known in the others."""

import re
import time

import pytest

from taskie.named_again import named_again
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


def test_project_known_for_sure_is_found_wherever_its_name_stands_and_mends_what_was_cut_wrongly():
    text = "新建青柳河大桥。青柳河大桥桩基完成，青柳河大桥通车。"
    known = entity(text, "青柳河大桥", "PROJECT"), entity(text, "青柳河大桥桩基", "PROJECT", confidence=0.6)
    assert [(name, start) for _, name, start in found(text, *known)] == [
        ("青柳河大桥", 2),
        ("青柳河大桥", 8),
        ("青柳河大桥", 18),
    ]


@pytest.mark.parametrize(
    ("name", "confidence"),
    [
        ("青柳河大桥东延", 0.6),  # another project that bears the name
        ("青柳河大桥桩基", 0.95),  # the tagger is sure
        ("青柳河大桥", 0.6),
    ],
)
def test_a_project_that_is_sure_or_has_a_name_of_its_own_stays(name, confidence):
    text = f"新建青柳河大桥。推进{name}施工。"
    known = entity(text, "青柳河大桥", "PROJECT"), Entity("PROJECT", name, 10, 10 + len(name), confidence)
    assert [n for _, n, _ in found(text, *known)] == ["青柳河大桥", name]


def test_a_body_does_not_give_way_to_a_project_of_its_name():
    text = "新建青柳河大桥。青柳河大桥公司报到。"
    known = entity(text, "青柳河大桥", "PROJECT"), entity(text, "青柳河大桥公司", confidence=0.5)
    assert [(label, name) for label, name, _ in found(text, *known)] == [
        ("PROJECT", "青柳河大桥"),
        ("ORG", "青柳河大桥公司"),
    ]


def test_finding_names_again_takes_time_in_proportion_to_the_text():
    def seconds(count):
        text = "".join(f"新建青柳{n}路大桥。走访恒岳{n}重工。" for n in range(count))
        known = [Entity("PROJECT", m[0], m.start(), m.end(), 0.99) for m in re.finditer(r"青柳\d+路大桥", text)]
        known += [Entity("ORG", m[0], m.start(), m.end(), 0.99) for m in re.finditer(r"恒岳\d+重工", text)]
        begin = time.perf_counter()
        named_again(text, known)
        return time.perf_counter() - begin

    assert min(seconds(4000) for _ in range(3)) < 8 * min(seconds(1000) for _ in range(3))


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
