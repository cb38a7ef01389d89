"""Measure what confidences are worth: of the spans said to be right with 0.8, are 8 in 10 right?

Boundary: gold and predicted documents in, bins and figures out; ``reliability`` draws them.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from taskie.evaluation.gold import Gold
from taskie.records import LABELS, Document

BINS = 10
UNITS = "units"
# Rows of the report: all entities together, each label, and the units of tasks.
CONFIDENCE_ROWS = ("ece", *(f"ece:{label}" for label in LABELS), f"ece:{UNITS}")
_CHANCE_ROUNDS = 100


@dataclass(frozen=True, slots=True)
class Judged:
    """A predicted entity (``kind`` is its label) or unit (``kind`` is ``units``): how sure it was, and was it right.

    ``confidence`` is ``None`` where there is none: the entity was read from the structure alone.
    """

    kind: str
    confidence: float | None
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions with confidences in [low, high), the last bin with its upper end: how many, how sure, how often right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def judge(gold: Gold, predicted: Document) -> tuple[Judged, ...]:
    """Return the predicted entities and units inside the annotated ranges, judged as ``ner`` and ``units`` are."""
    known = {(e.start, e.end, e.label) for e in gold.document.entities}
    judged = [
        Judged(e.label, e.confidence, (e.start, e.end, e.label) in known)
        for e in predicted.entities
        if _inside(gold, e.start, e.end)
    ]
    if "records" in gold.layers:
        links = {(task.start, unit.name, unit.role) for task in gold.document.tasks for unit in task.units}
        judged += [
            Judged(UNITS, unit.confidence, (task.start, unit.name, unit.role) in links)
            for task in predicted.tasks
            if _inside(gold, task.start, task.end)
            for unit in task.units
        ]
    return tuple(judged)


def _inside(gold: Gold, start: int, end: int) -> bool:
    return any(a <= start and end <= b for a, b in gold.annotated)


def bins_of(sure: Sequence[float], right: Sequence[bool], *, bins: int = BINS) -> tuple[Bin, ...]:
    """Sort predictions into ``bins`` of equal width over [0, 1]; empty bins have count 0 and zeros.

    Raises ``ValueError`` if a confidence lies outside [0, 1] or the two are not of one length.
    """
    if len(sure) != len(right):
        raise ValueError(f"{len(sure)} confidences but {len(right)} judgements; each needs its partner")
    members: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, hit in zip(sure, right, strict=True):
        if not 0.0 <= confidence <= 1.0:
            raise ValueError(f"confidence {confidence} lies outside [0, 1]")
        members[min(int(confidence * bins), bins - 1)].append((confidence, hit))
    return tuple(
        Bin(i / bins, (i + 1) / bins, len(m), _mean([c for c, _ in m]), _mean([float(h) for _, h in m]))
        for i, m in enumerate(members)
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def expected_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error (Guo et al. 2017, equation 3); 0 where nothing was predicted."""
    total = sum(b.count for b in bins)
    return sum(abs(b.confidence - b.right) * b.count for b in bins) / total if total else 0.0


def error_by_chance(sure: Sequence[float], *, bins: int = BINS, seed: int = 0) -> float:
    """Return the mean error that true confidences would show on so few predictions: what is below it is noise."""
    rng = random.Random(seed)
    errors = [
        expected_error(bins_of(sure, [rng.random() < confidence for confidence in sure], bins=bins))
        for _ in range(_CHANCE_ROUNDS)
    ]
    return _mean(errors)


def of_row(judged: Iterable[Judged], row: str) -> list[Judged]:
    """Return the predictions that a row counts."""
    kind = row.partition(":")[2]
    return [j for j in judged if (j.kind == kind if kind else j.kind != UNITS)]


def confidence_figures(judged: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    """Return the figures of each row as plain values.

    ``value`` is the error and ``chance`` what is left of it by chance alone; ``confidence`` and ``right`` are means over
    ``count`` predictions. Predictions without confidence are not in them: ``unrated`` of these, ``unrated_right`` right.
    """
    figures = {}
    for row in CONFIDENCE_ROWS:
        chosen = of_row(judged, row)
        rated = [(j.confidence, j.right) for j in chosen if j.confidence is not None]
        unrated = [j.right for j in chosen if j.confidence is None]
        sure, right = [c for c, _ in rated], [r for _, r in rated]
        bins = bins_of(sure, right)
        figures[row] = {
            "value": round(expected_error(bins), 4), "chance": round(error_by_chance(sure), 4), "count": len(sure),
            "confidence": round(_mean(sure), 4), "right": round(_mean([float(r) for r in right]), 4),
            "unrated": len(unrated), "unrated_right": sum(unrated),
            "bins": [[b.low, b.high, b.count, round(b.confidence, 4), round(b.right, 4)] for b in bins],
        }  # fmt: skip
    return figures
