"""Lines of a PDF page: built from characters, freed of page numbers and running heads, joined to paragraphs.

Boundary: a PDF knows where characters stand and nothing of paragraphs; all here is inferred from positions.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# A line is full if fewer characters than these are missing at its right: no punctuation stands first in a line, and
# a number or a word is not divided, so that what is moved down leaves a gap.
FULL_WITHIN_CHARACTERS = 3.0
INDENT_CHARACTERS = 1.2
SAME_SIZE_PT = 1.5
MARGIN_ZONE = 0.12  # running heads stand in this share of the page's height, above and below
PAGE_NUMBER_ZONE = 0.2  # nothing else looks like a page number, so that it may stand further in
TITLE_TIMES_BODY = 1.15
# Programs set a quarter of a character between Chinese and Latin, and more in justified lines; only a wider gap is a space.
SPACE_CHARACTERS = 0.6
_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:\d{1,4}|第\s*\d{1,4}\s*页(?:[,，/\s]*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}|Page\s+\d{1,4}(?:\s+of\s+\d{1,4})?)[-—–－·\s]*"
)
_NUMBERED = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]{1,3}[、章节条．.]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}(?:[.．、](?!\d)|\.\d{1,2}[\s、])|[①-⑳]|附件?[:：\d])"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; positions in points from the upper left corner of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    page: int
    page_width: float = 0.0
    page_height: float = 0.0


def lines_of(chars: Sequence[dict[str, Any]], page: int, width: float = 0.0, height: float = 0.0) -> list[Line]:
    """Return the lines that characters form, from top to bottom."""
    from pdfplumber.utils.text import chars_to_textmap

    if not chars:
        return []
    lines = []
    for found in chars_to_textmap(list(chars), x_tolerance_ratio=SPACE_CHARACTERS).extract_text_lines():
        text = found["text"].strip()
        if text:
            size = statistics.median(char["size"] for char in found["chars"])
            edges = (float(found["x0"]), float(found["x1"]), float(found["top"]), float(found["bottom"]))
            lines.append(Line(text, *edges, float(size), page, width, height))
    return lines


def runs_on(line: Line, right: float) -> bool:
    """Tell whether a line reaches so near to ``right`` that it was broken for want of room."""
    return right - line.x1 < FULL_WITHIN_CHARACTERS * line.size


def glued(first: str, second: str) -> str:
    """Join two lines of one paragraph: Chinese goes on without a gap, Latin words keep theirs."""
    gap = " " if first[-1:].isascii() and first[-1:].isalpha() and second[:1].isascii() and second[:1].isalpha() else ""
    return first + gap + second


def is_numbered(text: str) -> bool:
    """Tell whether a line begins with the number of an item or heading."""
    return bool(_NUMBERED.match(text))


def paragraph_ends(lines: Sequence[Line]) -> list[bool]:
    """Return for each line whether its paragraph ends with it."""
    margins = {width: _margins([x for x in lines if round(x.page_width) == width]) for width in {round(x.page_width) for x in lines}}  # fmt: skip
    body = statistics.median(line.size for line in lines) if lines else 0.0
    ends = [True] * len(lines)
    for i, (line, after) in enumerate(zip(lines, lines[1:], strict=False)):
        left, right = margins[round(line.page_width)]
        near = after.page != line.page or after.top - line.bottom <= 2 * line.size
        ends[i] = not (
            right
            and near
            and runs_on(line, right)
            and abs(after.size - line.size) <= SAME_SIZE_PT
            and (
                after.x0 <= left + INDENT_CHARACTERS * after.size
                or (line.size >= TITLE_TIMES_BODY * body and _centred(line, after))
            )
            and not is_numbered(after.text)
        )
    return ends


def _centred(line: Line, after: Line) -> bool:
    return abs(line.x0 + line.x1 - after.x0 - after.x1) <= 2 * line.size


def _margins(lines: Sequence[Line]) -> tuple[float, float]:
    """Return the left and right edge of the text; a right edge of 0 where no line is long enough to show it."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    room = lines[0].page_width - right
    return left, right if room <= 1.6 * left else 0.0


def furniture(lines: Sequence[Line]) -> set[int]:
    """Return the positions in ``lines`` of page numbers and of heads and feet that are repeated on every page.

    A head that is repeated is the document's title as often as not: it stays where it stands first.
    """
    zones = {i: zone for i, line in enumerate(lines) if (zone := _zone(line, MARGIN_ZONE))}
    pages = len({line.page for line in lines})
    out = {i for i, line in enumerate(lines) if _PAGE_NUMBER.fullmatch(line.text) and _zone(line, PAGE_NUMBER_ZONE)}
    keys = {i: (zone, re.sub(r"\d+", "#", lines[i].text), round(lines[i].top / 3)) for i, zone in zones.items()}
    counts = Counter(keys.values())
    seen: set[tuple[str, str, int]] = set()
    for i, key in keys.items():
        if pages < 2 or counts[key] < max(2, pages - 1):
            continue
        if key[0] == "foot" or key in seen:
            out.add(i)
        seen.add(key)
    return out


def _zone(line: Line, share: float) -> str | None:
    if line.bottom <= share * line.page_height:
        return "head"
    return "foot" if line.top >= (1 - share) * line.page_height else None
