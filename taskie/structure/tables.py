"""Find the tables in plain text and read their rows as tasks, whatever form copying left them in.

Boundary: this finds where tables are and which form they have; a form is read in a module of its own, so a new
layout is one more entry here and one more module.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taskie.records import TextSpan
from taskie.structure.body_lists import NO_BODIES, BodyLists
from taskie.structure.columns import CODE, Column, kind_of_cell
from taskie.structure.items import Line, read_lines
from taskie.structure.numbering import read_number
from taskie.structure.outline import TaskOutline
from taskie.structure.statements import PLAIN, Reading
from taskie.structure.table_cell_chunks import is_section
from taskie.structure.table_cell_lines import cell_lines, find_header
from taskie.structure.table_cells import read_cell_rows
from taskie.structure.table_fit import CellText, assign
from taskie.structure.table_lines import (
    BAR,
    GAP,
    TAB,
    CellLine,
    column_groups,
    cut_cells,
    delimiter_of,
    header_columns,
    infer_columns,
    is_separator,
    read_rows,
)
from taskie.structure.table_rows import Row
from taskie.structure.table_run import read_run_rows
from taskie.structure.table_run_header import MIN_LENGTH, RunHeader, find_run_header
from taskie.structure.table_run_starts import count_run_rows
from taskie.structure.table_tasks import build_tasks
from taskie.structure.table_wrapped import read_wrapped

# A run broken over lines is looked for no further than so many.
_MAX_BROKEN_LINES = 600
# A row in bars is no longer than that, however many lines it was broken over.
_MAX_CLOSED = 3000
_RUN_NUMBER = re.compile(r"序\s?号|编\s?号")
_MAX_GAP_LINES = 2
_MAX_WRAPPED_LINES = 7
# A line so long that begins with an item's number is prose behind a table with a cell a line.
_MIN_PROSE = 50
_CAPTION_END = re.compile(r"(?:表|清单|台账|通报|通知|进展|情况|任务书)(?:[（(][^（）()]{1,24}[）)])?$")
_END = re.compile(r"^(?:附件|抄送|注[:：]|备注[:：]|说明[:：]|（此件|填表说明)")


@dataclass(frozen=True, slots=True)
class TableRegion:
    """A table in the text: ``form`` is how it is laid out, ``body`` where its rows begin."""

    start: int
    end: int
    form: str
    columns: tuple[Column, ...]
    body: int
    caption: TextSpan | None = None
    rows: tuple[Row, ...] = ()


def find_tables(text: str, lists: BodyLists = NO_BODIES) -> tuple[TableRegion, ...]:
    """Return the tables of ``text``, in text order, without overlap.

    ``lists`` are lists of bodies known from elsewhere; tables without marks between cells need them.
    """
    regions: list[TableRegion] = []
    lines = read_lines(text, 0, len(text))
    i = 0
    while i < len(lines):
        found = (
            _longest_run_at(text, lines, i, lists)
            or _widest_rows_at(text, lines, i, lists)
            or _cells_at(text, lines, i)
            or _wrapped_at(text, lines, i, lists)
        )
        if found:
            region, i = found
            regions.append(region)
        else:
            i += 1
    return tuple(regions)


def read_table(text: str, region: TableRegion, reading: Reading = PLAIN) -> tuple[TaskOutline, ...]:
    """Return the tasks of a table, in text order; ``reading`` has the rules of the document and its bodies."""
    if region.form == "run":
        rows = read_run_rows(text, RunHeader(region.columns, region.start, region.body), region.end, reading.lists)
        return build_tasks(text, region.columns, rows, reading, merged=False, apart=True)
    if region.form == "wrapped":
        return build_tasks(text, region.columns, region.rows, reading, merged=False, apart=True)
    if region.form == "cells":
        return build_tasks(
            text,
            region.columns,
            read_cell_rows(text, region.columns, cell_lines(text, region.body, region.end), reading.lists),
            reading,
        )
    wrapped = region.form == GAP and region.columns[0].meaning == "number"
    cut = _cut_logical(text, region.body, region.end) if wrapped else None
    cut = _cut_closed(text, region.body, region.end) if region.form == BAR else cut
    lines = cut or _cut_lines(text, region.body, region.end, region.form)
    tasks: list[TaskOutline] = []
    rows = read_rows(text, region.columns, lines)
    if region.form == GAP and len(column_groups(region.columns)) == 1:
        rows = [_placed(text, region.columns, row, reading.lists) for row in rows]
    for first, last in column_groups(region.columns):
        own = [row for row in rows if row.cells and first <= row.cells[0][0] < last]
        tasks.extend(build_tasks(text, region.columns, own, reading))
    return tuple(sorted(tasks, key=lambda task: task.start))


def _placed(text: str, columns: Sequence[Column], row: Row, lists: BodyLists) -> Row:
    """Put the cells of a row under the columns that they fit: gaps leave no trace of a blank cell."""
    if len(row.cells) >= len(columns):
        return row
    cells = [CellText(start, end, False) for _, start, end in row.cells]
    known = {i: "unit" for i, cell in enumerate(cells) if lists.covers(text, cell.start, cell.end)}
    return Row(assign(text, columns, cells, known=known), row.headings, row.inherited)


def _caption(text: str, lines: Sequence[Line], i: int) -> TextSpan | None:
    """Return the line above a table that names it."""
    for line in reversed(lines[max(0, i - 3) : i]):
        words = text[line.start : line.end].lstrip("# ")
        if (
            re.search(r"(?:表|清单|台账|任务|分解|计划|情况)(?:[（(][^（）()]{1,20}[）)])?$", words)
            and len(words) <= 60
        ):
            start = text.index(words, line.start)
            return TextSpan(words, start, start + len(words))
    return None


def _run_at(text: str, lines: Sequence[Line], i: int, lists: BodyLists) -> tuple[TableRegion, int] | None:
    """A long line that holds header words one behind the other is a whole table."""
    line = lines[i]
    if line.end - line.start < MIN_LENGTH or "\t" in text[line.start : line.end]:
        return None
    header = find_run_header(text, line.start, line.end)
    if not header or not count_run_rows(text, header, line.end, lists):
        return None
    words = text[line.start : header.start].strip()
    tokens = words.split()
    named = [token for token in tokens if _CAPTION_END.search(token) and 8 <= len(token) <= 60]
    title = named[0] if named else tokens[-1] if tokens else ""
    caption = None
    if 4 <= len(title) <= 60:
        begin = text.index(title, line.start, header.start)
        caption = TextSpan(title, begin, begin + len(title))
    end = _run_end(text, header, lines, i, lists)
    stop = i + 1
    while stop < len(lines) and lines[stop].start < end:
        stop += 1
    return TableRegion(header.start, lines[stop - 1].end, "run", header.columns, header.end, caption), stop


def _longest_run_at(text: str, lines: Sequence[Line], i: int, lists: BodyLists) -> tuple[TableRegion, int] | None:
    """Return the run at a line, or the same read over line breaks if it reaches further then."""
    run = _run_at(text, lines, i, lists)
    other = _wrapped_at(text, lines, i, lists) if run else None
    return other if run and other and other[0].end > run[0].end else run


def _wrapped_at(text: str, lines: Sequence[Line], i: int, lists: BodyLists) -> tuple[TableRegion, int] | None:
    """A run may be broken over the lines behind its header, down to a blank line or one that ends a table."""
    if not _RUN_NUMBER.search(text, lines[i].start, lines[i].end) or "\t" in text[lines[i].start : lines[i].end]:
        return None
    last = i
    while (
        last + 1 < min(len(lines), i + _MAX_BROKEN_LINES)
        and text[lines[last + 1].start : lines[last + 1].end] != text[lines[i].start : lines[i].end]
        and "\n" not in text[lines[last].end : lines[last + 1].start].replace("\n", "", 1)
        and not _END.match(text[lines[last + 1].start : lines[last + 1].end])
    ):
        last += 1
    table = read_wrapped(text, lines, i, last, lists) if last > i else None
    if table is None:
        return None
    stop = i + 1
    while stop < len(lines) and lines[stop].start < table.end:
        stop += 1
    header = table.header
    return TableRegion(
        header.start, lines[stop - 1].end, "wrapped", header.columns, header.end, _caption(text, lines, i), table.rows
    ), stop


def _run_end(text: str, header: RunHeader, lines: Sequence[Line], i: int, lists: BodyLists) -> int:
    """A run may be broken by line ends and page furniture: it goes on as long as rows go on counting behind the break."""
    end = lines[i].end
    count = count_run_rows(text, header, end, lists)
    skipped = 0
    for line in lines[i + 1 : i + 40]:
        words = text[line.start : line.end]
        if re.match(rf"{count + 1}[\s、.．]*[\u4e00-\u9fff“《A-Za-z\d]", words) or not skipped:
            longer = count_run_rows(text, header, line.end, lists)
            if longer > count:
                end, count, skipped = line.end, longer, 0
                continue
        skipped += 1
        if skipped > _MAX_GAP_LINES:
            break
    return end


def _cut_lines(text: str, start: int, end: int, form: str) -> list[CellLine]:
    """Cut the lines of a region; tabs at the beginning of a line are blank cells, so lines are taken untrimmed."""
    lines = []
    for match in re.finditer(r"[^\r\n]+", text[start:end]):
        a, b = start + match.start(), start + match.end()
        if text[a:b].strip() and not is_separator(text, a, b):
            lines.append(cut_cells(text, a, b, form))
    return lines


def _cut_closed(text: str, start: int, end: int) -> list[CellLine] | None:
    """Cut rows that begin and end with a bar, though lines break inside them; ``None`` if rows have no such bars."""
    lines = [line for line in read_lines(text, start, end) if not is_separator(text, line.start, line.end)]
    opened = sum(text[line.start] in "|｜" for line in lines)
    closed = sum(text[line.end - 1] in "|｜" for line in lines)
    if not lines or opened == len(lines) == closed or min(opened, closed) < 0.3 * len(lines):
        return None
    rows: list[tuple[int, int]] = []
    for line in lines:
        goes_on = rows and (text[line.start] not in "|｜" or text[rows[-1][1] - 1] not in "|｜")
        if goes_on and line.start - rows[-1][0] < _MAX_CLOSED:
            rows[-1] = (rows[-1][0], line.end)
        else:
            rows.append((line.start, line.end))
    return [cut_cells(text, a, b, BAR) for a, b in rows]


def _cut_logical(text: str, start: int, end: int) -> list[CellLine]:
    """Cut rows parted by gaps that are wrapped over lines: a row goes on to the line that begins with the next number."""
    pattern = re.compile(
        rf"(?:^|\n)[ \t]*(?=(?:{CODE}|[\d０-９]{{1,3}})(?:[ \u3000]{{2,}}|\u3000)|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)"
    )
    begins = [start + m.end() for m in pattern.finditer(text[start:end])]
    return [cut_cells(text, a, b, GAP) for a, b in zip(begins, [*begins[1:], end], strict=True)] if begins else []


def _raw_start(text: str, line: Line) -> int:
    return text.rfind("\n", 0, line.start) + 1


def _raw_end(text: str, line: Line) -> int:
    end = text.find("\n", line.end)
    return len(text) if end < 0 else end


def _rows_at(text: str, lines: Sequence[Line], i: int) -> tuple[TableRegion, int] | None:
    """A header line, or several lines cut alike, begin a table with a row a line."""
    line = lines[i]
    delimiter = delimiter_of(text, _raw_start(text, line), _raw_end(text, line))
    if delimiter is None:
        return None
    cut = cut_cells(text, _raw_start(text, line), _raw_end(text, line), delimiter)
    columns = header_columns(text, cut)
    if columns is None:
        return _headless_at(text, lines, i, delimiter)
    stop = _last_row(text, lines, i + 1, delimiter, len(columns))
    if stop == i + 1:
        return None
    columns = _numbered(text, lines[i + 1 : stop], delimiter, columns)
    start, body = _raw_start(text, line), min(len(text), _raw_end(text, line) + 1)
    return TableRegion(start, _raw_end(text, lines[stop - 1]), delimiter, columns, body, _caption(text, lines, i)), stop


def _numbered(text: str, lines: Sequence[Line], delimiter: str, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Put a column of numbers first where rows begin with one that the header does not name."""
    if any(column.meaning == "number" for column in columns):
        return columns
    rows = [cut_cells(text, _raw_start(text, line), _raw_end(text, line), delimiter).cells for line in lines]
    more = [row for row in rows if len(row) == len(columns) + 1 and kind_of_cell(text[slice(*row[0])]) == "number"]
    return (Column("number"), *columns) if 2 * len(more) > len(rows) else columns


