"""Turn marked texts into gold documents: what people marked, with the rest read from the text or kept from an original.

Boundary: marks say which stretches are targets and what they are linked to. Tasks, headings and dates come from
taskie's own readers of structure, amounts and deadlines, or from the original document where one is given.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from taskie.extractor import extract_with_entities
from taskie.interchange.marks import RECORDS, TARGET, MarkedText, Mention, Relation, mark
from taskie.normalize.quantities import normalize_quantity
from taskie.normalize.reference import Reference, find_reference
from taskie.records import ROLES, Deadline, Document, Entity, Measure, Project, Target, Task, Unit
from taskie.relations.deadlines import as_deadline, document_deadline
from taskie.relations.linker import read_commitment
from taskie.relations.measures import read_measures
from taskie.structure.lookalikes import replace_lookalikes
from taskie.structure.reader import read_outline


def to_document(marked: MarkedText, *, original: Document | None = None) -> tuple[Document, list[str]]:
    """Return the gold document, and a line for each mark that has no place in it.

    ``original`` is the document the marks were made from: what marks cannot hold is kept from it where the marks did
    not change. Without it, it is read from the text anew.
    """
    if original is not None and original.text != marked.text:
        shifted = _shifted(marked, original.text)
        if shifted is None:
            return original, [f"{marked.where or marked.id}: {_difference(marked.text, original.text)}"]
        marked = shifted
    entities = _entities(marked, original)
    if RECORDS not in marked.layers:
        return Document(text=marked.text, entities=entities), []
    base = original if original and original.tasks else extract_with_entities(marked.text, entities)
    rebuilt = _Rebuilding(marked, base)
    tasks = tuple(rebuilt.task(task) for task in base.tasks)
    problems = [
        f"{target.where or marked.where}: TARGET {target.start}-{target.end} {marked.text[target.start : target.end][:20]!r} lies in no task"
        for target in rebuilt.homeless()
    ]
    return dataclasses.replace(base, entities=entities, tasks=tasks), problems


def _entities(marked: MarkedText, original: Document | None) -> tuple[Entity, ...]:
    """Return the entities; those of the original that were not touched stay as they are."""
    known = {(e.start, e.end, e.label): e for e in original.entities} if original else {}
    return tuple(
        known.get((m.start, m.end, m.label)) or Entity(m.label, marked.text[m.start : m.end], m.start, m.end)
        for m in marked.mentions
        if m.label != TARGET
    )


class _Rebuilding:
    """The targets and links of one document, put into the tasks of ``base``."""

    def __init__(self, marked: MarkedText, base: Document) -> None:
        self.text = marked.text
        self.base = base
        self.targets = [m for m in marked.mentions if m.label == TARGET]
        self.links = _by_head(marked.relations)
        self.links_before = _by_head(mark(base, document_id=marked.id)[0].relations)
        self.bodies = {(m.start, m.end) for m in marked.mentions if m.label == "ORG"}
        self.dates = {(m.start, m.end) for m in marked.mentions if m.label == "DEADLINE"}
        before = [target for task in base.tasks for target in task.targets]
        self.before = {(target.start, target.end): target for target in before}
        self.measures = {(m.start, m.end): m for target in before for m in target.measures}
        self.projects = {(p.start, p.end): p for target in before for p in target.projects}
        self._reference: Reference | None = None

    def homeless(self) -> list[Mention]:
        """Return the targets that begin in no task."""
        spans = [(task.start, task.end) for task in self.base.tasks]
        return [t for t in self.targets if not any(start <= t.start < end for start, end in spans)]

    def task(self, task: Task) -> Task:
        """Return the task with the targets marked in it and the units they are linked to."""
        marked = [t for t in self.targets if task.start <= t.start < task.end]
        deadline = task.deadline
        if deadline and deadline.start is not None and (deadline.start, deadline.end) not in self.dates:
            deadline = None
        task = dataclasses.replace(task, units=self._units(task, marked), deadline=deadline)
        return dataclasses.replace(task, targets=tuple(self._target(task, target) for target in marked))

    def _units(self, task: Task, targets: list[Mention]) -> tuple[Unit, ...]:
        """Return the units: those linked now, and those that were linked neither before nor now."""
        now = dict.fromkeys(
            (r.tail.start, r.tail.end, r.label) for t in targets for r in self.links.get(t, ()) if r.label in ROLES
        )
        heads = [Mention(target.start, target.end, TARGET) for target in task.targets]
        linked_before = {(r.tail.start, r.tail.end) for head in heads for r in self.links_before.get(head, ())}
        kept = [
            unit
            for unit in task.units
            if (unit.start, unit.end, unit.role) in now
            or ((unit.start, unit.end) not in linked_before and (unit.start, unit.end) in self.bodies)
        ]
        have = {(unit.start, unit.end, unit.role) for unit in kept}
        new = [
            Unit(self._name(start, end), role, start, end) for start, end, role in now if (start, end, role) not in have
        ]
        return tuple(sorted([*kept, *new], key=lambda unit: unit.start) if new else kept)

    def _target(self, task: Task, mention: Mention) -> Target:
        start, end = mention.start, mention.end
        before = self.before.get((start, end))
        links = self.links.get(mention, ())
        names = {role: self._names(links, role) for role in ROLES}
        words = self.text[start:end]
        target = Target(
            text=words, start=start, end=end, lead_units=names["lead"] or names["responsible"],
            responsible_units=names["responsible"], cooperating_units=names["cooperating"],
            deadline=self._deadline(task, mention, before, links),
            commitment=before.commitment if before else read_commitment(words),
            projects=tuple(self._project(r.tail) for r in links if r.label == "project"),
            measures=tuple(self._measures(mention, [r.tail for r in links if r.label == "measure"])),
        )  # fmt: skip
        return _in_former_order(target, before) if before else target

    def _names(self, links: Iterable[Relation], role: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._name(r.tail.start, r.tail.end) for r in links if r.label == role))

    def _name(self, start: int, end: int) -> str:
        return "".join(self.text[start:end].split())

    def _project(self, span: Mention) -> Project:
        known = self.projects.get((span.start, span.end))
        return known or Project(self._name(span.start, span.end), span.start, span.end)

    def _measures(self, target: Mention, amounts: list[Mention]) -> Iterable[Measure]:
        """Yield the measures; an amount that taskie would take for a mere qualifier counts where people linked it."""
        entities = [Entity("QUANTITY", self.text[a.start : a.end], a.start, a.end) for a in amounts]
        read = {(m.start, m.end): m for m in read_measures(self.text, target.start, target.end, entities)}
        for amount in entities:
            place = (amount.start, amount.end)
            yield (
                self.measures.get(place)
                or read.get(place)
                or plain_measure(self.text, target.start, target.end, amount)
            )

    def _deadline(
        self, task: Task, mention: Mention, before: Target | None, links: Iterable[Relation]
    ) -> Deadline | None:
        linked = next((r.tail for r in links if r.label == "deadline"), None)
        former = before.deadline if before else None
        if linked is None:
            implied = former and former.start is None
            return former if implied else document_deadline(self.reference)
        if former and (former.start, former.end) == (linked.start, linked.end):
            return former
        entity = Entity("DEADLINE", self.text[linked.start : linked.end], linked.start, linked.end)
        return as_deadline(self.text, entity, deadline_source(task, mention, linked), self.reference)

    @property
    def reference(self) -> Reference:
        """Return what dates the deadlines of the text; read when first needed."""
        if self._reference is None:
            self._reference = reference_of(self.text, self.bodies)
        return self._reference


def plain_measure(text: str, start: int, end: int, amount: Entity) -> Measure:
    """Return an amount of the target ``text[start:end]`` as a measure without indicator."""
    quantity = normalize_quantity(amount.text, before=text[start : amount.start], after=text[amount.end : end])
    return Measure(
        None, amount.text, amount.start, amount.end, quantity.value, quantity.value_max, quantity.unit, quantity.bound,
        masked=quantity.masked, per=quantity.per,
    )  # fmt: skip


def deadline_source(task: Task, target: Mention | Target, span: Mention | Entity) -> str:
    """Return where a deadline stands, seen from its target: in its clause, its statement, or elsewhere."""
    if target.start <= span.start < target.end:
        return "clause"
    return "sentence" if task.statement.start <= span.start < task.statement.end else "task"


def reference_of(text: str, bodies: Iterable[tuple[int, int]]) -> Reference:
    """Return what dates the deadlines of ``text``; ``bodies`` are the spans of its ORG entities."""
    clean = replace_lookalikes(text)
    return find_reference(clean, read_outline(clean, sorted(bodies)))


def _by_head(relations: Iterable[Relation]) -> Mapping[Mention, list[Relation]]:
    found: dict[Mention, list[Relation]] = {}
    for relation in sorted(relations, key=lambda r: (r.tail.start, r.label)):
        found.setdefault(relation.head, []).append(relation)
    return found


def _in_former_order(target: Target, before: Target) -> Target:
    """Return the target with units in the order they had, where they are the same as before."""
    changes: dict[str, Any] = {}
    for name in ("lead_units", "responsible_units", "cooperating_units"):
        if _same_names(getattr(target, name), getattr(before, name)):
            changes[name] = getattr(before, name)
    if "lead_units" in changes:
        changes["lead_confidences"] = before.lead_confidences
    return dataclasses.replace(target, **changes)


def _shifted(marked: MarkedText, original: str) -> MarkedText | None:
    """Return the marks on the original text, where a tool only took white space off the ends; else ``None``."""
    if marked.text.strip() != original.strip() or not marked.text.strip():
        return None
    by = (len(original) - len(original.lstrip())) - (len(marked.text) - len(marked.text.lstrip()))
    moved = {m: dataclasses.replace(m, start=m.start + by, end=m.end + by) for m in marked.mentions}
    relations = tuple(dataclasses.replace(r, head=moved[r.head], tail=moved[r.tail]) for r in marked.relations)
    return dataclasses.replace(marked, text=original, mentions=tuple(moved.values()), relations=relations)


def _same_names(names: Iterable[str], others: Iterable[str]) -> bool:
    return set(map(replace_lookalikes, names)) == set(map(replace_lookalikes, others))


def _difference(text: str, original: str) -> str:
    place = next(
        (i for i, (a, b) in enumerate(zip(text, original, strict=False)) if a != b), min(len(text), len(original))
    )
    here, there = text[place : place + 10], original[place : place + 10]
    return f"the text is not that of the original: at {place} it has {here!r}, the original {there!r}; mark the original text"
