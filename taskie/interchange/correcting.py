"""A document while a clerk's corrections are laid into it: its text, its entities, and what could not be followed.

Boundary: the questions that all columns of the ledger ask; the columns themselves are in the modules beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from taskie.interchange.documents import reference_of
from taskie.interchange.finding import find_words, take_entity
from taskie.interchange.ledger_sheet import SheetRow, Value, shown
from taskie.normalize.reference import Reference
from taskie.records import Document, Task
from taskie.structure.lookalikes import replace_lookalikes


class Correcting:
    """One document under correction. ``entities`` grow with what the cells name; ``problems`` with what they cannot."""

    def __init__(self, document: Document, problems: list[str], path: str) -> None:
        self.document = document
        self.text = document.text
        self.problems = problems
        self.path = path
        self.notes: list[str] = []
        self.entities = list(document.entities)
        self.added: set[int] = set()  # numbers of the rows that a clerk put in; what they leave empty changes nothing
        self.reference: Reference = reference_of(
            document.text, [(e.start, e.end) for e in document.entities if e.label == "ORG"]
        )

    def changed(self, rows: Sequence[SheetRow], name: str, before: Any) -> tuple[SheetRow, Value] | None:
        """Return the row and the value that a cell was changed to; rows that were changed to different values are a problem."""
        changed = [
            (row, row.cells[name])
            for row in rows
            if name in row.cells and row.cells[name] != shown(before)
            if row.cells[name] is not None or row.number not in self.added
        ]
        if not changed:
            return None
        other = next((row for row, value in changed if value != changed[0][1]), None)
        if other is not None:
            self.problem(
                other,
                name,
                f"says {other.cells[name]!r}, but row {changed[0][0].number} says {changed[0][1]!r} of the same",
            )
            return None
        return changed[0]

    def entity(self, row: SheetRow, column: str, span: tuple[int, int], label: str) -> bool:
        """Make sure that the span is an entity of that label; a problem and ``False`` if another stands in its way."""
        other = take_entity(self.entities, self.text, span, label)
        if other is not None:
            self.problem(row, column, f"{self.text[slice(*span)]!r} overlaps the {other.label} {other.text!r}")
        return other is None

    def body(self, task: Task, name: str, near: int) -> tuple[int, int] | None:
        """Return the body of that name: a unit of the task, else a known body, else the words, nearest first."""
        for spans in (
            [(u.start, u.end) for u in task.units if replace_lookalikes(u.name) == replace_lookalikes(name)],
            [(e.start, e.end) for e in self.entities if e.label == "ORG" and "".join(e.text.split()) == name],
        ):
            if spans:
                return min(spans, key=lambda span: (span[0] < near, abs(span[0] - near)))
        return find_words(self.text, name, near=near, inside=(task.start, task.end)) or find_words(
            self.text, name, near=near
        )

    def problem(self, row: SheetRow, column: str, message: str) -> None:
        """Note what a cell says that cannot be followed."""
        self.problems.append(f"{self.path}: {row.where(column)}: {message}")
