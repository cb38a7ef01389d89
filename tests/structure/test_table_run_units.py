"""Words that run into the unit cell of a run table belong to the column before, unless they are the beginning of a name."""

import re

import pytest

from taskie.structure.reader import read_outline

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


def test_a_name_is_not_cut_where_only_its_second_half_was_found():
    text = table("", "市生态 环境局")
    spans = [re.search("环境局", text).span(), *(m.span() for m in re.finditer("县财政局|县交通局", text))]
    first = next(task for task in read_outline(text, sorted(spans)).tasks if task.in_table)
    assert units(first)[0] == ("市生态环境局", "lead")
    assert first.status is None
