"""Show a document's ledger as a table in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taskie.records import Deadline, Document, Measure, Target, Task

if TYPE_CHECKING:
    from rich.console import RenderableType

_BOUNDS = {"ge": "≥", "le": "≤", "approx": "≈", "eq": ""}


def render_table(document: Document) -> RenderableType:
    """Return a rich table: number, target, lead units, deadline, measures."""
    from rich.markup import escape
    from rich.table import Table

    heading = document.title or document.source or "（无标题）"
    table = Table(title=escape(heading), show_lines=True, title_style="bold")
    for name, ratio in (("序号", 1), ("目标内容", 8), ("牵头单位", 4), ("完成时限", 2), ("指标", 4)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for task in document.tasks:
        for target in task.targets:
            cells = (
                task.number or "",
                target.text,
                "\n".join(target.lead_units),
                _deadline(target.deadline),
                _measures(task, target),
            )
            table.add_row(*(escape(" ".join(cell.split(" "))) for cell in cells))
    targets = sum(len(task.targets) for task in document.tasks)
    table.caption = f"{len(document.tasks)} 项任务，{targets} 个目标" if document.tasks else "未发现任务"
    return table


def _deadline(deadline: Deadline | None) -> str:
    if deadline is None or deadline.text is None:
        return ""
    return f"{deadline.text}\n{deadline.date}" if deadline.date else deadline.text


def _measures(task: Task, target: Target) -> str:
    return "\n".join(filter(None, [*map(_measure, target.measures), *(f"项目：{p.name}" for p in target.projects)]))


def _measure(measure: Measure) -> str:
    value = "x" if measure.value is None else f"{measure.value:,.10g}"
    if measure.value_max is not None:
        value += f"–{measure.value_max:,.10g}"
    return f"{measure.indicator or '？'} {_BOUNDS[measure.bound]}{value}{measure.unit or ''}"
