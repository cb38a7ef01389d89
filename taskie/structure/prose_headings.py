"""Headings of prose, numbered and plain ones: which words are one, where it ends, what it hands down to the items below.

Boundary: single items and lines; which items are tasks is decided in ``prose``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taskie.structure.attributions import find_attributions
from taskie.structure.bodies import looks_like_body
from taskie.structure.items import Item, Line, read_lines
from taskie.structure.numbering import read_number
from taskie.structure.outline import Attribution, TaskOutline
from taskie.structure.reading import PLAIN, Reading
from taskie.structure.responsibility_words import states_responsibility
from taskie.structure.statements import BOX

_NO_BRACKETS = re.compile(r"[（(〔\[【][^（）()〔〕\[\]【】]*[）)〕\]】]")
_MAX_PLAIN_HEADING = 24
# Words with a comma and longer than that are a sentence that a line end broke.
_MAX_BROKEN = 30


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for the items below a heading."""

    headings: tuple[str, ...] = ()
    inherited: tuple[Attribution, ...] = ()


def context_below(text: str, item: Item, context: Context, reading: Reading) -> Context:
    """Return what holds below a heading: its words, and its attribution if it has one."""
    own = find_attributions(text, item.number.content, item.own_end, reading)
    return Context((*context.headings, heading_of(text, item)), own or context.inherited)


def context_behind(
    text: str, before: Item, tasks: Sequence[TaskOutline], context: Context, reading: Reading
) -> Context | None:
    """Return what holds behind an item if a heading without number follows it on a line of its own."""
    if before.children or not tasks:
        return None
    for line in reversed(read_lines(text, tasks[-1].end, before.end)):
        words = text[line.start : line.end]
        if BOX.match(words) or not is_plain_heading(_NO_BRACKETS.sub("", words)):
            continue
        inherited = find_attributions(text, line.start, line.end, reading)
        heading = words[: inherited[0].start - line.start] if inherited else words
        return Context((*context.headings, heading.strip()), inherited)
    return None


def heading_of(text: str, item: Item) -> str:
    """Return the words of an item's heading with its number, attributions left out, in one line."""
    end = heading_end(text, item)
    attributions = find_attributions(text, item.number.content, end, PLAIN)
    if attributions and attributions[0].start > item.number.content:
        end = attributions[0].start
    return " ".join(text[item.number.start : end].split()).rstrip("。：:")


def heading_end(text: str, item: Item) -> int:
    """Return where an item's heading ends: with its first line, or with a full stop in it."""
    line = read_lines(text, item.number.content, item.own_end)
    if not line:
        return item.own_end
    full_stop = text.find("。", line[0].start, line[0].end)
    return full_stop + 1 if full_stop >= 0 else line[0].end


def has_heading(text: str, item: Item) -> bool:
    """Tell whether the words an item begins with can head paragraphs: no sentence that a line end broke."""
    end = heading_end(text, item)
    words = _NO_BRACKETS.sub("", text[item.number.content : end]).strip()
    if re.match(r"[ \t\u3000]*[^\s]", text[end : item.own_end]):
        return False  # the words go on in the same line: a title, and no heading
    return not re.search(r"[，；,;]", words) or (len(words) <= _MAX_BROKEN and words[-1] not in "，、；,;")


def is_plain_heading(words: str) -> bool:
    """Tell whether words can be a heading without number: few, and no sentence."""
    return len(words) <= 40 and not re.search(r"[，。；：！？]", words) and read_number(words, 0) is None


def heads_what_follows(text: str, lines: Sequence[Line], reading: Reading) -> bool:
    """Tell whether the last line is a heading without number: short, behind a sentence's end or an attribution."""
    last, before = lines[-1], lines[-2]
    words = _NO_BRACKETS.sub("", text[last.start : last.end]).strip()
    ended = text[before.end - 1] in "。！？；.;）)〕]】" or states_responsibility(text, before.start, before.end)
    return (
        ended
        and 2 <= len(words) <= _MAX_PLAIN_HEADING
        and is_plain_heading(words)
        and not states_responsibility(text, last.start, last.end)
        and not _is_body(text, last, words, reading)
        and not re.search(r"[（()）〔〕\[\]]", words)
        and text[last.start] not in "（(〔[【"
    )


def _is_body(text: str, line: Line, words: str, reading: Reading) -> bool:
    """Tell whether a line is a body's name: by the bodies found, or by its form where none were."""
    lists = reading.lists
    return lists.covers(text, line.start, line.end) if lists.bodies else looks_like_body(words)
