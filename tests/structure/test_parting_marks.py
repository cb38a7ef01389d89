"""A document may say that a mark inside its lists of units parts those who lead from those who help."""

import re

import pytest

from taskie.structure.parting_marks import mark_behind_leaders
from taskie.structure.reader import read_outline

BODIES = ("县水务局", "县财政局", "柳泉镇政府", "县交通局", "县公安局")


def units(text):
    spans = sorted(match.span() for name in BODIES for match in re.finditer(name, text))
    return [[(unit.name, unit.role[0]) for unit in task.units] for task in read_outline(text, spans).tasks]


def table(heading, mark):
    rows = f"1\t疏浚南河\t县水务局{mark}柳泉镇政府、县财政局\n2\t改建北桥\t县交通局{mark}县公安局\n"
    return f"序号\t工作任务\t{heading}\n{rows}"


@pytest.mark.parametrize(
    ("heading", "mark"),
    [
        ("责任单位（破折号前为牵头单位）", "——"),
        ("落实主体（斜杠前为总抓）", "/"),
        ("责任单位（分号之前的为主责单位）", "；"),
        ("责任单位（竖线左侧是牵头部门）", "｜"),
    ],
)
def test_units_before_the_mark_lead(heading, mark):
    first, second = units(table(heading, mark))
    assert first == [("县水务局", "l"), ("柳泉镇政府", "c"), ("县财政局", "c")]
    assert second == [("县交通局", "l"), ("县公安局", "c")]


@pytest.mark.parametrize("mark", ["——", "/"])
def test_without_such_a_rule_a_mark_parts_names_only(mark):
    assert units(table("责任单位", mark))[1] == [("县交通局", "r"), ("县公安局", "r")]


def test_a_list_without_the_mark_keeps_the_role_of_its_column():
    text = table("责任单位（破折号前为牵头单位）", "——").replace("县交通局——县公安局", "县交通局、县公安局")
    assert units(text)[1] == [("县交通局", "r"), ("县公安局", "r")]


@pytest.mark.parametrize(
    "text", ["编号用斜杠分开，县水务局为牵头单位", "分号前为上年数，县水务局牵头汇总", "破折号后为牵头单位"]
)
def test_other_words_about_marks_are_no_such_rule(text):
    assert mark_behind_leaders(text) == ""
