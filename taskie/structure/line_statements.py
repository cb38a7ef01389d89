"""Find statements of responsibility without brackets: labels on lines or behind a sentence, and sentences such as 由A牵头。

Boundary: lines of one item; those in brackets are found by ``bracket_statements``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from taskie.structure.bodies import looks_like_body, split_units
from taskie.structure.brackets import BRACKETS, is_inside_bracket
from taskie.structure.embedded import find_closing
from taskie.structure.items import Line, read_lines
from taskie.structure.learned import LearnedWords, active_words
from taskie.structure.numbering import read_number
from taskie.structure.reading import Reading
from taskie.structure.reports import progress_start
from taskie.structure.responsibility import FULL_STOP, read_statement
from taskie.structure.responsibility_statement import PlacedStatement, Statement
from taskie.structure.responsibility_words import states_responsibility
from taskie.structure.role_words import HELPS, LEADS

_INLINE_LABEL = re.compile(
    rf"(?<=[。；;\s）)])(?:[—–―－-]{{1,2}}\s?)?(?=(?:{LEADS}|责任|{HELPS}|承办|落实|起草|经办)[^，。；：:\s]{{0,6}}(?:[:：]|(?<=[位门室])为)|督[办导查](?:单位|部门|[科处]室)[:：]|(?:牵头|责任|包保|分管)(?:领导|人)[:：]|完成(?:时限|时间|期限)[:：])"
)
# A learned label stands behind a sentence as the others do.
_LEARNED_INLINE = r"(?<=[。；;\s）)])(?:{words})[:：]"
_DASH = re.compile(r"[—–－-]{1,2}\s*")


def find_on_lines(text: str, start: int, end: int, reading: Reading) -> list[PlacedStatement]:
    """Read labels without brackets, on lines of their own or behind a sentence, and sentences such as 由A牵头。"""
    found = []
    lines = read_lines(text, start, end)
    i = 0
    while i < len(lines):
        line = lines[i]
        opening = _opening(text, line) if not i else None
        if opening:
            found.append(opening)
        begin = _label_start(text, line)
        if begin is None:
            found.extend(_dashed(text, line, reading) or _sentence(text, line, reading))
            i += 1
            continue
        stop = line.end
        while i + 1 < len(lines) and _list_goes_on(text, lines[i].start, stop, lines[i + 1], reading):
            i += 1
            stop = lines[i].end
        stop = _statement_end(text, begin, stop)
        statement = read_statement(text, begin, stop)
        if statement:
            found.append(PlacedStatement(begin, stop, statement))
        i += 1
    return found


def _opening(text: str, line: Line) -> PlacedStatement | None:
    """Read who leads and helps before a colon that opens an item: 县水务局牵头，县财政局配合：清淤三段。"""
    colon = _OPENING.match(text, line.start, line.end)
    statement = read_statement(text, line.start, colon.end() - 1) if colon else Statement()
    return PlacedStatement(line.start, colon.end(), statement) if colon and statement.units else None


_OPENING = re.compile(rf"[^。；;：:（(]{{3,60}}(?:{LEADS}|负责|{HELPS}|落实)[:：](?=.{{6}})")


def _statement_end(text: str, begin: int, stop: int) -> int:
    """Return where labels end and the item goes on: 责任单位：县水务局。另行修复护岸…. Every sentence of them has a label.

    What is reported behind them has one too (责任：县水务局　进度：…).
    """
    stop = progress_start(text, begin, stop) or stop
    for full_stop in FULL_STOP.finditer(text, begin, stop - _LEAST_BEHIND):
        behind = full_stop.end()
        if not states_responsibility(text, behind, stop) and looks_like_prose(text[behind:stop]):
            return behind
    return stop


_LEAST_BEHIND = 12


def looks_like_prose(words: str) -> bool:
    """Tell whether words behind an attribution are a sentence of their own and no more bodies."""
    first = re.split(r"[，。；,;]", words, maxsplit=1)[0]
    return "，" in words and not looks_like_body(re.split("[、和]", first)[-1])


def _dashed(text: str, line: Line, reading: Reading) -> list[PlacedStatement]:
    """Read a line that a dash opens and that names bodies and nothing else: ——县水务局、县财政局."""
    dash = _DASH.match(text, line.start, line.end)
    if not dash or not reading.lists.covers(text, dash.end(), line.end):
        return []
    units = split_units(text, dash.end(), line.end, role="responsible", source="sentence")
    return [PlacedStatement(line.start, line.end, Statement(units))] if units else []


def _label_start(text: str, line: Line) -> int | None:
    if text[line.start] in BRACKETS:
        return None
    if states_responsibility(text, line.start, line.end):
        return line.start
    match = _inline_label(active_words()).search(text, line.start, line.end)
    if match and not is_inside_bracket(text, line.start, match.start()):
        return match.start()
    return None


@lru_cache(maxsize=16)
def _inline_label(words: LearnedWords) -> re.Pattern[str]:
    if not words.labels:
        return _INLINE_LABEL
    learned = "|".join(re.escape(word) for word, _ in words.labels)
    return re.compile(f"{_INLINE_LABEL.pattern}|{_LEARNED_INLINE.format(words=learned)}")


def _list_goes_on(text: str, begin: int, stop: int, line: Line, reading: Reading) -> bool:
    """A unit list may be wrapped: it goes on after 、 or ，, or behind a line that fills the page's width."""
    if (
        read_number(text, line.start)
        or states_responsibility(text, line.start, line.end)
        or text[line.start] in BRACKETS
    ):
        return False
    words = text[line.start : line.end]
    if text[stop - 1] in "：:" and len(words) <= 200:
        return True
    if len(words) > 200 or ("。" in words[:-1] and not _REST_OF_NAME.match(words)):
        return False
    if text[stop - 1] in "。；;":
        return False
    line_start = max(text.rfind("\n", 0, stop), begin - 200)
    last_name = re.split(r"[、，,：:。；;]", text[begin:stop])[-1]
    return (
        text[stop - 1] in "、，,：:"
        or reading.fills_width(stop - line_start)
        or not looks_like_body(last_name)
        and _REST_OF_NAME.match(words) is not None
    )


