import math
import random

import pytest

from taskie.training.platt import can_be_fitted, fit_platt


def examples(weights, bias, count=6000):
    """Return rows of scores and whether they were right, whose chance has these weights."""
    rng = random.Random(3)
    rows = [[rng.gauss(0, 1) for _ in weights] for _ in range(count)]
    chances = [1 / (1 + math.exp(-bias - sum(w * v for w, v in zip(weights, row, strict=True)))) for row in rows]
    return rows, [rng.random() < chance for chance in chances]


def test_weights_and_bias_are_found_again():
    fit = fit_platt(*examples((2.0, -1.0), 0.5), least=50)
    assert fit.weights == pytest.approx((2.0, -1.0), abs=0.15)
    assert fit.bias == pytest.approx(0.5, abs=0.15)


def test_too_few_examples_or_all_alike_are_not_fitted():
    rows, right = examples((2.0,), 0.0, count=60)
    assert fit_platt(rows, right, least=60)
    assert fit_platt(rows, right, least=61) is None
    assert fit_platt(rows, [True] * 60, least=60) is None
    assert fit_platt([], [], least=0) is None
    assert not can_be_fitted([False] * 60, 60)


def test_scores_that_are_less_often_right_the_higher_fit_only_where_that_is_allowed():
    rows, right = examples((-2.0,), 0.0)
    assert fit_platt(rows, right, least=50, rising=True) is None
    assert fit_platt(rows, right, least=50).weights[0] < 0
