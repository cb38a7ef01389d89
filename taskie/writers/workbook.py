"""Build the ledger as a workbook of the trade: the ledger, a sheet by unit, a sheet of what needs attention."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from taskie.completeness import most_pressing
from taskie.ledger import COLUMNS, ledger_rows
from taskie.records import Document

LEDGER, BY_UNIT, ATTENTION = "任务台账", "按单位", "待核查"
_WIDTHS = {
    "document_title": 24, "doc_number": 18, "issued_on": 12, "section": 20, "task_number": 7, "task_title": 20, "target": 46, "lead_units": 24,
    "responsible_units": 22, "cooperating_units": 26, "leaders": 12, "deadline_text": 14, "deadline_date": 12, "projects": 26, "indicator": 24,
    "value": 13, "value_max": 11, "unit": 9, "bound": 8, "change": 9, "commitment": 9, "status": 11, "progress": 44, "next_steps": 30, "start": 8, "end": 8,
}  # fmt: skip
# Columns whose cells belong to the task and are merged over its rows.
OF_TASK = (
    "document_title", "doc_number", "issued_on", "section", "task_number", "task_title", "lead_units", "responsible_units", "cooperating_units",
    "leaders", "status", "progress", "next_steps",
)  # fmt: skip
LABELS = {
    "bound": {"ge": "不低于", "le": "不超过", "approx": "左右", "eq": "等于"},
    "change": {"increase": "增加", "decrease": "减少", "maintain": "保持", "reach": "达到"},
    "commitment": {"ensure": "确保", "strive": "力争"},
}
_ROLES = (("lead_units", "牵头"), ("responsible_units", "责任"), ("cooperating_units", "配合"))
_HEAD_FILL = PatternFill("solid", fgColor="1F4E79")
_HEAD_FONT = Font(bold=True, color="FFFFFF", name="Microsoft YaHei", size=10)
_BODY_FONT = Font(name="Microsoft YaHei", size=10)
_EDGE = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_WRAP = Alignment(wrap_text=True, vertical="top")
_SEVERITIES = {"warning": "需处理", "note": "提示"}


def build_workbook(documents: Sequence[Document]) -> bytes:
    """Return the workbook as .xlsx bytes."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = LEDGER
    _ledger_sheet(sheet, documents)
    _unit_sheet(workbook.create_sheet(BY_UNIT), documents)
    _attention_sheet(workbook.create_sheet(ATTENTION), documents)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _ledger_sheet(sheet: Worksheet, documents: Sequence[Document]) -> None:
    _head(sheet, list(COLUMNS.values()), [_WIDTHS[name] for name in COLUMNS])
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    line = 2
    for document in documents:
        rows = ledger_rows(document)
        position = 0
        for task in document.tasks:
            count = sum(max(1, len(target.measures)) for target in task.targets)
            for row in rows[position : position + count]:
                _fill(sheet, line, [_labelled(name, row[name]) for name in COLUMNS])
                line += 1
            if count > 1:
                _merge(sheet, line - count, line - 1)
            position += count
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{max(line - 1, 1)}"


def _merge(sheet: Worksheet, first: int, last: int) -> None:
    """Merge the task's cells over its rows where they all say the same."""
    for i, name in enumerate(COLUMNS, 1):
        values = {sheet.cell(r, i).value for r in range(first, last + 1)}
        if name in OF_TASK and len(values) == 1:
            sheet.merge_cells(start_row=first, end_row=last, start_column=i, end_column=i)


def _unit_sheet(sheet: Worksheet, documents: Sequence[Document]) -> None:
    """List each unit with what it leads, answers for and helps with; units with most leads first."""
    _head(sheet, ["单位", "角色", "序号", "目标内容", "完成时限", "截止日期", "文件标题"], [26, 8, 8, 60, 16, 12, 30])
    sheet.freeze_panes = "A2"
    entries: dict[str, list[list[Any]]] = {}
    leads: Counter[str] = Counter()
    for document in documents:
        for task in document.tasks:
            for target in task.targets:
                deadline = target.deadline
                shown = [
                    task.number,
                    target.text,
                    deadline.text if deadline else None,
                    deadline.date if deadline else None,
                    document.title,
                ]
                named: set[str] = set()
                for attribute, role in _ROLES:
                    for unit in getattr(target, attribute):
                        if unit not in named:  # 责任单位 that lead for want of others stand once
                            entries.setdefault(unit, []).append(
                                [
                                    unit,
                                    role
                                    if attribute != "lead_units" or unit not in target.responsible_units
                                    else "责任",
                                    *shown,
                                ]
                            )
                            leads[unit] += attribute == "lead_units"
                        named.add(unit)
    line = 2
    for unit in sorted(entries, key=lambda u: (-leads[u], u)):
        for row in entries[unit]:
            _fill(sheet, line, row)
            line += 1
    sheet.auto_filter.ref = f"A1:G{max(line - 1, 1)}"


def _attention_sheet(sheet: Worksheet, documents: Sequence[Document]) -> None:
    _head(sheet, ["级别", "问题", "序号", "原文", "位置", "文件标题"], [9, 44, 8, 60, 14, 30])
    sheet.freeze_panes = "A2"
    line = 2
    for document in documents:
        for issue in sorted(document.issues(), key=most_pressing):
            printed = " ".join(document.text[issue.start : issue.end].split())[:120]
            _fill(
                sheet,
                line,
                [
                    _SEVERITIES[issue.severity],
                    issue.message,
                    issue.task_number,
                    printed,
                    f"{issue.start}–{issue.end}",
                    document.title,
                ],
            )
            line += 1
    sheet.auto_filter.ref = f"A1:F{max(line - 1, 1)}"


def _labelled(name: str, value: Any) -> Any:
    return LABELS.get(name, {}).get(value, value) if isinstance(value, str) else value


def _head(sheet: Worksheet, headings: Sequence[str], widths: Sequence[float]) -> None:
    for i, (heading, width) in enumerate(zip(headings, widths, strict=True), 1):
        cell = sheet.cell(1, i, heading)
        cell.font, cell.fill, cell.border = _HEAD_FONT, _HEAD_FILL, _BORDER
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(i)].width = width
    sheet.row_dimensions[1].height = 24


def _fill(sheet: Worksheet, line: int, values: Sequence[Any]) -> None:
    for i, value in enumerate(values, 1):
        cell = sheet.cell(line, i)
        if isinstance(value, str):
            # As text, so that no cell is taken for a formula; control characters have no place in a workbook.
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
            cell.data_type = "s"
        else:
            cell.value = value
        cell.font, cell.border, cell.alignment = _BODY_FONT, _BORDER, _WRAP
        if isinstance(value, int | float) and abs(value) >= 10_000:
            cell.number_format = "#,##0.##" if isinstance(value, float) else "#,##0"
