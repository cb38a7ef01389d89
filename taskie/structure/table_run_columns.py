"""Read the header of a run table whose blanks part its words from each other, also words that we do not know.

Boundary: rows are only counted and looked at to tell how many columns there are and what those hold whose words say
nothing; where rows begin and what their cells are is told later, in ``table_run``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from taskie.structure.column_parts import NUMBER_WORD
from taskie.structure.columns import STATUS, Column, kind_of_cell, known_columns, read_header_cell
from taskie.structure.persons import begins_with_surname

_TOKEN = re.compile(r"[^\s|｜]+")
_FIRST_ROW = re.compile(r"0*1[、.．]?")
_MAX_COLUMNS, _MAX_WORD = 16, 10
_MIN_KNOWN, _MIN_ROWS = 3, 2
_NO_WORD = re.compile(r"[，。；：、]|\d{3}")
# So many of the rows have to have a cell a column, and of a column's cells so many have to be of one kind.
_SHARE = 0.6
_MAX_STATUS = 4
_KINDS = ("deadline", "status", "leader", "unit")

_Span = tuple[int, int]


def parted_columns(text: str, start: int, end: int) -> tuple[tuple[Column, ...], int] | None:
    """Return the columns of the header that begins at ``start``, and where it ends: what stands before the number 1.

    The last of these words is a heading if the rows have a cell less. ``None`` if rows do not have a cell a column.
    """
    words = _words_before_rows(text, start, end)
    known = [read_header_cell(text[a:b]) for a, b in words]
    if sum(column is not None for column in known) < _MIN_KNOWN or not _is_known(text[slice(*words[0])]):
        return None
    rows = _rows_at_blanks(text, words[-1][1], end)
    counts = Counter(map(len, rows))
    width = max(counts, key=lambda n: (counts[n], -n), default=0)
    if not len(words) - 1 <= width <= len(words):
        return None
    whole = [row for row in rows if len(row) in (width, width + 1)]  # the next row's category may stand behind
    if len(whole) < max(_MIN_ROWS, _SHARE * len(rows)):
        return None
    columns = tuple(
        _told(column or unknown_column(text[a:b]), [text[slice(*row[k])] for row in whole], known=column is not None)
        for k, ((a, b), column) in enumerate(zip(words[:width], known, strict=False))
    )
    return columns, words[width - 1][1]


def _is_known(word: str) -> bool:
    return word in known_columns() or NUMBER_WORD.fullmatch(word) is not None


def unknown_column(word: str) -> Column:
    """Return the column of a word that we do not know; one that asks is answered by a status."""
    return Column("status" if word.startswith("是否") else "remark", word=word)


def _words_before_rows(text: str, start: int, end: int) -> list[_Span]:
    """Return the words from ``start`` to the number of the first row; none if they are too many or no header words."""
    words: list[_Span] = []
    for match in _TOKEN.finditer(text, start, end):
        if _FIRST_ROW.fullmatch(match[0]):
            return words
        if len(words) > _MAX_COLUMNS or len(match[0]) > _MAX_WORD or _NO_WORD.search(match[0]):
            return []
        words.append(match.span())
    return []


def _rows_at_blanks(text: str, start: int, end: int) -> list[list[_Span]]:
    """Return the words of each row, its number first: rows begin at words that are the next number; the last row is left out."""
    rows: list[list[_Span]] = []
    row: list[_Span] = []
    for match in _TOKEN.finditer(text, start, end):
        if match[0].rstrip("、.．").lstrip("0") == str(len(rows) + 1 + bool(row)):
            rows += [row] if row else []
            row = []
        elif not row:
            continue
        elif are_halves_of_a_name(text[slice(*row[-1])], match[0]):
            row[-1] = (row[-1][0], match.end())
            continue
        row.append(match.span())
    return rows


def are_halves_of_a_name(first: str, second: str) -> bool:
    """Tell whether two words are single characters that make a name, which is printed 陈 刚; 是 and 否 are cells of their own."""
    if STATUS.match(first) and STATUS.match(second):
        return False
    return all(len(word) == 1 and "一" < word <= "\u9fff" for word in (first, second))


def _told(column: Column, cells: Sequence[str], *, known: bool) -> Column:
    """Return a column of an unknown word with the meaning that most of its cells have.

    Of known words only 单位 is doubted: figures are counted in it, or it acts.
    """
    if known and column.meaning != "measure_unit":
        return column
    kind, count = Counter(map(_kind, cells)).most_common(1)[0]
    if count < _SHARE * len(cells) or kind not in (("unit",) if known else _KINDS):
        return column
    return replace(column, meaning=kind, role="responsible" if kind == "unit" else None)


def _kind(cell: str) -> str:
    """Return what a cell holds; two or three characters that are no name (未销, 已销) are a status."""
    kind = kind_of_cell(cell)
    return "status" if kind == "leader" and len(cell) <= _MAX_STATUS and not begins_with_surname(cell) else kind
