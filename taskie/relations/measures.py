"""Read the measures of a target: which amounts count, what they measure, how far; guidelines, section 4.

Boundary: the amounts inside one target; amounts in progress cells are read with the same code by ``progress``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskie.normalize.quantities import normalize_quantity
from taskie.records import Entity, Measure
from taskie.relations.indicators import (
    bare_verb,
    divide_shared,
    find_indicator,
    goes_on,
    is_money,
    is_points,
    subject_of,
)
from taskie.relations.phrases import begins_with_verb

_INCREASE = re.compile(
    r"新增(?!长)|净增|增长|提高|(?<!改造)提升(?!改造|行动|工程)|增加|上升|增幅|递增|翻番|扩大|回升|新增加|增资|上浮|上调|多出|延长|提到|调增"
)
_DECREASE = re.compile(
    r"下降|降低|减少|压减|削减|压缩|压降|缩短|缩减|下浮|降幅|降至|降到|减排(?!量)|精简|下调|减量|调减"
)
_MAINTAIN = re.compile(r"稳定在|保持在?|维持|稳定|稳控|巩固在")
# 新增用地三成以上留给…: a share of what is new does not grow.
_NEW_SHARE = re.compile(r"(?:新增|净增)[\u4e00-\u9fff]{2,}$")
# 新增学位1200个、床位80张: one verb at the head of the list holds for all its items.
_GOVERNS = re.compile(
    r"^(?:[^、，]{0,6}?)(?:新增|净增|增加|提高|提升|减少|降低|压减|缩短|削减|扩大)(?![到至为了])[\u4e00-\u9fff]{2,}"
)
_ITEM = re.compile(r"^\s*(?:[、和及与]|以及)\s*(?P<words>.*)$", re.DOTALL)
_STRIVES = re.compile(r"^(?:力争|确保|争取|冲刺)+(?:达到|完成)?$")
# 新建, 新培育 and the like bring about; they do not say that something grows.
_QUALIFIER_TAIL = re.compile(r"(?:以上|以下|及以上|以内|级|起)$")
_QUALIFIED = re.compile(r"^[\u4e00-\u9fff“”A-Za-z]{1,14}")
_LIMITED = re.compile(r"^的(?!标准|比例|速度|目标|要求|增速|奖励|补助|补贴|额度|规模|价格)[\u4e00-\u9fff“”A-Za-z]")
# Points are taken off for each amount before them: 每少｜一个｜扣1分.
_POINTS = re.compile(r"(?:扣|加|减)$")
# 五百米｜服务半径覆盖率: the amount is part of a name.
_RADIUS = re.compile(r"(?:服务)?(?:半径|范围|生活圈)")
_RATES = frozenset(("%", "百分点", "倍", ""))
_LENGTHS = frozenset(("米", "公里", "千米", "分钟", "里"))
# 收入超过五万元｜的比例: the share is of those beyond the limit.
_SHARE_WITH = re.compile(r"的(?:比例|占比|比重)")
# 亿元｜项目5个: an order of magnitude by itself.
_MAGNITUDE = re.compile(r"[百千万亿]+元")
_LIMIT_BEFORE = re.compile(
    r"(?:突破|超过|超|满|不满|不足|未满|低于|高于|大于|小于|不低于|不少于|达到?|使用|运行|逾期|就业)$"
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
    others: Sequence[Entity] = (), previous: str | None = None, previous_unit: str | None = None, before: str = "",
) -> tuple[Measure, ...]:  # fmt: skip
    """Return the measures among ``amounts``, the QUANTITY entities inside ``text[start:end]``, in text order.

    ``others`` are the other entities inside: deadlines are left out of indicators, and an indicator begins behind
    a name. ``previous`` is the last indicator of the same sentence, with its unit, ``before`` the clause before this one; they name
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
        right = _behind(text, amount.end, right_border, dates)
        # The text here has look-alikes replaced; an entity may hold them as printed (⼗六亿斤).
        printed = text[amount.start : amount.end]
        quantity = normalize_quantity(printed, before=text[start : amount.start], after=text[amount.end : end])
        if i == 0:
            shared = divide_shared(left, len(kept))
        if shared:
            indicator: str | None = shared[i]
        else:
            whole = _context(text, left_border, amount.start, dates) if others else left
            indicator = _indicator(
                left, whole, right, unit=quantity.unit, last=i + 1 == len(kept), previous=previous,
                previous_unit=previous_unit, before="" if measures else before,
            )  # fmt: skip
        change = _change(text, left, left_border, amount, quantity.unit, measures, begins=start)
        measures.append(
            Measure(
                _squeezed(indicator), printed, amount.start, amount.end, quantity.value,
                quantity.value_max, quantity.unit, quantity.bound, change, quantity.masked, quantity.per,
                _base(text[start : amount.start]), amount.confidence,
            )
        )  # fmt: skip
        previous, previous_unit = indicator or previous, quantity.unit
        left_border = amount.end
    return tuple(measures)


