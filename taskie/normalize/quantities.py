"""Normalize amounts: value in base units, unit, bound; guidelines, section 4.

Boundary: an amount and the words right around it; what the amount measures is the business of
``taskie.relations``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from taskie.normalize.bounds import bound_after, bound_before
from taskie.normalize.data import read_rows
from taskie.normalize.numerals import CHINESE, Numeral, half_width, read_numeral, tidy

# Magnitudes that a unit may carry after the numeral was read apart: 吨 in 万吨.
_FACTORS = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_UNIT_WORDS = {row[0]: row[1] for row in read_rows("unit_words.csv")}
# Words that may stand between a comparator and its amount.
_INDEFINITE = re.compile(r"[余多几来]|[百千]?[万亿]*[余多]")
_OWN_UNIT = re.compile(
    r"(?P<magnitude>(?:(?![百千](?:米|瓦|克|卡|伏|帕|分))[百千万亿]){0,2})[%‰\u4e00-\u9fff]{0,4}?(?=-|—|–|~|～|至|到|−)"
)
_LEAD = re.compile(r"^(?:不低于|不少于|不超过|不高于|至少|超过|突破|约|近|超|≥|≤|>|<)(?=.)")
# A scan that reads the letter O for a nought: 1OO%.
_LETTER_ZERO = re.compile(r"(?<=\d)[OoＯ]+(?![A-Za-z])")
# A rate per a round number of people: 15/10万 is 15 of 100,000, not a fraction.
_RATIO = re.compile(r"(\d+(?:\.\d+)?)/\d*[百千]?万")
_RANGE = re.compile(r"\s*(?:-+|—+|–|~|～|至|到|−)\s*")
# Dates, ordinals, names and ranks that look like amounts: 第三次, 2023年, 3号线, 前5强.
_NOT_AMOUNT = re.compile(
    r"^第|^一(?:体化|站式|网|键|码|些|批|系列|定|揽子)|^\d+[GK]$|^\d+[:：]\d|^前|^(?:19|20)\d{2}年|^\d{1,2}月(?!龄)|^\d+[A-Z](?![A-Za-z]|$)|^\d+(?:-\d+)?号|届$|强$|版$"
)
# A phase (二期) or a grade (三级), unless something is held in terms or kept to levels: 培训班三期, 三级以内.
_PHASE = re.compile(r"^[一二三四五六]期$")
_GRADE = re.compile(r"级$")
_HELD = re.compile(r"(?:班|培训|举办|开设|开办|发布|编印|编发|讲座|简报)[^，。；]{0,8}$")
_UNTAGGED_BEFORE = re.compile(r"第$")
_PER_WORDS = (
    "人次|人|户|村|亩|家|个|台|套|年|月|天|日|周|次|吨|公里|平方米|平方公里|立方米|所|名|"
    "餐|床|车|镇|乡|县|班|生|学期|季度|件|项|点|头|只|棵|株|批|小时|户籍人口|人口|村民小组|社区|站|处|宗|栋|套房"
)
_PER = re.compile(rf"每((?:[{CHINESE}]|\d)*(?:{_PER_WORDS})(?:每[人月年天日次])?)[^，。；：每\d]{{0,9}}$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A normalized amount; ``value`` is ``None`` where it is masked or cannot be read."""

    value: float | None
    value_max: float | None
    unit: str
    bound: str
    masked: bool = False
    per: str | None = None

    def printed(self) -> str:
        """Return the amount as text that normalizes to itself; empty for what is no amount."""
        if self.value is None and not self.masked:
            return ""
        number = "x" if self.masked or self.value is None else _decimal(self.value)
        if self.value_max is not None:
            number += f"—{_decimal(self.value_max)}"
        return (
            number
            + ("个" if self.unit == "百分点" else "")
            + self.unit
            + {"ge": "以上", "le": "以下", "approx": "左右", "eq": ""}[self.bound]
        )


def normalize_quantity(text: str, *, before: str = "", after: str = "") -> Quantity:
    """Normalize the amount ``text``; ``before`` and ``after`` are the words around it in its clause.

    Never raises: what cannot be read gives no value. Of words on both sides, those inside or behind the amount
    win (以上 over 约).
    """
    squeezed = half_width("".join(text.split())).lstrip("“”\"'（(")
    squeezed = re.sub(rf"([百千])分之([{CHINESE}\d.点几余多]+)", lambda m: m[2] + "%‰"[m[1] == "千"], squeezed)
    squeezed = _LETTER_ZERO.sub(lambda m: "0" * len(m[0]), squeezed)
    lead = _LEAD.match(squeezed)
    if lead:
        before, squeezed = before + lead[0], squeezed[lead.end() :]
    bound, core = bound_after(squeezed, after)
    ratio = _RATIO.match(core)
    numeral = read_numeral(core[: ratio.end(1)] if ratio else core)
    if numeral is None or _UNTAGGED_BEFORE.search(before) or _names_something(core, before, bound):
        return Quantity(None, None, "", "eq")
    value, value_max, rest, masked, approximate = _range(core, numeral)
    factor, unit = _split_unit(rest)
    if len(rest) - len(unit) and _INDEFINITE.match(rest):
        approximate = True
    unit, value, value_max = _special(unit, _scaled(value, factor), _scaled(value_max, factor))
    if value is None:
        value_max = None
    bound = bound or ("approx" if approximate else bound_before(before, core))
    return Quantity(value, value_max, unit, bound, masked, _per(before, unit))


