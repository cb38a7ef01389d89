"""Settle what the columns of a table mean where their header words leave it open: title or statement, progress or status.

Boundary: this weighs the cells of all rows of one table; what a header word says by itself is the business of ``columns``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from taskie.structure.columns import STATUS, Column, is_none
from taskie.structure.table_rows import Row
from taskie.structure.table_unknown import CLAUSE_MARK, told_by_cells
from taskie.structure.titles import MAX_TITLE

_CONTENT = ("title", "statement", "value")
_GOAL_WORDS = re.compile("目标|指标|任务|要求")
# 新造林3600亩 beside steps is only the figure.
_MIN_GOAL = 20


def settled_columns(text: str, columns: Sequence[Column], rows: Sequence[Row]) -> tuple[Column, ...]:
    """Return the columns with the meanings that ``rows`` show."""
    told = told_by_cells(text, columns, rows)
    return _with_status(text, _with_one_statement(text, told, rows), rows)


def _with_one_statement(text: str, columns: Sequence[Column], rows: Sequence[Row]) -> tuple[Column, ...]:
    """Of several content columns one is the statement; those before it are titles, those behind it goals or remarks."""
    content = [i for i, column in enumerate(columns) if column.meaning in _CONTENT]
    settled = list(columns)
    if not content:
        return tuple(settled)
    main, statements = _statement_columns(text, columns, rows, content)
    for i in content:
        beside = "goal" if i in statements else "title" if i < main else "remark"
        settled[i] = replace(columns[i], meaning="statement" if i == main else beside)
    return tuple(settled)


def _statement_columns(
    text: str, columns: Sequence[Column], rows: Sequence[Row], content: Sequence[int]
) -> tuple[int, list[int]]:
    """Return the column that says what is to be done, and all that state something."""
    statements = [i for i in content if columns[i].meaning == "statement"] or [_longest(rows, content)]
    titles = [i for i in content if columns[i].meaning == "title"]
    if titles and (_holds_sentences(text, rows, titles[0]) or _says_more(text, rows, titles[0], statements)):
        return titles[0], [titles[0], *statements]  # a "title" of whole sentences is what is to be done
    if len(statements) == 1:
        return statements[0], statements
    goal = _goal_column(columns, rows, statements)
    return (_longest(rows, statements) if goal is None else goal), statements


def _longest(rows: Sequence[Row], among: Sequence[int]) -> int:
    """Return the column with the most text; of equals the first."""
    return max(among, key=lambda i: sum(end - start for row in rows for index, start, end in row.cells if index == i))


def _goal_column(columns: Sequence[Column], rows: Sequence[Row], statements: Sequence[int]) -> int | None:
    """Of filled statement columns return the first one named after goals, where others are named after steps (推进措施)."""
    filled = {index for row in rows for index, _, _ in row.cells}
    own = [i for i in statements if i in filled]
    goals = [i for i in own if _GOAL_WORDS.search(columns[i].word)]
    if not goals or len(goals) == len(own):
        return None
    lengths = [end - start for row in rows for index, start, end in row.cells if index == goals[0]]
    return goals[0] if sum(lengths) >= _MIN_GOAL * len(lengths) else None


def _holds_sentences(text: str, rows: Sequence[Row], column: int) -> bool:
    """Tell whether the cells of a column are longer than titles are, and most have clauses."""
    cells = [text[start:end] for row in rows for index, start, end in row.cells if index == column]
    clauses = sum(1 for cell in cells if CLAUSE_MARK.search(cell))
    return sum(map(len, cells)) > MAX_TITLE * len(cells) and 2 * clauses > len(cells)


def _says_more(text: str, rows: Sequence[Row], title: int, statements: Sequence[int]) -> bool:
    """Tell whether a "title" is sentences, most with their full stop, and longer than what stands under ``statements``."""
    own = [text[a:b].strip() for row in rows for index, a, b in row.cells if index == title]
    others = sum(b - a for row in rows for index, a, b in row.cells if index in statements)
    sentences = sum(1 for cell in own if cell.endswith("。") and CLAUSE_MARK.search(cell[:-1]))
    return 2 * sentences > len(own) and sum(map(len, own)) > others


def _with_status(text: str, columns: Sequence[Column], rows: Sequence[Row]) -> tuple[Column, ...]:
    """A column of progress (完成情况) that holds status words only is one of status."""
    settled = list(columns)
    for i, column in enumerate(columns):
        cells = [text[start:end].strip() for row in rows for index, start, end in row.cells if index == i]
        if column.meaning == "progress" and len(cells) > 1 and all(STATUS.match(c) or is_none(c) for c in cells):
            settled[i] = replace(column, meaning="status")
    return tuple(settled)
