"""Read statements of responsibility: who leads, who helps, which leader, by when.

Boundary: given a stretch of text that may be such a statement (the inside of a bracket, a line,
a table cell), say what it states or that it states nothing; where such stretches are is
the business of ``attributions``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from taskie.records import TextSpan, Unit
from taskie.structure.bodies import looks_like_body, split_units
from taskie.structure.persons import read_leaders
from taskie.structure.responsibility_statement import Statement
from taskie.structure.responsibility_verbs import read_verbal, segments
from taskie.structure.responsibility_words import active_patterns
from taskie.structure.times import deadline_value, is_time, read_time


def read_statement(text: str, start: int, end: int, *, bare: bool = False, bracketed: bool = False) -> Statement:
    """Read ``text[start:end]``, without its brackets, as a statement of responsibility.

    ``bare`` also takes a list of bodies without label or verb; ``bracketed`` takes names that do not
    look like bodies (firms by their short name) where a verb follows them.
    An empty ``Statement`` means that the stretch states nothing of the kind.
    """
    if bracketed and "\n" in text[start:end]:
        return _read_unwrapped(text, start, end, bare=bare)
    label = active_patterns().label
    labels = [m for m in label.finditer(text, start, end) if _at_border(text, start, m.start())]
    if labels:
        return _labelled(text, start, end, labels)
    return read_verbal(text, start, end, bracketed) or (_bare(text, start, end) if bare else Statement())


def _read_unwrapped(text: str, start: int, end: int, *, bare: bool) -> Statement:
    """Read a bracket that a line wrap tore, names and labels included, and give offsets in ``text``."""
    kept = [i for i in range(start, end) if text[i] not in "\r\n"]
    joined = "".join(text[i] for i in kept)
    places = [*kept, end]
    statement = read_statement(joined, 0, len(joined), bare=bare, bracketed=True)
    units = tuple(replace(u, start=places[u.start], end=places[u.end - 1] + 1) for u in statement.units)
    deadline = statement.deadline
    if deadline:
        begin, stop = places[deadline.start], places[deadline.end - 1] + 1
        deadline = TextSpan(text[begin:stop], begin, stop)
    return Statement(units, statement.leaders, deadline)


def _at_border(text: str, start: int, position: int) -> bool:
    """Labels stand at the beginning or after a separator, not inside a longer word."""
    return (
        position == start
        or not text[position - 1].isalnum()
        or text[position - 1] in "0123456789"
        or _BEHIND_NAME.match(text, position) is not None
    )


# A label of several words and a colon needs no mark before it: 县财政局完成时限：6月底.
_BEHIND_NAME = re.compile(
    r"(?:完成|办结|整改)?(?:时限|期限|时间)[:：]|(?:配合|参与|协办|责任|牵头)(?:责任)?(?:单位|部门)[:：]"
)


def _labelled(text: str, start: int, end: int, labels: list[re.Match[str]]) -> Statement:
    units = list(_leading_units(text, start, labels[0].start()))
    leaders: list[str] = []
    deadline = _leading_time(text, start, labels[0].start())
    for match, following in zip(labels, [*labels[1:], None], strict=True):
        stop = following.start() if following else end
        if match["leader"]:
            leaders.extend(read_leaders(text[match.end() : stop]))
        elif match["aside"]:
            continue
        elif match["deadline"]:
            deadline = deadline_value(text, match.end(), stop) or deadline
        else:
            units.extend(_units_of_label(text, match, stop))
            deadline = deadline or _trailing_time(text, match.end(), stop)
    return Statement(tuple(units), tuple(leaders), deadline, any(match["aside"] for match in labels))


def _units_of_label(text: str, match: re.Match[str], stop: int) -> tuple[Unit, ...]:
    role = active_patterns().role_of(match["unit"])
    verbal = read_verbal(text, match.end(), stop, True)
    if verbal and len({u.role for u in verbal.units}) > 1:
        return verbal.units
    stop, others = _others_behind(text, match.end(), stop)
    stop = _list_end(text, match.end(), stop)
    listed = split_units(text, match.end(), stop, role=role, source="label", wrapped=True)
    units = tuple(u for u in listed if not is_time(u.name) and not _STOP_WORD.search(u.name))
    if match[0].endswith("为") and not all(looks_like_body(u.name) and not _KIND.search(u.name) for u in units):
        return ()  # 责任单位为第一责任主体 names nobody
    return units + others


# A kind of body, and no body.
_KIND = re.compile(r"(?:单位|部门|主体|责任)$")
_BRACKET_BEHIND = re.compile(r"[ \t\u3000]*[（(]([^（）()\n]{4,80})[）)]\s*$")


def _others_behind(text: str, start: int, stop: int) -> tuple[int, tuple[Unit, ...]]:
    """Return where the list of a label ends, and the units whose role a verb behind it gives: 县水务局，县财政局予以配合."""
    bracket = _BRACKET_BEHIND.search(text, max(start, stop - _MAX_BEHIND), stop)
    if bracket and (spoken := read_verbal(text, *bracket.span(1), True).units):
        return bracket.start(), spoken
    verb = active_patterns().verb
    found = list(segments(text, start, stop))
    for (_, end), (begin, behind) in pairwise(found):
        if verb.search(text[begin:behind].rstrip()):
            spoken = read_verbal(text, begin, stop, True).units
            return (end, spoken) if spoken and all(looks_like_body(u.name) for u in spoken) else (stop, ())
    return stop, ()


_MAX_BEHIND = 100


_STOP_WORD = re.compile(r"^(?:分工负责|按.*|具体.*|并.*|要.*|应(?!急).*|(?:以下|下列).*|.*照此(?:执行|办理))$")


def _list_end(text: str, start: int, stop: int) -> int:
    """A unit list ends at its full stop, if another sentence follows."""
    full_stop = FULL_STOP.search(text, start, stop)
    return full_stop.start() if full_stop else stop


# A half-width one ends a list between names only: 县水务局.强化…, not 3.5.
FULL_STOP = re.compile(r"。|(?<=[\u4e00-\u9fff）)])\.(?=[\u4e00-\u9fff])")


def _leading_units(text: str, start: int, stop: int) -> tuple[Unit, ...]:
    """Read a list of bodies, or who leads and helps, before the first label: 县水务局、县财政局，责任科室：水保科."""
    stop = start + len(text[start:stop].rstrip(" \t\u3000，,；;"))
    spoken = read_verbal(text, start, stop, True).units
    return spoken or _bare(text, start, stop).units


def _leading_time(text: str, start: int, stop: int) -> TextSpan | None:
    """Read 6月底完成 before the first label."""
    for begin, end in segments(text, start, stop):
        time = read_time(text, begin, end)
        if time:
            return time
    return None


def _trailing_time(text: str, start: int, stop: int) -> TextSpan | None:
    """Read ，6月底前完成 behind the units of a label."""
    found = list(segments(text, start, stop))
    return read_time(text, *found[-1]) if len(found) > 1 else None


def _bare(text: str, start: int, end: int) -> Statement:
    """Read a list of bodies with neither label nor verb; every item must look like a body."""
    units = split_units(text, start, end, role="responsible", source="sentence", wrapped=True)
    covered = sum(u.end - u.start for u in units)
    verb = active_patterns().verb
    letters = sum(c.isalnum() for c in text[start:end])
    if (
        not units
        or any(re.match(r"[\d一二三四五六七八九十]", u.name) for u in units)
        or covered < 0.8 * letters
        or not all(
            (len(u.name) > 2 or u.name.startswith("各")) and looks_like_body(u.name) and not verb.search(u.name)
            for u in units
        )
    ):
        return Statement()
    return Statement(units)
