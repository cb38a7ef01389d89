"""Build the ledger as a workbook of the trade: the ledger, a sheet by unit, a sheet of what needs attention."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from taskie.completeness import most_pressing
from taskie.ledger import COLUMNS, ledger_rows
from taskie.places import Place, column_letters
from taskie.records import Document
from taskie.writers.sheet_layout import A3, Styles, lay_out, style_cell, write_heading

LEDGER, BY_UNIT, ATTENTION = "任务台账", "按单位", "待核查"
# The greatest widths, in characters of a fixed font; what a column holds may make it narrower.
_WIDTHS = {
    "document_title": 30, "doc_number": 18, "issued_on": 12, "section": 20, "task_number": 7, "task_title": 20, "target": 46, "lead_units": 24,
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
_ROLE_ORDER = {role: i for i, (_, role) in enumerate(_ROLES)}
_SEVERITIES = {"warning": "需处理", "note": "提示"}


def build_workbook(documents: Sequence[Document]) -> bytes:
    """Return the workbook as .xlsx bytes."""
    workbook = Workbook()
    styles: Styles = {}
    sheet = workbook.active
    sheet.title = LEDGER
    _ledger_sheet(sheet, documents, styles)
    _unit_sheet(workbook.create_sheet(BY_UNIT), documents, styles)
    _attention_sheet(workbook.create_sheet(ATTENTION), documents, styles)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _ledger_sheet(sheet: Worksheet, documents: Sequence[Document], styles: Styles) -> None:
    write_heading(sheet, list(COLUMNS.values()))
    line = 2
    for document in documents:
        rows = ledger_rows(document)
        position = 0
        for task in document.tasks:
            count = sum(max(1, len(target.measures)) for target in task.targets)
            for row in rows[position : position + count]:
                _fill(sheet, line, [_labelled(name, row[name]) for name in COLUMNS], styles)
                line += 1
            if count > 1:
                _merge(sheet, line - count, line - 1)
            position += count
    # The positions are for taking corrections back; nobody needs them on paper.
    printed = len(COLUMNS) - len({"start", "end"})
    lay_out(sheet, [_WIDTHS[name] for name in COLUMNS], paper=A3, printed=printed)


def _merge(sheet: Worksheet, first: int, last: int) -> None:
    """Merge the task's cells over its rows where they all say the same."""
    for i, name in enumerate(COLUMNS, 1):
        values = {sheet.cell(r, i).value for r in range(first, last + 1)}
        if name in OF_TASK and len(values) == 1:
            for row in range(first + 1, last + 1):
                sheet.cell(row, i).value = None
            # merge_cells() compares each area with all others: minutes for a few thousand tasks.
            sheet.merged_cells.ranges.add(CellRange(min_row=first, max_row=last, min_col=i, max_col=i))


def _unit_sheet(sheet: Worksheet, documents: Sequence[Document], styles: Styles) -> None:
    """List each unit with what it leads, answers for and helps with, in this order; units with most leads first."""
    write_heading(sheet, ["单位", "角色", "序号", "任务名称", "目标内容", "完成时限", "截止日期", "文件标题"])
    entries: dict[str, list[list[Any]]] = {}
    leads: Counter[str] = Counter()
    for document in documents:
        for task in document.tasks:
            for target in task.targets:
                deadline = target.deadline
                shown = [
                    task.number,
                    task.title,
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
        for row in sorted(entries[unit], key=lambda row: _ROLE_ORDER[row[1]]):
            _fill(sheet, line, row, styles)
            line += 1
    lay_out(sheet, [30, 8, 8, 26, 60, 18, 12, 40])


def _attention_sheet(sheet: Worksheet, documents: Sequence[Document], styles: Styles) -> None:
    write_heading(sheet, ["级别", "问题", "序号", "原文", "位置", "文件标题"])
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
                    _located(document, issue.start, issue.end),
                    document.title,
                ],
                styles,
            )
            line += 1
    lay_out(sheet, [9, 44, 8, 70, 24, 40])


def _located(document: Document, start: int, end: int) -> str:
    """Return where in its file a stretch stands, or its offsets where the text came from no file."""
    place = document.place_of(start)
    return _place_name(place) if place else f"{start}–{end}"


def _place_name(place: Place) -> str:
    """Return a place in Chinese: 第2页 表1 第5行, 台账!D12, 第8段."""
    if place.sheet is not None and place.row is not None and place.column is not None:
        return f"{place.sheet}!{column_letters(place.column)}{place.row}"
    page = f"第{place.page}页 " if place.page else ""
    return page + (f"表{place.table} 第{place.row}行" if place.table else f"第{place.paragraph}段")


def _labelled(name: str, value: Any) -> Any:
    return LABELS.get(name, {}).get(value, value) if isinstance(value, str) else value


def _fill(sheet: Worksheet, line: int, values: Sequence[Any], styles: Styles) -> None:
    for i, value in enumerate(values, 1):
        cell = sheet.cell(line, i)
        if isinstance(value, str):
            # As text, so that no cell is taken for a formula; control characters have no place in a workbook.
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
            cell.data_type = "s"
        else:
            cell.value = value
        style_cell(cell, styles)
