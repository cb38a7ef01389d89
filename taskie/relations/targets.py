"""Read the targets of one task with everything that belongs to them.

Boundary: this walks the clauses of a task and asks the modules beside it; each question has a module of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from taskie.normalize.reference import Reference
from taskie.records import Deadline, Entity, Measure, Project, Target, Unit
from taskie.relations.candidates import DeadlineCandidate, deadline_candidates
from taskie.relations.clauses import TargetSpan, find_targets
from taskie.relations.deadlines import Reach, as_deadline, carried_deadline, document_deadline, own_deadline, reaches_on
from taskie.relations.decisions import Decider
from taskie.relations.measures import read_measures
from taskie.structure.outline import Attribution, TaskOutline

TARGET_LABELS = frozenset({"PROJECT", "QUANTITY", "DEADLINE"})
# How sure an entity without confidence is, and a target that no entity makes (a title).
_GIVEN, _NO_ENTITY = 0.99, 0.95
# How far back the clause before a target is looked for.
_LOOK_BACK = 80
_ENSURE = re.compile(r"确保|必须|务必|全面完成|保证|坚决完成|不折不扣")
_STRIVE = re.compile(r"力争|争取|努力|力求|争创|奋力")


@dataclass(frozen=True, slots=True)
class EntityIndex:
    """Entities with their starts, for finding those inside a span."""

    entities: Sequence[Entity]
    starts: Sequence[int]

    @classmethod
    def of(cls, entities: Sequence[Entity]) -> EntityIndex:
        return cls(entities, [entity.start for entity in entities])

    def inside(self, start: int, end: int) -> Sequence[Entity]:
        """Return the entities that begin in ``start:end``."""
        return self.entities[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


class TargetReader:
    """Reads the targets of the tasks of one document; ``targeting`` are the entities that make a clause a target."""

    def __init__(self, text: str, entities: Sequence[Entity], reference: Reference, decider: Decider) -> None:
        self.text, self.reference, self.decider = text, reference, decider
        self.every = EntityIndex.of(entities)
        self.targeting = EntityIndex.of([entity for entity in entities if entity.label in TARGET_LABELS])

    def read(self, task: TaskOutline) -> tuple[Target, ...]:
        """Return the targets of a task, in text order."""
        targets: list[Target] = []
        reach = Reach()
        earlier: list[DeadlineCandidate] = []
        named: tuple[int, str | None, str | None] = (-1, None, None)
        sentence = -1
        for span in find_targets(self.text, task, self.targeting.entities, self.targeting.starts):
            inside = self.every.inside(span.start, span.end)
            own = [entity for entity in inside if entity.label == "DEADLINE"]
            earlier = earlier if span.sentence == sentence else []
            sentence = span.sentence
            last = own_deadline(span, own)
            if last and reaches_on(self.text, span, last):
                reach = Reach(last, span.sentence)
            sure = target_sure(inside)
            deadline = self._deadline(span, own, reach, earlier, task, sure)
            earlier = [_one_step(candidate) for candidate in earlier] + [
                DeadlineCandidate(e, "sentence", 1, reaches_on(self.text, span, e), e is last) for e in own
            ]
            amounts = [entity for entity in inside if entity.label == "QUANTITY"]
            measures = read_measures(
                self.text, span.start, span.end, amounts,
                others=[entity for entity in inside if entity.label != "QUANTITY"],
                previous=named[1] if named[0] == span.sentence else None, previous_unit=named[2],
                before=_clause_before(self.text, task, span, targets[-1] if targets else None) if amounts else "",
                decider=self.decider, target_sure=sure,
            )  # fmt: skip
            named = next(((span.sentence, m.indicator, m.unit) for m in reversed(measures) if m.indicator), named)
            targets.append(self._target(span, inside, units_of(span, task), deadline, measures, sure))
        return tuple(targets)

    def _deadline(
        self, span: TargetSpan, own: Sequence[Entity], reach: Reach, earlier: Sequence[DeadlineCandidate],
        task: TaskOutline, sure: float,
    ) -> Deadline | None:  # fmt: skip
        """Choose among the candidates; without one the end of what the document plans is implied."""
        candidates = deadline_candidates(self.text, span, own, earlier, task)
        rule = self._deadline_by_rules(span, own, reach, candidates, task)
        certain = len(own) == 1 or not (own or earlier)
        choice, score = self.decider.deadline(self.text, span, candidates, rule, certain=certain)
        if choice is None:
            return document_deadline(self.reference)
        chosen = candidates[choice]
        seen = chosen.entity.confidence if isinstance(chosen.entity, Entity) else None
        confidence = self.decider.confidence("deadline", score, seen, sure)
        return as_deadline(self.text, chosen.entity, chosen.source, self.reference, confidence=confidence)

    def _deadline_by_rules(
        self, span: TargetSpan, own: Sequence[Entity], reach: Reach, candidates: Sequence[DeadlineCandidate],
        task: TaskOutline,
    ) -> int | None:  # fmt: skip
        """The clause's own deadline first, then an earlier one of its sentence, then that of its attribution or cell."""
        governing = own_deadline(span, own) or carried_deadline(self.text, span, reach)
        if governing is None:
            owner = attribution_of(span, task.attributions) if len(task.attributions) > 1 else None
            governing_span = owner.deadline if owner else task.deadline
            # A deadline that no attribution has (a cell's, a heading's) holds for all of them.
            if owner and governing_span is None and all(a.deadline is None for a in task.attributions):
                governing_span = task.deadline
            place = (governing_span.start, governing_span.end) if governing_span else None
        else:
            place = (governing.start, governing.end)
        return next((i for i, c in enumerate(candidates) if (c.entity.start, c.entity.end) == place), None)

    def _target(
        self, span: TargetSpan, inside: Sequence[Entity], units: Sequence[Unit], deadline: Deadline | None,
        measures: tuple[Measure, ...], sure: float,
    ) -> Target:  # fmt: skip
        words = self.text[span.start : span.end]
        lead, responsible, cooperating = (_names(units, role) for role in ("lead", "responsible", "cooperating"))
        return Target(
            text=words, start=span.start, end=span.end, lead_units=lead or responsible, responsible_units=responsible,
            cooperating_units=cooperating, deadline=deadline, commitment=read_commitment(words),
            projects=tuple(self._project(span, e, sure) for e in inside if e.label == "PROJECT"), measures=measures,
            lead_confidences=self._lead_confidences(lead or responsible, units, sure),
        )  # fmt: skip

    def _lead_confidences(self, names: Sequence[str], units: Sequence[Unit], sure: float) -> tuple[float, ...]:
        known: dict[str, float | None] = {}
        for unit in units:
            known.setdefault(unit.name, unit.confidence)
        found = (self.decider.confidence("unit", None, known[name], sure) for name in names if known[name] is not None)
        return tuple(confidence for confidence in found if confidence is not None)

    def _project(self, span: TargetSpan, entity: Entity, sure: float) -> Project:
        name = "".join(self.text[entity.start : entity.end].split())
        confidence = self.decider.confidence("project", None, entity.confidence, sure)
        return Project(name, entity.start, entity.end, confidence)


