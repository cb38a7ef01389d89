"""Cut the header of a run table that has nothing between its words, none of them in a list, at words read by their parts.

Boundary: all ways to cut it, likely ones first; under which of them the rows fit is told in ``table_run_glued_header``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from taskie.structure.column_parts import NUMBER_WORD
from taskie.structure.columns import Column, read_header_cell

_MIN_WORD, _MAX_WORD, _MIN_COLUMNS = 2, 8, 5
# Words can be cut in more ways than could be gone through.
_MAX_STEPS = 4000
# There can be several columns only of bodies and of remarks.
_REPEATED = ("unit", "remark")
_CONTENT = ("statement", "value")


def coined_ways(text: str, start: int, stop: int) -> Iterator[tuple[Column, ...]]:
    """Yield the columns for each way to cut ``text[start:stop]`` into words that say what a column holds, the number first.

    Short words come first: a word by its parts is known with others before it too.
    """
    number = NUMBER_WORD.match(text, start, stop)
    if number is None:
        return
    words = _words_at(text, number.end(), stop)
    first = Column("number", word=number[0])
    for columns in _ways(words, number.end(), stop):
        says = any(column.meaning in _CONTENT for column in columns)
        if len(columns) + 1 >= _MIN_COLUMNS and says:
            yield (first, *columns)


def _words_at(text: str, start: int, stop: int) -> dict[int, list[tuple[Column, int]]]:
    """Return the columns that words beginning at a place name, with their ends; only words that the rest can follow."""
    words: dict[int, list[tuple[Column, int]]] = {}
    for a in range(stop - _MIN_WORD, start - 1, -1):
        for b in range(a + _MIN_WORD, min(stop, a + _MAX_WORD) + 1):
            column = read_header_cell(text[a:b]) if b == stop or b in words else None
            if column is not None:
                words.setdefault(a, []).append((Column(column.meaning, column.role, text[a:b]), b))
    return words


def _ways(words: Mapping[int, Sequence[tuple[Column, int]]], start: int, stop: int) -> Iterator[tuple[Column, ...]]:
    """Yield the columns of each chain of words from ``start`` to ``stop``, as many as so many steps find."""
    chains: list[tuple[tuple[Column, ...], int]] = [((), start)]
    for _ in range(_MAX_STEPS):
        if not chains:
            return
        columns, position = chains.pop()
        if position == stop:
            yield columns
        said = {column.meaning for column in columns if column.meaning not in _REPEATED}
        chains += [
            ((*columns, word), end) for word, end in reversed(words.get(position, ())) if word.meaning not in said
        ]
