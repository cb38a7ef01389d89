"""Read the tasks of a prose notice: numbered items, or paragraphs with an attribution.

Boundary: items are found and nested in ``items`` and read in ``statements``; here it is
decided which of them are tasks, which are headings and what a heading hands down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from taskie.records import TextSpan
from taskie.structure.attributions import find_attributions
from taskie.structure.bodies import looks_like_body
from taskie.structure.furniture import tail_start
from taskie.structure.items import Item, Line, read_lines, read_sections
from taskie.structure.numbering import read_number
from taskie.structure.outline import Attribution, TaskOutline
from taskie.structure.reading import PLAIN, Reading, wrap_width
from taskie.structure.responsibility_words import states_responsibility
from taskie.structure.statements import BOX, read_task
from taskie.structure.titles import MAX_TITLE

_MIN_PARAGRAPH = 12
_MAX_HEADING = 45
# So many items, and such a share of them, begin with a title, for a first sentence with commas to be one.
_MIN_TITLED = 3
_SHARE_TITLED = 0.8
_ENUMERATING = ("circled", "parabic")
_BULLET = re.compile(r"[●■◆◇▲△○◎▶►➤➢★☆]\s*")
_NO_BRACKETS = re.compile(r"[（(〔\[【][^（）()〔〕\[\]【】]*[）)〕\]】]")
_MAX_PLAIN_HEADING = 24
# Words with a comma and longer than that are a sentence that a line end broke.
_MAX_BROKEN = 30
# From so many items on it can be told whether they are a line each.
_MIN_ONE_LINE = 3


@dataclass(frozen=True, slots=True)
class _Context:
    """What holds for the items below a heading."""

    headings: tuple[str, ...] = ()
    inherited: tuple[Attribution, ...] = ()


def read_prose(text: str, stretches: Sequence[tuple[int, int]], reading: Reading = PLAIN) -> tuple[TaskOutline, ...]:
    """Return the tasks of the prose in ``stretches``, in text order; ``reading`` has the rules of the document."""
    reading = replace(reading, wrap_width=wrap_width(text))
    tasks: list[TaskOutline] = []
    for start, end in stretches:
        for section in read_sections(text, start, end):
            stop = tail_start(text, section.start, section.end)
            if section.items:
                items = _clip(section.items, stop)
                reading = replace(reading, one_line=_one_line_each(text, items, reading))
                tasks.extend(_tasks_of_siblings(text, items, _Context(), reading))
            else:
                tasks.extend(_paragraph_tasks(text, section.start, stop, _Context(), reading))
    if not tasks:
        return ()
    return tuple(t for t in tasks if _says_something(text, t))


def _leaves(items: Sequence[Item]) -> Iterator[Item]:
    for item in items:
        if item.children:
            yield from _leaves(item.children)
        else:
            yield item


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


def _tasks_of_siblings(text: str, items: Sequence[Item], context: _Context, reading: Reading) -> list[TaskOutline]:
    tasks: list[TaskOutline] = []
    titled = _begin_with_titles(text, items)
    paragraphs = any(
        not item.children and _has_heading(text, item) and _attributed_paragraphs(text, item, reading) >= 2
        for item in items
    )
    above = context
    for i, item in enumerate(items):
        last = i + 1 == len(items)
        if i:
            context = _behind(text, items[i - 1], tasks, above, reading) or context
        if item.children and not _children_are_parts(text, item, reading):
            tasks.extend(_tasks_of_siblings(text, item.children, _below(text, item, context, reading), reading))
        elif paragraphs and not item.children and _has_heading(text, item) and _heading_end(text, item) < item.end:
            below = _Context((*context.headings, _heading(text, item)), context.inherited)
            found = _paragraph_tasks(text, _heading_end(text, item), item.end, below, reading)
            tasks.extend(found or [_item_task(text, item, context, reading, last=last, titled=titled)])
        else:
            tasks.append(_item_task(text, item, context, reading, last=last, titled=titled))
    return tasks


def _behind(
    text: str, before: Item, tasks: Sequence[TaskOutline], context: _Context, reading: Reading
) -> _Context | None:
    """Return what holds behind an item if a heading without number follows it on a line of its own."""
    if before.children or not tasks:
        return None
    for line in reversed(read_lines(text, tasks[-1].end, before.end)):
        words = text[line.start : line.end]
        if BOX.match(words) or not _is_plain_heading(_NO_BRACKETS.sub("", words)):
            continue
        inherited = find_attributions(text, line.start, line.end, reading)
        heading = words[: inherited[0].start - line.start] if inherited else words
        return _Context((*context.headings, heading.strip()), inherited)
    return None


def _begin_with_titles(text: str, items: Sequence[Item]) -> bool:
    """Tell whether items that stand side by side nearly all begin with a short sentence and go on much longer."""
    leaves = [text[item.number.content : item.own_end].lstrip() for item in items if not item.children]
    titled = 0
    for words in leaves:
        full_stop = words.find("。")
        titled += 2 < full_stop <= MAX_TITLE and len(words) - full_stop > 2 * full_stop
    return titled >= _MIN_TITLED and titled > _SHARE_TITLED * len(leaves)


def _item_task(text: str, item: Item, context: _Context, reading: Reading, *, last: bool, titled: bool) -> TaskOutline:
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
    while len(lines) > 1 and _heads_what_follows(text, lines, reading):
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


def _heads_what_follows(text: str, lines: Sequence[Line], reading: Reading) -> bool:
    """Tell whether the last line is a heading without number: short, behind a sentence's end or an attribution."""
    last, before = lines[-1], lines[-2]
    words = _NO_BRACKETS.sub("", text[last.start : last.end]).strip()
    ended = text[before.end - 1] in "。！？；.;）)〕]】" or states_responsibility(text, before.start, before.end)
    return (
        ended
        and 2 <= len(words) <= _MAX_PLAIN_HEADING
        and _is_plain_heading(words)
        and not states_responsibility(text, last.start, last.end)
        and not _is_body(text, last, words, reading)
        and not re.search(r"[（()）〔〕\[\]]", words)
        and text[last.start] not in "（(〔[【"
    )


