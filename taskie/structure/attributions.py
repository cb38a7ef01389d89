"""Find the attributions of an item, in text order, each with the stretch it holds for.

Boundary: puts together what ``bracket_statements`` and ``line_statements`` find; what one says is read by ``responsibility``.
"""

from __future__ import annotations

from collections.abc import Sequence

from taskie.records import Unit
from taskie.structure.bracket_statements import find_in_brackets
from taskie.structure.first_listed import rank_units
from taskie.structure.line_statements import find_on_lines
from taskie.structure.outline import Attribution
from taskie.structure.parting_marks import parted
from taskie.structure.reading import Reading
from taskie.structure.responsibility_statement import PlacedStatement, Statement


def find_attributions(text: str, start: int, end: int, reading: Reading) -> tuple[Attribution, ...]:
    """Return the attributions in ``text[start:end]``, in text order, each with the stretch it holds for."""
    found = [*find_in_brackets(text, start, end, reading), *find_on_lines(text, start, end, reading)]
    merged = _merge(sorted(found, key=lambda f: (f.start, -f.end)), text)
    attributions = []
    scope_start = start
    for item in merged:
        attributions.append(
            Attribution(
                item.start,
                item.end,
                scope_start,
                item.start,
                rank_units(text, parted(text, reading.parting_mark, item.statement.units), reading),
                item.statement.leaders,
                item.statement.deadline,
            )
        )
        scope_start = item.end
    return tuple(attributions)


def _merge(found: Sequence[PlacedStatement], text: str) -> list[PlacedStatement]:
    """Join attributions that follow one another with nothing but marks between; drop those inside others."""
    merged: list[PlacedStatement] = []
    for item in found:
        if merged and item.start < merged[-1].end:
            continue
        if merged and not text[merged[-1].end : item.start].strip(" \t\r\n\u3000。；;，,、"):
            before = merged[-1]
            joined = Statement(
                before.statement.units
                + tuple(
                    u
                    for u in item.statement.units
                    if (u.name, u.role) not in {(v.name, v.role) for v in before.statement.units}
                ),
                before.statement.leaders + item.statement.leaders,
                before.statement.deadline or item.statement.deadline,
            )
            merged[-1] = PlacedStatement(before.start, item.end, joined)
        else:
            merged.append(item)
    return merged


def collect_units(attributions: Sequence[Attribution]) -> tuple[Unit, ...]:
    """Return the units of all attributions, each name and role once, in text order."""
    units: dict[tuple[str, str], Unit] = {}
    for attribution in attributions:
        for unit in attribution.units:
            units.setdefault((unit.name, unit.role), unit)
    return tuple(units.values())
