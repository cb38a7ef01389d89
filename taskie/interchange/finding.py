"""Find in a document's text what a cell of the ledger says: a name, a phrase, an amount.

Boundary: spans only; white space inside a name may differ, since the ledger shows names without it.
"""

from __future__ import annotations

import re

from taskie.normalize.quantities import normalize_quantity
from taskie.records import Entity

_NUMERAL = re.compile(r"[\d０-９][\d０-９.,，．%％]*|[〇零一二两三四五六七八九十百千万亿半]+")
# How many characters a unit and a bound behind the numeral may have.
_MAX_TAIL = 8


def find_words(text: str, words: str, *, near: int, inside: tuple[int, int] | None = None) -> tuple[int, int] | None:
    """Return the occurrence of ``words`` nearest to ``near`` and, if given, ``inside`` a span; ``None`` without one."""
    characters = [re.escape(character) for character in words if not character.isspace()]
    if not characters:
        return None
    start, end = inside or (0, len(text))
    found = [m.span() for m in re.finditer(r"\s*".join(characters), text[start:end])]
    if not found:
        return None
    # What stands behind is nearer than what stands as far before: an attribution follows its target.
    best = min(found, key=lambda span: (abs(start + span[0] - near), start + span[0] < near))
    return start + best[0], start + best[1]


def count_words(text: str, words: str) -> int:
    """Return how often ``words`` stand in ``text``, white space aside."""
    characters = [re.escape(character) for character in words if not character.isspace()]
    return len(re.findall(r"\s*".join(characters), text)) if characters else 0


def find_amount(text: str, start: int, end: int, value: float, unit: str | None) -> tuple[int, int] | None:
    """Return the shortest stretch of ``text[start:end]`` that reads as ``value`` in ``unit``, bound behind it included."""
    for match in _NUMERAL.finditer(text, start, end):
        for stop in range(match.start() + 1, min(end, match.end() + _MAX_TAIL) + 1):
            if unit is None and text[stop:end][:1].isalnum():
                continue  # a unit follows
            quantity = normalize_quantity(text[match.start() : stop])
            if quantity.value == value and (quantity.unit or None) == unit:
                bound = re.compile("以上|以下|以内|左右|上下").match(text, stop, end)
                return match.start(), bound.end() if bound else stop
    return None


def take_entity(entities: list[Entity], text: str, span: tuple[int, int], label: str) -> Entity | None:
    """Add the entity unless it is there, in place of those of its label that it overlaps.

    Returns the entity of another label that stands in its way, which leaves ``entities`` as they were.
    """
    start, end = span
    touched = [e for e in entities if e.start < end and start < e.end]
    if any((e.start, e.end, e.label) == (start, end, label) for e in touched):
        return None
    other = next((e for e in touched if e.label != label), None)
    if other is None:
        entities[:] = sorted(
            [*(e for e in entities if e not in touched), Entity(label, text[start:end], start, end)],
            key=lambda e: e.start,
        )
    return other
