"""Find the items of prose that was copied without line breaks: chapters, headings and items run on in one line.

Boundary: only lines that hold nearly all of a stretch are read so; the numbers found are nested in ``items`` as others
are. Numbers inside sentences count on as well, so an item is only what further items of its style follow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskie.structure.numbering import Number, read_number

# Shorter lines, or such as hold less of their stretch, are ordinary paragraphs.
MIN_LENGTH = 300
_SHARE = 0.6
# So many items of one style show that a line is run on.
_MIN_ITEMS = 3
_MIN_SIBLINGS = 2
# Between two numbers of a style stands at least a short item: 一、二、三产业 counts nothing.
_MIN_ITEM = 6
_PLACE = re.compile(r"[一二三四五六七八九十\d０-９（(第①-⑳]")
# No number of an item begins behind one of these: 第（一）项, 2024年1月, A座1.
_NEVER_BEHIND = re.compile(r"[\d０-９一二三四五六七八九十百第条款、，,.．/／（(《“—\-~～至和到A-Za-z]$")
_ENDED = re.compile(r"[。；;！!？?）)〔〕\]】：:][”\s]*$|\s$")
# An attribution without brackets may end an item that has no full stop.
_ATTRIBUTED = re.compile(
    r"(?:单位|部门|科室)\s*[:：][^。；:：]{2,120}[\u4e00-\u9fff]$|[局委办厅部]\s*(?:牵头|负责|配合|落实|参与)$|(?:时限|时间)[:：][^。；]{2,20}$"
)
_RANKS = ("part编", "part章", "part部分", "chinese", "pchinese", "arabic", "parabic", "circled")


def find_run_on(text: str, line: tuple[int, int], length: int) -> tuple[Number, ...]:
    """Return the numbers that head items in a line run on, in text order; none in any other line.

    ``length`` is that of the stretch that the line stands in.
    """
    start, end = line
    if end - start < max(MIN_LENGTH, _SHARE * length):
        return ()
    places = _places(text, start, end)
    found = _counted(places, 0, start, end, {})
    counts = [sum(number.style == style for number in found) for style in _RANKS]
    return tuple(found) if max(counts) >= _MIN_ITEMS and len(found) >= _MIN_ITEMS else ()


def _places(text: str, start: int, end: int) -> list[tuple[Number, bool]]:
    """Return the numbers of a line that may head items, each with whether an item or sentence ends before it."""
    places = []
    for match in _PLACE.finditer(text, start, end):
        before = text[max(start, match.start() - 160) : match.start()]
        if before and _NEVER_BEHIND.search(before):
            continue
        number = read_number(text, match.start())
        if number and number.style in _RANKS and number.content < end:
            ended = not before or bool(_ENDED.search(before) or _ATTRIBUTED.search(before))
            places.append((number, ended))
    return places


def _counted(
    places: Sequence[tuple[Number, bool]], rank: int, start: int, end: int, last: dict[str, int]
) -> list[Number]:
    """Return the items in a stretch: those of the highest style that counts on there, and below each those of lower ones.

    ``last`` has the value that each style has come to in the stretches before; items may count on from there.
    """
    for level in range(rank, len(_RANKS)):
        style = _RANKS[level]
        chain = _chain([p for p in places if p[0].style == style and start <= p[0].start < end], last.get(style, 0) + 1)
        goes_on = chain and chain[0].value == last.get(style, 0) + 1 > 1
        if len(chain) < _MIN_SIBLINGS and not goes_on:
            continue
        found: list[Number] = []
        for number, stop in zip(chain, [*(n.start for n in chain[1:]), end], strict=True):
            found += [number, *_counted(places, level + 1, number.content, stop, last)]
        last[style] = chain[-1].value
        return found
    return []


def _chain(places: Sequence[tuple[Number, bool]], expected: int) -> list[Number]:
    """Return numbers of one style that count on; one, and the ``expected`` first, may follow a heading, others what has ended."""
    # One pass: of all chains that have come to a value, the longest, and of two as long the earlier.
    chains: dict[int, tuple[int, int]] = {}
    before: list[int] = []
    best = (0, -1)
    for i, (number, ended) in enumerate(places):
        length, previous = (1, -1) if ended or number.value in (1, expected) else (0, -1)
        held, at = chains.get(number.value - 1, (0, -1))
        if held and ended and number.start - places[at][0].content >= _MIN_ITEM and held >= length:
            length, previous = held + 1, at
        before.append(previous)
        if length > chains.get(number.value, (0, -1))[0]:
            chains[number.value] = (length, i)
        if length > best[0]:
            best = (length, i)
    chain: list[Number] = []
    at = best[1]
    while at >= 0:
        chain.append(places[at][0])
        at = before[at]
    return chain[::-1]
