"""Cut a table with a row a line into its rows, also where lines break inside rows.

Boundary: what parts the cells is given; how a line is cut into cells, and cells become rows, is told in ``table_lines``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from taskie.structure.columns import CODE, Column
from taskie.structure.items import read_lines
from taskie.structure.table_line_cells import BAR, GAP, CellLine, cut_cells, is_separator

# A row in bars is no longer than that, however many lines it was broken over.
_MAX_CLOSED = 3000
# Bars at the ends of so many lines, but not of all, say that rows are closed by bars and broken over lines.
_SHARE_CLOSED = 0.3
_BARS = "|｜"
_NUMBERED_ROW = re.compile(
    rf"(?:^|\n)[ \t]*(?=(?:{CODE}|[\d０-９]{{1,3}})(?:[ \u3000]{{2,}}|\u3000)|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)"
)


def cut_rows(text: str, columns: Sequence[Column], start: int, end: int, delimiter: str) -> list[CellLine]:
    """Return the rows of ``text[start:end]``, whose cells ``delimiter`` parts; a line each if nothing tells otherwise."""
    rows: list[tuple[int, int]] = []
    if delimiter == BAR:
        rows = _closed_rows(text, start, end)
    elif delimiter == GAP and columns[0].meaning == "number":
        rows = _numbered_rows(text, start, end)
    return [cut_cells(text, a, b, delimiter) for a, b in rows or _lines(text, start, end)]


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the lines untrimmed, since tabs at the beginning of a line are blank cells."""
    found = [(start + match.start(), start + match.end()) for match in re.finditer(r"[^\r\n]+", text[start:end])]
    return [(a, b) for a, b in found if text[a:b].strip() and not is_separator(text, a, b)]


def _closed_rows(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return rows that begin and end with a bar, though lines break inside them; empty if rows have no such bars."""
    lines = [line for line in read_lines(text, start, end) if not is_separator(text, line.start, line.end)]
    opened = sum(text[line.start] in _BARS for line in lines)
    closed = sum(text[line.end - 1] in _BARS for line in lines)
    if opened == len(lines) == closed or min(opened, closed) < _SHARE_CLOSED * len(lines):
        return []
    rows: list[tuple[int, int]] = []
    for line in lines:
        goes_on = rows and (text[line.start] not in _BARS or text[rows[-1][1] - 1] not in _BARS)
        if goes_on and line.start - rows[-1][0] < _MAX_CLOSED:
            rows[-1] = (rows[-1][0], line.end)
        else:
            rows.append((line.start, line.end))
    return rows


def _numbered_rows(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return rows that are wrapped over lines: a row goes on to the line that begins with the next number."""
    begins = [start + match.end() for match in _NUMBERED_ROW.finditer(text[start:end])]
    return list(pairwise([*begins, end]))