def _is_body(text: str, line: Line, words: str, reading: Reading) -> bool:
    """Tell whether a line is a body's name: by the bodies found, or by its form where none were."""
    lists = reading.lists
    return lists.covers(text, line.start, line.end) if lists.bodies else looks_like_body(words)


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


def _below(text: str, item: Item, context: _Context, reading: Reading) -> _Context:
    """Return what holds below a heading: its words, and its attribution if it has one."""
    own = find_attributions(text, item.number.content, item.own_end, reading)
    return _Context((*context.headings, _heading(text, item)), own or context.inherited)


def _heading(text: str, item: Item) -> str:
    end = _heading_end(text, item)
    attributions = find_attributions(text, item.number.content, end, Reading())
    if attributions and attributions[0].start > item.number.content:
        end = attributions[0].start
    return " ".join(text[item.number.start : end].split()).rstrip("。：:")


def _heading_end(text: str, item: Item) -> int:
    """A heading is the first line of an item; a long line ends at its first full stop."""
    line = read_lines(text, item.number.content, item.own_end)
    if not line:
        return item.own_end
    full_stop = text.find("。", line[0].start, line[0].end)
    return full_stop + 1 if full_stop >= 0 else line[0].end


def _has_heading(text: str, item: Item) -> bool:
    """Tell whether the words an item begins with can head paragraphs: no sentence that a line end broke."""
    end = _heading_end(text, item)
    words = _NO_BRACKETS.sub("", text[item.number.content : end]).strip()
    if re.match(r"[ \t\u3000]*[^\s]", text[end : item.own_end]):
        return False  # the words go on in the same line: a title, and no heading
    return not re.search(r"[，；,;]", words) or (len(words) <= _MAX_BROKEN and words[-1] not in "，、；,;")


def _attributed_paragraphs(text: str, item: Item, reading: Reading) -> int:
    """Count the paragraphs of an item that carry attributions of their own."""
    paragraphs = _paragraphs(text, _heading_end(text, item), item.end, reading)
    return sum(attributed and _states(text, a, b, reading) for a, b, attributed in paragraphs)


