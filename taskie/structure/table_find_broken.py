"""Find tables below a header in one line whose rows are broken over lines, in cells and between them.

Boundary: where such a table begins and ends; its rows are read in ``table_broken_rows``.
"""

from __future__ import annotations

from collections.abc import Sequence

from taskie.structure.body_lists import BodyLists
from taskie.structure.items import Line
from taskie.structure.table_broken_rows import broken_rows
from taskie.structure.table_header_rows import header_columns
from taskie.structure.table_line_cells import GAP, cut_cells, delimiter_of
from taskie.structure.table_region import WRAPPED, Found, TableRegion, caption_above, line_behind


def broken_at(text: str, lines: Sequence[Line], i: int, lists: BodyLists) -> Found | None:
    """Return the table whose header is line ``i`` if gaps and line ends part the cells of its rows."""
    line = lines[i]
    if delimiter_of(text, line.start, line.end) != GAP:
        return None
    columns = header_columns(text, cut_cells(text, line.start, line.end, GAP))
    rows = broken_rows(text, columns, lines, i + 1, lists) if columns else ()
    if not columns or not rows:
        return None
    end = max(b for row in rows for _, _, b in row.cells)
    stop = line_behind(lines, i, end)
    body = lines[i + 1].start
    return TableRegion(line.start, end, WRAPPED, columns, body, caption_above(text, lines, i), rows), stop
