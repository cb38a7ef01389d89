"""Find the header of a run table: header words one behind the other, with blanks or nothing between them.

Boundary: the columns and their order; the rows behind them are the business of ``table_run``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taskie.structure.column_parts import NUMBER_WORD
from taskie.structure.columns import Column, known_columns, read_header_cell
from taskie.structure.table_run_columns import parted_columns, unknown_column

MIN_LENGTH = 100
_MIN_COLUMNS = 3
# The words that a header begins with are looked for in so many characters.
_MAX_BEFORE = 4000
_GAP = re.compile(r"[\s|｜]*")
# A bracket behind a header word belongs to it: 总投资（万元）.
BRACKET = re.compile(r"\s?[（(][^（）()]{1,14}[）)]")
_TOKEN = re.compile(r"[^\s|｜，。；：]{1,16}(?=[\s|｜])")
_MAX_UNKNOWN = 8


@dataclass(frozen=True, slots=True)
class RunHeader:
    """The header of a run table: its columns in order, where it begins and ends."""

    columns: tuple[Column, ...]
    start: int
    end: int


def find_run_header(text: str, start: int, end: int) -> RunHeader | None:
    """Return the first run of at least three header words, one behind the other, in ``text[start:end]``."""
    for begin in NUMBER_WORD.finditer(text, start, min(end, start + _MAX_BEFORE)):
        columns, stop = _words_from(text, begin.start(), end)
        parted = parted_columns(text, begin.start(), end)
        if parted and len(parted[0]) >= len(columns):
            columns, stop = parted
        content = any(column.meaning in ("statement", "title") for column in columns)
        if len(columns) >= _MIN_COLUMNS and content and end - stop >= MIN_LENGTH // 2:
            return RunHeader(tuple(columns), begin.start(), stop)
    return None


def _words_from(text: str, position: int, end: int) -> tuple[Sequence[Column], int]:
    """Return the columns whose words stand at ``position``, none twice, and the end of the last one."""
    columns: list[Column] = []
    while position < end:
        gap = _GAP.match(text, position, end)
        place = gap.end() if gap else position
        read = _read_parted if columns and place > position else _read_glued
        found = read(text, place, end)
        if found is None or any(found[0].word == column.word for column in columns):
            break
        columns.append(found[0])
        position = found[1]
    return columns, position


def _read_parted(text: str, place: int, end: int) -> tuple[Column, int] | None:
    """Read a header word that blanks part from the others; one we do not know counts between those we do."""
    token = _TOKEN.match(text, place, end)
    if not token:
        return None
    column = read_header_cell(token[0])
    if column:
        return column, token.end()
    following = _TOKEN.match(text, token.end() + 1, end)
    between = following and len(token[0]) <= _MAX_UNKNOWN and read_header_cell(following[0])
    return (unknown_column(token[0]), token.end()) if between and not re.search(r"\d", token[0]) else None


def _read_glued(text: str, place: int, end: int) -> tuple[Column, int] | None:
    """Read the longest known word at ``place``, with the bracket behind it."""
    known = known_columns()
    word = next((w for w in known if len(w) > 1 and text.startswith(w, place)), None)
    if word is None:
        return None
    bracket = BRACKET.match(text, place + len(word), end)
    return known[word], bracket.end() if bracket else place + len(word)
