"""Characters and ruled lines of an OFD page, in the form in which pdfplumber gives those of a PDF.

Boundary: positions only. OFD counts millimetres from the upper left corner, all here is turned into points.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, repeat
from typing import Any

from taskie.readers.pdf import MAX_RULES

POINTS_PER_MM = 72 / 25.4
# No printed page holds as many; a file that claims so would fill memory.
MAX_PAGE_CHARACTERS = 50_000
MAX_POSITION_MM = 100_000.0
ASCENT, DESCENT = 0.88, 0.12  # shares of the size above and below the baseline, as fonts of the trade have them
# Text that rises more than this in its length is a watermark or stands on its side.
MAX_SLOPE = 0.05
LEVEL_MM = 0.1
_UNTURNED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_STEP = re.compile(r"([SMLQBAC])([^SMLQBAC]*)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(slots=True)
class Shapes:
    """What stands on a page; ``slanted`` tells whether turned text was left out."""

    chars: list[dict[str, Any]] = field(default_factory=list)
    edges: list[dict[str, Any]] = field(default_factory=list)
    pictures: int = 0
    slanted: bool = False

    def add(self, chars: Sequence[dict[str, Any]], edges: Sequence[dict[str, Any]] = ()) -> None:
        """Add characters and lines; raises ``ValueError`` if the page then holds more characters than is safe."""
        if len(self.chars) + len(chars) > MAX_PAGE_CHARACTERS:
            raise ValueError(f"it holds more than {MAX_PAGE_CHARACTERS:,} characters")
        self.chars += chars
        self.edges += edges


@dataclass(frozen=True, slots=True)
class _Frame:
    """An object's own coordinates: its matrix, then the corner of its box."""

    matrix: Sequence[float]
    left: float
    top: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self.matrix
        at = (a * x + c * y + e + self.left, b * x + d * y + f + self.top)
        if not all(abs(value) <= MAX_POSITION_MM for value in at):
            raise ValueError(f"a position of {at[0]:g}, {at[1]:g} mm")
        return at


def shapes_of(content: Any) -> Shapes:
    """Return the shapes of a page's or template's content; raises ``ValueError`` for numbers that are none."""
    shapes = Shapes()
    for element in content.iter("{*}TextObject", "{*}PathObject", "{*}ImageObject"):
        if element.get("Visible") in ("false", "0"):
            continue
        kind = element.tag.rpartition("}")[2]
        if kind == "ImageObject":
            shapes.pictures += 1
        elif kind == "TextObject":
            _add_text(element, shapes)
        elif len(shapes.edges) <= MAX_RULES and _is_drawn(element):  # with more, no table is looked for
            shapes.edges += _edges(element)
    return shapes


def numbers(text: str | None, count: int) -> tuple[float, ...]:
    """Return ``count`` finite numbers; raises ``ValueError`` if there are fewer, more or others."""
    values = tuple(float(word) for word in (text or "").split())
    if len(values) != count or not all(map(math.isfinite, values)):
        raise ValueError(f"{(text or '')[:40]!r} where {count} number{'s' * (count > 1)} belong{'s' * (count < 2)}")
    return values


def deltas(text: str | None) -> Iterator[float]:
    """Yield the distances of DeltaX or DeltaY, the last one without end; ``g n d`` stands for n times d."""
    words = iter((text or "").split())
    parts: list[Iterator[float]] = []
    last = 0.0
    for word in words:
        if word == "g":
            count, last = int(next(words, "")), float(next(words, ""))
            parts.append(repeat(last, count))
        else:
            last = float(word)
            parts.append(repeat(last, 1))
    return chain(*parts, repeat(last))


def _frame(element: Any) -> _Frame:
    if not element.get("Boundary"):
        raise ValueError(f"a {element.tag.rpartition('}')[2]} without Boundary")
    left, top, _, _ = numbers(element.get("Boundary"), 4)
    return _Frame(numbers(element.get("CTM"), 6) if element.get("CTM") else _UNTURNED, left, top)


