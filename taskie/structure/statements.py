"""Read one item or paragraph: its title, its statement and the attributions in and after it.

Boundary: the extent of the item is given; this cuts it into parts and never looks outside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from taskie.records import TextSpan
from taskie.structure.attributions import collect_units, find_attributions
from taskie.structure.embedded import find_embedded
from taskie.structure.goals_first import end_of_goal
from taskie.structure.outline import Attribution, TaskOutline
from taskie.structure.reading import Reading
from taskie.structure.reports import Report, progress_start, read_report
from taskie.structure.titles import read_title

# Points of an assessment behind an item: they say nothing of what is to be done.
_SCORE = re.compile(r"[（(]\s*\d+(?:\.\d+)?\s*分\s*[）)][。；]?")
_SCORE_BEHIND = re.compile(rf"(?:\s*{_SCORE.pattern})+\s*$")
# 专栏1, 【批示件2】: what stands below it is no part of the item above.
BOX = re.compile(r"^(?:专栏|专\s*栏)\s*[\d一二三四五六七八九十]|^【[^】]{1,10}[\d一二三四五六七八九十]{1,3}】")


def read_task(
    text: str,
    start: int,
    content: int,
    end: int,
    *,
    number: str | None,
    headings: tuple[str, ...],
    reading: Reading,
    inherited: Sequence[Attribution] = (),
    titled: bool = False,
) -> TaskOutline:
    """Read the item ``text[start:end]`` whose words begin at ``content``; ``titled`` if items like it have titles."""
    attributions = find_attributions(text, content, end, reading)
    begin, following = content, attributions
    if attributions and not text[content : attributions[0].start].strip():
        content, following = _skip_marks(text, attributions[0].end, end), attributions[1:]
    sets_goal = begin in reading.goals_first
    title_end = None
    if not sets_goal or reading.goals_titled:
        title_end = _title_end(text, content, following[0].start if following else end, titled=titled)
        sets_goal = sets_goal and title_end is not None
    after_title = content if title_end is None else _skip_marks(text, title_end, end)
    goal_end = end_of_goal(text, after_title, end) if sets_goal else None
    report = read_report(text, after_title, end, [a.start for a in attributions], goal_end=goal_end)
    parts = _parts(text, report.start, report.stop, [a for a in attributions if a.start < report.stop])
    if title_end is not None and all(_SCORE.fullmatch(text[a:b].strip()) for a, b in parts):
        title_end, parts = None, _parts(text, content, end, attributions)
    if not parts:
        parts = ((content, content),)
    title = TextSpan(text[content:title_end], content, title_end) if title_end is not None else None
    statement = TextSpan(text[parts[0][0] : parts[-1][1]], parts[0][0], parts[-1][1])
    stop = max(parts[-1][1], report.end, attributions[-1].end if attributions else 0, title_end or 0)
    scoped = _rescoped(_within(attributions, report), after_title, parts)
    own = tuple(_with_given(text, a, reading) for a in scoped)
    if not own:
        embedded = find_embedded(text, statement.start, statement.end, reading.lists)
        own = (Attribution(stop, stop, statement.start, stop, embedded),) if embedded else ()
    source = own or tuple(_inherited(a, statement) for a in inherited)
    return TaskOutline(
        number=number, title=title, headings=headings, start=start, end=stop, statement=statement, parts=parts,
        attributions=own, units=collect_units(source), leaders=tuple(dict.fromkeys(name for a in source for name in a.leaders)),
        deadline=next((a.deadline for a in source if a.deadline), None) or next((a.deadline for a in inherited if a.deadline), None),
        progress=report.progress, problems=report.problems, next_steps=report.next_steps,
    )  # fmt: skip


def _title_end(text: str, start: int, end: int, *, titled: bool) -> int | None:
    """Return where the title ends; a sentence with nothing but a report of progress behind it is the target itself."""
    reported = progress_start(text, start, end)
    title_end = read_title(text, start, end if reported is None else reported, of_clauses=titled)
    if title_end is None or reported is None or any(c.isalnum() for c in text[title_end:reported]):
        return title_end
    return None


def _within(attributions: tuple[Attribution, ...], report: Report) -> tuple[Attribution, ...]:
    """Whoever stands behind a report of progress is responsible for the target before it, not for what was reported."""
    if report.progress is None:
        return attributions
    return tuple(replace(a, scope_end=max(a.scope_start, min(a.scope_end, report.stop))) for a in attributions)


def _rescoped(
    attributions: tuple[Attribution, ...], after_title: int, parts: tuple[tuple[int, int], ...]
) -> tuple[Attribution, ...]:
    """An attribution directly behind the title holds for what follows it; the others for what precedes."""
    if len(attributions) == 1 and parts[-1][1] > attributions[0].start:
        return (replace(attributions[0], scope_start=after_title, scope_end=parts[-1][1]),)
    return attributions


def _with_given(text: str, attribution: Attribution, reading: Reading) -> Attribution:
    """Add the units that a sentence in the attribution's stretch gives work to: 由县水务局会同县气象局排定班次."""
    given = find_embedded(text, attribution.scope_start, attribution.scope_end, reading.lists, only_given=True)
    known = {(unit.name, unit.role) for unit in attribution.units}
    if not attribution.units:
        return attribution
    return replace(attribution, units=attribution.units + tuple(u for u in given if (u.name, u.role) not in known))


def _inherited(attribution: Attribution, statement: TextSpan) -> Attribution:
    units = tuple(replace(u, source="inherited") for u in attribution.units)
    return replace(attribution, scope_start=statement.start, scope_end=statement.end, units=units)


def _skip_marks(text: str, position: int, end: int) -> int:
    while position < end and (text[position].isspace() or text[position] in "。：:.．"):
        position += 1
    return position


def _parts(text: str, start: int, end: int, attributions: Sequence[Attribution]) -> tuple[tuple[int, int], ...]:
    """Return the stretches of the statement, attributions cut out, trimmed, none empty."""
    borders = [(a.start, a.end) for a in attributions]
    parts = []
    position = start
    for begin, stop in [*borders, (end, end)]:
        trimmed = _trimmed(text, position, begin)
        if trimmed:
            parts.append(trimmed)
        position = max(position, stop)
    return tuple(parts)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    stretch = text[start:end]
    words = stretch.strip(" \t\r\n\u3000\xa0")
    if not any(c.isalnum() for c in words):
        return None
    begin = start + stretch.index(words)
    # Behind an attribution in brackets its full stop is left over.
    while begin < end and text[begin] in "。；;，,、":
        begin += 1
    while begin < end and text[begin].isspace():
        begin += 1
    stop = start + stretch.index(words) + len(words)
    score = _SCORE_BEHIND.search(text, begin, stop)
    return begin, score.start() if score and score.start() > begin else stop
