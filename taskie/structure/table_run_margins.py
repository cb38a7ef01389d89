"""Tell what stands between the rows of a run table and is none of their cells: headings, page furniture, the header again.

Boundary: the row before reaches to the number of the next one, or to the end of the table; its cells are read elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import replace

from taskie.records import Unit
from taskie.structure.attributions import find_attributions
from taskie.structure.body_lists import BodyLists
from taskie.structure.columns import kind_of_cell, known_columns
from taskie.structure.reading import PLAIN
from taskie.structure.table_run_header import RunHeader

_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、")
# A heading at the end of a row: 二、…, （二）… or a short sentence.
_HEADING_AT_END = re.compile(
    r"\s(?:[一二三四五六七八九十]{1,3}、[^\s，；]{2,40}|（[一二三四五六七八九十]{1,3}）[^\s，；]{2,40}|[^\s，；：、]{2,24}。)$"
)
# A row is at least so long without the headings at its end.
_MIN_ROW = 6
_CATEGORY_AT_END = re.compile(r"(?<=\S)\s+([\u4e00-\u9fff]{2,12})$")
_MAX_CATEGORY = 14
_KINDS = ("unit", "status", "deadline", "leader")
_MIN_HEADING, _MAX_HEADING = 2, 60
_PAGE = re.compile(
    r"\s(?:[小合总]\s?计\s|下载|打印|关闭窗口|浏览次数|【|第\s?\d+\s?页|注[:：]|(?:填[表报]|编制)说明[:：])|(?:【|[注备]注?[:：]|第\s?\d+\s?页)"
)
# The words of a page are looked for in so many characters at the end of a row whose bodies are not known.
_PAGE_REACH = 120


def headings_before(text: str, start: int, end: int) -> tuple[str, ...]:
    """Return what stands between the header and the first number, if it is as long as a heading."""
    words = " ".join(text[start:end].split()).strip("|｜ ")
    return (words,) if _MIN_HEADING <= len(words) <= _MAX_HEADING else ()


def cut_headings(text: str, start: int, end: int) -> tuple[int, tuple[str, ...]]:
    """Return the end of the row ``text[start:end]`` without the headings of the rows below, and those headings."""
    taken: list[str] = []
    stop = end
    while True:
        words = text[start:stop].rstrip()
        match = _HEADING_AT_END.search(words)
        if not match or match.start() < _MIN_ROW:
            return start + len(words), tuple(reversed(taken))
        taken.append(match[0].strip())
        stop = start + match.start()


def units_named(text: str, start: int, end: int) -> tuple[Unit, ...]:
    """Return the units that the headings in ``text[start:end]`` name for the rows below them: （本板块均由县水务局主责）."""
    found = (unit for a in find_attributions(text, start, end, PLAIN) for unit in a.units)
    return tuple(replace(unit, source="inherited") for unit in found)


def cut_category(text: str, start: int, end: int, header: RunHeader) -> tuple[int, tuple[str, ...]]:
    """Return the end of the row ``text[start:end]`` without the category of the next one, and that category.

    It stands before a row's number if its column does. It is the word too many where blanks part the cells, or a word
    behind what the last column asks for that is nothing of the kind.
    """
    match = _CATEGORY_AT_END.search(text, start, end)
    if not match or not _begins_with_category(text, header):
        return end, ()
    words = text[start : match.start()].split()
    if not words:
        return end, ()
    kind = header.columns[-1].meaning
    behind_last = kind in _KINDS and kind_of_cell(words[-1]) == kind != kind_of_cell(match[1])
    if len(words) != len(header.columns) - 1 and not behind_last:
        return end, ()
    return match.start(), (match[1],)


def _begins_with_category(text: str, header: RunHeader) -> bool:
    """Tell whether the word before the header is that of a column of categories: 类别 before 序号."""
    before = text[max(0, header.start - _MAX_CATEGORY) : header.start].rstrip("|｜ \u3000")
    return any(column.meaning == "category" and before.endswith(word) for word, column in known_columns().items())


def headings_in_force(before: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    """A numbered heading begins anew; a sentence stands below the numbered one in force."""
    if not new or _NUMBERED.match(new[0]):
        return new or before
    return (*[heading for heading in before if _NUMBERED.match(heading)][:1], *new)


def without_page(text: str, header: RunHeader, start: int, end: int, lists: BodyLists) -> int:
    """Return the end of a row without page furniture and a repeated header: what follows its last bodies from such a word on."""
    known = lists.inside(start, end)
    begin = known[0][1] if known else max(start, end - _PAGE_REACH)
    repeated = text.find(header.columns[0].word, begin, end)
    page = _PAGE.search(text, begin, end)
    stops = [p for p in (repeated, page.start() if page else -1) if p >= begin]
    if not stops:
        return end
    stop = min(stops)
    # What stands on lines of its own between the row and the page's words is the caption again.
    line_end = text.find("\n", max([b for _, b in known if b <= stop], default=stop), stop)
    return start + len(text[start : line_end if line_end >= 0 else stop].rstrip())
