"""Assign the cells of a row to the columns of its table by how well what they hold fits.

Boundary: cells come in order and one row at a time; how a text is cut into them is the business of the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from taskie.structure.columns import UNKNOWN, Column, kind_of_cell
from taskie.structure.table_rows import Cell

# Scores of a cell in a column, in points of no unit: only their order and sums matter.
_EXACT, _SHORT_TEXT, _LONG_TEXT, _EITHER, _NOTHING, _OPEN = 3.0, 0.6, 1.2, 0.3, 0.2, 0.0
_TOO_LONG, _NO_TEXT, _MISSING, _NO_BODY, _WRONG = -0.5, -0.8, -1.0, -1.5, -3.0
# A cell that fits its column no better than this is another column's.
_CONTRADICTS = _MISSING
# Of one cell for two columns of bodies: one body is more likely to lead, several to help.
_UNLIKELY = 0.05
_NEXT, _PASSED_OVER, _GOES_ON, _REOPENED = 0.5, 0.4, -0.6, -3.0
# Where two unit columns meet, a name too many belongs to the later one: helpers are listed, a leader is not.
_LATER = 0.01
_PASSED_AT_END = 0.3
# Meanings that are kinds of cells as well.
TOLD_BY_FORM = frozenset({"number", "deadline", "unit", "leader", "status"})
_SHORT = frozenset({"amount", "value", "measure_unit", "category", "title", "remark", UNKNOWN})
_MAX_STATUS, _MAX_TIME, _MAX_UNITS, _MAX_SHORT = 8, 14, 30, 40


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell or a stretch of one: trimmed span, and whether a tab or bar before it says that a cell begins."""

    start: int
    end: int
    opens: bool


def assign(
    text: str, columns: Sequence[Column], chunk: Sequence[CellText], *, known: Mapping[int, str] | None = None
) -> tuple[Cell, ...]:
    """Assign the cells of a row to columns, in order, by the best total fit of what they hold.

    ``known`` gives the kind of cells, by index, where it is known better than from their form. Cells of one column are
    joined into one, blank ones left out. As many cells as columns are taken as they come if none is in the wrong place.
    """
    width = len(columns)
    if len(chunk) == width and all(cell.opens for cell in chunk[1:]):
        return _joined(enumerate(chunk))
    kinds = [(known or {}).get(i) or kind_of_cell(text[c.start : c.end]) for i, c in enumerate(chunk)]
    if len(chunk) == width and _no_contradiction(columns, kinds, chunk):
        return _joined(enumerate(chunk))
    return _joined(zip(_best_places(text, columns, chunk, kinds), chunk, strict=True))


def fits_in_order(text: str, columns: Sequence[Column], cells: Sequence[CellText]) -> bool:
    """Tell whether each of as many cells as columns may be what its column says."""
    return fit_in_order(text, columns, cells) is not None


def fit_in_order(text: str, columns: Sequence[Column], cells: Sequence[CellText]) -> float | None:
    """Return how well as many cells as columns fit as they come, ``None`` if one of them cannot be what its column says."""
    fits = [
        _fit(column.meaning, kind_of_cell(text[cell.start : cell.end]), cell.end - cell.start)
        for column, cell in zip(columns, cells, strict=True)
    ]
    return sum(fits) if all(fit > _CONTRADICTS for fit in fits) else None


def fits_among(text: str, columns: Sequence[Column], cells: Sequence[CellText]) -> bool:
    """Tell whether each cell may be what a column says behind that of the cell before it; columns may be left out."""
    left = iter(columns)
    kinds = [(kind_of_cell(text[cell.start : cell.end]), cell.end - cell.start) for cell in cells]
    return all(any(_fit(column.meaning, *kind) > _CONTRADICTS for column in left) for kind in kinds)


def _no_contradiction(columns: Sequence[Column], kinds: Sequence[str], cells: Sequence[CellText]) -> bool:
    found = zip(columns, kinds, cells, strict=True)
    return all(_fit(column.meaning, kind, cell.end - cell.start) > _CONTRADICTS for column, kind, cell in found)


def _best_places(text: str, columns: Sequence[Column], chunk: Sequence[CellText], kinds: Sequence[str]) -> list[int]:
    """Return a column for each cell, none before that of the cell before it, with the best sum of fits and moves.

    Dynamic programming over cells and columns: ``best[k]`` is the best sum with the last cell read in column ``k``.
    """
    width = len(columns)
    best: list[float] = []
    back: list[list[int]] = []
    for i, cell in enumerate(chunk):
        fits = [_fit_here(text, column, kinds[i], cell) for column in columns]
        if not i:
            best = [fit - _PASSED_OVER * k for k, fit in enumerate(fits)]
            continue
        options = [
            max((best[j] + fit + _move(j, k, cell), j) for j in range(k + 1))  # the sums in this order, to the last bit
            for k, fit in enumerate(fits)
        ]
        best = [score for score, _ in options]
        back.append([j for _, j in options])
    places = [max(range(width), key=lambda k: best[k] - _PASSED_AT_END * (width - 1 - k))]
    for before in reversed(back):
        places.append(before[places[-1]])
    return places[::-1]


def _fit_here(text: str, column: Column, kind: str, cell: CellText) -> float:
    unlikely = column.role == ("lead" if "、" in text[cell.start : cell.end] else "cooperating")
    return _fit(column.meaning, kind, cell.end - cell.start) - _UNLIKELY * unlikely


def _move(before: int, column: int, cell: CellText) -> float:
    """Staying in a column means that the cell goes on; an opening tab or bar speaks against it."""
    if column == before:
        return _REOPENED if cell.opens else _GOES_ON + _LATER * column
    return _NEXT - _PASSED_OVER * (column - before - 1)


def _fit(meaning: str, kind: str, length: int) -> float:
    """Score a cell of a kind under a column of a meaning."""
    if kind == "none":
        return _NOTHING if meaning not in ("number", "statement") else _MISSING
    if meaning in TOLD_BY_FORM:
        return _EXACT if kind == meaning else _fit_of_other_kind(meaning, kind, length)
    if meaning in _SHORT:
        return _SHORT_TEXT if length <= _MAX_SHORT else _TOO_LONG
    # Long text wants a text column; bodies, dates and status words want theirs.
    return _LONG_TEXT if kind == "text" else _NO_TEXT


def _fit_of_other_kind(meaning: str, kind: str, length: int) -> float:
    """Score a cell under a column that asks for another kind: form alone cannot always tell kinds apart."""
    if {meaning, kind} == {"leader", "unit"}:
        return _OPEN
    if meaning == "status" and kind == "deadline":
        return _EITHER  # 持续推进 stands for either
    if meaning == "status" and length <= _MAX_STATUS and kind in ("text", "leader"):
        return _OPEN  # four characters are a name by their form: 推进偏缓
    if meaning == "deadline" and length <= _MAX_TIME and kind in ("text", "status"):
        return _OPEN
    return _NO_BODY if meaning == "unit" and length <= _MAX_UNITS else _WRONG


def _joined(placed: Iterable[tuple[int, CellText]]) -> tuple[Cell, ...]:
    """Join the cells of one column into one span."""
    spans: dict[int, tuple[int, int]] = {}
    for k, cell in placed:
        if cell.start == cell.end:
            continue
        start, end = spans.get(k, (cell.start, cell.end))
        spans[k] = (min(start, cell.start), max(end, cell.end))
    return tuple((k, start, end) for k, (start, end) in sorted(spans.items(), key=lambda item: item[1]))
