"""Brackets of running text: which are pairs, where one closes, whether a place is inside one.

Boundary: the marks only; what is said inside is read by others.
"""

from __future__ import annotations

BRACKETS = {"（": "）", "(": ")", "〔": "〕", "[": "]", "【": "】", "［": "］"}


def find_closing_bracket(text: str, start: int, end: int) -> int | None:
    """Return where the bracket that opens at ``start`` closes before ``end``; ``None`` if it does not.

    Round brackets of full and half width close one another.
    """
    opening = text[start]
    closing = BRACKETS[opening]
    depth = 0
    for i in range(start, end):
        if text[i] == opening or (opening in "（(" and text[i] in "（("):
            depth += 1
        elif text[i] == closing or (opening in "（(" and text[i] in "）)"):
            depth -= 1
            if depth == 0:
                return i
    return None


def is_inside_bracket(text: str, start: int, position: int) -> bool:
    """Tell whether more brackets open than close in ``text[start:position]``."""
    opened = sum(text.count(c, start, position) for c in "（(〔【[")
    closed = sum(text.count(c, start, position) for c in "）)〕】]")
    return opened > closed