def _widest_rows_at(text: str, lines: Sequence[Line], i: int, lists: BodyLists) -> tuple[TableRegion, int] | None:
    """Return the table with a row a line, or the same read over line breaks if its header goes on behind the line."""
    rows = _rows_at(text, lines, i)
    other = _wrapped_at(text, lines, i, lists) if rows and rows[0].form == GAP else None
    return other if rows and other and len(other[0].columns) > len(rows[0].columns) else rows


def _last_row(text: str, lines: Sequence[Line], first: int, delimiter: str, width: int) -> int:
    """Return the index behind the last line of a table; lines without cells may stand between rows."""
    stop, loose, filled = first, 0, 0
    for i in range(first, len(lines)):
        a, b = _raw_start(text, lines[i]), _raw_end(text, lines[i])
        row = cut_cells(text, a, b, delimiter)
        if header_columns(text, row) and i > first:
            break
        if delimiter_of(text, a, b) == delimiter or (delimiter == GAP and len(row.cells) >= max(3, width - 2)):
            stop, loose = i + 1, 0
            # Cells of the row so far; one that a line end broke goes on in the first cell of the next line.
            filled = len(row.cells) if filled >= width else filled + len(row.cells) - (filled > 0)
            continue
        loose += 1
        limit = _MAX_WRAPPED_LINES if delimiter == GAP or 0 < filled < width else _MAX_GAP_LINES
        if loose > limit or _END.match(text[lines[i].start : lines[i].end]):
            break
    return stop