def _add_text(element: Any, shapes: Shapes) -> None:
    frame = _frame(element)
    a, b, _, d, _, _ = frame.matrix
    if a <= 0 or d <= 0 or abs(b) > MAX_SLOPE * a:
        shapes.slanted = True
        return
    # Some writers spell it small, some leave it out.
    size = numbers(element.get("Size") or element.get("size") or element.get("Boundary").split()[3], 1)[0]
    width = size * float(element.get("HScale") or 1)
    x = y = 0.0
    for code in element.iterfind("{*}TextCode"):
        x, y = float(code.get("X") or x), float(code.get("Y") or y)
        chars = []
        text = _CONTROL.sub("", code.text or "")[: MAX_PAGE_CHARACTERS + 1]
        for char, at_x, at_y, wide in _placed(text, x, y, width, code):
            (x0, baseline), (x1, _) = frame.point(at_x, at_y), frame.point(at_x + wide, at_y)
            chars.append(_char(char, x0, x1, baseline, size * d))
        shapes.add(chars)


def _placed(text: str, x: float, y: float, width: float, code: Any) -> Iterator[tuple[str, float, float, float]]:
    """Yield each character with its position and width; where no distances are given, as wide as fonts have them."""
    across, down = code.get("DeltaX"), code.get("DeltaY")
    steps_x = deltas(across) if across or down else (_width(char, width) for char in text)
    for char, dx, dy in zip(text, steps_x, islice(deltas(down), len(text)), strict=False):
        wide = _width(char, width)
        yield char, x, y, min(wide, dx) if dx > 0 else wide
        x, y = x + dx, y + dy


def _width(char: str, width: float) -> float:
    return width if unicodedata.east_asian_width(char) in "WFA" else width / 2


def _char(char: str, x0: float, x1: float, baseline: float, size: float) -> dict[str, Any]:
    top, bottom = (baseline - ASCENT * size) * POINTS_PER_MM, (baseline + DESCENT * size) * POINTS_PER_MM
    return {
        "text": char, "x0": x0 * POINTS_PER_MM, "x1": x1 * POINTS_PER_MM, "top": top, "bottom": bottom, "doctop": top,
        "size": size * POINTS_PER_MM, "width": (x1 - x0) * POINTS_PER_MM, "height": bottom - top, "upright": True,
    }  # fmt: skip


def _is_drawn(path: Any) -> bool:
    return path.get("Stroke") not in ("false", "0") or path.get("Fill") in ("true", "1")


def _edges(path: Any) -> Iterator[dict[str, Any]]:
    """Yield the level and upright lines of a path; curves and slopes are no rules of a table."""
    frame = _frame(path)
    data = path.find("{*}AbbreviatedData")
    here = start = (0.0, 0.0)
    for match in islice(_STEP.finditer((data.text or "") if data is not None else ""), MAX_RULES + 1):
        step, before = match[1], here
        values = numbers(match[2], {"C": 0, "Q": 4, "B": 6, "A": 7}.get(step, 2))
        here = frame.point(*values[-2:]) if values else start
        if step in "SM":
            start = here
        elif step in "LC" and (edge := _edge(before, here)):
            yield edge


def _edge(one: tuple[float, float], other: tuple[float, float]) -> dict[str, Any] | None:
    wide, high = abs(one[0] - other[0]), abs(one[1] - other[1])
    if min(wide, high) > LEVEL_MM or max(wide, high) <= LEVEL_MM:
        return None
    (x0, x1), (top, bottom) = ((low * POINTS_PER_MM, up * POINTS_PER_MM) for low, up in map(sorted, zip(one, other, strict=True)))  # fmt: skip
    if wide > high:
        bottom = top
    else:
        x1 = x0
    return {
        "object_type": "line", "orientation": "h" if wide > high else "v", "x0": x0, "x1": x1, "top": top, "bottom": bottom,
        "doctop": top, "width": x1 - x0, "height": bottom - top,
    }  # fmt: skip
