"""Name what an amount counts or measures: the shortest noun phrase beside it; guidelines, section 4.

Boundary: words of one clause around one amount. Rules on word forms; there is no parser behind them.
"""

from __future__ import annotations

import re

# Verbs that hand out work stand before the noun that is counted; they are no part of it.
_VERBS = (
    "加快推进|积极推进|扎实推进|稳步推进|统筹推进|持续推进|深入推进|全力推进|大力推进|推进|加快|积极|全面|扎实|大力|深入|持续|稳步|逐步|有序|分批|累计|共计|合计|总计|同步|"
    "确保|保证|保障|力争|争取|努力|实现|完成|达到|推动|促进|引导|鼓励|支持|帮助|扶持|指导|组织|开展|实施|启动|落实|抓好|做好|强化|加强|优化|深化|巩固|稳定|保持|"
    "新增加|新增|净增|新建成|新建设|新建|续建|在建|改扩建|新改扩建|新（改、扩）建|改建|扩建|改造提升|提升改造|提质改造|升级改造|新改造|改造|建成投用|建成|建设|建立|建好|打造|创建|争创|创成|"
    "新培育|培育壮大|培育|培养|新认定|认定|新引进|引进|招引|引育|引入|吸引|招聘|选派|选聘|选拔|新签约|签约|落地|新开工|开工|新入库|入库|新入统|入统|纳统|申报|申请|获批|获评|评选|评定|遴选|推荐|储备|"
    "新发展|发展|新开通|开通|新开设|开设|设立|设置|新设|布设|布局|投放|投入|筹集|发放|兑现|安排|拨付|争取到|落实到|新投用|投用|投运|投产|竣工|交付|"
    "新转化|转化|推广|应用|放映|举办|承办|举行|培训|轮训|开发|提供|服务|救助|资助|帮扶|化解|盘活|清理|整治|治理|排查|检查|抽检|监测|处置|处理|办理|办结|"
    "栽植|种植|营造|修复|疏浚|清淤|铺设|架设|安装|更新|更换|配备|配建|购置|采购|新购置|淘汰|关停|取缔|拆除|压减|压降|压缩|消除|减少|降低|下降|提高|提升|增加|增长|扩大|拓展|突破|超过|"
    "盯紧|聚焦|围绕|依托|统筹划定|划定|制定|出台|修订|发布|编制|印发|推出|上线|接入|归集|共享|打通|建强|做强|做大|做优|选树|命名|表彰|奖励|补助|给予|返还|免除|为|对|将|把|使|让|由|在|按照|以|向|从|每年|每月|每季度|再|均|各|共|约|近|达|至少|又|还|并|且|及时|优先|探索|试点|集中|整合|优化资源整合|新"
)
_LEADING_VERB = re.compile(rf"^(?:{_VERBS})")
# A verb in front of one of these belongs to the noun: 治理率, 建设面积, 培训人数.
_NOUN_TAIL = re.compile(r"^(?:率|面积|额|总量|量|数|人数|次数|户数|件数|值|度|规模|比例|比重|占比|里程|长度|投资|资金|费用|成本|标准|水平|能力|强度|系数|指数|时间|时限|周期|对象|主体|服务|用地|项目|工程|基地|中心|平台|园区|企业|站点|类)")
_TRAILING = re.compile(
    r"(?:(?:继续|持续|稳步|同比|环比|较上年|较去年|比上年|比去年|比上年同期|较\d{4}年|较20\d{2}年|在.{1,10}基础上|年均|平均|每年|全部|分别|至少|力争|确保|将|要|均|需|已|可|再|总体|力求|预计)*"
    r"(?:增长|增加|增至|提高|提升|上升|增幅|增|下降|降低|减少|缩短|缩减|压减|压缩|压降|削减|降至|降到|扩大|回升|改善|稳定|保持|维持|控制|达到|达|突破|超过|超|高于|低于|不低于|不少于|不高于|不超过|不小于|不大于|至少|"
    r"完成|实现|约|近|共|共计|为|是|有|在|至|到|以|约为|左右|累计|总计|合计|建成|新建|新增|覆盖|惠及|带动|约占|占|由|从|按|各|第|前|过|逾|建设|争取|力争|确保|每人每月|每人每年|每年|每月|每天|每村|每个|每户|每亩|户均|人均|优于|快于|少于|多于|不少于|平均|大约|接近|将近|、|，|：|:)|\s)+$"
)
_COMPARED = re.compile(r"(?:增长|提高|增速|增幅)?(?:高于|快于|好于|低于|优于|超过)(?:全国|全省|全市|全县|全区|全州|上年|去年|同期|平均)(?:平均)?(?:水平|增速)?$")
_RIGHT_END = re.compile(
    r"[，。；：、！？,;（(《\n]|实施|完成|开展|按照|按时|按期|按|进行|达到|实现|建成|投入|落户|落地|开工|竣工|投产|投用|参加|参与|入驻|纳入|通过|以上|在|由|向|对|为|获|均|全部|得到|启动|申报|上市|挂牌|完善|提升至|提高到|以进行|以|并|力争|确保|覆盖|接入|取得|享受|受益|从|用于|正在|陆续|同时|给予|予以|分别"
)
_RIGHT_TAIL = re.compile(r"(?:建设进度|建设工作|建设任务|建设|工作|任务|进度|目标|有序开展|等|左右|的|新增)+$")
_ENDS_LIST = re.compile(r"等$|等(?:一批|多)?$")


