"""Collect examples of links from annotated documents: the questions that linking asks, with their answers in gold.

Boundary: documents in, features and answers out; what is fitted on them is in ``links``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from taskie.evaluation.gold import Gold
from taskie.evaluation.scores import indicators_agree
from taskie.extractor import Extractor
from taskie.normalize.reference import find_reference
from taskie.records import Measure, Target, Task
from taskie.relations.candidates import DeadlineCandidate, UnitCandidate, unit_candidates
from taskie.relations.clauses import TargetSpan
from taskie.relations.confidence import LinkModels, TrainedDecider, link_values
from taskie.relations.decisions import AmountSite, Decider, NounSite
from taskie.relations.features import BY_RULES, deadline_features, measure_features, phrase_features, unit_features
from taskie.relations.linker import link
from taskie.structure.lookalikes import replace_lookalikes

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Question:
    """One choice: its candidates as they are shown to people, their features, which are right, and the rules' answer.

    ``rule`` is an index into the candidates, ``None`` for none of them; ``reachable`` tells whether the right answer
    is among them, and ``exact`` is what gold has.
    """

    kind: str
    document: str
    position: int
    candidates: tuple[str, ...]
    features: tuple[Mapping[str, float], ...]
    right: tuple[bool, ...]
    rule: int | None
    certain: bool
    reachable: bool
    exact: str | None
    context: str = ""

    def holds(self, answer: int | None) -> bool:
        """Tell whether an answer, an index or ``None`` for no candidate, is that of gold."""
        return self.exact is None if answer is None else self.right[answer]


@dataclass
class Recorder(Decider):
    """Let the rules answer, and keep every question with what gold answers."""

    name: str
    text: str
    gold: Mapping[Span, Target]
    measures: Mapping[int, Measure]
    questions: list[Question] = field(default_factory=list)

    def deadline(
        self, text: str, span: TargetSpan, candidates: Sequence[DeadlineCandidate], rule: int | None, *, certain: bool
    ) -> tuple[int | None, float | None]:
        target = self.gold.get((span.start, span.end))
        if target:
            wanted = target.deadline if target.deadline and target.deadline.source != "document" else None
            place = (wanted.start, wanted.end) if wanted else None
            shown = tuple(text[c.entity.start : c.entity.end] for c in candidates)
            right = tuple((c.entity.start, c.entity.end) == place for c in candidates)
            if wanted and not any(right):
                # Gold by hand may point to the same words in another row of a merged cell.
                right = tuple(words == wanted.text for words in shown)
            found = tuple(_ones(deadline_features(text, span, c, len(candidates) - 1)) for c in candidates)
            self._keep(
                "deadline", span.start, shown, found, right, rule, certain, wanted.text if wanted else None, target.text
            )
        return rule, None

    def measure(self, site: AmountSite, rule: bool, *, certain: bool) -> tuple[bool, float | None]:
        target = self.gold.get((site.start, site.end))
        if target:
            right = any(m.start == site.amount.start for m in target.measures)
            shown = site.text[site.amount.start : site.amount.end]
            self._keep(
                "measure", site.amount.start, (shown,), (_ones(measure_features(site)),), (right,), 0 if rule else None,
                certain, shown if right else None, target.text,
            )  # fmt: skip
        return rule, None

    def indicator(self, site: NounSite, rule: str | None, *, certain: bool) -> tuple[str | None, float | None]:
        measure = self.measures.get(site.position)
        if measure and measure.indicator:
            phrases = list(site.phrases())
            shown = tuple(p.words for p in phrases)
            found = tuple(_ones(phrase_features(site, p)) for p in phrases)
            wanted = "".join(measure.indicator.split())
            right = tuple(words == wanted for words in shown)
            squeezed = "".join((rule or "").split())
            chosen = shown.index(squeezed) if squeezed in shown else None
            self._keep(
                "indicator", site.position, shown, found, right, chosen, certain, wanted,
                f"{site.left}｜{self.text[measure.start : measure.end]}｜{site.right}",
            )  # fmt: skip
        return rule, None

    def _keep(
        self, kind: str, position: int, shown: tuple[str, ...], found: tuple[Mapping[str, float], ...],
        right: tuple[bool, ...], rule: int | None, certain: bool, exact: str | None, context: str,
    ) -> None:  # fmt: skip
        reachable = any(right) or exact is None
        if kind == "indicator":
            reachable = reachable or any(indicators_agree(exact, words) for words in shown)
        found = tuple({**features, BY_RULES: 1.0} if i == rule else features for i, features in enumerate(found))
        self.questions.append(
            Question(kind, self.name, position, shown, found, right, rule, certain, reachable, exact, context)
        )


def _ones(names: Iterable[str]) -> Mapping[str, float]:
    return dict.fromkeys(names, 1.0)


def with_records(golds: Iterable[Gold]) -> list[Gold]:
    """Return the documents whose records are annotated."""
    return [gold for gold in golds if "records" in gold.layers]


def gold_targets(gold: Gold) -> Iterator[tuple[Task, Target]]:
    """Yield the annotated targets with their tasks."""
    for task in gold.document.tasks:
        if any(a <= task.start and task.end <= b for a, b in gold.annotated):
            for target in task.targets:
                yield task, target


def questions_of(extractor: Extractor, gold: Gold) -> list[Question]:
    """Return the questions that linking one document asks, with its gold entities; those gold cannot answer are left out."""
    targets = {(t.start, t.end): t for _, t in gold_targets(gold)}
    measures = {m.start: m for t in targets.values() for m in t.measures}
    text, outline, entities = extractor.outline(gold.document.text, gold.document.entities)
    recorder = Recorder(gold.name, text, targets, measures)
    link(text, outline, entities, reference=find_reference(text, outline), decider=recorder)
    return recorder.questions


def unit_examples(extractor: Extractor, golds: Sequence[Gold]) -> Iterator[tuple[Mapping[str, float], bool]]:
    """Yield (features, right) of every link of a task to a unit in predicted documents; ``extractor`` has no models of links."""
    for gold in golds:
        # Gold names are as printed; look-alike characters are replaced in what is read.
        known = {
            (task.start, replace_lookalikes(unit.name), unit.role)
            for task in gold.document.tasks
            for unit in task.units
        }
        text, outline, _ = extractor.outline(gold.document.text)
        sure = {(e.start, e.end): e.confidence for e in extractor.tagger.predict(text) if e.label == "ORG"}
        for task in outline.tasks:
            if any(a <= task.start and task.end <= b for a, b in gold.annotated):
                for unit in task.units:
                    seen = sure.get((unit.start, unit.end))
                    yield unit_features(text, task, unit, seen), (task.start, unit.name, unit.role) in known


@dataclass
class _Collector(TrainedDecider):
    """Keep what a confidence is made of, and give its place in the list instead of it."""

    def __init__(self, models: LinkModels) -> None:
        super().__init__(models)
        self.values: list[tuple[float, float, float]] = []

    def confidence(self, kind: str, score: float | None, sure: float | None, target_sure: float) -> float | None:
        self.values.append(link_values(score, sure, target_sure))
        return float(len(self.values) - 1)


def confidence_examples(
    extractor: Extractor, models: LinkModels, golds: Sequence[Gold]
) -> dict[str, list[tuple[tuple[float, float, float], bool]]]:
    """Return, by kind of link, what its confidence is made of and whether it is right, over predicted documents."""
    found: dict[str, list[tuple[tuple[float, float, float], bool]]] = {}
    judging = Extractor(extractor.tagger, models, extractor.words)
    for gold in golds:
        text, outline, entities = judging.outline(gold.document.text)
        collector = _Collector(models)
        tasks = link(text, outline, entities, reference=find_reference(text, outline), links=models, decider=collector)
        known = {(t.start, t.end): t for _, t in gold_targets(gold)}
        for task in tasks:
            if any(a <= task.start and task.end <= b for a, b in gold.annotated):
                for target in task.targets:
                    for kind, place, right in judged_links(target, known.get((target.start, target.end))):
                        found.setdefault(kind, []).append((collector.values[int(place)], right))
    return found


def judged_links(target: Target, gold: Target | None) -> Iterator[tuple[str, float, bool]]:
    """Yield (kind, confidence, right) of each link of a target; without its target in gold every link is wrong."""
    for name, sure in zip(target.lead_units, target.lead_confidences, strict=False):
        yield "unit", sure, gold is not None and name in gold.lead_units
    deadline = target.deadline
    if deadline and deadline.source != "document" and deadline.confidence is not None:
        yield (
            "deadline",
            deadline.confidence,
            gold is not None and gold.deadline is not None and gold.deadline.text == deadline.text,
        )
    projects = {(p.start, p.end) for p in gold.projects} if gold else set()
    for project in target.projects:
        if project.confidence is not None:
            yield "project", project.confidence, (project.start, project.end) in projects
    measures = {(m.start, m.end, m.value, m.unit, m.bound): m for m in gold.measures} if gold else {}
    for measure in target.measures:
        real = measures.get((measure.start, measure.end, measure.value, measure.unit, measure.bound))
        if measure.confidence is not None:
            yield "measure", measure.confidence, real is not None
        if measure.indicator_confidence is not None:
            agrees = real is not None and indicators_agree(real.indicator, measure.indicator)
            yield "indicator", measure.indicator_confidence, agrees


def unit_reach(extractor: Extractor, gold: Gold, *, given: bool) -> tuple[int, int]:
    """Return (reached, all) gold links of targets to lead units; ``given`` feeds the gold entities."""
    from taskie.relations.clauses import find_targets
    from taskie.relations.targets import TARGET_LABELS

    document = gold.document
    text, outline, entities = extractor.outline(document.text, document.entities if given else None)
    targeting = [e for e in entities if e.label in TARGET_LABELS]
    starts = [e.start for e in targeting]
    reach: dict[Span, set[str]] = {}
    for task in outline.tasks:
        for span in find_targets(text, task, targeting, starts):
            candidates: list[UnitCandidate] = unit_candidates(span, task)
            reach.setdefault((span.start, span.end), set()).update(c.unit.name for c in candidates)
    wanted = [(t.start, t.end, name) for _, t in gold_targets(gold) for name in t.lead_units]
    return sum(name in reach.get((start, end), ()) for start, end, name in wanted), len(wanted)
