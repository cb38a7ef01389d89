"""Part a unit cell from the cell before it, where a run row gives no more than a blank between a word and the bodies.

Boundary: the cells of the row are read; this only gives back what a unit cell took in of the column before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskie.structure.bodies import looks_like_body
from taskie.structure.body_lists import BodyLists
from taskie.structure.columns import STATUS, Column
from taskie.structure.table_rows import Cell

# Columns whose cells are a word or two, which form does not always tell from the beginning of a name.
_SHORT = ("status", "remark", "leader", "deadline", "amount")
_WORDS_BEFORE = re.compile(r"[^\s、，。；：（()）]{1,12}(?=\s)")
# 市生态 环境局 is one name with a lost character: such words begin a body.
_BEGINS_BODY = re.compile(r"[省市县区州盟旗镇乡村国各团师兵中xX×]")


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


def _is_apart(text: str, stop: int, end: int, words: str, lists: BodyLists) -> bool:
    if STATUS.match(words):
        return True
    begins = any(a == _behind_blanks(text, stop) for a, _ in lists.bodies_inside(stop, end))
    return begins and not looks_like_body(words) and not _BEGINS_BODY.match(words)


def _behind_blanks(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position
