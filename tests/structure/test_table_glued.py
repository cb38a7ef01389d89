"""A row with nothing between its cells is read by what its columns hold, figures and words of status among texts."""

import re

from taskie.structure.body_lists import BodyLists
from taskie.structure.columns import Column
from taskie.structure.reader import read_outline
from taskie.structure.table_glued import read_glued

BODIES = ("县水务局", "县财政局", "县交通局", "县公安局", "县教育局")
HEADER = "序号年度任务目标值完成时间本季度进展落实情况分管领导牵头部门配合部门"
ROWS = (
    "1疏浚南河三段，修复护岸。12公里6月底清淤两段，放样完毕；石料分批进场。完成周海宁县水务局县财政局",
    "2改建北桥，加宽桥面，增设人行道。—2026年春耕前桩基浇完，梁板预制过半；便道已经通车。基本完成吴立春县交通局县公安局、县财政局",
    "3新建城西小学，设二十四个班。2所常年坚持主体封顶，正在砌墙；塔吊拆除。未完成郑晓岚县教育局县财政局",
)


def spans(text):
    return sorted(match.span() for name in BODIES for match in re.finditer(name, text))


def test_figures_and_status_words_are_cells_of_their_own():
    text = f"柳泉县任务表\n{HEADER}{''.join(ROWS)}\n"
    first, second, third = read_outline(text, spans(text)).tasks
    assert first.statement.text == "疏浚南河三段，修复护岸。"
    assert second.statement.text == "改建北桥，加宽桥面，增设人行道。"
    assert [task.deadline.text for task in (first, second, third)] == ["6月底", "2026年春耕前", "常年坚持"]
    assert [task.status for task in (first, second, third)] == ["完成", "基本完成", "未完成"]
    assert second.leaders == ("吴立春",)
    assert [(unit.name, unit.role[0]) for unit in second.units] == [
        ("县交通局", "l"),
        ("县公安局", "c"),
        ("县财政局", "c"),
    ]


def test_a_goal_in_words_stays_a_text():
    text = "疏浚南河三段，修复护岸。全线通水，见到成效。6月底县水务局"
    columns = [Column("statement"), Column("value"), Column("deadline"), Column("unit", "lead")]
    cells = read_glued(text, columns, 0, len(text), BodyLists.of(text, spans(text)))
    assert [text[a:b] for _, a, b in cells] == ["疏浚南河三段，修复护岸。", "全线通水，见到成效。", "6月底", "县水务局"]


def test_a_degree_of_completion_before_the_bodies_is_no_part_of_their_name():
    text = (
        "柳泉市重点工作推进表序号工作任务推进情况完成度责任单位"
        "1疏浚南河三段，修复护岸。清淤两段，石料分批进场；围堰拆除。x%县水务局、县财政局"
        "2改建北桥，加宽桥面。桩基浇完，梁板预制过半；便道通车。xx%县交通局"
        "3新建城西小学，设二十四个班。主体封顶，正在砌墙；塔吊拆除。65%县教育局、县财政局\n"
    )
    found = read_outline(text, spans(text)).tasks
    assert [[unit.name for unit in task.units] for task in found] == [
        ["县水务局", "县财政局"],
        ["县交通局"],
        ["县教育局", "县财政局"],
    ]
    assert [task.statement.text for task in found][0] == "疏浚南河三段，修复护岸。"
    assert found[1].progress.text == "桩基浇完，梁板预制过半；便道通车。"
