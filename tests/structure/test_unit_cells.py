"""Unit cells in every form, and which column a cell belongs to where blank ones left no trace."""

import re

import pytest

from taskie.structure.columns import kind_of_cell
from taskie.structure.reader import read_outline

BODIES = ("县水务局", "县财政局", "县交通局", "县气象局")


def rows(text):
    spans = sorted(match.span() for name in BODIES for match in re.finditer(name, text))
    return [task for task in read_outline(text, spans).tasks if task.in_table]


def units(task):
    return sorted((unit.name, unit.role[0]) for unit in task.units)


@pytest.mark.parametrize(
    "cell",
    [
        "（责任单位：县水务局、县财政局；完成时限：6月底）",
        "牵头：县水务局；协办：县财政局",
        "[县水务局牵头]",
        "［县水务局牵头，县财政局配合］",
        "牵头领导：某某。牵头责任单位：县水务局。协同责任单位：县财政局。",
        "县水务局牵头，县财政局配合",
    ],
)
def test_cells_that_say_who_does_it_are_unit_cells(cell):
    assert kind_of_cell(cell) == "unit"


@pytest.mark.parametrize(
    "cell",
    [
        "（一期工程已完工）",
        "［一期工程已完工］",
        "责任：压实到岗。河道清淤两公里。",
        "由专人看守水泵，昼夜不离",
        "牵头抓好清淤，配合做好排查",
    ],
)
def test_cells_that_say_what_is_done_are_none(cell):
    assert kind_of_cell(cell) != "unit"


@pytest.mark.parametrize("cell", ["[县水务局牵头]", "［县水务局牵头］", "〔县水务局牵头〕", "（县水务局牵头）"])
def test_attribution_in_any_bracket_gives_its_role(cell):
    text = f"序号\t工作内容\t责任单位\n1\t疏浚河道。\t{cell}\n2\t加固堤防。\t县水务局\n"
    assert [units(task) for task in rows(text)] == [[("县水务局", "l")], [("县水务局", "r")]]


def test_share_of_duties_in_a_column_of_helpers_leaves_them_helpers():
    text = "序号\t工作内容\t牵头单位\t配合单位\n1\t疏浚河道。\t县水务局\t（县财政局、县气象局按职责分工负责）\n2\t修桥。\t县交通局\t县财政局\n"
    assert units(rows(text)[0]) == [("县气象局", "c"), ("县水务局", "l"), ("县财政局", "c")]


def test_roles_that_a_statement_says_are_added_to_its_unit_column():
    text = (
        "序号\t工作内容\t责任单位\n"
        "1\t疏浚河道。由县水务局会同县气象局排定工期。\t县水务局、县财政局\n2\t修桥（县交通局牵头）\t县交通局\n"
    )
    first, second = rows(text)
    assert units(first) == [("县气象局", "c"), ("县水务局", "l"), ("县水务局", "r"), ("县财政局", "r")]
    assert units(second) == [("县交通局", "l"), ("县交通局", "r")]


def test_row_with_a_cell_a_column_is_taken_as_it_stands():
    cells = ["序号", "工作内容", "进展情况", "下步打算", "责任单位"]
    first = ["1", "建成气象台站。", "完成县气象站，建成乡镇气象所", "报省气象局", "县气象局"]
    second = ["2", "疏浚河道两段。", "完成清淤，河面清洁。", "整修护岸，补种护坡草。", "县水务局"]
    found = rows("\n".join([*cells, *first, *second]) + "\n")
    assert [task.statement.text for task in found] == ["建成气象台站。", "疏浚河道两段。"]
    assert found[0].progress.text == "完成县气象站，建成乡镇气象所"


def test_numbers_that_the_header_does_not_name_get_a_column():
    text = "项目名称｜建设内容｜责任单位\n01｜南河疏浚｜清淤三段，修复护岸。｜县水务局\n02｜北桥改建｜桥面加宽。｜县交通局\n"
    found = rows(text)
    assert [task.number for task in found] == ["01", "02"]
    assert [task.title.text for task in found] == ["南河疏浚", "北桥改建"]
    assert units(found[1]) == [("县交通局", "r")]


def test_blank_cells_that_gaps_do_not_show_stay_blank():
    text = (
        "序号  工作内容  牵头单位  配合单位  完成时限  进展情况\n"
        "1  疏浚河道三段，修复护岸。  县水务局  县财政局、县气象局  6月底  正在清淤，护岸已放样。\n"
        "2  改建北桥，桥面加宽。  县交通局  年底  桩基全部完成，正在吊装。\n"
    )
    second = rows(text)[1]
    assert second.deadline.text == "年底"
    assert second.progress.text == "桩基全部完成，正在吊装。"
    assert ("县交通局", "l") in units(second)


