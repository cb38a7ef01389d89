"""Read tables that copying ran into one line, with single spaces between the cells or nothing at all.

Boundary: the header words tell the order of the columns; numbers that go on counting tell the rows; inside a
row, cells are told apart by what they hold: status words, deadlines, bodies, and text between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taskie.structure.attributions import TIME, read_statement, read_time
from taskie.structure.bodies import looks_like_body
from taskie.structure.body_lists import NO_BODIES, BodyLists
from taskie.structure.columns import (
    STATUS,
    STATUS_WORDS,
    Column,
    is_unit_list,
    kind_of_cell,
    known_columns,
    read_header_cell,
)
from taskie.structure.persons import looks_like_person
from taskie.structure.table_fit import CellText, assign, fits_in_order
from taskie.structure.table_glued import read_glued
from taskie.structure.table_rows import Row, trimmed

MIN_LENGTH = 100
MIN_COLUMNS = 3
_GLUED_TIME = r"(?:(?:19|20)\d{2}年)?(?:\d{1,2}月(?:\d{1,2}日|底|上旬|中旬|下旬)?前?|年底前?|全年|年内|[一二三四]季度末?|长期坚持|持续推进)"
_BODY_END = "局委厅办部院会署室站队司行校园镇乡县市区心府学馆所团社处科场店组盟州旗街道单位门关矿厂库企"
_SECTION = re.compile(r"(?:^|(?<=[\s。]))([一二三四五六七八九十]{1,3}、[^\s，；：0-9]{2,40})")
_SUBSECTION = re.compile(r"[^\s，；：]{2,24}。$")
# What a leader's cell behind the bodies may look like, where nothing parts the two.
_LEADER_BEHIND = re.compile(r"[\s]?[\u4e00-\u9fff·×]{0,16}")
# How a row ends whose last cell is not told by bodies.
_ENDINGS = {
    "status": re.compile(rf"(?:{STATUS_WORDS})$"),
    "deadline": re.compile(rf"[。；）”\s\u4e00-\u9fff](?:{TIME})$"),
}
# A unit cell may be an attribution in brackets.
_BRACKETED = re.compile(
    r"[（(〔\[][^〔〕\[\]。]{0,6}[^〔〕\[\]]{2,200}?(?:牵头|负责|落实|列出|主办|承办|配合|协办|参与)[^〔〕\[\]（(]{0,8}[）)〕\]]$"
)
# Behind a number such a word makes it an amount.
_MEASURE = re.compile(
    r"\s?(?:个|家|项|月|日|年|%|人|亿|万|亩|户|条|处|次|期|号|元|公里|平方|吨|台|套|座|所|名|场|批|类|支|天|件|米|周|届|级|度|－|—|-)"
)
_MAX_SEARCH = 2000
_TOKEN = re.compile(r"[^\s|｜，。；：]{1,16}(?=[\s|｜])")
_MAX_UNKNOWN = 8
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_PAGE = re.compile(
    r"\s(?:[小合总]\s?计\s|下载|打印|关闭窗口|浏览次数|【|第\s?\d+\s?页|注[:：])|(?:【|[注备]注?[:：]|第\s?\d+\s?页)"
)


@dataclass(frozen=True, slots=True)
class RunHeader:
    """The header of a run table: its columns in order, where it begins and ends."""

    columns: tuple[Column, ...]
    start: int
    end: int


def find_run_header(text: str, start: int, end: int) -> RunHeader | None:
    """Return the first run of at least three header words, one behind the other, in ``text[start:end]``."""
    position = start
    while True:
        begin = re.compile(r"序\s?号|编\s?号|任务编号").search(text, position, min(end, start + 4000))
        if not begin:
            return None
        columns, stop = _words_from(text, begin.start(), end)
        content = any(column.meaning in ("statement", "title") for column in columns)
        if len(columns) >= MIN_COLUMNS and content and end - stop >= MIN_LENGTH // 2:
            return RunHeader(tuple(columns), begin.start(), stop)
        position = begin.end()


def _words_from(text: str, position: int, end: int) -> tuple[list[Column], int]:
    columns: list[Column] = []
    known = known_columns()
    seen: set[str] = set()
    while position < end:
        gap = re.compile(r"[\s|｜]*").match(text, position, end)
        place = gap.end() if gap else position
        if columns and place > position:
            token = _token_column(text, place, end)
            if token is None or token[0].word in seen:
                break
            seen.add(token[0].word)
            columns.append(token[0])
            position = token[1]
            continue
        word = next((w for w in known if len(w) > 1 and text.startswith(w, place)), None)
        if word is None or word in seen:
            break
        seen.add(word)
        columns.append(known[word])
        position = place + len(word)
        # A bracket behind a header word belongs to it: 总投资（万元）.
        bracket = re.compile(r"\s?[（(][^（）()]{1,14}[）)]").match(text, position, end)
        position = bracket.end() if bracket else position
    return columns, position


def _token_column(text: str, place: int, end: int) -> tuple[Column, int] | None:
    """Read a header word that blanks part from the others; one we do not know counts between those we do."""
    token = _TOKEN.match(text, place, end)
    if not token:
        return None
    column = read_header_cell(token[0])
    if column:
        return column, token.end()
    following = _TOKEN.match(text, token.end() + 1, end)
    between = following and len(token[0]) <= _MAX_UNKNOWN and read_header_cell(following[0])
    return (Column("remark", word=token[0]), token.end()) if between and not re.search(r"\d", token[0]) else None


def count_run_rows(text: str, header: RunHeader, end: int, lists: BodyLists = NO_BODIES) -> int:
    """Return how many rows stand behind ``header``, without reading their cells."""
    return len(_row_starts(text, header, end, lists))


def read_run_rows(text: str, header: RunHeader, end: int, lists: BodyLists = NO_BODIES) -> list[Row]:
    """Return the rows behind ``header``, each with its headings.

    ``lists`` are the lists of bodies known from elsewhere; they tell rows and cells apart where form does not.
    """
    starts = _row_starts(text, header, end, lists)
    rows: list[Row] = []
    headings: tuple[str, ...] = _headings(text, header.end, starts[0][0]) if starts else ()
    for n, (start, content) in enumerate(starts):
        stop = starts[n + 1][0] if n + 1 < len(starts) else end
        body_end, new = _take_headings(text, content, stop)
        body_end = _without_page(text, header, content, body_end, lists)
        cells = _cells_by_blanks(text, header.columns, start, content, body_end) or _cells(
            text, header.columns, start, content, body_end
        )
        if not is_complete(text, header.columns, cells, lists):
            cells = (
                _cells_glued(text, header.columns, start, content, body_end, lists)
                or _cells_by_lists(text, header.columns, start, content, body_end, lists)
                or cells
            )
        rows.append(Row(tuple(cells), headings))
        if new:
            headings = _merged(headings, new)
    return rows


def _row_starts(text: str, header: RunHeader, end: int, lists: BodyLists) -> list[tuple[int, int]]:
    """Return ``(number start, content start)`` of the rows: the next number each time, behind the end of a cell."""
    first = re.compile(r"(?<!\d)(\d{1,4})(?=[\s、.．]|[\u4e00-\u9fffA-Za-z“《])").search(
        text, header.end, min(end, header.end + 200)
    )
    if not first:
        return []
    starts = [(first.start(), first.end())]
    value = int(first[1])
    while True:
        found = _next_number(text, value + 1, starts[-1][1], end, header, lists)
        if found is None:
            return starts
        starts.append(found)
        value += 1


def _next_number(
    text: str, value: int, position: int, end: int, header: RunHeader, lists: BodyLists
) -> tuple[int, int] | None:
    ends_in_unit = header.columns[-1].meaning == "unit"
    printed = f"(?:{value}|{str(value).translate(_FULL_WIDTH)})"
    pattern = re.compile(rf"(?<![\d.．/％%xX〔（(—\-]){printed}(?![\d.．%％/‰])(?=[\s、]*[\u4e00-\u9fffA-Za-z“《x×])")
    repeated = re.compile(rf"{re.escape(header.columns[-1].word)}[\s|｜]*({value})(?=\D|\d{{2,}})").search(
        text, position, end
    )
    if repeated:
        return repeated.span(1)
    for match in pattern.finditer(text, position + 4, end):
        spaced = (
            match.start() > 0 and text[match.start() - 1].isspace() and text[match.end() : match.end() + 1].isspace()
        )
        if _MEASURE.match(text, match.end()) and not spaced:
            continue
        before = text[max(position, match.start() - 90) : match.start()].rstrip()
        if not spaced and (ending := _ENDINGS.get(header.columns[-1].meaning)) and ending.search(before):
            return match.start(), match.end()
        if _behind_list(text, header, match.start(), lists) or text[match.start() - 1] in "\r\n":
            return match.start(), match.end()
        if spaced and (not ends_in_unit or _ends_in_body(before)):
            return match.start(), match.end()
        if (
            not spaced
            and before
            and (before[-1] in _BODY_END or before.endswith(("。", "）")))
            and (not ends_in_unit or _ends_in_body(before))
        ):
            return match.start(), match.end()
    return _number_by_cells(text, pattern, position, end, header, lists)


def _number_by_cells(
    text: str, pattern: re.Pattern[str], position: int, end: int, header: RunHeader, lists: BodyLists
) -> tuple[int, int] | None:
    """Where no form tells the end of a row, its cells do: the next number up to which the row has a text for every column."""
    for match in pattern.finditer(text, position + 4, min(end, position + _MAX_SEARCH)):
        if _MEASURE.match(text, match.end()) or header.columns[0].meaning != "number":
            continue
        if read_glued(text, header.columns[1:], *trimmed(text, position, match.start()), lists, loose=False):
            return match.start(), match.end()
    return None


def _behind_list(text: str, header: RunHeader, position: int, lists: BodyLists) -> bool:
    """Tell whether a row can end at ``position``: behind a list of bodies, or behind the leader after it."""
    meanings = [column.meaning for column in header.columns[-2:]]
    if "unit" not in meanings:
        return False
    reach = 18 if meanings[-1] == "leader" else 2
    found = lists.ending_within(position - reach, position)
    if not found:
        return False
    between = text[found[1] : position]
    return _LEADER_BEHIND.fullmatch(between) is not None if meanings[-1] == "leader" else not between.strip()


def _without_page(text: str, header: RunHeader, start: int, end: int, lists: BodyLists) -> int:
    """Cut page furniture and a repeated header off the end of a row: what follows its last bodies from such a word on."""
    known = lists.inside(start, end)
    begin = known[0][1] if known else max(start, end - 120)
    repeated = text.find(header.columns[0].word, begin, end)
    page = _PAGE.search(text, begin, end)
    stops = [p for p in (repeated, page.start() if page else -1) if p >= begin]
    if not stops:
        return end
    stop = min(stops)
    # What stands on lines of its own between the row and the page's words is the caption again.
    line_end = text.find("\n", max([b for _, b in known if b <= stop], default=stop), stop)
    return start + len(text[start : line_end if line_end >= 0 else stop].rstrip())


def is_complete(text: str, columns: Sequence[Column], cells: Sequence[tuple[int, int, int]], lists: BodyLists) -> bool:
    """Tell whether every cell that has to hold bodies does, a leader's cell is there and no helper is among those who lead."""
    if not lists.lists:
        return True
    filled = {index: text[start:end] for index, start, end in cells}
    needed = [i for i, column in enumerate(columns) if column.meaning == "unit" and column.role != "cooperating"]
    leaders = [i for i, column in enumerate(columns) if column.meaning == "leader"]
    helpers = [i for i, column in enumerate(columns) if column.meaning == "unit" and column.role == "cooperating"]
    told = [i for i, column in enumerate(columns) if column.meaning in ("status", "deadline")]
    crowded = any(" " in filled.get(i, "") for i in needed) and any(i not in filled for i in helpers)
    return (
        all(i in filled and kind_of_cell(filled[i]) == "unit" for i in needed)
        and all(i in filled for i in leaders)
        and all(i in filled for i in told)
        and not crowded
    )


