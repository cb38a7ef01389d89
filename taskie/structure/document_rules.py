"""Apply rules that a document states once for many tasks: 以下各项均需各县区落实，不再列出.

Boundary: units are added to tasks that are read already; how far a rule reaches is told by where it stands.
"""

from __future__ import annotations

import re
from dataclasses import replace

from taskie.records import Unit
from taskie.structure.bodies import split_units
from taskie.structure.outline import TaskOutline
from taskie.structure.role_words import role_of_word

_FOR_ALL_BELOW = re.compile(
    r"以下[^，,。；;〕）)]{0,14}?(?:均|都)(?:需|须|由|要)?(?P<units>(?:[^，,。；;〔〕（）()]|[（(][^（）()]{1,12}[）)]){2,30}?)"
    r"(?P<verb>配合|协办|落实|负责|参与|组织实施|抓好落实|审核|把关|承担)?[，,]?(?:各项中)?不再(?:一一|逐一|另行|单独|重复)?列出"
)


def with_units_for_all(text: str, tasks: tuple[TaskOutline, ...]) -> tuple[TaskOutline, ...]:
    """Apply a sentence such as 以下各项均需各县区落实，不再列出 to the tasks behind it."""
    if "不再" not in text:
        return tasks
    places = [i for i, c in enumerate(text) if c not in "\r\n"]  # a line may break inside the rule
    for match in _FOR_ALL_BELOW.finditer("".join(text[i] for i in places)):
        start, end = places[match.start("units")], places[match.end("units") - 1] + 1
        reached = {task.start for task in _reached(text, tasks, places[match.start()])}
        role = role_of_word(match["verb"] or "落实")
        units: tuple[Unit, ...] = split_units(text, start, end, role=role, source="document_rule")
        tasks = tuple(_add_units(task, units) if task.start in reached else task for task in tasks)
    return tasks


def _reached(text: str, tasks: tuple[TaskOutline, ...], rule: int) -> tuple[TaskOutline, ...]:
    """Return the tasks below a rule that begins at ``rule``: those of its section where a heading has it or it says so, else all behind it."""
    behind = tuple(task for task in tasks if task.start > rule)
    inside = next((task for task in tasks if task.start <= rule < task.end), None)
    if inside is None:
        section = behind[0].headings if behind else ()
    elif re.search(r"本(?:部分|章|节|项|条)[^。；〔（(]{0,4}$", text[inside.start : rule]):
        section = inside.headings
    else:
        return behind
    return tuple(task for task in behind if task.headings[: len(section)] == section)


def _add_units(task: TaskOutline, units: tuple[Unit, ...]) -> TaskOutline:
    known = {unit.name for unit in task.units}
    new = tuple(unit for unit in units if unit.name not in known)
    attributions = tuple(
        replace(a, units=a.units + tuple(u for u in new if u.name not in {v.name for v in a.units}))
        for a in task.attributions
    )
    return replace(task, units=task.units + new, attributions=attributions)
