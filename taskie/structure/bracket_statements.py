"""Find statements of responsibility in brackets: （牵头单位：县水务局）, （县水务局、县财政局）.

Boundary: which brackets state one; those on lines are found by ``line_statements``.
"""

from __future__ import annotations

from taskie.structure.bodies import split_units
from taskie.structure.brackets import BRACKETS, find_closing_bracket
from taskie.structure.numbering import read_number
from taskie.structure.reading import Reading
from taskie.structure.responsibility import read_statement
from taskie.structure.responsibility_statement import PlacedStatement, Statement

_MAX_BRACKET = 600
_MAX_UNCLOSED = 160
# Brackets that name who is responsible before the item's words: 【县水务局】清淤三段。
_OPENING_ITEM = "【〔[［"


def find_in_brackets(text: str, start: int, end: int, reading: Reading) -> list[PlacedStatement]:
    """Read the outermost brackets; a bare list of bodies counts only at the end of a paragraph."""
    found = []
    position = start
    while position < end:
        if text[position] not in BRACKETS:
            position += 1
            continue
        stop = find_closing_bracket(text, position, min(end, position + _MAX_BRACKET))
        if stop is None:
            if unclosed := _unclosed(text, position, end):
                found.append(unclosed)
                break
            position += 1
            continue
        ends_paragraph = _ends_paragraph(text, stop + 1, end) or (position == start and text[position] in _OPENING_ITEM)
        # A bare list needs a body that the tagger knows, if it was asked: （上游段） is none.
        bare = ends_paragraph and (not reading.lists.bodies or bool(reading.lists.bodies_inside(position + 1, stop)))
        statement = read_statement(text, position + 1, stop, bare=bare, bracketed=True)
        ends_sentence = ends_paragraph or text[position - 1 : position] in ("。", "；", "！")
        if not statement and ends_sentence and reading.lists.covers(text, position + 1, stop):
            statement = Statement(split_units(text, position + 1, stop, role="responsible", source="sentence"))
        if statement and (statement.units or statement.leaders or ends_paragraph):
            found.append(PlacedStatement(position, stop + 1, statement))
            position = stop + 1
        else:
            position += 1
    return found


def _unclosed(text: str, position: int, end: int) -> PlacedStatement | None:
    """Read a bracket behind a sentence's end that nothing closes: its other half was lost, it goes on to the end."""
    stop = position + len(text[position:end].rstrip())
    words = text[position + 1 : stop]
    if text[position - 1 : position] not in ("。", "；", "\n") or len(words) > _MAX_UNCLOSED or "。" in words[:-1]:
        return None
    statement = read_statement(text, position + 1, stop, bracketed=True)
    return PlacedStatement(position, stop, statement) if statement.units else None


def _ends_paragraph(text: str, position: int, end: int) -> bool:
    while position < end and text[position] in " \t\u3000。；;，,":
        position += 1
    return (
        position >= end
        or text[position] in "\r\n\u2028"
        or text[position] in BRACKETS
        or read_number(text, position) is not None
    )
