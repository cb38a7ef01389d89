"""Bootstrap over documents: how far a score would move with other documents of the same kind."""

from __future__ import annotations

import random
from collections.abc import Sequence

from taskie.evaluation.scores import SHARE_SCORES, DocumentScores

ROUNDS = 1000
# With fewer documents an interval says nothing.
MIN_DOCUMENTS = 8


def value_of(scores: DocumentScores, name: str) -> float:
    """Return the figure of a score: F1, or the share found where there is no precision."""
    count = scores.counts[name]
    return count.recall if name in SHARE_SCORES else count.f1


def total_of(documents: Sequence[DocumentScores]) -> DocumentScores:
    """Return the counts of all documents together."""
    total = DocumentScores({})
    for scores in documents:
        total += scores
    return total


def interval(documents: Sequence[DocumentScores], name: str, *, seed: int = 0) -> tuple[float, float] | None:
    """Return the 95% interval of a score, or ``None`` with fewer than eight documents."""
    if len(documents) < MIN_DOCUMENTS:
        return None
    rng = random.Random(seed)
    values = sorted(value_of(total_of(rng.choices(documents, k=len(documents))), name) for _ in range(ROUNDS))
    return values[int(0.025 * ROUNDS)], values[int(0.975 * ROUNDS) - 1]


def paired_difference(
    one: Sequence[DocumentScores], other: Sequence[DocumentScores], name: str, *, seed: int = 0
) -> tuple[float, float, float, float]:
    """Compare two systems on the same documents.

    Returns the difference one − other, its 95% interval (low, high), and the share of rounds in which ``one`` was
    not better (a one-sided p). Raises ``ValueError`` if the numbers of documents differ.
    """
    if len(one) != len(other):
        raise ValueError(f"{len(one)} against {len(other)} documents; both systems need the same ones")
    rng = random.Random(seed)
    differences = []
    for _ in range(ROUNDS):
        chosen = [rng.randrange(len(one)) for _ in one]
        first, second = (value_of(total_of([scores[i] for i in chosen]), name) for scores in (one, other))
        differences.append(first - second)
    differences.sort()
    whole = value_of(total_of(one), name) - value_of(total_of(other), name)
    not_better = sum(d <= 0 for d in differences) / ROUNDS
    return whole, differences[int(0.025 * ROUNDS)], differences[int(0.975 * ROUNDS) - 1], not_better
