"""Read the small tables that come with the normalizers; a clerk can extend them in any editor."""

from __future__ import annotations

import csv
from pathlib import Path

_FOLDER = Path(__file__).parent


def read_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table beside this module, without its header line and blank lines."""
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return tuple(tuple(row) for row in list(csv.reader(file))[1:] if row)
