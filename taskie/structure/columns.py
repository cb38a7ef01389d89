"""Recognize table columns: by the meaning of their header words, or by what their cells hold.

Boundary: the words are in ``column_words.csv``; a file named by the environment variable TASKIE_COLUMN_WORDS and what a
model has learned add to them. How rows are cut into cells is the business of the ``table_*`` modules.
"""

from __future__ import annotations

import csv
import os
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from taskie.errors import ReadError
from taskie.records import ROLES
from taskie.structure.bodies import looks_like_body, split_units
from taskie.structure.learned import COLUMN_MEANINGS, LearnedWords, active_words
from taskie.structure.responsibility import read_statement
from taskie.structure.responsibility_words import states_responsibility
from taskie.structure.times import read_time

NONE_MARKS = frozenset({"同左", "/", "／", "—", "-", "--", "——", "无", "\\", "－", "…"})
STATUS_WORDS = (
    r"是|否|√|×|✓|○|●|序时推进|序时进度|达序时进度|达到序时进度|未达序时进度|未达到序时进度|超序时进度|超序时|滞后|正常推进|正常|有序推进|按期推进|按进度推进|已完成|完成|基本完成|未完成|部分完成|正在推进|"
    r"推进中|进行中|实施中|已启动|未启动|未开工|已开工|在建|续建|办结|已办结|正在办理|销号|已销号|达标|未达标|绿灯|黄灯|红灯|绿|黄|红|达到进度|快于序时|慢于序时|滞后序时|提前完成|超额完成|长期推进|持续推进中|全部完成|已竣工|已落实|落实中|取得阶段性成效|偏慢|较慢|略慢|序时偏慢|推进缓慢|进展缓慢|进度滞后|超前|进度超前|基本正常|进度正常|进展正常|进展顺利|顺利推进|稳步推进|扎实推进|按计划推进|加快推进|正在施工|正在实施|正在进行|正在建设|施工中|建设中|前期工作|启动|整改中|已整改|整改完成"
)
STATUS = re.compile(rf"^(?:{STATUS_WORDS})$")
_PERSON = re.compile(
    r"^[\u4e00-\u9fff]?[xX×＊*]{2,3}$|^[\u4e00-\u9fff]{1,3}[xX×＊*]{1,3}$|^[\u4e00-\u9fff]{2,4}(?:[、，\s][\u4e00-\u9fff]{2,4})*$|^[\u4e00-\u9fff][ \u3000]{1,2}[\u4e00-\u9fff]$|^[\u4e00-\u9fff]{2,8}·[\u4e00-\u9fff·]{2,10}$"
)
_TITLE_OF_PERSON = re.compile(
    r"^(?:[\u4e00-\u9fff、，（）]{0,20}(?:市长|县长|区长|书记|主任|局长|部长|主席|专员|州长|旗长|镇长|乡长|委员|常委|副[^，。]{1,6})\s*[\u4e00-\u9fff·]{2,10})$"
)


# Rows that are numbered by a code: 1-1, MS-01, A3.
CODE = r"(?:[A-Za-zＡ-Ｚａ-ｚ]{1,4}[-－—]?\d{1,4}|[\u4e00-\u9fff]{1,2}[-－—]\d{1,4}|\d{1,2}[-－—.．]\d{1,3})"
_NUMBER_CELL = re.compile(
    rf"[（(]?\d{{1,4}}[）)]?[.、．]?|[①-⑳]|[（(]?[一二三四五六七八九十]{{1,3}}[）)]?[、.]?|{CODE}"
)


# 县水务局牵头，县财政局配合: a unit cell that says the roles.
_ROLES_SAID = re.compile(
    r"[（(〔\[]?[^。；\d]{2,40}(?:牵头|主办|负责)[，,、；][^。]{2,120}(?:配合|协办|参与|落实|协助)[）)〕\]]?"
)


