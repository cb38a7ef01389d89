"""Tell whether the items of a report begin with what was set, in one sentence, and report on it from there on.

That sentence stands behind a short title, or in its place.

Boundary: nothing but the wording of all items together tells, so this asks about a whole document; items with labels
(进展情况：…) need no such rule and are read in ``reports``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taskie.structure.attributions import find_attributions
from taskie.structure.reading import PLAIN
from taskie.structure.titles import read_title

# The document says by its title that it reports, in so many characters of its beginning.
_REPORTS = re.compile(
    r"(?:进展|推进|落实|办理|完成|执行|实施|开展)情况的?(?:报告|通报|汇报|公示|公告|反馈|说明)|督\s?[查办]\s?(?:通\s?报|报\s?告)"
)
_MAX_HEAD = 600
# What was done and what is not yet; 完成 and 建成 are said of goals as well.
_DONE = re.compile(
    r"已|正在|目前|截至|完毕|过半|到货|封顶|收尾|竣工|投[用运]|累计|尚|仍|偏[慢少低]|未(?!来|成年|雨)|抽查|反映|走访|退回|[顺如][利期]"
)
_SENTENCE_END = re.compile(r"。(?![”’）)])")
_MIN_ITEMS, _SHARE_TWO, _SHARE_DONE, _SHARE_GOAL = 3, 0.6, 0.5, 0.7
# A report names again what the goal names (two sentences of one report do not), in so many characters, in so many items.
_NAMED_AGAIN, _SHARE_NAMED = 4, 0.25
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z\d]+")
_MAX_GOAL = 160
# A title names; a goal in its place has clauses, an amount or a time: so many of them have.
_SETS = re.compile(
    r"[，；]|[\d０-９xX×][\d０-９xX×.,，]*\s?(?:万|亿|个|家|项|%|％|元|公里|亩|人|户|套|座|所|条|处|吨)|[年月季]底|年内|月前"
)
_SHARE_SETS = 0.6


@dataclass(frozen=True, slots=True)
class GoalsFirst:
    """Where the words of items begin that set a goal in one sentence, ``titled`` if a title stands before it."""

    starts: frozenset[int] = frozenset()
    titled: bool = True


def goals_first(text: str, items: Sequence[tuple[int, int]]) -> GoalsFirst:
    """Return where the items begin that say in one sentence what was set and then report on it; none if they are no such items.

    ``items`` are stretches from behind the number to the end. Where some say who is responsible, only those count.
    """
    if len(items) < _MIN_ITEMS or not _REPORTS.search(re.sub(r"[\r\n]+", "", text[:_MAX_HEAD])):
        return GoalsFirst()
    stated = ((start, find_attributions(text, start, end, PLAIN)) for start, end in items)
    attributed = [(start, attributions[0].start) for start, attributions in stated if attributions]
    own = attributed if len(attributed) >= _MIN_ITEMS else items
    starts = frozenset(start for start, _ in own)
    sentences = [(text[start:stop], text[stop:end]) for start, end in own if (stop := end_of_goal(text, start, end))]
    sets = sum(_SETS.search(goal) is not None for goal, _ in sentences)
    if sets >= _SHARE_SETS * len(own) and _report(sentences, len(own)):
        return GoalsFirst(starts, titled=False)
    behind_titles = [(goal, report) for goal, report in (_parts(text, *item) for item in own) if report]
    return GoalsFirst(starts) if _report(behind_titles, len(own)) else GoalsFirst()


def _report(two: Sequence[tuple[str, str]], items: int) -> bool:
    """Tell whether what follows the goals of ``two``, which so many ``items`` gave, reports on them."""
    goals = sum(len(goal) <= _MAX_GOAL and not _DONE.search(goal) for goal, _ in two)
    done = sum(_DONE.search(report) is not None for _, report in two)
    named = sum(not _stretches(goal).isdisjoint(_stretches(report)) for goal, report in two)
    shares = ((goals, _SHARE_GOAL), (done, _SHARE_DONE), (named, _SHARE_NAMED))
    enough = len(two) >= max(_MIN_ITEMS, _SHARE_TWO * items)
    return enough and all(count >= share * len(two) for count, share in shares)


def _stretches(words: str) -> set[str]:
    """Return the stretches of words that tell whether something is named again."""
    found = _WORD.findall(words)
    return {word[i : i + _NAMED_AGAIN] for word in found for i in range(len(word) - _NAMED_AGAIN + 1)}


def end_of_goal(text: str, start: int, end: int) -> int | None:
    """Return where the first sentence of ``text[start:end]`` ends, ``None`` if there is no other one behind it."""
    full_stop = _SENTENCE_END.search(text, start, end)
    return full_stop.end() if full_stop and text[full_stop.end() : end].strip() else None


def _parts(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the first sentence behind the title, and what stands behind it; the latter is empty without a title."""
    title = read_title(text, start, end)
    behind = title + 1 if title is not None else end
    stop = end_of_goal(text, behind, end)
    return ("", "") if stop is None else (text[behind:stop], text[stop:end])
