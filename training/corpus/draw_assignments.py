"""Draw one assignment sheet per corpus document, so that no two documents resemble each other.

A sheet says who issues the document, when, about what, in which layout and with
which manner of figures, deadlines, names and noise; an author writes the document
from it. The draw is seeded: the same arguments give the same sheets.

    python training/corpus/draw_assignments.py --count 240 --seed 7 --out sheets/
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

PROVINCES = [
    "北京",
    "天津",
    "河北",
    "山西",
    "内蒙古",
    "辽宁",
    "吉林",
    "黑龙江",
    "上海",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "广西",
    "海南",
    "重庆",
    "四川",
    "贵州",
    "云南",
    "西藏",
    "陕西",
    "甘肃",
    "青海",
    "宁夏",
    "新疆",
    "新疆生产建设兵团",
]

LEVELS = (
    ("province", 2),
    ("prefecture-level city", 5),
    ("county-level city", 2),
    ("county", 5),
    ("district of a city", 3),
    ("autonomous county, banner or prefecture", 2),
    ("development zone or new area", 2),
    ("township, town or subdistrict", 2),
    ("one bureau of a city or county", 2),
    ("division or regiment of a production corps (兵团)", 1),
)

OCCASIONS = (
    "政府工作报告任务分工",
    "民生实事",
    "重点项目建设",
    "乡村振兴",
    "生态环境保护",
    "数字政府",
    "优化营商环境",
    "安全生产",
    "卫生健康",
    "教育",
    "文化旅游",
    "应急与防灾",
    "国企与财税改革",
    "党建与作风",
    "招商引资",
    "科技创新",
    "工业稳增长",
    "现代物流与交通",
    "城市更新",
    "水利与河湖长制",
    "就业与社会保障",
    "农村人居环境",
    "粮食安全与耕地",
    "消费与商贸",
    "外贸外资",
    "碳达峰与节能",
    "养老与托育",
    "住房与物业",
    "市场监管与质量",
    "民族团结与边境",
    "司法与法治政府",
    "体育赛事",
    "退役军人与双拥",
    "防汛抗旱",
    "金融与防风险",
    "开发区考核",
    "林业与国土绿化",
)

PROSE_LAYOUTS = (
    "一、 / （一） / 1. three levels; attribution in brackets at the end of each lowest item",
    "一、 / 1. running numbers through the whole document, each item with a bold short title ending in a full stop",
    "（一） items directly, sections without number; attribution on lines of their own (牵头单位:… / 责任单位:… / 完成时限:…) under the item",
    "1、 items with several items on one physical line",
    "① ② inside （1） inside 1.; attributions only at the （1） level",
    "unnumbered paragraphs, each starting with a short title and full stop, attribution in brackets",
    "long chapters of policy prose; attribution sentence at the end of each chapter paragraph （由A牵头，B、C配合）",
    "items whose attribution stands in the NEXT paragraph, indented",
    "headings that carry units and a deadline for all items below（责任单位：A、B；完成时限：6月底）",
    "covering notice which states 列第一位的为牵头单位, then items with a plain list of units in brackets, no label",
    "several attributions inside one item, each in brackets after its sentence （A牵头，B配合）（C负责）",
    "notice + attachment(s): the attachment holds the task list, with 附件1/附件2 headings and an assessment scheme",
    "policy measures with subsidy amounts (supporting policies), attribution in brackets, mostly no deadlines",
    "three-year action plan with goals section, tasks, 专栏 boxes, safeguards",
    "考评办法 / 评分细则: scores (分) beside items, deadlines such as 6月底取得阶段性成效并持续推进 in the bracket with 牵头考核单位",
    "minutes or supervision circular (督查通报): what was found, what remains, who has to finish what by when",
)

TABLE_LAYOUTS = (
    "tab-separated, one row a line, header row first",
    "a cell a line (each cell on its own line, with indentation by tabs), blank line between rows",
    "a cell a line with a lone | between the cells",
    "pipe table | a | b | with a separator row",
    "columns joined by two spaces, one row a line",
    "whole table run into ONE line, cells separated by a single space, title and header run in as well, section headings between the rows",
    "whole table run together with NO separator between cells at all, numbers mark the rows",
    "two tables side by side with the header repeated (tabs), rows of the right-hand table continue further down",
    "tab-separated with blank cells where a merged unit cell or leader cell spans several rows",
    "tab-separated with / or — for none, a column short in some rows, one row broken over two lines",
    "quarterly report: several progress columns (一季度, 二季度…), next steps, problems",
    "project list: 序号 项目名称 建设规模及内容 总投资 年度投资 形象进度 责任单位 包保领导",
    "indicator table: 指标名称 单位 目标值 完成值 牵头单位",
)

TABLE_HEADERS = (
    "序号 任务目标 后续措施 工作进展及取得成效 主办单位",
    "序号 重点工作 目标任务 完成时限 牵头单位 配合单位",
    "序号 承担的重点工作 工作进展情况 完成状态 牵头责任单位",
    "序号 市领导 责任目标内容 责任单位 完成时限 完成情况 是否完成计划进度",
    "编号 重点举措 时间节点 牵头领导 牵头科室 协同单位",
    "类别 序号 工作任务 责任单位 进展情况 存在问题 下步打算",
    "序号 事项内容 年度目标 推进措施 主办单位 协办单位 完成时间",
    "序号 督办事项 承办单位 办理要求 办理结果 备注",
    "任务编号 主要任务 分解事项 第一责任单位 参与单位 计划完成时间 当前状态",
    "序号 项目名称 建设内容 总投资（万元） 年度投资 责任单位 责任人 进展",
)

ATTRIBUTIONS = (
    "（牵头单位：A；配合单位：B、C）",
    "（责任单位：A、B；完成时限：6月底）",
    "牵头单位:A on one line, 责任单位:B on the next",
    "（A牵头，B、C配合）",
    "（A负责）",
    "（A主办，B、C协办）",
    "（A、B按职责分工负责）",
    "由A会同B、C…… inside the sentence",
    "〔A牵头，B参与，各县区落实。以下各项均需各县区落实，不再列出。〕",
    "牵头领导：X。牵头责任单位：A。协同责任单位：B.",
    "（A、B、C），with the first-listed rule stated in the covering notice",
    "（责任部门：A、B，各乡镇（街道））",
    "责任领导：X；责任科室：A",
    "[A牵头]",
    "（牵头部门：A 参与部门：B 完成时限：持续推进）",
)

FIGURES = (
    "growth rates and shares",
    "ranges (8—10个, 5%—7%)",
    "masked with x or ×（增长x%, xx万人）",
    "full-width digits（１２％）",
    "Chinese numerals (二十余家, 三成, 百户, 两所)",
    "money (亿元, 万元, 万美元) and per-unit rates",
    "fractions and multiples (1/3, 三分之二, 1.5倍, 翻番)",
    "two-tier goals (确保X、力争Y)",
    "levels against bases (较2020年下降18%)",
    "areas, lengths, volumes, capacities",
    "ranks kept apart (居全省前5位) beside amounts",
    "thousands separators (1,100万)",
)

DEADLINES = (
    "6月30日前 / 9月底前",
    "年底前 / 年内 / 全年",
    "二季度末 / 上半年完成",
    "“十四五”末 / 到2027年",
    "2024—2026年 / 2021年3月至12月",
    "长期坚持 / 持续推进 (deadline cell)",
    "6月、12月底前 (two stages)",
    "30个工作日内 / 发文之日起15日内",
    "汛期前 / 春节前 / 秋季开学前",
    "almost none at all",
    "每月25日前 (recurring; is a frequency and not tagged) beside real ones",
)

PROJECTS = (
    "roads and bridges",
    "plants with capacity (年产X万吨…项目)",
    "industrial parks and buildings",
    "school and hospital campuses",
    "rail and metro lines",
    "reservoirs, pumping stations, water transfer",
    "sewage, waste and heating plants",
    "power lines and substations, wind and solar farms",
    "relocation and resettlement sites",
    "R&D and data centres",
    "museums, stadiums, tourist sites",
    "firms' short names before 等项目",
    "logistics, ports, airports",
)

BODIES = (
    "full names with administrative prefix",
    "short names (县发改局, 市人社局, 团市委)",
    "elided conjuncts (省国税局、地税局; 县财政、人社部门)",
    "bracketed second names（市数据局（市大数据中心））",
    "firms by full and short name",
    "banks and telecom operators",
    "schools, hospitals, institutes",
    "专班 / 领导小组 / 指挥部 / 工作组",
    "管委会 and zone bodies",
    "vertical offices (税务, 海关, 国网, 气象, 消防)",
    "collective bodies (各乡镇（街道）, 市直有关部门)",
    "party organs (组织部, 宣传部, 政法委, 编办, 网信办)",
)

NOISE = (
    "none",
    "none",
    "lost characters leaving a space",
    "half-width punctuation , . : ; ()",
    "line wraps inside sentences",
    "page furniture around the text (打印 关闭 浏览次数 下载)",
    "OCR slips and stray spaces round digits",
    "Kangxi look-alike characters and full-width spaces",
    "broken rows",
)

CLAIMS = ("leaders", "deadline column", "status", "progress", "problems", "next steps")


def draw_sheet(number: int, rng: random.Random) -> dict[str, object]:
    """Draw sheet ``number``; three of five sheets are prose, two are tables."""
    table = number % 5 in (1, 3)
    layouts = TABLE_LAYOUTS if table else PROSE_LAYOUTS
    sheet: dict[str, object] = {
        "number": number,
        "kind": "table" if table else "prose",
        "province": PROVINCES[(number * 7) % len(PROVINCES)],
        "level": rng.choices([level for level, _ in LEVELS], [w for _, w in LEVELS])[0],
        "year": rng.choice([2008, 2011, 2013, 2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026]),
        "occasion": rng.sample(OCCASIONS, 2),
        "layout": layouts[(number // 5 * (2 if table else 3) + number % 5) % len(layouts)],
        "attribution": rng.sample(ATTRIBUTIONS, 2),
        "figures": rng.sample(FIGURES, 3),
        "deadlines": rng.sample(DEADLINES, 2),
        "projects": rng.sample(PROJECTS, 3),
        "bodies": rng.sample(BODIES, 4),
        "noise": rng.choice(NOISE),
    }
    if table:
        sheet["header"] = rng.choice(TABLE_HEADERS)
        sheet["columns_with"] = rng.sample(CLAIMS, 3)
    return sheet


def main() -> None:
    """Write the sheets as JSON, one file each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=240)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for number in range(args.count):
        sheet = draw_sheet(number, random.Random(f"{args.seed}-{number}"))
        path = args.out / f"{number:03d}.json"
        path.write_text(json.dumps(sheet, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
