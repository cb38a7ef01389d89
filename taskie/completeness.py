"""Find what a clerk should look at in an extracted document: gaps, doubts, contradictions.

Boundary: this reads the finished records only and changes nothing; every finding names its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from taskie.records import Document, Target, Task
from taskie.structure.numbering import read_number

# Entities and units that are less sure than this are worth a look.
DOUBTFUL = 0.8
MIN_LEFTOVER = 30


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding: ``code`` for programs, ``message`` (Chinese) for people, ``start:end`` its place in the text.

    ``severity`` is ``warning`` where something is probably wrong or missing and ``note`` where a look may pay.
    ``confidence`` is that of the entity or unit that is in doubt, so that the least sure can be looked at first.
    """

    code: str
    message: str
    start: int
    end: int
    task_number: str | None = None
    severity: str = "warning"
    confidence: float | None = None


def find_issues(document: Document) -> list[Issue]:
    """Return the findings in text order; an empty document gives none."""
    issues = [issue for task in document.tasks for issue in _task_issues(task)]
    issues.extend(_number_issues(document.tasks))
    issues.extend(_leftover_issues(document))
    issues.extend(_entity_issues(document))
    return sorted(issues, key=lambda issue: (issue.start, issue.end, issue.code))


def _task_issues(task: Task) -> Iterator[Issue]:
    head = (task.start, min(task.end, task.start + 40))
    leads = [unit for unit in task.units if unit.role == "lead"]
    if not leads and not any(unit.role == "responsible" for unit in task.units):
        yield Issue("no_lead_unit", "没有牵头或责任单位", *head, task.number)
    if len(leads) > 1:
        names = "、".join(unit.name for unit in leads)
        yield Issue(
            "several_leads", f"有{len(leads)}个牵头单位：{names}", leads[0].start, leads[-1].end, task.number, "note"
        )
    if not any(_has_own_deadline(target) for target in task.targets):
        yield Issue("no_deadline", "没有写明完成时限", *head, task.number, "note")
    if not any(target.measures for target in task.targets):
        yield Issue("no_measure", "没有可量化的目标", *head, task.number, "note")
    for unit in task.units:
        if unit.confidence is not None and unit.confidence < DOUBTFUL:
            message = f"“{unit.name}”是否为{_ROLE_NAMES[unit.role]}存疑（置信度{unit.confidence:.0%}）"
            yield Issue("doubtful_unit", message, unit.start, unit.end, task.number, "note", unit.confidence)
    for target in task.targets:
        yield from _target_issues(task, target)


def _has_own_deadline(target: Target) -> bool:
    return target.deadline is not None and target.deadline.source != "document"


def _target_issues(task: Task, target: Target) -> Iterator[Issue]:
    for measure in target.measures:
        if measure.value is None and not measure.masked:
            yield Issue("unread_amount", f"数量“{measure.text}”未能换算", measure.start, measure.end, task.number)
        if not measure.indicator:
            yield Issue(
                "no_indicator", f"数量“{measure.text}”没有对应的指标", measure.start, measure.end, task.number, "note"
            )
    deadline = target.deadline
    if deadline and deadline.kind == "unresolved" and deadline.start is not None and deadline.end is not None:
        yield Issue(
            "unread_deadline", f"时限“{deadline.text}”未能换算为日期", deadline.start, deadline.end, task.number, "note"
        )


def _number_issues(tasks: tuple[Task, ...]) -> Iterator[Issue]:
    """Report numbers that skip or repeat; a numbering that starts again at one is a new list."""
    last: dict[tuple[str, str | None], int] = {}
    for task in tasks:
        value = _value(task.number)
        if task.number is None or value is None:
            continue
        style = re.sub(r"[\d一二三四五六七八九十百〇零]+", "n", task.number)
        key = (style, None)
        before = last.get(key)
        last[key] = value
        if before is None or value in (1, before + 1):
            continue
        place = (task.start, min(task.end, task.start + 20))
        if value == before:
            yield Issue("repeated_number", f"序号“{task.number}”重复", *place, task.number)
        elif value > before + 1:
            yield Issue("skipped_number", f"序号从{before}跳到“{task.number}”", *place, task.number, "note")


def _value(number: str | None) -> int | None:
    if not number:
        return None
    read = read_number(number + "、x", 0) or read_number(number + "x", 0)
    return read.value if read else None


def _leftover_issues(document: Document) -> Iterator[Issue]:
    """Report paragraphs between the first and the last task that gave nothing."""
    if not document.tasks:
        return
    first, last = document.tasks[0].start, document.tasks[-1].end
    for span in document.leftovers:
        if first < span.start < last and len(span.text) >= MIN_LEFTOVER:
            yield Issue("unused_paragraph", "此段文字没有归入任何任务", span.start, span.end, None, "note")


def _entity_issues(document: Document) -> Iterator[Issue]:
    for entity in document.entities:
        if entity.confidence is not None and entity.confidence < DOUBTFUL:
            message = f"“{entity.text}”是否为{_LABEL_NAMES[entity.label]}存疑（置信度{entity.confidence:.0%}）"
            yield Issue("doubtful_entity", message, entity.start, entity.end, None, "note", entity.confidence)


_LABEL_NAMES = {"ORG": "单位", "PROJECT": "项目", "QUANTITY": "数量", "DEADLINE": "时限"}
_ROLE_NAMES = {"lead": "牵头单位", "responsible": "责任单位", "cooperating": "配合单位"}


def most_pressing(issue: Issue) -> tuple[bool, float, int]:
    """Return the key that sorts findings for a reviewer: warnings, then what is in doubt, least sure first, then the rest."""
    sure = 2.0 if issue.confidence is None else issue.confidence
    return issue.severity != "warning", sure, issue.start
