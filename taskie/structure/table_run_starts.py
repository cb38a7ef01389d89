"""Find where the rows of a run table begin: at the numbers that go on counting, behind what can end a row.

Boundary: only the places of the numbers; headings and page furniture before them are the business of ``table_run_margins``.
"""

from __future__ import annotations

import re

from taskie.structure.bodies import looks_like_body
from taskie.structure.body_lists import NO_BODIES, BodyLists
from taskie.structure.columns import STATUS_WORDS
from taskie.structure.table_glued import fits_up_to_bodies, read_glued
from taskie.structure.table_rows import trimmed
from taskie.structure.table_run_cells import may_be_leader
from taskie.structure.table_run_header import RunHeader
from taskie.structure.times import TIME
from taskie.structure.unit_cells import bracket_at_end

_BODY_END = "局委厅办部院会署室站队司行校园镇乡县市区心府学馆所团社处科场店组盟州旗街道单位门关矿厂库企"
# How a row ends whose last cell is not told by bodies.
_ENDINGS = {
    "status": re.compile(rf"(?:{STATUS_WORDS})$"),
    "deadline": re.compile(rf"[。；）”\s\u4e00-\u9fff](?:{TIME})$"),
}
# Behind a number such a word makes it an amount.
_MEASURE = re.compile(
    r"\s?(?:个|家|项|月|日|年|%|人|亿|万|亩|户|条|处|次|期|号|元|公里|平方|吨|台|套|座|所|名|场|批|类|支|天|件|米|届|级|度|段|栋|幢|株|辆|宗|笔|份(?!额)|根|层(?!级|面)|起(?!草|步)|间|轮(?![作换])|－|—|-|周(?=[内前后岁年一时以的，。；、）)]))"
)
# 5人才引进, 8支持创业: words that only begin like a measure.
_NO_MEASURE = re.compile(
    r"\s?(?:人才|人居|人口|人民|人工智能|支持|支撑|支部|项目(?!标)|年度|日常|户籍|户厕|台账|条例|天然|场馆|场地|名师(?!傅|生)|名优|月度|"
    r"度假|亩均|个体(?!育)|个税|家庭|家政|家电|家禽|批发|批零|座谈|次生|期货|级配|米业|元宵)"
)
_FIRST_NUMBER = re.compile(r"(?<!\d)(\d{1,4})(?=[\s、.．]|[\u4e00-\u9fffA-Za-z“《])")
_FIRST_BRACKETED = re.compile(r"[\s|｜]*[（(]1[）)]")
_BRACKETED = re.compile(r"[（(](\d{1,3})[）)]")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_HEADING_AT_END = re.compile(r"\s[一二三四五六七八九十]{1,3}、[^\s]{2,40}$|\s[^\s，；]{2,24}。$")
# A page ends before the next row: 第3页 共4页, 第3页/共4页, - 3 -.
_PAGE_AT_END = re.compile(r"\s(?:第\s?\d{1,3}\s?页(?:[\s，,/]{0,2}共\s?\d{1,3}\s?页)?|[-—]\s?\d{1,3}\s?[-—])\s*$")
_MAX_TO_FIRST = 200
# A row is at least so long, and its end is looked for by its cells in no more than so many characters.
_MIN_ROW, _MAX_SEARCH = 4, 2000
# What a row ends with is told by so many characters before the next number.
_END_SEEN = 90
_MAX_BODY = 24
# Behind the bodies stands the next number, or a leader and the next number.
_REACH, _REACH_OVER_LEADER = 2, 18


def count_run_rows(text: str, header: RunHeader, end: int, lists: BodyLists = NO_BODIES) -> int:
    """Return how many rows stand behind ``header``, without reading their cells."""
    return len(row_starts(text, header, end, lists))


def row_starts(text: str, header: RunHeader, end: int, lists: BodyLists) -> list[tuple[int, int]]:
    """Return the span of each row's number, in text order: the next number each time, behind the end of a cell."""
    if _FIRST_BRACKETED.match(text, header.end, end):
        return _bracketed_starts(text, header, end, lists)
    first = _FIRST_NUMBER.search(text, header.end, min(end, header.end + _MAX_TO_FIRST))
    if not first:
        return []
    starts = [first.span()]
    value = int(first[1])
    while found := _next_number(text, value + 1, starts[-1][1], end, header, lists):
        starts.append(found)
        value += 1
    return starts


