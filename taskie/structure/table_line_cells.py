"""Cut a line of a table into its cells, by tabs, bars or wide gaps.

Boundary: one line; what its cells mean, and which lines are rows, is told in ``table_lines`` and ``table_find_lines``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from taskie.structure.persons import begins_with_surname
from taskie.structure.table_rows import trimmed

TAB, BAR, GAP = "tab", "bar", "gap"
_GAP = re.compile(r"[ \xa0]{2,}|\u3000+|\t+")
_SEPARATOR_ROW = re.compile(r"^[\s|:+\-—=]+$")
# 周  玮: a name of two characters set as wide as one of three has no more blanks inside.
_MAX_WIDE = 3


@dataclass(frozen=True, slots=True)
class CellLine:
    """A line cut into cells ``(start, end)``, blank ones included."""

    start: int
    end: int
    cells: tuple[tuple[int, int], ...]


def delimiter_of(text: str, start: int, end: int) -> str | None:
    """Return how the cells of a line are parted, or ``None`` if it is no row."""
    line = text[start:end]
    if line.strip("\t ").count("\t") >= 1:
        return TAB
    if len(re.findall(r"[|｜]", line)) >= 2:
        return BAR
    if len(_GAP.findall(line.strip())) >= 2:
        return GAP
    return None


def cut_cells(text: str, start: int, end: int, delimiter: str) -> CellLine:
    """Cut a line into its cells; bars at its ends open no cell."""
    pattern = {TAB: r"\t", BAR: r"[|｜]", GAP: _GAP.pattern}[delimiter]
    begin, stop = start, end
    if delimiter != TAB:
        while begin < stop and text[begin] in " \u3000":
            begin += 1
    if delimiter == BAR:
        begin += text[begin] in "|｜"
        while stop > begin and text[stop - 1].isspace():
            stop -= 1
        stop -= stop > begin and text[stop - 1] in "|｜"
    cells, position = [], begin
    for match in re.finditer(pattern, text[begin:stop]):
        gap_start, gap_end = begin + match.start(), begin + match.end()
        if delimiter == GAP and _is_wide_name(text, position, gap_start, gap_end, stop):
            continue
        cells.append(trimmed(text, position, gap_start))
        position = gap_end
    cells.append(trimmed(text, position, stop))
    return CellLine(start, end, tuple(cells))


def _is_wide_name(text: str, start: int, gap_start: int, gap_end: int, stop: int) -> bool:
    """Tell whether a gap parts no cells but the two characters of a name: a surname alone, and one character behind it."""
    alone = gap_end + 1 >= stop or text[gap_end + 1].isspace()
    return (
        gap_start - start == 1
        and gap_end - gap_start <= _MAX_WIDE
        and alone
        and begins_with_surname(text[start])
        and "\u4e00" <= text[gap_end : gap_end + 1] <= "\u9fff"
    )


def is_separator(text: str, start: int, end: int) -> bool:
    """Tell whether a line only draws a rule between header and rows."""
    return bool(_SEPARATOR_ROW.match(text[start:end]))
