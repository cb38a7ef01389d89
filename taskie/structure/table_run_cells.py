"""Read the cells of one row of a run table: by its blanks, by the forms of its cells, or by the bodies that a tagger found.

Boundary: where the row begins and ends is given; the ways that need more than a few lines have modules of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from taskie.structure.body_lists import BodyLists
from taskie.structure.columns import Column, kind_of_cell
from taskie.structure.table_fit import CellText, assign, fits_in_order
from taskie.structure.table_glued import read_glued
from taskie.structure.table_rows import Cell, trimmed
from taskie.structure.table_run_columns import are_halves_of_a_name
from taskie.structure.table_run_forms import cells_by_form
from taskie.structure.table_run_units import with_labels, without_words_before
from taskie.structure.unit_cells import unit_cells

# What a leader's cell behind the bodies may look like, where nothing parts the two.
_LEADER_BEHIND = re.compile(r"[\s]?[\u4e00-\u9fff·×]{0,16}")
# What a status may be in words of its own: no bodies, times or figures.
_STATUS_SAID = re.compile(r"[\u4e00-\u9fff]{2,8}")
# Fewer blanks than borders between cells, by more than so many, are lost characters.
_MISSING_BLANKS = 3
_PIECE = re.compile(r"\S+")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class RunRow:
    """A row by places of the text: where its number begins, where what follows the number begins, and where it ends."""

    number: int
    content: int
    end: int


def read_run_cells(text: str, columns: Sequence[Column], row: RunRow, lists: BodyLists) -> tuple[Cell, ...]:
    """Return the cells of ``row`` as form tells them; if they are not all there, as ``lists`` tell them, if those do better."""
    by_form = without_words_before(text, columns, _cells_by_form(text, columns, row), lists)
    cells = _cells_by_blanks(text, columns, row, lists) or by_form
    if not is_complete(text, columns, cells, lists):
        by_lists = without_words_before(text, columns, _cells_by_lists(text, columns, row, lists), lists)
        cells = _cells_glued(text, columns, row, lists) or by_lists or cells
    return tuple(with_labels(text, columns, cells, row.end, lists))


def is_complete(text: str, columns: Sequence[Column], cells: Sequence[Cell], lists: BodyLists) -> bool:
    """Tell whether every cell that has to hold bodies does, other certain cells are there and no helper is among those who lead."""
    if not lists.lists:
        return True
    filled = {index: (start, end) for index, start, end in cells}
    units = [i for i, column in enumerate(columns) if column.meaning == "unit"]
    helpers = [i for i in units if columns[i].role == "cooperating"]
    needed = [i for i in units if i not in helpers]
    certain = [i for i, column in enumerate(columns) if column.meaning in ("leader", "status", "deadline")]
    crowded = any(" " in text[slice(*filled.get(i, (0, 0)))] for i in needed) and any(i not in filled for i in helpers)
    return (
        all(i in filled and _holds_bodies(text, *filled[i], lists) for i in needed)
        and all(i in filled for i in certain)
        and not crowded
    )


def _holds_bodies(text: str, start: int, end: int, lists: BodyLists) -> bool:
    return kind_of_cell(text[start:end]) == "unit" or (start, end) in unit_cells(text, start, end, lists)


def may_be_leader(words: str) -> bool:
    """Tell whether what stands between bodies and the end of a row may be a leader's cell; a blank one may be."""
    return _LEADER_BEHIND.fullmatch(words) is not None


def _numbered(columns: Sequence[Column]) -> int:
    """Return 1 if the first column is the number's, which is read before its cells, else 0."""
    return int(columns[0].meaning == "number")


def _behind_marks(text: str, row: RunRow) -> int:
    """Return where the first cell behind the number begins."""
    position = row.content
    while position < row.end and text[position] in " 、.．\t\u3000":
        position += 1
    return position


