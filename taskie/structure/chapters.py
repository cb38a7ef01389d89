"""Leave out the numbered parts of a notice that hand out nothing: goals, safeguards, rules of assessment, findings.

Boundary: decides on tasks that are read already; only in documents whose other tasks say who does them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskie.structure.numbering import read_number
from taskie.structure.outline import TaskOutline
from taskie.structure.responsibility_words import states_responsibility

# From so many tasks below chapters, of which such a share names units, chapters without any are words.
_MIN_BELOW = 3
_SHARE_ATTRIBUTED = 0.6
# Where such a share of the items below chapters names units, a chapter without any is words whatever its heading says.
_SHARE_CERTAIN = 0.9
_MAX_HEADING = 30
_CHAPTERS = ("chinese", "part章", "part部分")
_RULES = re.compile(
    r"(?:考核|考评|评分|计分|计分|奖惩)(?:办法|方法|方式|标准|细则|结果|运用|与运用|及运用)|结果运用|附则|说明$"
)
_FOUND = re.compile(r"(?:问题|不足|成效|做法|情况)$")  # what a circular found, under a heading of its own
_OF_WORDS = re.compile(
    r"问题|评价|回顾|目标|原则|要求|保障|措施|组织|落实|情况|打算|做法|说明|附则|结果|运用|考[核评]|对象|方[法式]|导向|推[进动]|机制|意义|思路|精神|总体"
)


def without_chapters(text: str, tasks: tuple[TaskOutline, ...]) -> tuple[TaskOutline, ...]:
    """Drop chapters of mere words (总体目标, 保障措施) and rules of assessment, in a document whose tasks say who does them."""
    chapters = {task.start for task in tasks if not _is_attributed(text, task) and _is_chapter_of_words(text, task)}
    rules = {
        task.start
        for task in tasks
        if not task.units and task.headings and (_RULES.search(task.headings[0]) or _FOUND.search(task.headings[0]))
    }
    others = [task for task in tasks if task.start not in chapters and task.start not in rules]
    attributed = sum(bool(task.units) for task in others)
    deeper = sum(task.in_table or not _is_chapter(text, task) for task in others)
    if deeper < _MIN_BELOW or attributed < _SHARE_ATTRIBUTED * len(others):
        return tasks
    chapters |= _without_units_among_others(text, others)
    return tuple(task for task in tasks if task.start not in chapters and task.start not in rules)


def _without_units_among_others(text: str, tasks: Sequence[TaskOutline]) -> set[int]:
    """Return where chapters without units stand, if hardly any item below the other chapters lacks them."""
    deeper = [task for task in tasks if not task.in_table and not _is_chapter(text, task)]
    named = sum(bool(task.units) for task in deeper)
    if len(deeper) < _MIN_BELOW or named < _SHARE_CERTAIN * len(deeper):
        return set()
    return {task.start for task in tasks if not task.units and not task.in_table and _is_chapter(text, task)}


def _is_attributed(text: str, task: TaskOutline) -> bool:
    """Tell whether a task has units other than those that its sentences name in passing."""
    if not task.attributions or task.in_table:
        return bool(task.units)
    return bool(task.units) and any(
        text[a.start : a.end][:1] in tuple("（(〔[【") or states_responsibility(text, a.start, a.end)
        for a in task.attributions
    )


def _is_chapter_of_words(text: str, task: TaskOutline) -> bool:
    """Tell whether a task is a chapter whose heading, its first line or sentence, says that it hands out nothing."""
    heading = re.compile(r"[^。\r\n]*").match(text, task.start)
    words = heading[0] if heading else ""
    return (
        not task.in_table and len(words) <= _MAX_HEADING and bool(_OF_WORDS.search(words)) and _is_chapter(text, task)
    )


def _is_chapter(text: str, task: TaskOutline) -> bool:
    number = read_number(text, task.start) if task.number else None
    return number is not None and number.style in _CHAPTERS
