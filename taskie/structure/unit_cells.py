"""Find what can stand in a unit cell of a row whose cells nothing parts: lists of bodies, attributions in brackets or by labels.

Boundary: where such stretches lie; which of them is the cell is told by the row as a whole in ``table_glued``.
"""

from __future__ import annotations

import re

from taskie.structure.body_lists import BodyLists
from taskie.structure.responsibility import read_statement
from taskie.structure.role_words import HELPS, LEADS

_BRACKET = re.compile(r"[（(〔\[［](?:[^（）()〔〕\[\]［］]|[（(][^（）()]*[）)]){4,160}[）)〕\]］]")
# 牵头领导：某某。牵头责任单位：
_LABEL = re.compile(
    r"(?:(?:牵头|责任|分管|包保)领导[:：][^，。；：]{1,12}[。；])?"
    rf"(?:{LEADS}|责任|承办|落实)(?:责任)?(?:单位|部门|科室|处室)?[:：]\s*(?=[\u4e00-\u9fffxX×])"
)
_FURTHER = re.compile(rf"[。；;，,]?\s*(?:{HELPS}|责任|承办|落实)(?:责任)?(?:单位|部门|科室|处室)?[:：]\s*")
# A row that ends in an attribution in brackets, whatever stands behind its verb: （县水务局牵头落实，年底前）.
_BRACKET_AT_END = re.compile(
    rf"[（(〔\[［][^〔〕\[\]［］。]{{0,6}}[^〔〕\[\]［］]{{2,200}}?(?:{LEADS}|负责|落实|列出|承办|{HELPS})[^〔〕\[\]［］（(]{{0,8}}[）)〕\]］]$"
)


def bracket_at_end(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the attribution in brackets that ``text[start:end]`` ends with."""
    match = _BRACKET_AT_END.search(text, start, end)
    return match.span() if match else None


def unit_cells(text: str, start: int, end: int, lists: BodyLists) -> list[tuple[int, int]]:
    """Return the stretches of ``text[start:end]`` that can be a unit cell, in text order."""
    found = set(lists.inside(start, end))
    for match in _BRACKET.finditer(text, start, end):
        if read_statement(text, match.start() + 1, match.end() - 1, bracketed=True).units:
            found.add(match.span())
    for match in _LABEL.finditer(text, start, end):
        stop = end_of_labelled(text, match.end(), end, lists)
        if stop is not None:
            found.add((match.start(), stop))
    return sorted(found)


def end_of_labelled(text: str, position: int, end: int, lists: BodyLists) -> int | None:
    """Return where the list behind a label ends, or the last of the lists behind further labels."""
    stop = None
    for a, b in lists.inside(position, end):
        if a != position:
            break
        stop = b
        further = _FURTHER.match(text, b, end)
        if not further:
            break
        position = further.end()
    return stop
