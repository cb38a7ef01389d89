"""Ruled tables of a PDF: cells by their lines, merged cells filled in, tables that go on over pages made whole.

Boundary: which cells there are comes from pdfplumber; this puts them on one grid and reads what a page break did.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from taskie.readers.pdf_lines import Line, glued, is_numbered, lines_of, runs_on
from taskie.readers.source import CELL_BREAK

SNAP_PT = 3.0
CELL_PADDING_PT = 5.0
MAX_HEADER_ROWS = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its printed lines."""

    x0: float
    top: float
    x1: float
    bottom: float
    lines: tuple[Line, ...]

    @property
    def runs_on(self) -> bool:
        """Whether the last line was broken for want of room."""
        return bool(self.lines) and runs_on(self.lines[-1], self.x1 - CELL_PADDING_PT)

    @property
    def text(self) -> str:
        """The text; lines that were broken for want of room are joined."""
        text = ""
        for i, line in enumerate(self.lines):
            broken = i and runs_on(self.lines[i - 1], self.x1 - CELL_PADDING_PT) and not is_numbered(line.text)
            text = glued(text, line.text) if broken or not i else text + CELL_BREAK + line.text
        return text


@dataclass(frozen=True, slots=True)
class Fragment:
    """The part of a table that stands on one page."""

    page: int
    cells: tuple[Cell, ...]

    @property
    def top(self) -> float:
        """The upper edge."""
        return min(cell.top for cell in self.cells)

    @property
    def edges(self) -> tuple[float, float]:
        """The left and right edge."""
        return min(cell.x0 for cell in self.cells), max(cell.x1 for cell in self.cells)

    def continues(self, before: Fragment) -> bool:
        """Tell whether this may be the same table on the next page: it is as wide and stands in the same place."""
        return self.page == before.page + 1 and all(
            abs(a - b) <= SNAP_PT for a, b in zip(self.edges, before.edges, strict=True)
        )


@dataclass(slots=True)
class Row:
    """A row on the common grid; ``origins`` are the cells that begin in it, by column."""

    page: int
    cells: list[str]
    origins: dict[int, Cell]


def fragments_of(page: Any, number: int) -> tuple[list[Fragment], list[dict[str, Any]]]:
    """Return the tables of a page and the characters outside them. A frame around text is no table."""
    chars = page.chars
    fragments = []
    for table in page.find_tables():
        boxes = list(table.cells)
        if len({box[0] for box in boxes}) < 2:
            continue
        x0, top, x1, bottom = table.bbox
        inside = [c for c in chars if _inside(c, (x0, top, x1, bottom))]
        cells = []
        for y in sorted({box[1] for box in boxes}):
            in_row = [box for box in boxes if box[1] == y]
            reach = max(box[3] for box in in_row)
            row_chars = [c for c in inside if _inside(c, (x0, y, x1, reach))]
            for box in in_row:
                lines = lines_of([c for c in row_chars if _inside(c, box)], number)
                cells.append(Cell(box[0], box[1], box[2], box[3], tuple(lines)))
        fragments.append(Fragment(number, tuple(cells)))
        taken = {id(c) for c in inside}
        chars = [c for c in chars if id(c) not in taken]
    return sorted(fragments, key=lambda fragment: fragment.top), chars


def _inside(char: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    middle_x, middle_y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= middle_x < box[2] and box[1] <= middle_y < box[3])


def table_rows(fragments: Sequence[Fragment]) -> list[Row]:
    """Return the rows of a table whose parts stand on consecutive pages.

    The heading that is printed again on each page is left out, and a row that a page break divides is joined.
    """
    columns = _snapped(cell.x0 for fragment in fragments for cell in fragment.cells)
    rows: list[Row] = []
    for fragment in fragments:
        added = _fragment_rows(fragment, columns)
        if rows:
            added = added[_repeated(rows, added) :]
            if added and _is_rest(rows[-1], added[0]):
                _join(rows[-1], added[0])
                added = added[1:]
        rows += added
    return rows


def _fragment_rows(fragment: Fragment, columns: Sequence[float]) -> list[Row]:
    tops = _snapped(cell.top for cell in fragment.cells)
    rows = [Row(fragment.page, [""] * len(columns), {}) for _ in tops]
    for cell in fragment.cells:
        first, last = bisect_left(columns, cell.x0 - SNAP_PT), bisect_left(columns, cell.x1 - SNAP_PT)
        upper, lower = bisect_left(tops, cell.top - SNAP_PT), bisect_left(tops, cell.bottom - SNAP_PT)
        rows[upper].origins[first] = cell
        for row in rows[upper:lower]:
            row.cells[first:last] = [cell.text] * (last - first)
    return rows


def _snapped(values: Any) -> list[float]:
    """Return the positions in order, those within the tolerance of one another once."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > SNAP_PT:
            kept.append(value)
    return kept


def _repeated(rows: Sequence[Row], added: Sequence[Row]) -> int:
    """Return how many first rows of ``added`` repeat the table's first rows."""
    count = 0
    while count < min(len(rows), len(added), MAX_HEADER_ROWS) and rows[count].cells == added[count].cells:
        count += 1
    return count


def _is_rest(row: Row, after: Row) -> bool:
    """Tell whether ``after`` is what a page break cut off ``row``.

    Then its first cell is empty, and whatever it holds goes on from a cell that is filled to its last line and has
    the most lines of its row. A row of its own below merged cells has a short cell above one of its cells.
    """
    filled = [i for i, cell in after.origins.items() if cell.lines]
    if not filled or after.cells[0] or not row.cells[0] or set(after.origins) != set(row.origins):
        return False
    longest = max(len(cell.lines) for cell in row.origins.values())
    return all(row.origins[i].runs_on and len(row.origins[i].lines) == longest for i in filled)


def _join(row: Row, rest: Row) -> None:
    for i, text in enumerate(rest.cells):
        if text:
            row.cells[i] = glued(row.cells[i], text)
