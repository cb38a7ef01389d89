"""Words that run into the unit cell of a run table belong to the column before, unless they are the beginning of a name."""

import re

import pytest

from taskie.structure.body_lists import BodyLists
from taskie.structure.columns import Column
from taskie.structure.reader import read_outline
from taskie.structure.table_run_units import without_words_before

BODIES = ("县水务局", "县财政局", "县交通局", "市生态 环境局")


def rows(text):
    spans = sorted(match.span() for name in BODIES for match in re.finditer(name, text))
    return [task for task in read_outline(text, spans).tasks if task.in_table]


def units(task):
    return [(unit.name, unit.role) for unit in task.units]


def table(word, body="县水务局", *, column="完成状态"):
    return (
        f"序号 工作内容 进展情况 完成时限 {column} 主办单位 备注 "
        f"1 疏浚南河三段,修复护岸 清淤已过两段,护岸正在放样. 年底前 {word} {body}、县财政局 "
        "2 改建北桥,加宽桥面 桩基浇完,梁板预制过半. 8月底前 正常推进 县交通局"
    )


@pytest.mark.parametrize("word", ["稍有迟缓", "跨年续做", "滞后", "是"])
def test_a_word_of_status_is_no_part_of_the_bodies_behind_it(word):
    first, second = rows(table(word))
    assert units(first) == [("县水务局", "lead"), ("县财政局", "lead")]
    assert first.status == word
    assert (units(second), second.status) == ([("县交通局", "lead")], "正常推进")


def test_a_column_that_asks_is_answered_by_a_status():
    first, second = rows(table("否", column="是否销账").replace("正常推进", "是"))
    assert (first.status, second.status) == ("否", "是")
    assert units(first) == [("县水务局", "lead"), ("县财政局", "lead")]


def test_a_name_with_a_lost_character_stays_whole():
    first, _ = rows(table("正常推进", "市生态 环境局"))
    assert units(first) == [("市生态环境局", "lead"), ("县财政局", "lead")]
    assert first.status == "正常推进"


@pytest.mark.parametrize("words", ["市生态", "县农业农村局"])
def test_a_cell_is_not_cut_behind_words_that_may_begin_or_be_a_name(words):
    text = f"{words} 环境局、县财政局"
    columns = (Column("deadline"), Column("status"), Column("unit"))
    lists = BodyLists.of(text, [(len(words) + 1, len(words) + 4), (len(words) + 5, len(text))])
    cells = [(2, 0, len(text))]
    assert without_words_before(text, columns, cells, lists) == cells


def test_a_word_is_cut_off_only_where_the_column_before_is_blank():
    text = "滞后 稍缓 县财政局"
    columns = (Column("deadline"), Column("status"), Column("unit"))
    lists = BodyLists.of(text, [(6, 10)])
    assert without_words_before(text, columns, [(2, 3, 10)], lists) == [(1, 3, 5), (2, 6, 10)]
    assert without_words_before(text, columns, [(1, 0, 2), (2, 3, 10)], lists) == [(1, 0, 2), (2, 3, 10)]


def labelled(cell, *, behind="6月底前 清淤两段,护岸放样完毕. 石料未到货"):
    return (
        "序号 镇领导 责任目标内容 责任单位 完成时限 完成情况 存在问题 "
        f"1 周海宁 疏浚南河三段,修复护岸.加高堤顶 {cell} {behind} "
        "2 吴立春 改建北桥,加宽桥面 县交通局 8月底前 桩基浇完,梁板预制过半. 便道 狭窄"
    )


@pytest.mark.parametrize(
    "cell",
    [
        "牵头单位:县水务局\n责任单位:县财政局",
        "牵头单位：县水务局 责任单位：县财政局",
        "牵头单位:县水务局.责任单位:县财政局",
    ],
)
def test_a_label_before_the_bodies_is_part_of_their_cell(cell):
    first, second = rows(labelled(cell))
    assert first.statement.text == "疏浚南河三段,修复护岸.加高堤顶"
    assert sorted(units(first)) == [("县水务局", "lead"), ("县财政局", "responsible")]
    assert units(second) == [("县交通局", "responsible")]


def test_words_before_the_bodies_that_are_no_label_stay_in_the_statement():
    text = labelled("县水务局").replace("加高堤顶", "公布责任单位:逐段挂牌")
    assert rows(text)[0].statement.text == "疏浚南河三段,修复护岸.公布责任单位:逐段挂牌"


def test_a_bracket_of_sentences_is_a_unit_cell_where_the_row_has_a_cell_a_column():
    cell = "〔县水务局牵头，县财政局参与。以下各项均需县财政局落实，不再列出。〕"
    first, second = rows(labelled(cell).replace("便道 狭窄", "便道狭窄"))
    assert first.statement.text == "疏浚南河三段,修复护岸.加高堤顶"
    assert ("县水务局", "lead") in units(first)
    assert ("县财政局", "responsible") in units(second)


def test_the_first_listed_unit_does_not_lead_where_the_cell_says_who_does():
    rule = "说明：责任单位排在首位的为牵头单位，其余为配合单位。\n"
    stated = rows(rule + labelled("牵头单位：县水务局 责任单位：县财政局"))
    assert sorted(units(stated[0])) == [("县水务局", "lead"), ("县财政局", "responsible")]
    plain = rows(rule + labelled("县水务局、县财政局"))
    assert units(plain[0]) == [("县水务局", "lead"), ("县财政局", "cooperating")]
