"""Part a unit cell from the cell before it, where a run row gives no more than a blank between its words and the bodies.

Boundary: the cells of the row are read; this only gives back what a unit cell took in of the column before, or the other
way round.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskie.structure.bodies import looks_like_body
from taskie.structure.body_lists import BodyLists
from taskie.structure.columns import STATUS, Column
from taskie.structure.role_words import LEADS
from taskie.structure.table_rows import Cell, trimmed
from taskie.structure.unit_cells import end_of_labelled

# Columns whose cells are a word or two, which form does not always tell from the beginning of a name.
_SHORT = ("status", "remark", "leader", "deadline", "amount")
_WORDS_BEFORE = re.compile(r"[^\s、，。；：（()）]{1,12}(?=\s)")
# 市生态 环境局 is one name with a lost character: such words begin a body.
_BEGINS_BODY = re.compile(r"[省市县区州盟旗镇乡村国各团师兵中xX×]")

# 牵头领导：某某。牵头责任单位： with nothing behind it.
_LABEL_AT_END = re.compile(
    r"(?:(?:牵头|责任|分管|包保)领导[:：][^，。；：\s]{1,12}[。；]\s*)?"
    rf"(?:{LEADS}|责任|承办|落实)(?:责任)?(?:单位|部门|科室|处室)[:：]\s*$"
)


def without_words_before(text: str, columns: Sequence[Column], cells: Sequence[Cell], lists: BodyLists) -> list[Cell]:
    """Return ``cells`` with the word before the bodies of a unit cell under the column before, if that one is blank.

    It is no part of the bodies if it is a status word, or if the bodies that a tagger found begin behind it.
    """
    parted: list[Cell] = []
    filled = {index for index, _, _ in cells}
    for index, start, end in cells:
        before = columns[index - 1].meaning if index else ""
        words = _WORDS_BEFORE.match(text, start, end)
        if (
            words
            and columns[index].meaning == "unit"
            and before in _SHORT
            and index - 1 not in filled
            and _is_apart(text, words.end(), end, words[0], lists)
        ):
            parted += [(index - 1, *words.span()), (index, _behind_blanks(text, words.end()), end)]
        else:
            parted.append((index, start, end))
    return parted


def with_labels(text: str, columns: Sequence[Column], cells: Sequence[Cell], end: int, lists: BodyLists) -> list[Cell]:
    """Return ``cells`` with the labels of a unit cell in it, and the bodies behind further ones.

    牵头单位：县水务局。协办单位：县财政局 is one cell. ``end`` is that of the row.
    """
    joined: list[Cell] = []
    begin = 0
    for index, start, stop in cells:
        start = max(start, begin)
        before = joined[-1] if joined else None
        label = before and columns[index].meaning == "unit" and _LABEL_AT_END.search(text, before[1], start)
        if before and label and before[1] < label.start():
            joined[-1] = (before[0], *trimmed(text, before[1], label.start()))
            stop = max(stop, end_of_labelled(text, label.end(), end, lists) or stop)
            start, begin = label.start(), _behind_marks(text, stop, end)
        if start < stop:
            joined.append((index, start, stop))
    return joined


def _is_apart(text: str, stop: int, end: int, words: str, lists: BodyLists) -> bool:
    if STATUS.match(words):
        return True
    begins = any(a == _behind_blanks(text, stop) for a, _ in lists.bodies_inside(stop, end))
    return begins and not looks_like_body(words) and not _BEGINS_BODY.match(words)


def _behind_marks(text: str, position: int, end: int) -> int:
    while position < end and (text[position].isspace() or text[position] in "。.；;"):
        position += 1
    return position


def _behind_blanks(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position
