"""Lay the corrected cells of a target into it: units, deadline, projects, commitment, and the units of its task."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from taskie.interchange.correcting import Correcting
from taskie.interchange.documents import deadline_source
from taskie.interchange.finding import find_words
from taskie.interchange.ledger_measures import corrected_measures
from taskie.interchange.ledger_sheet import SheetRow, Value, names_in
from taskie.interchange.marks import responsible_lead
from taskie.ledger import ledger_rows
from taskie.records import Deadline, Document, Entity, Project, Target, Task, TextSpan, Unit
from taskie.relations.deadlines import as_deadline, document_deadline
from taskie.relations.linker import read_commitment
from taskie.structure.lookalikes import replace_lookalikes

_ROLE_COLUMNS = ("lead_units", "responsible_units", "cooperating_units")


def corrected_target(
    state: Correcting, task: Task, span: tuple[int, int], before: Target | None, rows: list[SheetRow]
) -> Target:
    """Return the target at ``span`` as its rows describe it; ``before`` is what it was, ``None`` for a new one."""
    words = state.text[span[0] : span[1]]
    base = before or Target(words, *span, deadline=document_deadline(state.reference))
    target = dataclasses.replace(base, text=words, start=span[0], end=span[1])
    if before is None or (before.start, before.end) != span:
        target = dataclasses.replace(target, commitment=read_commitment(words))
    cells = _target_cells(base)
    changed: dict[str, Any] = {
        name: state.changed(rows, name, cells[name])
        for name in (*_ROLE_COLUMNS, "projects", "deadline_text", "deadline_date", "commitment")
    }
    target = _with_units(state, task, target, changed)
    if target.lead_units != base.lead_units:
        target = dataclasses.replace(target, lead_confidences=())
    if changed["commitment"]:
        target = dataclasses.replace(target, commitment=changed["commitment"][1])
    if changed["projects"]:
        target = dataclasses.replace(target, projects=_projects(state, target, *changed["projects"]))
    target = dataclasses.replace(target, deadline=_deadline(state, task, target, changed))
    return dataclasses.replace(target, measures=tuple(corrected_measures(state, target, rows)))


def units_of(state: Correcting, task: Task, targets: Sequence[Target]) -> tuple[Unit, ...]:
    """Return the units that the targets name, and those that no target named before either."""
    wanted: dict[tuple[str, str], int] = {}
    for target in targets:
        lead = () if responsible_lead(target) else target.lead_units
        for role, names in (
            ("lead", lead),
            ("responsible", target.responsible_units),
            ("cooperating", target.cooperating_units),
        ):
            for name in names:
                wanted.setdefault((replace_lookalikes(name), role), target.end)
    before = {n for t in task.targets for n in (*t.lead_units, *t.responsible_units, *t.cooperating_units)}
    named = set(map(replace_lookalikes, before))
    kept = [
        u
        for u in task.units
        if (replace_lookalikes(u.name), u.role) in wanted or replace_lookalikes(u.name) not in named
    ]
    have = {(replace_lookalikes(unit.name), unit.role) for unit in kept}
    new = [
        Unit(name, role, *span)
        for (name, role), near in wanted.items()
        if (name, role) not in have and (span := state.body(task, name, near))
    ]
    return tuple(sorted([*kept, *new], key=lambda unit: unit.start) if new else kept)


def _with_units(state: Correcting, task: Task, target: Target, changed: dict[str, Any]) -> Target:
    stood_in = responsible_lead(target)
    for name in _ROLE_COLUMNS:
        if changed[name]:
            row, value = changed[name]
            names = tuple(n for n in names_in(value) if _find_body(state, task, target, row, name, n))
            named: dict[str, Any] = {name: names}
            target = dataclasses.replace(target, **named)
    if stood_in and changed["responsible_units"] and not changed["lead_units"]:
        target = dataclasses.replace(target, lead_units=target.responsible_units)
    if not target.lead_units:
        target = dataclasses.replace(target, lead_units=target.responsible_units)
    return target


def _find_body(state: Correcting, task: Task, target: Target, row: SheetRow, column: str, name: str) -> bool:
    span = state.body(task, name, target.end)
    if span is None:
        state.problem(row, column, f"{name!r} does not stand in the text")
        return False
    return state.entity(row, column, span, "ORG")


def _projects(state: Correcting, target: Target, row: SheetRow, value: Value) -> tuple[Project, ...]:
    known = {project.name: project for project in target.projects}
    projects = []
    for name in names_in(value):
        span = find_words(state.text, name, near=target.start, inside=(target.start, target.end))
        if name in known:
            projects.append(known[name])
        elif span is None:
            state.problem(row, "projects", f"{name!r} does not stand in the target")
        elif state.entity(row, "projects", span, "PROJECT"):
            projects.append(Project(name, *span))
    return tuple(sorted(projects, key=lambda project: project.start))


def _deadline(state: Correcting, task: Task, target: Target, changed: dict[str, Any]) -> Deadline | None:
    deadline = target.deadline
    if changed["deadline_text"]:
        row, words = changed["deadline_text"]
        deadline = _deadline_named(state, task, target, row, words)
    if changed["deadline_date"]:
        row, date = changed["deadline_date"]
        if deadline is None and date is not None:
            state.problem(row, "deadline_date", f"{date} has no 完成时限 in the text; fill in its words")
        elif deadline is not None:
            deadline = dataclasses.replace(deadline, date=date)
    return deadline


def _deadline_named(state: Correcting, task: Task, target: Target, row: SheetRow, words: Value) -> Deadline | None:
    if words is None:
        return document_deadline(state.reference)
    near = target.start
    for inside in ((target.start, target.end), (task.start, task.end), None):
        span = find_words(state.text, str(words), near=near, inside=inside)
        if span:
            break
    if span is None:
        state.problem(row, "deadline_text", f"{words!r} does not stand in the text")
        return target.deadline
    if not state.entity(row, "deadline_text", span, "DEADLINE"):
        return target.deadline
    entity = Entity("DEADLINE", state.text[span[0] : span[1]], *span)
    return as_deadline(state.text, entity, deadline_source(task, target, entity), state.reference)


def _target_cells(target: Target) -> dict[str, Any]:
    """Return the cells of a target as the ledger shows them."""
    task = Task(None, None, None, "", 0, 0, TextSpan("", 0, 0), targets=(target,))
    return ledger_rows(Document(text="", tasks=(task,)))[0]
