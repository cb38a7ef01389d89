"""Recognize table columns: by the meaning of their header words, or by what their cells hold.

Boundary: the words are in ``column_words.csv``; a file named by the environment variable TASKIE_COLUMN_WORDS and what a
model has learned add to them. How rows are cut into cells is the business of the ``table_*`` modules.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice
from pathlib import Path

from taskie.errors import ReadError
from taskie.records import ROLES
from taskie.structure.bodies import looks_like_body, refers_up, split_units
from taskie.structure.column_parts import is_progress_of_period, read_parts
from taskie.structure.learned import COLUMN_MEANINGS, LearnedWords, active_words
from taskie.structure.responsibility import read_statement
from taskie.structure.responsibility_words import states_responsibility
from taskie.structure.role_words import HELPS, LEADS
from taskie.structure.times import read_time

NONE_MARKS = frozenset({"同左", "/", "／", "—", "-", "--", "——", "无", "\\", "－", "…"})
# 达到序时, 快于时序进度
_IN_TIME = r"(?:未|尚未|已|基本)?(?:达到?|超过?|快于|慢于|滞后|落后|落后于|领先|符合)(?:序时|时序)(?:进度)?"
STATUS_WORDS = (
    rf"{_IN_TIME}|"
    r"是|否|√|×|✓|○|●|序时推进|序时进度|达序时进度|达到序时进度|未达序时进度|未达到序时进度|超序时进度|超序时|滞后|正常推进|正常|有序推进|按期推进|按进度推进|已完成|完成|基本完成|未完成|部分完成|正在推进|"
    r"推进中|进行中|实施中|已启动|未启动|未开工|已开工|在建|续建|办结|在办|待办|已办结|正在办理|销号|已销号|达标|未达标|绿灯|黄灯|红灯|绿|黄|红|达到进度|快于序时|慢于序时|滞后序时|提前完成|超额完成|长期推进|持续推进中|全部完成|已竣工|已落实|落实中|取得阶段性成效|偏慢|较慢|略慢|序时偏慢|推进缓慢|进展缓慢|进度滞后|超前|进度超前|基本正常|进度正常|进展正常|进展顺利|顺利推进|稳步推进|扎实推进|按计划推进|加快推进|正在施工|正在实施|正在进行|正在建设|施工中|建设中|前期工作|启动|整改中|已整改|整改完成"
)
STATUS = re.compile(rf"^(?:{STATUS_WORDS}|良好|优秀|较好|未办结|未销号)$")
_PERSON = re.compile(
    r"^[\u4e00-\u9fff]?[xX×＊*]{2,3}$|^[\u4e00-\u9fff]{1,3}[xX×＊*]{1,3}$|^[\u4e00-\u9fff]{2,4}(?:[、，\s][\u4e00-\u9fff]{2,4})*$|^[\u4e00-\u9fff][ \u3000]{1,2}[\u4e00-\u9fff]$|^[\u4e00-\u9fff]{2,8}·[\u4e00-\u9fff·]{2,10}$"
)
_TITLE_OF_PERSON = re.compile(
    r"^(?:[\u4e00-\u9fff、，（）]{0,20}(?:市长|县长|区长|书记|主任|局长|部长|主席|专员|州长|旗长|镇长|乡长|委员|常委|副[^，。]{1,6})\s*[\u4e00-\u9fff·]{2,10}|[\u4e00-\u9fff]{1,8}(?:副?(?:[市县区州旗镇乡局处科]长|书记|主任)))$"
)


# Rows that are numbered by a code: 1-1, MS-01, A3.
CODE = r"(?:[A-Za-zＡ-Ｚａ-ｚ]{1,4}[-－—]?\d{1,4}|[\u4e00-\u9fff]{1,2}[-－—]\d{1,4}|\d{1,2}[-－—.．]\d{1,3})"
_NUMBER_CELL = re.compile(
    rf"[（(]?\d{{1,4}}[）)]?[.、．]?|[①-⑳]|[（(]?[一二三四五六七八九十]{{1,3}}[）)]?[、.]?|{CODE}"
)


# 县水务局牵头，县财政局配合: a unit cell that says the roles.
_ROLES_SAID = re.compile(
    rf"[（(〔\[]?[^。；\d]{{2,40}}(?:{LEADS}|负责)[，,、；][^。]{{2,120}}(?:{HELPS}|落实)[）)〕\]]?"
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


# The meaning of a column whose heading nobody knows, until its cells tell it (``table_unknown``).
UNKNOWN = "unknown"
OWN_WORDS = "TASKIE_COLUMN_WORDS"
# A known word is part of a longer heading if it has so many characters, and all others are no more than so many.
_MIN_WORD, _MAX_REST = 2, 10
# Where the parts of a heading say more than the word at its end: 协助责任单位, 实际完成时间.
_SAID_BETTER = (
    ("unit", "responsible", ("unit", "lead")),
    ("unit", "responsible", ("unit", "cooperating")),
    ("deadline", None, ("remark", None)),
)
_COUNTS = re.compile(r"^[计数度指]|量")
_AND = re.compile(r"[及和与、/]")


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

    The whole cell counts first; then the first of two things that it names, the longest known word that it ends with,
    its parts (``column_parts``), and the known word that it begins with: 2024年工作目标 is a statement, 责任单位（牵头） a
    unit, 目标时限 a deadline.
    """
    words = re.sub(r"[\s\u3000#*|]+", "", cell)
    if not 1 <= len(words) <= 24:
        return None
    known = known_columns()
    bare = re.sub(r"[（(][^（）()]*[）)]", "", words)
    for form in (words, bare):
        if form in known:
            return known[form]
    if is_progress_of_period(words):
        return Column("progress", word=words)
    if re.search(r"(?:表|台账|一览|清单|情况)$", words) and len(words) > 6:
        return None  # a caption
    if re.match(r"^[^：:]+[：:].", words):
        return None  # 单位：亿元 says what the figures below are in
    if len(bare) < 2 or re.search(r"[，。；、：,;:\d]{1}.*[，。；]", bare):
        return None
    return _first_named(bare) or _by_end(bare) or _by_beginning(bare)


