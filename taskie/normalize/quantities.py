"""Normalize amounts: value in base units, unit, bound; guidelines, section 4.

Boundary: an amount and the words right around it; what the amount measures is the business of
``taskie.relations``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from taskie.normalize.numerals import CHINESE, Numeral, half_width, read_numeral

# Magnitudes that a unit may carry after the numeral was read apart: 吨 in 万吨.
_FACTORS = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_UNIT_ALIASES = {"％": "%", "个百分点": "百分点", "百分点": "百分点", "个点": "百分点", "㎡": "平方米", "m2": "平方米", "m²": "平方米", "km": "公里",
                 "人民币": "元", "块": "元", "美金": "美元", "立方": "立方米", "平方": "平方米", "平米": "平方米", "个百分比": "百分点"}  # fmt: skip
_BOUND_AFTER = (
    (re.compile(r"(?:及|或)?以上$|起$"), "ge"),
    (re.compile(r"(?:及|或)?(?:以下|以内|之内)$|内$"), "le"),
    (re.compile(r"左右$|上下$|许$|(?<=[成%倍])多$"), "approx"),
)
_BOUND_BEFORE = (
    # Negated comparators first: 不低于 ends in 低于 and 不超过 in 超过.
    (re.compile(r"(?:(?:不|不得|不能|不应|未)(?:低于|少于|小于|亚于|下于)|≥)\s*(?:到|了)?$"), "ge"),
    (re.compile(r"(?:(?:不|不得|不能|不应|未)(?:超过|高于|大于|多于|超出|超|突破)|≤)\s*(?:到|了)?$"), "le"),
    (re.compile(r"(?:至少|最少|突破|超过|超出|高于|大于|多于|超|逾|破|>)\s*(?:到|了)?$"), "ge"),
    (re.compile(r"(?:最多|至多|控制在|压减到|压缩到|压缩至|压减至|低于|少于|小于|<)\s*(?:到|在)?$"), "le"),
    (re.compile(r"(?:大?约|大概|近|将近|接近|约为)$"), "approx"),
)
# 高于全省x个百分点 compares with another figure; the amount itself is exact.
_COMPARED = re.compile(r"(?:高于|低于|快于|超过?|好于)(?:全国|全省|全市|全县|全区|全州|上年|去年|同期|平均|周边|东部|西部|中部|规上)")
_LEAD = re.compile(r"^(?:不低于|不少于|不超过|不高于|至少|超过|突破|约|近|超)(?=.)")
_RANGE = re.compile(r"\s*(?:-|—+|–|~|～|至|到|−)\s*")
_NOT_AMOUNT = re.compile(r"^第|^(?:19|20)\d{2}年|^\d{1,2}月|期$|号$|届$|级$|强$|位$|版$|名$(?<=第.名)")


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
        """Return the amount as text that normalizes to itself."""
        number = "x" if self.masked or self.value is None else f"{self.value:.10g}" if self.value < 1e9 else f"{self.value:f}".rstrip("0").rstrip(".")
        if self.value_max is not None:
            number += f"—{self.value_max:.10g}"
        return number + ("个" if self.unit == "百分点" else "") + self.unit + {"ge": "以上", "le": "以下", "approx": "左右", "eq": ""}[self.bound]


def normalize_quantity(text: str, *, before: str = "", after: str = "") -> Quantity:
    """Normalize the amount ``text``; ``before`` and ``after`` are the words around it in its clause.

    Never raises: what cannot be read gives no value. Of words on both sides, those inside or behind the amount
    win (以上 over 约).
    """
    squeezed = half_width("".join(text.split()))
    lead = _LEAD.match(squeezed)
    if lead:
        before, squeezed = before + lead[0], squeezed[lead.end() :]
    bound, core = _bound_after(squeezed, after)
    numeral = read_numeral(core)
    if numeral is None or _NOT_AMOUNT.search(squeezed):
        return Quantity(None, None, _unit(core), bound or _bound_before(before), False)
    value, value_max, rest, masked, approximate = _range(core, numeral)
    factor, unit = _split_unit(rest)
    value = _scaled(value, factor)
    value_max = _scaled(value_max, factor)
    unit, value, value_max = _special(unit, value, value_max)
    bound = bound or ("approx" if approximate else _bound_before(before))
    return Quantity(value, value_max, unit, bound, masked, _per(before, unit))


def _bound_after(text: str, after: str) -> tuple[str | None, str]:
    for pattern, bound in _BOUND_AFTER:
        match = pattern.search(text)
        if match:
            return bound, text[: match.start()]
    stripped = after.lstrip()
    for word, bound in (("以上", "ge"), ("及以上", "ge"), ("以内", "le"), ("以下", "le"), ("左右", "approx"), ("上下", "approx")):
        if stripped.startswith(word):
            return bound, text
    return None, text


def _bound_before(before: str) -> str:
    near = before.rstrip()[-12:]
    if _COMPARED.search(near):
        return "eq"
    for pattern, bound in _BOUND_BEFORE:
        if pattern.search(near):
            return bound
    return "eq"


def _range(text: str, first: Numeral) -> tuple[float | None, float | None, str, bool, bool]:
    """Read 8—10个, 5%—7%, 8至10家; return value, value_max, the rest, masked, approximate."""
    rest = text[first.end :]
    own_unit = re.match(r"[%％个家万亿元人]{0,4}(?:百分点)?", rest)[0]  # type: ignore[index]
    for skipped in {0, len(own_unit)}:
        dash = _RANGE.match(rest, skipped)
        second = read_numeral(rest[dash.end() :]) if dash else None
        if dash and second:
            tail = rest[dash.end() + second.end :]
            value = _share_magnitude(text, first, rest[:skipped], second, rest[dash.end() :])
            return value, second.value, tail, first.masked or second.masked, False
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
    if match and match[1] and not re.match(r"(?:千米|千瓦|千克|千卡|千伏|百分)", rest):
        for c in match[1]:
            factor *= _FACTORS[c]
        rest = rest[match.end() :]
    elif match and match[0] and not match[1]:
        rest = rest[match.end() :]
    return factor, _unit(rest)


def _unit(rest: str) -> str:
    unit = rest.strip("，。；、()（）")
    unit = re.sub(rf"^[{CHINESE}\d.,余多]+(?=.)", "", unit) if unit and unit[0].isdecimal() else unit
    return _UNIT_ALIASES.get(unit, unit)


def _scaled(value: float | None, factor: float) -> float | None:
    if value is None:
        return None
    scaled = round(value * factor, 6)
    return int(scaled) if scaled == int(scaled) else scaled


def _special(unit: str, value: float | None, value_max: float | None) -> tuple[str, float | None, float | None]:
    """成 are tenths: 三成 is 30 %; per mille and doubling keep their words."""
    if unit in ("成", "成半") and value is not None:
        extra = 5 if unit == "成半" else 0
        return "%", _scaled(value, 10.0) + extra, None if value_max is None else _scaled(value_max, 10.0)  # type: ignore[operator]
    return unit, value, value_max


def _per(before: str, unit: str) -> str | None:
    """Return the base of a rate: 每百户 of 每百户不低于30平方米, or the part behind a slash."""
    if "/" in unit:
        return unit.split("/", 1)[1]
    match = re.search(rf"每((?:[{CHINESE}]|\d)*[\u4e00-\u9fff]{{1,4}}?)(?:不低于|不少于|达到|超过|约|补助|奖励|至少)?$", before.rstrip()[-12:])
    return match[1] if match else None
