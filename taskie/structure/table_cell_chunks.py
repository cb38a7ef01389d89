"""Cut the cells of a table, one behind the other, into rows: at its bars, at its numbers, or by counting.

Boundary: which cells belong together; under which column each of them stands is told in ``table_fit``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taskie.structure.columns import CODE, Column, kind_of_cell
from taskie.structure.numbering import number_value
from taskie.structure.table_cell_lines import NUMBER
from taskie.structure.table_fit import TOLD_BY_FORM, CellText

_SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十]+(?:部分|[部章类篇编节]))"
)
_BRACKETED = re.compile(r"[（(〔\[【](?:[^（()）〔〕\[\]【】]|[（(][^（）()]*[）)]){4,200}[）)〕\]】]\s*$")
_MAX_SECTION = 50
_CODE = re.compile(rf"^{CODE}$")
# Bars part cells and not rows if so many rows have about as many cells as there are columns.
_SHARE_TIGHT = 0.8
# So many numbers may be lost between two rows.
_MAX_LOST = 40
# Behind a row of so many cells a higher number than the next one begins a row too.
_MIN_FULL = 3
_MIN_ROW = 2


@dataclass(frozen=True, slots=True)
class Chunk:
    """The cells of a row, and the cells before it that are headings."""

    headings: tuple[CellText, ...]
    cells: tuple[CellText, ...]


def cut_rows(text: str, columns: Sequence[Column], cells: Sequence[CellText]) -> list[Chunk]:
    """Return the rows that ``cells`` make up; a row without cells only has headings."""
    numbered = any(column.meaning == "number" for column in columns)
    return (
        _cut_at_bars(text, cells, len(columns))
        or (_cut_at_numbers(text, cells, columns) if numbered else [])
        or _cut_by_count(cells, len(columns))
    )


def _cut_at_bars(text: str, cells: Sequence[CellText], width: int) -> list[Chunk]:
    """Cut where a row has all its bars and a line without one begins the next; empty if bars part rows too."""
    chunks: list[Chunk] = []
    row: list[CellText] = []
    opened = 0
    for cell in cells:
        full = opened >= width - 1
        if row and full and (not cell.opens or len(row) > 2 * width):
            headed = len(row) > width and not row[0].opens and _is_heading(text, row[0])
            chunks.append(Chunk(tuple(row[:headed]), tuple(row[headed:])))
            row, opened = [], 0
        row.append(cell)
        opened += cell.opens
    if opened >= width - 2:
        chunks.append(Chunk((), tuple(row)))
    tight = sum(width - 1 <= len(chunk.cells) <= width + 2 for chunk in chunks)
    return chunks if len(chunks) > 1 and tight > _SHARE_TIGHT * len(chunks) else []


def _cut_at_numbers(text: str, cells: Sequence[CellText], columns: Sequence[Column]) -> list[Chunk]:
    """Cut at the numbers that go on counting; headings between rows are taken out of the row before."""
    starts = _number_cells(text, cells)
    before_number = next((k for k, column in enumerate(columns) if column.meaning == "number"), 0)
    begins = [_begin(text, cells, columns, starts, n, before_number) for n in range(len(starts))]
    headings = [c for c in cells[: begins[0]] if c.start < c.end] if begins else []
    chunks: list[Chunk] = []
    for begin, stop in zip(begins, [*begins[1:], len(cells)], strict=False):
        row = list(cells[begin:stop])
        behind: list[CellText] = []
        while len(row) > _MIN_ROW and _is_heading(text, row[-1]):
            behind.insert(0, row.pop())
        chunks.append(Chunk(tuple(headings), tuple(row)))
        headings = behind
    return chunks


def _begin(
    text: str, cells: Sequence[CellText], columns: Sequence[Column], starts: Sequence[int], n: int, before: int
) -> int:
    """Return where row ``n`` begins: ``before`` cells before its number, or at it where a merged cell was printed above.

    It was if the row above has no more cells than it needs, and the cell before the number may be its last one.
    """
    first = starts[n]
    if first < before or not before:
        return first
    if n and first - starts[n - 1] <= len(columns) - before:
        kind, last = kind_of_cell(text[cells[first - 1].start : cells[first - 1].end]), columns[-1].meaning
        if kind == last or last not in TOLD_BY_FORM:
            return first
    return first - before


def _number_cells(text: str, cells: Sequence[CellText]) -> list[int]:
    """Return the indexes of the cells that number rows: codes, the first number, those that count on, and a new 1."""
    found: list[int] = []
    expected: int | None = None
    for i, cell in enumerate(cells):
        words = text[cell.start : cell.end]
        if _CODE.match(words):
            found.append(i)
            continue
        match = NUMBER.match(words)
        if not match:
            continue
        value = number_value(match[1]) or 0
        full = bool(found) and i - found[-1] >= _MIN_FULL
        if expected is None or value in (1, expected) or (full and expected < value <= expected + _MAX_LOST):
            found.append(i)
            expected = value + 1
    return found


def _cut_by_count(cells: Sequence[CellText], width: int) -> list[Chunk]:
    """Without numbers a row is as many cells as there are columns."""
    return [Chunk((), tuple(cells[i : i + width])) for i in range(0, len(cells) - width + 1, width)]


def _is_heading(text: str, cell: CellText) -> bool:
    return is_section(text[cell.start : cell.end])


def is_section(words: str) -> bool:
    """Tell whether a cell is a numbered heading, an attribution in brackets behind it aside."""
    bare = _BRACKETED.sub("", words)
    return bool(_SECTION.match(words)) and len(bare) <= _MAX_SECTION and "。" not in bare[:-1]
