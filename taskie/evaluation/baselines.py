"""Trivial baselines, to see what a score is worth: what can be had without a model.

``nearest_unit`` gives each target the one unit printed nearest to it, ``same_row`` all units of its task whatever their
role; ``dictionary_entities`` tags amounts by a pattern,
bodies by the gazetteer and deadlines by a short list.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from taskie.ner.gazetteer import DEPARTMENT_BEGIN, DEPARTMENT_END, load_gazetteer
from taskie.records import Document, Entity, Target, Task

_AMOUNT = re.compile(
    r"\d+(?:\.\d+)?\s?(?:[万亿千百]*(?:元|人|户|亩|吨|平方米|公里|套|台)|%|％|个百分点|[个家项条处座所名场次])(?:以上|以下|以内|左右)?"
)
_DEADLINE = re.compile(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底)前?|年底前?|年内|全年|到?\d{4}年底")
_PREFIX = "省市县区州旗"


def dictionary_entities(text: str) -> tuple[Entity, ...]:
    """Return entities found by patterns and the gazetteer alone."""
    spans = [(m.start(), m.end(), "QUANTITY") for m in _AMOUNT.finditer(text)]
    spans += [(m.start(), m.end(), "DEADLINE") for m in _DEADLINE.finditer(text)]
    marks = load_gazetteer().match(text).tolist()
    begin = None
    for i, mark in enumerate(marks):
        if mark == DEPARTMENT_BEGIN:
            begin = i - 1 if i and text[i - 1] in _PREFIX else i
        if mark == DEPARTMENT_END and begin is not None:
            spans.append((begin, i + 1, "ORG"))
            begin = None
    kept: list[Entity] = []
    for start, end, label in sorted(spans):
        if not kept or start >= kept[-1].end:
            kept.append(Entity(label, text[start:end], start, end))
    return tuple(kept)


def nearest_unit(document: Document) -> Document:
    """Return the document with each target linked to the one unit of its task that stands nearest to it."""

    def nearest(task: Task, target: Target) -> tuple[str, ...]:
        unit = min(task.units, key=lambda u: min(abs(u.start - target.end), abs(target.start - u.end)), default=None)
        return (unit.name,) if unit else ()

    return _linked(document, nearest)


def same_row(document: Document) -> Document:
    """Return the document with each target linked to every unit of its task, whatever its role."""
    return _linked(document, lambda task, _: tuple(dict.fromkeys(unit.name for unit in task.units)))


def _linked(document: Document, leads: Callable[[Task, Target], tuple[str, ...]]) -> Document:
    tasks = [
        replace(task, targets=tuple(replace(target, lead_units=leads(task, target)) for target in task.targets))
        for task in document.tasks
    ]
    return replace(document, tasks=tuple(tasks))
