"""Read a column heading that no list has by its parts: what it is about (主抓, 办结) and the noun at its end (单位, 时点).

Boundary: one heading without white space and brackets; whole words that are known are looked up in ``columns`` first.
"""

from __future__ import annotations

import re

from taskie.structure.role_words import HELPS, LEADS

# The word that a header without marks between its cells begins with.
NUMBER_WORD = re.compile(r"(?:[序编]|任务编|顺序|项目?|案|件|条目)\s?号|[序件项条]\s?次|序\s?位|次\s?序|序\s?列")
# A meaning and the role of the units in it.
Meaning = tuple[str, str | None]

_BODY = r"(?:责任|负责|落实|承办|实施|完成|推进|办理|执行|承担|参与)?(?:单位|部门|力量|部局|科局|科室|股室|处室|站所|主体|机构|局办|委办局|乡镇|街道|专班|方)"
_LEADS = rf"(?:{LEADS}|主管|组长)"
_ACTS = r"(?:责任|承办|落实|负责|实施|承担|执行|包保|包抓|包联|帮扶|办理|推进|整改|完成|认领|领办|包案|建设)"
_WHO = r"(?:由?谁|哪家|哪个(?:单位|部门))"
# Bodies that look on, and times at which nothing is due.
_LOOKS_ON = r"(?:监督|监管|督办|督查|督导|填报|报送|考核|评价|评估|验收|监理|设计|施工|勘察|审核|审批)"
_BEGINS = r"(?:开工|启动|开始|起始|立项|交办|填报|更新|会议|签约|成立|收到|提出|登记|报送|上报|检查|发现|实际完成)"
_DUE = (
    r"(?:完成|办结|办理|整改|截止|截至|竣工|完工|建成|目标|要求|推进|落实|计划|预计|拟|交付|验收|销号|到期|答复|解决)"
)
_PERIOD = r"(?:[第前]?[一二三四1-4](?:个?季度|季)|上半年|下半年|全年|年度|年|[本当上][月季年期]|\d{1,4}年|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?)(?:[底末]|中旬|上旬|下旬)?"
_SINCE = rf"(?:截[至止]|到|至)?(?:目前|当前|现阶段|(?:今年|年初)(?:以来)?|\d{{1,2}}[—－–~～至到-]+\d{{1,2}}月份?|(?:{_PERIOD})+(?:\d{{1,2}}日)?)"
_GOES_ON = r"(?:工作|任务|目标|项目)?(?:进展|推进|落实|完成|办理|整改|实施|执行|开展|建设|答复|解决|销号|验收)"
_HOW = r"(?:情况|成效|结果|效果|动态|状况|现状)"

# A period and what has been done in it is a column however long it is; the same words without a period name a table.
_PROGRESS_OF_PERIOD = re.compile(rf"{_SINCE}的?(?:{_GOES_ON}+{_HOW}?|进度)")

