"""Read who leads and helps from verbs behind lists of bodies: A牵头，B、C配合; 由A会同B负责.

Boundary: one stretch without labels; labels, and stretches without either, are read in ``responsibility``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from taskie.records import TextSpan, Unit
from taskie.structure.bodies import looks_like_body, split_units
from taskie.structure.first_listed import lead_first
from taskie.structure.responsibility_statement import Statement
from taskie.structure.responsibility_words import active_patterns
from taskie.structure.role_words import HELPS, LEADS
from taskie.structure.times import read_time

# What may stand before the bodies: 此项工作由…, ②由…, 其中教育系统由…, 下列三项由…; 自由贸易试验区 is a body.
_PRELIMINARY = re.compile(
    r"^\s*[—–－-]{0,2}\s*(?:[①-⑳]|[（(]?\d{1,2}[）)])*(?:[^，。；、：:由（(）)]{0,16}(?<![自理事案])由|(?:以上|上述|[本此该](?:项|板块|栏目?|类|组|领域|方面|专项))?(?:任务|工作|事项)?(?:均|都)?由?)"
)


def segments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^，,；;。]+", text[start:end]):
        yield start + match.start(), start + match.end()


def read_verbal(text: str, start: int, end: int, lenient: bool) -> Statement:
    """Read A牵头，B、C配合 / 由A会同B负责; empty unless every verb has bodies before it."""
    units: list[Unit] = []
    deadline: TextSpan | None = None
    # Where what was not read yet begins, and the names of the next verb: between them lie bodies that a semicolon parts from it.
    pending = names = start
    held: list[Unit] = []
    listed_nowhere = "不再" in text[start:end]
    for begin, stop in segments(text, start, end):
        words = text[begin:stop].strip()
        time = read_time(text, begin, stop)
        if time or _CONDITIONAL.match(words):
            deadline, pending = time or deadline, stop + 1
            names = pending
            continue
        if _FOR_ALL.match(words) and (listed_nowhere or not _GIVEN.match(words)):
            continue
        found = _of_segment(text, names, begin, stop, lenient)
        if found is None:
            if alone := _listed_alone(text, names, begin, stop, end):
                held, names = [*held, *alone], stop + 1
            continue
        if not found:
            return Statement()
        units += [*held, *found]
        held, pending = [], stop + 1
        names = pending
    rest = text[pending:end].strip(" \t\r\n\u3000。；;，,")
    if rest and not _REST.match(rest):
        return Statement()
    if not units and deadline and not _BINDING_TIME.search(text[start:end]):
        return Statement()
    return Statement(tuple(units), (), deadline)


def _of_segment(text: str, names: int, begin: int, stop: int, lenient: bool) -> tuple[Unit, ...] | None:
    """Return the units of a segment with a verb, whose names begin at ``names``; ``None`` if it has no verb, none if no bodies."""
    if begin > names and _FIRST_LEADS.fullmatch(text[begin:stop].strip()):
        return lead_first(split_units(text, names, begin, role="responsible", source="sentence", wrapped=True))
    patterns = active_patterns()
    verb = patterns.verb.search(text[begin:stop].rstrip())
    if verb:
        return _verb_units(text, names, begin + verb.start(), verb["verb"], lenient)
    divided = _VERB_WITH_OBJECT.match(text, begin, stop) if lenient else None
    if divided and names == begin and all(looks_like_body(n) for n in re.split("[、和]", divided["names"])):
        return split_units(text, *divided.span("names"), role=patterns.role_of(divided["verb"]), source="sentence")
    return None


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
# 不另注明的由相关部门配合 names nobody for this task.
_CONDITIONAL = re.compile(r"(?:不另|未另|没有|未)[^，。；]{0,4}(?:注明|标明|说明|列出)的")
# 下列三项由县水务局牵头 gives them to it at once.
_GIVEN = re.compile(r"[^，。；]{2,16}(?<![自理事案])由")
_REST = re.compile(rf"^(?:等|按.*职责.*|列第一位.*|下同|各.{{2,12}}$|{_FOR_ALL.pattern})")
# A time alone in brackets is a deadline only if it says so; （2023—2025年） is not one.
_BINDING_TIME = re.compile(r"完成|取得|[前底末内]|持续|长期|常态化|按进度")


def _listed_alone(text: str, pending: int, begin: int, stop: int, end: int) -> tuple[Unit, ...]:
    """Read bodies that a semicolon parts from a verb behind it: 县水务局；县财政局配合 does not say that the first one helps."""
    if begin != pending or stop >= end or text[stop] not in "；;":
        return ()
    units = split_units(text, begin, stop, role="responsible", source="sentence", wrapped=True)
    return units if units and all(looks_like_body(u.name) and not _NO_UNIT.search(u.name) for u in units) else ()


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
_OFTEN_IN_PROSE = frozenset({"办理", "会商", "助力", "协调", "组织施工"})
# What stands before a verb of responsibility without being a body: 由专人负责, 谁主管谁负责.
_NO_UNIT = re.compile(
    r"谁|专人|主要领导|一把手|责任制|项目经理|第三方|按照|含$|简称|不再|应当|必须|^(?:加强|推进|做好|要求)|企业主体$"
)
