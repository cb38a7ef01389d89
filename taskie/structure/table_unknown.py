"""Tell what columns mean by what their cells hold, where the heading says nothing or cannot be right.

Boundary: kinds of cells against the other columns of the table; what of several content columns is the statement is the
business of ``table_meanings``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from taskie.structure.columns import UNKNOWN, Column, kind_of_cell
from taskie.structure.table_rows import Row

_TOLD_BY_KIND = ("deadline", "unit", "leader", "status")
# So many of the cells are of one kind, where the heading is unknown, and where it says something else.
_MIN_CELLS, _SHARE = 2, 0.6
_MIN_CELLS_AGAINST, _SHARE_AGAINST = 3, 0.9
# Headings that cannot be right above such cells: 单位 is what figures are counted in, or who acts.
_WRONG = {
    "deadline": ("statement", "title", "progress"),
    "unit": ("statement", "title", "progress", "measure_unit"),
}
# Persons and bodies that ask, or places; none of them is given the task.
_NOT_GIVEN = re.compile(r"代表|委员|提案|提出|来源|反映|联系|经办|填|所在|属地|地点|业主|受益|服务对象")
CLAUSE_MARK = re.compile(r"[，,；;。]")
_REPORTED = re.compile(r"已|完成|正在|截至|累计|目前|推进|开展")
_MIN_REPORT, _SHARE_REPORTED = 12, 0.5
# What is to be done is so long beside a title.
_MIN_STATED, _TIMES_TITLE = 24, 2.5


@dataclass(frozen=True, slots=True)
class _Cells:
    """What stands in one column: the words of its cells and their kinds, cells that say nothing left out."""

    words: tuple[str, ...]
    kinds: Counter[str]

    def hold(self, kind: str, least: int, share: float) -> bool:
        return len(self.words) >= least and self.kinds[kind] >= share * len(self.words)

    def length(self) -> float:
        return sum(map(len, self.words)) / max(1, len(self.words))


def told_by_cells(text: str, columns: Sequence[Column], rows: Sequence[Row]) -> tuple[Column, ...]:
    """Return the columns, those of an unknown or impossible heading with the meaning that their cells in ``rows`` show.

    Each meaning is given to one column at most that the table has not by its headings; an unknown column that nothing
    is told of is a remark.
    """
    settled = list(columns)
    for i, column in enumerate(columns):
        taken = {other.meaning for other in settled if other.role != "cooperating"}  # helpers alone do no task
        kind = _kind(column, _cells(text, rows, i), taken)
        if kind:
            settled[i] = replace(column, meaning=kind, role="responsible" if kind == "unit" else None)
    return _with_texts(text, settled, rows)


def _cells(text: str, rows: Sequence[Row], column: int) -> _Cells:
    words = [text[a:b].strip() for row in rows for index, a, b in row.cells if index == column]
    kinds = [(word, kind_of_cell(word)) for word in words]
    told = [(word, kind) for word, kind in kinds if kind != "none"]
    return _Cells(tuple(word for word, _ in told), Counter(kind for _, kind in told))


def _kind(column: Column, cells: _Cells, taken: set[str]) -> str | None:
    for kind in _TOLD_BY_KIND:
        if kind in taken or (kind in ("unit", "leader") and _NOT_GIVEN.search(column.word)):
            continue
        if column.meaning == UNKNOWN and cells.hold(kind, _MIN_CELLS, _SHARE):
            return kind
        if column.meaning in _WRONG.get(kind, ()) and cells.hold(kind, _MIN_CELLS_AGAINST, _SHARE_AGAINST):
            return kind
    return None


def _with_texts(text: str, columns: Sequence[Column], rows: Sequence[Row]) -> tuple[Column, ...]:
    """Of unknown columns of text one is the statement where no heading names it, and one behind it reports progress."""
    settled = list(columns)
    cells = {i: _cells(text, rows, i) for i, column in enumerate(columns) if column.meaning == UNKNOWN}
    texts = [i for i, own in cells.items() if own.hold("text", _MIN_CELLS, _SHARE)]
    stated = any(column.meaning in ("statement", "value") for column in columns)
    titles = [_cells(text, rows, i).length() for i, column in enumerate(columns) if column.meaning == "title"]
    main = max(texts, key=lambda i: (not _reports(cells[i]), cells[i].length()), default=None)
    if main is not None and not stated and (not titles or _says_more(cells[main], max(titles))):
        settled[main] = replace(columns[main], meaning="statement")
    if main is not None and _names_only(text, columns, rows, main - 1, cells[main]):
        settled[main - 1 : main + 1] = (
            replace(columns[main - 1], meaning="title"),
            replace(columns[main], meaning="statement"),
        )
    if not any(column.meaning == "progress" for column in columns):
        stating = [i for i, column in enumerate(settled) if column.meaning in ("statement", "title")]
        report = next(
            (i for i in texts if stating and i > stating[0] and i not in stating and _reports(cells[i])), None
        )
        if report is not None:
            settled[report] = replace(columns[report], meaning="progress")
    return tuple(replace(c, meaning="remark") if c.meaning == UNKNOWN else c for c in settled)


def _names_only(text: str, columns: Sequence[Column], rows: Sequence[Row], column: int, behind: _Cells) -> bool:
    """Tell whether the only statement column just names what the next one says: 糖业 under 办什么事."""
    if [i for i, other in enumerate(columns) if other.meaning == "statement"] != [column]:
        return False
    named = _cells(text, rows, column)
    clauses = sum(CLAUSE_MARK.search(word) is not None for word in named.words)
    return 2 * clauses < len(named.words) and _says_more(behind, named.length())


def _says_more(cells: _Cells, title: float) -> bool:
    """Tell whether cells say what is to be done in what is named beside them: far longer than titles, and no report."""
    return cells.length() >= max(_MIN_STATED, _TIMES_TITLE * title) and not _reports(cells)


def _reports(cells: _Cells) -> bool:
    """Tell whether cells say how far things went."""
    reported = sum(_REPORTED.search(word) is not None for word in cells.words)
    return cells.length() >= _MIN_REPORT and reported >= _SHARE_REPORTED * len(cells.words)
