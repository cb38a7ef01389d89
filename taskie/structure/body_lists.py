"""Lists of bodies that a tagger found in a text, to tell cells apart where copying left no mark between them.

Boundary: only where such lists begin and end; reading rows by them is the business of the ``table_run_*`` modules.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

# What stands between two bodies of one list; a lost character may leave a blank beside the mark.
_BETWEEN = re.compile(r"\s?(?:[、，,；;/]|以及|[和及与])?\s?")


@dataclass(frozen=True, slots=True)
class BodyLists:
    """Bodies, and the lists they form over 、 and ，, both as spans in text order."""

    bodies: tuple[tuple[int, int], ...] = ()
    lists: tuple[tuple[int, int], ...] = ()
    ends: tuple[int, ...] = ()

    @classmethod
    def of(cls, text: str, bodies: Iterable[tuple[int, int]]) -> BodyLists:
        """Join the bodies that only a separator parts."""
        ordered = tuple(sorted(bodies))
        lists: list[tuple[int, int]] = []
        for start, end in ordered:
            between = text[lists[-1][1] : start] if lists else None
            if between and not between.isspace() and _BETWEEN.fullmatch(between):
                lists[-1] = (lists[-1][0], end)
            else:
                lists.append((start, end))
        return cls(ordered, tuple(lists), tuple(end for _, end in lists))

    def ending_within(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the last list that ends in ``start..end``, ``end`` included."""
        i = bisect_right(self.ends, end) - 1
        return self.lists[i] if i >= 0 and self.lists[i][1] >= start else None

    def inside(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return the lists that lie in ``start..end``."""
        i = bisect_left(self.lists, (start, start))
        found = []
        while i < len(self.lists) and self.lists[i][0] < end:
            if self.lists[i][1] <= end:
                found.append(self.lists[i])
            i += 1
        return tuple(found)

    def bodies_inside(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return the bodies that lie in ``start..end``."""
        first, last = bisect_left(self.bodies, (start, start)), bisect_left(self.bodies, (end, end))
        return tuple(body for body in self.bodies[first:last] if body[1] <= end)

    def covers(self, text: str, start: int, end: int) -> bool:
        """Tell whether ``text[start:end]`` is bodies and the marks between them, and nothing else."""
        bodies = self.bodies_inside(start, end)
        if not bodies:
            return False
        left = [start, *(b for _, b in bodies)], [*(a for a, _ in bodies), end]
        return all(not re.search(r"[^\s、，,；;。和及与]", text[a:b]) for a, b in zip(*left, strict=True))

    def cover(self, position: int) -> bool:
        """Tell whether ``position`` lies inside a body."""
        return bool(self.bodies_at(position))

    def bodies_at(self, position: int) -> tuple[tuple[int, int], ...]:
        """Return the body that begins before ``position`` and ends behind it, if there is one."""
        i = bisect_right(self.bodies, (position, position)) - 1
        return self.bodies[i : i + 1] if i >= 0 and self.bodies[i][0] < position < self.bodies[i][1] else ()


NO_BODIES = BodyLists()
