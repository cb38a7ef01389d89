"""Find the reference by which a document's deadlines are dated: its own year and date, never today's.

Boundary: the document's date, its title and number, and the years its sentences plan for.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from dataclasses import dataclass

from taskie.normalize.numerals import chinese_number, half_width
from taskie.records import Period
from taskie.structure.outline import Outline

_YEAR = re.compile(r"((?:19|20)\d{2})\s*(?:年|(?=[上下]半年|第?[一二三四]季度|年度))")
_SPAN = re.compile(r"((?:19|20)\d{2})\s*年?\s*[-—–－至~～]+\s*((?:19|20)\d{2})\s*年")
_BRACKET_YEAR = re.compile(r"[〔\[［（(【]\s*((?:19|20)\d{2})\s*[〕\]］）)】]")
_HEAD = 600
_PARTS = {
    "前三季度": (1, 9),
    "前三个季度": (1, 9),
    "上半年": (1, 6),
    "下半年": (7, 12),
    "一季度": (1, 3),
    "二季度": (4, 6),
    "三季度": (7, 9),
    "四季度": (10, 12),
}
# Titles of reports: the part of the year they name is what they report on, and the goals run on to its end.
_REPORTS = re.compile(r"进展|进度|推进情况|完成情况|落实情况|工作情况|通报|汇总|统计|督查|报告")
_FIVE_YEAR_PLANS = {"十": 2005, "十一": 2010, "十二": 2015, "十三": 2020, "十四": 2025, "十五": 2030}


@dataclass(frozen=True, slots=True)
class Reference:
    """``year`` that 年底 and 6月底 belong to, the date of issue, and the period the document plans or reports.

    ``goal_date`` is the last day of what is planned: the end of ``period``, in a report that of the year.
    """

    year: int | None = None
    issued_on: str | None = None
    period: Period | None = None
    goal_date: str | None = None


def find_reference(text: str, outline: Outline) -> Reference:
    """Return the reference of a document; its parts are ``None`` where the document does not say.

    The year is looked for in the title, then in the head of the text, the date of issue, the document number, and
    last in the years the text names most.
    """
    text, title = half_width(text), _in_digits(half_width(outline.title or ""))
    span = _SPAN.search(title)
    if span:
        first, last = int(span[1]), int(span[2])
        own_year = int(outline.issued_on[:4]) if outline.issued_on else first
        return Reference(own_year, outline.issued_on, Period(f"{first}-01-01", f"{last}-12-31"), f"{last}-12-31")
    year = _year_of(title) or _planned_year(text) or _issue_year(outline) or _frequent_year(text)
    period = _period(year, title)
    goal_date = f"{year}-12-31" if year and _REPORTS.search(title) else period.end if period else None
    return Reference(year, outline.issued_on, period, goal_date)


def _in_digits(title: str) -> str:
    """Write 二〇二四年 as 2024年."""
    return re.sub(
        r"二[〇○零][〇○零一二三四五六七八九]{2}(?=\s*年)",
        lambda m: str(int(chinese_number(m[0].replace("○", "〇")) or 0)),
        title,
    )


def _year_of(words: str) -> int | None:
    outside = re.sub(r"（[^（）]*〔[^）]*）", "", words)
    match = _YEAR.search(outside)
    return int(match[1]) if match else None


def _planned_year(text: str) -> int | None:
    """Read the year of the document's own title line in the head: 2024年重点工作任务分解."""
    for match in re.finditer(
        r"((?:19|20)\d{2})\s*年(?:度)?(?:全[省市县区州]|[\u4e00-\u9fff]{0,12})?(?:重点|工作|目标|任务|民生|实事|责任|政府)",
        text[:_HEAD],
    ):
        return int(match[1])
    return None


def _issue_year(outline: Outline) -> int | None:
    if outline.issued_on:
        return int(outline.issued_on[:4])
    match = _BRACKET_YEAR.search(half_width(outline.doc_number or ""))
    return int(match[1]) if match else None


def _frequent_year(text: str) -> int | None:
    # A year that figures are compared with is the one before: 较2010年下降 is said in 2011.
    years = Counter(
        int(match[1]) + (text[match.start() - 1 : match.start()] in ("较", "比")) for match in _YEAR.finditer(text)
    )
    if not years:
        return None
    most = max(years.values())
    return max(year for year, count in years.items() if count == most)


def _period(year: int | None, title: str) -> Period | None:
    """Return the part of ``year`` that the title names, else the whole year."""
    if year is None:
        return None
    start, end = 1, 12
    months = re.search(r"(?<!\d)(\d{1,2})\s*[-—–~至]+\s*(\d{1,2})月", title)
    part = next((span for word, span in _PARTS.items() if word in title), None)
    if months and 1 <= int(months[1]) <= int(months[2]) <= 12:
        start, end = int(months[1]), int(months[2])
    elif part:
        start, end = part
    return Period(f"{year}-{start:02d}-01", f"{year}-{end:02d}-{calendar.monthrange(year, end)[1]}")


def five_year_plan_end(ordinal: str) -> int | None:
    """Return the last year of a five-year plan named by its ordinal: 十四 is 2025."""
    return _FIVE_YEAR_PLANS.get(ordinal)
