"""Headers of coined words with nothing between them are cut at words read by their parts; rows may be numbered in brackets."""

import re

import pytest

from taskie.structure.body_lists import BodyLists
from taskie.structure.reader import read_outline
from taskie.structure.table_run_coined_header import coined_ways
from taskie.structure.table_run_glued_header import find_header_by_rows
from taskie.structure.table_run_starts import row_starts

BODIES = ("县水务局", "县财政局", "县交通局", "县教育局", "县住建局")
HEADER = "编号事项年内交什么账几时交走到哪了牵头挑担一起挑担"
ROWS = (
    "（1）河道疏浚疏浚南河三段，修复护岸2处。6月底清淤两段（含支流），护岸石料进场。县水务局县财政局、县交通局",
    "（2）北桥改建加宽桥面3米，增设人行道。8月底桩基浇完，梁板预制过半。县交通局县住建局",
    "（3）校舍加固加固校舍5栋，暑期全部完工。年底前两栋封顶，其中（4）号楼换梁。县教育局县住建局、县财政局",
    "（4）管网更新更换管道12公里，漏损率降到9%。10月底更换7公里，路面恢复慢。县住建局县水务局",
)


def bodies(text):
    return sorted(match.span() for name in BODIES for match in re.finditer(name, text))


def lists(text):
    return BodyLists.of(text, bodies(text))


def header(text):
    return find_header_by_rows(text, 0, len(text), lists(text))


def meanings(columns):
    return [(column.meaning, column.role) for column in columns]


def test_coined_words_are_cut_where_each_says_what_its_column_holds():
    text = HEADER + "".join(ROWS)
    expected = [("title", None), ("statement", None), ("deadline", None), ("progress", None)]
    units = [("unit", "lead"), ("unit", "cooperating")]
    assert meanings(header(text).columns) == [("number", None), *expected, *units]
    assert header(text).end == len(HEADER)


def test_rows_begin_at_numbers_in_brackets_behind_the_end_of_a_row():
    text = HEADER + "".join(ROWS)
    starts = row_starts(text, header(text), len(text), lists(text))
    assert [text[a : b + 4] for a, b in starts] == [row[:7] for row in ROWS]


def test_tasks_have_the_units_of_both_columns_their_deadlines_and_progress():
    text = "青溪县实事晒账表" + HEADER + "".join(ROWS)
    tasks = read_outline(text, bodies(text)).tasks
    assert [[(unit.name, unit.role) for unit in task.units] for task in tasks] == [
        [("县水务局", "lead"), ("县财政局", "cooperating"), ("县交通局", "cooperating")],
        [("县交通局", "lead"), ("县住建局", "cooperating")],
        [("县教育局", "lead"), ("县住建局", "cooperating"), ("县财政局", "cooperating")],
        [("县住建局", "lead"), ("县水务局", "cooperating")],
    ]
    assert [task.deadline.text for task in tasks] == ["6月底", "8月底", "年底前", "10月底"]
    assert tasks[1].progress.text == "桩基浇完，梁板预制过半。"


@pytest.mark.parametrize("words", ["编号事项几时交走到哪了牵头挑担", "事项年内交什么账几时交走到哪了牵头挑担"])
def test_words_without_what_is_to_be_done_or_without_a_number_are_no_header(words):
    assert list(coined_ways(words, 0, len(words))) == []


def test_a_last_word_that_says_nothing_leaves_no_way():
    words = HEADER + "青石板路口"
    assert list(coined_ways(words, 0, len(words))) == []


def test_no_column_but_that_of_bodies_is_there_twice():
    for columns in coined_ways(HEADER, 0, len(HEADER)):
        said = [column.meaning for column in columns if column.meaning not in ("unit", "remark")]
        assert len(said) == len(set(said))


def test_words_that_can_be_cut_in_more_ways_than_can_be_gone_through_come_to_an_end():
    words = "编号" + "牵头单位" * 34
    assert list(coined_ways(words, 0, len(words))) == []


def test_items_in_brackets_behind_such_words_in_prose_are_no_table():
    prose = HEADER + "（1）各镇要把账交清，说到做到，不留尾巴；（2）县水务局要定期晒账；（3）逾期不交的通报批评。" * 3
    assert header(prose) is None
