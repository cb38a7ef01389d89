"""Read statements of responsibility: who leads, who helps, which leader, by when.

Boundary: given a stretch of text that may be such a statement (the inside of a bracket, a line,
a table cell), say what it states or that it states nothing; where such stretches are is
the business of ``attributions``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from taskie.records import TextSpan, Unit
from taskie.structure.bodies import looks_like_body, split_units
from taskie.structure.first_listed import lead_first
from taskie.structure.persons import read_leaders
from taskie.structure.responsibility_words import active_patterns
from taskie.structure.role_words import HELPS, LEADS
from taskie.structure.times import deadline_value, is_time, read_time

# What may stand before the bodies: 此项工作由…, ②由…, 其中教育系统由….
_PRELIMINARY = re.compile(
    r"^\s*[—–－-]{0,2}\s*(?:[①-⑳]|[（(]?\d{1,2}[）)])*(?:其中[^，。；由]{0,12}由|(?:以上|上述|[本此该](?:项|板块|栏目?|类|组|领域|方面|专项))?(?:任务|工作|事项)?(?:均|都)?由?)"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What one statement of responsibility says; empty fields where it says nothing of the kind."""

    units: tuple[Unit, ...] = ()
    leaders: tuple[str, ...] = ()
    deadline: TextSpan | None = None

    def __bool__(self) -> bool:
        return bool(self.units or self.leaders or self.deadline)


@dataclass(frozen=True, slots=True)
class PlacedStatement:
    """A statement and the stretch that makes it, brackets and labels included."""

    start: int
    end: int
    statement: Statement


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
    return _verbal(text, start, end, bracketed) or (_bare(text, start, end) if bare else Statement())


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
        elif match["deadline"]:
            deadline = deadline_value(text, match.end(), stop) or deadline
        else:
            units.extend(_units_of_label(text, match, stop))
            deadline = deadline or _trailing_time(text, match.end(), stop)
    return Statement(tuple(units), tuple(leaders), deadline)


def _units_of_label(text: str, match: re.Match[str], stop: int) -> tuple[Unit, ...]:
    role = active_patterns().role_of(match["unit"])
    verbal = _verbal(text, match.end(), stop, True)
    if verbal and len({u.role for u in verbal.units}) > 1:
        return verbal.units
    stop = _list_end(text, match.end(), stop)
    units = split_units(text, match.end(), stop, role=role, source="label", wrapped=True)
    return tuple(u for u in units if not is_time(u.name) and not _STOP_WORD.search(u.name))


_STOP_WORD = re.compile(r"^(?:分工负责|按.*|具体.*|并.*|要.*|应.*)$")


def _list_end(text: str, start: int, stop: int) -> int:
    """A unit list ends at its full stop, if another sentence follows."""
    full_stop = FULL_STOP.search(text, start, stop)
    return full_stop.start() if full_stop else stop


# A half-width one ends a list between names only: 县水务局.强化…, not 3.5.
FULL_STOP = re.compile(r"。|(?<=[\u4e00-\u9fff）)])\.(?=[\u4e00-\u9fff])")


def _leading_units(text: str, start: int, stop: int) -> tuple[Unit, ...]:
    """Read a list of bodies, or who leads and helps, before the first label: 县水务局、县财政局，责任科室：水保科."""
    stop = start + len(text[start:stop].rstrip(" \t\u3000，,；;"))
    spoken = _verbal(text, start, stop, True).units
    return spoken or _bare(text, start, stop).units


def _leading_time(text: str, start: int, stop: int) -> TextSpan | None:
    """Read 6月底完成 before the first label."""
    for begin, end in _segments(text, start, stop):
        time = read_time(text, begin, end)
        if time:
            return time
    return None


def _trailing_time(text: str, start: int, stop: int) -> TextSpan | None:
    """Read ，6月底前完成 behind the units of a label."""
    segments = list(_segments(text, start, stop))
    return read_time(text, *segments[-1]) if len(segments) > 1 else None


def _segments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^，,；;。]+", text[start:end]):
        yield start + match.start(), start + match.end()


