"""Tell from annotated documents what the columns of their tables hold.

Boundary: tables whose gold tasks are a row a line, cells parted by tabs, bars or gaps, or a cell a line with rows of one
length; what a heading means over many documents is decided in ``structure_words``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from taskie.evaluation.scores import stripped
from taskie.records import Document, Task, TextSpan
from taskie.structure.columns import is_none
from taskie.structure.items import Line, read_lines
from taskie.structure.learned import MAX_WORD
from taskie.structure.table_line_cells import cut_cells, delimiter_of

# What a column holds: its meaning and, of units, their role; ``None`` where its cells do not agree.
Vote = tuple[str, str | None]
Cells = Sequence[tuple[int, int]]
MIN_COLUMNS = 3
MIN_AGREEMENT = 0.9
# A time may stand with a few words of what is done by then.
_BESIDE_TIME = 8
_MAX_LEADERS = 30


def column_votes(document: Document) -> dict[str, Vote | None]:
    """Return what each heading of the document's tables stands above, ``None`` where that is unclear."""
    found: dict[str, Counter[Vote | None]] = defaultdict(Counter)
    for header, rows in _tables(document):
        for cells, task in rows:
            for heading, (start, end) in zip(header, cells, strict=False):
                if not is_none(document.text[start:end]):
                    found[heading][_held(document.text, start, end, task)] += 1
    return {heading: _agreed(votes) for heading, votes in found.items() if 1 < len(heading) <= MAX_WORD}


def _agreed(votes: Counter[Vote | None]) -> Vote | None:
    vote, count = votes.most_common(1)[0]
    return vote if count >= MIN_AGREEMENT * sum(votes.values()) else None


def _held(text: str, start: int, end: int, task: Task) -> Vote | None:
    """Tell what a cell is to the task of its row."""
    words = text[start:end]
    if (start, end) == stripped(text, task.statement.start, task.statement.end):
        return "statement", None
    units = [unit for unit in task.units if start <= unit.start and unit.end <= end]
    if units and sum(unit.end - unit.start for unit in units) >= 0.7 * (end - start):
        roles = {unit.role for unit in units}
        return ("unit", roles.pop()) if len(roles) == 1 else None
    deadline = task.deadline
    if deadline and deadline.start is not None and deadline.end is not None and start <= deadline.start < end:
        return ("deadline", None) if end - start <= deadline.end - deadline.start + _BESIDE_TIME else None
    if any(name in words for name in task.leaders) and len(words) <= _MAX_LEADERS:
        return "leader", None
    printed = {
        "number": task.number,
        "title": _text_of(task.title),
        "status": task.status,
        "next_steps": _text_of(task.next_steps),
    }
    printed["progress"] = _text_of(task.progress)
    return next(((meaning, None) for meaning, said in printed.items() if said and said.strip() == words), None)


def _text_of(said: TextSpan | str | None) -> str | None:
    return said.text if isinstance(said, TextSpan) else said


def _tables(document: Document) -> Iterator[tuple[list[str], list[tuple[Cells, Task]]]]:
    """Yield the headings of each table, and its rows with their tasks."""
    lines = read_lines(document.text, 0, len(document.text))
    yield from _row_a_line(document, lines)
    yield from _cell_a_line(document, lines)


def _row_a_line(document: Document, lines: Sequence[Line]) -> Iterator[tuple[list[str], list[tuple[Cells, Task]]]]:
    header: list[str] = []
    rows: list[tuple[Cells, Task]] = []
    for line in lines:
        delimiter = delimiter_of(document.text, line.start, line.end)
        if delimiter is None:
            continue
        cells = cut_cells(document.text, line.start, line.end, delimiter).cells
        task = next((task for task in document.tasks if line.start <= task.start < line.end), None)
        if task and len(cells) == len(header):
            rows.append((cells, task))
        elif task is None and (words := _headings(document.text, cells)):
            if rows:
                yield header, rows
            header, rows = words, []
    if rows:
        yield header, rows


def _cell_a_line(document: Document, lines: Sequence[Line]) -> Iterator[tuple[list[str], list[tuple[Cells, Task]]]]:
    """Yield the table whose tasks begin equally many lines apart; the headings are as many lines before the first."""
    places = {line.start: i for i, line in enumerate(lines)}
    starts = [(places[task.start], task) for task in document.tasks if task.start in places]
    steps = {b - a for (a, _), (b, _) in pairwise(starts)}
    if len(steps) != 1 or len(starts) < len(document.tasks):
        return
    (width,) = steps
    first = starts[0][0]
    header = _headings(document.text, [(line.start, line.end) for line in lines[max(0, first - width) : first]])
    if len(header) == width:
        rows = [([(line.start, line.end) for line in lines[i : i + width]], task) for i, task in starts]
        yield header, [(cells, task) for cells, task in rows]


def _headings(text: str, cells: Cells) -> list[str]:
    """Return the words of cells that can be headings, white space taken out; none where one is too long or a sentence."""
    words = ["".join(text[a:b].split()) for a, b in cells]
    usable = len(words) >= MIN_COLUMNS and all(0 < len(w) <= MAX_WORD and not set(w) & set("，。；：") for w in words)
    return words if usable else []