def _bracketed_starts(text: str, header: RunHeader, end: int, lists: BodyLists) -> list[tuple[int, int]]:
    """Return the span of each row's number where these stand in brackets: （1）, then （2） behind the end of a cell."""
    starts: list[tuple[int, int]] = []
    for match in _BRACKETED.finditer(text, header.end, end):
        if int(match[1]) != len(starts) + 1:
            continue
        spaced = text[match.start() - 1].isspace()
        if not starts or _can_end(text, starts[-1][1], match.start(), header, lists, spaced=spaced):
            starts.append(match.span())
    return starts


def _next_number(
    text: str, value: int, position: int, end: int, header: RunHeader, lists: BodyLists
) -> tuple[int, int] | None:
    last_word = re.escape(header.columns[-1].word)
    on_new_page = re.compile(rf"{last_word}[\s|｜]*({value})(?=\D|\d{{2,}})").search(text, position, end)
    if on_new_page:
        return on_new_page.span(1)
    printed = f"(?:{value}|{str(value).translate(_FULL_WIDTH)})"
    number = re.compile(rf"(?<![\d.．/％%xX〔（(—\-]){printed}(?![\d.．%％/‰])(?=[\s、]*[\u4e00-\u9fffA-Za-z“《x×])")
    for match in number.finditer(text, position + _MIN_ROW, end):
        spaced = text[match.start() - 1].isspace() and text[match.end() : match.end() + 1].isspace()
        if _is_amount(text, match.end()) and not spaced:
            continue
        if _can_end(text, position, match.start(), header, lists, spaced=spaced):
            return match.span()
    return _number_by_cells(text, number, position, end, header, lists)


def _is_amount(text: str, position: int) -> bool:
    """Tell whether a measure stands behind a number."""
    return _MEASURE.match(text, position) is not None and not _NO_MEASURE.match(text, position)


def _can_end(text: str, start: int, end: int, header: RunHeader, lists: BodyLists, *, spaced: bool) -> bool:
    """Tell whether a row that began before ``start`` can end at ``end``; ``spaced`` if blanks set the number there apart."""
    last = header.columns[-1].meaning
    before = text[max(start, end - _END_SEEN) : end].rstrip()
    if page := _PAGE_AT_END.search(before):
        end, before = end - len(text[max(start, end - _END_SEEN) : end]) + page.start(), before[: page.start()]
    ending = None if spaced else _ENDINGS.get(last)
    if ending and ending.search(before):
        return True
    if _behind_list(text, header, end, lists) or text[end - 1] in "\r\n":
        return True
    closed = spaced or before.endswith(("。", "）", *_BODY_END))
    return closed and (last != "unit" or _ends_in_body(before))


def _behind_list(text: str, header: RunHeader, position: int, lists: BodyLists) -> bool:
    """Tell whether a row can end at ``position``: behind a list of bodies, or behind the leader after it."""
    meanings = [column.meaning for column in header.columns[-2:]]
    if "unit" not in meanings:
        return False
    over_leader = meanings[-1] == "leader"
    found = lists.ending_within(position - (_REACH_OVER_LEADER if over_leader else _REACH), position)
    if not found:
        return False
    between = text[found[1] : position]
    return may_be_leader(between) if over_leader else not between.strip()


def _ends_in_body(before: str) -> bool:
    """Tell whether a stretch ends in a body, headings behind it passed over."""
    words = before
    if bracket_at_end(words, 0, len(words)):
        return True
    while heading := _HEADING_AT_END.search(words):
        words = words[: heading.start()].rstrip()
    last = re.split(r"[\s，。；、]", words)[-1]
    return looks_like_body(last[-_MAX_BODY:]) or (len(last) > 1 and last[-1] in _BODY_END)


def _number_by_cells(
    text: str, number: re.Pattern[str], position: int, end: int, header: RunHeader, lists: BodyLists
) -> tuple[int, int] | None:
    """Where no form tells the end of a row, its cells do: the next number up to which the row has a text for every column.

    What columns behind those of bodies hold need not have the form they ask for, if no row ends otherwise.
    """
    if header.columns[0].meaning != "number":
        return None
    columns = header.columns[1:]
    found = [
        match
        for match in number.finditer(text, position + _MIN_ROW, min(end, position + _MAX_SEARCH))
        if not _is_amount(text, match.end())
    ]
    for match in found:
        if read_glued(text, columns, *trimmed(text, position, match.start()), lists, loose=False):
            return match.span()
    for match in found:
        if fits_up_to_bodies(text, columns, *trimmed(text, position, match.start()), lists):
            return match.span()
    return None
