"""A row of a table as every form gives it, and its cells by what their columns mean.

Boundary: cells are already under columns; which row is a task, and what it takes over from those above, is told in
``table_tasks``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from taskie.records import TextSpan, Unit
from taskie.structure.columns import Column, is_none

# The index of the column, and the span of what stands in it.
Cell = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, trimmed, blank ones left out.

    ``inherited`` are the units that the heading above the row names.
    """

    cells: tuple[Cell, ...]
    headings: tuple[str, ...] = ()
    inherited: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class MeantCells:
    """The cells of one row by the meaning of their columns, each meaning's in the order of the row."""

    text: str
    columns: tuple[Column, ...]
    by_meaning: dict[str, list[Cell]]

    @classmethod
    def of(cls, text: str, columns: tuple[Column, ...], row: Row) -> MeantCells:
        """Sort the cells of ``row``; those behind the last column mean nothing and are left out."""
        by_meaning: dict[str, list[Cell]] = {}
        for cell in row.cells:
            if cell[0] < len(columns):
                by_meaning.setdefault(columns[cell[0]].meaning, []).append(cell)
        return cls(text, columns, by_meaning)

    def has_column(self, meaning: str) -> bool:
        """Tell whether the table has such a column, filled in this row or not."""
        return any(column.meaning == meaning for column in self.columns)

    def all(self, meaning: str) -> Sequence[Cell]:
        """Return the cells of a meaning."""
        return self.by_meaning.get(meaning, ())

    def first(self, meaning: str) -> Cell | None:
        """Return the first cell of a meaning."""
        return next(iter(self.all(meaning)), None)

    def words(self, cell: Cell) -> str:
        """Return what stands in ``cell``."""
        return self.text[cell[1] : cell[2]]

    def stated(self, meaning: str) -> list[Cell]:
        """Return the cells of a meaning that do not say that there is nothing."""
        return [cell for cell in self.all(meaning) if not is_none(self.words(cell))]

    def span_over(self, meaning: str) -> TextSpan | None:
        """Return one span over all that is stated under a meaning (一季度, 二季度 …)."""
        cells = self.stated(meaning)
        if not cells:
            return None
        start, end = min(a for _, a, _ in cells), max(b for _, _, b in cells)
        return TextSpan(self.text[start:end], start, end)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the cell without the white space and bars around it."""
    while start < end and (text[start].isspace() or text[start] in "|｜"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "|｜"):
        end -= 1
    return start, end
