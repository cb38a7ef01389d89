"""Link: from an outline of tasks and a list of entities to tasks with targets and everything that belongs to them.

Boundary: this walks the document once and asks the modules beside it; each question has a module of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from taskie.normalize.reference import Reference
from taskie.records import Deadline, Entity, Measure, Project, Target, Task, TextSpan, Unit
from taskie.relations.clauses import TargetSpan, find_targets
from taskie.relations.confidence import LinkModel, unit_features
from taskie.relations.deadlines import Reach, as_deadline, carried_deadline, document_deadline, own_deadline, reaches_on
from taskie.relations.measures import read_measures
from taskie.relations.names import name_in_full, restore_heads, short_forms
from taskie.relations.progress import read_reported
from taskie.relations.status import status_code
from taskie.structure.outline import Attribution, Outline, TaskOutline

TARGET_LABELS = frozenset({"PROJECT", "QUANTITY", "DEADLINE"})
# How far back the clause before a target is looked for.
_LOOK_BACK = 80
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


def link(
    text: str, outline: Outline, entities: Sequence[Entity], *, reference: Reference, links: LinkModel | None = None
) -> tuple[Task, ...]:
    """Return the tasks of ``outline`` with their targets; ``entities`` are sorted and do not overlap.

    ``links`` says how sure each unit is; without it units have no confidence.
    """
    if links:
        sure = {(e.start, e.end): e.confidence or 0.0 for e in entities if e.label == "ORG"}
        outline = replace(outline, tasks=tuple(_judged(text, task, sure, links) for task in outline.tasks))
    targeting = _Index.of([entity for entity in entities if entity.label in TARGET_LABELS])
    every = _Index.of(entities)
    full = short_forms(unit.name for task in outline.tasks for unit in task.units)
    return tuple(_link_task(text, task, targeting, every, reference, full) for task in outline.tasks)


def _judged(text: str, task: TaskOutline, sure: Mapping[tuple[int, int], float], links: LinkModel) -> TaskOutline:
    """Give each unit of a task its confidence; ``sure`` are the tagger's, by span."""
    units = tuple(
        replace(u, confidence=links.confidence(unit_features(text, task, u, sure.get((u.start, u.end)))))
        for u in task.units
    )
    return replace(task, units=units)


def _link_task(
    text: str, task: TaskOutline, targeting: _Index, every: _Index, reference: Reference, full: Mapping[str, str]
) -> Task:
    targets = _targets(text, task, targeting, every, reference)
    progress = task.progress
    reported = read_reported(text, progress, every.inside(progress.start, progress.end), targets) if progress else ()
    return Task(
        number=task.number, title=task.title.text if task.title else None, section=task.headings[0] if task.headings else None,
        headings=task.headings, text=text[task.start : task.end], start=task.start, end=task.end, statement=task.statement,
        units=name_in_full(restore_heads(task.units), full), leaders=task.leaders,
        deadline=as_deadline(text, task.deadline, "task", reference) if task.deadline else None,
        status=task.status, status_code=status_code(task.status), progress=task.progress, next_steps=task.next_steps, problems=task.problems,
        reported=reported, targets=targets,
    )  # fmt: skip


def _targets(
    text: str, task: TaskOutline, targeting: _Index, every: _Index, reference: Reference
) -> tuple[Target, ...]:
    spans = find_targets(text, task, targeting.entities, targeting.starts)
    several = len(task.attributions) > 1
    targets: list[Target] = []
    reach = Reach()
    named: tuple[int, str | None, str | None] = (-1, None, None)
    for span in spans:
        inside = every.inside(span.start, span.end)
        own = own_deadline(span, [entity for entity in inside if entity.label == "DEADLINE"])
        if own and reaches_on(text, span, own):
            reach = Reach(own, span.sentence)
        attribution = _attribution_of(span, task.attributions) if several else None
        deadline = _deadline(text, span, own, reach, attribution or task, reference)
        # A deadline that no attribution has (a cell's, a heading's) holds for all of them.
        if attribution and deadline is None and task.deadline and all(a.deadline is None for a in task.attributions):
            deadline = as_deadline(text, task.deadline, "task", reference)
        measures = read_measures(
            text, span.start, span.end, [entity for entity in inside if entity.label == "QUANTITY"],
            others=[entity for entity in inside if entity.label != "QUANTITY"],
            previous=named[1] if named[0] == span.sentence else None, previous_unit=named[2],
            before=_clause_before(text, task, span, targets[-1] if targets else None),
        )  # fmt: skip
        named = next(((span.sentence, m.indicator, m.unit) for m in reversed(measures) if m.indicator), named)
        units = attribution.units if attribution else task.units
        targets.append(_target(text, span, inside, units, deadline or document_deadline(reference), measures))
    return tuple(targets)


def _deadline(
    text: str,
    span: TargetSpan,
    own: Entity | None,
    reach: Reach,
    owner: TaskOutline | Attribution,
    reference: Reference,
) -> Deadline | None:
    """The clause's own deadline first, then an earlier one of its sentence, then that of its attribution or cell."""
    if own:
        return as_deadline(text, own, "clause", reference)
    carried = carried_deadline(text, span, reach)
    if carried:
        return as_deadline(text, carried, "sentence", reference)
    return as_deadline(text, owner.deadline, "task", reference) if owner.deadline else None


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


def _attribution_of(span: TargetSpan, attributions: Sequence[Attribution]) -> Attribution | None:
    """Return the attribution whose scope holds the target; the last one where none does."""
    for attribution in attributions:
        if attribution.scope_start <= span.start < attribution.scope_end:
            return attribution
    return attributions[-1] if attributions else None


def _target(
    text: str, span: TargetSpan, inside: Sequence[Entity], units: Sequence[Unit], deadline: Deadline | None,
    measures: tuple[Measure, ...],
) -> Target:  # fmt: skip
    words = text[span.start : span.end]
    lead, responsible, cooperating = (_names(units, role) for role in ("lead", "responsible", "cooperating"))
    return Target(
        text=words, start=span.start, end=span.end, lead_units=lead or responsible, responsible_units=responsible,
        cooperating_units=cooperating, deadline=deadline, commitment=read_commitment(words),
        projects=tuple(_project(text, entity) for entity in inside if entity.label == "PROJECT"), measures=measures,
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
    span = (
        TextSpan(deadline.text, deadline.start, deadline.end)
        if deadline and deadline.text and deadline.start is not None and deadline.end is not None
        else None
    )
    return TaskOutline(
        number=task.number, title=title, headings=task.headings, start=task.start, end=task.end, statement=task.statement,
        parts=((task.statement.start, task.statement.end),), units=task.units, leaders=task.leaders, deadline=span,
        status=task.status, progress=task.progress, next_steps=task.next_steps, problems=task.problems,
    )  # fmt: skip