def _headless_at(text: str, lines: Sequence[Line], i: int, delimiter: str) -> tuple[TableRegion, int] | None:
    if delimiter == GAP:
        return None
    stop = i
    cut: list[CellLine] = []
    while stop < len(lines):
        a, b = _raw_start(text, lines[stop]), _raw_end(text, lines[stop])
        if delimiter_of(text, a, b) != delimiter:
            break
        row = cut_cells(text, a, b, delimiter)
        if stop > i and header_columns(text, row):
            break
        cut.append(row)
        stop += 1
    wide = [row for row in cut if len(row.cells) >= 3]
    if len(wide) < 3 or len(wide) < 0.6 * len(cut):
        return None
    columns = infer_columns(text, wide)
    if columns is None:
        return None
    start = _raw_start(text, lines[i])
    return TableRegion(
        start, _raw_end(text, lines[stop - 1]), delimiter, columns, start, _caption(text, lines, i)
    ), stop


def _cells_at(text: str, lines: Sequence[Line], i: int) -> tuple[TableRegion, int] | None:
    """Header words on lines of their own, one behind the other, begin a table with a cell a line."""
    words = text[lines[i].start : lines[i].end]
    if len(words) > 16:
        return None
    stop_line = min(len(lines), i + 40)
    cells = cell_lines(text, _raw_start(text, lines[i]), lines[stop_line - 1].end)
    header = find_header(text, cells)
    if header is None:
        return None
    columns, behind = header
    if behind >= len(cells):
        return None
    end = _cells_end(text, lines, i + len(columns))
    body = _raw_start(text, Line(cells[behind].start, cells[behind].end))
    region = TableRegion(
        _raw_start(text, lines[i]), lines[end - 1].end, "cells", columns, body, _caption(text, lines, i)
    )
    return (region, end) if read_table(text, region) else None


def _cells_end(text: str, lines: Sequence[Line], first: int) -> int:
    """The table goes on to the end of the text, to the next table's header, or to a line that ends it."""
    for i in range(first, len(lines)):
        words = text[lines[i].start : lines[i].end]
        if i > first + 3 and _END.match(words):
            return i
        prose = len(words) >= _MIN_PROSE and "。" in words[:-1] and not is_section(words)
        if i > first + 3 and prose and read_number(text, lines[i].start):
            heading = lines[i - 1]
            short = heading.end - heading.start <= 24 and not re.search(
                r"[，。；、]", text[heading.start : heading.end]
            )
            return i - 1 if short and text[heading.start - 1] == "\n" else i
    return len(lines)


__all__ = ["BAR", "GAP", "TAB", "TableRegion", "find_tables", "read_table"]