# A line that can be the rest of a name: 运输厅。 or 会保障局、市财政局
_REST_OF_NAME = re.compile(
    r"^[^，。；：:、]{1,14}(?:局|委|厅|办|部|会|院|司|中心|政府|行|所|站|校|社|集团|公司)(?:[、，。；]|$)"
)


def _sentence(text: str, line: Line, reading: Reading) -> list[PlacedStatement]:
    """Read a last sentence that only says who leads and helps."""
    body = text[line.start : line.end]
    head = max(body.rfind("。", 0, len(body) - 1), body.rfind("；", 0, len(body) - 1))
    begin = line.start + head + 1
    timed = _TIMED.search(text, begin, line.end)
    words = text[begin : timed.start() if timed else line.end].rstrip("。；;")
    spoken = re.search(rf"(?:{LEADS}|负责|{HELPS}|落实|承办|实施|推进|组织|办理)[^，]{{0,6}}$", words)
    if not (spoken or words.endswith(active_words().verb_words())) or len(words) > 200:
        return []
    if re.search(r"[：:（(][^）)]*$", words):
        return []  # a label or a bracket that goes on behind the line
    statement = read_statement(text, begin, begin + len(words))
    if not statement.units:
        statement = Statement(find_closing(text, begin, begin + len(words), reading.lists))
    if timed:
        statement = replace(statement, deadline=read_statement(text, timed.start() + 1, line.end).deadline)
    return [PlacedStatement(begin, line.end, statement)] if statement.units else []


# 由县水务局负责，完成时限：6月底。
_TIMED = re.compile(r"[，,；;](?=(?:完成|办结|落实)?(?:时限|期限|时间)[:：][^，。；]{2,16}[。.]?$)")
