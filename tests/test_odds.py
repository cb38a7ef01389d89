import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskie.odds import log_odds, probability


@pytest.mark.parametrize(("share", "expected"), [(0.5, 0.0), (0.9, 2.1972), (0.1, -2.1972), (0.99, 4.5951)])
def test_log_odds_are_the_logarithm_of_the_odds(share, expected):
    assert log_odds(share, most=8.0) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(
    ("share", "expected"), [(0.0, -3.0), (1.0, 3.0), (0.01, -3.0), (0.99, 3.0), (-0.5, -3.0), (1.5, 3.0)]
)
def test_log_odds_are_cut(share, expected):
    assert log_odds(share, most=3.0) == expected


@pytest.mark.parametrize(("score", "share"), [(0.0, 0.5), (2.0, 0.8808), (-2.0, 0.1192), (1e6, 1.0), (-1e6, 0.0)])
def test_probability_is_the_logistic_to_four_places(score, share):
    assert probability(score) == share


@given(st.floats(0.001, 0.999))
def test_probability_leads_back_from_log_odds(share):
    assert probability(log_odds(share, most=8.0)) == pytest.approx(share, abs=1e-4)
