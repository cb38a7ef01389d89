"""Lay the corrected cells of measures into them, a row a measure.

Boundary: an amount must be one that the target says; indicator, bound and change are the clerk's to tell.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from taskie.interchange.correcting import Correcting
from taskie.interchange.documents import plain_measure
from taskie.interchange.finding import count_words, find_amount
from taskie.interchange.ledger_sheet import SheetRow, shown
from taskie.records import Entity, Measure, Target

_COLUMNS = ("indicator", "value", "value_max", "unit", "bound", "change")
# Without these a row is about no measure.
_TELLING = ("indicator", "value", "value_max", "unit")
# Cells that are alike in so many columns of a measure are about the same measure.
_ALIKE = 3
# What an empty cell says.
_PLAIN = {"bound": "eq", "change": "reach"}


def corrected_measures(state: Correcting, target: Target, rows: Sequence[SheetRow]) -> list[Measure]:
    """Return the measures that the rows of the target describe."""
    filled = [row for row in rows if any(row.cells.get(n) is not None for n in _TELLING)]
    pairs = _paired(filled, target.measures)
    found = [m for row, known in pairs if (m := _measure(state, target, row, known))]
    return sorted(found, key=lambda measure: measure.start)


def _measure(state: Correcting, target: Target, row: SheetRow, known: Measure | None) -> Measure | None:
    value, unit = row.cells.get("value"), row.cells.get("unit")
    moved = known is not None and not target.start <= known.start < target.end
    if known is None or moved or (value, unit) != (known.value, shown(known.unit)):
        measure = _amount(state, target, row, known)
        if measure is None:
            return known
    else:
        measure = known
    changes: dict[str, Any] = {
        name: row.cells[name] or plain
        for name, plain in _PLAIN.items()
        if name in row.cells and (row.cells[name] or row.number not in state.added)
    }
    indicator = row.cells.get("indicator")
    if indicator != shown(known.indicator if known else None):
        if indicator is not None and not count_words(state.text, str(indicator)):
            state.problem(row, "indicator", f"{indicator!r} does not stand in the text")
        else:
            changes["indicator"] = indicator
    if "value_max" in row.cells and (known is None or row.cells["value_max"] != known.value_max):
        changes["value_max"] = row.cells["value_max"]
    return dataclasses.replace(measure, **changes)


def _amount(state: Correcting, target: Target, row: SheetRow, known: Measure | None) -> Measure | None:
    """Return the amount that the row's value and unit name, read anew from the target."""
    value, unit = row.cells.get("value"), row.cells.get("unit")
    words = f"{value}{unit or ''}"
    span = None
    if value is None:
        state.problem(row, "value", "is empty; empty 指标 and 计量单位 too to take the measure out")
        return None
    if isinstance(value, int | float):
        span = find_amount(state.text, target.start, target.end, value, unit if unit is None else str(unit))
    if span is None:
        state.problem(row, "value", f"{words!r} does not stand in the target {target.text[:20]!r}")
        return None
    if not state.entity(row, "value", span, "QUANTITY"):
        return None
    entity = Entity("QUANTITY", state.text[span[0] : span[1]], *span)
    measure = plain_measure(state.text, target.start, target.end, entity)
    return measure if known is None else dataclasses.replace(measure, indicator=known.indicator, change=known.change)


def _paired(rows: Sequence[SheetRow], measures: Sequence[Measure]) -> list[tuple[SheetRow, Measure | None]]:
    """Return each row with the measure it is about: alike in all cells, else in order, else alike in most cells."""
    left = list(measures)
    pairs: dict[int, Measure | None] = {}
    for enough in (len(_COLUMNS), _ALIKE):
        open_rows = [row for row in rows if row.number not in pairs]
        if enough == _ALIKE and len(open_rows) == len(left):
            pairs.update((row.number, measure) for row, measure in zip(open_rows, left, strict=True))
            break
        for row in open_rows:
            best = max(left, key=lambda measure: _likeness(row, measure), default=None)
            if best is not None and _likeness(row, best) >= enough:
                pairs[row.number] = best
                left.remove(best)
    return [(row, pairs.get(row.number)) for row in rows]


def _likeness(row: SheetRow, measure: Measure) -> int:
    return sum(row.cells.get(name) == shown(getattr(measure, name)) for name in _COLUMNS)
