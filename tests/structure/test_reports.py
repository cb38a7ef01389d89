"""An item of a report is cut into what it sets, what it reports and what it demands."""

import pytest

from taskie.structure.reader import read_outline
from taskie.structure.reports import read_report


def outline_of(*items):
    text = "关于上半年任务进展情况的报告\n" + "".join(f"{n}. {item}\n" for n, item in enumerate(items, 1))
    return text, read_outline(text).tasks


@pytest.mark.parametrize("label", ["进展情况：", "落实情况：", "目前进展:", "完成情况：", "【推进情况】", "工作成效："])
def test_progress_behind_a_label_is_no_part_of_the_statement(label):
    _, tasks = outline_of(
        f"新建泵站3座，清淤河道12公里。{label}建成泵站2座，河道清淤过半。（县水务局牵头）",
        f"修缮校舍5栋。{label}3栋完工。（县教育局牵头）",
    )
    assert [task.statement.text for task in tasks] == ["新建泵站3座，清淤河道12公里。", "修缮校舍5栋。"]
    assert [task.progress.text for task in tasks] == ["建成泵站2座，河道清淤过半。", "3栋完工。"]
    assert [task.title for task in tasks] == [None, None]


def test_label_of_the_target_and_what_follows_progress_are_told_apart():
    _, (task, _) = outline_of(
        "目标任务：新建泵站3座。完成情况：建成2座。存在问题：征地慢。下一步打算：年底前完工。（责任单位：县水务局）",
        "目标任务：修缮校舍5栋。完成情况：3栋完工。（责任单位：县教育局）",
    )
    assert task.statement.text == "新建泵站3座。"
    assert (task.progress.text, task.problems.text, task.next_steps.text) == ("建成2座。", "征地慢。", "年底前完工。")
    assert [unit.name for unit in task.units] == ["县水务局"]


def test_attribution_between_target_and_progress_ends_neither_late():
    text, (task, _) = outline_of(
        "新建泵站3座。（县水务局牵头）进展情况：建成2座。", "修缮校舍5栋。（县教育局牵头）进展情况：3栋完工。"
    )
    assert (task.statement.text, task.progress.text) == ("新建泵站3座。", "建成2座。")
    assert text[task.start : task.end].endswith("建成2座。")


def test_title_stays_before_a_target_that_goes_on_to_progress():
    _, (task, _) = outline_of(
        "完善水网。新建泵站3座。进展情况：建成2座。（县水务局牵头）",
        "办好教育。修缮校舍5栋。进展情况：3栋完工。（县教育局牵头）",
    )
    assert (task.title.text, task.statement.text) == ("完善水网", "新建泵站3座。")


@pytest.mark.parametrize(
    "words",
    [
        "建立台账，按月通报进展情况，确保年底完工。",  # no label
        "进展情况：已建成泵站2座。",  # nothing set before it
        "掌握情况：摸清底数，新建泵站3座。",  # another word
        "新建泵站3座，工作要求：按月报送。",  # in the middle of a sentence
        "新建泵站3座。工作要求：按月报送。",  # adds to the target
        "目标任务：新建泵站3座。保障措施：落实资金。",  # nothing reported
    ],
)
def test_words_without_report_stay_one_statement(words):
    report = read_report(words, 0, len(words))
    assert (report.start, report.stop, report.progress) == (0, len(words), None)


@pytest.mark.parametrize("label", ["限期整改：", "现责令：", "督查组要求：", "立行立改："])
def test_what_a_circular_orders_behind_its_finding_is_the_statement(label):
    words = f"泵站年久失修，两台机组停用。{label}汛期前修复机组。"
    report = read_report(words, 0, len(words))
    assert words[report.start : report.stop] == "汛期前修复机组。"
    assert report.problems.text == "泵站年久失修，两台机组停用。"
