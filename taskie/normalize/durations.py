"""Read periods that count from the date of issue: 30个工作日内, 发文之日起30日内, 三年内.

Boundary: the length and its last day; a period that begins with something else has no date.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from taskie.normalize.numerals import chinese_number

_DURATION = re.compile(
    r"(?P<n>(?<!\d)\d{1,3}|[一二两三四五六七八九十百半]{1,5})(?P<kind>个?工作日|个?自然日|日|天|个半?月|周|个?星期|年|个?小时|分钟)(?P<half>半)?(?P<within>时间)?(?:之内|以内|内)?"
)
_FROM_ISSUE = re.compile(r"(?:发文|印发|发布|下发|公布|通知|方案|文件|办法|本|即日)[^起]{0,8}起")
_MAX_COUNT = 3000


@dataclass(frozen=True, slots=True)
class Duration:
    """``until`` is the last day as ISO date, ``None`` where the beginning is not known."""

    until: str | None


def read_duration(words: str, *, issued_on: str | None) -> Duration | None:
    """Read the period in ``words``; ``None`` if there is none.

    A period of hours, one from another event (受理之日起5日内), and one without a date of issue have no last day.
    """
    match = _DURATION.search(words)
    if not match or not re.search(r"内|起|后|之日", words):
        return None
    if match.start() and words[match.start() - 1] in "月第年":
        return None
    count = _count(match["n"])
    if (
        issued_on is None
        or not count
        or count > _MAX_COUNT
        or match["kind"] in ("小时", "个小时", "分钟")
        or ("起" in words and not _FROM_ISSUE.search(words))
        or (re.search(r"后", words) and "起" not in words)
    ):
        return Duration(None)
    try:
        issued = date.fromisoformat(issued_on)
    except ValueError:
        return Duration(None)
    return Duration(_later(issued, count, match["kind"]))


def _count(number: str) -> float:
    if number == "半":
        return 0.5
    return int(number) if number.isdecimal() else chinese_number(number) or 0


def _later(day: date, count: float, kind: str) -> str | None:
    if "工作日" in kind:
        left = int(count)
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5
        return day.isoformat()
    if "月" in kind or kind == "年":
        months = day.month - 1 + int(count * 12 if kind == "年" else count)
        year, month = day.year + months // 12, months % 12 + 1
        if year > 9998:
            return None
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1])).isoformat()
    return (day + timedelta(days=int(count * 7 if kind == "周" or "星期" in kind else count))).isoformat()
