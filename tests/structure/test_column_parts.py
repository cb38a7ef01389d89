import pytest
from progress_cells import CELLS

from taskie.structure.columns import kind_of_cell, read_header_cell
from taskie.structure.reader import read_outline


def meaning(heading):
    column = read_header_cell(heading)
    return column and (column.meaning, column.role)


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("主抓部门", "lead"),
        ("主责科室", "lead"),
        ("市级牵头单位", "lead"),
        ("会办单位", "cooperating"),
        ("协作部门", "cooperating"),
        ("协助责任单位", "cooperating"),
        ("责任科局", "responsible"),
        ("认领单位", "responsible"),
        ("承担处室", "responsible"),
    ],
)
def test_a_role_before_a_kind_of_body_is_a_column_of_units(heading, role):
    assert meaning(heading) == ("unit", role)


@pytest.mark.parametrize("heading", ["验收单位", "填报部门", "督办单位", "项目业主"])
def test_bodies_that_look_on_have_no_role(heading):
    assert meaning(heading) == ("remark", None)


@pytest.mark.parametrize(
    "heading", ["县政府办分管副主任", "包联旗领导", "挂钩副县长", "协管局长", "牵头单位主要负责人"]
)
def test_who_sees_to_it_and_a_rank_are_leaders(heading):
    assert meaning(heading) == ("leader", None)


@pytest.mark.parametrize("heading", ["目标时限", "办结时点", "整改节点", "任务交付日期"])
def test_the_noun_at_the_end_counts_before_the_word_at_the_beginning(heading):
    assert meaning(heading) == ("deadline", None)


@pytest.mark.parametrize("heading", ["销号意见", "领导批示意见", "验收意见"])
def test_opinions_on_a_matter_are_no_column_of_bodies(heading):
    assert meaning(heading) == ("remark", None)


@pytest.mark.parametrize("heading", ["项目启动日期", "任务交办时间", "实际完成时间"])
def test_a_time_at_which_nothing_is_due_is_no_deadline(heading):
    assert meaning(heading) == ("remark", None)


@pytest.mark.parametrize(
    "heading",
    [
        "截至9月底推进落实情况",
        "到6月末进展",
        "1—7月份工作完成情况",
        "现况",
        "落实成效",
        "第三季度推进情况",
        "今年以来整改情况",
        "销号情况",
    ],
)
def test_how_far_things_went_is_progress_also_with_its_period(heading):
    assert meaning(heading) == ("progress", None)


@pytest.mark.parametrize("caption", ["全县重点工作推进情况", "2024年重点项目进展情况", "各镇三季度任务完成情况"])
def test_what_went_on_without_a_period_alone_is_a_caption(caption):
    assert meaning(caption) is None


@pytest.mark.parametrize("heading", ["是否如期办结", "进展预警", "挂灯"])
def test_a_judgement_is_a_status(heading):
    assert meaning(heading) == ("status", None)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("存在短板及下步安排", "problems"),
        ("年度目标和验收标准", "statement"),
        ("责任单位及责任人", "unit"),
        ("全县重点任务及目标", "statement"),
        ("完成时限说明", "deadline"),
    ],
)
def test_the_first_of_two_things_named_counts(heading, expected):
    assert meaning(heading)[0] == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("三季度计划", "statement"),
        ("下月计划", "next_steps"),
        ("工程概况", "statement"),
        ("需协调事项", "problems"),
        ("未达序时原因", "problems"),
        ("节点要求", None),
    ],
)
def test_plans_and_what_stands_in_the_way_are_told_apart(heading, expected):
    assert (meaning(heading) or (None,))[0] == expected


def test_unit_behind_other_words_is_no_unit_of_measure():
    assert meaning("提案人单位") is None
    assert meaning("指标单位") == ("measure_unit", None)


@pytest.mark.parametrize("words", ["扩建县医院", "镇中心小学迁建", "县交通局", "推进", "正在施工"])
def test_what_stands_in_cells_is_no_heading(words):
    assert meaning(words) is None


@pytest.mark.parametrize("status", ["达到序时", "未达序时", "落后序时进度", "良好"])
def test_judgements_of_progress_are_status_words(status):
    assert kind_of_cell(status) == "status"


def test_a_sentence_about_progress_is_no_status():
    assert kind_of_cell("达到序时进度要求的有三项") == "text"


def test_heading_broken_over_two_lines_is_one_and_a_whole_one_below_an_unknown_one_is_another():
    header = "序号\n工作内容\n责任\n单位\n咋样\n完成时限\n"
    first = read_outline(
        header + "1\n修缮卫生室14间\n县卫健局\n正常\n8月底\n2\n更新站牌40块\n县交通局\n滞后\n年底\n"
    ).tasks[0]
    assert (first.status, first.deadline.text, first.units[0].name) == ("正常", "8月底", "县卫健局")


def test_table_with_a_cell_a_line_is_read_below_headings_that_no_list_has():
    first, second = read_outline(CELLS).tasks
    assert [(unit.name, unit.role) for unit in first.units] == [
        ("县卫健局", "responsible"),
        ("县财政局", "cooperating"),
        ("青溪镇政府", "cooperating"),
    ]
    assert (first.deadline.text, first.progress.text) == ("8月底", "已修缮9间，其余正在招标")
    assert (second.statement.text, second.status) == ("新开城乡公交线路3条，更新候车亭", "已销号")


def test_a_short_judgement_that_no_list_has_stays_under_its_column():
    table = CELLS.replace("未销号", "推进偏缓").replace("已销号", "转入攻坚")
    assert [task.status for task in read_outline(table).tasks] == ["推进偏缓", "转入攻坚"]


@pytest.mark.parametrize("line", ["报送单位：县政府督查室", "（截至7月5日）"])
def test_a_title_above_who_sent_a_table_is_no_task(line):
    assert [task.number for task in read_outline(f"县民生实事办理情况（二季度）\n{line}\n{CELLS}").tasks] == ["1", "2"]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("谁来牵头", ("unit", "lead")),
        ("谁牵头谁配合", ("unit", "responsible")),
        ("谁来搭手", ("unit", "cooperating")),
        ("一起办", ("unit", "cooperating")),
        ("谁来办", ("unit", "responsible")),
        ("要做到什么程度", ("statement", None)),
        ("要办成什么样", ("statement", None)),
        ("做到哪一步了", ("progress", None)),
        ("还缺什么", ("problems", None)),
        ("啥时候办结", ("deadline", None)),
        ("协同攻坚", ("unit", "cooperating")),
    ],
)
def test_headings_may_ask(heading, expected):
    assert meaning(heading) == expected
