"""Tables with a row a line: headings that ask, rows that end in lines of bodies, gaps that part no cells, cells that point up."""

import pytest

from taskie.structure.columns import kind_of_cell, read_header_cell
from taskie.structure.reader import read_outline

FIRST = "清淤青溪河道三段并且加固两岸堤防，汛前拆除临时围堰。"
SECOND = "修缮村级卫生室十四间并且添置常用的器械，药房单独设门。"


def bodies(text, *names):
    return [(i, i + len(name)) for name in names for i in range(len(text)) if text.startswith(name, i)]


def tasks(text, *names):
    return read_outline(text, bodies(text, *names)).tasks


def roles(task):
    return [(unit.name, unit.role[0]) for unit in task.units]


@pytest.mark.parametrize(
    ("heading", "meaning", "role"),
    [
        ("何时办结", "deadline", None),
        ("办到哪一步", "progress", None),
        ("完不完", "status", None),
        ("谁牵头谁配合", "unit", "responsible"),
        ("今年要抓好的事", "statement", None),
        ("今年干成什么", "statement", None),
        ("协同推进单位", "unit", "cooperating"),
        ("扛旗单位", "unit", "lead"),
        ("助力单位", "unit", "cooperating"),
        ("件次", "number", None),
    ],
)
def test_headings_that_ask_or_are_coined_are_known_by_their_parts(heading, meaning, role):
    column = read_header_cell(heading)
    assert (column.meaning, column.role) == (meaning, role)


@pytest.mark.parametrize("heading", ["心得", "不明不白的账", "谁的地"])
def test_other_words_are_no_headings(heading):
    assert read_header_cell(heading) is None


def test_header_of_unknown_words_is_one_where_its_first_column_numbers_the_rows_below():
    text = (
        f"序号\t咋样\t好汉\t几时\t哪些人\n1\t{FIRST}\t韩立冬\t6月底\t县水务局\n2\t{SECOND}\t周明月\t8月底\t县卫健局\n"
    )
    first, second = tasks(text, "县水务局", "县卫健局")
    assert (first.statement.text, first.leaders, first.deadline.text) == (FIRST, ("韩立冬",), "6月底")
    assert roles(second) == [("县卫健局", "r")]


def test_lines_of_bodies_below_a_whole_row_go_on_in_its_unit_cell_also_in_the_last_row():
    text = (
        "注：责任单位列首位的牵头，其余配合。\n序号\t工作内容\t完成时限\t责任单位\n"
        f"1\t{FIRST}\t6月底\t县水务局\n县财政局\n青溪文旅\n2\t{SECOND}\t8月底\t县卫健局\n青溪文旅\n"
    )
    first, second = tasks(text, "县水务局", "县财政局", "青溪文旅", "县卫健局")
    assert roles(first) == [("县水务局", "l"), ("县财政局", "c"), ("青溪文旅", "c")]
    assert roles(second) == [("县卫健局", "l"), ("青溪文旅", "c")]


def test_body_below_a_table_whose_rows_end_in_their_lines_signs_it():
    text = f"序号\t工作内容\t完成时限\t责任单位\n1\t{FIRST}\t6月底\t县水务局\n2\t{SECOND}\t8月底\t县卫健局\n县财政局\n"
    assert roles(tasks(text, "县水务局", "县卫健局", "县财政局")[1]) == [("县卫健局", "r")]


def test_name_that_a_line_end_broke_goes_on_in_the_unit_cell_above():
    broken = "县政务服务和\n数据管理局"
    text = f"序号\t工作内容\t完成时限\t责任单位\n1\t{FIRST}\t6月底\t{broken}\n2\t{SECOND}\t8月底\t{broken}、县卫健局\n"
    found = tasks(text, broken, "县卫健局")
    assert [roles(task) for task in found] == [
        [("县政务服务和数据管理局", "r")],
        [("县政务服务和数据管理局", "r"), ("县卫健局", "r")],
    ]


