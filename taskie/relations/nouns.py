"""Tell a verb that acts on a noun from one that builds it: 培训｜村级骨干, but 培训率, 培训班.

Boundary: the front of one phrase; the lists of verbs are in ``verbs``.
"""

from __future__ import annotations

import re

from taskie.relations.verbs import BUILDING, FILLER, LEADING_VERB

# A verb whose rest is nothing but one of these belongs to the noun: 治理率, 建设面积, 培训人数.
_SIZE = re.compile(
    r"(?:率|面积|额|总量|量|数|人数|次数|户数|件数|值|度|规模|比例|比重|占比|里程|长度|水平|能力|强度|系数|指数|时间|时限|时长|周期|数量|金额|总额|幅度)+"
)
# Behind verbs that build nouns these make one too: 监测设备, 服务窗口, 更新单元.
_HEAD = re.compile(
    r"[\u4e00-\u9fff]{0,2}(?:投资|资金|费用|成本|标准|经费|补贴|补助)|(?:对象|服务|用地|基地|中心|平台|站点|设备|环节|窗口|单元|网点|设施|系统|体系|事项|计划|协议|合同)(?:数量|总数)?"
)
# A project is named by how far it has come: 签约项目, 储备项目总投资.
_STAGE = re.compile(r"新?(?:签约|开工|入库)|储备|申报|投产|交付|建设|改造|转化")
_STAGED = re.compile(r"(?:项目|工程|企业)(?:总投资|投资|数量|总数|个数)?")
# Verbs that a noun of one character may follow: 新建｜桥.
_MAKES = re.compile(r"新建|建成|完成|新增|改建|扩建|修建|栽植|架设|疏浚")
# Of these a rate is no part: 提高｜入学率; but 整改完成率 is one name.
_CHANGES = re.compile(r"完成|新增|净增|[压减缩降]..?|下降|提高|提升|增加|增长|扩大|拓展|突破|超过|改善|恢复|形成")
# No noun begins so: 安置｜费缺口, 签约｜率仅.
_SUFFIX = re.compile(r"费(?![率用])|率|者|员(?!工)|量(?!化)|性(?![别能价病])|金(?!融|属|银|花)|额(?!尔|济|敏)")
_RATE_OF_VERB = re.compile(r"[\u4e00-\u9fff]{0,8}(?:率|占比|比例|比重|满意度)")
_SHORT_RATE = re.compile(r"[\u4e00-\u9fff]{0,2}率")
_JOINT = re.compile(r"[、及和与或并]")


def strip_verbs(words: str, *, grows: bool = False) -> str:
    """Take verbs and adverbs off the front as long as a noun is left; ``grows`` if a rate of change follows.

    新增｜学位 grows by 20%: then 新增 tells which ones, and stays.
    """
    while words:
        match = LEADING_VERB.match(words)
        if not match:
            break
        verb, rest = match[0], words[match.end() :].lstrip(" 了")
        if rest.startswith("后") and not BUILDING.fullmatch(verb):
            rest = rest[1:]  # 建成后｜绿地占比
        joint = _JOINT.match(rest)
        if joint and LEADING_VERB.match(rest, joint.end()) and not belongs(verb, rest):
            words = rest[joint.end() :]
            continue
        if not rest or rest[0] in "、”）的" or belongs(verb, rest) or (grows and re.match(r"新(?![引投造平])", verb)):
            break
        words = rest
    return words.strip("、，：: ")


def belongs(verb: str, rest: str) -> bool:
    """Tell whether a verb makes one noun with what follows: 治理率, 监测设备, 调解成功率, 培训班."""
    if len(verb) > 1 and _SUFFIX.match(rest):
        return True
    if FILLER.fullmatch(verb):
        return False
    if BUILDING.fullmatch(verb):
        if _STAGE.fullmatch(verb) and _STAGED.fullmatch(rest):
            return True
        return len(rest) < 2 or bool(_SIZE.fullmatch(rest) or _HEAD.fullmatch(rest) or _RATE_OF_VERB.fullmatch(rest))
    if len(rest) < 2:
        return not _MAKES.fullmatch(verb)
    return bool(_SIZE.fullmatch(rest) or (_SHORT_RATE.fullmatch(rest) and not _CHANGES.fullmatch(verb)))


def begins_with_verb(words: str) -> bool:
    """Tell whether words begin with a verb that is no part of a noun."""
    match = LEADING_VERB.match(words)
    return bool(match and not belongs(match[0], words[match.end() :]))


def only_verbs(words: str) -> bool:
    """Tell whether nothing but verbs that build no nouns is left: 改建, 组建, 兑现; 培训 names what is counted."""
    while words:
        match = LEADING_VERB.match(words)
        if not match or BUILDING.fullmatch(match[0]):
            return False
        words = words[match.end() :]
    return True
