"""Cut a stretch of text into cells where each stands on lines of its own, and read the header at its beginning.

Boundary: one line is one cell, or a stretch of one; which cells make up a row is told in ``table_cell_chunks``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskie.structure.columns import UNKNOWN, Column, known_columns, read_header_cell
from taskie.structure.table_fit import CellText

MIN_HEADER = 3
_MAX_HEADER = 14
_MAX_UNKNOWN, _MAX_KNOWN, _MAX_HALF, _SHORT_HALF = 8, 12, 6, 2
# The words of a header are looked up in so many cells behind one that we do not know.
_REACH = 2
_MIN_ROW = 3
NUMBER = re.compile(r"^[（(]?(\d{1,4}|[①-⑳])[）)]?[.、．]?$")


def cell_lines(text: str, start: int, end: int) -> list[CellText]:
    """Return the lines of a stretch; lone bars are taken out, a bar behind a bar leaves a blank cell."""
    cells: list[CellText] = []
    after_bar = after_blank = False
    for match in re.finditer(r"[^\n]*\n?", text[start:end]):
        raw = match[0].rstrip("\r\n")
        if not match[0]:
            continue
        words = raw.strip(" \t\u3000")
        begin = start + match.start()
        if words and all(c in "|｜" for c in words):
            if after_bar:
                cells.append(CellText(begin, begin, True))
            after_bar = True
        elif words:
            if after_bar and after_blank and NUMBER.match(words):
                cells.append(CellText(begin, begin, True))  # the last cell of the row before is blank
                after_bar = False
            first = begin + raw.index(words)
            cells.append(CellText(first, first + len(words), after_bar or raw[:1] == "\t"))
            after_bar = after_blank = False
        elif raw[:1] == "\t":
            cells.append(CellText(begin + 1, begin + 1, True))
        else:
            after_blank = True
    return cells


def find_header(text: str, cells: Sequence[CellText]) -> tuple[tuple[Column, ...], int] | None:
    """Return the columns of a header that begins with the first cell, and the index of the cell behind it."""
    columns: list[Column] = []
    i = 0
    while i < len(cells) and len(columns) < _MAX_HEADER:
        column, width = _header_word(text, cells[i : i + 2])
        if column is None and columns and _is_unknown_word(text, cells[i : i + 1 + _REACH]):
            column = Column(UNKNOWN, word=text[cells[i].start : cells[i].end])
        if column is None:
            break
        columns.append(column)
        i += width
    if _lacks_one(text, cells[i:], columns):
        columns.append(Column(UNKNOWN, word=text[cells[i].start : cells[i].end]))
        i += 1
    content = any(c.meaning in ("statement", "title") for c in columns)
    second = [c.meaning == "number" for c in columns[:2]] == [False, True]
    if second and i < len(cells) and NUMBER.match(text[cells[i].start : cells[i].end]):
        return None  # no row has a cell before its number: the first line is the caption above the header
    if len(columns) < MIN_HEADER or not content or len({c.word for c in columns}) < len(columns) - 1:
        return None
    return tuple(columns), i


def _lacks_one(text: str, cells: Sequence[CellText], columns: Sequence[Column]) -> bool:
    """Tell whether a short word before row 1 heads a last column: rows 1 and 2 then have a cell more than known columns."""
    if (
        not columns
        or columns[0].meaning != "number"
        or len(cells) < _MIN_ROW
        or cells[0].end - cells[0].start > _MAX_UNKNOWN
    ):
        return False
    numbers = [NUMBER.match(text[c.start : c.end]) for c in cells[1 : 2 * (len(columns) + 1) + 2]]
    found = {match[1]: i for i, match in reversed(list(enumerate(numbers))) if match}
    one, two, three = (found.get(number) for number in "123")
    return one == 0 and two == len(columns) + 1 and (three is None or three == 2 * two)


def _header_word(text: str, cells: Sequence[CellText]) -> tuple[Column | None, int]:
    """Return the column that the first cell names, or both if a word is broken over two lines (责任 / 单位), and their number."""
    words = [text[cell.start : cell.end] for cell in cells]
    column = read_header_cell(words[0])
    if column is None and len(words) > 1 and len(words[0]) <= _MAX_HALF and _is_half(*words):
        column = read_header_cell("".join(words))
        return column, 1 if column is None else 2
    return column, 1


def _is_half(first: str, second: str) -> bool:
    """Tell whether two lines can be one heading; a whole heading below one that we do not know is a column of its own."""
    return first + second in known_columns() or len(second) <= _SHORT_HALF or read_header_cell(second) is None


def _is_unknown_word(text: str, cells: Sequence[CellText]) -> bool:
    """Tell whether the first cell is a header word that we do not know, since one that we know follows soon."""
    first, *following = cells
    return first.end - first.start <= _MAX_UNKNOWN and any(
        read_header_cell(text[c.start : c.end]) is not None for c in following if c.end - c.start <= _MAX_KNOWN
    )
