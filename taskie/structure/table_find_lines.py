"""Find tables with a row a line, by a header line or by several lines that are cut alike.

Boundary: where such a table begins and ends, and its columns; its rows are read by ``table_lines``.
"""

from __future__ import annotations

from collections.abc import Sequence

from taskie.structure.body_lists import BodyLists
from taskie.structure.columns import Column, kind_of_cell
from taskie.structure.items import Line
from taskie.structure.table_find_runs import wrapped_at
from taskie.structure.table_header_rows import header_above_row, header_columns, header_of_two_rows
from taskie.structure.table_line_cells import GAP, CellLine, cut_cells, delimiter_of, is_separator
from taskie.structure.table_lines import infer_columns, names_on
from taskie.structure.table_region import Found, TableRegion, caption_above, ends_table, raw_end, raw_start

# Lines without cells between two rows: so many, or more where a row can be broken over lines.
_MAX_GAP_LINES, _MAX_WRAPPED_LINES = 2, 7
# A row of gaps has so many cells at least, and blank ones are no more than so many.
_MIN_CELLS, _MAX_BLANK = 3, 2
# Without a header so many rows of a few cells have to be there, and few lines beside them.
_MIN_WIDE, _SHARE_WIDE = 3, 0.6


def lines_at(text: str, lines: Sequence[Line], i: int, lists: BodyLists) -> Found | None:
    """Return the table with a row a line, or the same read over line breaks if its header goes on behind the line."""
    rows = _rows_at(text, lines, i, lists)
    other = wrapped_at(text, lines, i, lists) if rows and rows[0].form == GAP else None
    return other if rows and other and len(other[0].columns) > len(rows[0].columns) else rows


def _rows_at(text: str, lines: Sequence[Line], i: int, lists: BodyLists) -> Found | None:
    line = lines[i]
    delimiter = delimiter_of(text, raw_start(text, line), raw_end(text, line))
    if delimiter is None:
        return None
    header = _header_at(text, lines, i, delimiter)
    if header is None:
        return _headless_at(text, lines, i, delimiter)
    columns, first = header
    stop = _line_behind_rows(text, lines, first, delimiter, len(columns))
    if stop == first:
        return None
    if columns[-1].meaning == "unit":
        stop = _behind_listed(text, lines, first, stop, delimiter, lists)
    columns = _with_number(text, lines[first:stop], delimiter, columns)
    body = min(len(text), raw_end(text, lines[first - 1]) + 1)
    return _region(text, lines, i, stop, delimiter, columns, body), stop


def _header_at(text: str, lines: Sequence[Line], i: int, delimiter: str) -> tuple[tuple[Column, ...], int] | None:
    """Return the columns of the header of one or two rows in line ``i``, and the index of the line behind it."""
    upper = _cut(text, lines[i], delimiter)
    below = next((n for n in range(i + 1, len(lines)) if not is_separator(text, lines[n].start, lines[n].end)), None)
    if delimiter != GAP and below is not None:
        lower = _cut(text, lines[below], delimiter)
        # A line of twice as many cells holds rows and no names of columns.
        columns = header_of_two_rows(text, upper, lower) if len(lower.cells) < 2 * len(upper.cells) - 1 else None
        if columns:
            return columns, below + 1
    columns = header_columns(text, upper)
    if columns is None and below is not None:
        columns = header_above_row(text, upper, _cut(text, lines[below], delimiter))
    return (columns, i + 1) if columns else None


def _region(
    text: str, lines: Sequence[Line], i: int, stop: int, delimiter: str, columns: tuple[Column, ...], body: int
) -> TableRegion:
    start, end = raw_start(text, lines[i]), raw_end(text, lines[stop - 1])
    return TableRegion(start, end, delimiter, columns, body, caption_above(text, lines, i))


def _cut(text: str, line: Line, delimiter: str) -> CellLine:
    return cut_cells(text, raw_start(text, line), raw_end(text, line), delimiter)


def _with_number(text: str, lines: Sequence[Line], delimiter: str, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Put a column of numbers first where rows begin with one that the header does not name."""
    if any(column.meaning == "number" for column in columns):
        return columns
    rows = [_cut(text, line, delimiter).cells for line in lines]
    more = [row for row in rows if len(row) == len(columns) + 1 and kind_of_cell(text[slice(*row[0])]) == "number"]
    return (Column("number"), *columns) if 2 * len(more) > len(rows) else columns


def _line_behind_rows(text: str, lines: Sequence[Line], first: int, delimiter: str, width: int) -> int:
    """Return the index behind the last line of a table of ``width`` columns; lines without cells may stand between rows."""
    stop, loose, filled = first, 0, 0
    for i in range(first, len(lines)):
        row = _cut(text, lines[i], delimiter)
        if i > first and _header_at(text, lines, i, delimiter):
            break
        if _is_row(text, row, delimiter, width):
            stop, loose = i + 1, 0
            # Cells of the row so far; one that a line end broke goes on in the first cell of the next line.
            filled = len(row.cells) if filled >= width else filled + len(row.cells) - (filled > 0)
            continue
        loose += 1
        limit = _MAX_WRAPPED_LINES if delimiter == GAP or 0 < filled < width else _MAX_GAP_LINES
        if loose > limit or ends_table(text, lines[i]):
            break
    return stop


def _behind_listed(text: str, lines: Sequence[Line], first: int, stop: int, delimiter: str, lists: BodyLists) -> int:
    """Return the index behind the bodies, a line each, that end the last row, if rows above end in such lines too."""

    def names_bodies(line: Line) -> bool:
        alone = delimiter_of(text, raw_start(text, line), raw_end(text, line)) is None
        return alone and names_on(text, line.start, line.end, lists)

    listed = any(names_bodies(line) for line in lines[first:stop])
    while stop < len(lines) and (listed or lists.cover(lines[stop].start)) and names_bodies(lines[stop]):
        stop += 1
    return stop


def _is_row(text: str, row: CellLine, delimiter: str, width: int) -> bool:
    if delimiter_of(text, row.start, row.end) == delimiter:
        return True
    return delimiter == GAP and len(row.cells) >= max(_MIN_CELLS, width - _MAX_BLANK)


def _headless_at(text: str, lines: Sequence[Line], i: int, delimiter: str) -> Found | None:
    """Return the lines from ``i`` on that are cut alike, if they are rows; gaps are too common for that."""
    if delimiter == GAP:
        return None
    rows: list[CellLine] = []
    for n in range(i, len(lines)):
        row = _cut(text, lines[n], delimiter)
        if delimiter_of(text, row.start, row.end) != delimiter or (rows and _header_at(text, lines, n, delimiter)):
            break
        rows.append(row)
    wide = [row for row in rows if len(row.cells) >= _MIN_CELLS]
    if len(wide) < _MIN_WIDE or len(wide) < _SHARE_WIDE * len(rows):
        return None
    columns = infer_columns(text, wide)
    if columns is None:
        return None
    stop = i + len(rows)
    return _region(text, lines, i, stop, delimiter, columns, raw_start(text, lines[i])), stop