def _one_step(candidate: DeadlineCandidate) -> DeadlineCandidate:
    return DeadlineCandidate(candidate.entity, "sentence", candidate.steps + 1, candidate.opens, candidate.last)


def target_sure(inside: Sequence[Entity]) -> float:
    """Return the chance that at least one of the entities that make a clause a target is right."""
    doubt = 1.0
    none = True
    for entity in inside:
        if entity.label in TARGET_LABELS:
            none = False
            doubt *= 1.0 - (_GIVEN if entity.confidence is None else entity.confidence)
    return _NO_ENTITY if none else 1.0 - doubt


def units_of(span: TargetSpan, task: TaskOutline) -> Sequence[Unit]:
    """Return the units that answer for a target: those of the attribution that holds for it, where there are several."""
    attribution = attribution_of(span, task.attributions) if len(task.attributions) > 1 else None
    return attribution.units if attribution else task.units


def attribution_of(span: TargetSpan, attributions: Sequence[Attribution]) -> Attribution | None:
    """Return the attribution whose scope holds the target; the last one where none does."""
    for attribution in attributions:
        if attribution.scope_start <= span.start < attribution.scope_end:
            return attribution
    return attributions[-1] if attributions else None


def _clause_before(text: str, task: TaskOutline, span: TargetSpan, last: Target | None) -> str:
    """Return the clause before a target in the same sentence; empty where it begins the sentence or measures something."""
    begin = max(task.statement.start, span.start - _LOOK_BACK)
    words = text[begin : span.start].rstrip()
    if (
        last
        and last.measures
        and last.end > begin
        and not re.search(r"[，：,:].*[，：,:]", text[last.end : span.start])
    ):
        return ""
    if not words.endswith(("，", ",", "：", ":")):
        return ""
    return re.split(r"[，,；;：:。！？\n]", words[:-1])[-1]


def _names(units: Sequence[Unit], role: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unit.name for unit in units if unit.role == role))


def read_commitment(words: str) -> str | None:
    """Return ``ensure`` or ``strive`` where the words of a target commit to it; the first such word counts."""
    ensure, strive = _ENSURE.search(words), _STRIVE.search(words)
    if ensure and (not strive or ensure.start() < strive.start()):
        return "ensure"
    return "strive" if strive else None