def _names_something(core: str, before: str, bound: str | None) -> bool:
    if _NOT_AMOUNT.search(core) or (_GRADE.search(core) and bound is None):
        return True
    return bool(_PHASE.search(core)) and not _HELD.search(before)


def _decimal(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.6f}".rstrip("0").rstrip(".")


def _range(text: str, first: Numeral) -> tuple[float | None, float | None, str, bool, bool]:
    """Read 8—10个, 5%—7%, 8至10家; return value, value_max, the rest, masked, approximate."""
    rest = text[first.end :]
    if first.high is not None:
        return first.value, first.high, rest, False, True
    own_unit = _OWN_UNIT.match(rest)
    for skipped in dict.fromkeys((0, own_unit.end() if own_unit else 0)):
        dash = _RANGE.match(rest, skipped)
        second = read_numeral(rest[dash.end() :]) if dash else None
        if dash and second:
            tail = rest[dash.end() + second.end :]
            between = own_unit["magnitude"] if own_unit and skipped else ""
            value = _share_magnitude(text, first, between, second, rest[dash.end() :])
            masked = first.masked or second.masked
            return None if masked else value, None if masked else second.value, tail, masked, False
    return first.value, None, rest, first.masked, first.approximate


def _share_magnitude(text: str, first: Numeral, between: str, second: Numeral, later: str) -> float | None:
    """In 3—5万人 the magnitude stands once and holds for both; in 3万—5万 each has its own."""
    if first.value is None or second.value is None:
        return None
    magnitude = re.search(r"[百千]?[万亿]+$", later[: second.end])
    own = re.search(r"[百千万亿]", text[: first.end] + between)
    if magnitude and not own:
        factor = 1.0
        for c in magnitude[0]:
            factor *= _FACTORS[c]
        return first.value * factor
    for c in between:
        first = Numeral(first.value * _FACTORS.get(c, 1.0), first.end) if first.value is not None else first
    return first.value


def _split_unit(rest: str) -> tuple[float, str]:
    """Take magnitude and indefinite words off the unit: 余万人次 is 10000 and 人次."""
    match = re.match(r"[余多几来]?([百千]?[万亿]*)[余多]?", rest)
    factor = 1.0
    if match and match[1] and not re.match(r"(?:千米|千瓦|千克|千卡|千伏|百分|千帕|百帕)", rest):
        for c in match[1]:
            factor *= _FACTORS[c]
        rest = rest[match.end() :]
    elif match and match[0] and not match[1]:
        rest = rest[match.end() :]
    return factor, _unit(rest)


def _unit(rest: str) -> str:
    unit = rest.strip("，。；、：,;:")
    for opening, closing in ("（）", "()"):
        if unit.count(opening) != unit.count(closing):
            unit = unit.strip(opening + closing)
    return _UNIT_WORDS.get(unit, unit)


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else tidy(value * factor)


def _special(unit: str, value: float | None, value_max: float | None) -> tuple[str, float | None, float | None]:
    """成 are tenths: 三成 is 30 %, 九成五 95 %; 一半 is 0.5; a half behind the unit is added (两年半)."""
    if unit == "半" and value == 1:
        return "", 0.5, None
    if len(unit) > 1 and unit[-1] == "半" and unit[0] != "成" and value is not None and value_max is None:
        return unit[:-1], tidy(value + 0.5), None
    tenths = re.fullmatch(rf"成(半|[{CHINESE}\d])?", unit)
    if not tenths:
        return unit, value, value_max
    more = {None: 0.0, "半": 5.0}.get(tenths[1])
    more = _numeral_value(tenths[1]) if more is None else more
    high = None if value_max is None else tidy(value_max * 10 + more)
    return "%", None if value is None else tidy(value * 10 + (0 if high else more)), high


def _numeral_value(numeral: str) -> float:
    found = read_numeral(numeral)
    return found.value if found and found.value is not None else 0.0


def _per(before: str, unit: str) -> str | None:
    """Return the base of a rate: 百户 of 每百户不低于30平方米, 户 of 户均增收, or the part behind a slash."""
    if "/" in unit:
        return unit.split("/", 1)[1] or None
    near = before.rstrip()[-16:]
    match = _PER.search(near)
    if match:
        return match[1]
    match = re.search(r"(?:^|[^年])([人户亩单村日月年])均[^，。；：]{0,8}$", near)
    return match[1] if match else None
