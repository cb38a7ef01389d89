"""Read documents whose tasks are marked inline beside their entities: ``⟦T⟧（一）⟦S⟧…⟦/S⟧（牵头单位：⟦ORG:lead|县水务局⟧）``.

Boundary: the form authors write records in. What follows from entities and statements by rule (targets, measures)
is not marked; who does what is, so that it can be held against what the structure reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from taskie.corpus.inline import read_inline
from taskie.errors import AnnotationError
from taskie.records import Entity

_ROLES = {"lead": "lead", "resp": "responsible", "coop": "cooperating"}
_MARK = re.compile(r"⟦(?:(/?[TS])|U\|([^⟦⟧]*)|([A-Z]+)(?::([a-z]+))?\|([^⟦⟧]*))⟧")


@dataclass(slots=True)
class MarkedTask:
    """A task as its author marked it; ``units`` are (name without white space, role), printed in it or inherited."""

    start: int
    statement: tuple[int, int] | None = None
    units: set[tuple[str, str]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class MarkedDocument:
    """The plain text with its entities and tasks, in text order."""

    text: str
    entities: tuple[Entity, ...]
    tasks: tuple[MarkedTask, ...]


def read_marked(marked: str, *, name: str = "document") -> MarkedDocument:
    """Return the text, entities and tasks of a marked document.

    ``⟦T⟧`` stands before a task's first character and ``⟦/T⟧`` ends it where a heading with units follows;
    ``⟦S⟧…⟦/S⟧`` holds the statement; ``⟦U|lead=A、B;coop=C⟧`` names units that hold for the task but are printed
    outside it. Raises ``AnnotationError`` with the line on a mark out of place, an unknown role or a broken mark.
    """
    tasks: list[MarkedTask] = []
    open_task: MarkedTask | None = None
    opened: int | None = None
    inline: list[str] = []
    length = position = 0
    for match in _MARK.finditer(marked):
        before = marked[position : match.start()]
        length += len(before)
        inline.append(before)
        position = match.end()
        place, inherited, label, role, span = match.groups()
        where = f"{name}:{marked.count(chr(10), 0, match.start()) + 1}"
        if place == "T":
            open_task = MarkedTask(length)
            tasks.append(open_task)
        elif place == "/T":
            open_task = None
        elif label is not None:
            inline.append(f"⟦{label}|{span}⟧")
            length += len(span)
            if role and open_task:
                open_task.units.add(("".join(span.split()), _role(role, where)))
        elif open_task is None:
            raise AnnotationError(f"{where}: the mark {match[0]} stands in no task; put ⟦T⟧ before the task's number")
        elif place == "S":
            opened = length
        elif place == "/S":
            if opened is None:
                raise AnnotationError(f"{where}: ⟦/S⟧ without ⟦S⟧")
            open_task.statement, opened = (opened, length), None
        else:
            open_task.units.update(_inherited(inherited, where))
    inline.append(marked[position:])
    text, entities = read_inline("".join(inline), name=name)
    return MarkedDocument(text, entities, tuple(tasks))


def _role(word: str, where: str) -> str:
    if word not in _ROLES:
        raise AnnotationError(f"{where}: unknown role {word!r}; use one of {', '.join(_ROLES)}")
    return _ROLES[word]


def _inherited(listed: str, where: str) -> set[tuple[str, str]]:
    units = set()
    for part in filter(None, listed.split(";")):
        role, _, names = part.partition("=")
        units |= {("".join(unit.split()), _role(role.strip(), where)) for unit in names.split("、") if unit.strip()}
    return units
