"""Read tables that were copied a cell a line, with or without tabs before the cells or lone bars between them.

Boundary: pages and headings between rows are dealt with here; where rows begin is told in ``table_cell_chunks``, and rows
become tasks in ``table_tasks``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from taskie.records import Unit
from taskie.structure.attributions import find_attributions
from taskie.structure.body_lists import NO_BODIES, BodyLists
from taskie.structure.columns import Column
from taskie.structure.furniture import is_furniture
from taskie.structure.reading import PLAIN
from taskie.structure.table_cell_chunks import Chunk, cut_rows
from taskie.structure.table_fit import CellText, assign
from taskie.structure.table_rows import Row
from taskie.structure.table_unknown import told_by_cells

# A header is the same on a new page if so many of its words are: characters get lost.
_SHARE_REPEATED = 0.7


def read_cell_rows(
    text: str, columns: Sequence[Column], cells: Sequence[CellText], lists: BodyLists = NO_BODIES
) -> list[Row]:
    """Return the rows of the cells behind the header; a header repeated on a new page is passed over.

    A cell that is bodies of ``lists`` and nothing else is a unit cell. Units that a heading names hold for the rows below.
    """
    rows: list[Row] = []
    headings: tuple[str, ...] = ()
    inherited: tuple[Unit, ...] = ()
    chunks = cut_rows(text, columns, _without_pages(text, columns, cells))
    columns = _told(text, columns, chunks)
    for chunk in chunks:
        for heading in chunk.headings:
            words, inherited = read_heading(text, heading)
            headings = under_heading(headings, words) if words else headings
        if chunk.cells:
            known = {i: "unit" for i, cell in enumerate(chunk.cells) if lists.covers(text, cell.start, cell.end)}
            rows.append(Row(assign(text, columns, chunk.cells, known=known), headings, inherited))
    return rows


def _told(text: str, columns: Sequence[Column], chunks: Sequence[Chunk]) -> tuple[Column, ...]:
    """Tell columns of unknown headings by the rows that have a cell for each column."""
    full = [chunk.cells for chunk in chunks if len(chunk.cells) == len(columns)]
    rows = [Row(tuple((i, cell.start, cell.end) for i, cell in enumerate(cells))) for cells in full]
    return told_by_cells(text, columns, rows)


def read_heading(text: str, heading: CellText) -> tuple[str, tuple[Unit, ...]]:
    """Return the words of a heading between rows without its attributions, and the units that those name."""
    attributions = find_attributions(text, heading.start, heading.end, PLAIN)
    units = tuple(replace(unit, source="inherited") for a in attributions for unit in a.units)
    stop = attributions[0].start if units else heading.end
    return " ".join(text[heading.start : stop].split()), units


def under_heading(headings: tuple[str, ...], words: str) -> tuple[str, ...]:
    """Return the headings in force below ``words``: （一） stands below the heading of a higher level in force; any other heading begins anew."""
    below = headings and words.startswith("（") and not headings[0].startswith("（")
    return (headings[0], words) if below else (words,)


def _without_pages(text: str, columns: Sequence[Column], cells: Sequence[CellText]) -> list[CellText]:
    """Take out page numbers and the headers repeated on new pages."""
    header = ["".join(column.word.split()) for column in columns]
    kept: list[CellText] = []
    i = 0
    while i < len(cells):
        if _is_header(header, ["".join(text[c.start : c.end].split()) for c in cells[i : i + len(header)]]):
            i += len(header)
            continue
        if not is_furniture(text[cells[i].start : cells[i].end]):
            kept.append(cells[i])
        i += 1
    return kept


def _is_header(header: Sequence[str], words: Sequence[str]) -> bool:
    same = sum(a == b for a, b in zip(words, header, strict=False))
    return bool(header[0]) and words[0] == header[0] and same >= _SHARE_REPEATED * len(header)
