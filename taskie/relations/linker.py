"""Link: from an outline of tasks and a list of entities to tasks with targets and everything that belongs to them.

Boundary: this walks the document once and asks the modules beside it; each question has a module of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from taskie.normalize.reference import Reference
from taskie.records import Deadline, Entity, Project, Target, Task, TextSpan, Unit
from taskie.relations.clauses import TargetSpan, find_targets
from taskie.relations.deadlines import Reach, as_deadline, carried_deadline, document_deadline, own_deadline
from taskie.relations.measures import read_measures
from taskie.relations.names import restore_heads
from taskie.relations.progress import read_reported
from taskie.relations.status import status_code
from taskie.structure.outline import Attribution, Outline, TaskOutline

TARGET_LABELS = frozenset({"PROJECT", "QUANTITY", "DEADLINE"})
_ENSURE = re.compile(r"确保|必须|务必|全面完成|保证|坚决完成|不折不扣")
_STRIVE = re.compile(r"力争|争取|努力|力求|争创|奋力")


@dataclass(frozen=True, slots=True)
class _Index:
    """Entities with their starts, for finding those inside a span."""

    entities: Sequence[Entity]
    starts: Sequence[int]

    @classmethod
    def of(cls, entities: Sequence[Entity]) -> _Index:
        return cls(entities, [entity.start for entity in entities])

    def inside(self, start: int, end: int) -> Sequence[Entity]:
        return self.entities[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def link(text: str, outline: Outline, entities: Sequence[Entity], *, reference: Reference) -> tuple[Task, ...]:
    """Return the tasks of ``outline`` with their targets; ``entities`` are sorted and do not overlap."""
    targeting = _Index.of([entity for entity in entities if entity.label in TARGET_LABELS])
    amounts = [entity for entity in entities if entity.label == "QUANTITY"]
    implied = document_deadline(reference)
    return tuple(_link_task(text, task, targeting, amounts, reference, implied) for task in outline.tasks)


def _link_task(text: str, task: TaskOutline, targeting: _Index, amounts: Sequence[Entity], reference: Reference, implied: Deadline | None) -> Task:
    targets = _targets(text, task, targeting, reference, implied)
    return Task(
        number=task.number, title=task.title.text if task.title else None, section=task.headings[0] if task.headings else None,
        headings=task.headings, text=text[task.start : task.end], start=task.start, end=task.end, statement=task.statement,
        units=restore_heads(task.units), leaders=task.leaders,
        deadline=as_deadline(task.deadline, "task", reference) if task.deadline else None,
        status=task.status, status_code=status_code(task.status), progress=task.progress, next_steps=task.next_steps, problems=task.problems,
        reported=read_reported(text, task.progress, amounts, targets), targets=targets,
    )  # fmt: skip


def _targets(text: str, task: TaskOutline, targeting: _Index, reference: Reference, implied: Deadline | None) -> tuple[Target, ...]:
    spans = find_targets(text, task, targeting.entities, targeting.starts)
    own_attributions = len(task.attributions) > 1
    cell = as_deadline(task.deadline, "task", reference) if task.deadline else None
    reach = Reach()
    targets = []
    for i, span in enumerate(spans):
        inside = targeting.inside(span.start, span.end)
        dates = [entity for entity in inside if entity.label == "DEADLINE"]
        own = own_deadline(span, dates)
        if own:
            reach = Reach(own, span.sentence)
        elif i and reach.sentence == span.sentence:
            pass
        attribution = _attribution_of(span, task.attributions) if own_attributions else None
        deadline = _deadline(text, span, own, reach, attribution, cell, reference, implied)
        targets.append(_target(text, span, inside, dates, attribution.units if attribution else task.units, deadline))
    return tuple(targets)


def _deadline(
    text: str, span: TargetSpan, own: Entity | None, reach: Reach, attribution: Attribution | None, cell: Deadline | None, reference: Reference, implied: Deadline | None
) -> Deadline | None:
    """The clause's own deadline first, then an earlier one of its sentence, its attribution's, its cell's, the document's period."""
    if own:
        return as_deadline(own, "clause", reference)
    carried = carried_deadline(text, span, reach)
    if carried:
        return as_deadline(carried, "sentence", reference)
    if attribution and attribution.deadline:
        return as_deadline(attribution.deadline, "task", reference)
    return cell or implied


def _attribution_of(span: TargetSpan, attributions: Sequence[Attribution]) -> Attribution | None:
    """Return the attribution whose scope holds the target; the last one where none does."""
    for attribution in attributions:
        if attribution.scope_start <= span.start < attribution.scope_end:
            return attribution
    return attributions[-1] if attributions else None


def _target(text: str, span: TargetSpan, inside: Sequence[Entity], dates: Sequence[Entity], units: Sequence[Unit], deadline: Deadline | None) -> Target:
    lead, responsible, cooperating = (_names(units, role) for role in ("lead", "responsible", "cooperating"))
    amounts = [entity for entity in inside if entity.label == "QUANTITY"]
    return Target(
        text=text[span.start : span.end], start=span.start, end=span.end, lead_units=lead or responsible, responsible_units=responsible,
        cooperating_units=cooperating, deadline=deadline, commitment=read_commitment(text[span.start : span.end]),
        projects=tuple(_project(text, entity) for entity in inside if entity.label == "PROJECT"),
        measures=read_measures(text, span.start, span.end, amounts, deadlines=dates),
    )  # fmt: skip


def _names(units: Sequence[Unit], role: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unit.name for unit in units if unit.role == role))


def _project(text: str, entity: Entity) -> Project:
    return Project("".join(text[entity.start : entity.end].split()), entity.start, entity.end, entity.confidence)


def read_commitment(words: str) -> str | None:
    """Return ``ensure`` or ``strive`` where the words of a target commit to it; the first such word counts."""
    ensure, strive = _ENSURE.search(words), _STRIVE.search(words)
    if ensure and (not strive or ensure.start() < strive.start()):
        return "ensure"
    return "strive" if strive else None


def outline_of(task: Task) -> TaskOutline:
    """Return the outline that a finished task came from, for linking again with other entities."""
    title = None
    if task.title:
        start = task.text.find(task.title)
        title = TextSpan(task.title, task.start + start, task.start + start + len(task.title)) if start >= 0 else None
    deadline = task.deadline
    span = TextSpan(deadline.text, deadline.start, deadline.end) if deadline and deadline.text and deadline.start is not None and deadline.end is not None else None
    return TaskOutline(
        number=task.number, title=title, headings=task.headings, start=task.start, end=task.end, statement=task.statement,
        parts=((task.statement.start, task.statement.end),), units=task.units, leaders=task.leaders, deadline=span,
        status=task.status, progress=task.progress, next_steps=task.next_steps, problems=task.problems,
    )  # fmt: skip
