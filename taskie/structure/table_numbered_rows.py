"""Find rows that were copied a cell a line by their numbers alone: 1, 2, 3 … on lines of their own, about as far apart.

Boundary: which lines make up a row, whatever heads the columns; what the cells mean is told in ``table_numbered_columns``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from taskie.structure.columns import kind_of_cell, read_header_cell
from taskie.structure.furniture import is_furniture
from taskie.structure.items import Line
from taskie.structure.numbering import number_value
from taskie.structure.reading import wrap_width
from taskie.structure.table_cell_chunks import is_section
from taskie.structure.table_cell_lines import NUMBER
from taskie.structure.table_fit import CellText
from taskie.structure.table_region import ends_table

MIN_ROWS = 4
_MIN_CELLS, _MAX_LINES = 3, 30
# A stray figure can count on as well: the second row is looked for in so many places.
_MAX_SECONDS = 3
# Rows have about as many cells if so many differ from the middle one by no more than a third, or two cells.
_SHARE_ALIKE, _MIN_APART = 0.8, 2
# Lines that begin with a tab begin a cell, and those that do not go on with one, if so many begin with one.
_SHARE_OPEN = 0.6
_NEAR_WIDTH = 1
_MAX_CATEGORY = 14
_SHARE_CATEGORY = 0.6
# By their form some categories are names or bodies: 项目建设, 道路出行.
_CATEGORY_KINDS = ("text", "leader", "unit")


# What tells headings of numbers; sections and a category; the cells of a row with those that stand behind it.
HeadsNumbers = Callable[[CellText], bool]
Before = tuple[tuple[CellText, ...], CellText | None]
Cut = tuple[tuple[CellText, ...], tuple[CellText, ...], CellText | None]


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """The cells of a row, its number first, and what is printed before the number: sections, a category."""

    sections: tuple[CellText, ...]
    category: CellText | None
    cells: tuple[CellText, ...]


@dataclass(frozen=True, slots=True)
class NumberedRows:
    """Rows that count on from 1, and how many cells most of them have; ``first`` is the index of the first row's first line.

    ``spare`` are lines behind the last row, in which it can go on: no number says where it ends.
    """

    rows: tuple[NumberedRow, ...]
    width: int
    first: int
    spare: tuple[CellText, ...] = ()

    @property
    def full(self) -> tuple[NumberedRow, ...]:
        """Return the rows that have all their cells, each in one piece."""
        return tuple(row for row in self.rows if len(row.cells) == self.width)

    @property
    def end(self) -> int:
        """Return where the last cell ends."""
        return self.rows[-1].cells[-1].end


def find_numbered_rows(text: str, lines: Sequence[CellText], heads_numbers: HeadsNumbers) -> Iterator[NumberedRows]:
    """Yield the stretches of ``lines`` that are numbered rows, in text order.

    ``heads_numbers`` tells whether a line heads a column of numbers; as many lines as lie between it and the first row are
    the cells of a row, if any row has so many.
    """
    places = _places(text, lines)
    behind = 0
    for first in places.get(1, ()):
        if first < behind:
            continue
        starts = _starts(places, first)
        if len(starts) >= MIN_ROWS and (found := _read(text, lines, starts, heads_numbers)):
            yield found
            behind = starts[-1] + 1


def _places(text: str, lines: Sequence[CellText]) -> dict[int, list[int]]:
    """Return the indexes of the lines that are a number and nothing else, by number."""
    places: dict[int, list[int]] = {}
    for i, line in enumerate(lines):
        match = NUMBER.match(text[line.start : line.end])
        if match:
            places.setdefault(number_value(match[1]) or 0, []).append(i)
    return places


def _starts(places: Mapping[int, Sequence[int]], first: int) -> list[int]:
    """Return where the rows begin that count on from ``first``: the longest way, of equals the one of the most even steps."""
    ways = [_follow(places, [first, second]) for second in _next(places, 2, first)[:_MAX_SECONDS]]
    return max(ways, key=lambda way: (len(way), -_spread(way)), default=[])


def _next(places: Mapping[int, Sequence[int]], number: int, behind: int) -> Sequence[int]:
    found = places.get(number, ())
    return found[bisect_left(found, behind + _MIN_CELLS) : bisect_left(found, behind + _MAX_LINES + 1)]


def _follow(places: Mapping[int, Sequence[int]], way: list[int]) -> list[int]:
    while found := _next(places, len(way) + 1, way[-1]):
        even = way[-1] + (way[-1] - way[0]) // (len(way) - 1)
        way.append(min(found, key=lambda i: abs(i - even)))
    return way


def _spread(way: Sequence[int]) -> int:
    steps = [b - a for a, b in pairwise(way)]
    return max(steps) - min(steps)


def _read(
    text: str, lines: Sequence[CellText], starts: Sequence[int], heads_numbers: HeadsNumbers
) -> NumberedRows | None:
    opening = [line for line in lines[max(0, starts[0] - 1) : starts[0]] if is_section(text[line.start : line.end])]
    first = starts[0] - len(opening)
    above_first = range(first - 1, max(0, first - _MAX_LINES) - 1, -1)
    heading = next((i for i in above_first if heads_numbers(lines[i])), first)
    header = [text[line.start : line.end] for line in lines[heading:first]]
    stop = _behind_last(text, lines, starts[-1])
    joined = _joined(text, lines[:stop], starts)
    stretches = [joined[a:b] for a, b in zip(starts, [*starts[1:], stop], strict=True)]
    raw = [_without_pages(text, [cell for cell in stretch if cell is not None], header) for stretch in stretches]
    above = lines[first - 1] if first else None
    repeated = above is not None and _repeats_before_number(text, above, raw)
    cut = [_cut(text, cells, repeated) for cells in raw[:-1]]
    # Where categories are printed as they change, the last of the headings is the one above row 1.
    changed = not repeated and above is not None and _may_be_category(text, above)
    names = len(header) - (repeated or (changed and _ends_with_category(text, cut, len(header))))
    width = _width(cut, names)
    if width < _MIN_CELLS or not _alike([len(cells) for cells, _, _ in cut], width):
        return None
    if changed:
        cut = [_with_category(text, row, cut, width) for row in cut]
        changed = any(category for _, _, category in cut)
    rows = _rows(cut, raw[-1][:width], (tuple(opening), above if repeated or changed else None))
    most = max(len(cells) for cells, _, _ in cut)
    return NumberedRows(rows, width, first - (repeated or changed), tuple(raw[-1][width:most]))


def _rows(cut: Sequence[Cut], last: Sequence[CellText], above: Before) -> tuple[NumberedRow, ...]:
    """Give the sections and categories behind each row to the next one; ``above`` are those of row 1."""
    before: list[Before] = [above, *((sections, category) for _, sections, category in cut)]
    cells = [*(own for own, _, _ in cut), tuple(last)]
    return tuple(NumberedRow(*own, row) for own, row in zip(before, cells, strict=True))


def _behind_last(text: str, lines: Sequence[CellText], last: int) -> int:
    """The last row goes on to words that end a table, to a heading, or as far as any row can."""
    for i in range(last + 1, min(len(lines), last + _MAX_LINES)):
        line = Line(lines[i].start, lines[i].end)
        if ends_table(text, line) or is_section(text[line.start : line.end]):
            return i
    return min(len(lines), last + _MAX_LINES)


def _joined(text: str, lines: Sequence[CellText], starts: Sequence[int]) -> list[CellText | None]:
    """Return the lines, those that only go on with a cell joined to the line above and ``None`` in their own place."""
    joined: list[CellText | None] = list(lines)
    body = lines[starts[0] : starts[-1]]
    tabs = sum(line.opens for line in body) >= _SHARE_OPEN * len(body)
    width = None if tabs else wrap_width("\n".join(text[line.start : line.end] for line in body))
    keep = {*starts, *_unopened_before(lines, starts)}
    head = starts[0]
    for i in range(starts[0] + 1, len(lines)):
        line, above = lines[i], lines[i - 1]
        full = width is not None and above.end - above.start >= width - _NEAR_WIDTH and text[above.end - 1] != "。"
        begun = joined[head]
        if i not in keep and line.start < line.end and begun and ((tabs and not line.opens) or full):
            joined[head] = replace(begun, end=line.end)
            joined[i] = None
        else:
            head = i
    return joined


def _unopened_before(lines: Sequence[CellText], starts: Sequence[int]) -> list[int]:
    """A cell without a mark before a number that has one begins its row, if most numbers have such a cell before them."""
    before = [i - 1 for i in starts[1:] if lines[i].opens and not lines[i - 1].opens]
    return before if 2 * len(before) > len(starts) else []


def _without_pages(text: str, cells: Sequence[CellText], header: Sequence[str]) -> list[CellText]:
    """Take out page numbers, and headings that a new page repeats; above the first row the last one can be its category."""
    own = [c for c in cells if c.start == c.end or not is_furniture(text[c.start : c.end])]
    words = [text[cell.start : cell.end] for cell in own]
    for size in (len(header), len(header) - 1):
        for i in range(len(own) - size + 1):
            if size >= _MIN_CELLS and words[i : i + size] == header[:size]:
                return [*own[:i], *own[i + size :]]
    return own


def _may_be_category(text: str, cell: CellText) -> bool:
    words = text[cell.start : cell.end]
    short = 0 < len(words) <= _MAX_CATEGORY and read_header_cell(words) is None
    return short and kind_of_cell(words) in _CATEGORY_KINDS


def _repeats_before_number(text: str, above: CellText, stretches: Sequence[Sequence[CellText]]) -> bool:
    """Tell whether a category is printed before each number: what stands before 1 does so again, and few others do."""
    own = [text[above.start : above.end], *(text[cells[-1].start : cells[-1].end] for cells in stretches[:-1])]
    counts = Counter(own)
    short = sum(0 < len(words) <= _MAX_CATEGORY and kind_of_cell(words) in _CATEGORY_KINDS for words in own)
    return counts[own[0]] > 1 and len(counts) <= _SHARE_CATEGORY * len(own) and short == len(own)


def _cut(text: str, cells: Sequence[CellText], repeated: bool) -> Cut:
    """Return the cells of a row, and the sections and the category that stand behind it, above the next one."""
    own = list(cells)
    category = own.pop() if repeated else None
    sections: list[CellText] = []
    while len(own) > _MIN_CELLS and is_section(text[own[-1].start : own[-1].end]):
        sections.insert(0, own.pop())
    return tuple(own), tuple(sections), category


def _width(cut: Sequence[Cut], headings: int) -> int:
    """Return how many cells a row has: as many as headings, or as most rows have, of equals the fewest."""
    counts = Counter(len(cells) for cells, _, _ in cut)
    return headings if headings in counts else min(counts, key=lambda n: (-counts[n], n))


def _ends_with_category(text: str, cut: Sequence[Cut], width: int) -> bool:
    """Tell whether most rows of ``width`` cells have one too many, the category above the next row."""
    rows = [row for row in cut if len(row[0]) == width]
    ending = sum(_with_category(text, row, cut, width - 1)[2] is not None for row in rows)
    return bool(rows) and 2 * ending > len(rows)


def _alike(counts: Sequence[int], width: int) -> bool:
    near = sum(abs(count - width) <= max(_MIN_APART, width // 3) for count in counts)
    return near >= _SHARE_ALIKE * len(counts)


def _with_category(text: str, row: Cut, cut: Sequence[Cut], width: int) -> Cut:
    """Take a cell too many from the end for a category if it is short and of another kind than the last cells of rows are."""
    cells, sections, category = row
    if category is not None or len(cells) != width + 1:
        return row
    last = Counter(kind_of_cell(text[own[-1].start : own[-1].end]) for own, _, _ in cut if len(own) == width)
    usual = last.most_common(1)[0][0] if last else "text"
    words = [text[cell.start : cell.end] for cell in cells[-2:]]
    kinds = [kind_of_cell(word) for word in words]
    if usual != "text" and kinds[0] == usual and kinds[1] != usual and len(words[1]) <= _MAX_CATEGORY:
        return cells[:-1], sections, cells[-1]
    return row
