"""Tell amounts that only qualify what another amount counts: 10亿元以上｜项目｜2个; guidelines, section 4.

Boundary: one amount and the next of its clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskie.normalize.quantities import normalize_quantity
from taskie.records import Entity

_QUALIFIER_TAIL = re.compile(r"(?:以上|以下|及以上|以内|级|起)$")
_QUALIFIED = re.compile(r"^[\u4e00-\u9fff“”A-Za-z]{1,14}")
_LIMITED = re.compile(r"^的(?!标准|比例|速度|目标|要求|增速|奖励|补助|补贴|额度|规模|价格)[\u4e00-\u9fff“”A-Za-z]")
# Points are taken off for each amount before them: 每少｜一个｜扣1分.
_POINTS = re.compile(r"(?:扣|加|减)$")
# 五百米｜服务半径覆盖率: the amount is part of a name.
_RADIUS = re.compile(r"(?:服务)?(?:半径|范围|生活圈)")
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
# 营业收入超过1亿元｜企业｜3户: a limit of worth tells which ones are counted.
_BEYOND = re.compile(r"(?:突破|超过|超|不低于|不少于|低于|高于|不足)$")
_WORTH = frozenset(("元", "美元", "欧元"))
_SCALES = frozenset(
    "元 美元 欧元 平方米 亩 公顷 人 名 户 吨 蒸吨 千瓦 吨标准煤 公里 米 年 岁 个月 天 小时 张 分 % 平方公里 立方米 个 层 周岁".split()
)


def only_qualifies(text: str, amount: Entity, later: Sequence[Entity], *, start: int, end: int) -> bool:
    """Tell whether ``amount`` only says which things the amount after it counts, or with what and when one works.

    10亿元以上｜项目｜2个, 每｜百户｜不低于30平方米, 生源不足｜10人｜的教学点14个; 以｜9个｜园区为依托, 未达到｜5%｜则….
    """
    return role_by_rules(text, amount, later, start=start, end=end)[0]


def role_by_rules(text: str, amount: Entity, later: Sequence[Entity], *, start: int, end: int) -> tuple[bool, bool]:
    """Return whether ``amount`` only qualifies, and whether that is certain.

    An amount with none behind it, or with a mark before the next one, is a measure for certain; one behind 每, and one that
    one works with or that is a condition, qualifies.
    """
    before, behind = text[start : amount.start], text[amount.end : end]
    if _CONDITION.search(before) or any(a.search(before) and b.match(behind) for a, b in _MEANS):
        return True, True
    if not later:
        return False, True
    between = text[amount.end : later[0].start]
    if _POINTS.search(between.rstrip()) and normalize_quantity(text[later[0].start : later[0].end]).unit == "分":
        return True, True
    if len(between) > _MAX_QUALIFIED or re.search(r"[、，；：,;]", between):
        return False, True
    return _qualifies_next(text, amount, before, between)


def _qualifies_next(text: str, amount: Entity, before: str, between: str) -> tuple[bool, bool]:
    """Tell an amount from the next one by the words before it and ``between`` the two."""
    unit = normalize_quantity(text[amount.start : amount.end]).unit
    if before.endswith("每") or (_RADIUS.match(between) and unit in _LENGTHS):
        return True, True
    if between.strip() in ("和", "及", "与", "或", "至", "到", "以及"):
        return False, True
    if unit not in _SCALES:
        return False, False
    if _SHARE_WITH.match(between):
        return bool(_LIMIT_BEFORE.search(before)), False
    if _LIMITED.match(between):
        return bool(_QUALIFIER_TAIL.search(amount.text) or _LIMIT_BEFORE.search(before)), False
    noun = not between.strip() or (_QUALIFIED.match(between) and not _RESULT.match(between))
    sized = (
        _QUALIFIER_TAIL.search(amount.text)
        or _MAGNITUDE.match(amount.text)
        or (unit in _WORTH and _BEYOND.search(before))
    )
    return bool(sized and noun), False
