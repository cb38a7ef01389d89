"""Link: from an outline of tasks and a list of entities to tasks with targets and everything that belongs to them.

Boundary: this walks the document once; targets are read by ``targets``, and each question has a module of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from taskie.normalize.reference import Reference
from taskie.records import Entity, Task, TextSpan
from taskie.relations.confidence import LinkModels, TrainedDecider
from taskie.relations.deadlines import as_deadline
from taskie.relations.decisions import RULES, Decider
from taskie.relations.names import name_in_full, restore_heads, short_forms
from taskie.relations.progress import read_reported
from taskie.relations.status import status_code
from taskie.relations.targets import TargetReader, read_commitment
from taskie.structure.outline import Outline, TaskOutline

__all__ = ["link", "outline_of", "read_commitment"]


def link(
    text: str, outline: Outline, entities: Sequence[Entity], *, reference: Reference, links: LinkModels | None = None,
    decider: Decider | None = None,
) -> tuple[Task, ...]:  # fmt: skip
    """Return the tasks of ``outline`` with their targets; ``entities`` are sorted and do not overlap.

    ``links`` says how sure each link is and decides where rules leave a choice; without it, rules decide alone. Units
    come with their confidence (``LinkModels.judged``). ``decider`` takes the place of both, as training does to collect its examples.
    """
    reader = TargetReader(text, entities, reference, decider or (TrainedDecider(links) if links else RULES))
    full = short_forms(unit.name for task in outline.tasks for unit in task.units)
    return tuple(_link_task(text, task, reader, reference, full) for task in outline.tasks)


def _link_task(
    text: str, task: TaskOutline, reader: TargetReader, reference: Reference, full: Mapping[str, str]
) -> Task:
    targets = reader.read(task)
    progress = task.progress
    reported = (
        read_reported(text, progress, reader.every.inside(progress.start, progress.end), targets) if progress else ()
    )
    return Task(
        number=task.number, title=task.title.text if task.title else None, section=task.headings[0] if task.headings else None,
        headings=task.headings, text=text[task.start : task.end], start=task.start, end=task.end, statement=task.statement,
        units=name_in_full(restore_heads(task.units), full), leaders=task.leaders,
        deadline=as_deadline(text, task.deadline, "task", reference) if task.deadline else None,
        status=task.status, status_code=status_code(task.status), progress=task.progress, next_steps=task.next_steps, problems=task.problems,
        reported=reported, targets=targets,
    )  # fmt: skip


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
