"""Items of a report may set a goal in the sentence behind their title, or in its place, and report on it from there on, without a label."""

import pytest

from taskie.structure.reader import read_outline

TITLE = "关于2024年重点任务推进情况的报告"
ITEMS = (
    "疏通河道。清淤南河12公里，修复弯道护岸。已清淤8公里，弯道护岸石料到货。两处河埠还在放样。（责任单位：县水务局）",
    "改善通学路。改建校门前道路6条，增设护栏。校门前道路铺完4条，其余正在迁移电杆。（责任单位：县交通局）",
    "补足学位。新建城西小学、城北小学，增加学位900个。城西小学主体封顶；城北小学基坑渗水，停工11天。（责任单位：县教育局）",
    "盘活资金。清理结余资金1.2亿元。目前收回9000万元，三家单位账目不符。（责任单位：县财政局）",
)


def tasks(items, title=TITLE):
    text = f"{title}\n" + "".join(f"{n}.{item}\n" for n, item in enumerate(items, 1))
    return read_outline(text).tasks


def test_only_the_first_sentence_behind_the_title_is_the_statement():
    found = tasks(ITEMS)
    assert [task.title.text for task in found] == ["疏通河道", "改善通学路", "补足学位", "盘活资金"]
    assert [task.statement.text for task in found][:2] == [
        "清淤南河12公里，修复弯道护岸。",
        "改建校门前道路6条，增设护栏。",
    ]
    assert found[0].progress.text == "已清淤8公里，弯道护岸石料到货。两处河埠还在放样。"
    assert [unit.name for unit in found[0].units] == ["县水务局"]


def test_an_item_of_one_sentence_among_them_has_no_progress():
    *_, last = tasks([*ITEMS, "严格调度。逐旬下达提示函，补齐欠账。（责任单位：县政府督查室）"])
    assert (last.statement.text, last.progress) == ("逐旬下达提示函，补齐欠账。", None)


@pytest.mark.parametrize(
    ("items", "title"),
    [
        (ITEMS, "2024年重点任务分工方案"),  # no report by its title
        (ITEMS[:2], TITLE),  # too few items to tell
        # nothing is reported
        (
            [
                item.split("。")[0] + "。修订办法，明确分工。组织培训，按季检查。（责任单位：县水务局）"
                for item in ITEMS
            ],
            TITLE,
        ),
        # what is reported is something else
        (
            [
                item.split("。")[0] + "。改建码头三座，拓宽航道。目前验收档案，尚缺图纸。（责任单位：县水务局）"
                for item in ITEMS
            ],
            TITLE,
        ),
        # what was done is said first
        (
            [item.split("。")[0] + "。已于5月完工，工程款结清。正在组织验收。（责任单位：县水务局）" for item in ITEMS],
            TITLE,
        ),
    ],
    ids=["plan", "few", "no-report", "other", "no-goal"],
)
def test_other_items_stay_whole(items, title):
    found = tasks(items, title)
    assert [task.progress for task in found] == [None] * len(items)
    assert all(task.statement.text.count("。") > 1 for task in found)


GOALS = (
    "贯通沿河绿道，年底前完成东岸段。沿河绿道西岸段已通车，东岸段路基过半。（责任单位：县住建局）",
    "整修灌渠24公里。灌渠清淤做到18公里，两处闸门尚未到货。（责任单位：县水务局）",
    "健全托育网络，新增托位300个。三家托育园正在装修，招工偏慢。（责任单位：县卫健局）",
    "稳住粮食面积，推广良种。面积核到地块，种子抽查合格。（责任单位：县农业局）",
)


def test_a_first_sentence_of_clauses_and_amounts_is_the_goal_and_no_title():
    found = tasks(GOALS)
    assert [task.title for task in found] == [None] * 4
    assert [task.statement.text for task in found][:2] == ["贯通沿河绿道，年底前完成东岸段。", "整修灌渠24公里。"]
    assert found[0].progress.text == "沿河绿道西岸段已通车，东岸段路基过半。"
    assert [unit.name for unit in found[3].units] == ["县农业局"]


def test_what_is_still_to_be_done_below_a_heading_that_says_so_stays_whole():
    text = f"{TITLE}\n一、进展情况\n" + "".join(f"（{n}）{item}\n" for n, item in zip("一二三四", GOALS, strict=True))
    text += "二、下一步打算\n（五）逐项销号。10月底前补齐手续，每周报送。（责任单位：县政府办）\n"
    *found, last = read_outline(text).tasks
    assert [task.statement.text.count("。") for task in found] == [1] * 4
    assert (last.title.text, last.statement.text) == ("逐项销号", "10月底前补齐手续，每周报送。")


@pytest.mark.parametrize(
    "items",
    [
        [
            f"{title}。{item.split('。', 1)[1]}"
            for title, item in zip(("绿道", "灌渠", "托育", "粮食"), GOALS, strict=True)
        ],
        [f"{item.split('。')[0]}。修订办法，列出清单。按季会商，统一口径。（责任单位：县住建局）" for item in GOALS],
    ],
    ids=["short titles", "nothing reported"],
)
def test_items_without_goals_or_reports_are_not_cut_behind_their_first_sentence(items):
    found = tasks(items)
    assert [task.progress for task in found] == [None] * 4
    assert not any(task.statement.text == item.split("。")[0] + "。" for task, item in zip(found, items, strict=True))