def _cells_by_blanks(
    text: str, columns: Sequence[Column], number: int, content: int, end: int
) -> list[tuple[int, int, int]]:
    """Cut a row at its blanks, if that gives a cell a column and none that its column cannot hold."""
    first = _skip_marks(text, content, end)
    pieces = [CellText(first + m.start(), first + m.end(), False) for m in re.finditer(r"\S+", text[first:end])]
    own = columns[1:] if columns[0].meaning == "number" else columns
    if len(pieces) != len(own) or not fits_in_order(text, own, pieces):
        return []
    cells = [(k, piece.start, piece.end) for k, piece in enumerate(pieces, len(columns) - len(own))]
    return [(0, number, content), *cells] if len(own) < len(columns) else cells


def _skip_marks(text: str, position: int, end: int) -> int:
    while position < end and text[position] in " 、.．\t\u3000":
        position += 1
    return position


def _cells_glued(
    text: str, columns: Sequence[Column], number: int, content: int, end: int, lists: BodyLists
) -> list[tuple[int, int, int]]:
    """Read a row in which blanks are too few to part the cells."""
    if len(re.findall(r"\s", text[content:end])) >= len(columns) - 2 or columns[0].meaning != "number":
        return []
    cells = read_glued(text, columns[1:], *trimmed(text, content, end), lists)
    return [(0, number, content), *((k + 1, a, b) for k, a, b in cells)] if cells else []


