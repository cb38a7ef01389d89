"""What the structure readers find: an outline of tasks with spans, before entities are linked.

Readers of prose and of tables both return these objects; ``taskie.relations`` turns them
into ``taskie.records`` with the help of the entities.
"""

from __future__ import annotations

from dataclasses import dataclass

from taskie.records import TextSpan, Unit


@dataclass(frozen=True, slots=True)
class Attribution:
    """One statement of who is responsible, for the stretch of the task before it.

    ``start:end`` covers the statement itself with its brackets; ``scope_start:scope_end`` is what it
    holds for (guidelines, section 2). Both count code points of the document.
    """

    start: int
    end: int
    scope_start: int
    scope_end: int
    units: tuple[Unit, ...] = ()
    leaders: tuple[str, ...] = ()
    deadline: TextSpan | None = None


@dataclass(frozen=True, slots=True)
class TaskOutline:
    """A numbered item or a table row, cut into its parts.

    ``parts`` are the stretches of ``statement`` that can hold targets: the statement without the
    attributions inside it, in text order. ``units``, ``leaders`` and ``deadline`` are those of the whole task
    (all its attributions together, or its cells, or what it inherits).
    """

    number: str | None
    title: TextSpan | None
    headings: tuple[str, ...]
    start: int
    end: int
    statement: TextSpan
    parts: tuple[tuple[int, int], ...]
    attributions: tuple[Attribution, ...] = ()
    units: tuple[Unit, ...] = ()
    leaders: tuple[str, ...] = ()
    deadline: TextSpan | None = None
    status: str | None = None
    progress: TextSpan | None = None
    next_steps: TextSpan | None = None
    problems: TextSpan | None = None
    in_table: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """The structure of a document; ``leftovers`` are stretches that belong to nothing, kept and reported."""

    kind: str
    title: str | None = None
    doc_number: str | None = None
    issuer: str | None = None
    issued_on: str | None = None
    addressees: tuple[str, ...] = ()
    addressee_spans: tuple[tuple[int, int], ...] = ()
    tasks: tuple[TaskOutline, ...] = ()
    leftovers: tuple[TextSpan, ...] = ()
