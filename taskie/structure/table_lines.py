"""Read tables with a row a line: cells parted by tabs, bars or wide gaps, one table or two side by side.

Boundary: one line is one row or the rest of the row above; a cell a line is ``table_cells``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from taskie.records import Unit
from taskie.structure.attributions import find_attributions
from taskie.structure.body_lists import NO_BODIES, BodyLists
from taskie.structure.columns import Column, is_none, kind_of_cell
from taskie.structure.reading import PLAIN
from taskie.structure.responsibility_words import states_responsibility
from taskie.structure.table_line_cells import CellLine
from taskie.structure.table_rows import Row

_MAX_BEFORE_NUMBER = 2
# Fewer columns are no table that could stand beside another one, or be run into a line.
_MIN_WIDTH = 3
_MIN_NUMBERED, _STEMS = 3, "甲乙丙丁戊己"
# A numbered heading may be as long with its attribution.
MAX_SECTION = 160
_SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十]+(?:部分|[部章类篇编节])|[（(]?[A-Z][、.])"
)


def column_groups(columns: Sequence[Column]) -> list[tuple[int, int]]:
    """Return ``(first, last)`` of the tables that stand side by side.

    A group begins at each repeated number column, save where two stand side by side and number the same row; without
    any, all headings are there twice.
    """
    numbers = [i for i, column in enumerate(columns) if column.meaning == "number"]
    starts = [i for i in numbers if i - 1 not in numbers]
    half = len(columns) // 2
    words = [column.word for column in columns]
    if not starts and half >= _MIN_WIDTH and words[:half] == words[half:] and all(words):
        return [(0, half), (half, len(columns))]
    if len(starts) < 2:
        return [(0, len(columns))]
    if starts[0] != 0:
        starts = [0, *starts[1:]]
    return list(zip(starts, [*starts[1:], len(columns)], strict=True))


def infer_columns(text: str, lines: Sequence[CellLine]) -> tuple[Column, ...] | None:
    """Name the columns of a table without header by what most of their cells hold."""
    width = max((len(line.cells) for line in lines), default=0)
    kinds: list[dict[str, int]] = [{} for _ in range(width)]
    lengths = [0] * width
    for line in lines:
        for i, (a, b) in enumerate(line.cells):
            kind = kind_of_cell(text[a:b])
            if kind != "none":
                kinds[i][kind] = kinds[i].get(kind, 0) + 1
            lengths[i] += b - a
    main = [max(kind, key=lambda k: kind[k]) if kind else "none" for kind in kinds]
    texts = sorted((i for i, kind in enumerate(main) if kind == "text"), key=lambda i: i)
    if not texts or main.count("number") == 0 and main.count("unit") == 0 or width < 3:
        return None
    columns = [
        Column({"none": "remark", "text": "remark"}.get(kind, kind), "responsible" if kind == "unit" else None)
        for kind in main
    ]
    for meaning, i in zip(("statement", "progress", "next_steps"), texts, strict=False):
        columns[i] = Column(meaning)
    numbers = [i for i, kind in enumerate(main) if kind == "number"]
    for i in numbers[1:]:
        columns[i] = Column("remark")
    return tuple(columns)


def read_rows(
    text: str, columns: Sequence[Column], lines: Sequence[CellLine], lists: BodyLists = NO_BODIES
) -> list[Row]:
    """Return the rows of all groups of columns, section rows turned into headings, with the units that those name."""
    groups = column_groups(columns)
    rows: list[Row] = []
    headings: tuple[str, ...] = ()
    inherited: tuple[Unit, ...] = ()
    whole = [row for line in lines if not _numbers_columns(text, line) for row in _rows_of(text, line, columns)]
    for line in _joined(text, whole, columns, lists):
        section = _section_row(text, line)
        if section is not None:
            heading, units = _section(text, line, section)
            inherited = inherited + units if heading is None else units
            headings = _under(headings, heading) if heading else headings
            continue
        line = _padded(text, line, columns)
        for g, (first, last) in enumerate(groups):
            shift = _shift(text, line, first, columns) if len(groups) > 1 and g else 0
            # A row with more cells than columns keeps them, for gaps can stand inside a cell too.
            stop = last if len(groups) > 1 else max(last, len(line.cells))
            cells = [(i, *line.cells[i + shift]) for i in range(first, stop) if 0 <= i + shift < len(line.cells)]
            filled = [cell for cell in cells if cell[1] < cell[2]]
            if filled:
                rows.append(Row(tuple(filled), headings, inherited))
    return rows


def _numbers_columns(text: str, line: CellLine) -> bool:
    """Tell whether a row below the header only numbers the columns: 甲, 乙, 1, 2, 3."""
    words = [text[a:b] for a, b in line.cells if a < b]
    return len(words) >= _MIN_NUMBERED and all(w in _STEMS or kind_of_cell(w) == "number" for w in words)


def _section(text: str, line: CellLine, words: str) -> tuple[str | None, tuple[Unit, ...]]:
    """Return the words of a heading without its attributions, ``None`` if it is nothing else, and the units they name."""
    start, end = next((a, b) for a, b in line.cells if a < b)
    attributions = find_attributions(text, start, end, PLAIN)
    units = tuple(replace(unit, source="inherited") for a in attributions for unit in a.units)
    if not units:
        return words, ()
    return " ".join(text[start : attributions[0].start].split()) or None, units


def _padded(text: str, line: CellLine, columns: Sequence[Column]) -> CellLine:
    """Put blank cells before a number that begins a line, where the header has columns before it (a merged category)."""
    place = next((i for i, column in enumerate(columns) if column.meaning == "number"), 0)
    if not place or not line.cells or place > _MAX_BEFORE_NUMBER or len(line.cells) + place > len(columns):
        return line
    kinds = [kind_of_cell(text[a:b]) for a, b in line.cells[: place + 1]]
    if kinds[0] != "number" or kinds[-1] == "number":
        return line
    blank = (line.cells[0][0], line.cells[0][0])
    return CellLine(line.start, line.end, (*[blank] * place, *line.cells))


def _shift(text: str, line: CellLine, first: int, columns: Sequence[Column]) -> int:
    """Return by how many cells the right-hand table of a line is off, its number being where the header has it not."""
    for shift in (0, -1, 1, -2, 2):
        i = first + shift
        if 0 <= i < len(line.cells) and columns[first].meaning == "number":
            a, b = line.cells[i]
            if kind_of_cell(text[a:b]) == "number":
                return shift
    return 0


def _rows_of(text: str, line: CellLine, columns: Sequence[Column]) -> list[CellLine]:
    """Cut a line that holds several rows, their line ends having become cell borders too; one row stays as it is.

    It has whole rows of cells only, or a number wherever a row begins with one.
    """
    width, count = len(columns), len(line.cells)
    if count < 2 * width - 1 or width < _MIN_WIDTH:
        return [line]
    starts = range(0, count, width)
    numbered = columns[0].meaning == "number" and all(
        kind_of_cell(text[slice(*line.cells[i])]) == "number" for i in starts
    )
    if not numbered and count % (width // len(column_groups(columns))):
        return [line]
    rows = [line.cells[i : i + width] for i in starts]
    return [CellLine(row[0][0], row[-1][1], row) for row in rows]


def _joined(text: str, lines: Sequence[CellLine], columns: Sequence[Column], lists: BodyLists) -> list[CellLine]:
    """Put rows broken over lines together: a line without delimiter or with few cells goes on in the last cell above."""
    joined: list[CellLine] = []
    for line in lines:
        if joined and (
            _is_rest(text, joined[-1], line, len(columns)) or _lists_on(text, joined[-1], line, columns, lists)
        ):
            above = joined[-1]
            glued = (
                above.cells[-1][0] if above.cells[-1][0] < above.cells[-1][1] else line.cells[0][0],
                line.cells[0][1],
            )
            joined[-1] = CellLine(above.start, line.end, (*above.cells[:-1], glued, *line.cells[1:]))
        else:
            joined.append(line)
    return joined


def _is_rest(text: str, above: CellLine, line: CellLine, width: int) -> bool:
    if len(above.cells) >= width or len(above.cells) + len(line.cells) - 1 > width:
        return False
    a, b = line.cells[0]
    return kind_of_cell(text[a:b]) != "number" and not _SECTION.match(text[a:b]) and len(above.cells) > 1


def _lists_on(text: str, above: CellLine, line: CellLine, columns: Sequence[Column], lists: BodyLists) -> bool:
    """Tell whether a line of bodies, or of the rest of one, goes on in the unit cell that ends a whole row: 县水务局 / 县财政局."""
    if len(line.cells) != 1 or len(above.cells) != len(columns) or columns[-1].meaning != "unit":
        return False
    return names_on(text, *line.cells[0], lists) or (
        not lists.bodies and kind_of_cell(text[slice(*line.cells[0])]) == "unit"
    )


def names_on(text: str, start: int, end: int, lists: BodyLists) -> bool:
    """Tell whether a line is bodies and nothing else, a name that the line end above broke included."""
    begin = next((b for _, b in lists.bodies_at(start)), start)
    return lists.covers(text, begin, end) or (begin > start and not text[begin:end].strip("、，,；;。"))


def _section_row(text: str, line: CellLine) -> str | None:
    """Return the words of a row that is a heading: one filled cell, or the same words in every cell."""
    filled = [(a, b) for a, b in line.cells if a < b]
    distinct = {text[a:b] for a, b in filled}
    if len(distinct) != 1:
        if len(filled) == 2 and re.fullmatch(
            r"[一二三四五六七八九十]+|（[一二三四五六七八九十]+）", text[filled[0][0] : filled[0][1]]
        ):
            words = text[filled[1][0] : filled[1][1]]
            return f"{text[filled[0][0] : filled[0][1]]}、{words}" if len(words) <= 50 and not is_none(words) else None
        return None
    words = distinct.pop()
    if kind_of_cell(words) == "number" or len(words) > (MAX_SECTION if _SECTION.match(words) else 60):
        return None
    if (
        _SECTION.match(words)
        or states_responsibility(words, 0, len(words))
        or (len(line.cells) > 1 and filled[0] == line.cells[0])
        or len(filled) > 1
    ):
        return " ".join(words.split())
    return None


def _under(headings: tuple[str, ...], section: str) -> tuple[str, ...]:
    """A heading replaces the one of its level: 一、 stands above （一）."""
    if re.match(r"^[一二三四五六七八九十]+、|^第", section) or not headings:
        return (section,)
    return (headings[0], section) if re.match(r"^[一二三四五六七八九十]+、|^第", headings[0]) else (section,)
