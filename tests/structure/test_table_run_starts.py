"""Rows of a run table begin at the numbers that count on behind the end of a cell, not at amounts."""

import re

import pytest

from taskie.structure.body_lists import BodyLists
from taskie.structure.table_run_header import find_run_header
from taskie.structure.table_run_starts import row_starts

HEADER = "序号工作内容完成时限责任单位"
BODIES = ("县水务局", "县人社局", "县财政局")


def numbers(rows, header=HEADER):
    text = header + rows
    lists = BodyLists.of(text, sorted(m.span() for name in BODIES for m in re.finditer(name, text)))
    header = find_run_header(text, 0, len(text))
    return [text[a : b + 2] for a, b in row_starts(text, header, len(text), lists)]


@pytest.mark.parametrize(
    "begin", ["人才公寓扩建", "支持返乡创业", "周庄片区供水", "项目资金清理", "户籍窗口整合", "年度计划编制"]
)
def test_words_that_begin_like_a_measure_may_begin_a_row(begin):
    rows = f"1疏浚南河三段，修复护岸，加高堤顶。6月底县水务局2{begin}，按月调度进展，年底前见到成效。全年县人社局"
    assert numbers(rows) == ["1疏浚", f"2{begin[:2]}"]


@pytest.mark.parametrize("amount", ["2人驻点", "2周内办结", "2个体育馆", "2项目标", "2户搬迁"])
def test_an_amount_behind_a_body_begins_no_row(amount):
    rows = (
        f"1疏浚南河三段，由县水务局{amount}，沿线加高堤顶。6月底县水务局2改建北桥，加宽桥面，增设人行道。全年县财政局"
    )
    assert numbers(rows) == ["1疏浚", "2改建"]


@pytest.mark.parametrize(
    ("rows", "begin"),
    [
        (
            "1疏浚南河，修复护岸。6月底县水务局石料供应不及时清淤两段2改建北桥，加宽桥面。全年县财政局雨季停工三周桩基浇完",
            ["1疏浚", "2改建"],
        ),
        # no bodies stand before the number
        (
            "1疏浚南河，修复护岸2改建北桥，加宽桥面。6月底县水务局石料供应不及时清淤两段，护岸放样完毕，沿线村庄代表到场见证，图纸张贴上墙，意见当面答复，来信逐件登记",
            ["1疏浚"],
        ),
        (
            "1疏浚南河，修复护岸。6月底县水务局石料供应不及时清淤2段，护岸放样完毕，雨季停工三周，工期顺延，沿线村庄代表到场见证，图纸张贴上墙，意见当面答复，来信逐件登记",
            ["1疏浚"],
        ),
    ],
)
def test_rows_may_end_in_words_of_their_own_behind_their_bodies(rows, begin):
    assert numbers(rows, "序号工作内容完成时限责任单位存在问题进展状态") == begin


@pytest.mark.parametrize("page", ["第3页 共4页", "第3页/共4页", "第 3 页", "- 3 -"])
def test_the_number_of_a_page_may_stand_before_a_row(page):
    rows = f" 1 疏浚南河三段，修复护岸，加高堤顶，沿线植树。 6月底 县水务局 {page} 2 改建北桥，加宽桥面，增设人行道。 全年 县财政局"
    assert numbers(rows, "序号 工作内容 完成时限 责任单位") == ["1 疏", "2 改"]