def _indicator(
    left: str,
    whole: str,
    right: str,
    *,
    unit: str,
    last: bool,
    previous: str | None,
    previous_unit: str | None,
    before: str,
) -> str | None:
    """Ask for the noun beside the amount, then in ``whole`` with the names before it, then in the clause before."""
    if is_points(left, unit):
        return None
    if previous and goes_on(left):
        return previous
    found = find_indicator(left, right, previous=None, unit=unit, last=last)
    if found is None and whole != left:
        found = find_indicator(whole, right, previous=None, unit=unit, last=last)
    if found:
        return found
    subject, bare, money = subject_of(before), bare_verb(left, unit), unit == "元"
    alike = previous_unit == unit or {previous_unit, unit} <= _RATES or (money and is_money(previous))
    if money and is_money(subject) and not is_money(previous):
        return subject
    return (previous if alike or not bare else None) or subject or bare


def _behind(text: str, start: int, end: int, dates: Sequence[Entity]) -> str:
    """Return the words behind an amount, without line ends that wrap them, up to a deadline."""
    later = [date.start for date in dates if start <= date.start < end]
    return re.sub(r"\s*\n\s*", "", text[start : min(later, default=end)])


def read_change(left: str) -> str:
    """Return the change that the words before an amount state; the last one said counts."""
    found = [
        (m.start(), change)
        for pattern, change in ((_INCREASE, "increase"), (_DECREASE, "decrease"), (_MAINTAIN, "maintain"))
        for m in pattern.finditer(left)
    ]
    return max(found)[1] if found else "reach"


def _change(
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
    if _POINTS.search(between.rstrip()) and normalize_quantity(text[later[0].start : later[0].end]).unit == "分":
        return True
    if len(between) > _MAX_QUALIFIED or re.search(r"[、，；：,;]", between):
        return False
    if before.endswith("每") or (
        _RADIUS.match(between) and normalize_quantity(text[amount.start : amount.end]).unit in _LENGTHS
    ):
        return True
    if between.strip() in ("和", "及", "与", "或", "至", "到", "以及"):
        return False
    unit = normalize_quantity(text[amount.start : amount.end]).unit
    if unit not in _SCALES:
        return False
    if _SHARE_WITH.match(between):
        return bool(_LIMIT_BEFORE.search(before))
    if _LIMITED.match(between):
        return bool(_QUALIFIER_TAIL.search(amount.text) or _LIMIT_BEFORE.search(before))
    noun = not between.strip() or (_QUALIFIED.match(between) and not _RESULT.match(between))
    sized = _QUALIFIER_TAIL.search(amount.text) or _MAGNITUDE.match(amount.text)
    return bool(sized and noun)


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
    return re.sub(r"^(?:其中|，|：|、|\s)+", "", re.sub(r"\s*\n\s*", "", "".join(parts)))


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
