"""Read the amounts that a progress cell reports and link them to the targets they report on.

Boundary: reported amounts are kept apart from the goals; they are never measures of a target.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from taskie.records import Entity, Reported, Target, TextSpan
from taskie.relations.clauses import split_clauses
from taskie.relations.measures import read_measures

# How much of the shorter indicator has to be found in the other one for the two to agree.
AGREEMENT = 0.5
_GENERIC = re.compile(r"^(?:全[省市县区州]|我[省市县区]|累计|新增|新建|完成|目前|已)+")


def read_reported(
    text: str, progress: TextSpan, entities: Sequence[Entity], targets: Sequence[Target]
) -> tuple[Reported, ...]:
    """Return the amounts in the progress cell, in text order; ``entities`` are those inside it."""
    starts = [entity.start for entity in entities]
    reported = []
    previous: tuple[int, str | None] = (-1, None)
    amounts = [entity for entity in entities if entity.label == "QUANTITY"]
    for clause in split_clauses(text, progress.start, progress.end, amounts=amounts):
        inside = entities[bisect_left(starts, clause.start) : bisect_left(starts, clause.end)]
        measures = read_measures(
            text, clause.start, clause.end, [entity for entity in inside if entity.label == "QUANTITY"],
            others=[entity for entity in inside if entity.label != "QUANTITY"],
            previous=previous[1] if previous[0] == clause.sentence else None,
        )  # fmt: skip
        for m in measures:
            previous = (clause.sentence, m.indicator) if m.indicator else previous
            reported.append(
                Reported(
                    m.indicator, m.text, m.start, m.end, m.value, m.value_max, m.unit, m.bound, m.change, m.masked,
                    _agreeing_target(m.indicator, m.unit, targets),
                )
            )  # fmt: skip
    return tuple(reported)


def _agreeing_target(indicator: str | None, unit: str | None, targets: Sequence[Target]) -> int | None:
    """Return the index of the one target whose indicator and unit agree best."""
    best, best_score = None, 0.0
    for i, target in enumerate(targets):
        for measure in target.measures:
            if measure.unit == unit and (score := agreement(indicator, measure.indicator)) > best_score:
                best, best_score = i, score
    return best if best_score >= AGREEMENT else None


def agreement(one: str | None, other: str | None) -> float:
    """Return the share of character pairs of the shorter indicator that the other one has, in [0, 1]."""
    pairs = [_pairs(name) for name in (one, other)]
    if not pairs[0] or not pairs[1]:
        return 0.0
    return len(pairs[0] & pairs[1]) / min(len(pairs[0]), len(pairs[1]))


def _pairs(name: str | None) -> set[str]:
    core = _GENERIC.sub("", name or "")
    return {core[i : i + 2] for i in range(len(core) - 1)} or ({core} if core else set())
