"""Look-alikes are replaced one for one, and points become full stops only where a document writes them so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskie.structure.lookalikes import replace_lookalikes


@given(st.text(alphabet="一二（1）.。县办\n a⾏", max_size=60))
def test_length_stays_the_same(text):
    assert len(replace_lookalikes(text)) == len(text)


def test_points_that_end_sentences_become_full_stops():
    text = "一.加强管护.新建泵站3座.\n(二)补齐短板.年底前完成.(县水利局)\n"
    assert replace_lookalikes(text) == "一.加强管护。新建泵站3座。\n(二)补齐短板。年底前完成。(县水利局)\n"


@pytest.mark.parametrize(
    "text",
    [
        "1.加强管护。新建泵站3.5座。\n2.补齐短板。\n",
        "责任领导：买买提.艾力。负责水利。\n",
        "增长3.5",
        "一.总体要求",
        "（一）.总体要求",
    ],
)
def test_other_points_stay(text):
    assert replace_lookalikes(text) == text


def test_radicals_become_the_characters_they_look_like():
    assert replace_lookalikes("⼯⾏⻓") == "工行长"
