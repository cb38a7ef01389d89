"""Read the header of a table with a row a line, be it one line or two: groups of columns above, the columns below.

Boundary: lines are already cut into cells; where a header is looked for is told in ``table_find_lines``, what a single
heading means in ``columns``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from taskie.structure.columns import UNKNOWN, Column, kind_of_cell, known_columns, read_header_cell
from taskie.structure.role_words import HELPS, LEADS
from taskie.structure.table_line_cells import CellLine

_MAX_HEADING = 24
_MIN_KNOWN, _SHARE_KNOWN = 2, 0.6
# Where few headings are known a header has so many.
_MIN_ASKED = 4
# So many of the headings below groups have to be known: a row of short cells is no header.
_SHARE_BELOW = 0.5
# A blank cell too many or too few moves the line below; as it stands it counts first.
_SHIFTS = (0, -1, 1)
# What a column below 目标任务 or 完成情况 holds is said by its group.
_PERIOD = re.compile(r"(?:第?[一二三四1-4]季度|上半年|下半年|全年|本年|当年|年度|\d{4}年|\d{1,2}月份?)(?:[底末])?")
_BARE_ROLE = re.compile(rf"(?:{LEADS}|承办|责任|{HELPS})")
_CONTENT = ("statement", "title", "value", UNKNOWN)


def header_columns(text: str, line: CellLine) -> tuple[Column, ...] | None:
    """Return the columns that a header line names, or ``None`` if it is none; headings not known are ``UNKNOWN``."""
    words = [text[a:b] for a, b in line.cells]
    if not _are_headings(words):
        return None
    columns = [_column(word, read_header_cell(word)) for word in words]
    return _checked(columns)


def header_above_row(text: str, line: CellLine, below: CellLine) -> tuple[Column, ...] | None:
    """Return the columns of a line whose first heading is that of numbers, be the others known or not.

    The line below has to be a row: as many cells, a number first, and words longer than headings are.
    """
    words = [text[a:b] for a, b in line.cells]
    if len(words) < _MIN_ASKED or len(below.cells) != len(words) or not _are_headings(words):
        return None
    columns = [_column(word, read_header_cell(word)) for word in words]
    first = text[slice(*below.cells[0])]
    if columns[0].meaning != "number" or kind_of_cell(first) != "number" or len(set(words)) < len(words):
        return None
    return tuple(columns) if any(b - a > _MAX_HEADING for a, b in below.cells) else None


def header_of_two_rows(text: str, upper: CellLine, lower: CellLine) -> tuple[Column, ...] | None:
    """Return the columns of two lines of headings, ``None`` if they are no such header.

    Below a group that spans several columns its cell above is blank or repeated; a column without a group has its
    heading in one of both lines, or in both.
    """
    above, below = [text[a:b] for a, b in upper.cells], [text[a:b] for a, b in lower.cells]
    if not (_are_headings(above) and _are_headings(below)):
        return None
    pairs = min((_paired(above, below, shift) for shift in _SHIFTS), key=_left_bare)
    if not _spans(pairs):
        return None
    columns: list[Column] = []
    group, known_below = "", 0
    for i, (over, under) in enumerate(pairs):
        group = over or (group if i and pairs[i - 1][1] else "")
        column = column_below(group, under) if under and under != group else read_header_cell(group or under)
        known_below += bool(under) and column is not None
        columns.append(_column(under or group, column))
    if known_below < max(_MIN_KNOWN, _SHARE_BELOW * sum(bool(under) for _, under in pairs)):
        return None
    return _checked(columns)


def _are_headings(words: Sequence[str]) -> bool:
    """Tell whether all cells are as short as headings, and none is a number."""
    filled = [word for word in words if word]
    return (
        len(filled) >= _MIN_KNOWN
        and all(len(word) <= _MAX_HEADING for word in filled)
        and not any(kind_of_cell(word) == "number" for word in filled)
    )


def _paired(above: Sequence[str], below: Sequence[str], shift: int) -> list[tuple[str, str]]:
    """Return what stands above and below in each column, the line below ``shift`` columns further to the right."""
    moved = [""] * shift + list(below[max(0, -shift) :])
    pairs = list(zip_longest(above, moved, fillvalue=""))
    while pairs and not any(pairs[-1]):
        pairs.pop()
    lost = any(below[: max(0, -shift)]) or len(pairs) > max(len(above), len(below))
    return [] if lost else pairs


def _left_bare(pairs: Sequence[tuple[str, str]]) -> tuple[bool, int]:
    """Count the places below groups that have no heading, and columns with none at all; nothing at all is the worst."""
    groups = [i for i, (over, _) in enumerate(pairs[:-1]) if over and not pairs[i + 1][0]]
    spanned = {i for i, (over, _) in enumerate(pairs) if not over or i in groups}
    return not pairs, sum(not pairs[i][1] for i in spanned)


def _spans(pairs: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a heading above has two different ones below it."""
    return any(
        before and under and under != before and over in ("", left) and under != over
        for (left, before), (over, under) in zip(pairs, pairs[1:], strict=False)
    )


def column_below(group: str, heading: str) -> Column | None:
    """Return the column that a heading below a group names: by both together, by itself, or else by the group."""
    whole = read_header_cell(group)
    if joined := known_columns().get("".join((group + heading).split())):
        return joined
    own = read_header_cell(heading)
    if _PERIOD.fullmatch(heading):
        return whole or own
    if whole and whole.meaning == "leader" and _BARE_ROLE.fullmatch(heading):
        return whole
    if own and own.meaning != "measure_unit":
        return own
    inherited = whole if whole and whole.meaning not in ("number", "category") else None
    return read_header_cell(group + heading) or own or inherited


def _column(word: str, column: Column | None) -> Column:
    """Keep a heading that nobody knows, for its cells to tell what it means; a blank one is that of a remark."""
    return column or Column(UNKNOWN if word else "remark", word=word)


def _checked(columns: Sequence[Column]) -> tuple[Column, ...] | None:
    filled = [column for column in columns if column.word]
    known = sum(column.meaning != UNKNOWN for column in filled)
    content = any(column.meaning in _CONTENT for column in filled)
    return tuple(columns) if known >= max(_MIN_KNOWN, _SHARE_KNOWN * len(filled)) and content else None
