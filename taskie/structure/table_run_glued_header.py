"""Read the header of a run table with nothing between its words where some of them are unknown or made of several.

Boundary: where one word ends and the next begins is told by the rows: of all ways to cut the header, the one under which
most rows fit. Headers of known words only are read by ``table_run_header``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, islice, pairwise

from taskie.structure.body_lists import BodyLists
from taskie.structure.column_parts import NUMBER_WORD
from taskie.structure.columns import Column, known_columns, read_header_cell
from taskie.structure.table_glued import fits_glued
from taskie.structure.table_rows import trimmed
from taskie.structure.table_run_coined_header import coined_ways
from taskie.structure.table_run_columns import unknown_column
from taskie.structure.table_run_header import BRACKET, RunHeader, find_run_header
from taskie.structure.table_run_starts import row_starts

_FIRST_ROW = re.compile(r"(?<!\d)0*1[、.．]?(?=[\u4e00-\u9fff“《A-Za-z])(?!月)|[（(]1[）)]")
_NO_HEADER = re.compile(r"[\s，。；：、|｜]")
_MAX_HEADER = 140
_MIN_COLUMNS, _MIN_ROWS = 4, 2
# 建设内容或工作要求; 7月进展, 累计完成投资: such words belong to the one behind them.
_AND = re.compile(r"或|及|和|与|暨")
_OF_NEXT = re.compile(
    r"(?:(?:\d{1,2}[-—－至])?\d{1,2}月(?:份|底)?|第?[一二三四]季度|[上下]半年|本[月季年]度?|截至目前|目前|当前|累计|年度)$"
)
_MONEY = re.compile(r"(?:投资|资金|金额|费用)(?:[（(][^（）()]*[）)])?$")
# Of the words of a header so many are taken for parts of others, in no more ways than so many; they are tried on so many rows.
_MAX_JOINS, _MAX_WAYS, _MAX_ROWS = 3, 240, 6
_SHARE = 0.6
_MIN_WORD = 2
# The first rows are looked for in so many characters.
_MAX_SEEN = 6000
_Span = tuple[int, int]
# What form tells from the text beside it.
_CERTAIN = ("deadline", "status", "leader", "amount", "unit")


def find_header_by_rows(text: str, start: int, end: int, lists: BodyLists) -> RunHeader | None:
    """Return the header of the run table in ``text[start:end]``; where it has words that are not known, as the rows tell."""
    plain = find_run_header(text, start, end)
    first = plain.start if plain else -1
    for begin in NUMBER_WORD.finditer(text, start, end) if lists.lists else ():
        if plain and begin.start() > first:
            break
        stop = _end_of_header(text, begin.start(), end)
        if stop and not (plain and plain.end >= stop):
            header = _cut_by_rows(text, begin.start(), stop, end, lists)
            if header:
                return header
    return plain


def _end_of_header(text: str, start: int, end: int) -> int | None:
    """Return where the words from ``start`` on give way to the number 1, if nothing parts them and the last one is known."""
    for number in _FIRST_ROW.finditer(text, start, min(end, start + _MAX_HEADER)):
        header = text[start : number.start()].rstrip()
        if _NO_HEADER.search(header):
            return None
        if read_header_cell(header[-4:]) or header.endswith(tuple("）)")):
            return start + len(header)
    return None


def _cut_by_rows(text: str, start: int, stop: int, end: int, lists: BodyLists) -> RunHeader | None:
    """Return the columns under which most rows fit: of as good ones those with most cells told by form, then with fewest joins."""
    words = _words(text, start, stop)
    ways = list(islice(_ways(text, words) if words else coined_ways(text, start, stop), _MAX_WAYS))
    if not ways or 0 < len(words) < _MIN_COLUMNS:
        return None
    plain = RunHeader(tuple(_column(text[a:b]) for a, b in words) or ways[0], start, stop)
    starts = row_starts(text, plain, min(end, stop + _MAX_SEEN), lists)[: _MAX_ROWS + 1]
    rows = [trimmed(text, row[1], following[0]) for row, following in zip(starts, starts[1:], strict=False)]
    if len(rows) < _MIN_ROWS:
        return None
    best, most = None, (0, 0)
    for columns in ways:
        count = sum(fits_glued(text, columns[1:], *row, lists) for row in rows)
        certain = sum(column.meaning in _CERTAIN for column in columns)
        if (count, certain) > most:
            best, most = columns, (count, certain)
    return RunHeader(best, start, stop) if best and most[0] >= _SHARE * len(rows) else None


def _words(text: str, start: int, stop: int) -> list[_Span]:
    """Cut a header at the words we know; what lies between two of them is a word as well, or belongs to one of them."""
    known = [word for word in known_columns() if len(word) > 1]
    words: list[_Span] = []
    position = begin = start
    while position < stop:
        word = next((w for w in known if text.startswith(w, position, stop)), None)
        if word is None:
            position += 1
            continue
        bracket = BRACKET.match(text, position + len(word), stop)
        behind = bracket.end() if bracket else position + len(word)
        between = text[begin:position]
        if words and _AND.fullmatch(between):
            words[-1] = (words[-1][0], behind)
        else:
            period = _OF_NEXT.search(between)
            own = begin + period.start() if period else position
            words += [(begin, own)] * (begin < own) + [(own, behind)]
        position = begin = behind
    return words if begin == stop else []


def _cuts(text: str, words: Sequence[_Span]) -> Iterator[list[_Span]]:
    """Yield the words as they are, then with two of them cut elsewhere: 任务目标, 要求 or 任务, 目标要求."""
    known = known_columns()
    yield list(words)
    for i, ((a, b), (_, c)) in enumerate(pairwise(words)):
        for cut in range(a + _MIN_WORD, c - _MIN_WORD + 1):
            if cut != b and text[a:cut] in known and text[cut:c] in known:
                yield [*words[:i], (a, cut), (cut, c), *words[i + 2 :]]


def _ways(text: str, words: Sequence[_Span]) -> Iterator[tuple[Column, ...]]:
    """Yield the columns for each way to cut the words and to join them with those behind, as many as there are first."""
    cuts = list(_cuts(text, words))
    for joins in range(_MAX_JOINS + 1):
        for cut in cuts:
            yield from _joined(text, cut, joins)


def _joined(text: str, words: Sequence[_Span], joins: int) -> Iterator[tuple[Column, ...]]:
    """Yield the columns for each way to join so many words with those behind them; the number's is joined with none."""
    meant = [_column(text[a:b]).meaning for a, b in words]
    content = "statement" if "statement" in meant else "title"
    # A title and the statement behind it fit as one cell too, but are two columns.
    joinable = [i for i in range(2, len(words)) if meant[i - 1 : i + 1] != ["title", "statement"]]
    for joined in combinations(joinable, joins):
        ends = [i for i in range(1, len(words) + 1) if i not in joined]
        cuts = zip([0, *ends], ends, strict=False)
        columns = tuple(_column(text[words[a][0] : words[b - 1][1]]) for a, b in cuts)
        said = {column.meaning for column in columns}
        if len(columns) >= _MIN_COLUMNS and columns[0].meaning == "number" and content in said:
            yield columns
            if "deadline" not in said:
                yield from _with_a_deadline(columns)


def _with_a_deadline(columns: tuple[Column, ...]) -> Iterator[tuple[Column, ...]]:
    """Yield the columns with one of unknown words as that of times."""
    for i, column in enumerate(columns):
        if column == unknown_column(column.word):
            yield *columns[:i], replace(column, meaning="deadline"), *columns[i + 1 :]


def _column(word: str) -> Column:
    """Return the column of a header word by what it ends with: 年度投资计划及进度安排 is a time."""
    if word.startswith("是否"):
        return unknown_column(word)
    if _MONEY.search(word):
        return Column("amount", word=word)
    known = known_columns()
    ending = next((w for w in known if len(w) > 1 and word.endswith(w)), None)
    column = known[ending] if ending else read_header_cell(word)
    return replace(column, word=word) if column else unknown_column(word)
