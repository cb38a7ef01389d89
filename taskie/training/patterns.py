"""Sentences with places for fresh names, put into training texts: constructions that the corpus has too seldom.

Boundary: only training sees these; ``{F}`` is a firm's short name, ``{L}`` its full one, ``{P}`` a project, ``{p}`` a project
without head noun, ``{H}`` a building with a name of its own, ``{R}`` a road section, ``{W}`` the same as 工程, ``{B}`` a body of
a place, ``{Q家}`` an amount, ``{N亿元以上}`` and ``{D月底前}`` these very words as an amount and a deadline (× is masked or a
number), ``{x}`` a place, untagged.
"""

from __future__ import annotations

import random
import re

from taskie.records import Entity
from taskie.training.names import fresh_firm, fresh_place_head, fresh_project

_PLACEHOLDER = re.compile(r"\{([FLPpHRWBQDNx])([^{}]*)\}")
SENTENCES = """
支持{F}、{F}等{Q家}企业开展设备更新，扩大有效产能。
重点服务{F}、{F}、{F}和{F}{Q家}骨干企业，落实一企一策。
帮助{F}稳定生产，带动配套企业共同发展。
发挥{F}龙头作用，吸引上下游项目集聚。
把{F}和{F}列为重点培育对象，配备服务专员。
围绕{F}、{F}、{F}等企业需求，组织产销对接。
支持{F}、{F}等企业承担科技计划，攻克共性技术。
组织{F}、{F}参加展会，抱团开拓市场。
鼓励{F}、{F}等企业创建品牌，提升附加值。
辅导{F}、{F}上市，{F}进入报会阶段。
对{F}、{F}、{F}等成长型企业给予贴息支持。
指导{F}、{F}等老字号企业发展直播电商。
{F}所属{L}已完成注册，正在装修办公场地。
{F}同{L}达成合作意向，近期签署协议。
{F}实现销售收入{Q万元}，较上年增长{Q%}；{F}订单饱满。
引进{L}、{F}服务公司，设立区域总部。
同{F}签订框架协议，由工作专班负责跟进。
约谈{L}，限期整改问题，{L}、{L}{Q家}企业已提交报告。
走访{F}了解用工情况，邀请{B}现场答疑。
联合{B}、{B}核查{Q家}企业申报材料。
根据{B}部署完善方案，形成报告报{B}审定。
多次赴{B}、{B}汇报衔接，争取政策支持。
实施细则已报{B}审批，待{B}批复后印发。
邀请{B}专家授课{Q次}，解答群众咨询{Q个}。
全力推进{P}、{P}、{P}等项目，抓好用地用能保障。
加快{P}建设进度，确保早日见效。
大力推进{p}、{p}、{p}等项目建设，壮大主导产业。
发挥{p}、{p}、{p}等项目带动作用，完善产业生态。
支持{p}、{p}等平台建设，提升服务能力。
推动{p}、{p}、{p}等企业扩能项目建设。
{P}基础工程完成，钢结构正在吊装。
{P}三号车间屋面施工完成，四号车间设备到货。
{P}办公楼封顶，生产车间进入装修阶段。
{p}一期投入试运行，新增生产线{Q条}；{p}二期完成备案。
{P}科研楼主体验收完成，室外工程正在收尾。
{P}土方开挖完成，地下室底板浇筑{Q%}。
计划投资{Q亿元}的{P}顺利开工，投资{Q亿元}的{P}正在办理手续。
{L}投资{Q亿元}建设的{P}已完成厂房主体。
新建{R}、{R}，完善路网结构。
组织实施{W}、{W}、{W}{Q条}市政道路工程。
推进{R}建设，{R}路面摊铺完成，人行道正在铺装。
{R}、{R}完成征迁清障和管网迁改。
统筹推进{P}建设，完成绿化和亮化施工。
{L}{P}列入年度重点项目清单，由专人跟踪服务。
完成{P}配套道路和管网施工。
提升{x}纺织基地水平，壮大{x}、{x}食品产业带，形成特色优势。
打造全国有影响的装备制造高地，建设现代农业示范带和物流集散地。
建设宜居宜业宜游的城市样板区、乡村振兴引领区和产城融合先行区。
支持{x}县绿色发展试点和{x}区、{x}县、{x}县产业转型示范区建设。
{x}区、{x}县已出台配套文件，任务分解到位。
到{x}县、{x}县等县区开展专题调研，梳理共性问题。
编制中心城区、{x}片区、{x}河沿线等专项规划。
开展{x}路沿线、{x}湖周边等区域风貌整治设计，征求各方意见。
推进韧性城市和地下管线更新改造，把安全要求贯穿建设全过程。
实施城市绿道建设，落实养护责任。
组织省级技术创新项目和市级科技计划申报，推荐项目{Q个}。
新增{Q家}省级重点实验室和国家级工程技术研究中心，用好博士后工作站。
启动市级产业创新综合体试点，完成省级工业设计中心推荐。
制定城市运行管理平台运行办法，明确平台功能和数据标准。
建立{Q家}独角兽、隐形冠军、省级创新型中小企业等后备企业名单。
开展农村环境整治提升工程，实施文化惠民工程和健康促进行动。
持续推进道路白改黑、农贸市场改造、公厕提升，改善城市面貌。
推进整县屋顶光伏开发，加快物联网、区块链、工业互联网等技术应用。
抓紧储备循环利用项目、节能改造项目，做好前期论证。
组织企业技改项目备案，推动项目早竣工、早达产。
一季度完成产值约{Q万元}，上半年实现税收{Q亿元}，完成全年任务的{Q%}。
截至9月底，累计发放补贴{Q亿元}；1—10月新登记企业{Q个}，上年同期为{Q个}。
围绕{Q个}特色产业，健全专班推进、定期会商、督导通报等制度。
协助{F}完成辅导备案，推动{F}登陆北交所。
以{F}为链主组建产业联盟，补齐零部件短板。
{F}、{F}入选省级服务型制造示范。
向{F}、{F}等用能大户推广余热利用，年节能{Q吨标准煤}。
{F}与{L}联合攻关，{F}新产品通过鉴定。
培育{F}、{F}等单项冠军，兑现奖励{Q万元}。
{F}技术改造完成设备招标，{F}扩产手续正在办理。
1.{P}主体封顶，正在砌筑墙体；2.{P}完成桩基检测；3.{P}办理规划许可。
{H}屋面瓦铺装完成，{H}正在进行油饰彩绘。
修缮{H}、{H}，{H}消防改造已进场。
{p}完成三层浇筑，{p}土建完工。
持续做好国家级高新技术产业开发区申报，优化人才服务网络。
加快{p}、{p}等一批项目落地，带动就业{Q人}。
各县区、开发区要对照清单抓好落实，市直有关部门加强指导。
预计完成投资{Q亿元}，占年度计划的{Q%}；其中{P}完成投资{Q万元}。
{P}由{L}承建，计划工期{Q个月}。
协调{B}解决{P}用地{Q亩}、林地{Q亩}。
开工建设{R}、{P}、{P}，完工{P}。
支持{x}师范学院、{x}职业技术学院与本地企业共建实训基地。
实施{Q项}{N亿元以上}技改项目，储备{Q个}{N千万元以上}招商线索。
全市{N×个}{N亿元以上}项目集中开工，入库{N×个}{N×平方公里}地块方案。
编制控制图则{Q个}{Q平方公里}，调整单元{N×个}{N×平方公里}。
{B}联合{B}、{B}等{Q家}单位上门对接，收集诉求{Q条}。
{B}会同{B}起草办法，{B}协助做好宣传解读。
{B}督促{F}与{F}成立{L}，办理注册登记。
{F}与{F}合资成立公司（{L}），各方已签署章程。
{F}及下属子公司与{B}开展{Q次}业务对接。
陪同{F}董事长一行考察，{B}介绍产业政策。
在{B}门户网站和政务新媒体开设专栏，公开办事指南。
{B}官网同步公示结果，各部门网站统一迁入集约化平台。
{B}常务会议审议通过方案，{B}党组会研究人选。
完善电子税务局功能，推广网上申领，压缩办税时间。
组织企业参加进口博览会、中小企业博览会和跨境电商展会，搭建采购平台。
{x}省数字经济发展规划、{x}市大数据产业三年行动方案印发实施。
建设{x}市政务云平台和城市大数据中心，推动数据归集共享。
依托{x}省工业互联网平台开展供需对接，完善安全态势感知平台功能。
推动国家级工业互联网数据中心、标识解析二级节点落地，完善算力网络。
推进政务外网升级扩容和专用链路建设，加快机房迁移。
每月调度一次，每季度通报一次，每半年评估一次。
每季度至少召开{N一次}会议，每月走访不少于{N两次}。
考核得分由日常监测（60%）、实地核查（25%）和群众评议（15%）组成。
建设视频会议系统，实现全覆盖。（2分）（{D9月份}取得明显成效）
完成系统整合，开展等级保护测评。（1.5分）（{D持续推进}）
完成时限：{D2024年6月底前}，以后每年持续实施。
{D2023年底前}建成运行，此后常态化更新。
{D年度终了后一个月内}报送总结，{D收到通知后10个工作日内}反馈意见。
落实首年零关税和5年内降税商品清单，用好3年期优惠贷款。
取消没有法律、法规和国务院决定作为依据的收费项目。
参与单位：{B}、{B}、{B}等有关部门。
{D旱季前}完成合龙，约谈会推迟至{D下季度}召开。
""".strip().split("\n")
_BODY = ("科技局 发改委 财政局 科技厅 发展改革委 生态环境厅 自然资源厅 工信厅 政府 政府办公室 住建局 商务局 农业农村局 水利局 教育局 卫健委 市场监管局 统计局 医保局 人社局 "
         "委编办 委组织部 交通运输局 应急管理局 大数据局 行政审批局 文旅局 税务局 林业局 民政局 司法局 审计局 残联 总工会 团委").split()  # fmt: skip