_MAX_ATTRIBUTION = 240
# Full stops may part the labels of one attribution: 牵头领导：某某。牵头单位：县水务局。
_LABELLED_LISTS = re.compile(r"[^。：:]{2,12}[:：][^。]*(?:。|$)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column by meaning; ``role`` is that of the units in it."""

    meaning: str
    role: str | None = None
    word: str = ""


OWN_WORDS = "TASKIE_COLUMN_WORDS"


@cache
def header_words() -> dict[str, Column]:
    """Return the header words with their meaning, longest first; a user's own come before the shipped ones.

    Raises ``ReadError`` if the file that TASKIE_COLUMN_WORDS names cannot be used.
    """
    content = files("taskie.structure").joinpath("column_words.csv").read_text(encoding="utf-8")
    shipped = {column.word: column for column in _columns(content)}
    return _longest_first({**shipped, **_own_words()})


def _longest_first(words: dict[str, Column]) -> dict[str, Column]:
    return dict(sorted(words.items(), key=lambda item: -len(item[0])))


def _own_words() -> dict[str, Column]:
    own = os.environ.get(OWN_WORDS)
    return {column.word: column for column in _own_columns(Path(own))} if own else {}


def known_columns() -> dict[str, Column]:
    """Return the header words with those that the model in force has learned: before the shipped ones, behind a user's own."""
    words = active_words()
    return _with_learned(words) if words.columns else header_words()


@lru_cache(maxsize=16)
def _with_learned(words: LearnedWords) -> dict[str, Column]:
    learned = {word: Column(meaning, role, word) for word, meaning, role in words.columns}
    return _longest_first({**header_words(), **learned, **_own_words()})


def _columns(content: str) -> list[Column]:
    rows = csv.DictReader(content.splitlines())
    return [Column(row["meaning"], row["role"] or None, row["word"]) for row in rows]


def _own_columns(path: Path) -> list[Column]:
    """Read a user's words; each line is checked, since a word of no meaning would be passed over in silence."""
    try:
        content = path.read_text(encoding="utf-8-sig")
        columns = _columns(content)
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{path}: {OWN_WORDS} names a file that cannot be read as UTF-8: {error}") from error
    except KeyError as error:
        raise ReadError(f"{path}:1: column {error} is missing; the header must be word,meaning,role") from error
    for number, column in enumerate(columns, 2):
        if not column.word or column.meaning not in COLUMN_MEANINGS:
            allowed = ", ".join(sorted(COLUMN_MEANINGS))
            raise ReadError(f"{path}:{number}: {column.word!r} means {column.meaning!r}; allowed are {allowed}")
        if column.role is not None and (column.meaning != "unit" or column.role not in ROLES):
            raise ReadError(f"{path}:{number}: role {column.role!r}; only a unit has one: {', '.join(ROLES)} or none")
    return columns


def read_header_cell(cell: str) -> Column | None:
    """Return the column that a header cell names, or ``None``.

    The whole cell counts first, then the longest known word that it ends or begins with:
    2024年工作目标 is a statement, 责任单位（牵头） a unit.
    """
    words = re.sub(r"[\s\u3000#*|]+", "", cell)
    if not 1 <= len(words) <= 24:
        return None
    if re.search(r"(?:表|台账|一览|清单|情况)$", words) and len(words) > 6:
        return None  # a caption
    if re.match(r"^[^：:]+[：:].", words):
        return None  # 单位：亿元 says what the figures below are in
    known = known_columns()
    bare = re.sub(r"[（(][^（）()]*[）)]", "", words)
    for form in (words, bare):
        if form in known:
            return known[form]
    if len(bare) < 2 or re.search(r"[，。；、：,;:\d]{1}.*[，。；]", bare):
        return None
    for word, column in known.items():
        if len(word) >= 2 and (bare.endswith(word) or bare.startswith(word)) and len(bare) - len(word) <= 10:
            return column
    return None


def is_none(cell: str) -> bool:
    """Tell whether a cell says that there is nothing."""
    stripped = cell.strip()
    return not stripped or stripped in NONE_MARKS


def kind_of_cell(cell: str) -> str:
    """Return what a cell holds by its form: number, deadline, status, unit, leader, text or none."""
    words = cell.strip(" \t\r\n\u3000")
    if is_none(words):
        return "none"
    if _NUMBER_CELL.fullmatch(words):
        return "number"
    if STATUS.match(words):
        return "status"
    if len(words) <= 24 and read_time(words, 0, len(words)):
        return "deadline"
    if is_unit_list(words) or _ROLES_SAID.fullmatch(words) or states_units(words):
        return "unit"
    if (_PERSON.match(words) and len(words) <= 12) or (len(words) <= 30 and _TITLE_OF_PERSON.match(words)):
        return "leader"
    return "text"


def states_units(words: str) -> bool:
    """Tell whether a cell says who is responsible, by labels or in a bracket of its own, and hardly anything else."""
    inside = words.rstrip("。")
    bracketed = len(inside) > 2 and inside[0] in "（(〔[［【" and inside[-1] in "）)〕]］】"
    if not (bracketed or states_responsibility(words, 0, len(words))) or len(words) > _MAX_ATTRIBUTION:
        return False
    start, end = (1, len(inside) - 1) if bracketed else (0, len(inside))
    units = read_statement(words, start, end, bracketed=True).units
    bodies = sum(looks_like_body(unit.name) for unit in units)
    return bool(units) and 2 * bodies >= len(units) and "。" not in _LABELLED_LISTS.sub("", inside)


def is_unit_list(words: str) -> bool:
    """Tell whether a cell is a list of bodies and nothing else."""
    if len(words) > 240 or re.search(r"[。；：:]", words.rstrip("。")):
        return False
    units = split_units(words, 0, len(words), role="responsible")
    if not units:
        return False
    bodies = sum(looks_like_body(unit.name) for unit in units)
    return bodies == len(units) or (
        len(units) > 2 and bodies >= 0.7 * len(units) and all(len(u.name) <= 20 for u in units)
    )
