"""Bring the tagger's entities and the document's structure into one list.

A unit column, a unit list and an addressee line say for certain that something is a body, and a
deadline cell that something is a deadline; there the structure overrules the tagger. A name that is
known in one place is known in the others too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from taskie.list_heads import label_lists
from taskie.named_again import named_again
from taskie.records import Entity
from taskie.structure.outline import Outline


def reconcile(text: str, outline: Outline, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Return the entities in text order without overlap; spans known from structure replace what they touch."""
    reports = sorted((task.progress.start, task.progress.end) for task in outline.tasks if task.progress)
    certain = _without_overlap(sorted(_certain(outline)))
    kept: list[Entity] = []
    by_span = {(e.start, e.end, e.label): e for e in entities}
    for start, end, label in certain:
        known = by_span.get((start, end, label))
        kept.append(known or Entity(label, text[start:end], start, end))
    others = _untouched(label_lists(text, sorted(entities, key=lambda e: e.start)), certain)
    kept.extend(e for e in others if not _is_no_entity(text, e, reports))
    return named_again(text, kept)


# The short name of an office in a document's number: ×政办字〔2023〕5号.
_DOCUMENT_NUMBER = re.compile(r"(?:字|发|函|规)?[〔\[【（(](?:19|20)\d\d[〕\]】）)](?:第)?\d+号")


def _is_no_entity(text: str, entity: Entity, reports: Sequence[tuple[int, int]]) -> bool:
    if entity.label == "DEADLINE":
        return _is_no_deadline(text, entity, reports)
    return entity.label == "ORG" and _DOCUMENT_NUMBER.match(text, entity.end) is not None


# Open-ended words are deadlines in a deadline cell or label only, and those the structure knows.
_OPEN_ENDED = re.compile(r"^(?:长期|持续|常态|按进度|按序时|及时|适时)")
_AHEAD = re.compile(r"(?:计划|预计|拟|力争|争取|确保|将|按照|要求|于|待|明年|下一步|打算)[^，。；,;]{0,6}$")
_DONE = re.compile(r"，?(?:前)?(?:已|共|累计|顺利完成|如期)")
_BY_THEN = re.compile(r"(?:前|底|末|内)$")


def _is_no_deadline(text: str, entity: Entity, reports: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a time only says when something was done: in a progress cell that is so unless it looks ahead."""
    if _OPEN_ENDED.match(entity.text):
        return True
    i = bisect_right(reports, (entity.start, len(text))) - 1
    if i < 0 or not reports[i][0] <= entity.start < reports[i][1]:
        return False
    before = text[max(0, entity.start - 12) : entity.start]
    if re.search(r"(?:截至|截止|至|到)$", before) or _DONE.match(text, entity.end):
        return True
    return not (_AHEAD.search(before) or (_BY_THEN.search(entity.text) and not re.search(r"以前$", entity.text)))


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