def _states(text: str, start: int, end: int, reading: Reading) -> bool:
    """Tell whether a stretch has a sentence beside its attributions."""
    if states_responsibility(text, start, end):
        return False
    position, words = start, ""
    for attribution in find_attributions(text, start, end, reading):
        words += text[position : attribution.start]
        position = attribution.end
    return re.search(r"[，。；]", (words + text[position:end]).strip(" 。；\n")) is not None


def _paragraphs(text: str, start: int, end: int, reading: Reading) -> list[tuple[int, int, bool]]:
    """Group lines into paragraphs, each with the attribution that follows it on lines of its own."""
    groups: list[tuple[int, int, bool]] = []
    for begin, stop in _unwrapped(text, read_lines(text, start, end), reading):
        attributions = find_attributions(text, begin, stop, reading)
        only_attribution = sum(a.end - a.start for a in attributions) >= 0.8 * (stop - begin)
        if attributions and only_attribution and groups:
            groups[-1] = (groups[-1][0], stop, True)
        else:
            groups.append((begin, stop, bool(attributions)))
    return groups


def _unwrapped(text: str, lines: Sequence[Line], reading: Reading) -> list[tuple[int, int]]:
    """Join lines that were broken inside a sentence: an open bracket, or a line that fills the width."""
    joined: list[tuple[int, int]] = []
    for i, line in enumerate(lines):
        if joined and _breaks_off(text, lines[i - 1], joined[-1][0], reading):
            joined[-1] = (joined[-1][0], line.end)
        else:
            joined.append((line.start, line.end))
    return joined


def _breaks_off(text: str, line: Line, paragraph_start: int, reading: Reading) -> bool:
    paragraph = text[paragraph_start : line.end]
    if line.end - paragraph_start < 3000 and sum(map(paragraph.count, "（(")) > sum(map(paragraph.count, "）)")):
        return True
    if paragraph[-1] in "。！？；：.;!?）)】〕]" or _ends_in_label(text, line, reading):
        return False
    if reading.wrap_width is not None and line.end - line.start >= reading.wrap_width - 4:
        return True
    words = text[line.start : line.end]
    return (
        len(words) > 40
        or (len(words) > 20 and re.search(r"[，。；、]", words) is not None)
        or re.search(r"[，。；]", paragraph) is not None
    )


def _ends_in_label(text: str, line: Line, reading: Reading) -> bool:
    """Tell whether a line ends in labels that say who is responsible (责任科室：水保科) and a blank line follows."""
    if not re.match(r"[^\S\n]*\n[^\S\n]*\n", text[line.end :]):
        return False
    found = find_attributions(text, line.start, line.end, reading)
    return bool(found) and found[-1].end == line.end and not text[line.end - 1].isdigit()


def _paragraph_tasks(text: str, start: int, end: int, context: _Context, reading: Reading) -> list[TaskOutline]:
    """Read unnumbered paragraphs: those with an attribution, and those between them that state something."""
    groups = _paragraphs(text, start, end, reading)
    attributed = [i for i, group in enumerate(groups) if group[2]]
    if not attributed:
        return []
    tasks: list[TaskOutline] = []
    headings = context.headings
    for i, (begin, stop, has_attribution) in enumerate(groups):
        words = text[begin:stop]
        if BOX.match(words):
            continue
        if not has_attribution and _is_plain_heading(words) and i + 1 < len(groups):
            headings = (*context.headings, words.strip())
            continue
        inside = attributed[0] <= i <= attributed[-1]
        if has_attribution or (inside and len(words) >= 3 * _MIN_PARAGRAPH and words.rstrip().endswith(("。", "；"))):
            tasks.append(
                read_task(
                    text,
                    begin,
                    begin + len(bullet[0]) if (bullet := _BULLET.match(words)) else begin,
                    stop,
                    number=None,
                    headings=headings,
                    reading=reading,
                    inherited=context.inherited,
                )
            )
    return tasks


def _is_plain_heading(words: str) -> bool:
    return len(words) <= 40 and not re.search(r"[，。；：！？]", words) and read_number(words, 0) is None


def _says_something(text: str, task: TaskOutline) -> bool:
    return task.statement.end > task.statement.start or task.title is not None


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
