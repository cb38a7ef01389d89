"""A title that a statement was glued to ends where words begin that statements begin with and titles do not hold."""

import pytest

from taskie.structure.columns import Column
from taskie.structure.table_glued_title import glued_title_end, with_even_titles
from taskie.structure.table_rows import Row


@pytest.mark.parametrize(
    ("title", "statement"),
    [
        ("南河片区疏浚", "推进河道清淤三段，修复护岸。"),
        ("老旧厂房改造", "年底前完成屋面翻修，更换门窗。"),
        ("城市书房", "坚持一街一景，小而美、久开放。"),
        ("义务教育扩容", "加快城西小学建设，新增学位六百个。"),
    ],
)
def test_statement_begins_with_its_verb(title, statement):
    assert glued_title_end(title + statement, 0, len(title + statement)) == len(title)


@pytest.mark.parametrize(
    "words",
    [
        "疏浚南河三段，推进护岸修复。",  # the verb stands behind a clause
        "稳步推进河道清淤三段。",  # too short for a title
        "城区道路整治拆除围挡三处，铺设沥青。",  # no word that only statements begin with
        "南河清淤与完善护岸工程同步开工。",  # 与 joins what stands before and behind
        "南河片区护岸推进",  # nothing would be left of the statement
    ],
)
def test_nothing_is_cut_where_words_do_not_tell(words):
    assert glued_title_end(words, 0, len(words)) is None


def rows(*statements):
    text = "".join(statements)
    columns = (Column("number"), Column("title"), Column("statement"))
    ends = [sum(map(len, statements[: n + 1])) for n in range(len(statements))]
    cells = []
    for start, end in zip([0, *ends], ends, strict=False):
        stop = glued_title_end(text, start, end)
        own = ((2, start, end),) if stop is None else ((1, start, stop), (2, stop, end))
        cells.append(Row(own))
    return [[text[a:b] for k, a, b in row.cells if k == 1] for row in with_even_titles(text, columns, cells)]


EVEN = ("河道疏浚推进清淤三段，修复护岸。", "学位补足加快城西小学建设，增设班级。", "桥梁改建完成桩基浇筑，加宽桥面。")


def test_titles_of_one_length_part_the_others_as_well():
    found = rows(*EVEN, "园林养护修剪行道树两千株，补种草皮。")
    assert found == [["河道疏浚"], ["学位补足"], ["桥梁改建"], ["园林养护"]]


@pytest.mark.parametrize(
    "statements",
    [
        (*EVEN[:2], "园林养护修剪行道树两千株，补种草皮。"),  # too few titles to go by
        (
            *EVEN[:2],
            "城市书房扩容健全一街一景布局，延长开放。",
            "园林养护修剪行道树两千株，补种草皮。",
        ),  # not of one length
        (*EVEN, "修树，养护两千株行道树，补种草皮。"),  # a mark in the words
    ],
)
def test_no_title_is_parted_where_the_others_do_not_tell(statements):
    assert rows(*statements)[-1] == []
