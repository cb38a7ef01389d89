"""Prose copied without line breaks, and sentences whose numbers only look like items."""

import pytest

from taskie.structure.reader import read_outline
from taskie.structure.run_on import find_run_on

RUN_ON = (
    "柳泉县2024年重点任务分工方案一、做强水利支撑（一）加快水库建设1.完成柳河水库主体工程，新增库容30万立方米，同步建好管护用房。"
    "（牵头单位：县水务局；配合单位：县财政局）2.对第三条第（一）项所列河段清淤12公里，建成护岸5公里以上。（牵头单位：县水务局）"
    "（二）补齐灌溉短板3.改造干渠8公里，支持一、二、三产业融合发展用水。（牵头单位：县农业农村局）二、改善民生"
    "（一）办好教育4.新增公办学位800个，其中城区1.2万平方米校舍年内封顶。（县教育局牵头，县财政局配合）"
    "5.改造薄弱学校6所，配齐实验室和图书角，开学前交付使用。（县教育局牵头，县住建局配合）"
    "（二）守护健康6.建成社区卫生服务站4个，实现15分钟就医全覆盖，方便群众看病。（县卫生健康局负责）"
)


def numbers(text):
    return [(number.text, number.value) for number in find_run_on(text, (0, len(text)), len(text))]


def test_a_notice_without_line_breaks_is_cut_at_numbers_that_count_on():
    assert len(RUN_ON) >= 300
    found = read_outline(RUN_ON).tasks
    assert [task.number for task in found] == ["1", "2", "3", "4", "5", "6"]
    assert found[0].statement.text == "完成柳河水库主体工程，新增库容30万立方米，同步建好管护用房。"
    assert [len(task.headings) for task in found] == [2] * 6
    assert [(unit.name, unit.role) for unit in found[3].units] == [("县教育局", "lead"), ("县财政局", "cooperating")]


def test_numbers_of_clauses_sectors_and_amounts_begin_no_item():
    assert [text for text, _ in numbers(RUN_ON)].count("（一）") == 2
    assert [text for text, _ in numbers(RUN_ON)].count("1") == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "各镇要按照方案第二条（一）和（二）的要求排查隐患，逐户登记，逐项销号。",
        "推动一、二、三产业融合，提升粮食、蔬菜、水果三条链的加工水平，扩大品牌影响。",
        "全年投入1.5亿元、2.3亿元和3.1亿元分三批改造管网，切实降低漏损，保障供水。",
        "完成1号楼、2号楼、3号楼装修，打通断头路，把服务送到居民家门口，做到随叫随到。",
    ],
)
def test_running_text_with_numbers_is_not_cut(sentence):
    assert numbers(sentence * 10) == []


def test_a_line_that_is_a_part_of_its_stretch_is_left_as_it_is():
    assert find_run_on(RUN_ON, (0, len(RUN_ON)), 2 * len(RUN_ON)) == ()
