"""A user's own directory of bodies: one canonical name with its aliases, to name them alike across documents.

Boundary: names only; the printed name of a unit never changes, the canonical one is its ``full_name``.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from taskie.errors import ReadError
from taskie.records import Document, Task

_HEADER = ("canonical", "aliases")


@dataclass(frozen=True, slots=True)
class UnitDirectory:
    """Canonical names by every name they go by; make one with ``UnitDirectory.read`` or ``UnitDirectory.of``."""

    names: Mapping[str, str]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, Iterable[str]]], *, source: str = "directory") -> UnitDirectory:
        """Build a directory from canonical names and their aliases; raises ``ReadError`` where one alias has two."""
        names: dict[str, str] = {}
        for canonical, aliases in rows:
            body = _squeezed(canonical)
            for name in (body, *(_squeezed(alias) for alias in aliases)):
                if name and names.setdefault(name, body) != body:
                    raise ReadError(
                        f"{source}: {name!r} stands for both {names[name]!r} and {body!r}; give every name one body"
                    )
        return cls(names)

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> UnitDirectory:
        """Read a CSV file in UTF-8 with the columns ``canonical`` and ``aliases`` (separated by 、 ; or |).

        Raises ``ReadError`` if the file cannot be read, lacks a column, or gives a name to two bodies.
        """
        try:
            lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ReadError(f"{path}: cannot be read as UTF-8 text: {error}") from error
        rows = csv.DictReader(lines)
        missing = [column for column in _HEADER if column not in (rows.fieldnames or ())]
        if missing:
            raise ReadError(f"{path}:1: column {missing[0]!r} is missing; the header must be canonical,aliases")
        return cls.of(
            ((row["canonical"] or "", re.split(r"[、;；|]", row["aliases"] or "")) for row in rows), source=str(path)
        )

    def canonical(self, name: str) -> str | None:
        """Return the canonical name of a body, ``None`` if the directory does not know it."""
        return self.names.get(_squeezed(name))

    def applied(self, document: Document) -> Document:
        """Return the document with the canonical name as ``full_name`` of every unit that the directory knows."""
        return replace(document, tasks=tuple(self._task(task) for task in document.tasks))

    def _task(self, task: Task) -> Task:
        units = []
        for unit in task.units:
            known = self.canonical(unit.name) or (self.canonical(unit.full_name) if unit.full_name else None)
            units.append(replace(unit, full_name=known) if known else unit)
        return replace(task, units=tuple(units))


def _squeezed(name: str) -> str:
    return "".join(name.split())
