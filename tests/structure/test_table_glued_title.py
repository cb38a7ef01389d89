"""A title that a statement was glued to ends where words begin that statements begin with and titles do not hold."""

import pytest

from taskie.structure.table_glued_title import glued_title_end


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
