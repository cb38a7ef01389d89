"""Decide a link where rules leave a choice; here the rules' own choice stands, without scores.

Boundary: the questions that reading a task asks, and the answer of rules alone. ``confidence`` answers the same
questions with trained scores; training asks them to collect its examples.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from taskie.records import Entity
from taskie.relations.candidates import DeadlineCandidate, PhraseCandidate
from taskie.relations.clauses import TargetSpan

# The kinds of links that have a score, and those that rules and scores decide between them.
KINDS = ("unit", "deadline", "measure", "indicator", "project")
DECIDED = ("unit", "deadline", "measure", "indicator")


@dataclass(frozen=True, slots=True)
class AmountSite:
    """An amount in its target ``text[start:end]``, with the amount behind it in the same target, if there is one."""

    text: str
    start: int
    end: int
    amount: Entity
    later: Entity | None


@dataclass(frozen=True, slots=True)
class NounSite:
    """The words around an amount that may name it, and its unit; ``phrases`` gives the candidates when asked."""

    left: str
    right: str
    unit: str
    position: int
    phrases: Callable[[], Sequence[PhraseCandidate]]


class Decider:
    """Answer with what the rules say. Every answer comes with its score, a log-odds, or ``None`` without a model.

    ``rule`` is the rules' answer and ``certain`` tells whether the guidelines leave no choice.
    """

    def deadline(
        self, text: str, span: TargetSpan, candidates: Sequence[DeadlineCandidate], rule: int | None, *, certain: bool
    ) -> tuple[int | None, float | None]:
        """Return the index of the deadline that governs a target, ``None`` for none of the ``candidates``."""
        return rule, None

    def measure(self, site: AmountSite, rule: bool, *, certain: bool) -> tuple[bool, float | None]:
        """Tell whether an amount is a measure of its target; else it only qualifies what another one counts."""
        return rule, None

    def indicator(self, site: NounSite, rule: str | None, *, certain: bool) -> tuple[str | None, float | None]:
        """Return the noun phrase that an amount counts, ``None`` if none does."""
        return rule, None

    def confidence(self, kind: str, score: float | None, sure: float | None, target_sure: float) -> float | None:
        """Return the probability that a link of ``kind`` is right; without a model that of its entity, ``sure``."""
        return sure


RULES = Decider()
