import time

import pytest

from taskie.structure import table_run
from taskie.structure.columns import kind_of_cell, read_header_cell
from taskie.structure.reader import read_outline
from taskie.structure.tables import find_tables


def rows(text):
    return [task for task in read_outline(text).tasks if task.in_table]


def units(task):
    return [(unit.name, unit.role[0]) for unit in task.units]


HEADER = ["序号", "市领导", "年度目标任务", "完成时限", "推进情况", "是否完成计划进度", "责任单位"]
ROWS = [
    [
        "1",
        "韩立冬",
        "新建公办幼儿园12所，新增学位3600个",
        "8月底",
        "已开工9所，主体完工5所，其余正在办理手续",
        "是",
        "市教育局、市住房城乡建设局",
    ],
    [
        "2",
        "周明月",
        "改造老旧小区86个，惠及居民2.1万户",
        "年底",
        "已完成立项，正在组织招标和施工准备工作",
        "否",
        "市住房城乡建设局",
    ],
    [
        "3",
        "周明月",
        "建成柳河大桥，打通断头路5条",
        "11月底",
        "桥梁主塔封顶，道路征迁基本完成，管线迁改中",
        "是",
        "市交通运输局、市城管局",
    ],
]


def assert_full(found):
    assert [task.number for task in found] == ["1", "2", "3"]
    assert [task.statement.text for task in found] == [row[2] for row in ROWS]
    assert [task.leaders for task in found] == [("韩立冬",), ("周明月",), ("周明月",)]
    assert [task.deadline.text for task in found] == ["8月底", "年底", "11月底"]
    assert [task.status for task in found] == ["是", "否", "是"]
    assert [task.progress.text for task in found] == [row[4] for row in ROWS]
    assert units(found[0]) == [("市教育局", "r"), ("市住房城乡建设局", "r")]


def table(join, *, header=None, body=None):
    return "\n".join(join(row) for row in [header or HEADER, *(body or ROWS)]) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        table("\t".join),
        table(lambda row: "| " + " | ".join(row) + " |"),
        table(lambda row: "|".join(row)),
        table(lambda row: "  ".join(row)),
        table(lambda row: "\u3000\u3000".join(row)),
        table(lambda row: "\n".join("\t" + cell for cell in row) + "\n"),
        table(lambda row: "\n".join(row)),
        table(lambda row: "\n|\n".join(row)),
        "2024年责任目标推进情况表\n填报单位：市政府办\n" + table("\t".join),
    ],
    ids=[
        "tabs",
        "bars",
        "bars without edges",
        "gaps",
        "wide gaps",
        "tabbed cell a line",
        "cell a line",
        "lone bars",
        "caption",
    ],
)
def test_every_form_gives_the_same_rows(text):
    assert_full(rows(text))


def test_separator_row_is_no_row():
    text = table(lambda row: "| " + " | ".join(row) + " |").split("\n")
    text.insert(1, "| --- | --- | --- | --- | --- | --- | --- |")
    assert_full(rows("\n".join(text)))


def test_two_tables_side_by_side_are_told_apart():
    lines = ["\t".join(HEADER + HEADER)]
    right = [["11", *row[1:]] for row in ROWS]
    lines += ["\t".join(left + other) for left, other in zip(ROWS, right, strict=True)]
    found = rows("\n".join(lines) + "\n")
    assert [task.number for task in found] == ["1", "11", "2", "11", "3", "11"]
    assert units(found[1]) == [("市教育局", "r"), ("市住房城乡建设局", "r")]


def test_left_half_may_be_blank_and_a_cell_short():
    lines = ["\t".join(HEADER + HEADER), "\t".join(ROWS[0] + ROWS[1]), "9\t韩立冬\t\t\t\t\t" + "\t".join(ROWS[2])]
    assert [task.number for task in rows("\n".join(lines) + "\n")] == ["1", "2", "3"]


def test_table_run_into_one_line_is_read():
    header = "序号 承担的年度任务 完成状态 工作进展情况 牵头责任单位"
    body = (
        "一、稳住经济增长 1 规上工业增加值增长x%。 序时推进 上半年,全市增长x%,逐月开展运行调度,完善监测体系。 市经济和信息化局 "
        "2 限上单位零售额提高xx%以上。 序时推进 组织促消费活动xx场,发放消费券xx万元,成效 著。 市商务局 市财政局 "
        "二、加快创新发展 强化平台支撑。 3 新建省级平台x家。 滞后 已推荐x家,省级正在审核。 市自然资源和 规划局"
    )
    first, second, third = rows(f"统计表(政府) {header} {body}\n")
    assert first.statement.text == "规上工业增加值增长x%。"
    assert (first.status, third.status) == ("序时推进", "滞后")
    assert first.headings == ("一、稳住经济增长",)
    assert third.headings == ("二、加快创新发展", "强化平台支撑。")
    assert units(second) == [("市商务局", "l"), ("市财政局", "l")]
    assert units(third) == [("市自然资源和规划局", "l")]
    assert second.progress.text.startswith("组织促消费活动")


