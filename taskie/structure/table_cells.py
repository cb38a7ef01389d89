"""Read tables that were copied a cell a line, with or without tabs before the cells or lone bars between them.

Boundary: which line belongs to which column; rows become tasks in ``table_tasks``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from taskie.records import Unit
from taskie.structure.body_lists import NO_BODIES, BodyLists
from taskie.structure.columns import CODE, Column, kind_of_cell, read_header_cell
from taskie.structure.furniture import is_furniture
from taskie.structure.numbering import number_value
from taskie.structure.statements import PLAIN, find_attributions
from taskie.structure.table_rows import Row

MIN_HEADER = 3
_SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十]+(?:部分|[部章类篇编节]))"
)
_BRACKETED = re.compile(r"[（(〔\[【](?:[^（()）〔〕\[\]【】]|[（(][^（）()]*[）)]){4,200}[）)〕\]】]\s*$")
_MAX_SECTION = 50
_NUMBER = re.compile(r"^[（(]?(\d{1,4}|[①-⑳])[）)]?[.、．]?$")
_CODE = re.compile(rf"^{CODE}$")


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell or a stretch of one: trimmed span, and whether a tab or bar before it says that a cell begins."""

    start: int
    end: int
    opens: bool


def cell_lines(text: str, start: int, end: int) -> list[CellText]:
    """Return the lines of a stretch; lone bars are taken out, a bar behind a bar leaves a blank cell."""
    cells: list[CellText] = []
    after_bar = after_blank = False
    for match in re.finditer(r"[^\n]*\n?", text[start:end]):
        raw = match[0].rstrip("\r\n")
        if not match[0]:
            continue
        words = raw.strip(" \t\u3000")
        begin = start + match.start()
        if words and all(c in "|｜" for c in words):
            if after_bar:
                cells.append(CellText(begin, begin, True))
            after_bar = True
            continue
        if words:
            a = begin + raw.index(words)
            if after_bar and after_blank and _NUMBER.match(words):
                cells.append(CellText(begin, begin, True))  # the last cell of the row before is blank
                after_bar = False
            after_blank = False
            cells.append(CellText(a, a + len(words), after_bar or raw[:1] == "\t"))
            after_bar = False
        elif raw[:1] == "\t":
            cells.append(CellText(begin + 1, begin + 1, True))
        else:
            after_blank = True
    return cells


def find_header(text: str, cells: Sequence[CellText], first: int) -> tuple[tuple[Column, ...], int] | None:
    """Return the columns of a header that begins at cell ``first``, and the index behind it."""
    columns: list[Column] = []
    i = first
    while i < len(cells) and len(columns) < 14:
        words = text[cells[i].start : cells[i].end]
        column = read_header_cell(words) if cells[i].start < cells[i].end else None
        if column is None and i + 1 < len(cells) and len(words) <= 6:
            # A header word broken over two lines: 责任 / 单位.
            column = read_header_cell(words + text[cells[i + 1].start : cells[i + 1].end])
            i += column is not None
        if column is None and columns and len(words) <= 8 and _known_within(text, cells, i + 1):
            column = Column("remark", word=words)  # a header word we do not know, between those we do
        if column is None:
            break
        columns.append(column)
        i += 1
    content = any(c.meaning in ("statement", "title") for c in columns)
    if len(columns) < MIN_HEADER or not content or len({c.word for c in columns}) < len(columns) - 1:
        return None
    return tuple(columns), i


def _known_within(text: str, cells: Sequence[CellText], first: int) -> bool:
    """Tell whether one of the next two cells is a header word."""
    following = cells[first : first + 2]
    return any(read_header_cell(text[c.start : c.end]) is not None for c in following if c.end - c.start <= 12)


def read_cell_rows(
    text: str, columns: Sequence[Column], cells: Sequence[CellText], lists: BodyLists = NO_BODIES
) -> list[Row]:
    """Return the rows of the cells behind the header; a header repeated on a new page is passed over.

    A cell that is bodies of ``lists`` and nothing else is a unit cell. Units that a heading names hold for the rows below.
    """
    cells = _without_pages(text, columns, cells)
    rows: list[Row] = []
    headings: tuple[str, ...] = ()
    inherited: tuple[Unit, ...] = ()
    numbered = any(column.meaning == "number" for column in columns)
    chunks = (
        _barred_chunks(text, cells, len(columns))
        or (_numbered_chunks(text, cells, columns) if numbered else ())
        or _counted_chunks(cells, len(columns))
    )
    for before, chunk in chunks:
        for heading in before:
            attributions = find_attributions(text, heading.start, heading.end, PLAIN)
            inherited = tuple(replace(unit, source="inherited") for a in attributions for unit in a.units)
            stop = attributions[0].start if inherited else heading.end
            words = " ".join(text[heading.start : stop].split())
            if words:
                headings = (
                    (headings[0], words)
                    if headings and words.startswith("（") and not headings[0].startswith("（")
                    else (words,)
                )
        if chunk:
            known = {i: "unit" for i, cell in enumerate(chunk) if lists.covers(text, cell.start, cell.end)}
            rows.append(Row(tuple(assign(text, columns, chunk, known=known)), headings, inherited))
    return rows