_NATIONAL = "科技部 自然资源部 生态环境部 国家发展改革委 工业和信息化部 财政部 住房城乡建设部 国务院办公厅 国家林草局 农业农村部".split()
_HALL_NAMES = "文昌魁星崇圣明伦关帝望江观澜听雨藏书钟鼓迎晖聚贤凌云怀古清风朝阳临水揽胜思源"
_HALLS = "阁 楼 殿 塔 祠 园 坊 馆 书院 广场 门".split()
_ROADS = "滨湖 人民 建设 解放 长江 黄河 中山 迎宾 文化 发展 振兴 学府 泰山 珠江 复兴 昆仑 环城 滨河".split()


def pattern_sentence(rng: random.Random) -> tuple[str, list[Entity]]:
    """Return one sentence with fresh names and its entities, offsets within the sentence."""
    template = rng.choice(SENTENCES)
    parts: list[str] = []
    entities: list[Entity] = []
    length = position = 0
    for match in _PLACEHOLDER.finditer(template):
        before = template[position : match.start()]
        parts.append(before)
        length += len(before)
        label, name = _fill(match[1], match[2], rng)
        if label:
            entities.append(Entity(label, name, length, length + len(name)))
        parts.append(name)
        length += len(name)
        position = match.end()
    parts.append(template[position:])
    return "".join(parts), _joined("".join(parts), entities)


