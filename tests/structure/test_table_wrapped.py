"""Tables run into lines that break anywhere: rows come out whole, and what follows the table stays out."""

import re

import pytest

from taskie.structure.body_lists import BodyLists
from taskie.structure.items import read_lines
from taskie.structure.reader import read_outline
from taskie.structure.table_wrapped import read_wrapped

BODIES = ("县水务局", "县财政局", "县交通局", "县教育局")


def rows(text):
    spans = sorted(match.span() for name in BODIES for match in re.finditer(name, text))
    return [task for task in read_outline(text, spans).tasks if task.in_table]


def units(task):
    return [(unit.name, unit.role[0]) for unit in task.units]


GLUED = (
    "柳泉县重点工作推进表\n"
    "序号工作内容责任单位责任人完成时限进展情况1疏浚南河三段，修复护岸，汛期来临之前全部完\n"
    "工，沿线村庄不再受淹。（牵头单位：县水务局；配合单位：县财政局）周某6月底前已清淤两段，第三\n"
    "段正在放样。2改建北桥，桥面加宽，两侧增设人行道，学生上学不再绕行。县交通局吴某年底\n"
    "前桩基全部完成。3新建城西小学，设二十四个班，操场与周边居民共享。县教育局郑某8月底前主体封\n"
    "顶，正在砌墙。\n"
)
SPACED = (
    "柳泉县重点工作推进表\n"
    "序号 工作内容 责任单位 责任人 完成时限\n 进展情况\n"
    "１ 疏浚南河三段，修复护岸，沿线村庄\n不再受淹。 县水务局、县财政局 周×× 6月底前 已清淤两段\n"
    "２ 改建北桥，桥面加宽，\n两侧增设人行道。 县交通局 吴×× 年底前 桩基全部\n完成\n"
    "３ 新建城西小学，设二十四个班。 县教育局 郑×× 8月底前 主体封顶\n"
)


@pytest.mark.parametrize("text", [GLUED, SPACED])
def test_rows_go_on_over_line_breaks(text):
    first, second, third = rows(text)
    assert first.statement.text.startswith("疏浚南河三段")
    assert first.statement.text.endswith("不再受淹。")
    assert {name for name, _ in units(first)} == {"县水务局", "县财政局"}
    assert second.progress.text.replace("\n", "").startswith("桩基全部完成")
    assert units(third) == [("县教育局", "r")]
    assert [task.deadline.text.replace("\n", "") for task in (first, second, third)] == ["6月底前", "年底前", "8月底前"]


def test_unit_cell_with_labels_says_the_roles():
    assert units(rows(GLUED)[0]) == [("县水务局", "l"), ("县财政局", "c")]


def test_full_width_numbers_stay_as_printed():
    assert [task.number for task in rows(SPACED)] == ["１", "２", "３"]


def test_prose_behind_the_last_row_is_no_part_of_it():
    text = SPACED + "各单位要按时报送进展，逾期不报的予以通报。\n"
    assert rows(text)[-1].progress.text == "主体封顶"


def test_prose_that_only_names_header_words_is_no_table():
    text = "填表时，序号、工作内容、责任单位、完成时限\n四栏均须填写，1个单位报1份，\n由县水务局汇总后报县财政局。\n"
    assert rows(text) == []


def test_rows_in_bars_go_on_over_breaks_inside_and_between_cells():
    text = (
        "| 序号 | 工作内容 | 责任单位 | 完成时限 |\n| --- | --- | --- | --- |\n"
        "| 1 | 疏浚南河三段，修复护岸，\n沿线村庄不再受淹。 | 县水务局 | 6月底前 |\n"
        "| 2 | 改建北桥，两侧增设人行道。 |\n县交通局 | 年底前 |\n| 3 | 新建城西小学。\n| 县教育局 | 8月底前 |\n"
    )
    found = rows(text)
    assert [units(task) for task in found] == [[("县水务局", "r")], [("县交通局", "r")], [("县教育局", "r")]]
    assert [task.deadline.text for task in found] == ["6月底前", "年底前", "8月底前"]
    assert found[0].statement.text.replace("\n", "") == "疏浚南河三段，修复护岸，沿线村庄不再受淹。"


def test_header_in_gaps_may_break_over_lines_too():
    text = (
        "序号  工作内容  责任单位  完成时\n限  进展情况\n1  疏浚南河三段，修复护岸。  县水务局  6月底前  已清\n淤两段\n"
        "2  改建北桥，两侧增设人行道。  县交\n通局  年底前  桩基完成\n3  新建城西小学，设二十四个班。  县教育局  8月底前  主体封顶\n"
    )
    spans = sorted(m.span() for m in re.finditer("县水务局|县交\n通局|县教育局", text))
    found = [task for task in read_outline(text, spans).tasks if task.in_table]
    assert [task.deadline.text for task in found] == ["6月底前", "年底前", "8月底前"]
    assert [units(task) for task in found] == [[("县水务局", "r")], [("县交通局", "r")], [("县教育局", "r")]]


def test_a_table_below_a_note_that_speaks_of_numbers_does_not_begin_in_the_note():
    header = "序号 工作任务 责任单位 进展情况 完成时限"
    row = "{0} 修复河堤{0}公里，同步清理沿岸垃圾并补种护岸林。 县水务局 已开工。 2024年6月底"
    text = "\n".join(["左右两表的序号各自排列", header, *(row.format(n) for n in (1, 2, 3))]) + "\n"
    lists = BodyLists.of(text, [(m.start(), m.end()) for m in re.finditer("县水务局", text)])
    lines = read_lines(text, 0, len(text))
    assert read_wrapped(text, lines, 1, 4, lists) is not None
    assert read_wrapped(text, lines, 0, 4, lists) is None
