"""Read tables that copying ran into one line, with single spaces between the cells or nothing at all.

Boundary: this puts together what the header says of the columns, where rows begin, what stands between them, and their
cells, each told in a ``table_run_*`` module.
"""

from __future__ import annotations

from taskie.structure.body_lists import NO_BODIES, BodyLists
from taskie.structure.table_glued_title import with_even_titles
from taskie.structure.table_rows import Row
from taskie.structure.table_run_cells import RunRow, read_run_cells
from taskie.structure.table_run_header import RunHeader
from taskie.structure.table_run_margins import (
    cut_category,
    cut_headings,
    headings_before,
    headings_in_force,
    units_named,
    without_page,
)
from taskie.structure.table_run_starts import row_starts


def read_run_rows(text: str, header: RunHeader, end: int, lists: BodyLists = NO_BODIES) -> list[Row]:
    """Return the rows behind ``header``, each with its headings.

    ``lists`` are the lists of bodies known from elsewhere; they tell rows and cells apart where form does not.
    """
    starts = row_starts(text, header, end, lists)
    headings = headings_before(text, header.end, starts[0][0]) if starts else ()
    inherited = units_named(text, header.end, starts[0][0]) if starts else ()
    rows: list[Row] = []
    for (number, content), following in zip(starts, [*starts[1:], (end, end)], strict=False):
        row_end, below = cut_headings(text, content, following[0])
        if not below and following != (end, end):
            row_end, below = cut_category(text, content, row_end, header)
        row = RunRow(number, content, without_page(text, header, content, row_end, lists))
        rows.append(Row(read_run_cells(text, header.columns, row, lists), headings, inherited))
        headings = headings_in_force(headings, below)
        inherited = units_named(text, row_end, following[0]) if below else inherited
    return with_even_titles(text, header.columns, rows)
