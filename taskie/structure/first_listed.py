"""The rule by which the first unit of a list leads: where a document states it, and what it makes of the units.

Boundary: it holds for a whole document; which documents have it is asked once, in ``reader``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from taskie.records import Unit
from taskie.structure.reading import Reading

FIRST_LISTED = re.compile(
    r"(?:列|排|排名|排序|位列|位居|标注)?(?:在)?(?:第一位|第一个|第一家|首位|首个|首家|第一|最前面?|排首)(?:的)?(?:责任)?(?:单位|部门|科室|者)?(?:的)?"
    r"(?:，)?(?:即)?(?:为|是|系|作为)(?:该项工作|本项任务|该项任务|该任务)?(?:的)?(?:总)?(?:牵头|主办|主要责任|第一责任|主责)"
    r"|(?:首列|列首)(?:的)?(?:单位|部门|科室|者)?(?:为|是|系|作为)(?:总)?(?:牵头|主办|主要责任|第一责任|主责)"
    r"|(?:列|排)(?:在|名|序|位)*(?:第一位?|首位|首个|最前面?|前面|首)(?:的)?(?:责任)?(?:单位|部门|科室|者)?(?:总?牵头|主办|负(?:主|总|主要|首要)责)"
    r"|(?:首列|列首|列首位|第一位|第一个|第一家|首位|首个|首家)(?:的)?(?:责任)?(?:单位|部门|科室|者)(?:总?牵头|主办|负(?:主|总|主要|首要)责)"
)
# Behind a list: each of them is responsible, by the words of the attribution itself.
_ALL_RESPONSIBLE = re.compile(
    r"\s*等?(?:按照?(?:各自)?职责(?:分工)?|分别|各自|共同)*\s*(?:负责|落实|承办|组织实施|实施)"
)


def states_first_listed(text: str) -> bool:
    """Tell whether the document itself says that the first unit of a list leads; line breaks inside do not matter."""
    return FIRST_LISTED.search(re.sub(r"[\r\n]+[ \u3000]*", "", text)) is not None


def lead_first(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Return the units with the first leading and the others cooperating, by the document's own rule."""
    return tuple(
        replace(u, role="cooperating" if i else "lead", source="document_rule" if i else "first_listed")
        for i, u in enumerate(units)
    )


def rank_units(text: str, units: tuple[Unit, ...], reading: Reading) -> tuple[Unit, ...]:
    """Apply the document's rule that the first unit leads, where the attribution gives no roles of its own."""
    if not units or not reading.first_listed or any(unit.role != "responsible" for unit in units):
        return units
    listed = tuple(unit for unit in units if unit.source != "label") or units
    if _ALL_RESPONSIBLE.match(text, listed[-1].end):
        return units
    # A label behind the list (责任科室：…) is no part of it.
    return lead_first(listed) + tuple(unit for unit in units if unit not in listed)
