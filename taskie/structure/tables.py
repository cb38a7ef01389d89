"""Find the tables in plain text, whatever form copying left them in.

Boundary: which form is asked for first; a form is found and read in modules of its own, so a new layout is one more entry
here and its modules.
"""

from __future__ import annotations

from taskie.structure.body_lists import NO_BODIES, BodyLists
from taskie.structure.items import read_lines
from taskie.structure.table_find_cells import cells_at
from taskie.structure.table_find_lines import lines_at
from taskie.structure.table_find_runs import run_at, wrapped_at
from taskie.structure.table_region import TableRegion


def find_tables(text: str, lists: BodyLists = NO_BODIES) -> tuple[TableRegion, ...]:
    """Return the tables of ``text``, in text order, without overlap.

    ``lists`` are lists of bodies known from elsewhere; tables without marks between cells need them.
    """
    regions: list[TableRegion] = []
    lines = read_lines(text, 0, len(text))
    i = 0
    while i < len(lines):
        found = (
            run_at(text, lines, i, lists)
            or lines_at(text, lines, i, lists)
            or cells_at(text, lines, i)
            or wrapped_at(text, lines, i, lists)
        )
        if found:
            region, i = found
            regions.append(region)
        else:
            i += 1
    return tuple(regions)
