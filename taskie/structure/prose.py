"""Read the tasks of a prose notice: numbered items, or paragraphs with an attribution.

Boundary: items are found and nested in ``items`` and read in ``statements``; here it is
decided which of them are tasks, which are headings (``prose_headings``) and which hold ``paragraphs``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from taskie.structure.attributions import find_attributions
from taskie.structure.furniture import tail_start
from taskie.structure.goals_first import goals_first
from taskie.structure.items import Item, Line, read_lines, read_sections
from taskie.structure.outline import Attribution, TaskOutline
from taskie.structure.paragraphs import attributed_paragraphs, read_paragraphs
from taskie.structure.prose_headings import (
    Context,
    context_behind,
    context_below,
    has_heading,
    heading_end,
    heading_of,
    heads_what_follows,
)
from taskie.structure.reading import PLAIN, Reading, wrap_width
from taskie.structure.statements import BOX, read_task
from taskie.structure.titles import MAX_TITLE

_MAX_HEADING = 45
# So many items, and such a share of them, begin with a title, for a first sentence with commas to be one.
_MIN_TITLED = 3
_SHARE_TITLED = 0.8
_AHEAD = re.compile(r"(?:下一?步|下一?阶段|工作(?:要求|建议|打算)|存在(?:的)?问题|突出问题)")
_ENUMERATING = ("circled", "parabic")
# From so many items on it can be told whether they are a line each.
_MIN_ONE_LINE = 3


def read_prose(text: str, stretches: Sequence[tuple[int, int]], reading: Reading = PLAIN) -> tuple[TaskOutline, ...]:
    """Return the tasks of the prose in ``stretches``, in text order; ``reading`` has the rules of the document."""
    reading = replace(reading, wrap_width=wrap_width(text))
    tasks: list[TaskOutline] = []
    for start, end in stretches:
        for section in read_sections(text, start, end):
            stop = tail_start(text, section.start, section.end)
            if section.items:
                items = _clip(section.items, stop)
                goals = goals_first(text, [(leaf.number.content, leaf.own_end) for leaf in _reporting(text, items)])
                reading = replace(
                    reading,
                    one_line=_one_line_each(text, items, reading),
                    goals_first=goals.starts,
                    goals_titled=goals.titled,
                )
                tasks.extend(_tasks_of_siblings(text, items, Context(), reading))
            else:
                tasks.extend(read_paragraphs(text, section.start, stop, Context(), reading))
    if not tasks:
        return ()
    return tuple(t for t in tasks if _says_something(text, t))


def _leaves(items: Sequence[Item], left_out: Callable[[Item], bool] = lambda _: False) -> Iterator[Item]:
    """Yield the items that have none below them, save those below one that is ``left_out``."""
    for item in items:
        if not item.children:
            yield item
        elif not left_out(item):
            yield from _leaves(item.children, left_out)


def _reporting(text: str, items: Sequence[Item]) -> Iterator[Item]:
    """Yield the leaves that stand below no heading of what is still to be done: 下一步打算, 工作要求."""
    return _leaves(items, lambda item: _AHEAD.search(text, item.number.content, item.own_end) is not None)


def _one_line_each(text: str, items: Sequence[Item], reading: Reading) -> bool:
    """Tell whether the items are a line each, attributions on lines of their own aside."""
    if reading.wrap_width is not None:
        return False
    extra = [len(read_lines(text, leaf.number.content, leaf.end)) > 1 for leaf in _leaves(items)][:-1]
    return len(extra) >= _MIN_ONE_LINE and sum(extra) <= 0.15 * len(extra)


def _clip(items: Sequence[Item], stop: int) -> tuple[Item, ...]:
    """Cut items off where the tail of the document begins."""
    kept = []
    for item in items:
        if item.start >= stop:
            continue
        children = _clip(item.children, stop)
        end = min(item.end, stop)
        kept.append(Item(item.number, end, children[0].start if children else min(item.own_end, end), list(children)))
    return tuple(kept)


def _tasks_of_siblings(text: str, items: Sequence[Item], context: Context, reading: Reading) -> list[TaskOutline]:
    tasks: list[TaskOutline] = []
    titled = _begin_with_titles(text, items)
    paragraphs = any(
        not item.children and has_heading(text, item) and attributed_paragraphs(text, item, reading) >= 2
        for item in items
    )
    above = context
    for i, item in enumerate(items):
        last = i + 1 == len(items)
        if i:
            context = context_behind(text, items[i - 1], tasks, above, reading) or context
        if item.children and not _children_are_parts(text, item, reading):
            tasks.extend(_tasks_of_siblings(text, item.children, context_below(text, item, context, reading), reading))
        elif paragraphs and not item.children and has_heading(text, item) and heading_end(text, item) < item.end:
            below = Context((*context.headings, heading_of(text, item)), context.inherited)
            found = read_paragraphs(text, heading_end(text, item), item.end, below, reading)
            tasks.extend(found or [_item_task(text, item, context, reading, last=last, titled=titled)])
        else:
            tasks.append(_item_task(text, item, context, reading, last=last, titled=titled))
    return tasks


def _begin_with_titles(text: str, items: Sequence[Item]) -> bool:
    """Tell whether items that stand side by side nearly all begin with a short sentence and go on much longer."""
    leaves = [text[item.number.content : item.own_end].lstrip() for item in items if not item.children]
    titled = 0
    for words in leaves:
        full_stop = words.find("。")
        titled += 2 < full_stop <= MAX_TITLE and len(words) - full_stop > 2 * full_stop
    return titled >= _MIN_TITLED and titled > _SHARE_TITLED * len(leaves)


def _item_task(text: str, item: Item, context: Context, reading: Reading, *, last: bool, titled: bool) -> TaskOutline:
    number = item.number
    end = _content_end(text, item, reading, last=last)
    return read_task(text, number.start, number.content, end, number=number.text, headings=context.headings, reading=reading, inherited=context.inherited, titled=titled)  # fmt: skip


def _content_end(text: str, item: Item, reading: Reading, *, last: bool) -> int:
    """Return where the item's own words end: before a box, and before paragraphs that only close the notice."""
    lines = read_lines(text, item.number.content, item.end)
    for line in lines[1:]:
        if BOX.match(text[line.start : line.end]):
            lines = [other for other in lines if other.start < line.start]
            break
    end = lines[-1].end if lines else item.end
    attributions = find_attributions(text, item.number.content, end, reading)
    # A last line that an attribution runs on to is the rest of its names and no heading.
    while len(lines) > 1 and not _ends_in(attributions, lines[-1]) and heads_what_follows(text, lines, reading):
        lines = lines[:-1]
        end = lines[-1].end
        attributions = find_attributions(text, item.number.content, end, reading)
    if reading.one_line and len(lines) > 1 and not item.children:
        own = max([lines[0].end, *(a.end for a in attributions)])
        return next((line.start for line in lines[1:] if line.start >= own), end)
    if attributions and (not item.children or attributions[-1].start >= item.children[-1].start):
        behind = [line for line in lines if line.start >= attributions[-1].end]
        # With the title's attribution first, the statement itself follows it.
        before = text[item.number.content : attributions[-1].start]
        if behind and (last or len(behind) < len(lines) - 1) and re.search(r"[，。；]", before):
            return behind[0].start
    return end


def _ends_in(attributions: Sequence[Attribution], line: Line) -> bool:
    return bool(attributions) and attributions[-1].start < line.start < attributions[-1].end


def _children_are_parts(text: str, item: Item, reading: Reading) -> bool:
    """Tell whether the numbered children are only an enumeration inside this task."""
    own = text[item.number.content : item.own_end].strip()
    if item.children[0].number.style not in _ENUMERATING and not own.endswith(("：", ":")):
        return False
    attributed = [
        i for i, child in enumerate(item.children) if find_attributions(text, child.number.content, child.end, reading)
    ]
    if attributed and attributed != [len(item.children) - 1]:
        return False
    stated = find_attributions(text, item.number.content, item.own_end, reading)
    if stated:
        # A heading with its attribution is still a heading; a statement with an enumeration is longer.
        return len(own) - sum(a.end - a.start for a in stated) > _MAX_HEADING
    if attributed:
        return len(item.children) > 1
    return "。" in own[:-1] or own.endswith(("：", ":")) or len(own) > 45


def _says_something(text: str, task: TaskOutline) -> bool:
    return task.statement.end > task.statement.start or task.title is not None