def test_sums_are_no_tasks_and_words_that_begin_alike_are():
    text = (
        "序号\t项目名称\t建设内容\t责任单位\n1\t南河疏浚\t清淤三段。\t县水务局\n小计\t1项\t\t\n"
        "2\t小计量站改造\t换装水表。\t县水务局\n合计\t2项\t\t\n"
    )
    assert [task.number for task in rows(text)] == ["1", "2"]


def test_rule_in_a_unit_cell_is_no_unit_and_holds_below():
    text = "序号\t工作内容\t责任单位\n1\t疏浚河道。\t县水务局、各乡镇（以下各项均需各乡镇（街道）落实，不再列出）\n2\t修桥。\t县交通局\n"
    first, second = rows(text)
    assert ("各乡镇", "r") in units(first)
    assert all("以下" not in name for name, _ in units(first))
    assert units(second) == [("县交通局", "r"), ("各乡镇（街道）", "r")]


def test_heading_with_an_attribution_hands_it_down_in_a_table_with_a_cell_a_line():
    cells = ["序号", "工作内容", "完成时限", "进展情况"]
    first = [
        "一、水利〔县水务局牵头，县财政局、县气象局、县交通局、各镇人民政府、各街道办事处、南河流域管理站、北河流域管理站配合〕",
        "1",
        "疏浚河道三段。",
        "6月底",
        "已清淤两段。",
    ]
    second = [
        "2",
        "加固堤防两处。",
        "年底",
        "正在放样。",
        "二、交通〔县交通局牵头〕",
        "3",
        "改建北桥。",
        "年底",
        "桩基完成。",
    ]
    found = rows("\n".join([*cells, *first, *second]) + "\n")
    assert [task.number for task in found] == ["1", "2", "3"]
    assert [units(task)[0] for task in found] == [("北河流域管理站", "c"), ("北河流域管理站", "c"), ("县交通局", "l")]
    assert found[2].headings == ("二、交通",)


def test_prose_item_behind_a_table_with_a_cell_a_line_is_no_heading_of_it():
    cells = ["序号", "工作内容", "责任单位", "1", "疏浚河道三段。", "县水务局", "2", "改建北桥。", "县交通局"]
    item = "（一）抓紧销号。各单位要对照上表逐项核对，六月底前报送整改情况，逾期不报的予以通报，造成后果的依规处理。（县财政局牵头）"
    text = "\n".join([*cells, "收尾工作", item]) + "\n"
    assert [task.number for task in read_outline(text).tasks] == ["1", "2", "（一）"]


def test_firms_by_short_names_are_units_where_the_tagger_knows_them():
    cells = ["序号", "工作内容", "牵头单位", "配合单位", "完成时限"]
    text = (
        "\n".join(
            [
                *cells,
                "1",
                "建设泵站。",
                "县水务局",
                "锦盛机械、恒岳",
                "6月底",
                "2",
                "修桥。",
                "县交通局",
                "县财政局",
                "年底",
            ]
        )
        + "\n"
    )
    spans = sorted(m.span() for name in (*BODIES, "锦盛机械", "恒岳") for m in re.finditer(name, text))
    first = read_outline(text, spans).tasks[0]
    assert units(first) == [("县水务局", "l"), ("恒岳", "c"), ("锦盛机械", "c")]


def test_a_bracket_before_the_other_bodies_names_who_leads():
    text = "序号\t任务内容\t责任单位\n1\t建成垃圾转运站2座。\t[县住建局牵头]县财政局、柳河镇\n2\t修复护坡300米。\t县水务局（河道站）\n"
    first, second = read_outline(text).tasks
    assert [(u.name, u.role) for u in first.units] == [
        ("县住建局", "lead"),
        ("县财政局", "responsible"),
        ("柳河镇", "responsible"),
    ]
    assert [u.role for u in second.units] == ["responsible"]


def test_full_width_square_brackets_part_a_unit_cell_from_the_statement_of_a_run_row():
    text = (
        "序号 市领导 工作内容 责任单位 完成时限 进展情况 "
        "1 梁文远 疏浚南河三段，修复护岸，全年清淤9万方 ［县水务局牵头］ 年底前 清淤过半，护岸正在放样。 "
        "2 梁文远 改建北桥［一期］，两侧设人行道 （责任部门：县交通局、县财政局） 8月底前 桩基浇完，梁板预制过半。"
    )
    first, second = rows(text)
    assert first.statement.text == "疏浚南河三段，修复护岸，全年清淤9万方"
    assert units(first) == [("县水务局", "l")]
    assert second.statement.text == "改建北桥［一期］，两侧设人行道"
