"""Take a clerk's corrections in the ledger's workbook back into the document that the ledger was made from.

Boundary: what a cell says must stand in the text; what cannot be found there is reported with sheet, row and column.
Cells that were not touched change nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from taskie.interchange.documents import deadline_source, plain_measure, reference_of
from taskie.interchange.finding import count_words, find_amount, find_words, take_entity
from taskie.interchange.ledger_sheet import SheetRow, Value, read_sheet
from taskie.interchange.marks import responsible_lead
from taskie.ledger import LIST_SEPARATOR, ledger_rows
from taskie.normalize.reference import Reference
from taskie.records import Deadline, Document, Entity, Measure, Project, Target, Task, TextSpan, Unit
from taskie.relations.deadlines import as_deadline, document_deadline
from taskie.relations.linker import read_commitment
from taskie.structure.lookalikes import replace_lookalikes
from taskie.writers.workbook import OF_TASK

_MEASURE = ("indicator", "value", "value_max", "unit", "bound", "change")
_ROLE_OF = {"lead_units": "lead", "responsible_units": "responsible", "cooperating_units": "cooperating"}
# Cells that are alike in so many columns of a measure are about the same measure.
_ALIKE = 3


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
    correcting = _Correcting(document, [f"{path}: {problem}" for problem in problems], str(path))
    corrected = correcting.document_from(rows)
    return Correction(corrected, correcting.problems, [*notes, *correcting.notes])


def _own_rows(rows: list[SheetRow], document: Document) -> tuple[list[SheetRow], list[str]]:
    """Return the rows of this document, where the ledger holds several."""
    own = [row for row in rows if row.cells.get("document_title") == _shown(document.title)]
    if not own or len(own) == len(rows):
        return rows, []
    others = {str(row.cells.get("document_title")) for row in rows if row not in own}
    spans = {(target.start, target.end) for task in document.tasks for target in task.targets}
    missing = spans - {(row.cells.get("start"), row.cells.get("end")) for row in own}
    # A title that was corrected in some rows is no other document.
    if any((row.cells.get("start"), row.cells.get("end")) in missing for row in rows if row not in own):
        return rows, []
    return own, [f"{len(rows) - len(own)} rows of other documents left aside: {', '.join(sorted(others))}"]


class _Correcting:
    """One document under correction."""

    def __init__(self, document: Document, problems: list[str], path: str) -> None:
        self.document = document
        self.text = document.text
        self.problems = problems
        self.path = path
        self.notes: list[str] = []
        self.entities = list(document.entities)
        self.added: set[int] = set()  # numbers of the rows that a clerk put in; what they leave empty changes nothing
        self.home = {(t.start, t.end): (task, t) for task in document.tasks for t in task.targets}
        self.reference: Reference = reference_of(
            document.text, [(e.start, e.end) for e in document.entities if e.label == "ORG"]
        )

    def document_from(self, rows: Sequence[SheetRow]) -> Document:
        """Return the document that the rows describe."""
        groups: dict[tuple[int, int], list[SheetRow]] = {}
        before: dict[tuple[int, int], Target | None] = {}
        for row in rows:
            found = self._target_of(row)
            if found:
                span, target = found
                groups.setdefault(span, []).append(row)
                before.setdefault(span, target)
                if target is None:
                    self.added.add(row.number)
        tasks = []
        placed: set[tuple[int, int]] = set()
        for task in self.document.tasks:
            spans = [s for s in sorted(groups) if s not in placed and self._belongs(s, before[s], task)]
            placed.update(spans)
            if not spans:
                self.notes.append(f"task {task.number or task.text[:10]!r} has no row left and was taken out")
                continue
            filled = {row.number: row for row in _filled_down(task, [row for s in spans for row in groups[s]])}
            groups.update({s: [filled[row.number] for row in groups[s]] for s in spans})
            tasks.append(self._task(task, [(s, before[s], groups[s]) for s in spans]))
        for span in set(groups) - placed:
            self._problem(groups[span][0], "target", "stands in no task of the document")
        gone = set(self.home) - {(t.start, t.end) for t in before.values() if t}
        if gone:
            self.notes.append(f"{len(gone)} targets without a row were taken out")
        document = dataclasses.replace(self.document, tasks=tuple(tasks), entities=tuple(self.entities))
        return self._document_cells(document, [row for group in groups.values() for row in group])

    def _belongs(self, span: tuple[int, int], target: Target | None, task: Task) -> bool:
        if target is not None:
            return target in task.targets
        return task.start <= span[0] < task.end

    def _target_of(self, row: SheetRow) -> tuple[tuple[int, int], Target | None] | None:
        """Return the span of the row's target and the target it was; ``None`` with a problem if it is nowhere."""
        words, start, end = row.cells.get("target"), row.cells.get("start"), row.cells.get("end")
        if not isinstance(words, str):
            self._problem(row, "target", "is empty; delete the whole row to take a target out")
            return None
        known = self.home.get((start, end)) if isinstance(start, int) and isinstance(end, int) else None
        if known and _shown(known[1].text) == words:
            return (known[1].start, known[1].end), known[1]
        if known:
            inside = (known[0].start, known[0].end)
            span = find_words(self.text, words, near=known[1].start, inside=inside)
            if span is None:
                self._problem(row, "target", f"{words!r} does not stand in task {known[0].number or ''}".rstrip())
                return None
            return span, known[1]
        same = [target for _, target in self.home.values() if _shown(target.text) == words]
        if len(same) == 1:
            return (same[0].start, same[0].end), same[0]
        return self._new_span(row, words, start)

    def _new_span(self, row: SheetRow, words: str, start: Value) -> tuple[tuple[int, int], None] | None:
        times = count_words(self.text, words)
        if times == 0:
            self._problem(row, "target", f"{words!r} does not stand in the text")
        elif times > 1 and not isinstance(start, int):
            self._problem(row, "target", f"{words!r} stands {times} times in the text; fill in 起始位置")
        else:
            span = find_words(self.text, words, near=start if isinstance(start, int) else 0)
            return (span, None) if span else None
        return None

    def _task(self, task: Task, found: Sequence[tuple[tuple[int, int], Target | None, list[SheetRow]]]) -> Task:
        targets = [self._target(task, span, before, rows) for span, before, rows in found]
        rows = [row for _, _, group in found for row in group]
        task = self._task_cells(task, rows)
        task = dataclasses.replace(task, units=self._units(task, targets), targets=tuple(targets))
        return task

    def _units(self, task: Task, targets: Sequence[Target]) -> tuple[Unit, ...]:
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
            if (name, role) not in have and (span := self._body(task, name, near))
        ]
        return tuple(sorted([*kept, *new], key=lambda unit: unit.start) if new else kept)

    def _target(self, task: Task, span: tuple[int, int], before: Target | None, rows: list[SheetRow]) -> Target:
        words = self.text[span[0] : span[1]]
        base = before or Target(words, *span, deadline=document_deadline(self.reference))
        target = dataclasses.replace(base, text=words, start=span[0], end=span[1])
        if before is None or (before.start, before.end) != span:
            target = dataclasses.replace(target, commitment=read_commitment(words))
        shown = _target_cells(base)
        changed: dict[str, Any] = {
            name: self._changed(rows, name, shown[name])
            for name in (*_ROLE_OF, "projects", "deadline_text", "deadline_date", "commitment")
        }
        target = self._with_units(task, target, changed)
        if changed["commitment"]:
            target = dataclasses.replace(target, commitment=changed["commitment"][1])
        if changed["projects"]:
            target = dataclasses.replace(target, projects=self._projects(target, *changed["projects"]))
        target = dataclasses.replace(target, deadline=self._deadline(task, target, changed))
        return dataclasses.replace(target, measures=tuple(self._measures(target, rows)))

    def _with_units(self, task: Task, target: Target, changed: dict[str, Any]) -> Target:
        stood_in = responsible_lead(target)
        for name in _ROLE_OF:
            if changed[name]:
                row, value = changed[name]
                names = tuple(n for n in _names(value) if self._find_body(task, target, row, name, n))
                named: dict[str, Any] = {name: names}
                target = dataclasses.replace(target, **named)
        if stood_in and changed["responsible_units"] and not changed["lead_units"]:
            target = dataclasses.replace(target, lead_units=target.responsible_units)
        if not target.lead_units:
            target = dataclasses.replace(target, lead_units=target.responsible_units)
        return target

    def _find_body(self, task: Task, target: Target, row: SheetRow, column: str, name: str) -> bool:
        span = self._body(task, name, target.end)
        if span is None:
            self._problem(row, column, f"{name!r} does not stand in the text")
            return False
        return self._entity(row, column, span, "ORG")

    def _body(self, task: Task, name: str, near: int) -> tuple[int, int] | None:
        """Return the body of that name: a unit of the task, else a known body, else the words, nearest first."""
        for spans in (
            [(u.start, u.end) for u in task.units if replace_lookalikes(u.name) == replace_lookalikes(name)],
            [(e.start, e.end) for e in self.entities if e.label == "ORG" and "".join(e.text.split()) == name],
        ):
            if spans:
                return min(spans, key=lambda span: (span[0] < near, abs(span[0] - near)))
        return find_words(self.text, name, near=near, inside=(task.start, task.end)) or find_words(
            self.text, name, near=near
        )

    def _projects(self, target: Target, row: SheetRow, value: Value) -> tuple[Project, ...]:
        known = {project.name: project for project in target.projects}
        projects = []
        for name in _names(value):
            span = find_words(self.text, name, near=target.start, inside=(target.start, target.end))
            if name in known:
                projects.append(known[name])
            elif span is None:
                self._problem(row, "projects", f"{name!r} does not stand in the target")
            elif self._entity(row, "projects", span, "PROJECT"):
                projects.append(Project(name, *span))
        return tuple(sorted(projects, key=lambda project: project.start))

    def _deadline(self, task: Task, target: Target, changed: dict[str, Any]) -> Deadline | None:
        deadline = target.deadline
        if changed["deadline_text"]:
            row, words = changed["deadline_text"]
            deadline = self._deadline_named(task, target, row, words)
        if changed["deadline_date"]:
            row, date = changed["deadline_date"]
            if deadline is None and date is not None:
                self._problem(row, "deadline_date", f"{date} has no 完成时限 in the text; fill in its words")
            elif deadline is not None:
                deadline = dataclasses.replace(deadline, date=date)
        return deadline

    def _deadline_named(self, task: Task, target: Target, row: SheetRow, words: Value) -> Deadline | None:
        if words is None:
            return document_deadline(self.reference)
        near = target.start
        for inside in ((target.start, target.end), (task.start, task.end), None):
            span = find_words(self.text, str(words), near=near, inside=inside)
            if span:
                break
        if span is None:
            self._problem(row, "deadline_text", f"{words!r} does not stand in the text")
            return target.deadline
        if not self._entity(row, "deadline_text", span, "DEADLINE"):
            return target.deadline
        entity = Entity("DEADLINE", self.text[span[0] : span[1]], *span)
        return as_deadline(self.text, entity, deadline_source(task, target, entity), self.reference)

    def _measures(self, target: Target, rows: Sequence[SheetRow]) -> Iterable[Measure]:
        """Yield the measures that the rows of the target describe."""
        filled = [
            row
            for row in rows
            if any(row.cells.get(n) is not None for n in ("indicator", "value", "value_max", "unit"))
        ]
        pairs = _paired(filled, target.measures)
        found = [m for row, known in pairs if (m := self._measure(target, row, known))]
        return sorted(found, key=lambda measure: measure.start)

    def _measure(self, target: Target, row: SheetRow, known: Measure | None) -> Measure | None:
        value, unit = row.cells.get("value"), row.cells.get("unit")
        moved = known is not None and not target.start <= known.start < target.end
        if known is None or moved or (value, unit) != (known.value, _shown(known.unit)):
            measure = self._amount(target, row, known)
            if measure is None:
                return known
        else:
            measure = known
        changes: dict[str, Any] = {n: row.cells[n] for n in ("bound", "change") if row.cells.get(n)}
        indicator = row.cells.get("indicator")
        if indicator != _shown(known.indicator if known else None):
            if indicator is not None and not count_words(self.text, str(indicator)):
                self._problem(row, "indicator", f"{indicator!r} does not stand in the text")
            else:
                changes["indicator"] = indicator
        if "value_max" in row.cells and (known is None or row.cells["value_max"] != known.value_max):
            changes["value_max"] = row.cells["value_max"]
        return dataclasses.replace(measure, **changes)

    def _amount(self, target: Target, row: SheetRow, known: Measure | None) -> Measure | None:
        """Return the amount that the row's value and unit name, read anew from the target."""
        value, unit = row.cells.get("value"), row.cells.get("unit")
        shown = f"{value}{unit or ''}"
        span = None
        if value is None:
            self._problem(row, "value", "is empty; empty 指标 and 计量单位 too to take the measure out")
            return None
        if isinstance(value, int | float):
            span = find_amount(self.text, target.start, target.end, value, unit if unit is None else str(unit))
        if span is None:
            self._problem(row, "value", f"{shown!r} does not stand in the target {target.text[:20]!r}")
            return None
        if not self._entity(row, "value", span, "QUANTITY"):
            return None
        entity = Entity("QUANTITY", self.text[span[0] : span[1]], *span)
        measure = plain_measure(self.text, target.start, target.end, entity)
        return (
            measure if known is None else dataclasses.replace(measure, indicator=known.indicator, change=known.change)
        )

    def _task_cells(self, task: Task, rows: Sequence[SheetRow]) -> Task:
        shown = {
            "task_title": task.title, "leaders": LIST_SEPARATOR.join(task.leaders) or None, "status": task.status,
            "progress": task.progress.text if task.progress else None,
            "next_steps": task.next_steps.text if task.next_steps else None,
        }  # fmt: skip
        for name, value in shown.items():
            changed = self._changed(rows, name, value)
            if not changed:
                continue
            row, words = changed
            said = _names(words) if name == "leaders" else ((str(words),) if words is not None else ())
            spans = [find_words(self.text, one, near=task.start) for one in said]
            if None in spans:
                self._problem(row, name, f"{said[spans.index(None)]!r} does not stand in the text")
                continue
            field = "title" if name == "task_title" else name
            task = dataclasses.replace(task, **{field: self._task_value(name, said, [s for s in spans if s])})
        return task

    def _task_value(self, name: str, said: Sequence[str], spans: Sequence[tuple[int, int]]) -> Any:
        if name == "leaders":
            return tuple(said)
        if name in ("progress", "next_steps"):
            return TextSpan(self.text[slice(*spans[0])], *spans[0]) if spans else None
        return said[0] if said else None

    def _document_cells(self, document: Document, rows: Sequence[SheetRow]) -> Document:
        for column, field in (("document_title", "title"), ("doc_number", "doc_number"), ("issued_on", "issued_on")):
            changed = self._changed(rows, column, getattr(document, field))
            if not changed:
                continue
            row, value = changed
            if column != "issued_on" and value is not None and not count_words(self.text, str(value)):
                self._problem(row, column, f"{value!r} does not stand in the text")
            else:
                named: dict[str, Any] = {field: value}
                document = dataclasses.replace(document, **named)
        return document

    def _changed(self, rows: Sequence[SheetRow], name: str, before: Any) -> tuple[SheetRow, Value] | None:
        """Return the row and the value that a cell was changed to; rows that were changed to different values are a problem."""
        changed = [
            (row, row.cells[name])
            for row in rows
            if name in row.cells and row.cells[name] != _shown(before)
            if row.cells[name] is not None or row.number not in self.added
        ]
        if not changed:
            return None
        other = next((row for row, value in changed if value != changed[0][1]), None)
        if other is not None:
            self._problem(
                other,
                name,
                f"says {other.cells[name]!r}, but row {changed[0][0].number} says {changed[0][1]!r} of the same",
            )
            return None
        return changed[0]

    def _entity(self, row: SheetRow, column: str, span: tuple[int, int], label: str) -> bool:
        other = take_entity(self.entities, self.text, span, label)
        if other is not None:
            self._problem(row, column, f"{self.text[slice(*span)]!r} overlaps the {other.label} {other.text!r}")
        return other is None

    def _problem(self, row: SheetRow, column: str, message: str) -> None:
        self.problems.append(f"{self.path}: {row.where(column)}: {message}")


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


