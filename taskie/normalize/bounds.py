"""Read the bound of an amount: 不低于, 以上, 左右; guidelines, section 4.

Boundary: the words inside and right around one amount; the amount itself is read by ``quantities``.
"""

from __future__ import annotations

import re

from taskie.normalize.numerals import CHINESE

_BOUND_AFTER = (
    (re.compile(r"(?:及|或)?以上$|(?<=[元岁亩人分])起$"), "ge"),
    (re.compile(r"(?:及|或)?(?:以下|以内|之内)$|内$"), "le"),
    (re.compile(r"左右$|上下$|许$|(?<=[成%倍])多$|(?<=[家个项人名户元亩吨里米次场座处条套台年月天])多$"), "approx"),
)
_BETWEEN = r"\s*(?:到|了|在|为|每[\u4e00-\u9fff]{1,3})?"
_BOUND_BEFORE = (
    # Negated comparators first: 不低于 ends in 低于 and 不超过 in 超过.
    (re.compile(rf"(?:(?:不|不得|不能|不应|未)(?:低于|少于|小于|短于|亚于|下于)|≥|＞=){_BETWEEN}$"), "ge"),
    (
        re.compile(
            rf"(?:(?:不|不得|不能|不应|未)(?:超过|高于|大于|多于|长于|超出|超|突破)|≤|不到|不足|未满){_BETWEEN}$"
        ),
        "le",
    ),
    (re.compile(rf"(?:至少|最少|最低|突破|超过|超出|高于|大于|多于|超|逾|破|>|＞){_BETWEEN}$"), "ge"),
    (re.compile(rf"(?:最多|至多|最高|最长|控制(?:在|到)|低于|少于|小于|短于|<|＜){_BETWEEN}$"), "le"),
    (re.compile(rf"(?:大?约|大致|大概|近|将近|接近|约为|上|成){_BETWEEN}$"), "approx"),
)
# 上 and 成 make an amount rough only before a bare magnitude: 上百家, but not 新上5个项目.
_ROUGH_MAGNITUDE = re.compile(r"^[百千万亿]")
# 高于全省x个百分点 and 快于全国平均水平2个百分点 compare with another figure; the amount itself is exact.
_COMPARED = re.compile(
    r"(?:高于|低于|快于|高出|超过?|好于|高过|多于|少于)(?:全国|全省|全市|全县|全区|全州|上年|去年|同期|平均|周边|东部|西部|中部|规上|省|市)[^，。；、]{0,8}$"
)
# 不低于当地收入的2倍: the comparator stands before what the multiple is of.
_TIMES = re.compile(r"不(?:得|能|应)?(?:(?P<least>低于|少于)|高于|超过|突破)[^，。；、\d]{2,20}的$")
# 至少配备｜两名, 最高支持｜200万元: a verb, with its noun, stands between the bound and the amount.
_OVER_VERB = (
    (re.compile(rf"(?:至少|最少)[^，。；：、\d{CHINESE}]{{1,12}}$"), "ge"),
    (re.compile(rf"(?:最高(?!档)|最多|至多)(?:可|能|按)?[^，。；：、\d{CHINESE}率额度限值价点量日的]{{1,6}}$"), "le"),
)
# 每亩6万元的上限 says behind the amount what it is.
_LIMIT_AFTER = ((re.compile(r"^(?:的|为)?上限"), "le"), (re.compile(r"^(?:的|为)?下限"), "ge"))


def bound_after(text: str, after: str) -> tuple[str | None, str]:
    """Return the bound said at the end of an amount or behind it, if any, and the amount without it."""
    for pattern, bound in _BOUND_AFTER:
        match = pattern.search(text)
        if match:
            return bound, text[: match.start()]
    stripped = after.lstrip()
    for word, bound in (
        ("以上", "ge"),
        ("及以上", "ge"),
        ("以内", "le"),
        ("以下", "le"),
        ("左右", "approx"),
        ("上下", "approx"),
    ):
        if stripped.startswith(word):
            return bound, text
    return next((bound for pattern, bound in _LIMIT_AFTER if pattern.match(stripped)), None), text


def bound_before(before: str, amount: str) -> str:
    """Return the bound that the words before an amount state, ``eq`` if none."""
    near = before.rstrip()[-16:]
    times = _TIMES.search(before.rstrip()[-30:])
    if times and re.search(r"[倍%％成/]|分之", amount):
        return "ge" if times["least"] else "le"
    if _COMPARED.search(near):
        return "eq"
    for pattern, bound in _BOUND_BEFORE:
        match = pattern.search(near)
        if match and (match[0][0] not in "上成" or _ROUGH_MAGNITUDE.match(amount)):
            return bound
    return next((bound for pattern, bound in _OVER_VERB if pattern.search(near)), "eq")
