"""Find tables that were copied a cell a line, by header words on lines of their own.

Boundary: where such a table begins and ends, and its columns; its rows are read by ``table_cells``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskie.structure.items import Line
from taskie.structure.numbering import read_number
from taskie.structure.table_cell_chunks import is_section
from taskie.structure.table_cell_groups import find_grouped_header
from taskie.structure.table_cell_lines import cell_lines, find_header
from taskie.structure.table_reading import read_table
from taskie.structure.table_region import CELLS, Found, TableRegion, caption_above, ends_table, raw_start

_MAX_WORD = 16
# A header is looked for in so many lines.
_HEADER_LINES = 40
# What ends a table is not looked for in the first lines behind its header, which a header can go on in.
_MIN_ROW_LINES = 3
# A line so long that begins with an item's number is prose behind a table with a cell a line.
_MIN_PROSE = 50
_MAX_HEADING = 24


def cells_at(text: str, lines: Sequence[Line], i: int) -> Found | None:
    """Return the table whose header words begin with line ``i``, if it has any task."""
    if lines[i].end - lines[i].start > _MAX_WORD:
        return None
    start = raw_start(text, lines[i])
    cells = cell_lines(text, start, lines[min(len(lines), i + _HEADER_LINES) - 1].end)
    header = find_grouped_header(text, cells) or find_header(text, cells)
    if header is None or header[1] >= len(cells):
        return None
    columns, behind = header
    stop = _line_behind_cells(text, lines, i + behind)
    body = raw_start(text, Line(cells[behind].start, cells[behind].end))
    region = TableRegion(start, lines[stop - 1].end, CELLS, columns, body, caption_above(text, lines, i))
    return (region, stop) if read_table(text, region) else None


def _line_behind_cells(text: str, lines: Sequence[Line], first: int) -> int:
    """The table goes on to the end of the text, to a line that ends it, or to prose with the heading above that."""
    for i in range(first + _MIN_ROW_LINES + 1, len(lines)):
        if ends_table(text, lines[i]):
            return i
        if _is_prose(text, lines[i]):
            return i - 1 if _is_heading(text, lines[i - 1]) else i
    return len(lines)


def _is_prose(text: str, line: Line) -> bool:
    words = text[line.start : line.end]
    long = len(words) >= _MIN_PROSE and "。" in words[:-1]
    return long and not is_section(words) and read_number(text, line.start) is not None


def _is_heading(text: str, line: Line) -> bool:
    """Tell whether a line is short, has no clauses, and no tab or blank before it as cells have."""
    short = line.end - line.start <= _MAX_HEADING and not re.search(r"[，。；、]", text[line.start : line.end])
    return short and text[line.start - 1] == "\n"
