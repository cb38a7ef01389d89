"""Read numerals as officials write them: 1,100万, １２.5, 二十余, 三成, x.x, 三分之二.

Boundary: numerals only; units and comparators are the business of ``quantities``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DIGITS = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    **{"○": 0, "两": 2, "俩": 2},
}
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
CHINESE = "".join(DIGITS) + "".join(_SMALL) + "".join(_LARGE)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％／－＋", "0123456789.,%/-+")
_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
# Units of their own, not magnitudes: 千瓦, 百帕.
_THOUSANDFOLD = re.compile(r"[千百](?:米|瓦|克|卡|伏|帕|赫|焦|安)")
_MASK_SIGNS = "xX×*＊○●□ＸｘＮ_"
_MASK = re.compile(
    rf"(?=[\d.,]*[{_MASK_SIGNS}])[{_MASK_SIGNS}\d]+(?:,[{_MASK_SIGNS}\d]{{3}})*(?:\.[{_MASK_SIGNS}\d]+)?(?:/[{_MASK_SIGNS}]+)?"
)
_ADJACENT = re.compile(
    r"(?P<ten>十?)(?P<low>[一二两三四五六七八])(?P<high>[二三四五六七八九])(?P<magnitude>[十百千万亿]?)(?![〇零一二两三四五六七八九点分成])"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral read from the beginning of a text.

    ``end`` is where it stops, ``value`` is ``None`` if it is masked; ``high`` is the upper end of two or three (两三).
    """

    value: float | None
    end: int
    masked: bool = False
    approximate: bool = False
    high: float | None = None


def half_width(text: str) -> str:
    """Return ``text`` with full-width digits and number signs as half-width ones, of the same length."""
    return text.translate(_FULL_WIDTH)


def read_numeral(text: str) -> Numeral | None:
    """Read the numeral that ``text`` begins with, magnitude included; ``None`` if there is none.

    White space inside a number that a copy put there is passed over (5.6 万).
    """
    text = half_width(text)
    for reader in (_read_fraction, _read_masked, _read_arabic, _read_adjacent, _read_chinese):
        numeral = reader(text)
        if numeral:
            return numeral
    return None


def _read_fraction(text: str) -> Numeral | None:
    match = re.match(r"(\d+)\s*/\s*(\d+)", text)
    if match and int(match[2]):
        return Numeral(round(int(match[1]) / int(match[2]), 4), match.end())
    match = re.match(rf"([{CHINESE}]+|\d+)分之([{CHINESE}]+|\d+(?:\.\d+)?)", text)
    if match:
        below, above = _plain(match[1]), _plain(match[2])
        if below and above is not None:
            return Numeral(round(above / below, 4), match.end())
    return None


def _plain(numeral: str) -> float | None:
    return float(numeral) if numeral[0].isdecimal() else chinese_number(numeral)


def _read_masked(text: str) -> Numeral | None:
    match = _MASK.match(text)
    if not match:
        return None
    end = match.end() + len(re.match(r"\s?[十百千万亿]*", text[match.end() :])[0])  # type: ignore[index]
    if end > match.end() and _THOUSANDFOLD.match(text, end - 1):
        end -= 1  # xx亿千瓦时: the last character belongs to the unit
    return Numeral(None, end, masked=True)


def _read_arabic(text: str) -> Numeral | None:
    match = _ARABIC.match(text)
    if not match:
        return None
    value = float(match[0].replace(",", ""))
    end = match.end()
    indefinite = re.match(r"\s?(?:余|多|几)(?=\s?[十百千万亿个家项人名户元亩吨公平台套所座处条次场米辆件])", text[end:])
    approximate = bool(indefinite)
    end += indefinite.end() if indefinite else 0
    magnitude = re.match(r"\s?([百千]?[万亿]{1,2}|[百千])", text[end:])
    if magnitude and not _THOUSANDFOLD.match(text, end + len(magnitude[0]) - len(magnitude[0].lstrip())):
        value *= _magnitude(magnitude[1])
        end += magnitude.end()
        later = re.match(r"[余多]", text[end:])
        approximate = approximate or bool(later)
        end += later.end() if later else 0
    return Numeral(tidy(value), end, approximate=approximate)


def _read_adjacent(text: str) -> Numeral | None:
    """Read 两三个, 三五家, 七八十户, 十七八人: neighbouring digits are a rough range, not a number of two digits."""
    match = _ADJACENT.match(text)
    if not match:
        return None
    low, high = DIGITS[match["low"]], DIGITS[match["high"]]
    if high - low != 1 and (low, high) != (3, 5):
        return None
    factor = _magnitude(match["magnitude"])
    base = 10 if match["ten"] else 0
    return Numeral((base + low) * factor, match.end(), approximate=True, high=(base + high) * factor)


def _magnitude(word: str) -> float:
    value = 1.0
    for c in word:
        value *= _SMALL.get(c) or _LARGE[c]
    return value


def _read_chinese(text: str) -> Numeral | None:
    match = re.match(rf"(?:[数几多上成]?[{CHINESE}]+[几]?[{CHINESE}]*|半)", text)
    if not match or not match[0]:
        return None
    printed = match[0]
    if printed == "半":
        return Numeral(0.5, 1)
    if len(printed) > 1 and _THOUSANDFOLD.match(text, match.end() - 1):
        printed = printed[:-1]  # 一百五十万千瓦: the last character belongs to the unit
    approximate = printed[0] in "数几多上成" or "几" in printed
    core = printed.lstrip("数几多上成").replace("几", "")
    value = chinese_number(core)
    if value is None:
        return None
    end = len(printed)
    later = re.match(r"[余多几]", text[end:])
    if later:
        approximate, end = True, end + 1
        magnitude = re.match(r"[万亿]+", text[end:])
        if magnitude:
            value *= _magnitude(magnitude[0])
            end += magnitude.end()
    decimals = re.match(rf"点([{''.join(DIGITS)}]+)", text[end:])
    if decimals:
        value += float("0." + "".join(str(DIGITS[c]) for c in decimals[1]))
        end += decimals.end()
    return Numeral(tidy(value), end, approximate=approximate)


def chinese_number(numeral: str) -> float | None:
    """Return the value of a plain Chinese numeral such as 一万二千, 百, 二〇; ``None`` if it is none."""
    if not numeral or any(c not in CHINESE for c in numeral):
        return None
    if all(c in DIGITS for c in numeral):
        return float("".join(str(DIGITS[c]) for c in numeral))
    total = section = 0.0
    digit: float | None = None
    for c in numeral:
        if c in DIGITS:
            digit = DIGITS[c]
        elif c in _SMALL:
            section += (1 if digit is None or digit == 0 else digit) * _SMALL[c]
            digit = None
        else:
            section += digit or 0
            total = (total + section or 1) * _LARGE[c] if _LARGE[c] > 10**4 else total + (section or 1) * _LARGE[c]
            section, digit = 0.0, None
    return total + section + (digit or 0)


def tidy(value: float) -> float:
    """Take the noise of binary multiplication off (1.53 × 10000 is 15300), and give whole numbers as ``int``."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded
