"""Find where a title ends that a statement was glued to: before the first words that statements begin with.

Boundary: words that titles hold as well (建设, 治理, 引导) tell nothing; without others the two stay one, unless the titles of
the other rows are all equally long.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from taskie.structure.columns import Column
from taskie.structure.table_rows import Row
from taskie.structure.times import TIME

_VERBS = (
    "坚持|围绕|完善|支持|落实|按照|依托|推动|新建|建立|聚焦|鼓励|发挥|加快|完成|全面|突出|健全|推行|尊重|摸清|加强|立足|大力|紧盯|用好|对照|成立|争取|"
    "推进|推广|扎实|抓好|整合|巩固|严格|实施|实行|深化|深入|针对|优化|督促|强化|做好|打击|着力|积极|进一步|切实|开展|制定|编制|力争|确保|对标|抢抓|"
    "引进|打造|建成|建好|用足|严守|严厉|广泛|修订|延续|配合|不折不扣|认真|依法|分类|因地制宜|优先"
)
# What a statement begins with: a verb or adverb of the kind, a time before one.
_STATEMENT = re.compile(rf"(?:{TIME})?(?:{_VERBS})(?!和|与|及)")
_TITLE = re.compile(r"[^\s，。；：、①-⑳]*[^\s，。；：、①-⑳和与及对把再先]")
_MIN_TITLE, _MAX_TITLE, _MIN_STATEMENT = 4, 16, 8
# Titles are all equally long if so many that were found are, in so many rows at least.
_SHARE_EVEN, _MIN_EVEN = 0.8, 3


def glued_title_end(text: str, start: int, end: int) -> int | None:
    """Return where the title at ``start`` gives way to the statement, or ``None`` if nothing tells."""
    for stop in range(start + _MIN_TITLE, min(start + _MAX_TITLE, end - _MIN_STATEMENT) + 1):
        if _STATEMENT.match(text, stop, end):
            return stop if _TITLE.fullmatch(text, start, stop) else None
    return None


def with_even_titles(text: str, columns: Sequence[Column], rows: Sequence[Row]) -> list[Row]:
    """Return rows with titles parted from the statements they are still glued to, where the titles of the others are equally long."""
    pairs = [(k - 1, k) for k, column in enumerate(columns) if k and column.meaning == "statement"]
    title, statement = next((pair for pair in pairs if columns[pair[0]].meaning == "title"), (-1, -1))
    lengths = Counter(end - start for row in rows for k, start, end in row.cells if k == title)
    length, count = max(lengths.items(), key=lambda item: item[1], default=(0, 0))
    if count < max(_MIN_EVEN, _SHARE_EVEN * sum(lengths.values())) or length > _MAX_TITLE:
        return list(rows)
    return [_parted(text, row, title, statement, length) for row in rows]


def _parted(text: str, row: Row, title: int, statement: int, length: int) -> Row:
    start, end = next(((a, b) for k, a, b in row.cells if k == statement), (0, 0))
    stop = start + length
    if (
        any(k == title for k, _, _ in row.cells)
        or end - stop < _MIN_STATEMENT
        or not _TITLE.fullmatch(text, start, stop)
    ):
        return row
    cells = [cell for cell in row.cells if cell[0] != statement]
    return replace(row, cells=tuple(sorted([*cells, (title, start, stop), (statement, stop, end)], key=lambda c: c[1])))
