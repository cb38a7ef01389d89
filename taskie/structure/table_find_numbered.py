"""Find tables with a cell a line by their rows, which their numbers tell, where the headings do not read them.

Boundary: whether numbered rows are a table, where it begins, and its headings; rows are cut in ``table_numbered_rows``,
columns told in ``table_numbered_columns``. Prose whose numbers stand on lines of their own is no table.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from taskie.records import Unit
from taskie.structure.body_lists import BodyLists
from taskie.structure.columns import UNKNOWN, Column, read_header_cell
from taskie.structure.items import Line
from taskie.structure.table_cell_groups import find_grouped_header
from taskie.structure.table_cell_lines import cell_lines, find_header
from taskie.structure.table_cells import read_heading, under_heading
from taskie.structure.table_fit import CellText, assign
from taskie.structure.table_numbered_columns import CellColumn, cell_columns, kind_by_form, told_columns, unit_roles
from taskie.structure.table_numbered_rows import NumberedRows, find_numbered_rows
from taskie.structure.table_region import NUMBERED, TableRegion, caption_above, raw_start
from taskie.structure.table_rows import Row

_MAX_HEADING, _MAX_HEADINGS = 16, 24
_NO_HEADING = "，。；："
# Without a heading of numbers so many others have to be known, or all be so short.
_MIN_KNOWN, _MAX_BARE = 2, 6
# Columns of bodies, times, persons or status words: so many cells of each, and so many columns in a table of four and
# more; a narrower one has cells of one kind only, and the same number in nearly all rows.
_SURE, _SURER, _MIN_SURE, _MIN_WIDE = 0.75, 0.9, 2, 4
_FORMS = ("unit", "deadline", "leader", "status")
_SHARE_LABELLED = 0.3
_MIN_FULL, _SHARE_FULL, _MAX_WIDTH = 3, 0.25, 20


def numbered_tables(text: str, lines: Sequence[Line], lists: BodyLists) -> Iterator[TableRegion]:
    """Yield the tables of ``text`` whose rows count on from 1, in text order; ``lists`` are bodies known from elsewhere."""
    cells = cell_lines(text, 0, len(text))
    for found in find_numbered_rows(text, cells, partial(_heads_numbers, text)):
        held = cell_columns(text, found, lists)
        start, headings = _headings(text, cells, found)
        known = sum(column.meaning != UNKNOWN for column in headings) if headings else 0
        start -= start < found.first and _heads_category(text, cells, start, found)
        columns = told_columns(headings or _nameless(text, cells[start : found.first], held), held)
        if columns is None or not _is_table(found, held, known):
            continue
        begin = raw_start(text, Line(cells[start].start, cells[start].end))
        behind = bisect_right(lines, cells[start].start, key=lambda line: line.end)
        found = _with_last_row(text, columns, found, lists)
        rows = _rows(text, columns, found, lists)
        if any(row.category for row in found.rows):
            columns = (Column("category"), *columns)
        yield TableRegion(
            begin,
            found.end,
            NUMBERED,
            columns,
            found.rows[0].cells[0].start,
            caption_above(text, lines, behind),
            rows,
        )


def _heads_numbers(text: str, cell: CellText) -> bool:
    words = text[cell.start : cell.end]
    column = read_header_cell(words) if len(words) <= _MAX_HEADING else None
    return column is not None and column.meaning == "number"


def _headings(text: str, cells: Sequence[CellText], found: NumberedRows) -> tuple[int, tuple[Column, ...] | None]:
    """Return the index of the first heading, and the columns if there are as many headings as cells."""
    first = found.first
    top = first
    while top and first - top < _MAX_HEADINGS and _is_heading(text, cells[top - 1]):
        top -= 1
    numbers = next((i for i in range(first - 1, top - 1, -1) if _heads_numbers(text, cells[i])), None)
    if numbers is None:
        own = [_column(text, cell) for cell in cells[first - found.width : first]]
        known = sum(column.meaning != UNKNOWN for column in own)
        short = all(len(column.word) <= _MAX_BARE for column in own)
        whole = first - top >= found.width and (known >= _MIN_KNOWN or short)
        return (first - found.width, tuple(own)) if whole else (first, None)
    if first - numbers == found.width:
        return numbers, tuple(_column(text, cell) for cell in cells[numbers:first])
    stretch = cells[numbers : first + 2 * found.width + 2]
    for read in (find_grouped_header, find_header):
        header = read(text, stretch)
        if header and header[1] == first - numbers and len(header[0]) == found.width:
            return numbers, header[0]
    return numbers, None


def _is_heading(text: str, cell: CellText) -> bool:
    words = text[cell.start : cell.end]
    return 0 < len(words) <= _MAX_HEADING and not any(mark in words for mark in _NO_HEADING)


def _column(text: str, cell: CellText) -> Column:
    words = text[cell.start : cell.end]
    return read_header_cell(words) or Column(UNKNOWN, word=words)


def _heads_category(text: str, cells: Sequence[CellText], start: int, found: NumberedRows) -> bool:
    """Tell whether the line above the heading of the numbers heads what is printed before them."""
    if not start or not any(row.category for row in found.rows):
        return False
    column = _column(text, cells[start - 1])
    return column.meaning == "category" or (column.meaning == UNKNOWN and 0 < len(column.word) <= _MAX_BARE)


def _nameless(text: str, headings: Sequence[CellText], held: Sequence[CellColumn]) -> list[Column]:
    """Return unknown columns, one for each column of cells; headings of units say what roles the units have."""
    units = [column for column in (_column(text, cell) for cell in headings) if column.meaning == "unit"]
    places = [i for i, own in enumerate(held) if own.holds("unit")]
    columns = [Column(UNKNOWN)] * len(held)
    if len(units) == len(places):
        for i, unit in zip(places, units, strict=True):
            columns[i] = unit
    elif len(units) == 1 and len(places) > 1:
        role = "responsible" if units[0].role == "cooperating" else units[0].role or "lead"
        for i, own in unit_roles(places, held, role).items():
            columns[i] = Column("unit", own)
    return columns


def _is_table(found: NumberedRows, held: Sequence[CellColumn], known: int) -> bool:
    """Tell whether rows are cells and not lines of prose: columns hold one kind of cell each, and no labels."""
    labelled = sum(any(":" in word[:9] or "：" in word[:9] for word in own.words) for own in held)
    if labelled > _SHARE_LABELLED * len(held):
        return False
    if len(found.full) < max(_MIN_FULL, _SHARE_FULL * len(found.rows)) or found.width > _MAX_WIDTH:
        return False  # pages of prose have numbers about as far apart, but no lines alike
    sure = sum(any(own.holds(form, _SURE) for form in _FORMS) for own in held[1:])
    if found.width >= _MIN_WIDE and sure >= _MIN_SURE:
        return True
    even = len(found.full) >= _SURER * len(found.rows)
    return sure >= 1 and even and (known >= _MIN_KNOWN or any(own.holds("unit", _SURER) for own in held[1:]))


def _with_last_row(text: str, columns: Sequence[Column], found: NumberedRows, lists: BodyLists) -> NumberedRows:
    """Let the last row go on, where its last cell is not what its column asks for, to the line that is, if there is one."""
    form = columns[-1].meaning
    last = found.rows[-1]
    kinds = [kind_by_form(text, c.start, c.end, lists) for c in (*last.cells[-1:], *found.spare)]
    if form not in _FORMS or form not in kinds:
        return found
    cells = (*last.cells, *found.spare[: kinds.index(form)])
    return replace(found, rows=(*found.rows[:-1], replace(last, cells=cells)))


def _rows(text: str, columns: Sequence[Column], found: NumberedRows, lists: BodyLists) -> tuple[Row, ...]:
    """Put the cells of each row under the columns, behind its category where the table has a column of them."""
    shift = any(row.category for row in found.rows)
    rows: list[Row] = []
    headings: tuple[str, ...] = ()
    inherited: tuple[Unit, ...] = ()
    for row in found.rows:
        for section in row.sections:
            words, inherited = read_heading(text, section)
            headings = under_heading(headings, words) if words else headings
        own = [(k + shift, a, b) for k, a, b in assign(text, columns, row.cells, known=_kinds(text, row.cells, lists))]
        category = [(0, row.category.start, row.category.end)] if row.category else []
        rows.append(Row((*category, *own), headings, inherited))
    return tuple(rows)


def _kinds(text: str, cells: Sequence[CellText], lists: BodyLists) -> dict[int, str]:
    return {i: kind_by_form(text, c.start, c.end, lists) for i, c in enumerate(cells) if c.start < c.end}
