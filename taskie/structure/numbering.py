"""Recognize the numbers that head items: 一、 （一） 1. 1、 （1） ① 第一条 and their kin.

Boundary: this names the style and value of a number at a place; whether an item really
begins there depends on its neighbours and is decided in ``prose``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CHINESE = "〇零一二三四五六七八九十百"
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CIRCLED = {chr(0x2460 + i): i + 1 for i in range(20)} | {chr(0x2776 + i): i + 1 for i in range(10)}
_PAREN_DIGIT = {chr(0x2474 + i): i + 1 for i in range(20)}
_DOT_DIGIT = {chr(0x2488 + i): i + 1 for i in range(20)}
_PAREN_CHINESE = {chr(0x3220 + i): i + 1 for i in range(10)}
_SPECIAL = "".join([*_CIRCLED, *_PAREN_DIGIT, *_DOT_DIGIT, *_PAREN_CHINESE])

_NUMBER = re.compile(
    rf"(?P<part>第[{_CHINESE}\d０-９]{{1,4}}(?:章|部分|编|篇|节|条|项|类|方面)(?=[\s\u3000、，,.．：:]|$|[\u4e00-\u9fff]))[\s\u3000、，,.．：:]*|"
    rf"(?P<chinese>[{_CHINESE}]{{1,4}})[\s\u3000]*[、.．]\s*|"
    rf"[（(]\s*(?P<pchinese>[{_CHINESE}]{{1,4}})\s*[)）][、.．]?\s*|"
    r"[（(]\s*(?P<parabic>[\d０-９]{1,3})\s*[)）][、.．]?\s*|"
    r"(?P<decimal>\d{1,2}(?:[.．]\d{1,2}){1,3})(?:[、.．][\s\u3000]*|[\s\u3000]+)(?=[^\d%％])|"
    r"(?P<arabic>[\d０-９]{1,3})[\s\u3000]*(?:[、﹒]|．(?![\d０-９]{1,4}(?:[万亿%％‰倍吨亩元]|个百分点|公里|公顷|平方))|\.(?!\d)|[)）]|\.(?=\d{4}年))[\s\u3000]*|"
    rf"(?P<special>[{_SPECIAL}])[、.．]?\s*|"
    rf"(?P<named>(?:任务|举措|措施|事项|行动|项目)[{_CHINESE}\d０-９]{{1,3}}(?=\s*[：:、.．]|[ \t\u3000]+)|第[{_CHINESE}]{{1,3}}(?=[，,：:]))[：:、.．，,\s]*|"
    rf"(?P<bare>[\d０-９]{{1,3}}|[{_CHINESE}]{{1,3}})(?: {{2,}}|[\t\u3000]+)(?=[\u4e00-\u9fff“xX×])"
)
_STYLES = ("part", "chinese", "pchinese", "parabic", "decimal", "arabic", "special", "named", "bare")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed: ``text`` without its trailing mark, ``content`` where the item's words begin."""

    style: str
    value: int
    text: str
    start: int
    content: int


def read_number(text: str, position: int) -> Number | None:
    """Return the item number that begins at ``position``, or ``None`` if there is none."""
    match = _NUMBER.match(text, position)
    if not match:
        return None
    style = next(name for name in _STYLES if match[name])
    printed = match[style]
    if style in ("pchinese", "parabic"):
        printed = text[position : match.end()].rstrip(" \t\u3000、.．")
    elif style == "special":
        style = _special_style(printed)
    elif style == "part":
        style = "part" + ("部分" if printed.endswith("部分") else printed[-1])
    value = number_value(match[_STYLES[[bool(match[n]) for n in _STYLES].index(True)]])
    if value is None:
        return None
    return Number(style, value, printed, position, match.end())


def number_value(printed: str) -> int | None:
    """Return the value of a printed number, the last component of a decimal one; ``None`` if it has none."""
    for table in (_CIRCLED, _PAREN_DIGIT, _DOT_DIGIT, _PAREN_CHINESE):
        if printed in table:
            return table[printed]
    core = re.sub(r"^(?:任务|举措|措施|事项|行动|项目)|^第|(?:章|部分|编|篇|节|条|项|类|方面)$", "", printed)
    core = re.split(r"[.．]", core)[-1]
    if core.isdecimal():
        return int(core)
    return chinese_value(core)


def chinese_value(numeral: str) -> int | None:
    """Return the value of a Chinese numeral below one thousand, such as 二十三 or 一〇五."""
    if not numeral or any(c not in _CHINESE + "两" for c in numeral):
        return None
    if "十" not in numeral and "百" not in numeral:
        return int("".join(str(_DIGITS[c]) for c in numeral))
    total, digit = 0, 0
    for c in numeral:
        if c == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif c == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _DIGITS[c]
    return total + digit


def _special_style(character: str) -> str:
    if character in _CIRCLED:
        return "circled"
    if character in _PAREN_CHINESE:
        return "pchinese"
    return "parabic" if character in _PAREN_DIGIT else "arabic"
