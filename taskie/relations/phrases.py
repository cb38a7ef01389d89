"""Cut the words before an amount down to the noun phrase that it counts; guidelines, section 4.

Boundary: the words before; those behind are read in ``following``, and which of the two counts in ``indicators``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from taskie.relations.nouns import belongs, only_verbs, strip_verbs
from taskie.relations.verbs import LEADING_VERB

_ENUMERATOR = re.compile(r"^[①-⑳⑴-⒇\s]+")
_TRAILING = re.compile(
    r"(?:(?:继续|持续|稳步|同比|环比|较上年|较去年|比上年|比去年|比上年同期|[比较]\d{4}年(?:底|末)?|[比较]“?十[一二三四]五”?(?:期?末|时期)?|在.{1,10}基础上|年均|平均|每年|全部|分别|至少|力争|确保|将|要|均|需|已|可|再|总体|力求|预计|一般|不得|应|须)*"
    r"(?:净?增长|增加|增至|巩固|到位|提高|提升|上升|上浮|上调|增幅|净增|多增|增|下降|降低|减少|缩短|缩减|压减|压缩|压降|削减|下浮|下调|减量|精简|延长|降至|降到|扩大|回升|改善|稳定|保持|维持|控制|达到|达|突破|超过|超|高于|低于|不低于|不少于|不高于|不超过|不小于|不大于|至少|最高|最低|最多|至多|多出|满|"
    r"(?<!前)提|完成|实现|(?<![签预合条续履公节制])约|近|共|共计|(?:[为是]|达到|相当于)(?:上年|去年|\d{4}年)(?:底|末|同期)?的?|为|是|有|在|至|到|以|约为|左右|累计|总计|合计|建成|新建|新增|覆盖|惠及|带动|约占|占|由|从|按|各|第|前|过|逾|建设|争取|力争|确保|每人每月|每人每年|每年|每月|每天|每村|每个|每户|每亩|[户人日月年]均|优于|快于|少于|多于|不少于|平均|大约|接近|将近|仅|尚[余有]|分别|(?<![许认])可|已|将|应|须|再|一般|提速|、|，|：|:)|\s)+$"
)
_BASE = r"(?:[十百千万]{0,2}(?:个?人|名|户|戶|村|亩|月|年|季度?|天|日|周|学期|秒|小时|分钟|次|件|台|套|张|条|座|所|辆|吨|公里|平方米|立方米|千瓦时|度|床|餐|场|栋|车|头|只|棵|株|幢|处|项|家|社区|老人|公顷|吨标准煤|名老人|餐次|生))"
# What a figure is compared with, up to the amount: 较上年底, 高于外贸整体, 不超过净资本的, 提高到原来的, 为每月每平方米.
_COMPARISONS = (
    re.compile(
        r"(?:增长|提高)?(?:高于|快于|好于|低于|优于|超过)(?:全国|全省|全市|全县|全区|全州|上年|去年|同期|平均)(?:平均)?(?:水平|增速)?$"
    ),
    re.compile(
        r"(?:(?<![占同环对正百相性])比(?![例重值率赛较对拼价武照亚]|提高|下降|降|升|增|达|控制|保持|不)|(?<!(?<!占)比)较(?![大小多少高低好差快慢强重难长短为真量]))[^、，]{1,14}$"
    ),
    re.compile(
        r"(?:不(?:得|能|应)?(?:低于|高于|少于|多于|超过|小于|大于|短于|长于|突破)|[高快好低优多少短长]于|高出|相当于)[^、，\d的]{0,12}的?$"
    ),
    re.compile(
        r"(?:提高|提升|增加|扩大|扩容|扩|增|升|降低|下降|压缩|压减|减少|缩短|延长|降|减|压|提|达|调整|上调|下调|控制)?"
        r"(?:到|至|为|按照?|达到|达)(?:原来|现有|原有|国内[^、，]{0,6}|同类[^、，]{0,4}|全[国省市县]平均[^、，]{0,4}|上年|去年|法定[^、，]{0,4}|规定[^、，]{0,4}|平均水平)的?$"
    ),
    re.compile(
        r"(?:(?:提高|提升|增加|扩大|降低|下降|压缩|减少|缩短|延长)?(?:到|至|为|按照?|达到|达))?"
        rf"(?:每{_BASE})+(?P<given>(?:累计|最高|最多|至少|一般|再)*(?:发放|补助|补贴|奖励|兑付|给予)?)$"
    ),
)
_SHARE_BASE = re.compile(r"(?:达到|达(?!标|产|率)|降至|降到|为|按照?)[^、，的\d]{2,12}的$")
# Money that someone gives: the one who gives or gets it is not what is counted, unless it is money itself.
_GIVEN = re.compile(r"(?:给予|予以|承担|负担|兑付|兑现|拨付|发放|增补|垫付|支付|减免)+$")
_BY_WHOM = re.compile(
    r"(?:由[^、，]{1,8}|(?:[省市县区]级?)?财政)(?:给予)?(?:补助|补贴|承担|负担|支付|贴补|兜底|奖励|减免)$"
)
# 对首次获评的企业一次性奖励, 村各奖励: of the one who gets it and what is given, the latter counts.
_GIFT = re.compile(
    r"^(?:(?:对|给(?!予)|向|为).{2,}|.*(?:各|再|分别|一次性|给予|予以|均|另|由[^、，]{1,8}|的|企业|单位|个人|者|户|村|人))(?P<gift>奖励|补助|补贴|奖补|贴息)$"
)
MONEY = re.compile(
    r"(?:费|费用|补助|补贴|津贴|金|款|税|资金|标准|额|额度|线|投资|工资|收入|待遇|报酬|价格?|租|奖励|奖补|成本|部分|贷款|价值|产值|损失|保费|债|授信)$"
)
# 占年度清单的1/3 is a share of what stands before.
_SHARE_OF = re.compile(r"占(?![地比道用])[^，。；]{1,16}$")
_RESIDUE = re.compile(
    r"^(?:等|基本|[全我本][省市县区州盟旗镇乡]|和|及|以及|或|、|其中|每个?|各|均|再|用|扩|减|增|压|升|降|延长|扩大|提高|增加|减少|分别|同口径|平均|不少于|[由从到至近约把将对为给让使与按]|的|财政|[省市县区]级|[省市县区]财政|后者|前者|另)+$"
)
_FROM = re.compile(
    r"[由从](?:原来的?|原有的?|现行的?|法定的?|目前的?|现有的?|上年的?|去年的?|当前的?|年初的?|平均|每[\u4e00-\u9fff]{1,3}|\d{4}年的?)*$"
)
_PRONOUN = re.compile(r"^(?:后者|前者|其中|其|以[^，]{2,24}为(?:主体?|重点|依托|载体|抓手|基础))+")
_EACH = re.compile(
    r"^(?:其中|按照?|对)?每(?:个|名|位|家|条|座|所|台|辆|件|人|户|村|镇|乡|县|亩|公里|班|校)(?:每(?:年|月|学年|学期|季度?|周|天|日))*(?=[\u4e00-\u9fff]|$)"
)
# Who has one each, behind 每个, is not what is counted: 每个街镇｜至少1个.
_PLACE = re.compile(
    r"(?:街镇|镇街|乡镇|行政村|村民?小组|村|街道|社区|县区|县市区|园区|企业|学校|单位|网格|班级|班组|部门|乡镇街道|最高|最多)+"
)
# Verbs that in the middle of a phrase divide who acts or where from what is counted: 在沿线设置｜标牌.
_DIVIDING = re.compile(
    r"(?P<verb>新建成?|新增|新改扩建|改扩建|新开工|建成|完成|实现|引进|培育|投放|发放|设置|设立|争取|创建|打造|举办|开展|组织开展|签约|到位|配备|加装|"
    r"铺设|架设|敷设|购置|(?<!政府)采购|选派|招聘|招录|受理|吸纳|带动|惠及|拉动|兑付|兑现|拨付|筹集|核减|盘活|收回|关停|淘汰|拆除|新修|整修|疏浚|硬化|"
    r"栽植|补植|化解|收储|出让|腾退|送去|布设|新设|开设|开通|增设|增配|更换|配建|争创|达到|组建|征集|追缴|清运|迁改|承担|承保|委托|挽回|垫付|减少|下沉(?!广场)|改种|兴办|储备(?=后备|粮油|招商)|要把|至少|给予|予以)|"
    # Words that are nouns as often as verbs divide only behind words that say where or for whom.
    r"(?P<either>办理|发展|建设|培训|轮训|审批|抽检|检查|治理|处置|改造|服务|实施|推广|布局|接待|安排|投入|储备|征收|落实|交付|享受|救助|安装|提供|修复|清理|配置|帮扶|(?<![建开增架铺布])设(?![施备计置立区市有]))"
)
_MIN_ACTOR = 5
_PLACE_OR_ACTOR = re.compile(
    r"^(?:在(?!建|营|校|岗)|为(?!民)|对(?!外|口)|向|由|从|把|将|给|与|以|按|用|支持|推动|引导|指导|组织|帮助|协调|鼓励|围绕|[全本][省市县区州镇乡]$|[省市县区]级|[省市县区]财政|政府$)|(?:等|及)[\u4e00-\u9fff]{2,6}$|等$|沿线$"
)
_GIFTS = ("补助", "补贴", "奖励")
_RECEIVERS = re.compile(r"(?:人|人员|学生|户|者|兵|士官|士兵|员|企业|单位|家庭|村|镇|机构|平台|主体)$")
_OFTEN = re.compile(r"^.{2,}(?:每(?:人|年|月|季度?|周|天|日|学期))+(?:至少)?(?=[\u4e00-\u9fff]{4,8}$)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words left of what stood before an amount; ``weak`` if they name nothing by themselves: a bare verb, who pays."""

    words: str
    weak: bool = False


