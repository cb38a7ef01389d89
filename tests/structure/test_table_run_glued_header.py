"""Headers of run tables with nothing between their words are cut as the rows tell, also where words are unknown."""

import re

import pytest

from taskie.structure.body_lists import BodyLists
from taskie.structure.reader import read_outline
from taskie.structure.table_run_glued_header import find_header_by_rows

BODIES = ("县水务局", "县财政局", "县交通局", "柳泉镇政府", "县教育局", "县审计局", "县住建局")
HEADER = "序号事项名称工作内容或办理要求年度计划节点安排5月进展累计完成投资是否脱期包抓领导责任单位"
ROWS = (
    "1南河疏浚加快疏浚南河三段，修复护岸。6月底清淤两段；护岸放样完毕，石料分批进场。320万元否周海宁县水务局、柳泉镇政府"
    "2北桥改建推进桥面加宽，两侧增设人行道。8月底桩基浇完，梁板预制过半；便道已经通车。—否吴立春县交通局"
    "3人才安居健全周转住房管理，盘活闲置教师公寓。全年配租四十二套；物业由片区统一接手。95万元二期工程滞后郑晓岚县住建局"
    "4资金清理完善结余资金台账，逐笔销号。长期坚持清出三笔，两笔已经收回；其余正在核对。—是王思源县财政局、县审计局"
    "5校舍加固抓好危旧校舍加固，暑期全部完工。8月20日前梁柱加固完成；屋面防水正在重做。260万元否周海宁县教育局"
)


def lists(text):
    return BodyLists.of(text, bodies(text))


def bodies(text):
    return sorted(match.span() for name in BODIES for match in re.finditer(name, text))


def tasks(text):
    return [task for task in read_outline(text, bodies(text)).tasks if task.in_table]


def test_rows_tell_where_the_words_of_the_header_end():
    header = find_header_by_rows(HEADER + ROWS, 0, len(HEADER + ROWS), lists(HEADER + ROWS))
    assert (header.start, header.end) == (0, len(HEADER))
    assert "".join(column.word for column in header.columns) == HEADER
    assert [column.meaning for column in header.columns[-3:]] == ["status", "leader", "unit"]


def test_rows_below_words_that_are_not_known_are_read():
    found = tasks(f"柳泉县重点工作进展表\n{HEADER}{ROWS}\n注：投资由各单位填报。\n")
    assert [task.number for task in found] == ["1", "2", "3", "4", "5"]
    assert [task.title.text for task in found] == ["南河疏浚", "北桥改建", "人才安居", "资金清理", "校舍加固"]
    assert found[0].statement.text == "加快疏浚南河三段，修复护岸。"
    assert [unit.name for unit in found[3].units] == ["县财政局", "县审计局"]
    assert [task.deadline.text for task in found] == ["6月底", "8月底", "全年", "长期坚持", "8月20日前"]
    assert [task.status for task in found] == ["否", "否", "二期工程滞后", "是", "否"]
    assert found[1].leaders == ("吴立春",)


def test_a_header_of_known_words_is_taken_as_it_is():
    text = (
        "序号工作内容责任单位完成时限1疏浚南河三段，修复护岸。县水务局6月底2改建北桥，加宽桥面。县交通局8月底"
        "3加固校舍，暑期全部完工。县教育局8月20日前4清理结余资金，逐笔销号。县财政局全年"
    )
    header = find_header_by_rows(text, 0, len(text), lists(text))
    assert [column.word for column in header.columns] == ["序号", "工作内容", "责任单位", "完成时限"]


@pytest.mark.parametrize(
    "text",
    [
        "序号甲乙丙丁戊己庚辛" + ROWS,  # no word that names a column before the first number
        "序号事项名称甲乙，丙丁责任单位" + ROWS,
        HEADER + ROWS[: ROWS.index("2北桥")],  # one row tells nothing
        "编号办法规定的重点工作任务分工责任单位1月起按月报送，各单位不得迟报、漏报，迟报的由县财政局、县审计局通报；2月起试行。"
        * 3,
    ],
)
def test_without_rows_that_fit_no_header_is_made_up(text):
    header = find_header_by_rows(text, 0, len(text), lists(text))
    assert header is None or len(header.columns) < 4


def test_words_that_can_be_cut_in_two_ways_are_cut_as_the_rows_tell():
    text = (
        "序号任务目标要求完成时限累计完成投资进展判定责任单位 "
        "1南河疏浚加快疏浚南河三段，修复护岸。6月底320万元滞后县水务局、柳泉镇政府"
        "2北桥改建推进桥面加宽，两侧增设人行道。8月底—已完成县交通局"
        "3校舍加固抓好危旧校舍加固，暑期全部完工。8月20日前260万元序时推进县教育局"
        "4资金清理完善结余资金台账，逐笔销号。长期坚持95万元未启动县财政局、县审计局"
    )
    header = find_header_by_rows(text, 0, len(text), lists(text))
    assert [(column.word, column.meaning) for column in header.columns] == [
        ("序号", "number"),
        ("任务", "title"),
        ("目标要求", "statement"),
        ("完成时限", "deadline"),
        ("累计完成投资", "amount"),
        ("进展判定", "status"),
        ("责任单位", "unit"),
    ]
    assert text[header.end] == " "
