"""Date deadlines by the document's own reference: 年底, 6月30日前, 二季度末, “十四五”末, 长期坚持.

Boundary: the words of one deadline; which target it governs is the business of ``taskie.relations``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from taskie.normalize.dates import DATE_WORDS, Day, read_day, tidy_words
from taskie.normalize.durations import read_duration
from taskie.normalize.festivals import is_event, read_festival
from taskie.normalize.reference import Reference, five_year_plan_end

_OPEN = re.compile(
    r"长期|持续|常年|常态|经常|适时|按进度|按序时|按计划|按时序|时序进度|及时|近期|即时|即知即改|立即|立行立改|随时|分步|"
    r"即日起|逐步|尽快|尽早|早日|全程|贯穿|坚持|动态|实时|根据|视.{0,6}情况"
)
_RECURRING = re.compile(
    r"^每(?:个|一)?(?:年|月|季|周|半年|日|天|旬|学期|两|双|隔)|^[逐按][月季年周日]|^(?:月|季|年|周)度$|^(?:月|季)末$"
)
_SINCE = re.compile(
    r"^(?:自|从)?(?:即日|现在|目前|(?:本?(?:通知|方案|办法|文件))?(?:印发|发文|发布|下发|公布)(?:之日|日)?)起[，,]?(?:至|到|—+|-)?"
)
_JOINT = re.compile(r"(?:[-—–－~～]+|至|到)(?=.)")


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

    A month without year lies in the reference year, also where it is before the date of issue. A period counts from
    the date of issue, working days five a week without regard to public holidays.
    """
    words = tidy_words(text)
    if _RECURRING.match(words):
        return NormalizedDeadline(None, None, "recurring")
    for reader in (_range, _stages, _since, _plan, _day, _duration, _event, _mentions):
        found = reader(words, reference)
        if found:
            return found
    return NormalizedDeadline(None, None, "open_ended") if _OPEN.search(words) else UNRESOLVED


def _day(words: str, reference: Reference) -> NormalizedDeadline | None:
    day = read_day(words, year=reference.year)
    return _as_deadline(day) if day else None


def _as_deadline(day: Day) -> NormalizedDeadline:
    """Return a day as deadline; a half year or quarter spelled without 末, 底 or 前 is a range."""
    if day.last is None:
        return UNRESOLVED
    ranged = day.is_period and day.first is not None
    return NormalizedDeadline(day.last, day.first if ranged else None, "range" if ranged else "date")


def _stages(words: str, reference: Reference) -> NormalizedDeadline | None:
    """Read 6月、12月底前 and 3月底、9月底: several dates, the last of them the deadline."""
    pieces = [piece for piece in re.split(r"[、和，,；;及]", words) if piece]
    if len(pieces) < 2:
        return None
    ending = re.search(r"(?:底|末)?(?:之?前|以前)?$", pieces[-1])
    unit = "月" if "月" in pieces[-1] else "季度" if "季度" in pieces[-1] else ""
    dates, year = [], reference.year
    for piece in pieces:
        completed = piece + unit if re.fullmatch(r"\d{1,2}|[一二三四五六七八九十]{1,3}", piece) else piece
        if not re.search(r"[底末前日旬初]$", completed) and ending:
            completed += ending[0]
        day = read_day(completed, year=year)
        if not day or not day.last:
            return None
        dates.append(day.last)
        year = int(day.last[:4])
    return NormalizedDeadline(max(dates), None, "stages", tuple(dates))


def _range(words: str, reference: Reference) -> NormalizedDeadline | None:
    """Read 2024—2026年, 2021年3月至12月, 3—6月, 6月1日—15日, 今年6月至明年3月."""
    for joint in _JOINT.finditer(words):
        first_words, last_words = words[: joint.start()], words[joint.end() :]
        found = _between(first_words, re.sub(r"(?:期间|之间)$", "", last_words), reference)
        if found:
            return found
    return None


