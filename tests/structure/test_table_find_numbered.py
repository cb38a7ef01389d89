import pytest

from taskie.structure.body_lists import NO_BODIES, BodyLists
from taskie.structure.items import read_lines
from taskie.structure.reader import read_outline
from taskie.structure.table_find_numbered import numbered_tables

WORK = [
    "修缮南湾村石拱桥2座，汛前恢复通行",
    "清淤灌溉干渠12公里，保证春灌用水",
    "新建村级公厕6座，保洁人员到岗",
    "更换老旧水表3800块，漏损率降到9%",
    "组织抗旱演练，备足移动水泵",
]
WHO = ["县交通局", "县水务局、县财政局", "县住建局", "县自来水公司、县水务局", "县应急局"]
WHEN = ["6月底", "3月底前", "年底", "10月底", "5月底"]
MAN = ["韩立冬", "周明月", "周明月", "韩立冬", "陈志远"]
DONE = [
    "已修缮1座，另1座桥墩加固完毕",
    "已清淤7公里，余下渠段正在排水",
    "累计建成4座，两座正在贴砖",
    "更换水表2100块，截至目前漏损率10.4%",
    "已演练一次，新购水泵20台",
]
OK = ["正常", "正常", "滞后", "正常", "完成"]
KIND = ["交通", "水利", "民生", "水利", "水利"]
ROWS = [[str(i + 1), WORK[i], MAN[i], WHEN[i], DONE[i], OK[i], WHO[i]] for i in range(5)]
ODD = ["序号", "想干的事", "盯的人", "几时交账", "干成啥样", "灯", "谁来扛"]


def document(rows, headings=(), caption="青溪县实事推进表"):
    return "\n".join([caption, *headings, *(cell for row in rows for cell in row)])


def tables(text, bodies=NO_BODIES):
    return list(numbered_tables(text, read_lines(text, 0, len(text)), bodies))


def what(tasks):
    return [
        (task.number, task.statement.text, task.leaders, task.deadline.text, task.progress.text, task.status)
        for task in tasks
    ]


EXPECTED = [(row[0], row[1], (row[2],), row[3], row[4], row[5]) for row in ROWS]


@pytest.mark.parametrize("headings", [ODD, ODD[1:], ["一栏", "二栏"], []], ids=["odd", "no number", "too few", "none"])
def test_rows_are_read_whatever_heads_them(headings):
    tasks = read_outline(document(ROWS, headings)).tasks
    assert what(tasks) == EXPECTED
    assert [[unit.name for unit in task.units] for task in tasks] == [who.split("、") for who in WHO]
    assert {unit.role for task in tasks for unit in task.units} == {"responsible"}


def test_columns_come_in_any_order():
    order = [0, 6, 3, 5, 1, 4, 2]
    tasks = read_outline(document([[row[k] for k in order] for row in ROWS], [ODD[k] for k in order])).tasks
    assert what(tasks) == EXPECTED


def test_a_report_before_what_is_to_be_done_is_progress():
    tasks = read_outline(document([[row[k] for k in (0, 4, 1, 2, 3, 5, 6)] for row in ROWS])).tasks
    assert what(tasks) == EXPECTED


def test_a_title_before_sentences_is_no_statement():
    names = ["石拱桥", "渠道清淤", "公厕", "换水表", "抗旱"]
    rows = [[row[0], name, *row[1:]] for row, name in zip(ROWS, names, strict=True)]
    tasks = read_outline(document(rows, ["编号", "名称", *ODD[1:]])).tasks
    assert [(task.title.text, task.statement.text) for task in tasks] == list(zip(names, WORK, strict=True))


def test_lines_without_a_tab_go_on_with_the_cell_above_and_blank_lines_mean_nothing():
    rows = [["", "\t" + row[0], "\t" + row[1], *(f"\t{c}" for c in row[2:4]), f"\t{row[4][:8]}", row[4][8:], f"\t{row[5]}", f"\t{row[6]}"] for row in ROWS]  # fmt: skip
    tasks = read_outline(document(rows, ["\t" + word for word in ODD])).tasks
    assert [(task.number, task.progress.text.replace("\n", "")) for task in tasks] == [(row[0], row[4]) for row in ROWS]


def test_a_category_before_each_number_belongs_to_its_row():
    rows = [[kind, *row] for kind, row in zip(["水利", "水利", "民生", "水利", "水利"], ROWS, strict=True)]
    tasks = read_outline(document(rows, ["甲类", *ODD])).tasks
    assert [task.headings for task in tasks] == [("水利",), ("水利",), ("民生",), ("水利",), ("水利",)]
    assert [task.statement.text for task in tasks] == WORK