def _first_named(heading: str) -> Column | None:
    """Of two things that a heading names, and of one and what is said about it, the first counts: 存在困难及下步打算."""
    whole = _longest_end(heading)
    if whole and _AND.search(whole.word):
        return whole
    parts = _AND.split(heading, maxsplit=1)
    first = parts[0] if len(parts) > 1 else heading.removesuffix("说明")
    if first == heading or len(first) < _MIN_WORD:
        return None
    return known_columns().get(first) or _by_end(first)


def _by_end(heading: str) -> Column | None:
    """What a heading is about stands at its end; its parts say more of it than a word of two characters."""
    found = _longest_end(heading)
    meaning = read_parts(heading)
    if found and len(found.word) > _MIN_WORD and (found.meaning, found.role, meaning) not in _SAID_BETTER:
        return found
    if meaning:
        return Column(*meaning, word=heading)
    # 单位 behind other words is a body, and whose we do not know.
    return None if found and found.meaning == "measure_unit" and not _COUNTS.search(heading) else found


def _by_beginning(heading: str) -> Column | None:
    return _longest(heading[:last] for last in range(len(heading), 0, -1))


def _longest_end(heading: str) -> Column | None:
    return _longest(heading[first:] for first in range(len(heading)))


def _longest(parts: Iterable[str]) -> Column | None:
    """Return the first known word of the parts of a heading, longest first; of the heading not too much may be left."""
    known = known_columns()
    own = [part for part in islice(parts, _MAX_REST + 1) if len(part) >= _MIN_WORD]
    return next((known[part] for part in own if part in known), None)


def is_none(cell: str) -> bool:
    """Tell whether a cell says that there is nothing."""
    stripped = cell.strip()
    return not stripped or stripped in NONE_MARKS


def kind_of_cell(cell: str) -> str:
    """Return what a cell holds by its form: number, deadline, status, unit, leader, text or none."""
    return _kind_of_words(cell.strip(" \t\r\n\u3000"), active_words())


@lru_cache(maxsize=8192)
def _kind_of_words(words: str, _in_force: LearnedWords) -> str:
    """Tell what words are; kept, since a cell is asked about by each reading of its table. Learned words may change it."""
    if is_none(words) or refers_up(words):
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
