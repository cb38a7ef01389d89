"""Read one date of officials' prose: year, month, day, ten days, quarter or half, with the words 底, 末, 前 behind.

Boundary: a single date with the year it falls in; ranges, stages and events are put together by ``deadlines``.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from taskie.normalize.numerals import chinese_number, half_width

_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?:(?P<year>(?:19|20)\d{2})(?:年|(?![\d个家项]))|(?P<shortyear>\d{2})年(?!之?内|以内)|(?P<rel>今年|明年|后年|去年|当年|本年度?|次年))度?"
_INSIDE = (
    rf"(?:(?P<month>{_NUMBER})月份?(?:(?P<day>{_NUMBER})(?:日|号)?|(?P<ten>[上中下]旬))?"
    r"|(?P<quarter>第?[一二三四1-4])(?:个)?季度|(?P<half>上半年|下半年)|(?P<mid>年?中(?=$|之?前|以前|[，、；]))|(?P<whole>全年|年度|年内|年))?"
)
_PART = r"(?P<part>年?底|年?末|年?内|年初|初|年终|期间|中)?(?P<before>之?前|以前|之内|以内|内|止|为止)?"
_DATE = re.compile(
    rf"^(?:到|于|在|至|截至|截止|最迟|力争|确保)*{_YEAR.join(('(?:', ')?'))}{_INSIDE}{_PART}(?:完成|\d{{1,2}}[时点])?$"
)
# Where a date may begin inside longer words; read by the same rules.
DATE_WORDS = re.compile(
    rf"(?:(?:19|20)\d{{2}}年|今年|明年|后年|当年|次年|本年)?度?(?:{_NUMBER}月份?(?:{_NUMBER}日|[上中下]旬)?|第?[一二三四]季度|[上下]半年)(?:底|末|初)?(?:之?前|以前)?"
    r"|(?:(?:19|20)\d{2}年|今年|明年|后年|当年|次年|本年)(?:年?底|年?末|年?内|年初|初|年中)?(?:之?前|以前)?|年底(?:之?前)?|年末(?:之?前)?|年内|全年|年中前?"
)
_RELATIVE = {"今年": 0, "当年": 0, "本年": 0, "本年度": 0, "明年": 1, "次年": 1, "后年": 2, "去年": -1}
_TEN_DAYS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 0)}
_EARLY_DAY = 10
_EARLY_MONTH = 3


@dataclass(frozen=True, slots=True)
class Day:
    """The first and last day that a date word covers, as ISO dates; ``is_period`` if it names a half year or quarter."""

    first: str | None
    last: str | None
    is_period: bool = False


def tidy_words(text: str) -> str:
    """Return a deadline as printed without white space, quotation marks and brackets around it, in one notation."""
    words = half_width("".join(text.split())).strip("，。；、：,;:（）()[]【】“”\"'")
    words = words.replace("“", "").replace("”", "").replace('"', "")
    words = re.sub(r"((?:19|20)\d{2})[-./](\d{1,2})[-./](\d{1,2})(?!\d)日?", r"\1年\2月\3日", words)
    words = re.sub(r"((?:19|20)\d{2})[./](\d{1,2})(?![\d年月])", r"\1年\2月", words)
    words = re.sub(r"^((?:19|20)\d{2})-(0[1-9]|1[0-2])(?=$|底|末|前)", r"\1年\2月", words)
    words = re.sub(r"^(\d{1,2})[./](\d{1,2})(?=$|之?前)", r"\1月\2日", words)
    return re.sub(r"[二一][〇○零一二三四五六七八九]{3}(?=年)", _arabic_year, words)


def _arabic_year(match: re.Match[str]) -> str:
    return str(int(chinese_number(match[0].replace("○", "〇")) or 0))


def read_day(words: str, *, year: int | None) -> Day | None:
    """Read the date that ``words`` are, whole; ``None`` if they are none.

    ``year`` is the year of months without one; where it is ``None`` too, the day has neither first nor last.
    """
    match = _DATE.match(words)
    if not match or not any(
        match[name] for name in ("year", "shortyear", "rel", "month", "quarter", "half", "mid", "whole", "part")
    ):
        return None
    if match["part"] in ("内", "期间", "中", "初", "底", "末") and not any(
        match[name] for name in ("year", "shortyear", "rel", "month", "quarter", "half", "whole")
    ):
        return None
    own = _year_of(match, year)
    bounds = _bounds(match)
    if bounds is None:
        return None
    if own is None or not 1 <= own <= 9998:
        return Day(None, None)
    return _days(own, bounds, _is_period(match))


def _year_of(match: re.Match[str], year: int | None) -> int | None:
    if match["year"]:
        return int(match["year"])
    if match["shortyear"]:
        return 2000 + int(match["shortyear"])
    return None if year is None else year + _RELATIVE.get(match["rel"] or "今年", 0)


def _bounds(match: re.Match[str]) -> tuple[int, int, int, int] | None:
    """Return first month, first day, last month, last day; day 0 is the last of its month."""
    part = match["part"] or ""
    if match["month"]:
        month = _value(match["month"])
        if match["day"]:
            return month, _value(match["day"]), month, _value(match["day"])
        first, last = _TEN_DAYS.get(match["ten"] or "", (1, 0))
        return month, first, month, _EARLY_DAY if part == "初" and not match["ten"] else last
    if match["quarter"]:
        month = 3 * _value(match["quarter"].lstrip("第"))
        return month - 2, 1, month, 0
    if match["half"]:
        return (1, 1, 6, 0) if match["half"] == "上半年" else (7, 1, 12, 0)
    if match["mid"]:
        return 1, 1, 6, 0
    if part.endswith("初"):
        return 1, 1, _EARLY_MONTH, 0
    return 1, 1, 12, 0


def _is_period(match: re.Match[str]) -> bool:
    return bool(match["quarter"] or match["half"]) and match["part"] not in ("底", "末") and not match["before"]


def _days(year: int, bounds: tuple[int, int, int, int], is_period: bool) -> Day | None:
    first_month, first_day, last_month, last_day = bounds
    if not (1 <= first_month <= 12 and 1 <= last_month <= 12):
        return None
    length = calendar.monthrange(year, last_month)[1]
    if last_day > length or first_day > length or first_day < 1:
        return None
    first = date(year, first_month, first_day).isoformat()
    return Day(first, date(year, last_month, last_day or length).isoformat(), is_period)


def _value(number: str) -> int:
    return int(number) if number.isdecimal() else int(chinese_number(number) or 0)
