import pytest

from taskie.normalize.reference import find_reference, five_year_plan_end
from taskie.records import Period
from taskie.structure.outline import Outline


def _reference(title=None, *, text="", issued_on=None, doc_number=None):
    return find_reference(text, Outline("notice", title=title, issued_on=issued_on, doc_number=doc_number))


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("关于印发2024年重点任务清单的通知", 2024),
        ("２０２３年度责任目标分解表", 2023),
        ("二〇二二年民生实事安排", 2022),
        ("2021上半年工作进展统计表", 2021),
        ("2022年1—9月目标完成情况", 2022),
    ],
)
def test_the_year_is_read_from_the_title(title, year):
    assert _reference(title, issued_on="2019-01-05").year == year


def test_the_year_of_issue_stands_in_for_a_title_without_one():
    assert _reference("关于任务分工的通知", issued_on="2020-02-03").year == 2020
    assert _reference("关于任务分工的通知", doc_number="云发〔2018〕3号").year == 2018


def test_the_year_named_most_is_the_last_resort():
    assert _reference(None, text="2017年完成。2018年开工，2018年建成。").year == 2018


def test_a_year_that_figures_are_compared_with_is_the_one_before():
    assert _reference(None, text="能耗较2010年下降3%，客流比2010年增加两成。").year == 2011


def test_a_text_without_a_year_has_none():
    reference = _reference("关于任务分工的通知", text="年底前完成。")
    assert (reference.year, reference.period, reference.goal_date) == (None, None, None)


def test_a_span_of_years_is_the_period():
    reference = _reference("产业发展行动方案（2023—2025年）", issued_on="2023-06-01")
    assert reference.period == Period("2023-01-01", "2025-12-31")
    assert reference.goal_date == "2025-12-31"


@pytest.mark.parametrize(
    ("title", "period", "goal_date"),
    [
        ("2024年重点任务清单", Period("2024-01-01", "2024-12-31"), "2024-12-31"),
        ("2024年下半年重点任务清单", Period("2024-07-01", "2024-12-31"), "2024-12-31"),
        ("2024年一季度工作要点", Period("2024-01-01", "2024-03-31"), "2024-03-31"),
        ("2024年重点任务一季度进展情况表", Period("2024-01-01", "2024-03-31"), "2024-12-31"),
        ("2024年重点任务前三季度完成情况", Period("2024-01-01", "2024-09-30"), "2024-12-31"),
        ("2024年1—5月目标进度通报", Period("2024-01-01", "2024-05-31"), "2024-12-31"),
    ],
)
def test_a_report_covers_part_of_the_year_and_its_goals_the_whole(title, period, goal_date):
    reference = _reference(title)
    assert (reference.period, reference.goal_date) == (period, goal_date)


def test_five_year_plans_end_in_their_last_year():
    assert five_year_plan_end("十四") == 2025
    assert five_year_plan_end("二十") is None
