"""Where in a file a stretch of text stood: paragraph, page, sheet, table, row and column, as people count them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a stretch of text that begins at ``start`` of the document's text and goes on to the next place.

    All numbers begin at 1; ``None`` for what does not apply. ``row`` and ``column`` are those of the file, hidden and
    empty ones counted; of merged cells, each row has its own. ``page`` is known for PDF and OFD only, where a
    paragraph or a cell that goes on over a page is on the page it begins on.
    """

    start: int = 0
    paragraph: int | None = None
    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        if self.sheet is not None and self.row is not None and self.column is not None:
            return f"sheet {self.sheet}, cell {column_letters(self.column)}{self.row}"
        named = [
            ("page", self.page),
            ("sheet", self.sheet),
            ("table", self.table),
            ("row", self.row),
            ("column", self.column),
            ("paragraph", self.paragraph),
        ]
        return ", ".join(f"{name} {value}" for name, value in named if value is not None)


def place_at(places: Sequence[Place], start: int) -> Place | None:
    """Return the last place that begins at or before ``start``, or ``None`` if there is none."""
    i = bisect_right(places, start, key=lambda place: place.start) - 1
    return places[i] if i >= 0 else None


def column_letters(column: int) -> str:
    """Return the letters of a column of a spreadsheet: A for 1, AA for 27."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
