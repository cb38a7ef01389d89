"""Read the tasks of a table that was found, by the form it is laid out in.

Boundary: a form is read in a module of its own; here it is only told which, and what blank cells mean in it.
"""

from __future__ import annotations

from collections.abc import Sequence

from taskie.structure.body_lists import BodyLists
from taskie.structure.columns import Column
from taskie.structure.outline import TaskOutline
from taskie.structure.reading import PLAIN, Reading
from taskie.structure.table_cell_lines import cell_lines
from taskie.structure.table_cells import read_cell_rows
from taskie.structure.table_cutting import cut_rows
from taskie.structure.table_fit import CellText, assign
from taskie.structure.table_line_cells import GAP
from taskie.structure.table_lines import column_groups, read_rows
from taskie.structure.table_region import CELLS, NUMBERED, RUN, WRAPPED, TableRegion
from taskie.structure.table_rows import Row
from taskie.structure.table_run import read_run_rows
from taskie.structure.table_run_header import RunHeader
from taskie.structure.table_tasks import build_tasks


def read_table(text: str, region: TableRegion, reading: Reading = PLAIN) -> tuple[TaskOutline, ...]:
    """Return the tasks of a table, in text order; ``reading`` has the rules of the document and its bodies."""
    rows: Sequence[Row]
    if region.form in (RUN, WRAPPED):
        header = RunHeader(region.columns, region.start, region.body)
        rows = region.rows if region.form == WRAPPED else read_run_rows(text, header, region.end, reading.lists)
        return build_tasks(text, region.columns, rows, reading, merged=False, apart=True)
    if region.form == CELLS:
        rows = read_cell_rows(text, region.columns, cell_lines(text, region.body, region.end), reading.lists)
        return build_tasks(text, region.columns, rows, reading)
    if region.form == NUMBERED:
        return build_tasks(text, region.columns, region.rows, reading)
    return _read_lines(text, region, reading)


def _read_lines(text: str, region: TableRegion, reading: Reading) -> tuple[TaskOutline, ...]:
    """Read a row a line; of tables side by side each is one of its own, with its own blank cells."""
    rows = read_rows(
        text, region.columns, cut_rows(text, region.columns, region.body, region.end, region.form), reading.lists
    )
    groups = column_groups(region.columns)
    if region.form == GAP and len(groups) == 1:
        rows = [_placed(text, region.columns, row, reading.lists) for row in rows]
    tasks: list[TaskOutline] = []
    for first, last in groups:
        own = [row for row in rows if row.cells and first <= row.cells[0][0] < last]
        tasks.extend(build_tasks(text, region.columns, own, reading))
    return tuple(sorted(tasks, key=lambda task: task.start))


def _placed(text: str, columns: Sequence[Column], row: Row, lists: BodyLists) -> Row:
    """Put the cells of a row under the columns that they fit: gaps leave no trace of a blank cell."""
    if len(row.cells) == len(columns):
        return row
    cells = [CellText(start, end, False) for _, start, end in row.cells]
    known = {i: "unit" for i, cell in enumerate(cells) if lists.covers(text, cell.start, cell.end)}
    return Row(assign(text, columns, cells, known=known), row.headings, row.inherited)
