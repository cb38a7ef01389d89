"""Say how sure a link is, and choose one where rules leave a choice: logistic regressions over named features.

Boundary: candidates and rules propose (``candidates``, ``decisions``); the weights are learned by
``taskie.training.links`` and read by ``link_file``. No learning library is needed to use them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from taskie.odds import log_odds, probability
from taskie.records import Entity, Unit
from taskie.relations.candidates import DeadlineCandidate, PhraseCandidate
from taskie.relations.clauses import TargetSpan
from taskie.relations.decisions import AmountSite, Decider, NounSite
from taskie.relations.features import BY_RULES, deadline_features, measure_features, phrase_features, unit_features
from taskie.structure.outline import Outline, TaskOutline

# Log-odds beyond this are as good as certain: a link is not surer than its parts.
MOST = 8.0
# A unit that the tagger did not see and that is less sure than this is none: a sentence that slipped into a unit column.
LEAST_UNIT = 0.15
# Sources of confidence, in the order of a ``Calibration``'s weights: the link's own score, its entity, its target.
SOURCES = ("score", "entity", "target")


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights by name of feature, and the bias; unknown names weigh nothing."""

    weights: Mapping[str, float]
    bias: float

    def score(self, features: Iterable[str]) -> float:
        """Return the log-odds of features that are there."""
        weights = self.weights
        return self.bias + sum([weights[name] for name in features if name in weights])

    def score_of(self, features: Mapping[str, float]) -> float:
        """Return the log-odds of features with values."""
        weights = self.weights
        return self.bias + sum([weights[name] * value for name, value in features.items() if name in weights])


@dataclass(frozen=True, slots=True)
class Calibration:
    """From log-odds of ``SOURCES`` to a probability: one weight for each, and the bias."""

    weights: tuple[float, ...]
    bias: float

    def probability(self, values: Sequence[float]) -> float:
        """Return the probability in [0, 1], to four places."""
        return probability(self.bias + sum([w * v for w, v in zip(self.weights, values, strict=True)]))


@dataclass(frozen=True, slots=True)
class LinkModels:
    """A scorer and a calibration by kind of link, and the kinds in which the score decides where rules leave a choice.

    ``alone`` has the score decide everywhere, also against rules that are certain: for comparison only.
    """

    scorers: Mapping[str, Logistic]
    calibrations: Mapping[str, Calibration] = field(default_factory=dict)
    decides: frozenset[str] = frozenset()
    alone: bool = False

    def judged(self, text: str, outline: Outline, entities: Sequence[Entity]) -> Outline:
        """Give each unit its confidence, and leave out those that can hardly be bodies where the score may decide.

        ``entities`` are the tagger's, or given ones; those without confidence are certain. A unit that the tagger saw stays.
        """
        scorer = self.scorers.get("unit")
        if not scorer:
            return outline
        sure = {(e.start, e.end): 1.0 if e.confidence is None else e.confidence for e in entities if e.label == "ORG"}
        return replace(outline, tasks=tuple(self._judged_task(text, task, sure, scorer) for task in outline.tasks))

    def _judged_task(
        self, text: str, task: TaskOutline, sure: Mapping[tuple[int, int], float], scorer: Logistic
    ) -> TaskOutline:
        least = LEAST_UNIT if "unit" in self.decides else 0.0
        known: dict[tuple[int, int, str], Unit | None] = {}

        def judged(units: Sequence[Unit]) -> tuple[Unit, ...]:
            for unit in units:
                place = (unit.start, unit.end, unit.role)
                if place not in known:
                    tagged = sure.get(place[:2])
                    share = probability(scorer.score_of(unit_features(text, task, unit, tagged)))
                    known[place] = replace(unit, confidence=share) if tagged is not None or share >= least else None
            kept = (known[unit.start, unit.end, unit.role] for unit in units)
            return tuple(unit for unit in kept if unit)

        attributions = tuple(replace(a, units=judged(a.units)) for a in task.attributions)
        return replace(task, units=judged(task.units), attributions=attributions)


class TrainedDecider(Decider):
    """Answer with the rules where they are certain, else with the best score, in the kinds where scores may decide."""

    def __init__(self, models: LinkModels) -> None:
        self.models = models

    def deadline(
        self, text: str, span: TargetSpan, candidates: Sequence[DeadlineCandidate], rule: int | None, *, certain: bool
    ) -> tuple[int | None, float | None]:
        scorer = self.models.scorers.get("deadline")
        if not scorer or not candidates:
            return rule, None

        def score(i: int) -> float:
            features = deadline_features(text, span, candidates[i], len(candidates) - 1)
            return scorer.score([*features, BY_RULES] if i == rule else features)

        if not self._chooses("deadline", certain):
            return rule, None if rule is None else score(rule)
        best, most = _best([score(i) for i in range(len(candidates))])
        return (best, most) if most > 0 else (None, None)

    def measure(self, site: AmountSite, rule: bool, *, certain: bool) -> tuple[bool, float | None]:
        scorer = self.models.scorers.get("measure")
        if not scorer:
            return rule, None
        score = scorer.score([*measure_features(site), BY_RULES] if rule else measure_features(site))
        return (score > 0 if self._chooses("measure", certain) else rule), score

    def indicator(self, site: NounSite, rule: str | None, *, certain: bool) -> tuple[str | None, float | None]:
        scorer = self.models.scorers.get("indicator")
        if not scorer or rule is None and certain:
            return rule, None
        squeezed = "".join(rule.split()) if rule else None
        phrases = site.phrases() if self._chooses("indicator", certain) else ()
        if not phrases:
            phrase = PhraseCandidate(squeezed or "", "left")
            return rule, scorer.score([*phrase_features(site, phrase), BY_RULES]) if rule else None

        def score(phrase: PhraseCandidate) -> float:
            features = phrase_features(site, phrase)
            return scorer.score([*features, BY_RULES] if phrase.words == squeezed else features)

        best, most = _best([score(phrase) for phrase in phrases])
        return phrases[best].words, most

    def confidence(self, kind: str, score: float | None, sure: float | None, target_sure: float) -> float | None:
        calibration = self.models.calibrations.get(kind)
        return calibration.probability(link_values(score, sure, target_sure)) if calibration else sure

    def _chooses(self, kind: str, certain: bool) -> bool:
        return self.models.alone or (kind in self.models.decides and not certain)


def _best(scores: Sequence[float]) -> tuple[int, float]:
    """Return the place of the highest score, the first of several, and the score."""
    best = max(range(len(scores)), key=scores.__getitem__)
    return best, scores[best]


def link_values(score: float | None, sure: float | None, target_sure: float) -> tuple[float, float, float]:
    """Return the log-odds of ``SOURCES``; what is unknown is as good as certain."""
    return (
        MOST if score is None else max(-MOST, min(MOST, score)),
        MOST if sure is None else log_odds(sure, most=MOST),
        log_odds(target_sure, most=MOST),
    )