def _cells_by_blanks(text: str, columns: Sequence[Column], row: RunRow, lists: BodyLists) -> list[Cell]:
    """Cut a row at its blanks, if that gives a cell a column and none that its column cannot hold.

    A status may be said in words that we do not know, and bodies in sentences, if all other cells are where they belong.
    """
    shift = _numbered(columns)
    start = _behind_marks(text, row)
    found = (CellText(*match.span(), False) for match in _PIECE.finditer(text, start, row.end))
    pieces = _with_names_joined(text, found)
    if len(pieces) != len(columns) - shift:
        return []
    units = set(unit_cells(text, start, row.end, lists))
    told = [
        (column, piece)
        for column, piece in zip(columns[shift:], pieces, strict=True)
        if not (column.meaning == "status" and _STATUS_SAID.fullmatch(text[piece.start : piece.end]))
        and not (column.meaning == "unit" and (piece.start, piece.end) in units)
    ]
    if not fits_in_order(text, [column for column, _ in told], [piece for _, piece in told]):
        return []
    return [(0, row.number, row.content)] * shift + [(k, p.start, p.end) for k, p in enumerate(pieces, shift)]


def _cells_by_form(text: str, columns: Sequence[Column], row: RunRow) -> list[Cell]:
    number = [i for i, column in enumerate(columns) if column.meaning == "number"][:1]
    cells = cells_by_form(text, columns, _behind_marks(text, row), row.end)
    return sorted([*((i, row.number, row.content) for i in number), *cells], key=lambda cell: cell[1])


def _cells_glued(text: str, columns: Sequence[Column], row: RunRow, lists: BodyLists) -> list[Cell]:
    """Read a row in which blanks are too few to part the cells."""
    if len(re.findall(r"\s", text[row.content : row.end])) >= len(columns) - 2 or not _numbered(columns):
        return []
    cells = read_glued(text, columns[1:], *trimmed(text, row.content, row.end), lists)
    return [(0, row.number, row.content), *((k + 1, a, b) for k, a, b in cells)] if cells else []


def _cells_by_lists(text: str, columns: Sequence[Column], row: RunRow, lists: BodyLists) -> list[Cell]:
    """Tell the cells apart by the lists of bodies at the end of the row, and by blanks outside bodies."""
    pieces = _cut_at_lists(text, len(columns), _behind_marks(text, row), row.end, lists)
    if not pieces:
        return []
    known = set(lists.lists)
    kinds = {i: "unit" for i, piece in enumerate(pieces) if (piece.start, piece.end) in known}
    if columns[-1].meaning == "leader" and kinds and max(kinds) == len(pieces) - 2:
        kinds[len(pieces) - 1] = "leader"
    shift = _numbered(columns)
    placed = [(k + shift, a, b) for k, a, b in assign(text, columns[shift:], pieces, known=kinds)]
    tasks = [k for k, column in enumerate(columns) if column.meaning in ("title", "statement")]
    if placed and not any(k in tasks for k, _, _ in placed) and tasks[0] < placed[0][0]:
        placed[0] = (tasks[0], *placed[0][1:])  # what a row begins with is the task, however long
    return [(0, row.number, row.content)] * shift + placed


def _cut_at_lists(text: str, width: int, start: int, end: int, lists: BodyLists) -> list[CellText]:
    """Cut a row of ``width`` columns beside its lists of bodies, and at blanks outside bodies if there are enough of them."""
    cuts = {start, end}
    for a, b in lists.inside(start, end):
        if b == end or text[b].isspace() or may_be_leader(text[b:end]):
            cuts |= {a, b}
    blanks = list(_BLANKS.finditer(text, start, end))
    for blank in blanks if len(blanks) >= width - _MISSING_BLANKS else ():
        if not lists.cover(blank.start()) or not lists.cover(blank.end()):
            cuts |= set(blank.span())
    return _with_names_joined(
        text,
        (CellText(*trimmed(text, a, b), False) for a, b in pairwise(sorted(cuts)) if text[a:b].strip(" \t\u3000|｜")),
    )


def _with_names_joined(text: str, pieces: Iterable[CellText]) -> list[CellText]:
    """Join two single characters: a name of two is printed 陈 刚, to be as wide as one of three."""
    joined: list[CellText] = []
    for piece in pieces:
        if joined and are_halves_of_a_name(text[joined[-1].start : joined[-1].end], text[piece.start : piece.end]):
            joined[-1] = CellText(joined[-1].start, piece.end, False)
        else:
            joined.append(piece)
    return joined
