"""Tell the cells of one run row apart by their forms: certain ones from its end and in its middle, texts between them.

Boundary: no tagger is asked here; rows that this does not read whole are read by bodies in ``table_run_cells``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskie.structure.bodies import looks_like_body
from taskie.structure.columns import STATUS, STATUS_WORDS, Column, is_unit_list
from taskie.structure.persons import looks_like_person
from taskie.structure.responsibility import read_statement
from taskie.structure.table_rows import Cell, trimmed
from taskie.structure.times import read_time
from taskie.structure.unit_cells import bracket_at_end

_Span = tuple[int, int]

_AT_END = ("unit", "deadline", "status", "leader", "remark", "amount")
_ANCHORS = ("status", "deadline", "leader")
_PIECE = re.compile(r"\S+")
_CLAUSE_MARK = re.compile(r"[，。；]")
_STATUS_AT_END = re.compile(rf"(?:{STATUS_WORDS})$")
_STATUS_BETWEEN = re.compile(
    rf"(?<=[\s。；”）])(?:{STATUS_WORDS})(?=\s)|(?<=[。；”）])(?:{STATUS_WORDS})(?=[\u4e00-\u9fffx\d《“])"
)
_GLUED_TIME = re.compile(
    r"(?<=[。；”）])(?:(?:(?:19|20)\d{2}年)?(?:\d{1,2}月(?:\d{1,2}日|底|上旬|中旬|下旬)?前?|年底前?|全年|年内"
    r"|[一二三四]季度末?|长期坚持|持续推进))(?=[\u4e00-\u9fff\d])"
)
_TIME_PIECE = re.compile(r"[^\s。；]+")
_PERSON_BETWEEN = re.compile(
    r"(?:^|(?<=\s))(?:[\u4e00-\u9fff·]{2,4}|[\u4e00-\u9fff]{1,3}[xX×]{1,3}|[\u4e00-\u9fff][ \u3000]{1,2}[\u4e00-\u9fff])(?=\s)"
)
# Bodies behind a sentence with nothing between: they begin with a place or a level of government.
# A degree of completion, masked or not: 。x%市水务局 has no body x%市水务局.
_DEGREE = r"(?:\d[\d.]{0,5}|[xX×][xX×.]{0,4})[%％]"
_DEGREE_AT_END = re.compile(rf"(?<=[\s。；）”]){_DEGREE}$")
_BODIES_BEHIND_MARK = re.compile(
    rf"(?:(?<=[。；）”])(?!{_DEGREE})|(?<=[%％]))([省市县区州镇乡国各团中xX×][^，。；：]{{1,60}})$"
)
_BODIES_BEHIND_WORD = re.compile(
    rf"(?<=[。；）”是否进成])(?!{_DEGREE})([省市县区州镇乡国各团中xX×][^，。；：\s]{{2,60}})$"
)
_MAX_BEHIND_WORD = 120
# Pieces of a list of bodies that blanks tore.
_MAX_PIECE, _MAX_TORN, _MAX_REST = 14, 40, 8
# Where two texts part, the best border first: a gap behind a sentence or a wide one, any gap, the end of a sentence.
_SENTENCE_GAP = re.compile(r"(?<=[。；])\s+|\s{2,}")
_ANY_GAP = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"(?<=。)")


def cells_by_form(text: str, columns: Sequence[Column], start: int, end: int) -> list[Cell]:
    """Return the cells of ``text[start:end]`` under ``columns``, a first column of numbers aside, in text order."""
    rest = list(range(1 if columns[0].meaning == "number" else 0, len(columns)))
    tail: list[Cell] = []
    while rest and columns[rest[-1]].meaning in _AT_END:
        found = _last_cell(text, columns, rest, *trimmed(text, start, end))
        last = rest.pop()
        if found:
            tail.append((last, *found))
            end = found[0]
    return sorted([*_middle(text, columns, rest, start, end), *tail], key=lambda cell: cell[1])


def _last_cell(text: str, columns: Sequence[Column], rest: Sequence[int], start: int, end: int) -> _Span | None:
    """Return the span of the last cell if it holds what its column should."""
    meaning = columns[rest[-1]].meaning
    if meaning == "unit":
        return _units_at_end(text, start, end, single=len(rest) > 1 and columns[rest[-2]].meaning == "unit")
    begin = max(text.rfind(" ", start, end), text.rfind("\u3000", start, end), start - 1) + 1
    if meaning == "status":
        match = _STATUS_AT_END.search(text[start:end])
        parted = match and (begin in (start, start + match.start()) or STATUS.match(text[begin:end]))
        return (start + match.start(), end) if match and parted else None
    if meaning == "amount":
        degree = _DEGREE_AT_END.search(text[start:end])
        return (start + degree.start(), end) if degree else None
    if meaning == "deadline":
        return (begin, end) if read_time(text, begin, end) else None
    if meaning == "leader":
        return (begin, end) if looks_like_person(text[begin:end]) else None
    return None


def _units_at_end(text: str, start: int, end: int, *, single: bool) -> _Span | None:
    """Take as many pieces from the end as are bodies; without spaces, the longest run of names behind a full stop.

    ``single`` stops at the first piece that is a list of bodies, where another unit column stands before it.
    """
    bracket = bracket_at_end(text, start, end)
    if bracket and read_statement(text, bracket[0] + 1, end - 1, bracketed=True).units:
        return bracket
    begin = None
    for piece in reversed(list(_PIECE.finditer(text, start, end))):
        whole = text[piece.start() : end]
        if _is_of_list(piece[0], whole, begun=begin is not None):
            begin = piece.start()
            if single and is_unit_list(whole):
                break
        elif (glued := _BODIES_BEHIND_MARK.search(piece[0])) and is_unit_list(glued[1]):
            return piece.start() + glued.start(1), end
        elif begin is None and is_unit_list(whole) and len(piece[0]) <= _MAX_TORN:
            begin = piece.start()  # a lost character tore the last name
        elif begin is not None or len(piece[0]) > _MAX_REST or _CLAUSE_MARK.search(whole):
            break
    return _units_behind_word(text, start, end) if begin is None else (begin, end)


def _is_of_list(piece: str, whole: str, *, begun: bool) -> bool:
    """Tell whether a piece is bodies, or with those behind it makes up such a list."""
    goes_on = begun and is_unit_list(whole) and len(piece) <= _MAX_PIECE and not _CLAUSE_MARK.search(piece)
    return is_unit_list(piece) or goes_on


def _units_behind_word(text: str, start: int, end: int) -> _Span | None:
    match = _BODIES_BEHIND_WORD.search(text[max(start, end - _MAX_BEHIND_WORD) : end])
    return (end - len(match[1]), end) if match and is_unit_list(match[1]) else None


def _middle(text: str, columns: Sequence[Column], rest: Sequence[int], start: int, end: int) -> list[Cell]:
    """Cut what is left at status words, deadlines and leaders; what lies between them is text."""
    start, end = trimmed(text, start, end)
    if not rest or start >= end:
        return []
    for n, k in enumerate(rest):
        found = _anchor(text, columns[k].meaning, start, end, first=n == 0)
        if found:
            before = _middle(text, columns, rest[:n], start, found[0])
            return [*before, (k, *found), *_middle(text, columns, rest[n + 1 :], found[1], end)]
    texts = [k for k in rest if columns[k].meaning not in (*_ANCHORS, "unit")]
    return _split_texts(text, texts or list(rest[:1]), start, end)


def _anchor(text: str, meaning: str, start: int, end: int, *, first: bool) -> _Span | None:
    """Return the first stretch that can be nothing but a cell of this meaning; only under the ``first`` column it may begin the row."""
    if meaning == "status":
        match = _STATUS_BETWEEN.search(text, start, end)
    elif meaning == "deadline":
        pieces = _TIME_PIECE.finditer(text, start, end)
        match = next((p for p in pieces if p.start() > start and read_time(text, *p.span())), None)
        match = match or _GLUED_TIME.search(text, start + 1, end)
    elif meaning == "leader":
        match = _PERSON_BETWEEN.search(text, start, end)
        if match and (match.start() == start and not first or looks_like_body(match[0])):
            return None
    else:
        return None
    return match.span() if match else None


def _split_texts(text: str, columns: Sequence[int], start: int, end: int) -> list[Cell]:
    """Part a stretch into texts, one a column, as long as there are borders to part it at."""
    cells = []
    *earlier, last = columns
    for k in earlier:
        gap = (
            _SENTENCE_GAP.search(text, start, end)
            or _ANY_GAP.search(text, start, end)
            or _SENTENCE_END.search(text, start + 1, end)
        )
        if not gap or gap.end() >= end:
            last = k
            break
        cells.append((k, *trimmed(text, start, gap.start())))
        start = gap.end()
    cells.append((last, *trimmed(text, start, end)))
    return [cell for cell in cells if cell[1] < cell[2]]
