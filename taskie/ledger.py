"""The flat ledger (台账) of a document: one row per target, plain values only.

The column order and meaning are part of the public contract; the spreadsheet writer puts the
Chinese headings given here over the same columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from taskie.errors import MissingDependencyError
from taskie.records import Document, Measure, Target, Task

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: dict[str, str] = {
    "document_title": "文件标题",
    "doc_number": "文号",
    "issued_on": "印发日期",
    "section": "章节",
    "task_number": "序号",
    "task_title": "任务名称",
    "target": "目标内容",
    "lead_units": "牵头单位",
    "responsible_units": "责任单位",
    "cooperating_units": "配合单位",
    "leaders": "责任领导",
    "deadline_text": "完成时限",
    "deadline_date": "截止日期",
    "projects": "涉及项目",
    "indicator": "指标",
    "value": "目标值",
    "value_max": "目标值上限",
    "unit": "计量单位",
    "bound": "界限",
    "change": "变化方向",
    "commitment": "承诺力度",
    "status": "完成状态",
    "progress": "进展情况",
    "next_steps": "下步措施",
    "start": "起始位置",
    "end": "结束位置",
}
LIST_SEPARATOR = "、"


def ledger_rows(document: Document) -> list[dict[str, Any]]:
    """Return the rows in document order; lists are joined with ``、``, missing values are ``None``."""
    return [
        _row(document, task, target, measure)
        for task in document.tasks
        for target in task.targets
        for measure in (target.measures or (None,))
    ]


def ledger_frame(document: Document) -> pd.DataFrame:
    """Return the rows as a data frame with the contract's columns, also when there is no row."""
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingDependencyError("to_pandas() needs pandas: pip install pandas") from error
    return pd.DataFrame(ledger_rows(document), columns=list(COLUMNS))


def _row(document: Document, task: Task, target: Target, measure: Measure | None) -> dict[str, Any]:
    return {
        "document_title": document.title,
        "doc_number": document.doc_number,
        "issued_on": document.issued_on,
        "section": task.section,
        "task_number": task.number,
        "task_title": task.title,
        "target": target.text,
        "lead_units": _join(target.lead_units),
        "responsible_units": _join(target.responsible_units),
        "cooperating_units": _join(target.cooperating_units),
        "leaders": _join(task.leaders),
        "deadline_text": target.deadline.text if target.deadline else None,
        "deadline_date": target.deadline.date if target.deadline else None,
        "projects": _join(tuple(project.name for project in target.projects)),
        "indicator": measure.indicator if measure else None,
        "value": measure.value if measure else None,
        "value_max": measure.value_max if measure else None,
        "unit": measure.unit if measure else None,
        "bound": measure.bound if measure else None,
        "change": measure.change if measure else None,
        "commitment": target.commitment,
        "status": task.status,
        "progress": task.progress.text if task.progress else None,
        "next_steps": task.next_steps.text if task.next_steps else None,
        "start": target.start,
        "end": target.end,
    }


def _join(names: tuple[str, ...]) -> str | None:
    return LIST_SEPARATOR.join(names) or None
