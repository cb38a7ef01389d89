"""Make up names of firms, places and projects for augmentation; nothing here names anything real on purpose.

Boundary: random names in the form of the name they replace; when to use them is the business of ``augment``.
"""

from __future__ import annotations

import random
import re

_BRAND = "华鑫恒瑞宏泰盛达金鼎天宇新源正大利丰中科信安康德博远东方海诚嘉禾润辉凯旋飞腾龙祥云翔星辰佳美君悦汇通联创智慧锦绣永昌福瑞和顺鸿运晟兴旭日普惠力诺圣元乾坤纳百凌越光耀易成品卓然景荣航翼铭洋蓝图绿洲启明拓邦沃森特迈奥赛维奇格雅沛宝佳江川岭峰泉湾渤洁艾欧琪朗润庆昊辰"
_TRADE = [
    "机械",
    "重工",
    "化工",
    "新材",
    "新材料",
    "科技",
    "电子",
    "电气",
    "药业",
    "医药",
    "生物",
    "食品",
    "纺织",
    "服装",
    "模具",
    "钢构",
    "金属",
    "光电",
    "智能",
    "环保",
    "能源",
    "新能源",
    "物流",
    "实业",
    "塑胶",
    "陶瓷",
    "建材",
    "水泥",
    "铸造",
    "轴承",
    "汽配",
    "汽车",
    "锂电",
    "纸业",
    "酒业",
    "乳业",
    "农业",
    "种业",
    "牧业",
    "集团",
    "股份",
    "数科",
    "软件",
    "通信",
    "材料",
    "玻璃",
    "石化",
    "精密",
    "装备",
    "工贸",
    "商贸",
    "检测",
    "医学",
    "进出口",
    "电缆",
    "仪表",
    "光伏",
    "家居",
    "木业",
    "粮油",
    "饲料",
    "肉业",
    "茶业",
    "珠宝",
    "印务",
    "包装",
]
_FORM = (
    "有限公司",
    "有限公司",
    "有限公司",
    "股份有限公司",
    "集团有限公司",
    "有限责任公司",
    "科技有限公司",
    "实业集团有限公司",
)
_PLACE_A = "临青东西南北平安永长兴新宁德泰和广高清云阳武昌海江石金龙凤白黄大小上下文化汉靖怀襄桐梧柳松竹梅兰"
_PLACE_B = "川河山阳州城江陵原安平昌宁泉水潭湖源丰谷岭海门关乡林泽沙溪田坪湾洲浦岗塘桥店集镇台峪"
_PROVINCE = [
    "山东",
    "安徽",
    "河南",
    "江苏",
    "浙江",
    "湖北",
    "湖南",
    "四川",
    "广东",
    "福建",
    "江西",
    "河北",
    "山西",
    "陕西",
    "辽宁",
    "吉林",
    "贵州",
    "云南",
    "甘肃",
    "上海",
    "北京",
    "重庆",
    "内蒙古",
    "广西",
    "新疆",
    "宁夏",
    "青海",
]
_PRODUCT = [
    "锂电池",
    "正极材料",
    "光伏组件",
    "汽车配件",
    "轴承",
    "不锈钢管",
    "特种纸",
    "预制菜",
    "生物可降解塑料",
    "高纯石英砂",
    "碳纤维",
    "工业机器人",
    "智能电表",
    "电子元器件",
    "医用手套",
    "中药饮片",
    "生物柴油",
    "饲料",
    "合成氨",
    "尿素",
    "乙二醇",
    "农机装备",
    "铝型材",
    "智能家居",
    "服装",
    "汽车线束",
    "储能电池",
    "氢燃料电池",
    "半导体封装",
    "环保设备",
    "绿色建材",
    "装配式构件",
    "专用车",
    "锻件",
    "玄武岩纤维",
    "新型墙材",
    "抗菌材料",
    "胶囊",
    "疫苗",
    "冷链食品",
    "白酒",
    "乳制品",
    "压缩机",
]
_UNIT = [
    "万吨",
    "吨",
    "万台",
    "台套",
    "万套",
    "万件",
    "亿只",
    "万平方米",
    "GWh",
    "万千瓦",
    "台",
    "万辆",
    "万米",
    "套",
    "万头",
    "万只",
]
_ROAD = [
    "滨湖",
    "人民",
    "建设",
    "解放",
    "长江",
    "黄河",
    "中山",
    "迎宾",
    "文化",
    "发展",
    "振兴",
    "学府",
    "科技",
    "创业",
    "和平",
    "泰山",
    "珠江",
    "复兴",
    "朝阳",
    "昆仑",
    "环城",
    "滨河",
    "工业",
    "幸福",
    "青年",
    "凤凰",
    "龙翔",
    "云锦",
]
_WORK = [
    "快速路",
    "改扩建工程",
    "道路工程",
    "拓宽改造工程",
    "综合整治工程",
    "北延工程",
    "东延工程",
    "南延桥梁工程",
    "快速通道工程",
    "管廊工程",
    "雨污分流改造工程",
    "亮化工程",
    "提升改造工程",
    "新建工程",
]
_FACILITY = [
    "水库",
    "大桥",
    "特大桥",
    "污水处理厂",
    "第二污水处理厂",
    "净水厂",
    "三水厂",
    "体育中心",
    "文化中心",
    "博物馆",
    "图书馆",
    "科技馆",
    "人民医院新院区",
    "中医院迁建",
    "妇幼保健院",
    "实验小学",
    "第三中学",
    "职教中心",
    "养老院",
    "福利中心",
    "变电站",
    "110千伏变电站",
    "220千伏输变电工程",
    "热电联产",
    "垃圾焚烧发电厂",
    "客运站",
    "高铁站",
    "物流园",
    "产业园",
    "科创园",
    "大数据中心",
    "会展中心",
    "安置区",
    "棚户区改造",
    "湿地公园",
    "口袋公园",
    "农贸市场",
    "冷链物流基地",
    "铁路专用线",
    "通用机场",
    "码头",
    "泵站",
    "灌区续建配套",
    "抽水蓄能电站",
    "风电场",
    "光伏电站",
    "数字经济产业园",
    "商务中心",
    "展览馆",
    "示范园",
    "加工园",
    "研发中心",
    "孵化器",
    "会议中心",
    "市民广场",
    "古城保护",
]


