"""Times of the year that work is planned by are read as times, in a deadline cell as well."""

import pytest

from taskie.structure.times import is_time


@pytest.mark.parametrize(
    "words",
    [
        "2026年春耕前",
        "采暖期前",
        "供热季开始前",
        "明年6月",
        "次年三季度末",
        "常年坚持",
        "主汛期到来之前",
        "秋收后",
        "长期开展",
        "清明前",
        "2026年中考后",
        "秋季开学前",
        "秋开学之前",
        "暑期前",
    ],
)
def test_seasons_and_next_years_are_times(words):
    assert is_time(words)


@pytest.mark.parametrize("words", ["春耕", "汛期巡查前置", "明年再议", "常年失修", "供热前池", "中考", "清明上坟前"])
def test_other_words_with_a_season_are_no_times(words):
    assert not is_time(words)
