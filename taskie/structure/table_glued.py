"""Read a table row that was run together with nothing between its cells, by a pattern made from its header.

Boundary: one row at a time; where rows begin is ``table_run``. What a cell holds (bodies, a time, a status word, a
person) tells it from the text beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskie.structure.attributions import TIME
from taskie.structure.body_lists import BodyLists
from taskie.structure.columns import STATUS_WORDS, Column
from taskie.structure.table_rows import trimmed

_TEXT = ("title", "statement", "progress", "next_steps", "problems", "remark", "category", "goal", "value")
_FORMS = {
    "deadline": rf"(?:到|至)?(?:(?:{TIME})(?:[、—至和]+(?:{TIME}))*|/|—)(?:完成)?",
    "status": rf"(?:{STATUS_WORDS}|/|—)",
    "leader": r"(?:[\u4e00-\u9fff]{2,3}|[\u4e00-\u9fff]?[xX×]{2,3}|/|—)",
    "amount": r"[\d.,，．]+\s?(?:万元|亿元|分)?",
    "measure_unit": r"[\u4e00-\u9fff%％]{1,6}",
}
# A text ends with a mark; if rows are not that tidy, anywhere.
_TIDY, _LOOSE = r"(.+?[。；;）)”])", r"(.+?)"
_MAX_ROW = 4000


def read_glued(
    text: str, columns: Sequence[Column], start: int, end: int, lists: BodyLists
) -> list[tuple[int, int, int]]:
    """Return the cells of ``text[start:end]`` under ``columns`` without the number; empty if the row does not fit."""
    known = {column.meaning for column in columns}
    if end - start > _MAX_ROW or not known & {"unit", "status", "deadline", "leader"}:
        return []
    bodies = sorted({text[a:b] for a, b in lists.inside(start, end)}, key=len, reverse=True)
    units = "|".join([*(re.escape(names) for names in bodies), "/", "—"])
    # Nothing tells where a title ends and the statement behind it begins: both are read as the statement.
    own = [k for k, column in enumerate(columns) if column.meaning != "title" or not _statement_at(columns, k + 1)]
    for optional in (False, True):
        for ending in (_TIDY, _LOOSE):
            forms = [_form(columns[k], ending, units, optional) for k in own]
            match = re.compile(r"\s*".join(forms), re.S).fullmatch(text, start, end)
            if match:
                spans = [(k, *trimmed(text, *match.span(n))) for n, k in enumerate(own, 1) if match[n]]
                return [span for span in spans if span[1] < span[2]]
    return []


def _statement_at(columns: Sequence[Column], k: int) -> bool:
    return k < len(columns) and columns[k].meaning == "statement"


def _form(column: Column, ending: str, units: str, optional: bool) -> str:
    if column.meaning in _TEXT:
        return ending
    if column.meaning == "unit":
        return rf"((?:{units})(?:[（(][^（）()]{{4,60}}不再列出[）)])?)"
    form = _FORMS.get(column.meaning, ".{0,20}?")
    return f"({form})" + ("?" if optional else "")
