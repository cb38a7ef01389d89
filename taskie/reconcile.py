"""Bring the tagger's entities and the document's structure into one list.

A unit column, a unit list and an addressee line say for certain that something is a body, and a
deadline cell that something is a deadline; there the structure overrules the tagger.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from taskie.records import Entity
from taskie.structure.outline import Outline


def reconcile(text: str, outline: Outline, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Return the entities in text order without overlap; spans known from structure replace what they touch."""
    certain = _without_overlap(sorted(_certain(outline)))
    kept: list[Entity] = []
    by_span = {(e.start, e.end, e.label): e for e in entities}
    for start, end, label in certain:
        known = by_span.get((start, end, label))
        kept.append(known or Entity(label, text[start:end], start, end))
    kept.extend(_untouched(sorted(entities, key=lambda e: e.start), certain))
    return tuple(sorted(kept, key=lambda e: e.start))


def _certain(outline: Outline) -> Iterable[tuple[int, int, str]]:
    for start, end in outline.addressee_spans:
        yield start, end, "ORG"
    for task in outline.tasks:
        for unit in task.units:
            yield unit.start, unit.end, "ORG"
        for attribution in task.attributions:
            for unit in attribution.units:
                yield unit.start, unit.end, "ORG"
            if attribution.deadline:
                yield attribution.deadline.start, attribution.deadline.end, "DEADLINE"
        if task.deadline:
            yield task.deadline.start, task.deadline.end, "DEADLINE"


def _without_overlap(spans: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for start, end, label in spans:
        if start < end and (not kept or start >= kept[-1][1]):
            kept.append((start, end, label))
    return kept


def _untouched(entities: Sequence[Entity], certain: Sequence[tuple[int, int, str]]) -> Iterable[Entity]:
    i = 0
    for entity in entities:
        while i < len(certain) and certain[i][1] <= entity.start:
            i += 1
        if i == len(certain) or certain[i][0] >= entity.end:
            yield entity
