"""The words behind a list say what its members are: firms, or projects by their firms' names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskie.list_heads import label_lists
from taskie.records import Entity


def marked(text, *names, label):
    return [Entity(label, name, text.index(name), text.index(name) + len(name), 0.9) for name in names]


def labels(text, entities):
    return [(e.text, e.label) for e in label_lists(text, entities)]


@pytest.mark.parametrize("head", ["等企业", "等企业技改项目建设", "等5家龙头企业", "等一批成长型企业", "等公司"])
def test_members_before_firms_are_firms_even_if_projects_of_theirs_follow(head):
    text = f"加快锦盛轴承、恒岳化工、海庭纺织{head}。"
    tagged = marked(text, "锦盛轴承", "恒岳化工", "海庭纺织", label="PROJECT")
    assert labels(text, tagged) == [("锦盛轴承", "ORG"), ("恒岳化工", "ORG"), ("海庭纺织", "ORG")]


@pytest.mark.parametrize("head", ["等项目", "等3个项目", "等重点项目建设", "等工程"])
def test_members_before_projects_stand_for_their_projects(head):
    text = f"推动锦盛轴承、恒岳化工{head}出城入园。"
    tagged = marked(text, "锦盛轴承", "恒岳化工", label="ORG")
    assert {label for _, label in labels(text, tagged)} == {"PROJECT"}


def test_firm_the_tagger_missed_is_added_between_marks_and_behind_a_joining_word():
    text = "重点盯紧锦盛轴承、恒岳化工、海庭纺织和丰禾进出口4家龙头企业。"
    tagged = marked(text, "锦盛轴承", "海庭纺织", label="ORG")
    assert [name for name, _ in labels(text, tagged)] == ["锦盛轴承", "恒岳化工", "海庭纺织", "丰禾进出口"]


@pytest.mark.parametrize(
    ("text", "names", "label"),
    [
        ("锦盛轴承扩建项目、恒岳化工等企业投资项目。", ["锦盛轴承扩建项目"], "PROJECT"),  # says itself what it is
        ("由县住建局、县水务局等项目责任单位落实。", ["县住建局", "县水务局"], "ORG"),  # who is responsible
        ("县住建局、县水务局等3个项目。", ["县住建局", "县水务局"], "ORG"),  # bodies are no projects
        ("粮库迁建、面粉加工等项目由承储企业投资。", ["粮库迁建"], "PROJECT"),  # 企业 belongs to what follows
        ("支持锦盛轴承，推进等级企业评定。", ["锦盛轴承"], "ORG"),  # no list
        ("新洲乡、雅岩镇等企业集中的地方。", [], "ORG"),  # nothing found, nothing added
    ],
)
def test_what_is_no_headed_list_stays_as_it_was(text, names, label):
    tagged = marked(text, *names, label=label)
    assert label_lists(text, tagged) == tuple(tagged)


def test_places_and_members_in_brackets_are_not_added():
    text = "支持锦盛轴承、青柳镇、恒岳化工（甲、乙）等企业。"
    assert [name for name, _ in labels(text, marked(text, "锦盛轴承", label="ORG"))] == [
        "锦盛轴承",
        "恒岳化工（甲、乙）",
    ]


@given(st.text(alphabet="锦盛、和等家企业项目（）。5", max_size=60), st.data())
def test_spans_stay_in_order_without_overlap(text, data):
    entities, position = [], 0
    while position < len(text):
        start = data.draw(st.integers(position, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 6)))
        if start < end:
            entities.append(Entity(data.draw(st.sampled_from(["ORG", "PROJECT"])), text[start:end], start, end, 0.9))
        position = end + 1
    found = label_lists(text, entities)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    assert {(e.start, e.end) for e in entities} <= {(e.start, e.end) for e in found}
