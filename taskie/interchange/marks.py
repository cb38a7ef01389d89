"""The common form of all annotation formats: a text with labelled stretches and relations between them.

Boundary: plain values without any format's names; ``documents`` turns them into records and the format modules into
files. Offsets count code points, half-open.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field

from taskie.records import LABELS, ROLES, Document, Target, Task
from taskie.structure.lookalikes import replace_lookalikes

TARGET = "TARGET"
MENTION_LABELS = (*LABELS, TARGET)
# Every relation leads from a target to something of this label.
TAIL_LABELS = {**dict.fromkeys(ROLES, "ORG"), "deadline": "DEADLINE", "project": "PROJECT", "measure": "QUANTITY"}
ENTITIES, RECORDS = "entities", "records"
LAYERS = (ENTITIES, RECORDS)


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A labelled stretch of the text; ``confidence`` and ``where`` (place in the source file) are not compared."""

    start: int
    end: int
    label: str
    confidence: float | None = field(default=None, compare=False)
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, order=True)
class Relation:
    """A labelled link from ``head`` (a target) to ``tail``; ``where`` is not compared."""

    head: Mention
    tail: Mention
    label: str
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with its mentions and relations, both sorted; ``predicted`` tells a model's marks from people's."""

    id: str
    text: str
    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    predicted: bool = field(default=False, compare=False)
    where: str = field(default="", compare=False)

    @property
    def layers(self) -> tuple[str, ...]:
        """Return what is marked: a text without a target has its entities alone."""
        return LAYERS if any(mention.label == TARGET for mention in self.mentions) else (ENTITIES,)


def mark(
    document: Document, *, document_id: str, layers: tuple[str, ...] = LAYERS, predicted: bool = False
) -> tuple[MarkedText, list[str]]:
    """Return the marks of ``document`` and a line for each link that has no mention to lead to."""
    entities = [Mention(e.start, e.end, e.label, e.confidence) for e in document.entities]
    if RECORDS not in layers:
        return MarkedText(document_id, document.text, tuple(sorted(entities)), predicted=predicted), []
    known = {(m.start, m.end, m.label): m for m in entities}
    targets, relations, left_out = [], [], []
    for task in document.tasks:
        for target in task.targets:
            head = Mention(target.start, target.end, TARGET)
            targets.append(head)
            for label, start, end in _links(task, target):
                tail = known.get((start, end, TAIL_LABELS[label]))
                if tail is None:
                    words = document.text[start:end]
                    left_out.append(f"{document_id}: {label} {start}-{end} {words!r} is no entity and was left out")
                else:
                    relations.append(Relation(head, tail, label))
    mentions = tuple(sorted({*entities, *targets}))
    return MarkedText(document_id, document.text, mentions, tuple(sorted(set(relations))), predicted), left_out


def without_overlaps(marked: MarkedText) -> tuple[MarkedText, list[str]]:
    """Return the text without mentions that overlap one before them, and a line for each; tools take flat labels."""
    kept: list[Mention] = []
    left_out = []
    ends = {TARGET: 0, "": 0}
    for mention in marked.mentions:
        kind = TARGET if mention.label == TARGET else ""
        if mention.start < ends[kind]:
            words = marked.text[mention.start : mention.end]
            left_out.append(f"{marked.id}: {mention.label} {words!r} overlaps the one before it and was left out")
        else:
            kept.append(mention)
            ends[kind] = mention.end
    relations = tuple(r for r in marked.relations if r.head in kept and r.tail in kept)
    return dataclasses.replace(marked, mentions=tuple(kept), relations=relations), left_out


def _links(task: Task, target: Target) -> list[tuple[str, int, int]]:
    """Return label and span of everything a target is linked to."""
    links = [(role, *_nearest(task, target, name, role)) for role, name in _roles(target)]
    deadline = target.deadline
    if deadline and deadline.start is not None and deadline.end is not None:
        links.append(("deadline", deadline.start, deadline.end))
    links += [("project", project.start, project.end) for project in target.projects]
    return links + [("measure", measure.start, measure.end) for measure in target.measures]


def _roles(target: Target) -> list[tuple[str, str]]:
    """Return role and name of the target's units; responsible units that lead for want of others are not leads too."""
    lead = () if responsible_lead(target) else target.lead_units
    named = (("lead", lead), ("responsible", target.responsible_units), ("cooperating", target.cooperating_units))
    return [(role, name) for role, names in named for name in names]


def responsible_lead(target: Target) -> bool:
    """Tell whether the responsible units stand in for leads, in whatever order either are listed."""
    return set(target.lead_units) == set(target.responsible_units)


def _nearest(task: Task, target: Target, name: str, role: str) -> tuple[int, int]:
    """Return the span of the unit of that name: with that role if there is one, the next behind the target if there is
    one, since an attribution holds for what stands before it."""
    # A unit's name is as printed; a target's has look-alike characters (⽔ for 水) replaced.
    named = [unit for unit in task.units if replace_lookalikes(unit.name) == replace_lookalikes(name)]
    units = [unit for unit in named if unit.role == role] or named
    if not units:
        return target.start, target.start
    best = min(units, key=lambda unit: (unit.start < target.end, abs(unit.start - target.end)))
    return best.start, best.end
