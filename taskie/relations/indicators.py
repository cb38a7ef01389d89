"""Name what an amount counts or measures: the shortest noun phrase beside it; guidelines, section 4.

Boundary: words of one clause around one amount. Rules on word forms; there is no parser behind them.
"""

from __future__ import annotations

import re

# Verbs that hand out work stand before the noun that is counted; they are no part of it.
_VERBS = (
    "加快推进|积极推进|扎实推进|稳步推进|统筹推进|持续推进|深入推进|全力推进|大力推进|推进|加快|积极|全面|扎实|大力|深入|持续|稳步|逐步|有序|分批|累计|共计|合计|总计|同步|"
    "确保|保证|保障|力争|争取|努力|实现|完成|达到|推动|促进|引导|鼓励|支持|帮助|扶持|指导|组织|开展|实施|启动|落实|抓好|做好|强化|加强|优化|深化|巩固|稳定|保持|"
    "新增加|新增|净增|新建成|新建设|新建|续建|改扩建|新改扩建|新（改、扩）建|改建|扩建|改造提升|提升改造|提质改造|升级改造|新改造|改造|建成投用|建成(?!区)|建设|建立|建好|打造|创建|争创|创成|"
    "新培育|培育壮大|培育|培养|新认定|认定|新引进|引进|招引|引育|引入|吸引|招聘|选派|选聘|选拔|新签约|签约|落地|新开工|开工|新入库|入库|新入统|入统|纳统|申报|申请|获批|获评|评选|评定|遴选|推荐|储备|"
    "新发展|发展|新开通|开通|新开设|开设|设立|设置|新设|布设|布局|投放|投入|筹集|发放|兑现|安排|拨付|争取到|落实到|新投用|投用|投运|投产|竣工|交付|"
    "新转化|转化|推广|应用|放映|举办|承办|举行|培训|轮训|开发|提供|服务|救助|资助|帮扶|化解|盘活|清理|整治|治理|排查|检查|抽检|监测|处置|处理|办理|办结|"
    "栽植|种植|营造|修复|疏浚|清淤|铺设|架设|安装|更新|更换|配备|配建|购置|采购|新购置|淘汰|关停|取缔|拆除|压减|压降|压缩|消除|减少|降低|下降|提高|提升|增加|增长|扩大|拓展|突破|超过|"
    "盯紧|聚焦|围绕|依托|统筹划定|划定|制定|出台|修订|发布|编制|印发|推出|上线|接入|归集|共享|打通|建强|做强|做大|做优|选树|命名|表彰|奖励|补助|给予|返还|免除|为(?!民|农|老|企)|对(?!外|口|接|公|虾)|将|把|使得?(?!用|馆|命)|让(?!利)|由|在(?!建|营|校|岗|册|线|孵|库|途|用|产|职|编|保|贷|研|网|地)|按照?|以(?!上|下|内|工)|向|从(?!业)|每年|每月|每季度|再|均|各|共|约|近|达(?!标|产|效|到)|至少|又|还|并|且|及时|优先|探索|试点|集中|整合|优化资源整合|新(?:命名|登记|注册|上线|改建|改造|签|开|购置|配备|筑|纳入|核准|评定|布局|增设|辟|修|上|立|添|装|招|吸纳|办|接|铺|植|扩|征|聘|购|设|配|创)|规划|预计|计划|"
    "修缮|修建|修编|兴建|兴办|筹建|筹办|迁建|补建|增建|增补|补充|充实|整合|延伸|打击|侦破|查处|摸排|走访|慰问|宣讲|募集|征集|收购|挖掘|复垦|复绿|回收|转移|输送|招收|招录|招募|"
    "新组建|组建|追缴|腾退|撬动|接待|交付使用|取消和下放|整理出版|整理|出版|派驻|派出|派遣|出动|投保|拉动|带动|惠及|受理|捐赠|下达|争创成|创办|新聘|聘用|聘请|聘|输送|清运|转运|供应|调运|储存|收储|"
    "侦办|破获|调解|开行|开辟|开放|开办|用好|对接|编写|编印|绘制|拍摄|录制|创作|壮大|孵化|催生|集聚|聚集|吸纳|承接|通报|约谈|巡查|督查|适时|适当|严格|切实|有效|妥善|加大|健全|完善|丰富|拓宽|构建|推行|普及|夯实|着力|继续"
)
# Words that begin like a verb and are nouns: 保障性住房, 近视防控, 集中供热.
_LEADING_VERB = re.compile(
    rf"^(?!保障性|近视|近郊|集中供|集中式|共享单车|均衡|各类|对外|对口|约束|从业|过渡期|推广人员|由于)(?:基本(?!公共|医疗|养老|农田|药物|盘)|{_VERBS})"
)
# A verb in front of one of these belongs to the noun: 治理率, 建设面积, 培训人数.
_NOUN_TAIL = re.compile(
    r"^(?:率|面积|额|总量|量|数|人数|次数|户数|件数|值|度|规模|比例|比重|占比|里程|长度|投资|资金|费用|成本|标准|水平|能力|强度|系数|指数|时间|时限|周期|对象|主体|服务|用地|项目|工程|基地|中心|平台|园区|企业|站点|类)"
)
# What is no noun in front of anything: 确保规模化率 is 规模化率.
_NEVER_NOUN = re.compile(r"确保|力争|争取|努力|实现|达到|推动|促进|引导|鼓励|帮助|每年|每月|再|均|各|共|约")
_TRAILING = re.compile(
    r"(?:(?:继续|持续|稳步|同比|环比|较上年|较去年|比上年|比去年|比上年同期|[比较]\d{4}年(?:底|末)?|[比较]“?十[一二三四]五”?(?:期?末|时期)?|在.{1,10}基础上|年均|平均|每年|全部|分别|至少|力争|确保|将|要|均|需|已|可|再|总体|力求|预计)*"
    r"(?:增长|增加|增至|巩固|到位|提高|提升|上升|增幅|增|下降|降低|减少|缩短|缩减|压减|压缩|压降|削减|降至|降到|扩大|回升|改善|稳定|保持|维持|控制|达到|达|突破|超过|超|高于|低于|不低于|不少于|不高于|不超过|不小于|不大于|至少|"
    r"完成|实现|约|近|共|共计|(?:[为是]|达到|相当于)(?:上年|去年|\d{4}年)(?:底|末|同期)?的?|为|是|有|在|至|到|以|约为|左右|累计|总计|合计|建成|新建|新增|覆盖|惠及|带动|约占|占|由|从|按|各|第|前|过|逾|建设|争取|力争|确保|每人每月|每人每年|每年|每月|每天|每村|每个|每户|每亩|户均|人均|优于|快于|少于|多于|不少于|平均|大约|接近|将近|、|，|：|:)|\s)+$"
)
_COMPARED = re.compile(
    r"(?:增长|提高|增速|增幅)?(?:高于|快于|好于|低于|优于|超过)(?:全国|全省|全市|全县|全区|全州|上年|去年|同期|平均)(?:平均)?(?:水平|增速)?$"
)
_RIGHT_END = re.compile(
    r"[，。；：、！？,;（(《\n]|实施|完成|开展|按照|按时|按期|按|进行|达到|实现|建成|投入|落户|落地|开工|竣工|投产|投用|参加|参与|入驻|纳入|通过|以上|在(?!建|营|校|岗|册|线)|面向|由|向|对|为|获|均|全部|得到|启动|申报|上市|挂牌|完善|提升至|提高到|以进行|以|并|力争|确保|覆盖|接入|取得|享受|受益|从|用于|正在|陆续|同时|给予|予以|分别|配建|发放|安装|加装|设置|开通|配备|购置|签订|组建|建立|实行|推行|逐一|逐户|逐个|优先|先行|继续|承诺|赴|来|共同|联合"
)
_RIGHT_TAIL = re.compile(r"(?:建设进度|建设工作|建设任务|建设|工作|任务|进度|目标|有序开展|等|左右|的|新增)+$")
# Verbs that in the middle of a phrase divide who acts or where from what is counted: 在沿线设置｜标牌.
_DIVIDING = re.compile(
    r"(?P<verb>新建成?|新增|新改扩建|改扩建|新开工|建成|完成|实现|引进|培育|投放|发放|设置|设立|争取|创建|打造|举办|开展|组织开展|签约|到位|配备|加装|"
    r"铺设|架设|敷设|购置|采购|选派|招聘|招录|受理|吸纳|带动|惠及|拉动|兑付|兑现|拨付|筹集|核减|盘活|收回|关停|淘汰|拆除|新修|整修|疏浚|硬化|"
    r"栽植|补植|化解|收储|出让|腾退|送去|布设|新设|开设|开通|增设|增配|更换|配建|争创|达到|组建|征集|追缴|清运|迁改)|"
    # Words that are nouns as often as verbs divide only behind words that say where or for whom.
    r"(?P<either>办理|发展|建设|培训|轮训|审批|抽检|检查|治理|处置|改造|服务|实施|推广|布局|接待|安排|投入|储备|征收|落实|交付|享受|救助|安装|提供|修复|清理|配置|帮扶)"
)
_MIN_ACTOR = 5
_PLACE_OR_ACTOR = re.compile(
    r"^(?:在(?!建|营|校|岗)|为(?!民)|对(?!外|口)|向|由|从|把|将|给|与|以|按|用|支持|推动|引导|指导|组织|帮助|协调|鼓励)|(?:等|及)[\u4e00-\u9fff]{2,6}$|等$"
)
# 由15天延长到30天: what stands between two amounts of one thing, or before the first of them.
_FROM = re.compile(
    r"[由从](?:原来的?|原有的?|现行的?|法定的?|目前的?|现有的?|上年的?|去年的?|当前的?|年初的?|平均|每[\u4e00-\u9fff]{1,3}|\d{4}年的?)*$"
)
_TO = re.compile(
    r"^(?:以上|左右)?(?:逐步|分别|再)?(?:(?:提高|提升|增加|增长|扩大|扩|升|上升|上调|提|增|延长|延|下降|降低|降|减少|减|压减|压缩|压|压降|缩短|缩|下调|"
    r"调整|调|精简|发展|达|到)+[到至为]?|[到至])(?:近|约|不少于|不低于|不超过)?$"
)
_RESIDUE = re.compile(
    r"^(?:等|基本|[全我本][省市县区州盟旗镇乡]|和|及|以及|或|、|其中|每个?|各|均|再|用|扩|减|增|压|升|降|延长|扩大|提高|增加|减少|分别|同口径|平均|不少于|[由从到至近约]|的)+$"
)
# A verb behind the amount tells what is done with it; it is not what is counted: 安排资金200万元｜支持….
_ACTION = re.compile(
    r"(?:提高|提升|增加|增长|扩大|扩|升|增|延长|下降|降低|降|减少|减|压减|压缩|压|缩短|调整|调)[到至为]?|用于|支持|推动|建设|实施|开展|购置|购买|采购|扶持|奖励|补助|保障|给予|发放|打造|解决|改造|修建|新建|建成|完成|带动|推进|促进|帮助|用作|作为|作|修复|治理|整治|偿还|化解|惠及|覆盖|投入|专项用于|落实|进村|入户|下乡|驻村|进驻|赴"
)
_SHARES = ("%", "百分点", "‰", "倍", "番", "")
# 占年度清单的1/3 is a share of what stands before; …占规上工业比重 is a rate with a name.
_SHARE_OF = re.compile(r"占(?![地比道用])(?![^，。；]*(?:比重|比例|份额|占比|比率))[^，。；]{1,16}$")
_ENDS_LIST = re.compile(r"等$|等(?:一批|多)?$")


