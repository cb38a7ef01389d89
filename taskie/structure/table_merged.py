"""What a merged cell hands down to the rows below it, whose own cells are blank then.

Boundary: one row after the other, from the top; whether blank cells of a table are merged ones is for the caller to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from taskie.records import TextSpan, Unit
from taskie.structure.bodies import refers_up
from taskie.structure.columns import is_none
from taskie.structure.persons import read_leaders
from taskie.structure.table_rows import MeantCells
from taskie.structure.table_unit_cell import read_deadline_beside_units
from taskie.structure.times import read_time

_STAGE = re.compile(r"\d{1,2}月(?:\d{1,2}日|底|中旬|上旬)?前?[^，。；、]{2,}")


@dataclass(slots=True)
class Above:
    """What the rows read so far leave to the next one; ``units`` are kept by column.

    Unless cells are ``merged``, a row takes over nothing that it does not point to (同上).
    """

    merged: bool = True
    units: dict[int, tuple[Unit, ...]] = field(default_factory=dict)
    leaders: tuple[str, ...] = ()
    deadline: TextSpan | None = None
    category: str | None = None

    def category_of(self, cells: MeantCells) -> str | None:
        """Return the category that a row stands under: its own, or the last one above; none without such a column."""
        cell = cells.first("category")
        self.category = self.category if self.merged else None
        if cell and not is_none(cells.words(cell)):
            self.category = " ".join(cells.words(cell).split())
        return self.category if cells.has_column("category") else None

    def leaders_of(self, cells: MeantCells) -> tuple[str, ...]:
        """Return the persons of a row: its own, or those of the row above; none without such a column."""
        own = cells.all("leader")
        if own and not refers_up(cells.words(own[0])):
            self.leaders = tuple(name for cell in own for name in _names(cells.words(cell)))
        return self.leaders if own or (self.merged and cells.has_column("leader")) else ()

    def deadline_of(self, cells: MeantCells) -> TextSpan | None:
        """Return the deadline of a row: its own, or that of the row above; without such a column one beside its units."""
        cell = cells.first("deadline")
        if cell and not refers_up(cells.words(cell)):
            self.deadline = _deadline(cells.text, *cell[1:])
        elif not cells.has_column("deadline"):
            found = (read_deadline_beside_units(cells.text, a, b) for _, a, b in cells.all("unit"))
            return next((deadline for deadline in found if deadline), None)
        return self.deadline if cell or self.merged else None


def _names(words: str) -> list[str]:
    """Return the persons of a leader cell; where they cannot be read, what it says counts as one name."""
    return read_leaders(words) or ([] if is_none(words) else [" ".join(words.split())])


def _deadline(text: str, start: int, end: int) -> TextSpan | None:
    """6月底前完成 says in the same cell what is done by then; the time alone is the deadline, unless there are stages."""
    if is_none(text[start:end]):
        return None
    staged = len(_STAGE.findall(text[start:end])) > 1
    return (None if staged else read_time(text, start, end)) or TextSpan(text[start:end], start, end)