def test_blank_unit_cell_takes_over_the_row_above():
    body = [["1", "建学校", "县教育局"], ["2", "建医院", ""], ["3", "修道路", "县交通局"]]
    found = rows(table("\t".join, header=["序号", "工作任务", "牵头单位"], body=body))
    assert [units(task) for task in found] == [[("县教育局", "l")], [("县教育局", "l")], [("县交通局", "l")]]
    assert found[1].units[0].source == "inherited"


@pytest.mark.parametrize("mark", ["/", "—", "无"])
def test_none_marks_give_no_unit(mark):
    body = [["1", "新建学校3所", "县教育局", mark], ["2", "新建医院1所", "县卫健局", "县财政局"]]
    found = rows(table("\t".join, header=["序号", "工作任务", "牵头单位", "配合单位"], body=body))
    assert units(found[0]) == [("县教育局", "l")]
    assert units(found[1]) == [("县卫健局", "l"), ("县财政局", "c")]


def test_title_column_stands_beside_the_statement():
    body = [
        ["1", "平安校园", "安装护学岗40处，培训安保人员300名", "区教育局"],
        ["2", "便民停车", "新增停车位1200个，开放单位车位", "区城管局"],
    ]
    found = rows(table("\t".join, header=["序号", "实事项目", "年度目标", "牵头单位"], body=body))
    assert [(task.title.text, task.statement.text) for task in found] == [(row[1], row[2]) for row in body]


def test_section_rows_become_headings():
    body = [
        ["一、民生改善"],
        ["1", "建学校", "县教育局"],
        ["2", "建医院", "县卫健局"],
        ["二、城市建设"],
        ["3", "修道路", "县交通局"],
    ]
    found = rows(
        "\n".join("\t".join(row + [""] * (3 - len(row))) for row in [["序号", "工作任务", "牵头单位"], *body]) + "\n"
    )
    assert [task.headings for task in found] == [("一、民生改善",), ("一、民生改善",), ("二、城市建设",)]


def test_row_broken_over_lines_is_joined():
    text = "序号\t工作任务\t牵头单位\n1\t建学校3所，\n改善办学条件\t县教育局\n2\t建医院\t县卫健局\n"
    found = rows(text)
    assert [task.number for task in found] == ["1", "2"]
    assert units(found[0]) == [("县教育局", "l")]


def test_labels_inside_a_unit_cell_say_the_roles():
    body = [["1", "修水库", "牵头：县水务局 配合：县财政局"], ["2", "修渠道", "县农业农村局"]]
    found = rows(table("\t".join, header=["序号", "工作任务", "责任单位"], body=body))
    assert units(found[0]) == [("县水务局", "l"), ("县财政局", "c")]


def test_ranks_before_leaders_are_left_out():
    body = [["1", "建学校", "县委常委、副县长 罗世宽"], ["2", "建医院", "副县长 邓克勤"]]
    found = rows(table("\t".join, header=["序号", "工作任务", "包保领导"], body=body))
    assert [task.leaders for task in found] == [("罗世宽",), ("邓克勤",)]


def test_table_without_header_is_recognized_by_its_cells():
    found = rows(table("\t".join, header=ROWS[0], body=ROWS[1:]))
    assert [task.number for task in found] == ["1", "2", "3"]
    assert units(found[2]) == [("市交通运输局", "r"), ("市城管局", "r")]


def test_prose_before_a_table_is_read_as_prose():
    text = "一、压实责任。各单位要抓紧落实，按月报送进展。\n\n" + table("\t".join)
    outline = read_outline(text)
    assert [task.number for task in outline.tasks] == ["一", "1", "2", "3"]
    assert outline.kind == "progress_table"


def test_prose_has_no_table():
    assert find_tables("一、推进工作。加快项目建设，抓好落实。\n（牵头单位：市发改委）\n" * 40) == ()


