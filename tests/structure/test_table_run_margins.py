"""What stands between the rows of a run table is no part of their cells: headings, a page's words, the header again."""

import pytest

from taskie.structure.body_lists import BodyLists
from taskie.structure.columns import Column
from taskie.structure.table_run_header import RunHeader
from taskie.structure.table_run_margins import (
    cut_category,
    cut_headings,
    headings_before,
    headings_in_force,
    without_page,
)

HEADER = RunHeader((Column("number", word="序号"), Column("statement", word="任务"), Column("unit", word="单位")), 0, 0)


@pytest.mark.parametrize(
    ("text", "row", "headings"),
    [
        ("疏浚南河三段 县水务局 二、交通建设", "疏浚南河三段 县水务局", ("二、交通建设",)),
        ("疏浚南河三段 县水务局 二、交通建设 （一）道路", "疏浚南河三段 县水务局", ("二、交通建设", "（一）道路")),
        ("疏浚南河三段 县水务局", "疏浚南河三段 县水务局", ()),
        ("疏浚南河三段，护岸 县水务局、县财政局。", "疏浚南河三段，护岸 县水务局、县财政局。", ()),
        ("甲 二、交通建设", "甲 二、交通建设", ()),  # nothing would be left of the row
    ],
)
def test_only_headings_are_cut_off_the_end_of_a_row(text, row, headings):
    end, found = cut_headings(text, 0, len(text))
    assert (text[:end], found) == (row, headings)


@pytest.mark.parametrize(
    ("before", "new", "force"),
    [
        (("一、水利",), (), ("一、水利",)),
        (("一、水利",), ("二、交通",), ("二、交通",)),
        (("一、水利",), ("改善出行条件。",), ("一、水利", "改善出行条件。")),
        (("一、水利", "改善出行条件。"), ("改善办学条件。",), ("一、水利", "改善办学条件。")),
        ((), ("改善出行条件。",), ("改善出行条件。",)),
    ],
)
def test_a_sentence_stands_below_the_numbered_heading_in_force(before, new, force):
    assert headings_in_force(before, new) == force


def test_words_before_the_first_number_are_a_heading_unless_too_long():
    assert headings_before("| 一、水利 ", 0, 7) == ("一、水利",)
    assert headings_before("水" * 61, 0, 61) == ()


@pytest.mark.parametrize("behind", [" 第2页", " 序号任务单位", "\n推进情况表\n序号任务单位", " 下载 打印"])
def test_a_page_behind_the_bodies_is_no_part_of_the_row(behind):
    row = "疏浚南河三段 县水务局"
    lists = BodyLists.of(row + behind, [(7, 11)])
    assert without_page(row + behind, HEADER, 0, len(row + behind), lists) == len(row)


def test_page_words_before_the_bodies_stay_in_the_row():
    row = "完成下载平台建设，打印回执 县水务局"
    assert without_page(row, HEADER, 0, len(row), BodyLists.of(row, [(14, 18)])) == len(row)


CATEGORIES = "类别 序号 任务 单位 "
BEHIND_CATEGORIES = RunHeader(HEADER.columns, len("类别 "), len(CATEGORIES))


@pytest.mark.parametrize(
    ("row", "category"),
    [
        ("疏浚南河三段 县水务局 城乡建设", ("城乡建设",)),
        ("疏浚 南河三段 县水务局 城乡建设", ("城乡建设",)),  # behind the last cell's bodies
        ("疏浚南河三段 县水务局", ()),
        ("疏浚南河 三段护岸 县水务局 县财政局", ()),
        ("城乡建设", ()),  # nothing would be left of the row
    ],
)
def test_a_category_at_the_end_of_a_row_is_that_of_the_next_row(row, category):
    text = f"{CATEGORIES}1 {row}"
    start = len(CATEGORIES) + 1
    end, found = cut_category(text, start, len(text), BEHIND_CATEGORIES)
    assert found == category
    assert text[end:].strip() == "".join(category)


def test_a_last_word_is_no_category_where_the_header_begins_with_the_number():
    text = "序号 任务 单位 1 疏浚南河三段 县水务局 城乡建设"
    header = RunHeader(HEADER.columns, 0, len("序号 任务 单位 "))
    assert cut_category(text, header.end + 1, len(text), header) == (len(text), ())