def find_indicator(left: str, right: str, *, previous: str | None, unit: str) -> str | None:
    """Return the noun phrase that an amount counts, or ``None``.

    ``left`` and ``right`` are the words of the clause before and behind the amount, up to the next amount;
    deadlines are taken out of ``left``. ``previous`` is the indicator of the amount before it, which holds on in
    a list (5.2万吨、增长3%) and from one end of a change to the other (由15天延长到30天).
    """
    if previous and _TO.match(left.strip()):
        return previous
    behind = _right_phrase(right)
    share = _SHARE_OF.search(left) if unit in _SHARES else None
    before = _left_phrase(left[: share.start()] if share else left)
    if share and not before:
        return previous
    if unit in _SHARES and before:
        return before
    if behind and (not before or _ENDS_LIST.search(left.rstrip()) or _directly_counted(right)):
        return behind
    return before or behind or previous


def subject_of(words: str) -> str | None:
    """Return the noun phrase that a clause without amount is about, for the clause after it."""
    return _left_phrase(words)


def divide_shared(left: str, count: int) -> tuple[str, ...] | None:
    """Read 履约率、开工率和投产率分别达到 before ``count`` amounts: one indicator for each, ``None`` if they do not fit."""
    if "分别" not in left:
        return None
    words = _left_phrase(left[: left.rindex("分别")])
    pieces = re.split(r"[、和及与]", words) if words else []
    return tuple(pieces) if len(pieces) == count and all(pieces) else None


