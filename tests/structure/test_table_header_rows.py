import pytest

from taskie.structure.reader import read_outline
from taskie.structure.table_header_rows import header_columns, header_of_two_rows
from taskie.structure.table_line_cells import TAB, cut_cells

ROWS = [
    ["1", "新建公办幼儿园12所，新增学位3600个", "韩立冬", "市教育局", "市住建局、市财政局", "8月底", "已开工9所，其余正在办理手续", "绿"],
    ["2", "改造老旧小区86个，惠及居民2.1万户", "周明月", "市住建局", "市民政局", "年底", "已完成立项，正在组织招标", "黄"],
]  # fmt: skip
UPPER = ["序号", "工作任务", "责任", "", "", "时限", "推进", ""]
LOWER = ["", "", "领导", "牵头", "配合", "", "情况", "亮灯"]


def line(cells):
    text = "\t".join(cells)
    return text, cut_cells(text, 0, len(text), TAB)


def two(upper, lower):
    text = "\t".join(upper) + "\n" + "\t".join(lower)
    border = text.index("\n")
    return header_of_two_rows(text, cut_cells(text, 0, border, TAB), cut_cells(text, border + 1, len(text), TAB))


def meanings(columns):
    return [(column.meaning, column.role) if column.role else column.meaning for column in columns]


def assert_read(text):
    first, second = read_outline(text).tasks
    assert (first.number, first.statement.text) == ("1", ROWS[0][1])
    assert [(unit.name, unit.role) for unit in first.units] == [
        ("市教育局", "lead"),
        ("市住建局", "cooperating"),
        ("市财政局", "cooperating"),
    ]
    assert (first.leaders, first.deadline.text, first.status) == (("韩立冬",), "8月底", "绿")
    assert (second.number, second.progress.text) == ("2", ROWS[1][6])


def test_groups_above_and_columns_below_are_read_together():
    assert_read("\n".join("\t".join(row) for row in (UPPER, LOWER, *ROWS)))


def test_merged_cells_may_be_repeated_and_a_rule_drawn_between_the_rows():
    upper = ["序号", "工作任务", "责任", "责任", "责任", "时限", "推进", "推进"]
    lower = ["序号", "工作任务", "领导", "牵头", "配合", "时限", "情况", "亮灯"]
    assert_read("\n".join("| " + " | ".join(row) + " |" for row in (upper, ["---"] * 8, lower, *ROWS)))


@pytest.mark.parametrize("shift", [-1, 1])
def test_a_blank_cell_too_many_or_too_few_before_the_second_row_does_not_matter(shift):
    lower = LOWER[1:] + [""] if shift < 0 else ["", *LOWER]
    assert_read("\n".join("\t".join(row) for row in (UPPER, lower, *ROWS)))


def test_number_column_may_have_its_heading_below_a_group():
    columns = two(
        ["领域", "事项", "", "责任体系", "", "进度"], ["", "序号", "具体任务", "主抓处室", "会办单位", "现状"]
    )
    assert meanings(columns) == [
        "category",
        "number",
        "statement",
        ("unit", "lead"),
        ("unit", "cooperating"),
        "progress",
    ]


def test_a_group_says_what_the_periods_below_it_hold():
    columns = two(["序号", "任务名称", "阶段目标", "", "完成情况", ""], ["", "", "上半年", "全年", "上半年", "全年"])
    assert meanings(columns) == ["number", "title", "statement", "statement", "progress", "progress"]


def test_a_role_below_leaders_is_a_leader_and_below_units_a_unit():
    columns = two(["序号", "工作内容", "县领导", "", "责任单位", ""], ["", "", "牵头", "配合", "牵头", "配合"])
    assert meanings(columns)[2:] == ["leader", "leader", ("unit", "lead"), ("unit", "cooperating")]


@pytest.mark.parametrize(
    "lower",
    [
        ["", "", "王海涛", "县教育局", "县财政局", "", "已开工", "绿"],
        ["1", "", "领导", "牵头", "配合", "", "情况", "亮灯"],
        ["", "", "", "", "", "", "情况", ""],
        ["", "", "领导", "牵头", "配合", "", "情况已经报送县政府办公室，并且抄送有关部门和各乡镇", "亮灯"],
    ],
)
def test_a_row_is_no_second_row_of_a_header(lower):
    assert two(UPPER, lower) is None


def test_two_headers_of_one_row_are_not_read_together():
    header = ["序号", "工作内容", "牵头单位", "完成时限"]
    assert two(header, header) is None


def test_one_row_is_a_header_although_a_heading_is_unknown():
    assert meanings(header_columns(*line(["序号", "干啥", "主抓部门", "节点"]))) == [
        "number", "unknown", ("unit", "lead"), "deadline",
    ]  # fmt: skip


def test_a_row_of_unknown_words_is_no_header():
    assert header_columns(*line(["青溪镇", "干啥", "主抓部门", "周三"])) is None


def test_row_that_numbers_the_columns_is_passed_over():
    header = ["序号", "工作任务", "责任领导", "牵头单位", "配合单位", "完成时限", "进展情况", "状态"]
    assert_read("\n".join("\t".join(row) for row in (header, ["甲", "乙", "1", "2", "3", "4", "5", "6"], *ROWS)))


def test_row_begins_before_its_number_only_where_its_statement_does():
    header = ["牵头单位", "工作任务", "序号", "完成时限"]
    rows = [["县教育局", "新建公办幼儿园12所", "1", "8月底"], ["县住建局", "改造老旧小区86个", "2", "年底"]]
    text = "\n".join("\t".join(row) for row in (header, *rows))
    assert [text[task.start : task.start + 4] for task in read_outline(text).tasks] == ["县教育局", "县住建局"]
    behind = "\n".join("\t".join(row[i] for i in (0, 2, 1, 3)) for row in (header, *rows))
    assert [behind[task.start] for task in read_outline(behind).tasks] == ["1", "2"]
