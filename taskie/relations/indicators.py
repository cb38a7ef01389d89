"""Name what an amount counts or measures: the shortest noun phrase beside it; guidelines, section 4.

Boundary: words of one clause around one amount. Rules on word forms; there is no parser behind them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from taskie.relations.following import right_phrase
from taskie.relations.nouns import only_verbs
from taskie.relations.phrases import MONEY, left_phrase

# 由15天延长到30天: what stands between two amounts of one thing, or before the first of them.
_TO = re.compile(
    r"^(?:以上|左右)?(?:逐步|分别|再)?(?:(?:提高|提升|增加|增长|扩大|扩|升|上升|上调|提|增|延长|延|下降|降低|降|减少|减|压减|压缩|压|压降|缩短|缩|下调|拓宽|加宽|延伸|抬高|"
    r"调整|调|精简|发展|达|到)+[到至为]?|[到至])(?:近|约|不少于|不低于|不超过)?(?:每[\u4e00-\u9fff]{1,3})?$"
)
# A verb behind the amount tells what is done with it; it is not what is counted: 安排资金200万元｜支持….
_ACTION = re.compile(
    r"(?:提高|提升|增加|增长|扩大|扩(?!音)|升(?!学|降机|级版|压站)|增(?!值|发)|延长|下降|降低|降(?!水|雨|温|噪)|减少|减(?!灾|排|速|压)|压减|压缩|压(?!力|滤|实|榨)|缩短|调整|调(?!解|研|度|查))[到至为]?|用于|支持|推动|建设|实施|开展|购置|购买|采购|扶持|奖励|补助|保障|给予|发放|打造|解决|改造|修建|新建|建成|完成|带动|推进|促进|帮助|用作|作为|作|修复|治理|整治|偿还|化解|惠及|覆盖|投入|专项用于|落实|进村|入户|下乡|驻村|进驻|赴"
)
_SHARES = ("%", "百分点", "‰", "倍", "番", "")
# 占年度清单的1/3 is a share of what stands before; …占规上工业比重 is a rate with a name.
_SHARE_OF = re.compile(r"占(?![地比道用])(?![^，。；]*(?:比重|比例|份额|占比|比率))[^，。；]{1,16}$")
_ENDS_LIST = re.compile(r"等$|等(?:一批|多)?$")
# 覆盖七成以上学校, 评议排名前三分之一的单位: the share is of the things behind it.
_REACHES = re.compile(r"(?:覆盖|惠及|带动|帮助|承担)$")
_FOREMOST = re.compile(r"(?:前|后|末位)$")
# 价值2600万元的物资, 可容纳20万人的场所: the amount tells how large what is counted is.
_HOLDS = re.compile(r"(?:价值|容纳|可供|可存|可停|能停|能容)$")
# 按采购额给予｜1%｜奖励: what is given counts, not what it is worked out from.
_GIFT_BEHIND = re.compile(r"^\s*(?:给予|予以|的)?(?P<gift>补贴|补助|奖励|奖补|贴息|补偿|赔付)(?=$|[，。；、：）\s])")
# Points that a scheme of marks gives or takes have no noun.
_POINTS = re.compile(r"(?:扣|加|减)$")


def find_indicator(left: str, right: str, *, previous: str | None, unit: str, last: bool = True) -> str | None:
    """Return the noun phrase that an amount counts, or ``None``.

    ``left`` and ``right`` are the words of the clause before and behind the amount, up to the next amount, and
    ``last`` tells whether there is no next one; deadlines are taken out of ``left``. ``previous`` is the indicator
    that holds on in a list (5.2万吨、增长3%), from one end of a change to the other (由15天延长到30天), and behind a
    bare verb (新建网点2处，改建5处).
    """
    return name_by_rules(left, right, previous=previous, unit=unit, last=last).words


@dataclass(frozen=True, slots=True)
class Named:
    """What the rules name; ``certain`` where only one side of the amount has a noun, or the form leaves no choice."""

    words: str | None
    certain: bool


def name_by_rules(left: str, right: str, *, previous: str | None, unit: str, last: bool = True) -> Named:
    """Return the noun phrase as ``find_indicator`` does, and whether there was any choice."""
    if is_points(left, unit):
        return Named(None, True)
    if previous and goes_on(left):
        return Named(previous, True)
    behind = right_phrase(right, last=last)
    shares = unit in _SHARES
    gift = _GIFT_BEHIND.match(right) if shares or unit == "元" else None
    if gift:
        return Named(gift["gift"], True)
    share = _SHARE_OF.search(left) if shares else None
    found = left_phrase(left[: share.start()] if share else left, share=shares, money=unit == "元")
    before = found.words if found and not found.weak else None
    certain = bool(before) != bool(behind) and share is None
    if share and not before:
        return Named(previous, False)
    if behind and _is_of_what_follows(left, right, shares=shares):
        return Named(behind, certain)
    if shares and before:
        return Named(before, certain)
    if behind and (not before or _ENDS_LIST.search(left.rstrip()) or _directly_counted(right)):
        return Named(behind, certain)
    return Named(before or behind or previous, certain)


def is_points(left: str, unit: str) -> bool:
    """Tell whether an amount is points given or taken (扣｜1分), which no noun names."""
    return unit == "分" and bool(_POINTS.search(left.rstrip()))


def goes_on(left: str) -> bool:
    """Tell whether nothing but the way to the other end of a change stands before an amount: …由15天｜延长到｜30天."""
    return bool(_TO.match(left.strip()))


def is_money(words: str | None) -> bool:
    """Tell whether a noun is a sum of money by its end: …补助, …资金, …收入."""
    return bool(words and MONEY.search(words))


def bare_verb(left: str, unit: str) -> str | None:
    """Return the words before an amount that name it only where nothing else does: 改建, 给予."""
    found = left_phrase(left, share=unit in _SHARES, money=unit == "元")
    return found.words if found and not _SHARE_OF.search(left) else None


def names_by_verb(words: str | None) -> bool:
    """Tell whether an indicator is a bare verb, which names its own amount and no other: 鉴定, 改建."""
    return bool(words) and only_verbs(words or "")


def subject_of(words: str) -> str | None:
    """Return the noun phrase that a clause without amount is about, for the clause after it."""
    found = left_phrase(words)
    return found.words if found and not found.weak else None


def divide_shared(left: str, count: int) -> tuple[str, ...] | None:
    """Read 履约率、开工率和投产率分别达到 before ``count`` amounts: one indicator for each, ``None`` if they do not fit."""
    if "分别" not in left:
        return None
    words = subject_of(left[: left.rindex("分别")])
    pieces = re.split(r"[、和及与]", words) if words else []
    if len(pieces) != count or not all(pieces):
        return None
    # 涉农与小微企业贷款: the head of the last one is that of all.
    head = pieces[-1][-2:]
    bare = any(piece.endswith(head) for piece in pieces[:-1])
    lent = len(head) == 2 and not bare and head in _LENT_HEADS
    return tuple(piece + head if lent and i + 1 < count else piece for i, piece in enumerate(pieces))


_LENT_HEADS = ("贷款", "面积", "收入", "投资", "产值", "消费", "人数")


def _is_of_what_follows(left: str, right: str, *, shares: bool) -> bool:
    words, follows = left.rstrip(), right.lstrip().startswith("的")
    if _HOLDS.search(words):
        return follows
    if not shares:
        return False
    return bool(_FOREMOST.search(words) and follows) or bool(_REACHES.search(words) and _directly_counted(right))


def _directly_counted(right: str) -> bool:
    """Tell whether the noun stands directly behind the amount: 建设…3条示范街区, 引进…5家银行."""
    return not re.match(r"^[\s，。；、！？,;（(）)以的]|^$", right) and not _ACTION.match(right)