def _between(first_words: str, last_words: str, reference: Reference) -> NormalizedDeadline | None:
    if not re.search(r"\d|[一二三四五六七八九十]|今年|明年|当年|本年|上半年", first_words):
        return None
    century = re.match(r"((?:19|20)\d{2})年?$", first_words)
    if century and re.fullmatch(r"\d{2}年?(?:底|末)?", last_words):
        last_words = century[1][:2] + last_words
    unit = re.search(r"季度|[年月日旬]", last_words)
    if unit and not re.search(r"[年月日季旬]", first_words.removeprefix("今年")):
        first_words += unit[0]
    month = re.search(r"(\d{1,2}|[一二三四五六七八九十]{1,3})月", first_words)
    if (
        month
        and "月" not in last_words
        and re.match(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})日|[上中下]旬", last_words)
    ):
        last_words = month[0] + last_words
    first = read_day(first_words, year=reference.year)
    last = read_day(last_words, year=int(first.last[:4]) if first and first.last else reference.year)
    if not first or not last or not first.first or not last.last:
        return None
    # 今年 and 明年 behind the joint count from the reference year, not from the year before the joint.
    if re.match(r"今年|当年|本年|明年|次年|后年", last_words) and reference.year:
        last = read_day(last_words, year=reference.year) or last
    start, end = first.first, last.last or ""
    if end < start and not re.match(r"(?:19|20)\d{2}|今年|当年|本年", last_words) and int(end[:4]) < 9998:
        end = f"{int(end[:4]) + 1:04d}{_leapless(end[4:])}"
    return NormalizedDeadline(end, start, "range") if start <= end else None


def _leapless(month_day: str) -> str:
    return "-02-28" if month_day == "-02-29" else month_day


def _since(words: str, reference: Reference) -> NormalizedDeadline | None:
    """Read 即日起至12月底: from the date of issue to a day."""
    match = _SINCE.match(words)
    rest = words[match.end() :] if match else ""
    day = read_day(rest, year=reference.year) if rest else None
    if not day or not day.last:
        return None
    start = reference.issued_on
    return NormalizedDeadline(day.last, start if start and start <= day.last else None, "range")


def _plan(words: str, reference: Reference) -> NormalizedDeadline | None:
    """Read “十四五”末, “十四五”期间, “十五五”中期."""
    match = re.search(r"(十[一二三四五]?)五(?:规划)?(?P<part>末|期末|期间|时期|收官|中期|初|前)?", words)
    end = five_year_plan_end(match[1]) if match else None
    if not match or not end or re.search(r"十五(?:日|个|天)", words):
        return None
    if match["part"] in ("期间", "时期"):
        return NormalizedDeadline(f"{end}-12-31", f"{end - 4}-01-01", "range")
    year = {"中期": end - 2, "初": end - 4}.get(match["part"] or "", end)
    return NormalizedDeadline(f"{year}-12-31", None, "date")


def _duration(words: str, reference: Reference) -> NormalizedDeadline | None:
    """Read 30个工作日内, 发文之日起30日内, 三年内; without a date of issue they have no date."""
    duration = read_duration(words, issued_on=reference.issued_on)
    return NormalizedDeadline(duration.until, None, "duration") if duration else None


def _event(words: str, reference: Reference) -> NormalizedDeadline | None:
    """Read 国庆节前 as the day before; 汛期前 and other times that differ from place to place have no date."""
    if len(words) <= 16 and not re.search(r"[，。；、]", words):
        festival = read_festival(words, year=reference.year, issued_on=reference.issued_on)
        if festival:
            return NormalizedDeadline(festival.last, None, "event")
    bare = DATE_WORDS.search(words) is None or re.match(r"^(?:(?:19|20)\d{2}年|今年|明年)[^\d年月]{2,}", words)
    return NormalizedDeadline(None, None, "event") if is_event(words) and bare else None


def _mentions(words: str, reference: Reference) -> NormalizedDeadline | None:
    """Read what else holds dates: 9月底前出台方案，12月底前全面铺开; 第一阶段6月底前."""
    days: list[Day] = []
    year = reference.year
    for match in DATE_WORDS.finditer(words):
        day = read_day(match[0], year=year)
        if day and day.last:
            days.append(day)
            year = int(day.last[:4])
    if not days:
        return UNRESOLVED if DATE_WORDS.search(words) and not _OPEN.search(words) else None
    dates = tuple(dict.fromkeys(day.last for day in days if day.last))
    return NormalizedDeadline(max(dates), None, "stages", dates) if len(dates) > 1 else _as_deadline(days[0])