def _target_cells(target: Target) -> dict[str, Any]:
    """Return the cells of a target as the ledger shows them."""
    task = Task(None, None, None, "", 0, 0, TextSpan("", 0, 0), targets=(target,))
    return ledger_rows(Document(text="", tasks=(task,)))[0]


def _paired(rows: Sequence[SheetRow], measures: Sequence[Measure]) -> list[tuple[SheetRow, Measure | None]]:
    """Return each row with the measure it is about: alike in all cells, else in order, else alike in most cells."""
    left = list(measures)
    pairs: dict[int, Measure | None] = {}
    for enough in (len(_MEASURE), _ALIKE):
        open_rows = [row for row in rows if row.number not in pairs]
        if enough == _ALIKE and len(open_rows) == len(left):
            pairs.update((row.number, measure) for row, measure in zip(open_rows, left, strict=True))
            break
        for row in open_rows:
            best = max(left, key=lambda measure: _likeness(row, measure), default=None)
            if best is not None and _likeness(row, best) >= enough:
                pairs[row.number] = best
                left.remove(best)
    return [(row, pairs.get(row.number)) for row in rows]


def _likeness(row: SheetRow, measure: Measure) -> int:
    return sum(row.cells.get(name) == _shown(getattr(measure, name)) for name in _MEASURE)


def _names(value: Value) -> tuple[str, ...]:
    parts = str(value).replace("，", LIST_SEPARATOR).replace(",", LIST_SEPARATOR).split(LIST_SEPARATOR) if value else []
    return tuple(dict.fromkeys("".join(part.split()) for part in parts if part.strip()))


def _shown(value: Any) -> Any:
    """Return a value as a cell of the workbook gives it back."""
    if isinstance(value, str):
        return ILLEGAL_CHARACTERS_RE.sub("", value).strip() or None
    return value
