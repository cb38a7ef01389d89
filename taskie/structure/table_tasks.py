"""Turn rows of cells into task outlines: one place where every table form ends up.

Boundary: rows come with their cells already under columns; which row is a task and where its parts lie is told here, what
columns mean in ``table_meanings``, what blank cells inherit in ``table_merged``, who is responsible in ``table_units``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from taskie.records import TextSpan
from taskie.structure.columns import Column, is_none
from taskie.structure.items import read_lines
from taskie.structure.outline import TaskOutline
from taskie.structure.reading import PLAIN, Reading
from taskie.structure.responsibility_words import states_responsibility
from taskie.structure.table_meanings import settled_columns
from taskie.structure.table_merged import Above
from taskie.structure.table_rows import Cell, MeantCells, Row
from taskie.structure.table_unit_cell import split_at_blanks
from taskie.structure.table_units import read_units

_SUM = re.compile(r"(?:合|小|总|共)\s?计(?![\u4e00-\u9fff]{2})")
# A sum is said in one of so many cells at the beginning of its row.
_SUM_CELLS = 2
# Lines that say who is responsible stand no further down in a statement than so many lines.
_MAX_LABEL_LINE = 2


def build_tasks(
    text: str, columns: Sequence[Column], rows: Sequence[Row], reading: Reading = PLAIN, *, merged: bool = True,
    apart: bool = False,
) -> tuple[TaskOutline, ...]:  # fmt: skip
    """Return a task for each row that states something, in the order of ``rows``.

    ``merged`` lets a blank unit, leader or deadline cell take over what the row above has. ``apart`` tells names
    apart, by the bodies of ``reading``, that only a blank parts.
    """
    settled = settled_columns(text, columns, rows)
    above = Above()
    tasks = []
    for row in rows:
        above = above if merged else Above(said=above.said)
        task = _build(MeantCells.of(text, settled, row), row, above, reading)
        if task and apart and reading.lists.bodies:
            task = replace(task, units=split_at_blanks(text, task.units, reading.lists))
        if task:
            tasks.append(task)
    return tuple(tasks)


def _build(cells: MeantCells, row: Row, above: Above, reading: Reading) -> TaskOutline | None:
    category = above.category_of(cells)  # a row that is no task hands its category down all the same
    title, statement = _title_and_statement(cells)
    if statement is None or is_none(cells.words(statement)) or _is_sum(cells, row, statement):
        return None
    statement = _without_label(cells.text, statement)
    start, end = _extent(cells, row, statement)
    return TaskOutline(
        number=_number(cells), title=title, headings=(*row.headings, category) if category else row.headings,
        start=start, end=end, statement=_span(cells, statement), parts=_parts(cells, statement),
        units=read_units(cells, row, statement, above, reading), leaders=above.leaders_of(cells), deadline=above.deadline_of(cells),
        status=_status(cells), progress=cells.span_over("progress"), next_steps=cells.span_over("next_steps"),
        problems=cells.span_over("problems"), in_table=True,
    )  # fmt: skip


def _title_and_statement(cells: MeantCells) -> tuple[TextSpan | None, Cell | None]:
    """Where the statement is blank, the title says what is to be done."""
    title, statement = cells.first("title"), cells.first("statement")
    if statement is None:
        return None, title
    return None if title is None or is_none(cells.words(title)) else _span(cells, title), statement


def _is_sum(cells: MeantCells, row: Row, statement: Cell) -> bool:
    return any(_SUM.match(cells.words(cell)) for cell in (*row.cells[:_SUM_CELLS], statement))


def _without_label(text: str, statement: Cell) -> Cell:
    """Begin the statement behind lines that only say who is responsible: in a cell a line they stand between title and statement."""
    index, start, end = statement
    lines = read_lines(text, start, end)
    labels = [i for i, line in enumerate(lines[:-1]) if states_responsibility(text, line.start, line.end)]
    return (index, lines[labels[-1] + 1].start, end) if labels and labels[-1] <= _MAX_LABEL_LINE else statement


def _parts(cells: MeantCells, statement: Cell) -> tuple[tuple[int, int], ...]:
    """The statement and the cells that set goals of their own beside it (年度目标, 量化指标) can hold targets."""
    return tuple(sorted((start, end) for _, start, end in (statement, *cells.stated("goal"))))


def _number(cells: MeantCells) -> str | None:
    cell = cells.first("number")
    return cells.words(cell).strip().rstrip("、.．") or None if cell else None


def _status(cells: MeantCells) -> str | None:
    cell = cells.first("status")
    return None if cell is None or is_none(cells.words(cell)) else cells.words(cell)


def _span(cells: MeantCells, cell: Cell) -> TextSpan:
    return TextSpan(cells.words(cell), *cell[1:])


def _extent(cells: MeantCells, row: Row, statement: Cell) -> tuple[int, int]:
    """A task goes from its first cell to the end of its last one; a category cell, and what stands before its number, lies before it.

    Only where what is to be done stands before the number the row begins before it.
    """
    number = cells.first("number")
    category = set(cells.all("category"))
    own = [cell for cell in row.cells if cell not in category]
    first, last = min(start for _, start, _ in own), max(end for _, _, end in own)
    return number[1] if number and number[1] < statement[1] else first, last