def _verbal(text: str, start: int, end: int, lenient: bool) -> Statement:
    """Read A牵头，B、C配合 / 由A会同B负责; empty unless every verb has bodies before it."""
    units: list[Unit] = []
    deadline: TextSpan | None = None
    pending = start
    verb_behind = active_patterns().verb
    for begin, stop in _segments(text, start, end):
        time = read_time(text, begin, stop)
        if time:
            deadline, pending = time, stop + 1
            continue
        if begin > pending and _FIRST_LEADS.fullmatch(text[begin:stop].strip()):
            units.extend(
                lead_first(split_units(text, pending, begin, role="responsible", source="sentence", wrapped=True))
            )
            pending = stop + 1
            continue
        verb = verb_behind.search(text[begin:stop].rstrip())
        divided = _VERB_WITH_OBJECT.match(text, begin, stop) if lenient and not verb else None
        if divided and pending == begin and all(looks_like_body(n) for n in re.split("[、和]", divided["names"])):
            role = active_patterns().role_of(divided["verb"])
            units.extend(split_units(text, *divided.span("names"), role=role, source="sentence"))
            pending = stop + 1
            continue
        if not verb or _FOR_ALL.match(text[begin:stop].strip()):
            continue
        found = _verb_units(text, pending, begin + verb.start(), verb["verb"], lenient)
        if not found:
            return Statement()
        units.extend(found)
        pending = stop + 1
    rest = text[pending:end].strip(" \t\r\n\u3000。；;，,")
    if rest and not _REST.match(rest):
        return Statement()
    if not units and deadline and not _BINDING_TIME.search(text[start:end]):
        return Statement()
    return Statement(tuple(units), (), deadline)


# Behind a list, the rule for it alone: 县水务局、县财政局，首位牵头.
_FIRST_LEADS = re.compile(
    rf"(?:列|排)?(?:在)?(?:首位|第一位|首个|第一个|第一)(?:的)?(?:单位|部门|科室|者)?(?:为|是)?{LEADS}(?:单位|部门)?"
)
# Behind who leads: 由县水务局牵头，会同县气象局组织实施.
_WITH_HELPERS = re.compile(r"\s*并?(?:会同|联合)")
# In a bracket that divides a task: 县交通局主抓道路, 县民政局负责救助.
_VERB_WITH_OBJECT = re.compile(
    rf"\s*(?P<names>[^，。；：\s]{{3,40}}?)(?P<verb>{LEADS}|负责|承担|承办|{HELPS})(?!同志|人|任)(?P<object>[^，。；：\s]{{2,14}})"
)
_FOR_ALL = re.compile(r"^(?:本部分|本章|本节|本项)?(?:以下|下列)|^不再(?:一一|逐一)?列出")
_REST = re.compile(rf"^(?:等|按.*职责.*|列第一位.*|下同|各.{{2,12}}$|{_FOR_ALL.pattern})")
# A time alone in brackets is a deadline only if it says so; （2023—2025年） is not one.
_BINDING_TIME = re.compile(r"完成|取得|[前底末内]|持续|长期|常态化|按进度")


def _verb_units(text: str, start: int, end: int, verb: str, lenient: bool) -> tuple[Unit, ...]:
    start += len(_PRELIMINARY.match(text[start:end])[0])  # type: ignore[index]
    joint = text.find("会同", start, end)
    if helpers := _WITH_HELPERS.match(text, start, end):
        units = split_units(text, helpers.end(), end, role="cooperating", source="sentence", wrapped=True)
    elif joint > start:
        leading = split_units(text, start, joint, role="lead", source="sentence", wrapped=True)
        helping = split_units(text, joint + 2, end, role="cooperating", source="sentence", wrapped=True)
        units = leading + helping
    else:
        units = split_units(text, start, end, role=active_patterns().role_of(verb), source="sentence", wrapped=True)
    if any(_NO_UNIT.search(u.name) for u in units):
        return ()
    bodies = sum(looks_like_body(u.name) for u in units)
    if (
        lenient
        and verb not in _OFTEN_IN_PROSE
        and (bodies or end - start <= 20)
        and all(len(u.name) <= 24 for u in units)
    ):
        return units
    return units if bodies == len(units) else ()


# 按规定办理 names nobody: only bodies make these verbs a statement.
_OFTEN_IN_PROSE = frozenset({"办理"})
# What stands before a verb of responsibility without being a body: 由专人负责, 谁主管谁负责.
_NO_UNIT = re.compile(
    r"谁|专人|主要领导|一把手|责任制|项目经理|第三方|按照|含$|简称|不再|应当|必须|^(?:加强|推进|做好|要求)|企业主体$"
)


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
