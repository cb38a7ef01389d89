"""Read the rows of a ledger's workbook with the place of each cell, as the workbook writer lays them out.

Boundary: cells and their plain values; what a change of them means is told by ``ledger``.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from taskie.errors import ReadError
from taskie.ledger import COLUMNS, LIST_SEPARATOR
from taskie.places import column_letters
from taskie.writers.workbook import LABELS, LEDGER

Value = str | int | float | None
_NAMES = {heading: name for name, heading in COLUMNS.items()}
NEEDED = ("target", "start", "end")
_MEANINGS = {name: {shown: value for value, shown in labels.items()} for name, labels in LABELS.items()}
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: ``cells`` by the ledger's column names, ``letters`` the columns they stand in."""

    sheet: str
    number: int
    cells: Mapping[str, Value]
    letters: Mapping[str, str]

    def where(self, name: str) -> str:
        """Return the place of a cell as people find it."""
        return f"sheet {self.sheet}, row {self.number}, column {self.letters.get(name, '?')} ({COLUMNS[name]})"


def read_sheet(path: Path) -> tuple[list[SheetRow], list[str]]:
    """Return the filled rows of the ledger sheet and a line for each cell that says nothing known.

    Raises ``ReadError`` if there is no such sheet or a needed column is missing.
    """
    from taskie.readers.sheets import open_workbook

    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror or error}") from error
    workbook = open_workbook(content, str(path))
    if LEDGER not in workbook.sheetnames:
        raise ReadError(f"{path}: no sheet {LEDGER!r}; it has {', '.join(workbook.sheetnames)}")
    sheet = workbook[LEDGER]
    columns = {_NAMES[str(c.value).strip()]: c.column for c in sheet[1] if str(c.value or "").strip() in _NAMES}
    missing = [COLUMNS[name] for name in NEEDED if name not in columns]
    if missing:
        raise ReadError(
            f"{path}: sheet {LEDGER} lacks the column {'、'.join(missing)}; keep the headings of the ledger"
        )
    merged = {
        (r, c): sheet.cell(area.min_row, area.min_col).value
        for area in sheet.merged_cells.ranges
        for r in range(area.min_row, area.max_row + 1)
        for c in range(area.min_col, area.max_col + 1)
    }
    letters = {name: column_letters(column) for name, column in columns.items()}
    rows: list[SheetRow] = []
    problems: list[str] = []
    for number in range(2, sheet.max_row + 1):
        raw = {name: merged.get((number, c), sheet.cell(number, c).value) for name, c in columns.items()}
        # A row whose own cells were emptied still shows what is merged into it from above.
        if all(sheet.cell(number, c).value in (None, "") for c in columns.values()):
            continue
        row = SheetRow(LEDGER, number, {name: _plain(name, value) for name, value in raw.items()}, letters)
        problems += _unknown(row)
        rows.append(row)
    return rows, problems


def shown(value: Any) -> Any:
    """Return a value as a cell of the workbook gives it back."""
    if isinstance(value, str):
        return ILLEGAL_CHARACTERS_RE.sub("", value).strip() or None
    return value


def names_in(value: Value) -> tuple[str, ...]:
    """Return the names that a cell lists, each once and without white space."""
    parts = str(value).replace("，", LIST_SEPARATOR).replace(",", LIST_SEPARATOR).split(LIST_SEPARATOR) if value else []
    return tuple(dict.fromkeys("".join(part.split()) for part in parts if part.strip()))


def _plain(name: str, value: Any) -> Value:
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value.year}-{value.month:02}-{value.day:02}"
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return int(value) if isinstance(value, float) and value == int(value) else value
    words = str(value).strip()
    if name in ("value", "value_max", "start", "end"):
        return _number(words)
    if name in ("issued_on", "deadline_date"):
        match = _DATE.fullmatch(words)
        return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else words or None
    return _MEANINGS.get(name, {}).get(words, words) or None


def _number(words: str) -> Value:
    """Return the number that a cell of text shows, or its words if it shows none."""
    plain = words.replace(",", "").replace("，", "")
    try:
        number = float(plain)
    except ValueError:
        return words or None
    return int(number) if number == int(number) else number


def _unknown(row: SheetRow) -> Sequence[str]:
    """Return a line for each cell that must hold a number, a date or one of a few words, and does not."""
    wrong = []
    for name, labels in LABELS.items():
        value = row.cells.get(name)
        if value is not None and value not in labels:
            wrong.append(f"{row.where(name)}: {value!r} is unknown; allowed are {', '.join(labels.values())}")
    for name in ("value", "value_max", "start", "end"):
        value = row.cells.get(name)
        if isinstance(value, str):
            wrong.append(f"{row.where(name)}: {value!r} is no number")
    for name in ("issued_on", "deadline_date"):
        value = row.cells.get(name)
        if value is not None and not _is_date(value):
            wrong.append(f"{row.where(name)}: {value!r} is no date; write it as 2024-06-30")
    return wrong


def _is_date(value: Value) -> bool:
    try:
        datetime.date.fromisoformat(str(value))
    except ValueError:
        return False
    return True