def test_a_category_printed_where_it_changes_holds_for_the_rows_below():
    order = [0, 1, 2, 3, 4, 6, 5]
    rows = [[row[k] for k in order] for row in ROWS]
    rows[0].insert(0, "道路出行")
    rows[2].insert(0, "城乡供水与卫生")
    tasks = read_outline(document(rows, [ODD[k] for k in order])).tasks
    assert [task.headings for task in tasks] == [("道路出行",)] * 2 + [("城乡供水与卫生",)] * 3
    assert what(tasks) == EXPECTED


def test_what_stands_before_some_numbers_only_is_no_category_if_it_is_as_the_last_cells_are():
    order = [0, 1, 2, 3, 4, 6, 5]
    rows = [[row[k] for k in order] for row in ROWS]
    tasks = read_outline(document(rows, ["合格"])).tasks
    assert [task.headings for task in tasks] == [()] * 5


def test_sections_between_rows_are_headings():
    rows = [["一、道路"], *ROWS[:2], ["二、供水"], *ROWS[2:]]
    tasks = read_outline(document(rows, ODD)).tasks
    assert what(tasks) == EXPECTED
    assert [task.headings for task in tasks] == [("一、道路",)] * 2 + [("二、供水",)] * 3


def test_headings_and_numbers_of_a_new_page_are_no_cells():
    rows = [*ROWS[:3], ["— 2 —"], ODD, *ROWS[3:]]
    assert what(read_outline(document(rows, ODD)).tasks) == EXPECTED


def test_of_two_columns_of_bodies_the_one_without_lists_leads():
    rows = [[row[0], row[1], "县财政局、县审计局", "县水务局", row[3]] for row in ROWS]
    units = read_outline(document(rows)).tasks[0].units
    assert [(unit.name, unit.role) for unit in units] == [
        ("县财政局", "cooperating"), ("县审计局", "cooperating"), ("县水务局", "lead"),
    ]  # fmt: skip


def test_a_heading_of_helpers_left_alone_keeps_its_role():
    rows = [[row[0], row[1], "县水务局", "县财政局、县审计局", row[3]] for row in ROWS]
    units = read_outline(document(rows, ["序号", "想干的事", "配合单位", "几时交账"])).tasks[0].units
    assert [unit.role for unit in units] == ["responsible", "cooperating", "cooperating"]


def test_bodies_that_a_tagger_found_make_a_column_of_units():
    rows = [[row[0], row[1], "老周他们那摊子", row[3]] for row in ROWS]
    text = document(rows)
    places = [i for i in range(len(text)) if text.startswith("老周他们那摊子", i)]
    (table,) = tables(text, BodyLists.of(text, [(i, i + 7) for i in places]))
    assert [column.meaning for column in table.columns] == ["number", "statement", "unit", "deadline"]


def test_words_behind_the_last_row_are_no_cells_of_it():
    text = document([*ROWS, ["上表由县政府督查室汇总。"]], ODD)
    (table,) = tables(text)
    assert text[: table.end].endswith("县应急局")


PROSE = {
    "a sentence": lambda i: [str(i + 1), WORK[i] + "。"],
    "broken sentences": lambda i: [str(i + 1), WORK[i][:7], WORK[i][7:], DONE[i] + "。"],
    "labels": lambda i: [str(i + 1), WORK[i], f"责任单位：{WHO[i]}", f"完成时限：{WHEN[i]}"],
    "attributions": lambda i: [str(i + 1), WORK[i], DONE[i], f"（{WHO[i]}）"],
    "figures": lambda i: [str(i + 1), "指标" + KIND[i], "万元", str(100 + i), OK[i]],
    "persons": lambda i: [str(i + 1), MAN[i], "县水务局", "副局长", f"0570-60231{i}"],
}


@pytest.mark.parametrize("lines", PROSE.values(), ids=PROSE)
def test_numbers_on_lines_of_their_own_make_no_table_of(lines):
    assert tables(document([lines(i) for i in range(5)])) == []


def test_three_rows_are_no_table_and_four_are():
    assert tables(document(ROWS[:3])) == []
    assert len(tables(document(ROWS[:4]))) == 1


def test_numbers_that_do_not_count_on_are_no_rows():
    assert tables(document([[number, *row[1:]] for number, row in zip("13579", ROWS, strict=True)])) == []


def test_rows_of_very_different_lengths_are_no_table():
    assert tables(document([row + DONE * (2 * (i % 2)) for i, row in enumerate(ROWS)])) == []


def test_a_table_that_its_headings_read_is_left_to_them():
    headings = ["序号", "工作任务", "包联领导", "完成时限", "进展情况", "状态", "责任单位"]
    rows = [list(row) for row in ROWS]
    rows[1].pop(2)
    tasks = read_outline(document(rows, headings)).tasks
    assert [task.statement.text for task in tasks] == WORK
    assert tasks[1].deadline.text == "3月底前"
