"""Read run tables whose text was also broken over lines, in the middle of words and cells.

Boundary: takes the line breaks out and gives the rows back in places of the document; a run without breaks is read in
``table_run``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taskie.structure.body_lists import BodyLists
from taskie.structure.items import Line
from taskie.structure.table_rows import Row
from taskie.structure.table_run import read_run_rows
from taskie.structure.table_run_cells import is_complete
from taskie.structure.table_run_glued_header import find_header_by_rows
from taskie.structure.table_run_header import RunHeader

_MIN_COLUMNS, _MIN_ROWS = 4, 2
# The last row is looked for over so many lines.
_MAX_LINES = 12
# So many of the rows have to hold what their columns ask for.
_SHARE_COMPLETE = 0.5
_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_NEW_CELL = re.compile(r"[\d０-９]{1,3}(?:[\s、.．]|(?=[\u4e00-\u9fff“《A-Za-z]))")


@dataclass(frozen=True, slots=True)
class WrappedTable:
    """The columns, rows and end of a table, in places of the document."""

    header: RunHeader
    rows: tuple[Row, ...]
    end: int


def read_wrapped(text: str, lines: Sequence[Line], first: int, last: int, lists: BodyLists) -> WrappedTable | None:
    """Return the table whose header stands in line ``first`` and that goes on to line ``last`` at most, if there is one."""
    joined, places = _unwrap(text, lines[first : last + 1])
    joined = joined.translate(_HALF_WIDTH)
    reach = places.index(lines[first].end - 1) + 1
    back = {place: i for i, place in enumerate(places)}
    known = BodyLists.of(joined, [(back[a], back[b - 1] + 1) for a, b in lists.bodies if a in back and b - 1 in back])
    header = find_header_by_rows(joined, 0, len(joined), known)
    if header is None or header.start >= reach or len(header.columns) < _MIN_COLUMNS:
        return None
    rows = read_run_rows(joined, header, len(joined), known) if known.lists else []
    if len(rows) < _MIN_ROWS:
        return None
    ends = sorted({back[line.end - 1] + 1 for line in lines[first : last + 1]})
    rows[-1] = _last_row(joined, header, rows, ends, known)
    complete = sum(is_complete(joined, header.columns, row.cells, known) for row in rows)
    if complete < _SHARE_COMPLETE * len(rows):
        return None
    printed = tuple(
        Row(tuple((k, places[a], places[b - 1] + 1) for k, a, b in row.cells if a < b), row.headings) for row in rows
    )
    end = max(b for row in printed for _, _, b in row.cells)
    return WrappedTable(RunHeader(header.columns, places[header.start], places[header.end - 1] + 1), printed, end)


def _last_row(joined: str, header: RunHeader, rows: Sequence[Row], ends: Sequence[int], lists: BodyLists) -> Row:
    """The last row goes on to the first line end at which it has all its cells; what follows is no part of the table."""
    start = min(a for _, a, _ in rows[-1].cells)
    behind = RunHeader(header.columns, header.start, start)
    for end in [end for end in ends if end > start][:_MAX_LINES]:
        row = Row((read_run_rows(joined, behind, end, lists) or rows)[-1].cells, rows[-1].headings)
        filled = {k for k, _, _ in row.cells}
        own = min((a for _, a, _ in row.cells), default=-1) == start
        if own and len(header.columns) - 1 in filled and is_complete(joined, header.columns, row.cells, lists):
            return row
    return rows[-1]


def _unwrap(text: str, lines: Sequence[Line]) -> tuple[str, list[int]]:
    """Return the lines in one, and where each of its characters stands in ``text``.

    A break becomes a blank where it parts cells: before a number; if blanks part cells elsewhere, also beside a blank and
    behind a full stop.
    """
    spaced = sum(text.count(" ", line.start, line.end) for line in lines) > 2 * len(lines)
    joined: list[str] = []
    places: list[int] = []
    for n, line in enumerate(lines):
        before = lines[n - 1].end if n else line.start
        gap = text[before : line.start].strip("\r\n")
        parted = spaced and (gap or text[before - 1 : before] in tuple("。；）)"))
        if n and (parted or _NEW_CELL.match(text, line.start)):
            joined.append(" ")
            places.append(before)
        joined.append(text[line.start : line.end])
        places.extend(range(line.start, line.end))
    return "".join(joined), places
