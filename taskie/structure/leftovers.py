"""The lines that nothing read.

Boundary: spans in, spans out; what is done with them is the business of ``reader``.
"""

from __future__ import annotations

from collections.abc import Sequence

from taskie.records import TextSpan
from taskie.structure.items import read_lines


def leftover_spans(
    text: str, stretches: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]]
) -> tuple[TextSpan, ...]:
    """Return the lines of ``stretches`` that no taken span touches, in text order."""
    marks = sorted(taken)
    left = []
    i = 0
    for start, end in stretches:
        for line in read_lines(text, start, end):
            while i < len(marks) and marks[i][1] <= line.start:
                i += 1
            if i >= len(marks) or marks[i][0] >= line.end:
                left.append(TextSpan(text[line.start : line.end], line.start, line.end))
    return tuple(left)
