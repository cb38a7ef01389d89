"""Date deadlines set by festivals (国庆节前), and know the times of the year that every place fixes for itself (汛期前).

Boundary: names and days come from ``festivals.csv``; a row without a year holds for every year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from taskie.normalize.data import read_rows

_LOCAL = re.compile(
    r"汛|采暖|供暖|取暖|停暖|入冬|越冬|封冻|上冻|解冻|冰冻|春耕|春灌|冬灌|春播|秋种|秋播|三夏|三秋|夏收|秋收|麦收|夏季|冬季|春季|秋季|"
    r"雨季|雪季|台风|融雪|开学|学期|学年|节前|假期|暑期|暑假|寒假|换届|验收|检查|高考|中考|运动会|博览会|大会|两会|闭幕|开幕|来临|新年|旺季|淡季"
)
_RELATIVE = {"明年": 1, "次年": 1, "后年": 2}


@dataclass(frozen=True, slots=True)
class Festival:
    """``last`` is the last day before or of the festival as ISO date; ``None`` where its year is not known."""

    last: str | None


def read_festival(words: str, *, year: int | None, issued_on: str | None = None) -> Festival | None:
    """Return the day a festival sets, ``None`` if ``words`` name none; 前 makes it the day before.

    A festival without a year that is over by the date of issue is the one of the next year.
    """
    named = [name for name in _names() if name in words]
    if not named or re.search(rf"\d月\d|{named[0]}[月一二三四五]", words):
        return None
    name = max(named, key=len)
    own = re.match(r"((?:19|20)\d{2})年|今年|明年|次年|后年", words)
    if own:
        year = int(own[1]) if own[1] else None if year is None else year + _RELATIVE.get(own[0], 0)
        return _festival(name, year, before=words.endswith("前"))
    found = _festival(name, year, before=words.endswith("前"))
    over = found.last and (found.last < f"{year}-01-01" or (issued_on is not None and found.last < issued_on))
    return _festival(name, year + 1, before=words.endswith("前")) if over and year is not None else found


def _festival(name: str, year: int | None, *, before: bool) -> Festival:
    day = _days().get((name, year)) or _days().get((name, None)) if year is not None else None
    if year is None or day is None or not 1 < year <= 9998:
        return Festival(None)
    last = date(year, *day) - timedelta(days=1 if before else 0)
    return Festival(last.isoformat())


def is_event(words: str) -> bool:
    """Tell whether ``words`` name a time of the year without a fixed day, or anything else that comes first."""
    return bool(_LOCAL.search(words)) or bool(re.fullmatch(r"[^\d，。；年月日]{2,12}(?:之?前|以前)", words))


@cache
def _days() -> dict[tuple[str, int | None], tuple[int, int]]:
    rows = read_rows("festivals.csv")
    return {(name, int(year) if year else None): (int(month), int(day)) for name, month, day, year in rows}


@cache
def _names() -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name, _ in _days()))
