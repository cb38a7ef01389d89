"""Unit cells that point to what stands above them take the units of the heading, or else those of the row above."""

import re

import pytest

from taskie.structure.bodies import refers_up
from taskie.structure.reader import read_outline
from taskie.structure.reading import PLAIN
from taskie.structure.table_unit_cell import read_unit_cell

BODIES = ("县水务局", "县财政局", "县交通局", "县公安局", "县教育局")
HEADER = "序号 具体任务 截止时间 挂点领导 主责单位 配合部门"
ROWS = (
    "1 疏浚南河三段，修复护岸，加高堤顶。 6月底 周海宁 县水务局 县财政局",
    "2 改建北桥，加宽桥面，增设人行道。 8月底 吴立春 {cell} 县公安局",
    "3 新建城西小学，设二十四个班。 年底 郑晓岚 {cell} 县财政局",
)


def leads(text):
    spans = sorted(match.span() for name in BODIES for match in re.finditer(name, text))
    tasks = read_outline(text, spans).tasks
    return [[unit.name for unit in task.units if unit.role == "lead"] for task in tasks]


@pytest.mark.parametrize("cell", ["（见上）", "同上", "见上行", "上同", "〃"])
def test_a_cell_that_points_up_means_the_units_of_the_heading(cell):
    first, *others = ROWS
    text = f"{HEADER} {first} 二、桥隧和学校（本板块均由县交通局主责） {' '.join(others)}".format(cell=cell)
    assert leads(f"{text}\n") == [["县水务局"], ["县交通局"], ["县交通局"]]


def test_without_such_a_heading_it_means_those_of_the_row_above():
    assert leads(f"{HEADER} {' '.join(ROWS)}\n".format(cell="同上")) == [["县水务局"]] * 3


def test_in_lines_a_cell_that_points_up_means_the_units_of_the_heading_and_the_deadline_of_the_row_above():
    text = (
        "序号\t工作内容\t完成时限\t牵头单位\n1\t疏浚南河三段，修复护岸。\t6月底\t县水务局\n"
        "二、桥隧（牵头单位：县交通局）\n2\t改建北桥，加宽桥面。\t同上\t见上\n3\t改建东桥，增设步道。\t年底\t如上\n"
    )
    tasks = read_outline(text).tasks
    assert [[unit.name for unit in task.units] for task in tasks] == [["县水务局"], ["县交通局"], ["县交通局"]]
    assert [task.deadline.text for task in tasks] == ["6月底", "6月底", "年底"]


def test_a_mark_for_nothing_points_to_nobody():
    text = f"{HEADER} {' '.join(ROWS)}\n".format(cell="/").replace(
        "8月底 吴立春 / 县公安局", "8月底 吴立春 县交通局 县公安局"
    )
    assert leads(text) == [["县水务局"], ["县交通局"], []]


@pytest.mark.parametrize("cell", ["上行道", "见上级文件", "/", "同上级部门"])
def test_other_words_point_nowhere(cell):
    assert not refers_up(cell)


def test_a_blank_cell_takes_nothing_over_where_the_statement_says_who_is_responsible():
    text = (
        "序号\t工作内容\t责任单位\t完成时限\n1\t疏浚南河三段，修复护岸。\t县水务局\t6月底\n"
        "2\t改建北桥，加宽桥面。（责任部门：县交通局、县公安局）\t\t8月底\n3\t新建城西小学。\t县教育局\t年底\n"
    )
    assert [[unit.name for unit in task.units] for task in read_outline(text).tasks] == [
        ["县水务局"],
        ["县交通局", "县公安局"],
        ["县教育局"],
    ]


def last_units(behind):
    text = f"序号\t工作任务\t责任单位\n1\t加固堤防三处\t县水务局\n2\t修缮校舍两所\t县教育局\n{behind}"
    return [unit.name for unit in read_outline(text).tasks[-1].units]


def test_a_note_behind_the_last_row_names_no_units():
    assert last_units("本表按季更新，逾期不报、弄虚作假的，予以通报。\n") == ["县教育局"]


def test_a_later_line_of_the_cell_that_says_who_helps_is_no_note():
    cell = "县教育局\n配合单位：县财政局，县住建局。"
    assert [u.name for u in read_unit_cell(cell, 0, len(cell), "responsible", PLAIN)] == [
        "县教育局",
        "县财政局",
        "县住建局",
    ]
