"""A document's own rules for lists of units: the first one leads, those beside a marked leader help; and what they make of them.

Boundary: they hold for a whole document; which documents have them is asked once, in ``reader``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from taskie.records import Unit
from taskie.structure.reading import Reading, without_breaks
from taskie.structure.role_words import HELPS, LEADS

FIRST_LISTED = re.compile(
    rf"(?:列|排|排名|排序|位列|位居|标注)?(?:在)?(?:第一位|第一个|第一家|首位|首个|首家|第一|最前面?|排首)(?:的)?(?:责任)?(?:单位|部门|科室|者)?(?:的)?"
    rf"(?:，)?(?:即)?(?:为|是|系|作为)(?:该项工作|本项任务|该项任务|该任务)?(?:的)?{LEADS}"
    rf"|(?:居首|为首|打头|排头|靠前|在前)位?(?:的(?:单位|部门|[科处]室)?|单位|部门|[科处]室|者)(?:为|是|系|作为)?{LEADS}"
    rf"|(?:首列|列首)(?:的)?(?:单位|部门|科室|者)?(?:为|是|系|作为){LEADS}"
    rf"|(?:列|排)(?:在|名|序|位)*(?:第一位?|首位|首个|最前面?|前面|首)(?:的)?(?:责任)?(?:单位|部门|科室|者)?(?:{LEADS}|负(?:主|总|主要|首要)责)"
    rf"|(?:首列|列首|列首位|第一位|第一个|第一家|首位|首个|首家)(?:的)?(?:责任)?(?:单位|部门|科室|者)(?:{LEADS}|负(?:主|总|主要|首要)责)"
)
# 注明“牵头”的为牵头单位，其余为配合单位. Where the first unit leads, a label such as 责任单位 keeps its own meaning.
OTHERS_HELP = re.compile(
    rf"(?<![未独有])(?:注明|标明|标注|标有|注有|加注)[^。；未首一]{{0,30}}(?:其余|其他|其它)(?:的|各)?(?:责任)?(?:单位|部门|科室|者)?(?:均|都|则)?(?:为|是|系|作为|负责|做好)?{HELPS}"
)
# 加“*”的为牵头单位: a sign before or behind its name says who leads.
_LEAD_MARK = re.compile(
    rf"(?:[加带标打注画有]|前有|后有)(?:有|注|上|了)?[“\"‘（(]?(?P<mark>[*＊★☆▲△●○◎※◆◇■□#])[”\"’）)]?(?:号|符号|标[记志识])?(?:的|者)?"
    rf"(?:责任)?(?:单位|部门|[科处]室)?(?:的|者)?(?:为|是|系|作为|负责)?{LEADS}"
)
# Behind a list: each of them is responsible, by the words of the attribution itself.
_ALL_RESPONSIBLE = re.compile(
    r"\s*等?(?:按照?(?:各自)?职责(?:分工)?|分别|各自|共同)*\s*(?:负责|落实|承办|组织实施|实施)"
)


def states_first_listed(text: str) -> bool:
    """Tell whether the document itself says that the first unit of a list leads; line breaks inside do not matter."""
    return FIRST_LISTED.search(without_breaks(text)) is not None


def states_others_help(text: str) -> bool:
    """Tell whether the document itself says that the units beside the one that leads help."""
    return OTHERS_HELP.search(without_breaks(text)) is not None


def lead_mark(text: str) -> str | None:
    """Return the sign that a document puts beside the names of units that lead, ``None`` if it says nothing of one."""
    match = _LEAD_MARK.search(text)
    return match["mark"] if match else None


def marked_lead(text: str, units: Sequence[Unit], mark: str | None) -> tuple[Unit, ...]:
    """Return the units with those leading that ``mark`` stands beside and the others cooperating; as they are where it does not."""
    marked = [bool(mark) and mark in (text[u.start - 1 : u.start], text[u.end : u.end + 1]) for u in units]
    if not any(marked):
        return tuple(units)
    return led_by(units, marked)


def led_by(units: Sequence[Unit], leads: Sequence[bool]) -> tuple[Unit, ...]:
    """Return the units with those leading for which ``leads`` holds and the others cooperating, by the document's own rule."""
    return tuple(
        replace(unit, role="lead" if lead else "cooperating", source="document_rule")
        for unit, lead in zip(units, leads, strict=True)
    )


def others_help(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Return the units with those cooperating that are merely listed beside one that is said to lead."""
    if all(unit.role != "lead" for unit in units):
        return tuple(units)
    return tuple(
        replace(u, role="cooperating", source="document_rule") if u.role == "responsible" else u for u in units
    )


def lead_first(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Return the units with the first leading and the others cooperating, by the document's own rule."""
    return tuple(
        replace(u, role="cooperating" if i else "lead", source="document_rule" if i else "first_listed")
        for i, u in enumerate(units)
    )


def rank_units(text: str, units: tuple[Unit, ...], reading: Reading) -> tuple[Unit, ...]:
    """Apply the document's rules: the first unit leads, where the attribution gives no roles of its own; others help."""
    units = marked_lead(text, units, reading.lead_mark)
    if reading.others_help:
        units = others_help(units)
    if not units or not reading.first_listed or any(unit.role != "responsible" for unit in units):
        return units
    listed = tuple(unit for unit in units if unit.source != "label") or units
    if _ALL_RESPONSIBLE.match(text, listed[-1].end):
        return units
    # A label behind the list (责任科室：…) is no part of it.
    return lead_first(listed) + tuple(unit for unit in units if unit not in listed)
