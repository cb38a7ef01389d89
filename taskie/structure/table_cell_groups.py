"""Read a header of two rows that was copied a cell a line: the groups and columns above, then the columns below groups.

Boundary: which headings are groups is told by the first rows, since lines keep no trace of merged cells; a header of one
row is read in ``table_cell_lines``, a heading below its group in ``table_header_rows``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from taskie.structure.columns import UNKNOWN, Column, kind_of_cell, read_header_cell
from taskie.structure.table_cell_lines import NUMBER
from taskie.structure.table_fit import CellText, fit_in_order, fits_among
from taskie.structure.table_header_rows import column_below

_MAX_HEADINGS, _MAX_HEADING = 18, 12
_MIN_WIDTH, _MIN_BELOW, _MAX_GROUPS = 4, 2, 4
_SHARE_KNOWN = 0.7


def find_grouped_header(text: str, cells: Sequence[CellText]) -> tuple[tuple[Column, ...], int] | None:
    """Return the columns of a header of two rows that begins with the first cell, and the index of the cell behind it.

    ``None`` if the first two rows are not alike, or fit the headings as they come. Of all ways to hang the last headings
    below some of the first ones the one counts that both rows fit best.
    """
    if not cells or (first := read_header_cell(_words(text, cells[0]))) is None or first.meaning != "number":
        return None
    behind = _first_number(text, cells, 1, _MAX_HEADINGS)
    rows = _first_rows(text, cells[behind:]) if behind else None
    if not rows or not len(rows[0]) < behind < 2 * len(rows[0]):
        return None
    headings = [_words(text, cell) for cell in cells[:behind]]
    if not _are_headings(headings):
        return None
    plain = [read_header_cell(heading) or Column(UNKNOWN, word=heading) for heading in headings]
    if all(fits_among(text, plain, row) for row in rows):
        return None
    found = [(sum(fits), columns) for columns in _ways(headings, len(rows[0])) if (fits := _fits(text, columns, rows))]
    return (max(found, key=lambda way: way[0])[1], behind) if found else None


def _words(text: str, cell: CellText) -> str:
    return text[cell.start : cell.end]


def _first_number(text: str, cells: Sequence[CellText], number: int, most: int) -> int:
    """Return the index of the first cell that is ``number``, 0 if it is none of the first ones."""
    numbers = ((i, NUMBER.match(_words(text, cell))) for i, cell in enumerate(cells[: most + 1]))
    return next((i for i, match in numbers if match and match[1] == str(number)), 0)


def _first_rows(text: str, cells: Sequence[CellText]) -> list[Sequence[CellText]] | None:
    """Return rows 1 and 2 if they have as many cells; row 2 ends with the table or before row 3."""
    width = _first_number(text, cells, 2, _MAX_HEADINGS)
    end = 2 * width
    third = _words(text, cells[end]) if end < len(cells) else "3"
    if width < _MIN_WIDTH or len(cells) < end or not NUMBER.match(third):
        return None
    return [cells[:width], cells[width:end]]


def _are_headings(headings: Sequence[str]) -> bool:
    known = sum(read_header_cell(heading) is not None for heading in headings)
    short = all(len(heading) <= _MAX_HEADING and kind_of_cell(heading) != "number" for heading in headings)
    return short and known >= _SHARE_KNOWN * len(headings)


def _ways(headings: Sequence[str], width: int) -> Iterator[tuple[Column, ...]]:
    """Yield the columns for each way to hang the last headings below groups, ``width`` columns in all."""
    groups = len(headings) - width
    if groups > _MAX_GROUPS:
        return
    for above in range(groups + 1, len(headings) - _MIN_BELOW * groups + 1):
        below = headings[above:]
        for chosen in combinations(range(1, above), groups):
            for cuts in combinations(range(1, len(below)), groups - 1):
                parts = [below[a:b] for a, b in zip((0, *cuts), (*cuts, len(below)), strict=True)]
                if all(len(part) >= _MIN_BELOW for part in parts):
                    yield _hung(headings[:above], dict(zip(chosen, parts, strict=True)))


def _hung(above: Sequence[str], below: dict[int, Sequence[str]]) -> tuple[Column, ...]:
    columns: list[Column] = []
    for i, heading in enumerate(above):
        own = [column_below(heading, under) for under in below.get(i, ())] or [read_header_cell(heading)]
        words = below.get(i, (heading,))
        columns += [column or Column(UNKNOWN, word=word) for column, word in zip(own, words, strict=True)]
    return tuple(columns)


def _fits(text: str, columns: Sequence[Column], rows: Sequence[Sequence[CellText]]) -> list[float]:
    """Return how well each row fits, nothing if one of them contradicts the columns."""
    fits = [fit_in_order(text, columns, row) for row in rows]
    return [fit for fit in fits if fit is not None] if None not in fits else []
