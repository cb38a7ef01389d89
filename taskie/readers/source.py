"""What a reader returns: the text of a file, and where each stretch of it stood.

Boundary: tables arrive as lines with a tab between cells and merged cells filled in; line breaks inside
a cell are U+2028, so that one line is one row.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

CELL_BREAK = "\u2028"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of text came from; ``None`` for what does not apply."""

    paragraph: int | None = None
    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None

    def __str__(self) -> str:
        named = [
            ("page", self.page),
            ("sheet", self.sheet),
            ("table", self.table),
            ("row", self.row),
            ("paragraph", self.paragraph),
        ]
        return ", ".join(f"{name} {value}" for name, value in named if value is not None)


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file. ``starts`` are the offsets at which the places begin, in order."""

    text: str
    format: str
    starts: tuple[int, ...] = ()
    places: tuple[Place, ...] = ()
    warnings: tuple[str, ...] = ()

    def place_of(self, start: int) -> Place | None:
        """Return the place of the character at ``start``, or ``None`` if the format has no places."""
        i = bisect_right(self.starts, start) - 1
        return self.places[i] if i >= 0 else None


@dataclass(slots=True)
class TextBuilder:
    """Collect lines with their places."""

    parts: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    length: int = 0

    def line(self, text: str, place: Place) -> None:
        """Add one line."""
        self.starts.append(self.length)
        self.places.append(place)
        self.parts.append(text + "\n")
        self.length += len(text) + 1

    def table(self, rows: Iterable[Sequence[str]], place: Place) -> None:
        """Add a table, a row a line; a row with one filled cell or the same text in all cells is given once."""
        self.blank()
        for number, row in enumerate(rows, 1):
            cells = [clean_cell(cell) for cell in row]
            filled = {cell for cell in cells if cell}
            if not filled:
                continue
            text = filled.pop() if len(filled) == 1 and len(cells) > 1 and cells[0] else "\t".join(cells)
            self.line(text, Place(place.paragraph, place.page, place.sheet, place.table, number))
        self.blank()

    def blank(self) -> None:
        """Add a blank line, unless one stands there."""
        if self.parts and self.parts[-1] != "\n":
            self.parts.append("\n")
            self.length += 1

    def build(self, kind: str) -> SourceText:
        """Return what was collected."""
        return SourceText("".join(self.parts), kind, tuple(self.starts), tuple(self.places), tuple(self.warnings))


def clean_cell(cell: object) -> str:
    """Return the text of a cell on one line; tabs would be taken for cell borders."""
    text = "" if cell is None else str(cell)
    lines = [" ".join(line.split()) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return CELL_BREAK.join(line for line in lines if line)