def left_phrase(left: str, *, share: bool = False, money: bool = False) -> Phrase | None:
    """Strip verbs before and comparators behind; keep the list under one verb whole (单项冠军、瞪羚企业).

    ``share`` and ``money`` say what unit the amount has: a share may have its base before it (采暖期用量的六成), money
    is not counted by those who get it (学生每人发放500元).
    """
    words, grows, given = _without_comparison(left, share=share)
    words = _after_last_phrase(words.strip("、，的 "))
    words = _OFTEN.sub("", _PRONOUN.sub("", words))
    return _named(words, grows=grows, given=given, money=money)


def left_bases(left: str) -> tuple[str, ...]:
    """Return the words before an amount with more and more of what compares it taken off; each once, longest first."""
    words = _ENUMERATOR.sub("", left.strip(" \t\n\u3000、，；：,;:"))
    trailing = _TRAILING.search(words)
    cut = (_without_comparison(left, share=share)[0] for share in (False, True))
    share = _SHARE_OF.search(words)
    of_share = words[: share.start()] if share else ""
    found = dict.fromkeys((words, words[: trailing.start()] if trailing else words, of_share, *cut))
    return tuple(base for base in found if base)


def _without_comparison(left: str, *, share: bool) -> tuple[str, bool, str | None]:
    """Return the words without comparators and bases, whether a rate of change follows them, and the verb of giving cut off."""
    words = _ENUMERATOR.sub("", left.strip(" \t\n\u3000、，；：,;:"))
    grows = False
    given: str | None = None
    for _ in range(3):
        for pattern in _COMPARISONS:
            match = pattern.search(words)
            if match and match.start() >= 2:
                given = match["given"] if "given" in pattern.groupindex else given
                grows = grows or "given" not in pattern.groupindex
                words = words[: match.start()].rstrip()
        if share:
            words = _cut(_SHARE_BASE, words)
        payer = _BY_WHOM.search(words)
        if payer and MONEY.search(words[: payer.start()]):
            words = words[: payer.start()]
        words = _FROM.sub("", words).rstrip()
        trailing = _TRAILING.search(words)
        if trailing:
            grows = grows or bool(re.search(r"[增升降减缩]|提高|比例", trailing[0]))
            words = words[: trailing.start()]
    return words, grows, given


