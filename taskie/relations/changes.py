"""Read whether an amount grows, shrinks or is kept; in a list one verb speaks for all items.

Boundary: the words before the amount in its clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskie.records import Entity, Measure
from taskie.relations.nouns import begins_with_verb

_INCREASE = re.compile(
    r"新增(?!长)|净增|增长|提高|(?<!改造)提升(?!改造|行动|工程)|增加|上升|增幅|递增|翻番|扩大|回升|新增加|增资|上浮|上调|多增|多出|延长|提到|调增"
)
_DECREASE = re.compile(
    r"下降|降低|减少|压减|削减|压缩|压降|缩短|缩减|下浮|降幅|降至|降到|减排(?!量)|精简|下调|减量|调减"
)
_MAINTAIN = re.compile(r"稳定在|保持在?|维持|稳定|稳控|巩固在")
# 新增用地三成以上留给…: a share of what is new does not grow.
_NEW_SHARE = re.compile(r"(?:新增|净增)[\u4e00-\u9fff]{2,}$")
# 新增学位1200个、床位80张: one verb at the head of the list holds for all its items.
_GOVERNS = re.compile(
    r"^(?:[^、，]{0,6}?)(?:新增|净增|增加|提高|提升|减少|降低|压减|缩短|削减|扩大)(?![到至为了的])[\u4e00-\u9fff]{2,}"
)
_ITEM = re.compile(r"^\s*(?:[、和及与]|以及)\s*(?P<words>.*)$", re.DOTALL)
_STRIVES = re.compile(r"^(?:力争|确保|争取|冲刺)+(?:达到|完成)?$")


def change_of(
    text: str, left: str, border: int, amount: Entity, unit: str, measures: Sequence[Measure], *, begins: int
) -> str:
    """Return the change of an amount; in a list under one verb, or where the words before say none, that of the one before."""
    between = re.sub(r"\s*\n\s*", "", text[border : amount.start])
    item = _ITEM.match(between)
    if measures and not left.strip(" 、，和及"):
        return measures[-1].change
    change = read_change(left)
    if change == "reach" and unit in ("%", "") and left.rstrip().endswith("减免"):
        return "decrease"
    if change == "increase" and unit in ("%", "") and _NEW_SHARE.search(left):
        return "reach"
    if not measures or change != "reach" or not item:
        return change
    words = item["words"]
    governed = _GOVERNS.match(text[begins : measures[0].start]) and not begins_with_verb(words)
    return measures[-1].change if governed or _STRIVES.match(words) else change


def read_change(left: str) -> str:
    """Return the change that the words before an amount state; the last one said counts."""
    found = [
        (m.start(), change)
        for pattern, change in ((_INCREASE, "increase"), (_DECREASE, "decrease"), (_MAINTAIN, "maintain"))
        for m in pattern.finditer(left)
    ]
    return max(found)[1] if found else "reach"
