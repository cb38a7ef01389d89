"""What a reader returns: the text of a file, and where each stretch of it stood.

Boundary: tables arrive as lines with a tab between cells and merged cells filled in; line breaks inside
a cell are U+2028, so that one line is one row.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from taskie.places import Place, place_at

CELL_BREAK = "\u2028"


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file. ``places`` say where each stretch of it stood, in order."""

    text: str
    format: str
    places: tuple[Place, ...] = ()
    warnings: tuple[str, ...] = ()

    def place_of(self, start: int) -> Place | None:
        """Return the place of the character at ``start``, or ``None`` if the format has no places."""
        return place_at(self.places, start)


@dataclass(slots=True)
class TextBuilder:
    """Collect lines with their places."""

    parts: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    length: int = 0

    def line(self, text: str, place: Place) -> None:
        """Add one line."""
        self._place(place, self.length)
        self._add(text + "\n")

    def table(
        self,
        rows: Iterable[Sequence[str]],
        place: Place,
        *,
        row_places: Sequence[Place] = (),
        columns: Sequence[int] = (),
    ) -> None:
        """Add a table, a row a line; a row with one filled cell or the same text in all cells is given once.

        ``row_places`` tells where each row stood and ``columns`` the number of each column; without them the rows
        and columns are counted from 1.
        """
        self.blank()
        for number, row in enumerate(rows, 1):
            cells = [clean_cell(cell) for cell in row]
            filled = {cell for cell in cells if cell}
            if not filled:
                continue
            at = row_places[number - 1] if row_places else dataclasses.replace(place, row=number)
            if len(filled) == 1 and len(cells) > 1 and cells[0]:
                cells = cells[:1]
            start = self.length
            for i, cell in enumerate(cells):
                self._place(dataclasses.replace(at, column=columns[i] if columns else i + 1), start)
                start += len(cell) + 1
            self._add("\t".join(cells) + "\n")
        self.blank()

    def blank(self) -> None:
        """Add a blank line, unless one stands there."""
        if self.parts and self.parts[-1] != "\n":
            self._add("\n")

    def build(self, kind: str) -> SourceText:
        """Return what was collected."""
        return SourceText("".join(self.parts), kind, tuple(self.places), tuple(self.warnings))

    def _place(self, place: Place, start: int) -> None:
        self.places.append(dataclasses.replace(place, start=start))

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def clean_cell(cell: object) -> str:
    """Return the text of a cell on one line; tabs would be taken for cell borders."""
    text = "" if cell is None else str(cell)
    lines = [" ".join(line.split()) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return CELL_BREAK.join(line for line in lines if line)