def _directly_counted(right: str) -> bool:
    """Tell whether the noun stands directly behind the amount: 建设…3条示范街区, 引进…5家银行."""
    return not re.match(r"^[\s，。；、！？,;（(）)以的]|^$", right) and not _ACTION.match(right)


def _right_phrase(right: str) -> str | None:
    words = right.lstrip(" \t\n\u3000")
    if words.startswith("的"):
        quoted = re.search(r"“[^”]{1,20}”", words)
        return quoted[0] if quoted else _right_phrase(words[1:])
    if not words or words[0] in "，。；：、！？,;（()）以之和及与或":
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
    """Strip verbs before and comparators behind; keep the list under one verb whole (单项冠军、瞪羚企业)."""
    words = left.strip(" \t\n\u3000、，；：,;:")
    for _ in range(2):
        words = _FROM.sub("", _COMPARED.sub("", words)).rstrip()
        words = _TRAILING.sub("", words)
    words = _after_last_phrase(words.strip("、，的 "))
    words = _strip_verbs(_divided(words))
    return None if not words or _RESIDUE.match(words) else words


def _divided(words: str) -> str:
    """Drop who acts and where before the last verb of the phrase: 在沿线村屯设置标牌 is 标牌."""
    covered = [match.span() for match in re.finditer(r"“[^”]*”|（[^）]*）|《[^》]*》|\([^)]*\)", words)]
    for match in reversed(list(_DIVIDING.finditer(words))):
        actor, rest = words[: match.start()], words[match.end() :].lstrip("了好")
        if any(start < match.end() and match.start() < end for start, end in covered):
            continue
        if (
            len(rest) < 2
            or (_NOUN_TAIL.match(rest) and match[0] + rest != "完成投资")
            or rest[0] in "、”）)的和及与中后"
            or "的" in rest
            and actor.count("的") < rest.count("的")
        ):
            continue
        placed = _PLACE_OR_ACTOR.search(actor)
        if placed or (match["verb"] and len(actor) >= _MIN_ACTOR and actor[-1] not in "、和及与"):
            return rest
    return words


def _after_last_phrase(words: str) -> str:
    """Keep what follows the last 、 where that begins a phrase of its own with a verb (…比例八成以上、开展认证企业)."""
    pieces = _split_outside(words, "、")
    for i in range(len(pieces) - 1, 0, -1):
        if (
            _LEADING_VERB.match(pieces[i])
            and len(pieces[i]) > 4
            and not _NOUN_TAIL.match(_LEADING_VERB.sub("", pieces[i]))
        ):
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
        if not rest or rest[0] in "、”）的" or (_NOUN_TAIL.match(rest) and not _NEVER_NOUN.match(match[0])):
            break
        words = rest
    return words.removeprefix("了").strip("、，：: ")
