"""Items of a report may set a goal in the sentence behind their title and report on it from there on, without a label."""

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
