"""A run table whose header has words we do not know is read by its rows, if they have a cell for each of these words."""

import re

import pytest

from taskie.structure.reader import read_outline
from taskie.structure.table_run_columns import are_halves_of_a_name, parted_columns

BODIES = ("市水务局", "市财政局", "市交通局", "河东区政府", "市教育局", "市规划局", "市审计局")
HEADER = "序号 年度目标 兑现时点 本季度动静 挂帅人 主办单位 协办单位 结论"
ROWS = (
    "1 疏浚南河三段，修复护岸 6月上旬 清淤两段，护岸放样完毕 周海宁 市水务局 市财政局、河东区政府 完成",
    "2 改建北桥，加宽桥面 8月底 桩基浇完，梁板预制过半 吴立春 市交通局 市财政局 稍缓",
    "3 新建城西小学，设二十四个班 年底 主体封顶，正在砌墙 郑晓岚 市教育局 市规划局、市财政局 滞后",
    "4 清理闲置资金，逐笔销号 全年 清出三笔，两笔已经收回 王思源 市财政局 市审计局 完成",
)


def columns(text):
    found = parted_columns(text, text.index("序号"), len(text))
    return found and ([(column.word, column.meaning) for column in found[0]], text[: found[1]].split()[-1])


def tasks(text):
    spans = sorted(match.span() for name in BODIES for match in re.finditer(name, text))
    return [task for task in read_outline(text, spans).tasks if task.in_table]


def test_unknown_header_words_mean_what_their_cells_hold():
    found, last = columns(f"{HEADER} {' '.join(ROWS)}")
    assert dict(found)["兑现时点"] == "deadline"
    assert dict(found)["挂帅人"] == "leader"
    assert dict(found)["结论"] == "status"
    assert dict(found)["本季度动静"] == "remark"
    assert last == "结论"


def test_a_word_more_than_rows_have_cells_is_a_heading():
    found, last = columns(f"类别 {HEADER} 水利交通 {' '.join(ROWS)}")
    assert (len(found), last) == (8, "结论")


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADER} {ROWS[0]} {ROWS[1]}",  # too few rows to go by
        f"序号 甲 乙 丙 丁 主办单位 戊 己 {' '.join(ROWS)}",  # too few words that name a column
        f"{HEADER} 附则 细则 {' '.join(ROWS)}",  # rows have two cells less
        f"{HEADER}，以下逐项说明 {' '.join(ROWS)}",
        f"{HEADER} {' '.join(row.replace('，', ' ') for row in ROWS[:2])} {' '.join(ROWS[2:])}",
        "序号 年度目标 主办单位",
        f"序号各自排列{HEADER} {' '.join(ROWS)}",  # a note before the header
    ],
)
def test_without_a_cell_for_each_word_the_rows_tell_nothing(text):
    assert columns(text) is None


def test_categories_between_the_rows_are_headings_of_those_below():
    text = f"河东市重点工作推进情况一览表 类别 {HEADER} 城乡建设 {ROWS[0]} {ROWS[1]} 民生福祉 {ROWS[2]} {ROWS[3]}"
    found = tasks(text)
    assert [task.number for task in found] == ["1", "2", "3", "4"]
    assert [task.headings for task in found] == [("城乡建设",)] * 2 + [("民生福祉",)] * 2
    assert [task.status for task in found] == ["完成", "稍缓", "滞后", "完成"]
    assert [task.deadline.text for task in found] == ["6月上旬", "8月底", "年底", "全年"]
    assert [(unit.name, unit.role) for unit in found[1].units] == [("市交通局", "lead"), ("市财政局", "cooperating")]


def test_words_of_two_characters_that_are_no_names_are_a_status():
    rows = " ".join(ROWS).replace("完成", "未结").replace("稍缓", "缓办").replace("滞后", "已结")
    found, _ = columns(f"{HEADER} {rows}")
    assert (dict(found)["结论"], dict(found)["挂帅人"]) == ("status", "leader")


def test_a_word_for_what_figures_are_counted_in_may_stand_above_those_who_act():
    header = "序号 年度目标 兑现时点 本季度动静 挂帅人 单位 结论"
    rows = " ".join(re.sub(r" (\S+) (\S+) (\S+)$", r" \1 \3", row) for row in ROWS)
    found, _ = columns(f"{header} {rows}")
    assert dict(found)["单位"] == "unit"
    counted = re.sub(r"市\S+", "万立方米", rows)
    assert dict(columns(f"{header} {counted}")[0])["单位"] == "measure_unit"


@pytest.mark.parametrize("number", ["序次", "条次", "序位"])
def test_a_name_of_two_with_a_blank_is_one_cell_below_a_coined_word_for_the_number(number):
    text = (
        f"{HEADER} {' '.join(ROWS)}".replace("序号", number)
        .replace("挂帅人", "包保县级干部")
        .replace("吴立春", "吴 春")
    )
    found = parted_columns(text, 0, len(text))
    assert (found[0][0].word, found[0][0].meaning) == (number, "number")
    assert (found[0][4].word, found[0][4].meaning) == ("包保县级干部", "leader")
    _, second, *_ = tasks(text)
    assert second.leaders == ("吴春",)
    assert [unit.name for unit in second.units] == ["市交通局", "市财政局"]


@pytest.mark.parametrize(
    ("first", "second", "halves"), [("陈", "刚", True), ("是", "否", False), ("3", "5", False), ("陈", "刚毅", False)]
)
def test_single_characters_are_halves_of_a_name_unless_they_are_cells(first, second, halves):
    assert are_halves_of_a_name(first, second) == halves