@pytest.mark.slow
def test_megabyte_of_prose_passes_quickly():
    text = "加快推进重点项目建设，完善工作机制，抓好任务落实。\n" * 40_000
    start = time.perf_counter()
    assert find_tables(text) == ()
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("word", "meaning", "role"),
    [
        ("序号", "number", None),
        ("牵头单位", "unit", "lead"),
        ("责任单位", "unit", "responsible"),
        ("配合单位", "unit", "cooperating"),
        ("牵头责任单位", "unit", "lead"),
        ("责任 单位", "unit", "responsible"),
        ("完成时限", "deadline", None),
        ("2024年工作目标", "statement", None),
        ("总投资（万元）", "amount", None),
        ("下一步工作打算", "next_steps", None),
        ("工作进展及取得成效", "progress", None),
    ],
)
def test_header_words_are_known_by_meaning(word, meaning, role):
    column = read_header_cell(word)
    assert (column.meaning, column.role) == (meaning, role)


@pytest.mark.parametrize("word", ["", "加快推进重点项目建设，完善工作机制", "县教育局", "12"])
def test_other_cells_are_no_header(word):
    assert read_header_cell(word) is None


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("12", "number"), ("（三）", "number"), ("年底", "deadline"), ("6月30日前", "deadline"), ("长期坚持", "deadline"), ("是", "status"),
        ("序时推进", "status"), ("市教育局、市财政局", "unit"), ("各县区政府", "unit"), ("韩立冬", "leader"), ("副县长 罗世宽", "leader"),
        ("新建学校12所，新增学位3600个", "text"), ("/", "none"), ("", "none"),
    ],
)  # fmt: skip
def test_cells_are_known_by_what_they_hold(cell, kind):
    assert kind_of_cell(cell) == kind


GLUED = (
    "序号项目名称建设内容总投资责任单位包保领导"
    "1柳泉冷链物流园建设冷库3座、交易大厅1.2万平方米，配套检验检测、电商直播和停车设施，完善道路管网，带动就业300人6200万元县商务局、柳泉镇人民政府林知远"
    "2东岭水厂扩建日供水4万吨，敷设管网18公里1.1亿元县水利局、东岭水务副县长何清扬"
    "3城南小学迁建设36个班，新增学位1620个8900万元县教育局、县城投公司"
)


def _spans(text, *names):
    return [(text.index(name), text.index(name) + len(name)) for name in names]


def test_finding_where_a_run_table_ends_reads_no_cells(monkeypatch):
    # With cells read for every line behind the table, one text of 1,600 characters took ten seconds.
    monkeypatch.setattr(table_run, "read_run_cells", None)
    (region,) = find_tables(GLUED + "\n以上项目按月报送进展。" * 5)
    assert (region.form, region.end) == ("run", len(GLUED))


def test_table_without_any_mark_between_cells_is_read_by_the_bodies_found_in_it():
    names = ("县商务局", "柳泉镇人民政府", "县水利局", "东岭水务", "县教育局", "县城投公司")
    tasks = read_outline(GLUED, _spans(GLUED, *names)).tasks
    assert [task.number for task in tasks] == ["1", "2", "3"]
    assert [[unit.name for unit in task.units] for task in tasks] == [
        list(names[:2]),
        list(names[2:4]),
        list(names[4:]),
    ]
    assert [task.leaders for task in tasks] == [("林知远",), ("何清扬",), ()]


def test_run_goes_on_behind_page_furniture_and_a_repeated_header():
    header, rest = GLUED[: GLUED.index("1柳泉")], GLUED[GLUED.index("2东岭") :]
    text = GLUED[: GLUED.index("2东岭")] + "\n【打印本页】　第1页\n" + header + rest
    names = ("县商务局", "柳泉镇人民政府", "县水利局", "东岭水务", "县教育局", "县城投公司")
    tasks = read_outline(text, _spans(text, *names)).tasks
    assert [task.number for task in tasks] == ["1", "2", "3"]
    assert tasks[0].leaders == ("林知远",)


def test_rows_with_bars_between_cells_only_begin_on_the_line_without_one():
    rows = [
        ("MS-01", "办好托育", "新增托位120个", "孙××", "县卫健局", "6月底前"),
        ("MS-02", "改善供水", "更换管网8公里", "刘××", "县水利局", "年底前"),
        ("MS-03", "优化养老", "新建驿站3家", "王××", "县民政局", "全年"),
    ]
    header = ("任务编号", "主要任务", "分解事项", "责任领导", "责任单位", "计划完成时间")
    text = "\n".join("\n|\n".join(row) for row in (header, *rows))
    tasks = [task for task in read_outline(text).tasks if task.in_table]
    assert [(task.number, task.title.text, task.statement.text) for task in tasks] == [row[:3] for row in rows]
    assert [task.deadline.text for task in tasks] == ["6月底前", "年底前", "全年"]


