"""A document's own rule that a mark inside a list of units parts those who lead from those who help: 破折号前为牵头单位.

Boundary: the rule holds for a whole document and is asked for once, in ``reader``; how a list is split is told in ``bodies``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from taskie.records import Unit
from taskie.structure.first_listed import led_by
from taskie.structure.reading import without_breaks
from taskie.structure.role_words import LEADS

# What the marks are called, and how they are printed.
_MARKS = {
    "破折号": "—–―－-", "横线": "—–―－-", "横杠": "—–―－-", "斜杠": "/／", "斜线": "/／", "分号": "；;", "冒号": "：:",
    "竖线": "|｜", "竖杠": "|｜", "顿号": "、", "逗号": "，,", "加号": "+＋",
}  # fmt: skip
_RULE = re.compile(
    rf"(?P<mark>{'|'.join(_MARKS)})(?:之?前|左[边侧]|前[面方])[^，。；：（）()]{{0,8}}?(?:为|是|系|属)[^，。；：（）()]{{0,6}}?{LEADS}"
)


def mark_behind_leaders(text: str) -> str:
    """Return the characters of the mark before which ``text`` says that those who lead stand; else none."""
    rule = _RULE.search(without_breaks(text))
    return _MARKS[rule["mark"]] if rule else ""


def parted(text: str, marks: str, units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Return the units of one list, those before the first of ``marks`` leading and the others cooperating.

    Without such a mark, or where the list says different roles itself, they are returned as they are.
    """
    gaps = [text[a.end : b.start] for a, b in pairwise(units)] if marks else []
    first = next((i for i, gap in enumerate(gaps, 1) if any(mark in gap for mark in marks)), 0)
    if not first or any(unit.role != units[0].role for unit in units):
        return tuple(units)
    return led_by(units, [i < first for i in range(len(units))])
