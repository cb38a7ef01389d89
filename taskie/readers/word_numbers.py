"""Render the automatic numbers of Word's list paragraphs, which stand nowhere in the file as text."""

from __future__ import annotations

import re
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
MAX_LEVELS = 9


class Numbering:
    """The numbers of a document's lists; ``label`` is to be asked once a paragraph, in order."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._styles: dict[str, Any] = {s.get(f"{W}styleId"): s for s in document.styles.element.iterfind(f"{W}style")}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        abstract = {a.get(f"{W}abstractNumId"): a for a in root.iterfind(f"{W}abstractNum")}
        for num in root.iterfind(f"{W}num"):
            reference = num.find(f"{W}abstractNumId")
            source = abstract.get(reference.get(f"{W}val")) if reference is not None else None
            identity = num.get(f"{W}numId", "")
            overridden = num.findall(f"{W}lvlOverride/{W}lvl")
            for level in [*(source.iterfind(f"{W}lvl") if source is not None else ()), *overridden]:
                self._levels[identity, _whole(level.get(f"{W}ilvl"), 0)] = (
                    _value(level.find(f"{W}numFmt"), "decimal"),
                    _value(level.find(f"{W}lvlText"), ""),
                    _whole(_value(level.find(f"{W}start"), "1"), 1),
                )

    def label(self, paragraph: Any) -> str:
        """Return the printed number of a paragraph, or nothing."""
        found = self._properties(paragraph)
        if found is None or found not in self._levels:
            return ""
        num, depth = found
        form, pattern, start = self._levels[found]
        self._counts[num, depth] = self._counts.get((num, depth), start - 1) + 1
        for deeper in range(depth + 1, MAX_LEVELS):
            self._counts.pop((num, deeper), None)
        if form in ("bullet", "none"):
            return ""
        return re.sub(r"%([1-9])", lambda match: self._printed(num, int(match[1]) - 1), pattern)

    def _printed(self, num: str, depth: int) -> str:
        form, _, start = self._levels.get((num, depth), ("decimal", "", 1))
        return counted(self._counts.get((num, depth), start), form)

    def _properties(self, paragraph: Any) -> tuple[str, int] | None:
        """Return the list and level of a paragraph: its own, or those of its style."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        name = _value(paragraph.find(f"{W}pPr/{W}pStyle"), "")
        for _ in range(20):  # a style may be based on another; a file may make a ring of them
            if own is not None or name not in self._styles:
                break
            style = self._styles[name]
            own = style.find(f"{W}pPr/{W}numPr")
            name = _value(style.find(f"{W}basedOn"), "")
        if own is None:
            return None
        num = _value(own.find(f"{W}numId"), "0")
        return None if num == "0" else (num, _whole(_value(own.find(f"{W}ilvl"), "0"), 0))


def counted(value: int, form: str) -> str:
    """Return a number in a number format of Word (ECMA-376 part 1, 17.18.59): Arabic, Chinese, circled, letters."""
    if "hinese" in form or "japanese" in form or form == "ideographDigital":
        return _chinese(value)
    if form == "decimalEnclosedCircle" and 1 <= value <= 20:
        return chr(ord("①") + value - 1)
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
    if form in ("upperLetter", "lowerLetter") and 1 <= value <= 26:
        return chr(ord("A" if form == "upperLetter" else "a") + value - 1)
    return str(value)


def _chinese(value: int) -> str:
    if not 0 <= value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _value(element: Any, default: str) -> str:
    return default if element is None else str(element.get(f"{W}val", default))


def _whole(value: str | None, default: int) -> int:
    return int(value) if value and value.isdecimal() else default
