import pytest

from taskie.structure.reader import read_outline
from taskie.structure.table_cell_groups import find_grouped_header
from taskie.structure.table_cell_lines import cell_lines

ABOVE = ["序号", "工作任务", "责任体系", "完成时限", "推进情况"]
BELOW = ["包联领导", "主抓单位", "会办单位", "现况", "亮灯"]
ROWS = [
    ["1", "修缮村级卫生室14间", "韩立冬", "县卫健局", "县财政局、青溪镇政府", "8月底", "已修缮9间，其余正在招标", "绿"],
    ["2", "新开城乡公交线路3条", "周明月", "县交通局", "县公安局", "11月底", "两条线路已经试运行，站牌正在更换", "黄"],
    ["3", "改造供水管网26公里", "周明月", "县水务局", "县住建局", "年底", "已完成勘测，正在办理占道手续", "绿"],
]  # fmt: skip


def grouped(headings, rows):
    text = "\n".join([*headings, *(cell for row in rows for cell in row)])
    return find_grouped_header(text, cell_lines(text, 0, len(text)))


def test_headings_below_groups_come_in_the_place_of_the_groups():
    tasks = read_outline("\n".join(["民生实事", *ABOVE, *BELOW, *(cell for row in ROWS for cell in row)])).tasks
    assert [(task.number, task.statement.text, task.deadline.text) for task in tasks] == [
        (row[0], row[1], row[5]) for row in ROWS
    ]
    assert [(unit.name, unit.role) for unit in tasks[0].units] == [
        ("县卫健局", "lead"),
        ("县财政局", "cooperating"),
        ("青溪镇政府", "cooperating"),
    ]
    assert [(task.leaders, task.progress.text, task.status) for task in tasks] == [
        ((row[2],), row[6], row[7]) for row in ROWS
    ]


def test_two_rows_are_enough_and_the_cells_behind_the_header_are_the_rows():
    columns, behind = grouped([*ABOVE, *BELOW], ROWS[:2])
    assert (len(columns), behind) == (8, 10)


@pytest.mark.parametrize("lost", [4, 7])
def test_a_header_of_one_row_above_rows_with_a_blank_cell_has_no_groups(lost):
    headings = ["序号", "工作任务", "包联领导", "主抓单位", "会办单位", "完成时限", "现况", "亮灯"]
    assert grouped(headings, [row[:lost] + row[lost + 1 :] for row in ROWS]) is None


def test_rows_of_different_lengths_tell_no_groups():
    assert grouped([*ABOVE, *BELOW], [ROWS[0], ROWS[1][:6] + ROWS[1][7:], ROWS[2]]) is None


def test_rows_that_fit_no_way_tell_no_groups():
    rows = [[row[0], row[5], row[1], *row[2:5], *row[6:]] for row in ROWS]
    assert grouped([*ABOVE, *BELOW], rows) is None


def test_sentences_before_a_number_are_no_headings():
    prose = ["序号从小到大排列", "各镇要抓紧修缮卫生室", "新开公交线路", "更换站牌", "改造管网", "加强调度"]
    assert grouped(prose, [["1", "甲镇", "乙镇", "丙镇"], ["2", "甲镇", "乙镇", "丙镇"]]) is None


def test_no_cells_have_no_header():
    assert find_grouped_header("", []) is None