_PARTS: tuple[tuple[re.Pattern[str], str, str | None], ...] = tuple(
    (re.compile(pattern), meaning, role)
    for pattern, meaning, role in (
        (
            r"^(?:项|序|总|案|件|条目|任务|建议|提案|议案|事项|目标|清单|台账|顺)(?:序|编)?号$|^(?:[序件项条][次数位]|次序|序列)$",
            "number", None,
        ),
        (r"^是否|^(.)不\1.?$", "status", None),
        (rf"{_LOOKS_ON}{_BODY}$|{_BEGINS}(?:时间|日期|时点|节点)$", "remark", None),
        (r"(?:销号|办理|处理|验收|审核|评审|督查|督办|初步|领导|批示|反馈)意见$", "remark", None),
        (r"(?:来源|依据|代码|编码|地点|地址|电话|年限|联络员|联络人|经办人|填表人|业主|得分|扣分)$", "remark", None),
        (r"(?:下一?步|下一?阶段|下一?季度|下月|后续)[^，。]{0,6}(?:打算|措施|计划|安排|举措|思路|工作|重点)$", "next_steps", None),
        (r"[月季年]度?(?:工作)?计划$|(?:节点|阶段)计划$|概况$", "statement", None),
        (r"(?:协调|请求)[^，。]{0,4}事项$|(?:原因|差距|弱项)$", "problems", None),
        (r"(?:存在|主要|突出|制约|堵点|难点|卡点)[^，。]{0,4}(?:问题|困难|难点|堵点|短板|因素)$", "problems", None),
        (rf"(?:时限|期限|时间节点|时间点|进度节点|完成节点|^节点|^时点)$|{_DUE}[^，。]{{0,3}}(?:时间|时点|日期|节点)$", "deadline", None),
        (
            r"(?:分管|包联|包保|包抓|挂钩|挂联|挂点|挂包|联系|牵头|主管|督办|督导|协管|协调|责任|负责|联点)[^，。]{0,6}"
            r"(?:领导|[市县区旗州盟省厅局处科师团镇乡]长|主任|书记|秘书长|专员|常委|负责人|责任人|同志|干部)$",
            "leader", None,
        ),
        (r"(?:单位|部门|主体)(?:名称|全称)$", "unit", "responsible"),
        # Headings may ask: 何时办结, 谁来办, 走到哪一步.
        (r"^(?:何时|几时|啥时候?|什么时候)", "deadline", None),
        (r"^要[^，。]{0,3}[到成](?:什么|啥|何种|哪种)|交(?:什么|啥)账$", "statement", None),
        (r"[到至](?:哪|什么|何)(?:里|儿|一?步|程度|地步|进度)?了?$|^战况$", "progress", None),
        (r"^(?:还|尚)?[差缺卡](?:什么|啥|哪些|在哪)", "problems", None),
        (rf"^{_WHO}(?:来)?{LEADS}$", "unit", "lead"),
        (rf"^{_WHO}(?:来)?{HELPS}$|^一[起同](?:干|办|抓|管|挑担)", "unit", "cooperating"),
        (rf"^{_WHO}(?:来)?(?:{LEADS}|{HELPS}|{_ACTS}|办|干|管)", "unit", "responsible"),
        (r"(?:要|该)[^，。]{1,4}的(?:事|事情)?$|[干办做抓][成好]?(?:什么|哪些)(?:事|事情|活)?$", "statement", None),
        (rf"{_LEADS}{_BODY}$|^{LEADS}$", "unit", "lead"),
        (rf"{HELPS}{_BODY}$|^{HELPS}(?:作战|攻坚)?$", "unit", "cooperating"),
        (rf"{_ACTS}{_BODY}$|^承办$", "unit", "responsible"),
        (rf"^{_GOES_ON}+{_HOW}$|(?:现况|现状|近况|成效|亮点|动态|做法)$", "progress", None),
        (r"(?:状态|评价|评估|[评判认]定|研判|评级|等次|预警|结论|亮灯|灯号|灯色|[红黄绿挂]灯|(?:预警|评定|评价|进度|亮灯)等级)$", "status", None),
        (r"(?:名称|题目|标题|案由|事由|议题)$", "title", None),
        (r"(?:主要|具体)工作$", "title", None),
        (r"(?:类型|大类|门类)$", "category", None),
        (r"(?<![时间限点])(?:要求|标准|措施|举措)$", "statement", None),
    )
)  # fmt: skip


def read_parts(heading: str) -> Meaning | None:
    """Return the meaning of a heading by its parts, ``None`` if they tell none."""
    return next(((meaning, role) for pattern, meaning, role in _PARTS if pattern.search(heading)), None)


def is_progress_of_period(heading: str) -> bool:
    """Tell whether a heading says how far things went in a period: 截至9月底推进情况."""
    return _PROGRESS_OF_PERIOD.fullmatch(heading) is not None
