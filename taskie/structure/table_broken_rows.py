"""Read numbered rows whose cells are parted by a gap or by a line end, and are wrapped over lines as well.

Boundary: which pieces of a row are one cell; under which column a cell stands is told in ``table_fit``. Rows whose gaps
part most of their cells are read in ``table_lines``, a cell a line in ``table_numbered_rows``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from taskie.structure.body_lists import BodyLists
from taskie.structure.columns import Column
from taskie.structure.items import Line
from taskie.structure.numbering import number_value
from taskie.structure.table_cell_lines import NUMBER
from taskie.structure.table_fit import CellText, assign
from taskie.structure.table_line_cells import GAP, cut_cells
from taskie.structure.table_lines import names_on
from taskie.structure.table_numbered_columns import kind_by_form
from taskie.structure.table_region import ends_table
from taskie.structure.table_rows import Row
from taskie.structure.times import TIME

_MIN_COLUMNS, _MIN_ROWS, _MAX_LINES = 5, 3, 40
# Gaps part so many cells less than there are columns.
_MIN_LACKING = 2
# Whether rows are broken is told by so many of them; read as such, so many have to have all their cells.
_ROWS_SEEN, _SHARE_WHOLE = 12, 0.7
_FORMS = ("unit", "deadline", "leader", "status")
_TEXTS = ("text", "none")
_SHORT = ("title", "category")
# A deadline in words of its own, and a title, are no longer than so many characters.
_MAX_OWN_TIME, _MAX_TITLE = 20, 24
_SENTENCE_END, _CLAUSE_END = "。；;", "，,"
_TIME = re.compile(TIME)


def broken_rows(
    text: str, columns: Sequence[Column], lines: Sequence[Line], first: int, lists: BodyLists
) -> tuple[Row, ...]:
    """Return the rows from line ``first`` on, behind a header of ``columns``; empty if they are not broken so or do not fit."""
    forms = sum(column.meaning in _FORMS for column in columns)
    if len(columns) < _MIN_COLUMNS or columns[0].meaning != "number" or columns[-1].meaning not in _FORMS or forms < 2:
        return ()
    starts = _starts(text, lines, first, _ROWS_SEEN)
    if len(starts) < _MIN_ROWS or not _are_broken(text, columns, lines, starts):
        return ()
    seen = [_row(text, columns, lines[a:b], lists) for a, b in pairwise(starts)]
    if sum(_is_whole(columns, row) for row in seen) < _SHARE_WHOLE * len(seen):
        return ()
    starts = _starts(text, lines, first, len(lines))
    rows = [_row(text, columns, lines[a:b], lists) for a, b in pairwise(starts)]
    longest = max(b - a for a, b in pairwise(starts))
    return (*rows, _last_row(text, columns, lines[starts[-1] : starts[-1] + _MAX_LINES], longest, lists))


def _starts(text: str, lines: Sequence[Line], first: int, most: int) -> list[int]:
    """Return the indexes of the lines that begin with 1, 2, 3 … and a gap or a line end, the first one at once."""
    starts: list[int] = []
    for i in range(first, len(lines)):
        begin, end = cut_cells(text, lines[i].start, lines[i].end, GAP).cells[0]
        match = NUMBER.match(text[begin:end])
        if match and number_value(match[1]) == len(starts) + 1:
            starts.append(i)
        elif not starts or i - starts[-1] > _MAX_LINES or ends_table(text, lines[i]):
            break
        if len(starts) == most:
            break
    return starts


def _are_broken(text: str, columns: Sequence[Column], lines: Sequence[Line], starts: Sequence[int]) -> bool:
    """Tell whether most rows have fewer cells than columns by their gaps, and line ends for those that lack."""
    broken = 0
    for a, b in pairwise(starts):
        gaps = sum(len(cut_cells(text, line.start, line.end, GAP).cells) - 1 for line in lines[a:b])
        broken += gaps + 1 <= len(columns) - _MIN_LACKING and len(columns) <= gaps + b - a
    return broken >= _SHARE_WHOLE * (len(starts) - 1)


def _is_whole(columns: Sequence[Column], row: Row) -> bool:
    """Tell whether a row has cells in all columns but one, in the first and the last one too."""
    filled = {k for k, _, _ in row.cells}
    return len(filled) >= len(columns) - 1 and {0, len(columns) - 1} <= filled


def _row(text: str, columns: Sequence[Column], lines: Sequence[Line], lists: BodyLists) -> Row:
    pieces = _pieces(text, lines, lists)
    cells = _cells(text, columns, pieces, lists)
    kinds = dict(enumerate(kind_by_form(text, cell.start, cell.end, lists) for cell in cells))
    own_time = _own_time(text, cells, kinds)
    if own_time and any(column.meaning == "deadline" for column in columns):
        kinds[own_time] = "deadline"
    return Row(assign(text, columns, cells, known=kinds))


def _pieces(text: str, lines: Sequence[Line], lists: BodyLists) -> list[CellText]:
    """Cut lines at their gaps; a body or a list that a line end breaks is one piece."""
    pieces: list[CellText] = []
    for line in lines:
        for n, (start, end) in enumerate(cut_cells(text, line.start, line.end, GAP).cells):
            listed = pieces and "、" in (text[pieces[-1].end - 1], text[start : start + 1])
            if pieces and not n and (listed or lists.bodies_at(start)):
                pieces[-1] = replace(pieces[-1], end=end)
            else:
                pieces.append(CellText(start, end, n > 0))
    return pieces


def _cells(text: str, columns: Sequence[Column], pieces: Sequence[CellText], lists: BodyLists) -> list[CellText]:
    """Join lines of text that a sentence runs on over; titles and short lines that follow a sentence stay alone."""
    cells: list[CellText] = []
    runs_on = False
    titled = sum(column.meaning in _SHORT for column in columns)
    for i, piece in enumerate(pieces):
        listing = bool(cells) and text[cells[-1].end - 1] in _CLAUSE_END
        is_text = listing or kind_by_form(text, piece.start, piece.end, lists) in _TEXTS
        ended = not cells or text[cells[-1].end - 1] in _SENTENCE_END
        if cells and runs_on and is_text and not piece.opens and not ended:
            cells[-1] = replace(cells[-1], end=piece.end)
            continue
        short = piece.end - piece.start
        # 序号 and title come first; a deadline in words stands between two sentences.
        title = 0 < i <= titled and short <= _MAX_TITLE
        cells.append(piece)
        runs_on = is_text and not title and not (ended and short <= _MAX_OWN_TIME and i > 0)
    return cells


def _own_time(text: str, cells: Sequence[CellText], kinds: dict[int, str]) -> int | None:
    """Return the index of a deadline in words of its own (汛前开工，明年5月建成) in a row that has no other one."""
    if "deadline" in kinds.values():
        return None
    for i, cell in enumerate(cells[1:-1], 1):
        alone = cell.end - cell.start <= _MAX_OWN_TIME and text[cells[i - 1].end - 1] in _SENTENCE_END
        if alone and text[cell.end - 1] not in _SENTENCE_END and _TIME.search(text, cell.start, cell.end):
            return i
    return None


def _last_row(text: str, columns: Sequence[Column], lines: Sequence[Line], longest: int, lists: BodyLists) -> Row:
    """The last row goes on to the first line with which it has all its cells, and over the bodies that follow there.

    If no line gives it all, it is no longer than the ``longest`` one above.
    """
    for n, line in enumerate(lines):
        if n and ends_table(text, line):
            lines = lines[:n]
            break
        row = _row(text, columns, lines[: n + 1], lists)
        goes_on = n + 1 < len(lines) and names_on(text, lines[n + 1].start, lines[n + 1].end, lists)
        if _is_whole(columns, row) and not goes_on:
            return row
    return _row(text, columns, lines[:longest], lists)
