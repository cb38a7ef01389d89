"""Give a text without task structure one task per paragraph that states a target.

Boundary: used only where neither prose nor tables gave a task; which spans can make a
target is told by the caller.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from taskie.records import Entity, TextSpan
from taskie.structure.items import read_lines
from taskie.structure.outline import TaskOutline

TARGET_LABELS = ("PROJECT", "QUANTITY", "DEADLINE")


def read_plain(text: str, entities: Sequence[Entity]) -> tuple[TaskOutline, ...]:
    """Return a task for each line that holds a project, an amount or a deadline; ``entities`` are in text order."""
    starts = [entity.start for entity in entities if entity.label in TARGET_LABELS]
    tasks = []
    for line in read_lines(text, 0, len(text)):
        if bisect_left(starts, line.start) < bisect_left(starts, line.end):
            statement = TextSpan(text[line.start : line.end], line.start, line.end)
            tasks.append(
                TaskOutline(None, None, (), line.start, line.end, statement, parts=((line.start, line.end),)),
            )
    return tuple(tasks)
