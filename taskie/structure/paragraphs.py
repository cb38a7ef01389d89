"""Read paragraphs without numbers: lines that were broken are joined, and those that say who is responsible are tasks.

Boundary: one stretch without numbered items; ``prose`` says which stretches are read so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskie.structure.attributions import find_attributions
from taskie.structure.items import Item, Line, read_lines
from taskie.structure.outline import TaskOutline
from taskie.structure.prose_headings import Context, heading_end, is_plain_heading
from taskie.structure.reading import Reading
from taskie.structure.responsibility_words import states_responsibility
from taskie.structure.statements import BOX, read_task
from taskie.structure.titles import read_title

_MIN_PARAGRAPH = 12
_BULLET = re.compile(r"[●■◆◇▲△○◎▶►➤➢★☆]\s*")


# The name of a table with its year, and in brackets whose it is: 2021年重点工作进展情况统计表（政府）.
_TABLE_NAME = re.compile(
    r"[^，。；：\n]{0,30}(?:\d{4}|[xX×]{4})[^，。；：\n]{2,40}(?:表|清单|台账)[（(][^（）()]{1,6}[）)]"
)


def read_paragraphs(text: str, start: int, end: int, context: Context, reading: Reading) -> list[TaskOutline]:
    """Read unnumbered paragraphs: those with an attribution, and those between them that state something."""
    groups = _paragraphs(text, start, end, reading)
    attributed = [i for i, group in enumerate(groups) if group[2]]
    if not attributed:
        return []
    tasks: list[TaskOutline] = []
    headings = context.headings
    for i, (begin, stop, has_attribution) in enumerate(groups):
        words = text[begin:stop]
        if BOX.match(words) or _TABLE_NAME.fullmatch(words.strip()):
            continue
        if not has_attribution and is_plain_heading(words) and i + 1 < len(groups):
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


def attributed_paragraphs(text: str, item: Item, reading: Reading) -> int:
    """Count the paragraphs of an item that carry attributions of their own."""
    paragraphs = _paragraphs(text, heading_end(text, item), item.end, reading)
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
        elif groups and _goes_on(text, groups[-1], begin, stop, reading):
            groups[-1] = (groups[-1][0], stop, bool(attributions))
        else:
            groups.append((begin, stop, bool(attributions)))
    return groups


def _goes_on(text: str, above: tuple[int, int, bool], begin: int, stop: int, reading: Reading) -> bool:
    """Tell whether a paragraph only seems to end, since a sentence ends where its line fills the page's width.

    It has a title and does not say yet who is responsible; what stands below has no title of its own.
    """
    start, end, attributed = above
    last_line = end - max(start, text.rfind("\n", start, end) + 1)
    full = reading.fills_width(last_line)
    return (
        full and not attributed and read_title(text, start, end) is not None and read_title(text, begin, stop) is None
    )


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
    if reading.fills_width(line.end - line.start):
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
