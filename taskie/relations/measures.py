"""Read the measures of a target: which amounts count, what they measure, how far; guidelines, section 4.

Boundary: the amounts inside one target; amounts in progress cells are read with the same code by ``progress``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskie.normalize.quantities import normalize_quantity
from taskie.records import Entity, Measure
from taskie.relations.indicators import divide_shared, find_indicator, subject_of

_INCREASE = re.compile(
    r"新增(?!长)|净增|增长|提高|提升(?!改造|行动|工程)|增加|上升|增幅|递增|翻番|扩大|回升|新增加|增资"
)
_DECREASE = re.compile(r"下降|降低|减少|压减|削减|压缩|压降|缩短|缩减|下浮|降幅|降至|降到|减排|精简")
_MAINTAIN = re.compile(r"稳定在|保持在?|维持|稳定|稳控")
# 新建, 新培育 and the like bring about; they do not say that something grows.
_QUALIFIER_TAIL = re.compile(r"(?:以上|以下|及以上|以内|级|起)$")
_QUALIFIED = re.compile(r"^[\u4e00-\u9fff“”A-Za-z]{1,14}")
_LIMITED = re.compile(r"^的(?!标准|比例|速度|目标|要求|增速|奖励|补助|补贴|额度|规模|价格)[\u4e00-\u9fff“”A-Za-z]")
_LIMIT_BEFORE = re.compile(
    r"(?:超过|超|满|不满|不足|未满|低于|高于|大于|小于|不低于|不少于|达到?|使用|运行|逾期|就业)$"
)
_RESULT = re.compile(r"^(?:增长|达到|实现|完成|建成|占比?)")
# 未达到5%则…: a condition, not a goal.
_CONDITION = re.compile(r"(?:(?:未|没有|不能|无法)(?:达到|完成)|(?:如果|若|一旦)[^，。；]{0,12})$")
# What one works with is no goal: 以9个园区为依托, 发挥3支队伍作用.
_MEANS = (
    (
        re.compile(r"(?:^|[^所可予])以(?:现有的?)?$"),
        re.compile(r"[^，。；]{1,24}为(?:依托|抓手|重点|基础|主线|载体|龙头|核心|支撑|骨干|主体|突破口|牵引|引领)"),
    ),
    (re.compile(r"发挥(?:好|现有的?)?$"), re.compile(r"[^，。；]{1,24}(?:作用|优势|效应|功能)")),
)
_MAX_QUALIFIED = 24
_BEFORE_DEADLINE = re.compile(r"(?:力争|争取|确保|计划|预计|到|至|于|在|截至|自|从|以|\s)+$")
_COMPARATORS = re.compile(
    r"(?:达到|达|增长|提高|提升|下降|降低|不低于|不少于|不超过|超过|突破|控制在|稳定在|保持|完成|实现|约|近|到|至|在|以上|共|新增)+$"
)
_BARE_VERB = re.compile(
    r"(?:开工|建成|竣工|投产|投用|投资|完成|实现|新增|实施|新建|引进|培育|开展|处置|铺设|建设|改造|全部|分别|年内|力争|确保|争取)+"
)
_SCALES = frozenset(
    "元 美元 欧元 平方米 亩 公顷 人 名 户 吨 蒸吨 千瓦 吨标准煤 公里 米 年 岁 个月 天 小时 张 分 % 平方公里 立方米 个 层 周岁".split()
)


def read_measures(
    text: str, start: int, end: int, amounts: Sequence[Entity], *,
    others: Sequence[Entity] = (), previous: str | None = None, before: str = "",
) -> tuple[Measure, ...]:  # fmt: skip
    """Return the measures among ``amounts``, the QUANTITY entities inside ``text[start:end]``, in text order.

    ``others`` are the other entities inside: deadlines are left out of indicators, and an indicator begins behind
    a name. ``previous`` is the last indicator of the same sentence, ``before`` the clause before this one; they name
    what is measured where the clause itself does not (到位资金9亿元，增长5%).
    """
    kept = [
        a for i, a in enumerate(amounts) if not _only_qualifies(text, a, amounts[i + 1 : i + 2], start=start, end=end)
    ]
    dates = [other for other in others if other.label == "DEADLINE"]
    measures: list[Measure] = []
    shared: tuple[str, ...] | None = None
    left_border = start
    for i, amount in enumerate(kept):
        right_border = kept[i + 1].start if i + 1 < len(kept) else end
        left = _context(text, left_border, amount.start, others)
        right = text[amount.end : right_border]
        # The text here has look-alikes replaced; an entity may hold them as printed (⼗六亿斤).
        printed = text[amount.start : amount.end]
        quantity = normalize_quantity(printed, before=text[start : amount.start], after=text[amount.end : end])
        if i == 0:
            shared = divide_shared(left, len(kept))
        indicator = shared[i] if shared else find_indicator(left, right, previous=previous, unit=quantity.unit)
        if indicator is None and others:
            indicator = find_indicator(
                _context(text, left_border, amount.start, dates), right, previous=None, unit=quantity.unit
            )
        if indicator is None and not measures:
            indicator = subject_of(before)
        if left.strip(" 、，和及") or not measures:
            change = read_change(left)
        else:
            change = measures[-1].change
        measures.append(
            Measure(
                _squeezed(indicator), printed, amount.start, amount.end, quantity.value,
                quantity.value_max, quantity.unit, quantity.bound, change, quantity.masked, quantity.per,
                _base(text[start : amount.start]), amount.confidence,
            )
        )  # fmt: skip
        previous = indicator or previous
        left_border = amount.end
    return tuple(measures)


def read_change(left: str) -> str:
    """Return the change that the words before an amount state; the last one said counts."""
    found = [
        (m.start(), change)
        for pattern, change in ((_INCREASE, "increase"), (_DECREASE, "decrease"), (_MAINTAIN, "maintain"))
        for m in pattern.finditer(left)
    ]
    return max(found)[1] if found else "reach"


def _only_qualifies(text: str, amount: Entity, later: Sequence[Entity], *, start: int, end: int) -> bool:
    """Tell whether ``amount`` only says which things the amount after it counts, or with what and when one works.

    10亿元以上｜项目｜2个, 每｜百户｜不低于30平方米, 生源不足｜10人｜的教学点14个; 以｜9个｜园区为依托, 未达到｜5%｜则….
    """
    before, behind = text[start : amount.start], text[amount.end : end]
    if _CONDITION.search(before) or any(a.search(before) and b.match(behind) for a, b in _MEANS):
        return True
    if not later:
        return False
    between = text[amount.end : later[0].start]
    if len(between) > _MAX_QUALIFIED or re.search(r"[、，；：,;]", between):
        return False
    if before.endswith("每"):
        return True
    if between.strip() in ("和", "及", "与", "或", "至", "到", "以及"):
        return False
    unit = normalize_quantity(text[amount.start : amount.end]).unit
    if unit not in _SCALES:
        return False
    if _LIMITED.match(between):
        return bool(_QUALIFIER_TAIL.search(amount.text) or _LIMIT_BEFORE.search(before))
    noun = not between.strip() or (_QUALIFIED.match(between) and not _RESULT.match(between))
    return bool(_QUALIFIER_TAIL.search(amount.text) and noun)


def _context(text: str, start: int, end: int, others: Sequence[Entity]) -> str:
    """Return ``text[start:end]`` without deadlines and from the last name of a body or project on.

    A name that is itself all there is before the amount stays: then it is what the amount measures.
    """
    parts, position = [], start
    for other in others:
        if other.start < position or other.end > end:
            continue
        if other.label == "DEADLINE":
            parts.append(_BEFORE_DEADLINE.sub("", text[position : other.start]))
            position = other.end
        elif not text[other.end : end].strip():
            # 青河大桥、柳泉水厂5个项目: the names are what is counted, as with 等 behind them.
            parts, position = ["等"], other.end
        elif _stands_apart(text[other.end : end]):
            parts, position = [], other.end
    parts.append(text[position:end])
    return re.sub(r"^(?:其中|，|：|、|\s)+", "", "".join(parts))


def _stands_apart(rest: str) -> bool:
    """Tell whether the words behind a name go on with a noun of their own: …项目｜总投资, …公司｜研发投入."""
    core = _COMPARATORS.sub("", rest)
    return len(core) >= 2 and core[0] not in "、和及与的等（(" and not _BARE_VERB.fullmatch(core)


def _base(left: str) -> str | None:
    """Return the base a rate compares with: 同比, 较2020年, 比上年."""
    match = re.search(
        r"同比|环比|(?:较|比)(?:上年|去年|上年同期|去年同期|(?:19|20)\d{2}年(?:底)?|“?十[一二三四]五”?末?)|在[^，。]{1,10}基础上",
        left,
    )
    return match[0] if match else None


def _squeezed(indicator: str | None) -> str | None:
    return re.sub(r"[\s\u3000]+", "", indicator) if indicator else None