def _cells_by_lists(
    text: str, columns: Sequence[Column], number: int, content: int, end: int, lists: BodyLists
) -> list[tuple[int, int, int]]:
    """Tell the cells apart by the lists of bodies at the end of the row, and by blanks outside bodies."""
    start = _skip_marks(text, content, end)
    numbered = columns[0].meaning == "number"
    cuts = {start, end}
    for a, b in lists.inside(start, end):
        if b == end or text[b].isspace() or _LEADER_BEHIND.fullmatch(text[b:end]):
            cuts |= {a, b}
    blanks = list(re.finditer(r"\s+", text[start:end]))
    # Fewer blanks than borders are lost characters.
    for blank in blanks if len(blanks) >= len(columns) - 3 else ():
        if not lists.cover(start + blank.start()) or not lists.cover(start + blank.end()):
            cuts |= {start + blank.start(), start + blank.end()}
    borders = sorted(cuts)
    pieces = [
        CellText(*trimmed(text, a, b), False)
        for a, b in zip(borders, borders[1:], strict=False)
        if text[a:b].strip(" \t\u3000|｜")
    ]
    pieces = _with_names_joined(pieces)
    if not pieces:
        return []
    known = set(lists.lists)
    kinds = {i: "unit" for i, piece in enumerate(pieces) if (piece.start, piece.end) in known}
    if columns[-1].meaning == "leader" and kinds and max(kinds) == len(pieces) - 2:
        kinds[len(pieces) - 1] = "leader"
    shift = 1 if numbered else 0
    placed = list(assign(text, columns[shift:], pieces, known=kinds))
    tasks = [k for k, column in enumerate(columns[shift:]) if column.meaning in ("title", "statement")]
    if placed and not any(k in tasks for k, _, _ in placed) and tasks[0] < placed[0][0]:
        placed[0] = (tasks[0], *placed[0][1:])  # what a row begins with is the task, however long
    return [(0, number, content)] * shift + [(k + shift, a, b) for k, a, b in placed]