def _joined(text: str, entities: list[Entity]) -> list[Entity]:
    """A firm right in front of its project is part of the project's name."""
    joined: list[Entity] = []
    for entity in entities:
        last = joined[-1] if joined else None
        if last and last.label == "ORG" and entity.label == "PROJECT" and last.end == entity.start:
            joined[-1] = Entity("PROJECT", text[last.start : entity.end], last.start, entity.end)
        else:
            joined.append(entity)
    return joined


def _fill(kind: str, unit: str, rng: random.Random) -> tuple[str | None, str]:
    if kind == "F":
        return "ORG", fresh_firm("新材", rng)
    if kind == "L":
        return "ORG", fresh_firm("公司", rng)
    if kind == "P":
        return "PROJECT", fresh_project(rng.choice(["项目", "项目", "工程", "第二实验小学"]), rng)
    if kind == "p":
        return "PROJECT", fresh_project("新材", rng)
    if kind == "H":
        return "PROJECT", "".join(rng.sample(_HALL_NAMES, rng.choice([1, 2, 2, 3]))) + rng.choice(_HALLS)
    if kind == "R":
        return "PROJECT", _road(rng)
    if kind == "W":
        return "PROJECT", _road(rng) + "工程"
    if kind == "B":
        return "ORG", rng.choice(_NATIONAL) if rng.random() < 0.2 else rng.choice("省市县区") + rng.choice(_BODY)
    if kind == "N":
        return "QUANTITY", unit.replace("×", rng.choice(["x", "xx", "××", str(rng.randint(2, 99))]))
    if kind == "D":
        return "DEADLINE", unit
    if kind == "Q":
        return "QUANTITY", _amount(unit, rng)
    return None, fresh_place_head(rng)


def _road(rng: random.Random) -> str:
    road = rng.choice(_ROADS) + rng.choice(["路", "路", "大道", "路北延", "路东延", "路快速通道", "路南延桥梁"])
    ends = rng.sample(_ROADS, 2)
    return road + rng.choice(["", "", f"（{ends[0]}路至{ends[1]}路）", f"（{ends[0]}路段）", f"（{ends[0]}路以北段）"])


def _amount(unit: str, rng: random.Random) -> str:
    number = (
        rng.choice([str(rng.randint(1, 99)), str(rng.randint(100, 9999)), f"{rng.randint(1, 99)}.{rng.randint(1, 9)}"])
        if unit in ("%", "亿元", "万元")
        else str(rng.randint(1, 99))
    )
    return (
        number
        + rng.choice(["", "", "", "余"] if unit in ("家", "个", "次") else [""])
        + unit
        + rng.choice(["", "", "", "以上", "左右"])
    )
