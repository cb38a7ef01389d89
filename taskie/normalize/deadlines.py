"""Date deadlines by the document's own reference: 年底, 6月30日前, 二季度末, “十四五”末, 长期坚持.

Boundary: the words of one deadline; which target it governs is the business of ``taskie.relations``.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from taskie.normalize.numerals import chinese_number, half_width
from taskie.normalize.reference import Reference, five_year_plan_end

_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?:(?P<{0}year>(?:19|20)\d{{2}})年?|(?P<{0}rel>今年|明年|后年|去年|当年|本年度?|次年|年))"
_OPEN = re.compile(r"长期|持续|常年|常态|经常|适时|按进度|按序时|按计划|按时序|及时|近期|即时|立即|随时|分步|逐步|尽快|尽早|全程|全年持续|贯穿")
_RECURRING = re.compile(r"^每(?:年|月|季|周|半年|日|旬|学期|两)|^按[月季年周]|^逐[月季年]")
# Fixed days; 9月开学 and the like are taken as the first of September.
_EVENTS = {"元旦": (1, 1), "清明": (4, 4), "五一": (5, 1), "劳动节": (5, 1), "六一": (6, 1), "七一": (7, 1), "八一": (8, 1), "教师节": (9, 10),
           "秋季开学": (9, 1), "秋季学期": (9, 1), "新学期": (9, 1), "9月开学": (9, 1), "国庆": (10, 1), "十一": (10, 1)}  # fmt: skip
_SPRING_FESTIVAL = {2008: (2, 7), 2009: (1, 26), 2010: (2, 14), 2011: (2, 3), 2012: (1, 23), 2013: (2, 10), 2014: (1, 31), 2015: (2, 19), 2016: (2, 8),
                    2017: (1, 28), 2018: (2, 16), 2019: (2, 5), 2020: (1, 25), 2021: (2, 12), 2022: (2, 1), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29),
                    2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 3)}  # fmt: skip
# Times that every place fixes for itself: they keep their text and have no date.
_LOCAL_EVENTS = re.compile(r"汛|采暖|供暖|入冬|越冬|春耕|三夏|秋种|春播|秋收|开学|节前|假期|暑期|寒假|中秋|端午|换届|验收|高考|中考")
_DURATION = re.compile(rf"(?P<n>\d+|[一二两三四五六七八九十百]+)\s*(?P<kind>个?工作日|个?自然日|日|天|个月|周|年)(?:之?内|以内)?")


@dataclass(frozen=True, slots=True)
class NormalizedDeadline:
    """ISO dates of a deadline; ``kind`` says how it was read, ``stages`` holds all dates of several."""

    date: str | None
    start_date: str | None
    kind: str
    stages: tuple[str, ...] = ()


UNRESOLVED = NormalizedDeadline(None, None, "unresolved")


def normalize_deadline(text: str, *, reference: Reference) -> NormalizedDeadline:
    """Date the deadline ``text``; what has no date keeps none and says so in ``kind``. Never raises.

    A month without year lies in the reference year. Holidays that move with the moon give the last day they can
    begin before; a period of working days counts from the date of issue, five days a week.
    """
    words = half_width("".join(text.split())).replace("“", "").replace("”", "").replace('"', "")
    words = re.sub(r"^((?:19|20)\d{2})\.(\d{1,2})(?!\d)", r"\1年\2月", words)
    words = re.sub(r"[二一][〇○零一二三四五六七八九九]{3}(?=年)", lambda m: str(int(chinese_number(m[0].replace("○", "〇")) or 0)), words)
    if _RECURRING.match(words):
        return NormalizedDeadline(None, None, "recurring")
    for reader in (_stages, _range, _duration, _plan, _single, _event):
        found = reader(words, reference)
        if found:
            return found
    if _OPEN.search(words):
        return NormalizedDeadline(None, None, "open_ended")
    return UNRESOLVED


def _stages(words: str, reference: Reference) -> NormalizedDeadline | None:
    """Read 6月、12月底前 and 3月底、9月底: several dates, the last of them the deadline."""
    pieces = re.split(r"[、和，,；;]", words)
    if len(pieces) < 2:
        return None
    tail = re.search(r"(?:底|末)?(?:之?前|以前)?$", pieces[-1])
    dates = []
    year = reference
    for piece in pieces:
        completed = piece if re.search(r"[底末前日]$", piece) else piece + (tail[0] if tail else "")
        if re.fullmatch(_NUMBER, piece):
            completed = piece + "月" + (tail[0] if tail else "")
        found = _single(completed, year)
        if not found or not found.date:
            return None
        dates.append(found.date)
        year = Reference(int(found.date[:4]), reference.issued_on)
    return NormalizedDeadline(max(dates), None, "stages", tuple(dates))


def _range(words: str, reference: Reference) -> NormalizedDeadline | None:
    """Read 2024—2026年, 2021年3月至12月, 3—6月."""
    match = re.fullmatch(r"(.+?)(?:[-—–－~～]+|至|到)(.+?)(?:期间|之间)?", words)
    if not match:
        return None
    first_words, last_words = match.groups()
    years = re.match(r"(?:19|20)\d{2}", first_words)
    if years and re.fullmatch(r"\d{2}年?", last_words):
        last_words = years[0][:2] + last_words
    if not re.search(r"[年月日季]", first_words) and re.search(r"[年月日]", last_words):
        unit = re.search(r"[年月日]", last_words)[0]  # type: ignore[index]
        first_words += unit
    own_year = Reference(int(years[0]), reference.issued_on) if years else reference
    month = re.search(rf"({_NUMBER})月", first_words)
    if re.fullmatch(rf"{_NUMBER}日(?:之?前)?", last_words) and month:
        last_words = month[0] + last_words
    first, last = _single(first_words, reference), _single(last_words, own_year)
    if not first or not last or not first.date or not last.date:
        return None
    start = _first_day(first_words, first.date)
    end = last.date
    if end < start and not re.match(r"(?:19|20)\d{2}", last_words):
        end = f"{int(end[:4]) + 1}{end[4:]}"
    return NormalizedDeadline(end, start, "range") if start <= end else None


def _first_day(words: str, last: str) -> str:
    """Return the first day of the year, month or day whose last day is ``last``."""
    if "日" in words:
        return last
    if re.search(r"月", words):
        return last[:8] + "01"
    if re.search(r"季度", words):
        return f"{last[:5]}{(int(last[5:7]) - 2):02d}-01"
    if "下半年" in words:
        return last[:5] + "07-01"
    return last[:5] + "01-01"


def _duration(words: str, reference: Reference) -> NormalizedDeadline | None:
    match = _DURATION.search(words)
    if not match or not re.search(r"内|日起|之日|后", words) or re.search(r"年内$", words) and match["kind"] == "年" and not match["n"]:
        return None
    issued = date.fromisoformat(reference.issued_on) if reference.issued_on else None
    from_issue = not re.search(r"起", words) or re.search(r"(?:发文|印发|发布|下发|通知|方案|本)[^起]{0,6}起", words)
    count = int(match["n"]) if match["n"].isdecimal() else int(chinese_number(match["n"]) or 0)
    if not issued or not from_issue or not count or count > 3000:
        return NormalizedDeadline(None, None, "duration")
    return NormalizedDeadline(_later(issued, count, match["kind"]).isoformat(), None, "duration")


def _later(day: date, count: int, kind: str) -> date:
    if "工作日" in kind:
        while count:
            day += timedelta(days=1)
            count -= day.weekday() < 5
        return day
    if "月" in kind or kind == "年":
        months = day.month - 1 + (count * 12 if kind == "年" else count)
        year, month = day.year + months // 12, months % 12 + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    return day + timedelta(days=count * 7 if kind == "周" else count)


def _plan(words: str, reference: Reference) -> NormalizedDeadline | None:
    match = re.search(r"(十[一二三四五]?)五(?:规划)?(?P<part>末|期末|期间|时期|收官|中期|初)?", words)
    end = five_year_plan_end(match[1]) if match else None
    if not match or not end:
        return None
    if match["part"] in ("期间", "时期"):
        return NormalizedDeadline(f"{end}-12-31", f"{end - 4}-01-01", "range")
    year = end - 2 if match["part"] == "中期" else end
    return NormalizedDeadline(f"{year}-12-31", None, "date")


_SINGLE = re.compile(
    rf"^(?:到|于|在)?(?:(?P<year>(?:19|20)\d{{2}})年?|(?P<shortyear>\d{{2}})年|(?P<rel>今年|明年|后年|去年|当年|本年度?|次年|年))?度?"
    rf"(?:(?P<month>{_NUMBER})月份?(?:(?P<day>{_NUMBER})日?|(?P<ten>上旬|中旬|下旬))?|(?P<quarter>第?[一二三四1-4])(?:个)?季度|(?P<half>上半年|下半年)|(?P<mid>年?中))?"
    r"(?P<part>年?底|年?末|年?内|全年|上半年|下半年|年?初|年终|年度|期间|中)?(?:之?前|以前|之内|内|止|完成|前完成)?$"
)
_RELATIVE = {"今年": 0, "当年": 0, "本年": 0, "本年度": 0, "年": 0, "明年": 1, "次年": 1, "后年": 2, "去年": -1}


def _single(words: str, reference: Reference) -> NormalizedDeadline | None:
    """Read one date: year, month, day, ten days, quarter or half."""
    if re.fullmatch(r"全年|年内|年底|年末|年终|年底前|年末前|本年|今年|年度|全年度|年底之前|年内完成", words):
        return _dated(reference.year, 12, 31)
    match = _SINGLE.match(words)
    if not match or not any(match[name] for name in ("year", "shortyear", "rel", "month", "quarter", "half", "mid", "part")):
        return None
    year = _year_of(match, reference)
    if match["month"]:
        month = _value(match["month"])
        day = _value(match["day"]) if match["day"] else {"上旬": 10, "中旬": 20}.get(match["ten"] or "", 0)
        if match["part"] and match["part"].endswith("初") and not day:
            day = 10
        return _dated(year, month, day)
    if match["quarter"]:
        return _dated(year, 3 * _value(match["quarter"].lstrip("第")), 0)
    if match["half"] or (match["part"] or "") in ("上半年", "下半年"):
        return _dated(year, 6 if "上" in (match["half"] or match["part"]) else 12, 0)
    if match["mid"]:
        return _dated(year, 6, 30)
    if match["part"] and "初" in match["part"]:
        return _dated(year, 3, 31)
    return _dated(year, 12, 31)


def _year_of(match: re.Match[str], reference: Reference) -> int | None:
    if match["year"]:
        return int(match["year"])
    if match["shortyear"]:
        return 2000 + int(match["shortyear"])
    if reference.year is None:
        return None
    return reference.year + _RELATIVE.get(match["rel"] or "年", 0)


def _value(number: str) -> int:
    return int(number) if number.isdecimal() else int(chinese_number(number) or 0)


def _dated(year: int | None, month: int, day: int) -> NormalizedDeadline | None:
    """Return the date, the last day of the month where ``day`` is 0; a date without year has none."""
    if not 1 <= month <= 12:
        return None
    if year is None or not 1 <= year <= 9998:
        return NormalizedDeadline(None, None, "unresolved")
    last = calendar.monthrange(year, month)[1]
    if day > last:
        return None
    return NormalizedDeadline(date(year, month, day or last).isoformat(), None, "date")


def _event(words: str, reference: Reference) -> NormalizedDeadline | None:
    """Read 国庆节前 as the day before; 汛期前 and other times that differ from place to place have no date."""
    year = _event_year(words, reference)
    for name, day in [*_EVENTS.items(), ("春节", _SPRING_FESTIVAL.get(year or 0))]:
        if name not in words or len(words) > len(name) + 10:
            continue
        if year is None or day is None or not 1 <= year <= 9998:
            return NormalizedDeadline(None, None, "event")
        last = date(year, *day) - timedelta(days=1 if words.endswith("前") else 0)
        return NormalizedDeadline(last.isoformat(), None, "event")
    return NormalizedDeadline(None, None, "event") if _LOCAL_EVENTS.search(words) else None


def _event_year(words: str, reference: Reference) -> int | None:
    explicit = re.match(r"((?:19|20)\d{2})年", words)
    if explicit:
        return int(explicit[1])
    if reference.year is None:
        return None
    return reference.year + (1 if re.match(r"明年|次年", words) else 0)