def _with_names_joined(pieces: Sequence[CellText]) -> list[CellText]:
    """Join two single characters: a name of two is printed 陈 刚, to be as wide as one of three."""
    joined: list[CellText] = []
    for piece in pieces:
        if joined and piece.end - piece.start == 1 == joined[-1].end - joined[-1].start:
            joined[-1] = CellText(joined[-1].start, piece.end, False)
        else:
            joined.append(piece)
    return joined


def _ends_in_body(before: str) -> bool:
    """Tell whether a stretch ends in a body, headings behind it passed over."""
    words = before
    if _BRACKETED.search(words):
        return True
    while True:
        section = re.search(r"\s[一二三四五六七八九十]{1,3}、[^\s]{2,40}$|\s[^\s，；]{2,24}。$", words)
        if not section:
            break
        words = words[: section.start()].rstrip()
    last = re.split(r"[\s，。；、]", words)[-1]
    return looks_like_body(last[-24:]) or (len(last) > 1 and last[-1] in _BODY_END)


def _take_headings(text: str, start: int, end: int) -> tuple[int, tuple[str, ...]]:
    """Cut headings off the end of a row: 二、… and short sentences behind its units."""
    taken: list[str] = []
    stop = end
    while True:
        words = text[start:stop].rstrip()
        match = re.search(
            r"\s(?:[一二三四五六七八九十]{1,3}、[^\s，；]{2,40}|（[一二三四五六七八九十]{1,3}）[^\s，；]{2,40}|[^\s，；：、]{2,24}。)$",
            words,
        )
        if not match or match.start() < 6:
            return start + len(words), tuple(reversed(taken))
        taken.append(match[0].strip())
        stop = start + match.start()


