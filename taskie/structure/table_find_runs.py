"""Find tables that were run into one line, or into lines that break anywhere.

Boundary: where such a table begins and ends; its rows are read by ``table_run`` and ``table_wrapped``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskie.records import TextSpan
from taskie.structure.body_lists import BodyLists
from taskie.structure.column_parts import NUMBER_WORD
from taskie.structure.items import Line
from taskie.structure.table_region import RUN, WRAPPED, Found, TableRegion, caption_above, ends_table, line_behind
from taskie.structure.table_run_glued_header import find_header_by_rows
from taskie.structure.table_run_header import MIN_LENGTH, RunHeader
from taskie.structure.table_run_starts import count_run_rows
from taskie.structure.table_wrapped import read_wrapped

# A run broken over lines is looked for no further than so many.
_MAX_BROKEN_LINES = 600
# A run goes on behind a break no further than so many lines, with no more than so many between two rows.
_MAX_LINES_BEHIND, _MAX_GAP_LINES = 40, 2
_CAPTION_END = re.compile(r"(?:表|清单|台账|通报|通知|进展|情况|任务书)(?:[（(][^（）()]{1,24}[）)])?$")
_MIN_NAMED, _MIN_CAPTION, _MAX_CAPTION = 8, 4, 60


def run_at(text: str, lines: Sequence[Line], i: int, lists: BodyLists) -> Found | None:
    """Return the run at line ``i``, or the same read over line breaks if it reaches further then."""
    run = _one_line_at(text, lines, i, lists)
    other = wrapped_at(text, lines, i, lists) if run else None
    return other if run and other and other[0].end > run[0].end else run


def _one_line_at(text: str, lines: Sequence[Line], i: int, lists: BodyLists) -> Found | None:
    """A long line that holds header words one behind the other is a whole table."""
    line = lines[i]
    if line.end - line.start < MIN_LENGTH or "\t" in text[line.start : line.end]:
        return None
    header = find_header_by_rows(text, line.start, line.end, lists)
    count = count_run_rows(text, header, line.end, lists) if header else 0
    if not header or not count:
        return None
    stop = line_behind(lines, i, _run_end(text, header, lines, i, lists, count))
    caption = _caption_before(text, line.start, header.start)
    return TableRegion(header.start, lines[stop - 1].end, RUN, header.columns, header.end, caption), stop


def _caption_before(text: str, start: int, end: int) -> TextSpan | None:
    """Return the word that names the table among those in the line before its header, or the last of them."""
    tokens = text[start:end].split()
    named = [token for token in tokens if _CAPTION_END.search(token) and _MIN_NAMED <= len(token) <= _MAX_CAPTION]
    title = (named or tokens[-1:] or [""])[0]
    if not _MIN_CAPTION <= len(title) <= _MAX_CAPTION:
        return None
    begin = text.index(title, start, end)
    return TextSpan(title, begin, begin + len(title))


def _run_end(text: str, header: RunHeader, lines: Sequence[Line], i: int, lists: BodyLists, count: int) -> int:
    """A run of ``count`` rows in line ``i`` goes on over line ends and page furniture as long as rows count on behind them."""
    end = lines[i].end
    skipped = 0
    for line in lines[i + 1 : i + _MAX_LINES_BEHIND]:
        counts_on = re.match(rf"{count + 1}[\s、.．]*[\u4e00-\u9fff“《A-Za-z\d]", text[line.start : line.end])
        longer = count_run_rows(text, header, line.end, lists) if counts_on or not skipped else 0
        if longer > count:
            end, count, skipped = line.end, longer, 0
            continue
        skipped += 1
        if skipped > _MAX_GAP_LINES:
            break
    return end


def wrapped_at(text: str, lines: Sequence[Line], i: int, lists: BodyLists) -> Found | None:
    """A run may be broken over the lines behind its header, down to a blank line or one that ends a table."""
    first = text[lines[i].start : lines[i].end]
    if not NUMBER_WORD.search(first) or "\t" in first:
        return None
    last = _last_broken(text, lines, i)
    table = read_wrapped(text, lines, i, last, lists) if last > i else None
    if table is None:
        return None
    header, stop = table.header, line_behind(lines, i, table.end)
    caption = caption_above(text, lines, i)
    return TableRegion(
        header.start, lines[stop - 1].end, WRAPPED, header.columns, header.end, caption, table.rows
    ), stop


def _last_broken(text: str, lines: Sequence[Line], i: int) -> int:
    """Return the last line that a table beginning in line ``i`` can be broken over; the same line again is a new page's header."""
    first = text[lines[i].start : lines[i].end]
    last = i
    for line in lines[i + 1 : i + _MAX_BROKEN_LINES]:
        blank_between = text[lines[last].end : line.start].count("\n") > 1
        if blank_between or text[line.start : line.end] == first or ends_table(text, line):
            break
        last += 1
    return last