def _named(words: str, *, grows: bool, given: str | None, money: bool) -> Phrase | None:
    each = _EACH.match(words)
    divided = _divided(words[each.end() :], placed=True) if each else _divided(words, placed=False)
    if each and (not divided or _PLACE.fullmatch(divided)):
        return None
    gift = _GIFT.match(divided) if money else None
    if gift:
        return Phrase(gift["gift"])
    core = _GIVEN.sub("", divided)
    if core != divided:
        if not core or re.match(r"[对向给为]", core) or (money and not MONEY.search(core)):
            return Phrase(strip_verbs(divided), weak=True)
        divided = core if MONEY.search(core) else divided
    stripped = strip_verbs(divided, grows=grows)
    if not stripped or _RESIDUE.match(stripped):
        return None
    if given is not None and money and not MONEY.search(stripped):
        if given[-2:] in _GIFTS:
            return Phrase(given[-2:])
        return Phrase(stripped, weak=bool(given or _RECEIVERS.search(stripped)) or only_verbs(stripped))
    return Phrase(stripped, weak=only_verbs(stripped))


def _cut(pattern: re.Pattern[str], words: str) -> str:
    match = pattern.search(words)
    return words[: match.start()] if match and match.start() >= 2 else words


def _divided(words: str, *, placed: bool) -> str:
    """Drop who acts and where before the last verb of the phrase: 在沿线村屯设置标牌 is 标牌."""
    covered = [match.span() for match in re.finditer(r"“[^”]*”|（[^）]*）|《[^》]*》|\([^)]*\)", words)]
    for match in reversed(list(_DIVIDING.finditer(words))):
        actor, rest = words[: match.start()], words[match.end() :].lstrip("了好")
        if any(start < match.end() and match.start() < end for start, end in covered):
            continue
        if (
            len(rest) < 2
            or (belongs(match[0], rest) and match[0] + rest != "完成投资")
            or rest[0] in "、”）)的和及与中后"
            or (match["either"] and not LEADING_VERB.match(words, match.start()))
            or only_verbs(rest)
            or "占" in actor
            or "的" in rest
            and actor.count("的") < rest.count("的")
        ):
            continue
        placed = placed or bool(_PLACE_OR_ACTOR.search(actor))
        if placed or (match["verb"] and len(actor) >= _MIN_ACTOR and actor[-1] not in "、和及与"):
            return rest
    return words


def _after_last_phrase(words: str) -> str:
    """Keep what follows the last 、 where that begins a phrase of its own with a verb (…比例八成以上、开展认证企业)."""
    pieces = _split_outside(words, "、")
    for i in range(len(pieces) - 1, 0, -1):
        match = LEADING_VERB.match(pieces[i])
        if match and len(pieces[i]) > 4 and not belongs(match[0], pieces[i][match.end() :]):
            return "、".join(pieces[i:])
    return words


def _split_outside(words: str, mark: str) -> list[str]:
    """Split at ``mark`` outside quotation marks and brackets."""
    pieces, depth, begin = [], 0, 0
    for i, c in enumerate(words):
        if c in "“（(《":
            depth += 1
        elif c in "”）)》":
            depth = max(0, depth - 1)
        elif c == mark and depth == 0:
            pieces.append(words[begin:i])
            begin = i + 1
    pieces.append(words[begin:])
    return pieces