def find_indicator(left: str, right: str, *, previous: str | None, unit: str) -> str | None:
    """Return the noun phrase that an amount counts, or ``None``.

    ``left`` and ``right`` are the words of the clause before and behind the amount, up to the next amount;
    deadlines are taken out of ``left``. ``previous`` is the indicator of the amount before it in the list.
    """
    behind = _right_phrase(right)
    before = _left_phrase(left)
    joined = bool(re.match(r"^[、和及]?$", left.strip()))
    if unit in ("%", "百分点", "‰", "倍", "") and before:
        return before
    if behind and (not before or _ENDS_LIST.search(left.rstrip()) or _directly_counted(left, right)):
        return behind
    if before:
        return before
    if behind:
        return behind
    return previous if joined else None


def _directly_counted(left: str, right: str) -> bool:
    """Tell whether the noun stands directly behind the amount: 打造…4条核心产业链, 盯紧…4家企业."""
    return not re.match(r"^[\s，。；、！？,;（(）)以的]|^$", right)


def _right_phrase(right: str) -> str | None:
    words = right.lstrip(" \t\n\u3000")
    if words.startswith("的"):
        quoted = re.search(r"“[^”]{1,20}”", words)
        return quoted[0] if quoted else None
    if not words or words[0] in "，。；：、！？,;（()）以之":
        return None
    quoted_end = _skip_quote(words)
    match = _RIGHT_END.search(words, quoted_end)
    phrase = words[: match.start()] if match else words
    phrase = _RIGHT_TAIL.sub("", phrase).strip()
    return phrase if len(phrase) >= 1 and any("\u4e00" <= c <= "\u9fff" or c.isalnum() for c in phrase) else None


def _skip_quote(words: str) -> int:
    if words[:1] in "“‘《":
        close = re.search("[”’》]", words)
        return close.end() if close else 0
    return 0


def _left_phrase(left: str) -> str | None:
    """Strip leading verbs and trailing comparators; keep the list under one verb whole (单项冠军、瞪羚企业)."""
    words = _COMPARED.sub("", left.strip(" \t\n\u3000、，；：,;:"))
    words = _TRAILING.sub("", words)
    words = _COMPARED.sub("", words)
    words = _TRAILING.sub("", words).strip("、，的 ")
    words = _after_last_phrase(words)
    words = _strip_verbs(words)
    return words or None


def _after_last_phrase(words: str) -> str:
    """Keep what follows the last 、 where that begins a phrase of its own with a verb (…达到40%以上、有研发活动企业)."""
    pieces = _split_outside(words, "、")
    for i in range(len(pieces) - 1, 0, -1):
        if _LEADING_VERB.match(pieces[i]) and len(pieces[i]) > 4 and not _NOUN_TAIL.match(_LEADING_VERB.sub("", pieces[i])):
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


def _strip_verbs(words: str) -> str:
    while words:
        match = _LEADING_VERB.match(words)
        if not match:
            break
        rest = words[match.end() :].lstrip(" ")
        if not rest or _NOUN_TAIL.match(rest) or rest[0] in "、”）的":
            break
        words = rest
    return words.removeprefix("了").strip("、，：: ")