def _headings(text: str, start: int, end: int) -> tuple[str, ...]:
    words = " ".join(text[start:end].split()).strip("|｜ ")
    return (words,) if 2 <= len(words) <= 60 else ()


def _merged(before: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    """A numbered heading begins anew; a sentence stands below the numbered one in force."""
    if re.match(r"[一二三四五六七八九十]{1,3}、", new[0]):
        return new
    top = tuple(h for h in before if re.match(r"[一二三四五六七八九十]{1,3}、", h))
    return (*top[:1], *new)


def _cells(text: str, columns: Sequence[Column], number: int, content: int, end: int) -> list[tuple[int, int, int]]:
    """Tell the cells of one row apart: certain ones from both ends and in the middle, text columns between them."""
    index = {column.meaning: i for i, column in reversed(list(enumerate(columns)))}
    cells = [(index["number"], number, content)] if "number" in index else []
    start = _skip_marks(text, content, end)
    rest = list(range(1 if columns[0].meaning == "number" else 0, len(columns)))
    tail: list[tuple[int, int, int]] = []
    while rest and columns[rest[-1]].meaning in ("unit", "deadline", "status", "leader", "remark"):
        found = _from_end(text, columns, rest, start, end)
        if found is None:
            if columns[rest[-1]].meaning != "remark":
                rest.pop()
            else:
                rest.pop()
            continue
        tail.append((rest.pop(), *found))
        end = found[0]
    cells += _middle(text, columns, rest, start, end)
    return sorted([*cells, *tail], key=lambda cell: cell[1])


def _from_end(
    text: str, columns: Sequence[Column], rest: Sequence[int], start: int, end: int
) -> tuple[int, int] | None:
    """Return the span of the last cell if it holds what its column should."""
    meaning = columns[rest[-1]].meaning
    start, end = trimmed(text, start, end)
    if meaning == "unit":
        single = len(rest) > 1 and columns[rest[-2]].meaning == "unit"
        return _units_at_end(text, start, end, single=single)
    words = text[start:end]
    space = max(words.rfind(" "), words.rfind("\u3000"))
    last = words[space + 1 :]
    if meaning == "status":
        match = re.search(rf"(?:{STATUS_WORDS})$", words)
        return (
            (start + match.start(), end)
            if match and (space + 1 == match.start() or space < 0 or STATUS.match(last))
            else None
        )
    if meaning == "deadline":
        begin = start + space + 1
        return (begin, end) if read_time(text, begin, end) else None
    if meaning == "leader":
        return (start + space + 1, end) if looks_like_person(last) else None
    return None


def _units_at_end(text: str, start: int, end: int, *, single: bool) -> tuple[int, int] | None:
    """Take as many pieces from the end as are bodies; without spaces, the longest run of names behind a full stop.

    ``single`` stops at the first piece that is a list of bodies, where another unit column stands before it.
    """
    bracket = _BRACKETED.search(text, start, end)
    if bracket and read_statement(text, bracket.start() + 1, end - 1, bracketed=True).units:
        return bracket.start(), end
    begin = None
    position = end
    for match in reversed(list(re.finditer(r"[^\s]+", text[start:end]))):
        piece_start = start + match.start()
        candidate = text[piece_start:position].strip()
        whole = text[piece_start:end]
        if is_unit_list(match[0]) or (
            begin is not None and is_unit_list(whole) and len(match[0]) <= 14 and not re.search(r"[，。；]", match[0])
        ):
            begin = piece_start
            if single and is_unit_list(text[begin:end]):
                break
            continue
        glued = re.search(r"(?<=[。；）”])((?:[省市县区州镇乡国各团中xX×][^，。；：]{1,60}))$", match[0])
        if glued and is_unit_list(glued[1]):
            return piece_start + glued.start(1), end
        if begin is None and is_unit_list(whole.strip()) and len(match[0]) <= 40:
            begin = piece_start  # a lost character tore the last name
            continue
        if begin is None and len(match[0]) <= 8 and not re.search(r"[，。；]", candidate):
            continue
        break
    if begin is None:
        return _glued_units(text, start, end)
    return begin, end


def _glued_units(text: str, start: int, end: int) -> tuple[int, int] | None:
    match = re.search(
        r"(?<=[。；）”是否进成])((?:[省市县区州镇乡国各团中xX×][^，。；：\s]{2,60}))$",
        text[max(start, end - 120) : end],
    )
    if match and is_unit_list(match[1]):
        return end - len(match[1]), end
    return None


def _middle(
    text: str, columns: Sequence[Column], rest: Sequence[int], start: int, end: int
) -> list[tuple[int, int, int]]:
    """Cut what is left at status words, deadlines and leaders; two texts in a row part at the first gap behind a full stop."""
    start, end = trimmed(text, start, end)
    if not rest or start >= end:
        return []
    for n, k in enumerate(rest):
        meaning = columns[k].meaning
        if meaning in ("status", "deadline", "leader"):
            found = _anchor(text, meaning, start, end, first=n == 0)
            if found:
                return [
                    *_middle(text, columns, rest[:n], start, found[0]),
                    (k, *found),
                    *_middle(text, columns, rest[n + 1 :], found[1], end),
                ]
    texts = [k for k in rest if columns[k].meaning not in ("status", "deadline", "leader", "unit")]
    return _split_texts(text, texts or list(rest[:1]), start, end)


def _anchor(text: str, meaning: str, start: int, end: int, *, first: bool) -> tuple[int, int] | None:
    if meaning == "status":
        pattern = rf"(?<=[\s。；”）])(?:{STATUS_WORDS})(?=\s)|(?<=[。；”）])(?:{STATUS_WORDS})(?=[\u4e00-\u9fffx\d《“])"
        match = re.compile(pattern).search(text, start, end)
        return match.span() if match else None
    if meaning == "deadline":
        for match in re.compile(r"[^\s。；]+").finditer(text, start, end):
            if match.start() > start and read_time(text, *match.span()):
                return match.span()
        glued = re.compile(rf"(?<=[。；”）])(?:{_GLUED_TIME})(?=[\u4e00-\u9fff\d])").search(text, start + 1, end)
        return glued.span() if glued else None
    match = re.compile(
        r"(?:^|(?<=\s))(?:[\u4e00-\u9fff·]{2,4}|[\u4e00-\u9fff]{1,3}[xX×]{1,3}|[\u4e00-\u9fff][ \u3000]{1,2}[\u4e00-\u9fff])(?=\s)"
    ).search(text, start, end)
    return match.span() if match and (first or match.start() > start) and not looks_like_body(match[0]) else None


def _split_texts(text: str, columns: Sequence[int], start: int, end: int) -> list[tuple[int, int, int]]:
    cells = []
    for n, k in enumerate(columns):
        if n + 1 == len(columns):
            cells.append((k, *trimmed(text, start, end)))
            break
        gap = (
            re.compile(r"(?<=[。；])\s+|\s{2,}").search(text, start, end)
            or re.compile(r"\s+").search(text, start, end)
            or re.compile(r"(?<=。)").search(text, start + 1, end)
        )
        if not gap or gap.end() >= end:
            cells.append((k, *trimmed(text, start, end)))
            break
        cells.append((k, *trimmed(text, start, gap.start())))
        start = gap.end()
    return [cell for cell in cells if cell[1] < cell[2]]
