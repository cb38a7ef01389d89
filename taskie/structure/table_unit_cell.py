"""Read one unit cell: the bodies it lists, with the roles that it says itself or else that of its column.

Boundary: the cell is given; where a cell of bodies can lie in a row without marks is the business of ``unit_cells``, what
else names the units of a row that of ``table_units``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from taskie.records import TextSpan, Unit
from taskie.structure.bodies import split_units
from taskie.structure.body_lists import BodyLists
from taskie.structure.columns import is_none
from taskie.structure.embedded import find_closing
from taskie.structure.line_statements import looks_like_prose
from taskie.structure.reading import Reading
from taskie.structure.responsibility import read_statement
from taskie.structure.responsibility_words import states_responsibility
from taskie.structure.role_words import HELPS, LEADS

# Who leads or sees to a part stands in a bracket before the others: [县住建局牵头]县财政局, （验收由建管科协调）县水务局.
_LEADING_BRACKET = re.compile(
    rf"\s*[（(〔\[［【]([^（）()〔〕\[\]［］【】]{{2,60}}(?:{LEADS}|{HELPS}|负责|协调))[）)〕\]］】]\s*(?=\S)"
)
# 县水务局（责任领导：某某；责任科室：水保科）, 建管科（县住建局主办，县城管局（执法大队）协办）
_LABELLED_BRACKET = re.compile(
    r"(?<=[\u4e00-\u9fff）)])[（(](?:[^（）()]{1,12}[:：][^（）()]*"
    rf"|(?:[^（）()]|[（(][^（）()]*[）)]){{2,120}}(?:{LEADS}|{HELPS}))[）)]\s*$"
)
_SAYS_ROLES = re.compile(rf"[:：]|(?:{LEADS}|负责|承办|协调|{HELPS})(?:[，,；;。]|[）)〕\]］】]?$)")
# What a unit cell may say of the rows below it: （以下各项均需各县（区）参与，不再列出）.
_FOR_ALL = re.compile(r"[（(〔]以下(?:[^（）()]|[（(][^（）()]*[）)])*不再列出[）)〕]\s*$")
_LATER_LINE = re.compile(r"\n([^\n]+)")
_TIME_LABEL = re.compile(r"(?:时限|期限|时间|节点)[:：]")


def read_unit_cell(text: str, start: int, end: int, role: str, reading: Reading) -> tuple[Unit, ...]:
    """Return the units of the cell ``text[start:end]``; ``role`` holds where labels and verbs inside it say no other."""
    if is_none(text[start:end]):
        return ()
    end = _before_note(text, start, end)
    for_all = _FOR_ALL.search(text, start, end)
    end = for_all.start() if for_all and for_all.start() > start else end
    leading = _LEADING_BRACKET.match(text, start, end)
    if leading and (led := read_statement(text, *leading.span(1), bracketed=True).units):
        return *_from_column(led), *read_unit_cell(text, leading.end(), end, role, reading)
    if spoken := find_closing(text, start, end, reading.lists):
        return _from_column(spoken)
    if labelled := _LABELLED_BRACKET.search(text, start, end):
        named = split_units(text, start, labelled.start(), role=role, source="column")
        stated = read_statement(text, labelled.start() + 1, labelled.end() - 1, bracketed=True).units
        return *named, *_from_column(stated)
    if _SAYS_ROLES.search(text[start:end].rstrip()) and (stated := _stated(text, start, end, role)):
        return stated
    listed = split_units(text, start, end, role=role, source="column")
    return split_at_blanks(text, listed, reading.lists) if "\n" in text[start:end] else listed


def _before_note(text: str, start: int, end: int) -> int:
    """Return where a cell ends if a note stands on a line of its own behind it: 县水务局⏎本表按季更新，逾期不报的予以通报。"""
    for line in _LATER_LINE.finditer(text, start, end):
        words = line[1].rstrip()
        if words.endswith("。") and looks_like_prose(words) and not states_responsibility(text, *line.span(1)):
            return line.start()
    return end


def _stated(text: str, start: int, end: int, role: str) -> tuple[Unit, ...]:
    """Read the cell as an attribution: 牵头：…责任：…; 由…会同…办理."""
    units = read_statement(text, *_inside_bracket(text, start, end), bracketed=True).units
    if role == "cooperating" and all(unit.role == "responsible" for unit in units):
        units = tuple(replace(unit, role=role) for unit in units)  # 按职责分工负责 in a column of helpers
    return _from_column(units)


def _from_column(units: Iterable[Unit]) -> tuple[Unit, ...]:
    return tuple(replace(unit, source="column") for unit in units)


def read_deadline_beside_units(text: str, start: int, end: int) -> TextSpan | None:
    """Return the time that a unit cell says under a label of its own: （县水务局牵头；完成时限：6月底）."""
    if not _TIME_LABEL.search(text[start:end]):
        return None
    return read_statement(text, *_inside_bracket(text, start, end), bracketed=True).deadline


def _inside_bracket(text: str, start: int, end: int) -> tuple[int, int]:
    """Take off the bracket that a whole cell stands in, or the half of it that was not lost."""
    if text[start] in "（(〔[［" and text[end - 1] in "）)〕]］" and _is_one_bracket(text[start:end]):
        return start + 1, end - 1
    opened, closed = (sum(map(text[start:end].count, brackets)) for brackets in ("（(", "）)"))
    return start + (opened > closed and text[start] in "（("), end - (closed > opened and text[end - 1] in "）)")


def _is_one_bracket(words: str) -> bool:
    """Tell whether the bracket that opens ``words`` is the one that closes them."""
    depth = 0
    for place, c in enumerate(words):
        depth += (c in "（(〔[［") - (c in "）)〕]］")
        if depth <= 0:
            return place == len(words) - 1
    return False


def split_at_blanks(text: str, units: Iterable[Unit], lists: BodyLists) -> tuple[Unit, ...]:
    """Split units that are known bodies with only blanks between them; a blank within one body is a lost character."""
    split: list[Unit] = []
    for unit in units:
        inside = lists.bodies_inside(unit.start, unit.end)
        whole = inside and inside[0][0] == unit.start and inside[-1][1] == unit.end
        blank = all(text[a[1] : b[0]].isspace() for a, b in zip(inside, inside[1:], strict=False))
        if len(inside) > 1 and whole and blank:
            split += [replace(unit, name="".join(text[a:b].split()), start=a, end=b) for a, b in inside]
        else:
            split.append(unit)
    return tuple(split)