GAPS = (
    "序号  工作内容  完成时限  分管领导  责任单位\n"
    f"1  {FIRST}  6月底  韩立冬  县水务局\n2  {SECOND}  8月底  周  玮  县卫健局\n"
)


def test_gap_inside_a_name_of_two_characters_parts_no_cells():
    _, second = tasks(GAPS, "县水务局", "县卫健局")
    assert "".join(second.leaders[0].split()) == "周玮"
    assert roles(second) == [("县卫健局", "r")]


def test_a_row_of_gaps_with_a_cell_too_many_keeps_its_last_cells():
    text = GAPS.replace("周  玮  县卫健局", "周明月  （施工由县住建局协调）  县卫健局")
    _, second = tasks(text, "县水务局", "县卫健局", "县住建局")
    assert roles(second) == [("县住建局", "r"), ("县卫健局", "r")]


def test_cell_that_says_the_same_takes_over_the_units_and_the_deadline_above():
    text = f"序号\t工作内容\t完成时限\t牵头单位\t配合单位\n1\t{FIRST}\t6月底\t县水务局\t县财政局\n2\t{SECOND}\t同上\t（见上）\t县卫健局\n"
    _, second = tasks(text)
    assert roles(second) == [("县水务局", "l"), ("县卫健局", "c")]
    assert second.deadline.text == "6月底"


@pytest.mark.parametrize("mark", ["*", "★", "▲"])
def test_sign_that_a_note_explains_says_who_leads(mark):
    text = (
        f"说明：责任单位中加“{mark}”的牵头，其余配合。\n序号\t工作内容\t完成时限\t责任单位\n"
        f"1\t{FIRST}\t6月底\t县财政局、{mark}县水务局\n2\t{SECOND}\t8月底\t{mark}县卫健局\n"
    )
    assert roles(tasks(text)[0]) == [("县财政局", "c"), ("县水务局", "l")]


def test_sign_that_no_note_explains_says_nothing():
    text = (
        f"序号\t工作内容\t完成时限\t责任单位\n1\t{FIRST}\t6月底\t县财政局、*县水务局\n2\t{SECOND}\t8月底\t*县卫健局\n"
    )
    assert roles(tasks(text)[0]) == [("县财政局", "r"), ("县水务局", "r")]


def test_numbered_notes_below_a_table_are_no_tasks():
    text = (
        f"序号\t工作内容\t完成时限\t责任单位\n1\t{FIRST}\t6月底\t县水务局\n2\t{SECOND}\t8月底\t县卫健局\n\n"
        "附注：\n1.责任单位每月报送照片，逾期不报的视为未推进。\n2.完工后由使用者签字，签字后方可销号。\n"
    )
    assert len(tasks(text)) == 2


@pytest.mark.parametrize("words", ["秋收前", "供暖季到来前", "每季度末", "三年内", "立行立改", "今后每年持续实施"])
def test_times_of_the_year_are_deadlines(words):
    assert kind_of_cell(words) == "deadline"


@pytest.mark.parametrize("words", ["分管副县长", "县商务局局长"])
def test_rank_without_a_name_is_a_leader(words):
    assert kind_of_cell(words) == "leader"


def test_two_columns_of_numbers_side_by_side_number_the_same_row():
    text = (
        "| 总号 | 序号 | 工作任务 | 完成时限 | 后续措施 | 责任单位 |\n| --- | --- | --- | --- | --- | --- |\n"
        "| 1 | 甲1 | 疏浚南河三段，修复护岸。 | 6月底 | 分段验收 | 县水务局 |\n"
        "| 2 | 甲2 | 改建北桥，加宽桥面。 | 8月底 | 错峰施工 | 县交通局 |\n"
    )
    found = tasks(text)
    assert [(task.number, task.statement.text) for task in found] == [
        ("1", "疏浚南河三段，修复护岸。"),
        ("2", "改建北桥，加宽桥面。"),
    ]
    assert [[unit.name for unit in task.units] for task in found] == [["县水务局"], ["县交通局"]]