def test_roles_said_inside_a_unit_cell_count():
    text = (
        "序号\t工作任务\t责任单位\t完成时限\n"
        "1\t新建泵站3座\t（县水利局主办，县财政局、柳泉镇协办）\t年底前\n"
        "2\t改造学校2所\t县教育局牵头，县住建局配合\t6月底前\n"
    )
    assert [units(task) for task in rows(text)] == [
        [("县水利局", "l"), ("县财政局", "c"), ("柳泉镇", "c")],
        [("县教育局", "l"), ("县住建局", "c")],
    ]


def test_roles_in_a_bracket_behind_a_name_are_those_of_the_bodies_in_it():
    text = (
        "序号\t工作任务\t责任单位\t完成时限\n"
        "1\t新建泵站3座\t建管科（县水利局主办，县住建局（县人防办）、柳泉镇协办）\t年底前\n"
        "2\t改造学校2所\t县教育局（县体育局）\t6月底前\n"
    )
    assert [units(task) for task in rows(text)] == [
        [("建管科", "r"), ("县水利局", "l"), ("县住建局（县人防办）", "c"), ("柳泉镇", "c")],
        [("县教育局（县体育局）", "r")],
    ]


@pytest.mark.parametrize("heading", ["下一步安排", "下步工作举措", "后续思路"])
def test_a_column_of_next_steps_has_no_units(heading):
    text = f"序号\t工作任务\t{heading}\t责任单位\n1\t新建泵站3座\t盯紧工期、备足料\t县水利局\n2\t改造学校2所\t暑期开工、错峰\t县教育局\n"
    assert [units(task) for task in rows(text)] == [[("县水利局", "r")], [("县教育局", "r")]]


def test_row_broken_over_lines_inside_its_cells_is_one_row():
    text = (
        "序号\t工作任务\t完成时限\t责任单位\t进展情况\n1\t改造泵站，\n清理前池，\n更换水泵\t6月底\t县水务局\t水泵已到货，\n正在安装\n"
        "2\t衬砌渠道\t年底前\t县水务局\t完成八成\n"
    )
    first, second = read_outline(text).tasks
    assert first.statement.text == "改造泵站，\n清理前池，\n更换水泵"
    assert (first.deadline.text, units(first)) == ("6月底", [("县水务局", "r")])
    assert second.number == "2"


def test_rows_numbered_by_codes_below_headings_with_units():
    text = (
        "编号  重点举措  时间节点  牵头科室  协同单位\n一、水利（县水务局主办，县财政局协办）\n1-1  改造泵站，更换水泵  6月底  —  —\n"
        "1-2  衬砌渠道，清理淤积  年底前  水保科  县农业局\n"
    )
    first, second = read_outline(text).tasks
    assert [first.number, second.number] == ["1-1", "1-2"]
    assert units(first) == [("县水务局", "l"), ("县财政局", "c")]
    assert units(second) == [("水保科", "l"), ("县农业局", "c")]


def test_first_of_a_single_unit_column_leads_where_the_notice_says_so():
    text = (
        "责任单位栏列首位的为牵头单位。\n"
        + "序号\t工作任务\t责任单位\n1\t改造泵站，更换水泵\t县水务局、县财政局\n2\t清理渠道，种植水草\t县农业局、各乡镇\n"
    )
    first, second = read_outline(text).tasks
    assert units(first) == [("县水务局", "l"), ("县财政局", "c")]
    assert units(second) == [("县农业局", "l"), ("各乡镇", "c")]


def test_notes_and_lone_headings_beside_tables_are_no_tasks():
    rows = "序号\t工作任务\t责任单位\n1\t改造泵站，更换水泵\t县水务局\n2\t清理渠道，种植水草\t县农业局\n"
    text = f"一、主要任务\n{rows}注：1.数据以部门上报为准。2.逾期不报的通报。\n3.各单位按月报送。\n"
    outline = read_outline(text)
    assert [task.number for task in outline.tasks] == ["1", "2"]
    assert [span.text for span in outline.leftovers][-1] == "3.各单位按月报送。"


