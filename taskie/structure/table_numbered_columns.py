"""Tell the columns of numbered rows whose headings are lost or say nothing, by what the cells hold over all rows.

Boundary: the kinds of cells and the order of columns; headings that are known, as many as cells, come before both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from taskie.structure.body_lists import BodyLists
from taskie.structure.columns import UNKNOWN, Column, is_none, kind_of_cell
from taskie.structure.persons import begins_with_surname
from taskie.structure.table_numbered_rows import NumberedRows

# So many of the cells of a column are of one kind.
_SHARE = 0.6
# Of two columns of bodies the one with so many fewer lists leads, of equals the first one.
_FEWER_LISTS = 0.25
# A report is told from what is to be done by so many more cells that report.
_MORE_REPORTS = 0.5
_MAX_SHORT, _SHARE_DISTINCT = 10, 0.5
_MAX_TITLE = 16
_MASKED_TIME = re.compile(r"(?:[xX×]{2,4}年)?[xX×\d]{1,2}月(?:[xX×\d]{1,2}日)?[底末前初中下上旬]{0,3}")
_MASKED_NAME = re.compile(r"[\u4e00-\u9fff]?[xX×＊*]{1,3}[\u4e00-\u9fff]?")
_LABEL = re.compile(r"[^：:，。；\d]{2,8}[：:]")
_BRACKETED = re.compile(r"[（(〔\[【].*[）)〕\]】]。?", re.DOTALL)
# Figures, telephone numbers and ranks of persons say nothing that is to be done.
_WORDS = re.compile(r"(?:[\u4e00-\u9fff][^\u4e00-\u9fff]*){5}")
_CLAUSE = re.compile(r"[，,；;。]")
_REPORTED = re.compile(r"已|完成|正在|完毕|过半|截至|累计|目前|启动|开展")
_DONE = re.compile(r"已|完毕|正在|截至|累计|目前|[竣完]工|封顶|同比")
_LACKS = re.compile(r"不足|不够|不高|不到|缺|难|慢|晚|差|紧张|滞后|薄弱|未|少|短|漏|偏|堵|涨价|无人|问题")
_PLANNED = re.compile(r"加快|抓紧|协调|尽快|争取|继续|督促|倒排|组织|力争|召开|补办|下一步|下步|推动|拟|确保|安排")
_TEXTS = ("statement", "title", "value")


@dataclass(frozen=True, slots=True)
class CellColumn:
    """What stands in one column of all rows, cells that say nothing left out: words, and the kind of each."""

    words: tuple[str, ...]
    kinds: tuple[str, ...]

    def holds(self, kind: str, share: float = _SHARE) -> bool:
        """Tell whether so many of the cells are of a kind."""
        return bool(self.words) and self.kinds.count(kind) >= share * len(self.words)

    def share(self, pattern: re.Pattern[str]) -> float:
        """Return the share of cells in which a pattern is found."""
        return sum(pattern.search(word) is not None for word in self.words) / max(1, len(self.words))

    @property
    def length(self) -> float:
        """Return how long a cell is, in characters."""
        return sum(map(len, self.words)) / max(1, len(self.words))

    @property
    def repeats(self) -> bool:
        """Tell whether the cells are a few short words that come again."""
        distinct = len(Counter(self.words))
        return self.length <= _MAX_SHORT and 0 < distinct <= _SHARE_DISTINCT * len(self.words)


def cell_columns(text: str, found: NumberedRows, lists: BodyLists) -> list[CellColumn]:
    """Return what the columns of the full rows hold, the number first."""
    columns = []
    for k in range(found.width):
        cells = [row.cells[k] for row in found.full]
        told = [(text[c.start : c.end], _kind(text, c.start, c.end, lists)) for c in cells]
        told = [(words, own) for words, own in told if own != "none"]
        columns.append(CellColumn(tuple(w for w, _ in told), tuple(own for _, own in told)))
    return columns


def kind_by_form(text: str, start: int, end: int, lists: BodyLists) -> str:
    """Return what a cell holds by itself; labels and brackets (责任单位：…, （县水务局）) stand in prose and count as text."""
    words = text[start:end]
    if is_none(words):
        return "none"
    if _LABEL.match(words) or _BRACKETED.fullmatch(words):
        return "text"
    if lists.covers(text, start, end):
        return "unit"
    if _MASKED_TIME.fullmatch(words):
        return "deadline"
    own = kind_of_cell(words)
    # 日清月结，专人校核 has the form of two names
    return "text" if own == "leader" and "，" in words and not _is_name(words) else own


def _kind(text: str, start: int, end: int, lists: BodyLists) -> str:
    own = kind_by_form(text, start, end, lists)
    return "text" if own == "leader" and not _is_name(text[start:end]) else own


def _is_name(words: str) -> bool:
    """Four characters are as likely a category as a name, unless they begin with a surname; so are two."""
    first = re.split(r"[、，\s]", words)[0]
    return len(first) == 3 or len(first) > 4 or begins_with_surname(first) or _MASKED_NAME.fullmatch(first) is not None


def told_columns(known: Sequence[Column], cells: Sequence[CellColumn]) -> tuple[Column, ...] | None:
    """Return the columns, those of ``known`` that are unknown told by their ``cells``; ``None`` if nothing says what is to be done."""
    columns = _with_kinds(known, cells)
    if not any(column.meaning in ("statement", "value") for column in columns):
        statement = _statement(columns, cells)
        if statement is not None:
            columns[statement] = replace(columns[statement], meaning="statement")
    if not any(column.meaning in _TEXTS for column in columns):
        return None
    _tell_texts(columns, cells)
    return tuple(replace(column, meaning="remark") if column.meaning == UNKNOWN else column for column in columns)


def _with_kinds(known: Sequence[Column], cells: Sequence[CellColumn]) -> list[Column]:
    columns = list(known)
    columns[0] = replace(columns[0], meaning="number", role=None)
    taken = {column.meaning for column in columns}
    for meaning in ("deadline", "leader", "status"):
        own = [i for i in _unknown(columns) if cells[i].holds(meaning)]
        if own and meaning not in taken:
            columns[own[0]] = replace(columns[own[0]], meaning=meaning)
    units = [i for i in _unknown(columns) if cells[i].holds("unit")]
    if units and "unit" not in taken:
        for i, role in unit_roles(units, cells, "lead").items():
            columns[i] = replace(columns[i], meaning="unit", role=role)
    texts = [i for i in _unknown(columns) if not cells[i].repeats]
    for i in [i for i in _unknown(columns) if cells[i].repeats]:
        meaning = "category" if not texts or i < texts[0] else "status"
        if meaning not in taken | {column.meaning for column in columns}:
            columns[i] = replace(columns[i], meaning=meaning)
    return columns


def unit_roles(units: Sequence[int], cells: Sequence[CellColumn], first: str) -> dict[int, str]:
    """Return the roles of columns of bodies whose headings say none: one is responsible; of two one is ``first``, one helps."""
    if len(units) == 1:
        return {units[0]: "responsible"}
    a, b = units[:2]
    lists = re.compile("、")
    turned = cells[a].share(lists) > cells[b].share(lists) + _FEWER_LISTS
    return {a: "cooperating" if turned else first, b: first if turned else "cooperating"}


def _unknown(columns: Sequence[Column]) -> list[int]:
    return [i for i, column in enumerate(columns) if column.meaning == UNKNOWN]


def _texts(columns: Sequence[Column], cells: Sequence[CellColumn]) -> list[int]:
    own = [i for i in _unknown(columns) if cells[i].holds("text") and not cells[i].repeats]
    return [i for i in own if cells[i].share(_WORDS) >= _SHARE]


def _statement(columns: Sequence[Column], cells: Sequence[CellColumn]) -> int | None:
    """The first column of clauses says what is to be done, or, where there is none, the first one of text.

    Below a title it does if the titles are none of clauses, and if it is not the only text and a report.
    """
    texts = _texts(columns, cells)
    clauses = [i for i in texts if _holds_clauses(cells[i])]
    # A report can stand before what is to be done.
    told = (i for i in clauses[1:] if cells[clauses[0]].share(_DONE) > cells[i].share(_DONE) + _MORE_REPORTS)
    first = next(told, clauses[0] if clauses else None)
    titles = [i for i, column in enumerate(columns) if column.meaning == "title"]
    if not titles:
        return texts[0] if first is None and texts else first
    reports = len(texts) == 1 and 2 * cells[texts[0]].share(_REPORTED) > 1
    return None if reports or _holds_clauses(cells[titles[0]]) else first


def _holds_clauses(cells: CellColumn) -> bool:
    return cells.length > _MAX_TITLE or 2 * cells.share(_CLAUSE) > 1


def _tell_texts(columns: list[Column], cells: Sequence[CellColumn]) -> None:
    """Before the statement stand titles; of the texts behind it the longest that reports is progress, or the next one."""
    main = min(
        (i for i, column in enumerate(columns) if column.meaning in _TEXTS), key=lambda i: columns[i].meaning == "title"
    )
    texts = _texts(columns, cells)
    for i in [i for i in texts if i < main and not _holds_clauses(cells[i])]:
        columns[i] = replace(columns[i], meaning="title")
    behind = [i for i in texts if i > main] or [i for i in texts if _holds_clauses(cells[i]) and i != main]
    if behind and not any(column.meaning == "progress" for column in columns):
        report = max(behind, key=lambda i: (2 * cells[i].share(_REPORTED) > 1, cells[i].length))
        columns[report] = replace(columns[report], meaning="progress")
        behind.remove(report)
    progress = next((i for i, column in enumerate(columns) if column.meaning == "progress"), main)
    rest = [i for i in behind if i > progress]
    for meaning, pattern, other in (("problems", _LACKS, _PLANNED), ("next_steps", _PLANNED, _LACKS)):
        own = [i for i in rest if cells[i].share(pattern) > cells[i].share(other)]
        if own and not any(column.meaning == meaning for column in columns):
            columns[own[0]] = replace(columns[own[0]], meaning=meaning)
