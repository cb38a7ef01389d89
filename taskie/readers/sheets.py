"""Read .xlsx: each visible sheet a table, merged cells filled in, hidden rows and columns left out with a warning."""

from __future__ import annotations

import datetime
import io

from taskie.errors import ReadError
from taskie.readers.files import open_zip_safely
from taskie.places import Place
from taskie.readers.source import SourceText, TextBuilder

MAX_CELLS = 2_000_000


def read_xlsx(data: bytes, name: str) -> SourceText:
    """Read a workbook; formulas give the value that was last computed. Raises ``ReadError`` if it is damaged."""
    import openpyxl

    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadError(
            f"{name}: an old or encrypted workbook under the ending .xlsx; remove the password or save it as .xlsx"
        )
    open_zip_safely(data, name)
    try:
        # Normal mode: read-only mode would hide merged cells.
        workbook = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except Exception as error:  # openpyxl raises many classes for damaged files
        raise ReadError(f"{name}: not a readable workbook: {error}") from error
    builder = TextBuilder()
    for number, sheet in enumerate(workbook.worksheets, 1):
        if sheet.sheet_state != "visible":
            builder.warnings.append(f"{name}: the hidden sheet {sheet.title!r} was left out")
            continue
        if sheet.max_row * sheet.max_column > MAX_CELLS:
            raise ReadError(f"{name}: sheet {sheet.title!r} has more than {MAX_CELLS:,} cells; refused")
        builder.table(_rows(sheet, name, builder), Place(sheet=sheet.title, table=number))
    return builder.build("xlsx")


def _rows(sheet, name: str, builder: TextBuilder) -> list[list[str]]:  # type: ignore[no-untyped-def]
    merged: dict[tuple[int, int], object] = {}
    for area in sheet.merged_cells.ranges:
        value = sheet.cell(area.min_row, area.min_col).value
        for r in range(area.min_row, area.max_row + 1):
            for c in range(area.min_col, area.max_col + 1):
                merged[r, c] = value
    hidden_columns = {c for c in range(1, sheet.max_column + 1) if sheet.column_dimensions[openpyxl_letter(c)].hidden}
    rows, hidden = [], 0
    for r in range(1, sheet.max_row + 1):
        if sheet.row_dimensions[r].hidden:
            hidden += 1
            continue
        rows.append(
            [
                _shown(merged.get((r, c), sheet.cell(r, c).value))
                for c in range(1, sheet.max_column + 1)
                if c not in hidden_columns
            ]
        )
    if hidden:
        builder.warnings.append(f"{name}: {hidden} hidden rows of sheet {sheet.title!r} were left out")
    return rows


def openpyxl_letter(column: int) -> str:
    """Return the letter of a column number."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


def _shown(value: object) -> str:
    """Return a cell's value as people see it: whole numbers without .0, dates as 2024年6月30日."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)
