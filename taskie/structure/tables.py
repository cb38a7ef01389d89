"""Find the tables in plain text, whatever form copying left them in.

Boundary: which form is asked for first; a form is found and read in modules of its own, so a new layout is one more entry
here and its modules.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from taskie.structure.body_lists import NO_BODIES, BodyLists
from taskie.structure.items import Line, read_lines
from taskie.structure.reading import Reading
from taskie.structure.table_find_broken import broken_at
from taskie.structure.table_find_cells import cells_at
from taskie.structure.table_find_lines import lines_at
from taskie.structure.table_find_numbered import numbered_tables
from taskie.structure.table_find_runs import run_at, wrapped_at
from taskie.structure.table_reading import read_table
from taskie.structure.table_region import TableRegion

# Rows are read as they are numbered if so many of the tasks begin at their numbers, and so many numbers begin tasks.
_SHARE_READ = 0.9


def find_tables(text: str, lists: BodyLists = NO_BODIES) -> tuple[TableRegion, ...]:
    """Return the tables of ``text``, in text order, without overlap.

    ``lists`` are lists of bodies known from elsewhere; tables without marks between cells need them. A table that its
    headings do not read row by row, as its numbers tell the rows, is read by the rows.
    """
    lines = read_lines(text, 0, len(text))
    regions = _find(text, lines, lists)
    numbered = [table for table in numbered_tables(text, lines, lists) if not _is_read(text, table, regions, lists)]
    if not numbered:
        return regions
    found: list[TableRegion] = []
    position = 0
    for table in numbered:
        found += [*_find(text, _between(lines, position, table.start), lists), table]
        position = table.end
    return (*found, *_find(text, _between(lines, position, len(text)), lists))


def _between(lines: Sequence[Line], start: int, end: int) -> list[Line]:
    first = bisect_left(lines, start, key=lambda line: line.start)
    return list(lines[first : bisect_right(lines, end, key=lambda line: line.end)])


def _is_read(text: str, table: TableRegion, regions: Sequence[TableRegion], lists: BodyLists) -> bool:
    """Tell whether tables that were found otherwise have the columns and rows of ``table``, each row as a task of its own."""
    reading = Reading(lists=lists)
    over = [region for region in regions if region.start < table.end and table.start < region.end]
    if any(len(region.columns) < len(table.columns) for region in over):
        return False
    tasks = [task.start for region in over for task in read_table(text, region, reading)]
    inside = {start for start in tasks if table.start <= start < table.end}
    rows = {task.start for task in read_table(text, table, reading)}
    same = len(inside & rows)
    return same >= _SHARE_READ * len(inside) and same >= _SHARE_READ * len(rows)


def _find(text: str, lines: Sequence[Line], lists: BodyLists) -> tuple[TableRegion, ...]:
    regions: list[TableRegion] = []
    i = 0
    while i < len(lines):
        found = (
            run_at(text, lines, i, lists)
            or broken_at(text, lines, i, lists)
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
