import pytest

from taskie.structure.reader import read_outline

HEADER = ["序号", "工作任务", "分管领导", "牵头单位", "配合单位", "完成时限", "进展情况", "状态"]
ROWS = [
    ["1", "修缮村级卫生室14间", "韩立冬", "县卫健局", "县财政局、青溪镇政府", "8月底", "已修缮9间，其余正在招标", "正常"],
    ["2", "新开城乡公交线路3条", "周明月", "县交通局", "县公安局", "11月底", "两条线路已经试运行，站牌正在更换", "滞后"],
    ["3", "改造供水管网26公里", "周明月", "县水务局", "县住建局", "年底", "已完成勘测，正在办理占道手续", "正常"],
]  # fmt: skip
FIRST = {
    "statement": "修缮村级卫生室14间",
    "units": [("县卫健局", "lead"), ("县财政局", "cooperating"), ("青溪镇政府", "cooperating")],
    "leaders": ("韩立冬",),
    "deadline": "8月底",
    "progress": "已修缮9间，其余正在招标",
    "status": "正常",
}


def table(*, rows=ROWS, sep="\t", **headings):
    header = [headings.get(f"c{i}", heading) for i, heading in enumerate(HEADER)]
    return "\n".join(sep.join(row) for row in (header, *rows))


def first(text):
    task = read_outline(text).tasks[0]
    return {
        "statement": task.statement.text,
        "units": [(unit.name, unit.role) for unit in task.units],
        "leaders": task.leaders,
        "deadline": task.deadline and task.deadline.text,
        "progress": task.progress and task.progress.text,
        "status": task.status,
    }


@pytest.mark.parametrize("unknown", ["c1", "c2", "c5", "c6", "c7"])
def test_an_unknown_heading_takes_the_meaning_of_its_cells(unknown):
    assert first(table(**{unknown: "咋样"})) == FIRST


def test_bodies_below_an_unknown_heading_are_responsible_where_only_helpers_are_named():
    assert ("县卫健局", "responsible") in first(table(c3="谁来干"))["units"]


@pytest.mark.parametrize("heading", ["所在乡镇", "提案人单位", "业主"])
def test_bodies_that_only_stand_for_a_place_or_ask_are_not_responsible(heading):
    assert "县卫健局" not in dict(first(table(c3=heading))["units"])


def test_bodies_below_an_unknown_heading_beside_those_that_lead_stay_a_remark():
    assert first(table(c4="咋样"))["units"] == [("县卫健局", "lead")]


def test_times_are_the_deadline_although_the_heading_speaks_of_a_goal():
    assert first(table(c5="年度目标")) == FIRST


def test_a_goal_with_one_time_among_its_cells_stays_a_goal():
    rows = [
        [*row[:5], goal, *row[6:]] for row, goal in zip(ROWS, ["8月底", "更新站牌40块", "漏损率降到9%"], strict=True)
    ]
    assert first(table(rows=rows, c5="年度目标"))["deadline"] is None


def test_bodies_below_what_could_be_a_unit_of_measure_are_responsible():
    assert ("县卫健局", "responsible") in first(table(c3="单位"))["units"]


def test_a_unit_of_measure_stays_one():
    rows = [[*row[:3], unit, *row[4:]] for row, unit in zip(ROWS, ["间", "条", "公里"], strict=True)]
    assert first(table(rows=rows, c3="单位"))["units"] == [("县财政局", "cooperating"), ("青溪镇政府", "cooperating")]


@pytest.mark.parametrize("unknown", ["c2", "c5", "c7"])
def test_cells_a_line_are_told_by_whole_rows(unknown):
    text = table(sep="\n", **{unknown: "咋样"})
    assert first(text) == FIRST
    assert len(read_outline(text).tasks) == 3


def test_a_heading_of_the_rows_is_no_column_behind_the_last_one():
    lines = [*HEADER, "农业农村", *ROWS[0], *ROWS[1]]
    assert first("\n".join(lines)) == FIRST


def named_and_stated(names):
    goals = [
        "清淤渠道四十里，加固渡槽两座，汛前投入使用，沿线农户参与管护并领取补助",
        "新增学位六百个，缩小校际差距，不设重点班，校车接送覆盖边远村组的学生",
        "办证时限压缩一半，推行一窗受理，减少跑动，窗口人员轮训后上岗并公开评价",
        "修缮老旧楼道，更换管线，加装扶手和照明，费用由住户和街道分担",
    ]
    rows = [f"{n}\t{name}\t{goal}\t县水务局" for n, (name, goal) in enumerate(zip(names, goals, strict=True), 1)]
    return read_outline("\n".join(["序号\t办什么事\t办成啥样\t责任单位", *rows])).tasks[0]


def test_a_column_that_only_names_matters_is_their_title_where_the_next_one_says_what_is_to_come_of_them():
    task = named_and_stated(["水利", "教育", "政务服务", "老旧小区"])
    assert (task.title.text, task.statement.text) == (
        "水利",
        "清淤渠道四十里，加固渡槽两座，汛前投入使用，沿线农户参与管护并领取补助",
    )


def test_a_column_of_sentences_stays_the_statement_whatever_stands_behind_it():
    task = named_and_stated(["疏浚南渠，修好闸门", "扩建校舍，招考教师", "精简材料，培训窗口", "改造管网，修整屋面"])
    assert task.statement.text == "疏浚南渠，修好闸门"