def _pick(characters: str, count: int, rng: random.Random) -> str:
    return "".join(rng.choice(characters) for _ in range(count))


def fresh_place_head(rng: random.Random) -> str:
    """Return a two-character place name without its kind."""
    return rng.choice(_PLACE_A) + rng.choice(_PLACE_B)


def _brand(rng: random.Random) -> str:
    return _pick(_BRAND, rng.choice([2, 2, 2, 3]), rng)


def fresh_firm(old: str, rng: random.Random) -> str:
    """Return a firm's name, full where the old one is full and short where it is short."""
    short = _brand(rng) + rng.choice(_TRADE)
    if re.search(r"公司$", old):
        region = rng.choice(
            [rng.choice(_PROVINCE), fresh_place_head(rng), fresh_place_head(rng) + rng.choice("市县区"), ""]
        )
        return region + short + rng.choice(_FORM)
    if re.search(r"集团$", old):
        return _brand(rng) + "集团"
    if rng.random() < 0.2:
        return rng.choice(_PROVINCE + [fresh_place_head(rng)]) + short
    return short


def _number(rng: random.Random) -> str:
    return rng.choice(
        [
            str(rng.randint(1, 60)),
            str(rng.randint(1, 90) * 100),
            f"{rng.randint(1, 20)}.{rng.randint(1, 9)}",
            str(rng.randint(1, 9) * 1000),
        ]
    )


_CODE = "ABCDEFGHILMNPQRSTVX"


def _product(rng: random.Random) -> str:
    """Return a product; some carry a code of capital letters, as chemicals and devices do (防老剂TMQ)."""
    product = rng.choice(_PRODUCT)
    code = _pick(_CODE, rng.choice([2, 3, 3, 4]), rng)
    return rng.choice(
        [product] * 5 + [product + code, code + product, rng.choice(["高性能", "高端", "新型", "绿色"]) + product]
    )


def _capacity(rng: random.Random) -> str:
    second = f"及{_number(rng)}{rng.choice(_UNIT)}{_product(rng)}" if rng.random() < 0.1 else ""
    return f"年产{_number(rng)}{rng.choice(_UNIT)}{_product(rng)}{second}"


def _owner(rng: random.Random) -> str:
    return rng.choice([_brand(rng), _brand(rng) + rng.choice(_TRADE), fresh_firm("公司", rng), fresh_place_head(rng)])


def fresh_project(old: str, rng: random.Random) -> str:
    """Return a project's name that ends as the old one does: in 项目, in 工程, or without a head noun."""
    phase = rng.choice(["", "", "", "一期", "二期", "（一期）", "三期"])
    if old.endswith("项目"):
        return (
            _owner(rng)
            + rng.choice([_capacity(rng), _product(rng), rng.choice(_FACILITY)])
            + phase
            + rng.choice(["", "", "生产线", "技改", "扩建", "产业化", "建设", "智能化改造"])
            + "项目"
        )
    if old.endswith("工程"):
        section = rng.choice(
            ["", "", f"（{rng.choice(_ROAD)}路至{rng.choice(_ROAD)}路）", f"（{rng.choice(_ROAD)}路段）"]
        )
        work = rng.choice([w for w in _WORK if w.endswith("工程")])
        return f"{rng.choice(_ROAD)}{rng.choice(['路', '大道', '街'])}{section}{work}"
    if re.search(r"[路道街线]$|[路道街](?:（[^）]*）)$", old):
        section = rng.choice(["", f"（{rng.choice(_ROAD)}路至{rng.choice(_ROAD)}路）"])
        return f"{rng.choice(_ROAD)}{rng.choice(['路', '大道', '街', '路北延', '路西延'])}{section}"
    if len(old) <= 5:
        return _brand(rng) + rng.choice(
            [rng.choice(_TRADE), rng.choice(_TRADE), rng.choice(_PRODUCT), "5G", rng.choice(_FACILITY)]
        )
    return rng.choice([
        fresh_place_head(rng) + rng.choice(_FACILITY) + phase,
        _owner(rng) + _capacity(rng),
        _brand(rng) + rng.choice(_PRODUCT) + phase,
        fresh_place_head(rng) + rng.choice("市县区镇") + rng.choice(_FACILITY),
    ])  # fmt: skip
