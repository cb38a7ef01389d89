"""How a document is to be read: its own rules, how its lines are broken, the bodies found in it.

Boundary: what holds for the whole document; ``reader`` finds it and the readers of items and tables are given it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from taskie.structure.body_lists import NO_BODIES, BodyLists

# A line that fills the width may be so much shorter than it.
_MAX_SHORT = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """How a document is to be read: its own rules about roles, how its lines are broken, the bodies a tagger found in it.

    ``one_line`` says that its items are one line each, so that an unnumbered line behind one is no part of it.
    ``parting_mark`` has the characters of the mark that stands in its lists of units between those who lead and those who help;
    ``goals_first`` has where the words of items begin that set a goal in one sentence and report on it from there on,
    ``goals_titled`` whether a title stands before the goal.
    """

    first_listed: bool = False
    others_help: bool = False
    lead_mark: str | None = None
    wrap_width: int | None = None
    one_line: bool = False
    parting_mark: str = ""
    goals_first: frozenset[int] = frozenset()
    goals_titled: bool = True
    lists: BodyLists = NO_BODIES

    def fills_width(self, length: int) -> bool:
        """Tell whether a line of ``length`` fills the width at which lines were broken; none does where they were not."""
        return self.wrap_width is not None and length >= self.wrap_width - _MAX_SHORT


PLAIN = Reading()


def without_breaks(text: str) -> str:
    """Return ``text`` with its lines joined, for what a document says of itself over a line end."""
    return _BREAK.sub("", text)


_BREAK = re.compile(r"[\r\n]+[ \u3000]*")


def wrap_width(text: str) -> int | None:
    """Return the width at which the lines of ``text`` were broken, or ``None`` if they are paragraphs.

    Lines are broken by width where at least a third of the longer ones have nearly the same length.
    """
    lengths = [len(line.strip()) for line in text.splitlines() if len(line.strip()) > 18]
    if len(lengths) < 8:
        return None
    counts = Counter(lengths)
    width = max(counts, key=lambda n: sum(counts[n + d] for d in (-2, -1, 0, 1)))
    near = sum(counts[width + d] for d in (-2, -1, 0, 1))
    return width if near >= len(lengths) / 3 and width <= 90 else None
