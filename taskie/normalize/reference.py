"""Find the reference by which a document's deadlines are dated: its own year and date, never today's.

Boundary: the document's date, its title and number, and the years its sentences plan for.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from taskie.records import Period
from taskie.structure.outline import Outline

_YEAR = re.compile(r"((?:19|20)\d{2})\s*年(?!\d)")
_SPAN = re.compile(r"((?:19|20)\d{2})\s*年?\s*[-—–－至~～]+\s*((?:19|20)\d{2})\s*年")
_BRACKET_YEAR = re.compile(r"[〔\[［（(【]\s*((?:19|20)\d{2})\s*[〕\]］）)】]")
_HEAD = 600
_FIVE_YEAR_PLANS = {"十": 2005, "十一": 2010, "十二": 2015, "十三": 2020, "十四": 2025, "十五": 2030}


@dataclass(frozen=True, slots=True)
class Reference:
    """``year`` that 年底 and 6月底 belong to, the date of issue, and the period the document plans or reports."""

    year: int | None = None
    issued_on: str | None = None
    period: Period | None = None


def find_reference(text: str, outline: Outline) -> Reference:
    """Return the reference of a document; its parts are ``None`` where the document does not say.

    The year is looked for in the title, then in the head of the text, the date of issue, the document number, and
    last in the years the text names most.
    """
    title = outline.title or ""
    span = _SPAN.search(title)
    if span:
        first, last = int(span[1]), int(span[2])
        year = int(outline.issued_on[:4]) if outline.issued_on else first
        return Reference(year, outline.issued_on, Period(f"{first}-01-01", f"{last}-12-31"))
    year = _year_of(title) or _planned_year(text) or _issue_year(outline) or _frequent_year(text)
    return Reference(year, outline.issued_on, _period(year, title))


def _year_of(words: str) -> int | None:
    outside = re.sub(r"（[^（）]*〔[^）]*）", "", words)
    match = _YEAR.search(outside)
    return int(match[1]) if match else None


def _planned_year(text: str) -> int | None:
    """Read the year of the document's own title line in the head: 2024年重点工作任务分解."""
    for match in re.finditer(r"((?:19|20)\d{2})\s*年(?:度)?(?:全[省市县区州]|[\u4e00-\u9fff]{0,12})?(?:重点|工作|目标|任务|民生|实事|责任|政府)", text[:_HEAD]):
        return int(match[1])
    return None


def _issue_year(outline: Outline) -> int | None:
    if outline.issued_on:
        return int(outline.issued_on[:4])
    match = _BRACKET_YEAR.search(outline.doc_number or "")
    return int(match[1]) if match else None


def _frequent_year(text: str) -> int | None:
    years = Counter(int(match[1]) for match in _YEAR.finditer(text))
    if not years:
        return None
    most = max(years.values())
    return max(year for year, count in years.items() if count == most)


def _period(year: int | None, title: str) -> Period | None:
    if year is None:
        return None
    halves = {"上半年": ("01-01", "06-30"), "下半年": ("07-01", "12-31"), "一季度": ("01-01", "03-31"), "二季度": ("04-01", "06-30"),
              "三季度": ("07-01", "09-30"), "四季度": ("10-01", "12-31")}  # fmt: skip
    for word, (start, end) in halves.items():
        if word in title and "进展" not in title and "完成情况" not in title:
            return Period(f"{year}-{start}", f"{year}-{end}")
    return Period(f"{year}-01-01", f"{year}-12-31")


def five_year_plan_end(ordinal: str) -> int | None:
    """Return the last year of a five-year plan named by its ordinal: 十四 is 2025."""
    return _FIVE_YEAR_PLANS.get(ordinal)
