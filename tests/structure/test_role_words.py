"""Words of responsibility are known by what they are made of, whichever of them an office uses."""

import pytest

from taskie.structure.columns import read_header_cell
from taskie.structure.reader import read_outline
from taskie.structure.role_words import role_of_word


@pytest.mark.parametrize(
    "word",
    ["主抓单位", "主推", "扛旗", "领头单位", "领办", "首办单位", "总牵", "牵总部门", "第一责任单位", "主要责任单位"],
)
def test_words_of_leading_lead(word):
    assert role_of_word(word) == "lead"


@pytest.mark.parametrize(
    "word",
    [
        "协推",
        "会同",
        "帮衬",
        "助力单位",
        "会商",
        "帮办单位",
        "搭手",
        "参建单位",
        "联办部门",
        "协同责任单位",
        "会签单位",
    ],
)
def test_words_of_helping_help(word):
    assert role_of_word(word) == "cooperating"


@pytest.mark.parametrize("word", ["责任单位", "落实", "承办科室", "资助办", "安委会办", "领导", "负责"])
def test_other_words_and_names_of_offices_do_neither(word):
    assert role_of_word(word) == "responsible"


@pytest.mark.parametrize(
    ("heading", "role"),
    [("主推单位", "lead"), ("牵总部门", "lead"), ("搭手", "cooperating"), ("联办单位", "cooperating")],
)
def test_headings_of_such_words_are_columns_of_units(heading, role):
    column = read_header_cell(heading)
    assert (column.meaning, column.role) == ("unit", role)


def roles(text):
    return [{unit.name: unit.role for unit in task.units} for task in read_outline(text).tasks]


def test_labels_of_such_words_give_roles_on_lines_and_behind_blanks():
    text = "一、重点任务\n1.清淤疏浚河道三段，加固堤防。\n主抓：县水务局　帮办：县财政局、县林业局\n2.修缮校舍，添置课桌。\n主抓：县教育局　帮办：县住建局\n"
    assert roles(text) == [
        {"县水务局": "lead", "县财政局": "cooperating", "县林业局": "cooperating"},
        {"县教育局": "lead", "县住建局": "cooperating"},
    ]


ROWS = "序号\t任务\t目标\t责任单位\n1\t防汛\t加固堤防三处。\t县水务局（牵头）、县财政局\n2\t校舍\t修缮校舍。\t县教育局（牵头）、县住建局\n"


def test_units_beside_a_marked_leader_help_where_the_document_says_so():
    rule = "说明：责任单位栏中注明“牵头”的负总责，其余为配合单位。\n"
    assert roles(rule + ROWS)[0] == {"县水务局": "lead", "县财政局": "cooperating"}


@pytest.mark.parametrize("rule", ["", "说明：责任单位栏中未注明牵头的，列首位的牵头，其余为配合单位。\n"])
def test_units_beside_a_marked_leader_are_responsible_elsewhere(rule):
    assert roles(rule + ROWS)[0] == {"县水务局": "lead", "县财政局": "responsible"}