def _without_pages(text: str, columns: Sequence[Column], cells: Sequence[CellText]) -> list[CellText]:
    """Take out page numbers and the headers repeated on new pages."""
    words = ["".join(column.word.split()) for column in columns]
    kept: list[CellText] = []
    i = 0
    while i < len(cells):
        ahead = ["".join(text[c.start : c.end].split()) for c in cells[i : i + len(words)]]
        if (
            words[0]
            and ahead[:1] == words[:1]
            and sum(a == b for a, b in zip(ahead, words, strict=False)) >= 0.7 * len(words)
        ):
            i += len(words)
        elif is_furniture(text[cells[i].start : cells[i].end]):
            i += 1
        else:
            kept.append(cells[i])
            i += 1
    return kept


def _barred_chunks(text: str, cells: Sequence[CellText], width: int) -> list[tuple[list[CellText], list[CellText]]]:
    """Cut the cells where a row has all its bars and a line without one begins the next; empty if bars part rows too."""
    chunks: list[tuple[list[CellText], list[CellText]]] = []
    row: list[CellText] = []
    for cell in cells:
        full = sum(c.opens for c in row) >= width - 1
        if row and full and (not cell.opens or len(row) > 2 * width):
            headings = [row.pop(0)] if _is_section(text, row[0]) and not row[0].opens and len(row) > width else []
            chunks.append((headings, row))
            row = []
        row.append(cell)
    if sum(c.opens for c in row) >= width - 2:
        chunks.append(([], row))
    tight = [chunk for _, chunk in chunks if width - 1 <= len(chunk) <= width + 2]
    return chunks if len(chunks) > 1 and len(tight) > 0.8 * len(chunks) else []


def _numbered_chunks(
    text: str, cells: Sequence[CellText], columns: Sequence[Column]
) -> list[tuple[list[CellText], list[CellText]]]:
    """Cut the cells at the numbers that go on counting; headings between rows are taken out of the row before."""
    starts: list[int] = []
    expected: int | None = None
    for i, cell in enumerate(cells):
        words = text[cell.start : cell.end]
        if _CODE.match(words):
            starts.append(i)
            continue
        match = _NUMBER.match(words)
        if not match:
            continue
        value = number_value(match[1]) or 0
        goes_on = (
            expected is None
            or value == expected
            or (value > expected and value - expected <= 40 and _row_is_full(text, cells, starts, i))
        )
        if goes_on or value == 1:
            starts.append(i)
            expected = value + 1
    chunks: list[tuple[list[CellText], list[CellText]]] = []
    heading_cells = [c for c in cells[: starts[0]] if c.start < c.end] if starts else []
    offset = next((k for k, column in enumerate(columns) if column.meaning == "number"), 0)
    for n, first in enumerate(starts):
        last = starts[n + 1] if n + 1 < len(starts) else len(cells)
        begin = first - (offset if first >= offset and offset else 0)
        stop = last - (offset if n + 1 < len(starts) and offset else 0)
        chunk = list(cells[begin:stop])
        headings_after: list[CellText] = []
        while chunk and len(chunk) > 2 and _is_section(text, chunk[-1]):
            headings_after.insert(0, chunk.pop())
        chunks.append((heading_cells, chunk))
        heading_cells = headings_after
    return chunks


def _row_is_full(text: str, cells: Sequence[CellText], starts: Sequence[int], i: int) -> bool:
    return bool(starts) and i - starts[-1] >= 3


def _is_section(text: str, cell: CellText) -> bool:
    return is_section(text[cell.start : cell.end])


def is_section(words: str) -> bool:
    """Tell whether a cell is a numbered heading, an attribution in brackets behind it aside."""
    bare = _BRACKETED.sub("", words)
    return bool(_SECTION.match(words)) and len(bare) <= _MAX_SECTION and "。" not in bare[:-1]


def _counted_chunks(cells: Sequence[CellText], width: int) -> list[tuple[list[CellText], list[CellText]]]:
    """Without numbers a row is as many cells as there are columns."""
    return [([], list(cells[i : i + width])) for i in range(0, len(cells) - width + 1, width)]


