"""How the sheets of a workbook look and print: widths by what stands in the columns, row heights, paper, heading on each page.

Boundary: this knows cells and merged areas and nothing of tasks.
"""

from __future__ import annotations

import copy
import math
import unicodedata
from collections.abc import Sequence
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

A3, A4 = "8", "9"
LINE_PT = 15.0
ROW_MARGIN_PT = 5.0
HEAD_PT = 34.0
MAX_ROW_PT = 409.0  # the limit of the format
FILTER_BUTTON = 3  # what the button in a heading covers, in characters
# The styles that cells of a workbook have been given so far, by number format.
Styles = dict[str, Any]
_HEAD_FILL = PatternFill("solid", fgColor="1F4E79")
_HEAD_FONT = Font(bold=True, color="FFFFFF", name="Microsoft YaHei", size=10)
_BODY_FONT = Font(name="Microsoft YaHei", size=10)
_EDGE = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_TEXT = Alignment(wrap_text=True, vertical="center")
_NUMBER = Alignment(vertical="center")
_HEAD = Alignment(horizontal="center", vertical="center", wrap_text=True)


def shown_width(text: str) -> int:
    """Return the width of a line in columns of a fixed font: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def shown_lines(value: Any, width: float) -> int:
    """Return how many lines a value takes in a column of ``width``; one character stays free for the margins."""
    room = max(2.0, width - 1)
    return sum(max(1, math.ceil(shown_width(line) / room)) for line in str("" if value is None else value).split("\n"))


def write_heading(sheet: Worksheet, headings: Sequence[str]) -> None:
    """Write the first row."""
    for i, heading in enumerate(headings, 1):
        cell = sheet.cell(1, i, heading)
        cell.font, cell.fill, cell.border, cell.alignment = _HEAD_FONT, _HEAD_FILL, _BORDER, _HEAD


def style_cell(cell: Any, styles: Styles) -> None:
    """Give a cell its font, border, alignment and number format.

    openpyxl takes a tenth of a millisecond to look a style up, so that cells of one kind share what was found.
    """
    number = isinstance(cell.value, int | float)
    form = "General" if number else "@text"
    if number and abs(cell.value) >= 10_000:
        # A format with optional decimals would leave the point behind whole numbers.
        form = "#,##0" if cell.value == int(cell.value) else "#,##0.##"
    if form not in styles:
        cell.font, cell.border = _BODY_FONT, _BORDER
        cell.alignment = _NUMBER if number else _TEXT
        if number:
            cell.number_format = form
        styles[form] = cell._style
    cell._style = copy.copy(styles[form])


def lay_out(sheet: Worksheet, widest: Sequence[float], *, paper: str = A4, printed: int | None = None) -> None:
    """Set widths, heights and print setup of a sheet whose cells are written and merged.

    ``widest`` are the greatest widths, in characters; a column is as wide as its longest line, or its heading.
    ``printed`` is the number of columns that are printed.
    """
    last_row, last_column = max(1, sheet.max_row), len(widest)
    widths = [_width(sheet, i, last_row, limit) for i, limit in enumerate(widest, 1)]
    for i, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(i)].width = width
    for row, height in enumerate(_heights(sheet, widths, last_row), 1):
        sheet.row_dimensions[row].height = height
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(last_column)}{last_row}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", paper
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{get_column_letter(printed or last_column)}{last_row}"
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.3, 0.3
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.print_options.horizontalCentered = True


def _width(sheet: Worksheet, column: int, last_row: int, limit: float) -> float:
    # A heading may take two lines: most columns of a ledger hold less than their heading says.
    heading = math.ceil(shown_width(str(sheet.cell(1, column).value)) / 2) + FILTER_BUTTON
    longest = 0
    for row in range(2, last_row + 1):
        value = sheet.cell(row, column).value
        shown = f"{value:,}" if isinstance(value, int | float) else str(value or "")
        longest = max(longest, *(shown_width(line) for line in shown.split("\n")))
    return float(max(heading, min(longest + 2, limit)))


def _heights(sheet: Worksheet, widths: Sequence[float], last_row: int) -> list[float]:
    """Return the heights of the rows; a merged cell that needs more than its rows have widens each of them."""
    merged = {(a.min_row, a.min_col): a for a in sheet.merged_cells.ranges}
    inside = {(r, a.min_col) for a in merged.values() for r in range(a.min_row, a.max_row + 1)}
    heights = [HEAD_PT]
    for row in range(2, last_row + 1):
        lines = [shown_lines(sheet.cell(row, c).value, w) for c, w in enumerate(widths, 1) if (row, c) not in inside]
        heights.append(max(lines, default=1) * LINE_PT + ROW_MARGIN_PT)
    for (row, column), area in merged.items():
        rows = range(row - 1, area.max_row)
        lacking = shown_lines(sheet.cell(row, column).value, widths[column - 1]) * LINE_PT + ROW_MARGIN_PT
        lacking -= sum(heights[i] for i in rows)
        for i in rows:
            heights[i] += max(0.0, lacking) / len(rows)
    return [min(height, MAX_ROW_PT) for height in heights]
