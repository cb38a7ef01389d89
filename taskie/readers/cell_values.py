"""The value of a workbook's cell as people see it: dates, percentages and decimals by the cell's number format."""

from __future__ import annotations

import datetime
import re
from typing import Any

# The formats that Chinese Excel stores by number alone (ECMA-376 part 1, 18.8.30, zh-cn); openpyxl takes them for plain numbers.
_CHINESE_DATES = {
    **dict.fromkeys((27, 36, 50, 52, 57), "ym"),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), "md"),
    **dict.fromkeys((30, 31), "ymd"),
}
_LITERALS = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.')
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[0#?]+)?")


def shown_value(cell: Any) -> str:
    """Return what a cell of openpyxl shows; an empty cell gives an empty text."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime | datetime.date):
        return _date(value, _date_parts(cell.number_format))
    if isinstance(value, datetime.time):
        return f"{value.hour}:{value.minute:02d}"
    if isinstance(value, int | float):
        parts = _CHINESE_DATES.get(getattr(cell, "style_array", cell._style).numFmtId)
        if parts:
            from openpyxl.utils.datetime import from_excel

            return _date(from_excel(value, cell.parent.parent.epoch), parts)
        return _number(value, cell.number_format or "General")
    return str(value)


def _date_parts(form: str) -> str:
    """Return which of year, month and day a format shows; all where it shows no date."""
    plain = _LITERALS.sub("", form.split(";")[0]).lower()
    # An m next to hours or seconds is minutes.
    plain = re.sub(r"h+[^a-z]*m+|m+[^a-z]*s+", "", plain)
    parts = "".join(part for part in "ymd" if part in plain)
    return parts if parts in ("ym", "md", "ymd") else "ymd"


def _date(value: datetime.datetime | datetime.date, parts: str) -> str:
    named = {"y": f"{value.year}年", "m": f"{value.month}月", "d": f"{value.day}日"}
    return "".join(named[part] for part in parts)


def _number(value: float, form: str) -> str:
    """Return a number in its format; what the format cannot tell is shown plainly."""
    first = form.split(";")[0]
    if "@" in first or "general" in first.lower():
        return _plain(value)
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match[1] or match[2] or "")
        return f"\x00{len(literals) - 1}\x00"

    coded = _LITERALS.sub(keep, first)
    digits = _DIGITS.search(coded)
    if digits is None or re.search(r"[Ee][+-]|/", coded):
        return _plain(value)
    decimals = len(digits[0].partition(".")[2])
    percent = "%" in coded
    amount = f"{value * (100 if percent else 1):{',' if ',' in digits[0].rstrip(',') else ''}.{decimals}f}"
    if "#" in digits[0].partition(".")[2]:
        amount = amount.rstrip("0").rstrip(".")
    text = coded[: digits.start()] + amount + coded[digits.end() :]
    return re.sub(r"\x00(\d+)\x00", lambda match: literals[int(match[1])], text).strip()


def _plain(value: float) -> str:
    """Return whole numbers without .0 and no digits that only binary arithmetic made."""
    if isinstance(value, float) and value == value and abs(value) != float("inf") and value == int(value):
        return str(int(value))
    if isinstance(value, int):
        return str(value)
    text = f"{value:.12g}"
    return str(value) if "e" in text else text
