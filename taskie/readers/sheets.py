"""Read .xlsx: each visible sheet a table, merged cells filled in, hidden rows, columns and sheets left out with a warning."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from taskie.errors import ReadError
from taskie.places import Place
from taskie.readers.cell_values import shown_value
from taskie.readers.package import open_package
from taskie.readers.source import SourceText, TextBuilder

MAX_CELLS = 1_000_000
# openpyxl makes an object for each cell of a merged area.
MAX_MERGED_CELLS = 500_000
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']\$?([A-Za-z]{1,3})\$?(\d+):\$?([A-Za-z]{1,3})\$?(\d+)"
)


def read_xlsx(data: bytes, name: str) -> SourceText:
    """Read a workbook; formulas give the value that was last computed. Raises ``ReadError`` if it is damaged."""
    workbook = open_workbook(data, name)
    builder = TextBuilder()
    for number, sheet in enumerate(workbook.worksheets, 1):
        if sheet.sheet_state != "visible":
            builder.warnings.append(f"{name}: the hidden sheet {sheet.title!r} was left out")
            continue
        _sheet(sheet, Place(sheet=sheet.title, table=number), name, builder)
    return builder.build("xlsx")


def open_workbook(data: bytes, name: str) -> Any:
    """Return openpyxl's workbook with computed values; raises ``ReadError`` if it is damaged, encrypted or a trap."""
    import openpyxl

    _check_sheets(open_package(data, name, ending=".xlsx"), name)
    try:
        # Normal mode: read-only mode would hide merged cells.
        return openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except Exception as error:  # openpyxl raises many classes for damaged files
        raise ReadError(f"{name}: not a readable workbook: {error}") from error


def _check_sheets(archive: zipfile.ZipFile, name: str) -> None:
    """Raise ``ReadError`` where a sheet would take more memory than its size tells."""
    for info in archive.infolist():
        if not info.filename.startswith("xl/worksheets/") or not info.filename.endswith(".xml"):
            continue
        content = archive.read(info)
        cells = sum(1 for _ in _CELL.finditer(content))
        merged = sum(_area(*match.groups()) for match in _MERGED.finditer(content))
        if cells > MAX_CELLS:
            raise ReadError(f"{name}: {info.filename} has {cells:,} cells, more than {MAX_CELLS:,}; split it")
        if merged > MAX_MERGED_CELLS:
            raise ReadError(f"{name}: {info.filename} merges {merged:,} cells, more than {MAX_MERGED_CELLS:,}; unmerge whole rows and columns")  # fmt: skip


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    from openpyxl.utils import column_index_from_string

    width = column_index_from_string(right.decode().upper()) - column_index_from_string(left.decode().upper()) + 1
    return max(0, width) * max(0, int(bottom) - int(top) + 1)


def _sheet(sheet: Any, place: Place, name: str, builder: TextBuilder) -> None:
    """Add the visible cells; rows and columns without any text are not there for the reader, however far others lie."""
    shown: dict[tuple[int, int], str] = {}
    for (row, column), cell in list(sheet._cells.items()):
        text = shown_value(cell)
        if text:
            shown[row, column] = text
    for area in sheet.merged_cells.ranges:
        text = shown.get((area.min_row, area.min_col), "")
        if text:
            shown.update({(r, c): text for r in range(area.min_row, area.max_row + 1) for c in range(area.min_col, area.max_col + 1)})  # fmt: skip
    hidden_rows = {r for r, dimension in sheet.row_dimensions.items() if dimension.hidden}
    # A run of hidden columns is stored once, under its first letter.
    hidden_columns = {
        c for d in sheet.column_dimensions.values() if d.hidden for c in range(d.min or 0, (d.max or 0) + 1)
    }
    rows = sorted({r for r, _ in shown} - hidden_rows)
    columns = sorted({c for r, c in shown if r not in hidden_rows} - hidden_columns)
    for kind, lost in (
        ("rows", {r for r, _ in shown} & hidden_rows),
        ("columns", {c for _, c in shown} & hidden_columns),
    ):
        if lost:
            builder.warnings.append(f"{name}: {len(lost)} hidden {kind} of sheet {sheet.title!r} were left out")
    if len(rows) * len(columns) > MAX_CELLS:
        raise ReadError(f"{name}: sheet {sheet.title!r} spreads over more than {MAX_CELLS:,} cells; split it")
    builder.table(
        [[shown.get((r, c), "") for c in columns] for r in rows],
        place,
        row_places=[Place(sheet=place.sheet, table=place.table, row=r) for r in rows],
        columns=columns,
    )
