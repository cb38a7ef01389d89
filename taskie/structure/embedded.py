"""Find who is responsible in running sentences: 由市发改委会同市财政局制定办法, 由县水务局牵头开展排查.

Boundary: only bodies that a tagger found count, and only words of responsibility right behind them; attributions that
stand by themselves, in brackets or on lines, are ``attributions``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from taskie.records import Unit
from taskie.structure.bodies import split_units
from taskie.structure.body_lists import BodyLists
from taskie.structure.learned import active_words
from taskie.structure.role_words import HELPS, LEADS, role_of_word

_JOINTLY = re.compile(r"\s?(?:会同|联合|商)\s?")
_ROLE = re.compile(rf"\s?(?:{LEADS}|负责|承办|组织实施|具体负责|{HELPS})")
_CLOSING = re.compile(
    rf"\s?(?:按照?(?:各自)?职责(?:分工)?|分别|共同|具体)*(?P<verb>{LEADS}|负责|承办|落实|{HELPS}|推进|组织|实施|督促|督办|办理)(?:落实|实施|推进|办理)?[\s。]?"
)
_GIVEN = re.compile(r"由\s?$")
_CLAUSE_BEGINS = re.compile(r"(?:^|[。；，：\n（(])\s*$")


def find_embedded(text: str, start: int, end: int, lists: BodyLists, *, only_given: bool = False) -> tuple[Unit, ...]:
    """Return the units that sentences in ``text[start:end]`` give work to, in text order, none twice.

    A leads where it acts 会同 or 商 B, who cooperates; elsewhere a list behind 由, or one that a later helper follows,
    has the role of the verb behind it. ``only_given`` takes only 由A会同B.
    """
    found: list[Unit] = []
    spans = lists.inside(start, end)
    for i, (begin, stop) in enumerate(spans):
        before = text[max(start, begin - 2) : begin]
        given = bool(_GIVEN.search(before))
        following = spans[i + 1] if i + 1 < len(spans) else None
        jointly = _JOINTLY.match(text, stop, end)
        acts = given or (not only_given and _CLAUSE_BEGINS.search(before))
        if jointly and following and jointly.end() == following[0] and acts:
            found += _units(text, begin, stop, "lead") + _units(text, *following, "cooperating")
            continue
        role = None if only_given else _role_behind(text, stop, end)
        if role and (given or (found and role == "cooperating")):
            found += _units(text, begin, stop, role)
    return tuple({unit.name: unit for unit in reversed(found)}[name] for name in dict.fromkeys(u.name for u in found))


def _role_behind(text: str, position: int, end: int) -> str | None:
    """Return the role that the word behind a list of bodies gives, a learned word before the others."""
    for word, role in active_words().verbs:
        if text.startswith(word, position, end):
            return role
    match = _ROLE.match(text, position, end)
    return role_of_word(match[0]) if match else None


def find_closing(text: str, start: int, end: int, lists: BodyLists) -> tuple[Unit, ...]:
    """Return the units of a sentence that is a list of bodies and what they do: 县财政局、住建部门负责."""
    units: list[Unit] = []
    position = start
    found = dict(lists.inside(start, end))
    while position < end:
        begin = _skip(text, position, end)
        if begin not in found:
            return ()
        jointly = _JOINTLY.match(text, found[begin], end)
        if jointly and jointly.end() in found:
            units += _units(text, begin, found[begin], "lead")
            begin, role = jointly.end(), "cooperating"
        else:
            role = None
        verb = _CLOSING.match(text, found[begin], end)
        if not verb:
            return ()
        units += _units(text, begin, found[begin], role or role_of_word(verb["verb"]))
        position = verb.end()
    return tuple(units)


def _skip(text: str, position: int, end: int) -> int:
    while position < end and text[position] in " \t\u3000由，,；;":
        position += 1
    return position


def _units(text: str, start: int, end: int, role: str) -> list[Unit]:
    return [replace(unit, role=role) for unit in split_units(text, start, end, role=role, source="sentence")]
