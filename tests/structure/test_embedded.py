"""Who does what, said inside a sentence: only bodies that were found count, and only words of responsibility behind them."""

import pytest

from taskie.structure.body_lists import BodyLists
from taskie.structure.embedded import find_closing, find_embedded

BODIES = ("县发改局", "县财政局", "县水务局", "自来水公司", "工作专班")


def lists(text):
    return BodyLists.of(text, [(text.index(b), text.index(b) + len(b)) for b in BODIES if b in text])


def roles(units):
    return [(unit.name, unit.role[0]) for unit in units]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由县发改局会同县财政局、县水务局制定办法，报县政府审定。", [("县发改局", "l"), ("县财政局", "c"), ("县水务局", "c")]),
        ("县发改局会同县财政局和工作专班开展评估。", [("县发改局", "l"), ("县财政局", "c"), ("工作专班", "c")]),
        ("由县水务局牵头开展排查，自来水公司配合做好抢修。", [("县水务局", "l"), ("自来水公司", "c")]),
        ("由县水务局负责调度。", [("县水务局", "r")]),
    ],
)  # fmt: skip
def test_sentences_give_roles(text, expected):
    assert roles(find_embedded(text, 0, len(text), lists(text))) == expected


@pytest.mark.parametrize(
    "text", ["会同有关部门推进工作。", "多次向县财政局汇报。", "支持自来水公司改造管网。", "县水务局所属泵站检修完毕。"]
)
def test_bodies_that_are_only_named_have_no_role(text):
    assert find_embedded(text, 0, len(text), lists(text)) == ()


def test_closing_sentence_is_read_whole_or_not_at_all():
    text = "由县发改局牵头，县财政局、县水务局配合。"
    assert roles(find_closing(text, 0, len(text), lists(text))) == [
        ("县发改局", "l"),
        ("县财政局", "c"),
        ("县水务局", "c"),
    ]
    other = "由县发改局牵头，抓紧报批。"
    assert find_closing(other, 0, len(other), lists(other)) == ()