def test_row_run_together_is_read_by_what_its_cells_hold():
    text = (
        "序号重点举措时间节点牵头领导牵头科室协同单位办理状态进展情况存在问题"
        "1改造泵站，更换水泵，确保汛期安全运行。6月底前周大海水利科县财政局、县农业局正常推进水泵已到货。安装队伍不足。"
        "2衬砌渠道，清理多年淤积，恢复过水能力。年底前李长河灌区科县发改局滞后完成八成。冬季施工困难。"
    )
    spans = _spans(text, "水利科", "县财政局", "县农业局", "灌区科", "县发改局")
    first, second = read_outline(text, spans).tasks
    assert first.statement.text == "改造泵站，更换水泵，确保汛期安全运行。"
    assert units(first) == [("水利科", "l"), ("县财政局", "c"), ("县农业局", "c")]
    assert (first.deadline.text, first.leaders, first.status) == ("6月底前", ("周大海",), "正常推进")
    assert units(second) == [("灌区科", "l"), ("县发改局", "c")]


def test_unit_cell_may_say_in_a_sentence_who_does_what():
    text = (
        "序号\t工作任务\t承办单位\n1\t改造泵站，更换水泵\t由县水务局会同县财政局办理\n2\t清理渠道，种植水草\t县农业局\n"
    )
    first, _ = read_outline(text, _spans(text, "县水务局", "县财政局", "县农业局")).tasks
    assert units(first) == [("县水务局", "l"), ("县财政局", "c")]


SIDE_BY_SIDE = [
    ["1", "新建泵站3座，清淤河道。", "县水务局", "年底前", "3", "修缮校舍5栋，更新桌椅。", "县教育局", "8月底"],
    ["2", "加宽桥面，增设步道。", "县交通局", "10月底", "4", "种植护岸林，补栽行道树。", "县林业局", "年底前"],
]


def _side_by_side(head, rows, *, one_line):
    return "\t".join(head * 2) + "\n" + ("\t" if one_line else "\n").join("\t".join(row) for row in rows) + "\n"


@pytest.mark.parametrize("one_line", [False, True])
def test_tables_side_by_side_may_have_their_rows_in_one_line(one_line):
    text = _side_by_side(["序号", "工作任务", "牵头单位", "完成时限"], SIDE_BY_SIDE, one_line=one_line)
    found = {task.number: (task.statement.text, task.units[0].name) for task in read_outline(text).tasks}
    assert found["2"] == ("加宽桥面，增设步道。", "县交通局")
    assert found["3"] == ("修缮校舍5栋，更新桌椅。", "县教育局")
    assert len(found) == 4


@pytest.mark.parametrize("one_line", [False, True])
def test_tables_side_by_side_need_no_numbers_where_all_headings_are_there_twice(one_line):
    rows = [[cell for i, cell in enumerate(row) if i not in (0, 4)] for row in SIDE_BY_SIDE]
    text = _side_by_side(["工作任务", "牵头单位", "完成时限"], rows, one_line=one_line)
    found = {task.statement.text: [unit.name for unit in task.units] for task in read_outline(text).tasks}
    assert found["种植护岸林，补栽行道树。"] == ["县林业局"]
    assert len(found) == 4


def test_long_line_that_is_no_whole_number_of_rows_stays_one_row():
    head = "序号\t工作任务\t牵头单位\t完成时限\n"
    row = "1\t新建泵站3座，清淤河道。\t县水务局\t年底前\t备注一\t备注二\t备注三\n2\t加宽桥面，增设步道。\t县交通局\t10月底\n"
    assert [task.number for task in read_outline(head + row).tasks] == ["1", "2"]


def meant(*cells):
    body = [[str(n), *row] for n, row in enumerate(cells, 1)]
    return rows(table("\t".join, header=["序号", "主要任务", "季度目标", "责任单位"], body=body))


def test_sentences_beside_shorter_goals_of_a_quarter_are_what_is_to_be_done():
    found = meant(
        ("改建北桥，加宽桥面。", "桩基浇完", "县交通局"), ("疏浚南河，修复护岸三处。", "清淤两段", "县水务局")
    )
    assert [task.statement.text for task in found] == ["改建北桥，加宽桥面。", "疏浚南河，修复护岸三处。"]


@pytest.mark.parametrize(
    ("title", "goal"),
    [
        ("改建北桥，加宽桥面", "桩基浇完"),  # no full stop
        ("改建北桥。", "桩基浇完"),  # no clause
        ("改建北桥，加宽桥面。", "一季度桩基全部浇完，二季度架梁，三季度通车"),  # the goal says more
    ],
)
def test_other_titles_stay_beside_their_goals(title, goal):
    found = meant((title, goal, "县交通局"), (title, goal, "县水务局"))
    assert [task.statement.text for task in found] == [goal, goal]


@pytest.mark.parametrize("words", ["达到时序进度", "未达到序时进度", "快于时序进度", "滞后序时"])
def test_progress_against_the_calendar_is_a_status(words):
    assert kind_of_cell(words) == "status"
