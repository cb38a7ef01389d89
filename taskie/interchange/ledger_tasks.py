"""Lay the corrected cells of tasks and of the document's head into them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from taskie.interchange.correcting import Correcting
from taskie.interchange.finding import count_words, find_words
from taskie.interchange.ledger_sheet import SheetRow, names_in
from taskie.ledger import LIST_SEPARATOR
from taskie.records import Document, Target, Task, TextSpan
from taskie.relations.progress import read_reported
from taskie.relations.status import status_code

# A task's number stands at its head.
_HEAD = 20


def corrected_task(state: Correcting, task: Task, rows: Sequence[SheetRow]) -> Task:
    """Return the task with what its own cells say; all of it must stand in the text."""
    for name, value in _cells(task).items():
        changed = state.changed(rows, name, value)
        if not changed:
            continue
        row, words = changed
        said = names_in(words) if name == "leaders" else ((str(words),) if words is not None else ())
        inside = (task.start, min(task.end, task.start + _HEAD)) if name == "task_number" else None
        spans = [find_words(state.text, one, near=task.start, inside=inside) for one in said]
        if None in spans:
            where = "at the head of the task" if inside else "in the text"
            state.problem(row, name, f"{said[spans.index(None)]!r} does not stand {where}")
            continue
        task = _with_cell(state, task, name, said, [span for span in spans if span])
    return task


def _cells(task: Task) -> dict[str, str | None]:
    """Return the task's own cells as the ledger shows them."""
    return {
        "section": task.section, "task_number": task.number, "task_title": task.title,
        "leaders": LIST_SEPARATOR.join(task.leaders) or None, "status": task.status,
        "progress": task.progress.text if task.progress else None,
        "next_steps": task.next_steps.text if task.next_steps else None,
    }  # fmt: skip


def _with_cell(state: Correcting, task: Task, name: str, said: Sequence[str], spans: Sequence[tuple[int, int]]) -> Task:
    first = said[0] if said else None
    span = TextSpan(state.text[slice(*spans[0])], *spans[0]) if spans else None
    changes: dict[str, dict[str, Any]] = {
        "section": {"section": first, "headings": ((first,) if first else ()) + task.headings[1:]},
        "task_number": {"number": first},
        "task_title": {"title": first},
        "leaders": {"leaders": tuple(said)},
        "status": {"status": first, "status_code": status_code(first)},
        "progress": {"progress": span},
        "next_steps": {"next_steps": span},
    }
    return dataclasses.replace(task, **changes[name])


def with_reported(state: Correcting, task: Task, targets: Sequence[Target], before: Task) -> Task:
    """Return the task with its targets, and with what a changed progress cell reports on them."""
    task = dataclasses.replace(task, targets=tuple(targets))
    if task.progress == before.progress:
        return task
    span = task.progress
    inside = [e for e in state.entities if span and span.start <= e.start < span.end]
    reported = read_reported(state.text, span, inside, task.targets) if span else ()
    return dataclasses.replace(task, reported=reported)


def corrected_head(state: Correcting, document: Document, rows: Sequence[SheetRow]) -> Document:
    """Return the document with title, number and date of issue as the rows say."""
    for column, field in (("document_title", "title"), ("doc_number", "doc_number"), ("issued_on", "issued_on")):
        changed = state.changed(rows, column, getattr(document, field))
        if not changed:
            continue
        row, value = changed
        if column != "issued_on" and value is not None and not count_words(state.text, str(value)):
            state.problem(row, column, f"{value!r} does not stand in the text")
        else:
            named: dict[str, Any] = {field: value}
            document = dataclasses.replace(document, **named)
    return document
