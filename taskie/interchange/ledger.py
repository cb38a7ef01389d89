"""Take a clerk's corrections in the ledger's workbook back into the document that the ledger was made from.

Boundary: what a cell says must stand in the text; what cannot be found there is reported with sheet, row and column.
Cells that were not touched change nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from taskie.interchange.correcting import Correcting
from taskie.interchange.finding import count_words, find_words
from taskie.interchange.ledger_sheet import SheetRow, Value, read_sheet, shown
from taskie.interchange.ledger_targets import corrected_target, units_of
from taskie.interchange.ledger_tasks import corrected_head, corrected_task, with_reported
from taskie.ledger import ledger_rows
from taskie.records import Document, Target, Task
from taskie.writers.workbook import OF_TASK

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Correction:
    """The corrected document, a line for each cell that could not be followed, and what was done."""

    document: Document
    problems: list[str]
    notes: list[str]


def read_ledger(path: Path, document: Document) -> Correction:
    """Return ``document`` with the corrections of the workbook at ``path``.

    A row is known by 起始位置 and 结束位置, else by its 目标内容. A target all of whose rows were deleted is taken out,
    and a task without any target with it. Raises ``ReadError`` if the file is no ledger.
    """
    rows, problems = read_sheet(path)
    rows, notes = _own_rows(rows, document)
    state = Correcting(document, [f"{path}: {problem}" for problem in problems], str(path))
    corrected = _corrected(state, rows)
    return Correction(corrected, state.problems, [*notes, *state.notes])


def _own_rows(rows: list[SheetRow], document: Document) -> tuple[list[SheetRow], list[str]]:
    """Return the rows of this document, where the ledger holds several."""
    own = [row for row in rows if row.cells.get("document_title") == shown(document.title)]
    if not own or len(own) == len(rows):
        return rows, []
    others = {str(row.cells.get("document_title")) for row in rows if row not in own}
    spans = {(target.start, target.end) for task in document.tasks for target in task.targets}
    missing = spans - {(row.cells.get("start"), row.cells.get("end")) for row in own}
    # A title that was corrected in some rows is no other document.
    if any((row.cells.get("start"), row.cells.get("end")) in missing for row in rows if row not in own):
        return rows, []
    return own, [f"{len(rows) - len(own)} rows of other documents left aside: {', '.join(sorted(others))}"]


def _corrected(state: Correcting, rows: Sequence[SheetRow]) -> Document:
    """Return the document that the rows describe."""
    groups: dict[Span, list[SheetRow]] = {}
    before: dict[Span, Target | None] = {}
    home = {(t.start, t.end): (task, t) for task in state.document.tasks for t in task.targets}
    for row in rows:
        found = _target_of(state, row, home)
        if found:
            span, target = found
            groups.setdefault(span, []).append(row)
            before.setdefault(span, target)
            if target is None:
                state.added.add(row.number)
    tasks = []
    placed: set[Span] = set()
    for task in state.document.tasks:
        spans = [s for s in sorted(groups) if s not in placed and _belongs(s, before[s], task)]
        placed.update(spans)
        if not spans and not task.targets:
            tasks.append(task)  # it had no row in the ledger either
            continue
        if not spans:
            state.notes.append(f"task {task.number or task.text[:10]!r} has no row left and was taken out")
            continue
        filled = {row.number: row for row in _filled_down(task, [row for s in spans for row in groups[s]])}
        groups.update({s: [filled[row.number] for row in groups[s]] for s in spans})
        tasks.append(_task(state, task, {s: (before[s], groups[s]) for s in spans}))
    for span in set(groups) - placed:
        state.problem(groups[span][0], "target", "stands in no task of the document")
    gone = set(home) - {(t.start, t.end) for t in before.values() if t}
    if gone:
        state.notes.append(f"{len(gone)} targets without a row were taken out")
    document = dataclasses.replace(state.document, tasks=tuple(tasks), entities=tuple(state.entities))
    return corrected_head(state, document, [row for group in groups.values() for row in group])


def _task(state: Correcting, task: Task, found: Mapping[Span, tuple[Target | None, list[SheetRow]]]) -> Task:
    targets = [corrected_target(state, task, span, before, rows) for span, (before, rows) in found.items()]
    own = corrected_task(state, task, [row for _, rows in found.values() for row in rows])
    own = dataclasses.replace(own, units=units_of(state, task, targets))
    return with_reported(state, own, targets, task)


def _belongs(span: Span, target: Target | None, task: Task) -> bool:
    return target in task.targets if target is not None else task.start <= span[0] < task.end


def _target_of(
    state: Correcting, row: SheetRow, home: Mapping[Span, tuple[Task, Target]]
) -> tuple[tuple[int, int], Target | None] | None:
    """Return the span of the row's target and the target it was; ``None`` with a problem if it is nowhere."""
    words, start, end = row.cells.get("target"), row.cells.get("start"), row.cells.get("end")
    if not isinstance(words, str):
        state.problem(row, "target", "is empty; delete the whole row to take a target out")
        return None
    known = home.get((start, end)) if isinstance(start, int) and isinstance(end, int) else None
    if known and shown(known[1].text) == words:
        return (known[1].start, known[1].end), known[1]
    if known:
        inside = (known[0].start, known[0].end)
        span = find_words(state.text, words, near=known[1].start, inside=inside)
        if span is None:
            state.problem(row, "target", f"{words!r} does not stand in task {known[0].number or ''}".rstrip())
            return None
        return span, known[1]
    same = [target for _, target in home.values() if shown(target.text) == words]
    if len(same) == 1:
        return (same[0].start, same[0].end), same[0]
    return _new_span(state, row, words, start)


def _new_span(state: Correcting, row: SheetRow, words: str, start: Value) -> tuple[tuple[int, int], None] | None:
    times = count_words(state.text, words)
    if times == 0:
        state.problem(row, "target", f"{words!r} does not stand in the text")
    elif times > 1 and not isinstance(start, int):
        state.problem(row, "target", f"{words!r} stands {times} times in the text; fill in 起始位置")
    else:
        span = find_words(state.text, words, near=start if isinstance(start, int) else 0)
        return (span, None) if span else None
    return None


def _filled_down(task: Task, rows: Sequence[SheetRow]) -> list[SheetRow]:
    """Return the rows in the order of the sheet, with what was merged over the task put into cells left empty.

    Spreadsheet programs leave the value in the first row alone when cells are unmerged, as sorting asks for.
    """
    shown = ledger_rows(Document(text="", tasks=(task,)))
    merged = [name for name in OF_TASK if len({row[name] for row in shown}) == 1]
    above: dict[str, Value] = {}
    filled = []
    for row in sorted(rows, key=lambda row: row.number):
        empty = {name: above[name] for name in merged if name in above and row.cells.get(name) is None}
        row = dataclasses.replace(row, cells={**row.cells, **empty})
        above = {name: value for name in merged if (value := row.cells.get(name)) is not None}
        filled.append(row)
    return filled
