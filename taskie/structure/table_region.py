"""A table as a region of the text, and what surrounds one: its caption, the line that ends it.

Boundary: where regions lie is found by the ``table_find_*`` modules, a module for each way that tables are laid out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taskie.records import TextSpan
from taskie.structure.columns import Column
from taskie.structure.items import Line
from taskie.structure.table_rows import Row

# Forms beside those of ``table_lines``: a table in one line, the same broken over lines, a cell a line by its headings or
# by the numbers of its rows.
RUN, WRAPPED, CELLS, NUMBERED = "run", "wrapped", "cells", "numbered"
_CAPTION = re.compile(r"(?:表|清单|台账|任务|分解|计划|情况)(?:[（(][^（）()]{1,20}[）)])?$")
_MAX_CAPTION, _CAPTION_LINES = 60, 3
_END = re.compile(r"^(?:附件|抄送|注[:：]|备注[:：]|说明[:：]|（此件|填表说明)")


@dataclass(frozen=True, slots=True)
class TableRegion:
    """A table in the text: ``form`` is how it is laid out, ``body`` where its rows begin.

    ``rows`` are those of a wrapped or numbered table, which cannot be found without being read; empty for other forms.
    """

    start: int
    end: int
    form: str
    columns: tuple[Column, ...]
    body: int
    caption: TextSpan | None = None
    rows: tuple[Row, ...] = ()


# A region, and the index of the line behind it.
Found = tuple[TableRegion, int]


def caption_above(text: str, lines: Sequence[Line], i: int) -> TextSpan | None:
    """Return the line above line ``i`` that names a table, the nearest one."""
    for line in reversed(lines[max(0, i - _CAPTION_LINES) : i]):
        words = text[line.start : line.end].lstrip("# ")
        if _CAPTION.search(words) and len(words) <= _MAX_CAPTION:
            start = text.index(words, line.start)
            return TextSpan(words, start, start + len(words))
    return None


def ends_table(text: str, line: Line) -> bool:
    """Tell whether a line begins with words that no row begins with: 附件, 注：."""
    return _END.match(text[line.start : line.end]) is not None


def line_behind(lines: Sequence[Line], i: int, end: int) -> int:
    """Return the index of the first line behind line ``i`` that begins at ``end`` or later."""
    return next((n for n in range(i + 1, len(lines)) if lines[n].start >= end), len(lines))


def raw_start(text: str, line: Line) -> int:
    """Return where a line begins with its white space: a tab before its words is a blank cell."""
    return text.rfind("\n", 0, line.start) + 1


def raw_end(text: str, line: Line) -> int:
    """Return where a line ends with its white space, before the line break."""
    end = text.find("\n", line.end)
    return len(text) if end < 0 else end
