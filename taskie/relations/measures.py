"""Read the measures of a target: which amounts count, what they measure, how far; guidelines, section 4.

Boundary: the amounts inside one target; amounts in progress cells are read with the same code by ``progress``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskie.normalize.quantities import normalize_quantity
from taskie.records import Entity, Measure
from taskie.relations.indicators import find_indicator

_INCREASE = re.compile(r"新增(?!长)|净增|增长|提高|提升(?!改造|行动|工程)|增加|上升|增幅|递增|翻番|扩大|回升|新增加|增资")
_DECREASE = re.compile(r"下降|降低|减少|压减|削减|压缩|压降|缩短|缩减|下浮|降幅|降至|降到|减排|精简")
_MAINTAIN = re.compile(r"稳定在|保持在?|维持|稳定|稳控")
# 新建, 新培育 and the like bring about; they do not say that something grows.
_QUALIFIER_TAIL = re.compile(r"(?:以上|以下|及以上|以内|级|起)$")
_QUALIFIED = re.compile(r"^(?:的)?[\u4e00-\u9fff“”A-Za-z]{1,14}")
_SCALES = ("元", "美元", "平方米", "亩", "人", "吨", "千瓦", "吨标准煤", "欧元", "公里")


def read_measures(text: str, start: int, end: int, amounts: Sequence[Entity], *, deadlines: Sequence[Entity] = (), context_start: int | None = None) -> tuple[Measure, ...]:
    """Return the measures among ``amounts``, the QUANTITY entities inside ``text[start:end]``, in text order.

    ``deadlines`` are left out of indicators. ``context_start`` is where the sentence begins, for a verb said once.
    """
    measures: list[Measure] = []
    previous: str | None = None
    left_border = start
    for i, amount in enumerate(amounts):
        right_border = amounts[i + 1].start if i + 1 < len(amounts) else end
        if i + 1 < len(amounts) and _only_qualifies(text, amount, amounts[i + 1]):
            continue
        left = _without(text, left_border, amount.start, deadlines)
        right = text[amount.end : right_border]
        quantity = normalize_quantity(amount.text, before=text[start : amount.start], after=text[amount.end : end])
        indicator = find_indicator(left, right, previous=previous, unit=quantity.unit)
        change = read_change(left) if left.strip(" 、，和及") else (measures[-1].change if measures else read_change(text[start : amount.start]))
        measures.append(
            Measure(
                _squeezed(indicator), text[amount.start : amount.end], amount.start, amount.end, quantity.value, quantity.value_max,
                quantity.unit, quantity.bound, change, quantity.masked, quantity.per, _base(left), amount.confidence,
            )
        )  # fmt: skip
        previous = indicator
        left_border = amount.end
    return tuple(measures)


def read_change(left: str) -> str:
    """Return the change that the words before an amount state; the last one said counts."""
    found = [(m.start(), change) for pattern, change in ((_INCREASE, "increase"), (_DECREASE, "decrease"), (_MAINTAIN, "maintain")) for m in pattern.finditer(left)]
    return max(found)[1] if found else "reach"


def _only_qualifies(text: str, amount: Entity, following: Entity) -> bool:
    """Tell whether ``amount`` only says which things ``following`` counts: 10亿元以上｜项目｜2个."""
    between = text[amount.end : following.start]
    if not _QUALIFIER_TAIL.search(amount.text) or len(between) > 24 or re.search(r"[、，；：,;]", between):
        return False
    unit = normalize_quantity(amount.text).unit
    noun = _QUALIFIED.match(between)
    return unit in _SCALES and noun is not None and not re.match(r"^(?:，|增长|达到|实现|完成|建成)", between)


def _without(text: str, start: int, end: int, deadlines: Sequence[Entity]) -> str:
    parts, position = [], start
    for deadline in deadlines:
        if position <= deadline.start and deadline.end <= end:
            parts.append(text[position : deadline.start])
            position = deadline.end
    parts.append(text[position:end])
    words = "".join(parts)
    return re.sub(r"^(?:其中|到|至|在|，|：|\s)+", "", words)


def _base(left: str) -> str | None:
    """Return the base a rate compares with: 同比, 较2020年, 比上年."""
    match = re.search(r"同比|环比|(?:较|比)(?:上年|去年|上年同期|去年同期|(?:19|20)\d{2}年(?:底)?|“?十[一二三四]五”?末?)|在[^，。]{1,10}基础上", left)
    return match[0] if match else None


def _squeezed(indicator: str | None) -> str | None:
    return re.sub(r"[\s\u3000]+", "", indicator) if indicator else None