# A cell that fits its column no better than this is another column's.
_CONTRADICTS = -1.0
_UNLIKELY = 0.05


def assign(
    text: str, columns: Sequence[Column], chunk: Sequence[CellText], *, known: Mapping[int, str] | None = None
) -> list[tuple[int, int, int]]:
    """Assign the cells of a row to columns, in order, by the best total fit of what they hold.

    ``known`` gives the kind of cells, by index, where it is known better than from their form.
    Dynamic programming over lines and columns: a line goes into the column of the line before it or into a later one.
    """
    width = len(columns)
    if len(chunk) == width and all(cell.opens for cell in chunk[1:]):
        return _spans(list(enumerate(chunk)))  # a row whole, every cell behind a bar
    kinds = [(known or {}).get(i) or kind_of_cell(text[c.start : c.end]) for i, c in enumerate(chunk)]
    if len(chunk) == width and _no_contradiction(columns, kinds, chunk):
        return _spans(list(enumerate(chunk)))  # as many cells as columns, and each may be what its column says
    best: list[list[float]] = [[float("-inf")] * width for _ in chunk]
    back: list[list[int]] = [[-1] * width for _ in chunk]
    for i, cell in enumerate(chunk):
        for k, column in enumerate(columns):
            # Of one cell for two columns of bodies: one body is more likely to lead, several to help.
            unlikely = column.role == ("lead" if "、" in text[cell.start : cell.end] else "cooperating")
            fit = _fit(column.meaning, kinds[i], cell) - _UNLIKELY * unlikely
            options = [(fit - 0.4 * k, -1)] if i == 0 else []
            if i:
                for j in range(k + 1):
                    move = _move(j, k, cell)
                    options.append((best[i - 1][j] + fit + move, j))
            best[i][k], back[i][k] = max(options)
    k = max(range(width), key=lambda k: best[-1][k] - 0.3 * (width - 1 - k))
    placed: list[tuple[int, CellText]] = []
    for i in range(len(chunk) - 1, -1, -1):
        placed.append((k, chunk[i]))
        k = back[i][k]
    return _spans(list(reversed(placed)))


def fits_in_order(text: str, columns: Sequence[Column], cells: Sequence[CellText]) -> bool:
    """Tell whether each of as many cells as columns may be what its column says."""
    return _no_contradiction(columns, [kind_of_cell(text[c.start : c.end]) for c in cells], cells)


def _no_contradiction(columns: Sequence[Column], kinds: Sequence[str], cells: Sequence[CellText]) -> bool:
    found = zip(columns, kinds, cells, strict=True)
    return all(_fit(column.meaning, kind, cell) > _CONTRADICTS for column, kind, cell in found)


def _move(before: int, column: int, cell: CellText) -> float:
    """Staying in a column means that the cell goes on; an opening tab or bar speaks against it."""
    if column == before:
        # Where two unit columns meet, a name too many belongs to the later one: helpers are listed, a leader is not.
        return -3.0 if cell.opens else -0.6 + 0.01 * column
    return 0.5 - 0.4 * (column - before - 1)


def _fit(meaning: str, kind: str, cell: CellText) -> float:
    if kind == "none":
        return 0.2 if meaning not in ("number", "statement") else -1.0
    exact = {"number": "number", "deadline": "deadline", "unit": "unit", "leader": "leader", "status": "status"}
    if meaning in exact:
        if kind == exact[meaning]:
            return 3.0
        if meaning == "leader" and kind == "unit" or meaning == "unit" and kind == "leader":
            return 0.0
        if meaning == "status" and kind == "deadline":
            return 0.3  # 持续推进 stands for either
        if meaning == "deadline" and cell.end - cell.start <= 14 and kind in ("text", "status"):
            return 0.0
        return -1.5 if meaning == "unit" and cell.end - cell.start <= 30 else -3.0
    if meaning in ("amount", "value", "measure_unit", "category", "title", "remark"):
        return 0.6 if cell.end - cell.start <= 40 else -0.5
    # Long text wants a text column; bodies, dates and status words want theirs.
    return 1.2 if kind == "text" else -0.8


def _spans(placed: Sequence[tuple[int, CellText]]) -> list[tuple[int, int, int]]:
    """Join the lines of one column into one span."""
    cells: dict[int, tuple[int, int]] = {}
    for k, cell in placed:
        if cell.start == cell.end:
            continue
        start, end = cells.get(k, (cell.start, cell.end))
        cells[k] = (min(start, cell.start), max(end, cell.end))
    return [(k, start, end) for k, (start, end) in sorted(cells.items(), key=lambda item: item[1])]
