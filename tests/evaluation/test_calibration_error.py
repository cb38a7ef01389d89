"""Calibration errors: what true, too sure and too shy confidences show, and that bins lose nothing."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskie.evaluation.calibration import (
    BINS,
    Judged,
    bins_of,
    confidence_figures,
    error_by_chance,
    expected_error,
    judge,
)
from taskie.evaluation.gold import Gold
from taskie.evaluation.reliability import draw_reliability
from taskie.records import Document, Entity, Task, TextSpan, Unit

judgements = st.lists(st.tuples(st.floats(0.0, 1.0), st.booleans()), max_size=60)


def error(sure, right, **options):
    return expected_error(bins_of(sure, right, **options))


def drawn(count, chance_of):
    """Return confidences spread over [0, 1] and judgements that are right with ``chance_of`` the confidence."""
    rng = random.Random(3)
    sure = [rng.random() for _ in range(count)]
    return sure, [rng.random() < chance_of(c) for c in sure]


def test_true_confidences_have_an_error_that_goes_to_nothing():
    few, many = (error(*drawn(n, lambda c: c)) for n in (100, 40_000))
    assert many < 0.01
    assert few > many


def test_error_of_overconfident_predictions_is_the_gap():
    sure, right = [0.95] * 100, [True] * 70 + [False] * 30
    assert error(sure, right) == pytest.approx(0.25)
    assert error(*drawn(40_000, lambda c: c / 2)) == pytest.approx(0.25, abs=0.01)


def test_error_of_too_shy_predictions_counts_as_well():
    assert error([0.5] * 10, [True] * 10) == pytest.approx(0.5)


def test_error_agrees_with_a_figure_worked_by_hand():
    # Bin 0.6: two of confidence 0.65 and one right; bin 0.9: 0.92 and 0.98, both right.
    assert error([0.65, 0.65, 0.92, 0.98], [True, False, True, True]) == pytest.approx((2 * 0.15 + 2 * 0.05) / 4)


def test_gaps_in_different_bins_do_not_cancel():
    sure, right = [0.25] * 4 + [0.75] * 4, [True] * 2 + [False] * 2 + [True] * 2 + [False] * 2
    assert error(sure, right) == pytest.approx(0.25)
    assert error(sure, right, bins=1) == pytest.approx(0.0)


@given(judgements)
def test_bins_partition_the_predictions(judged):
    sure, right = [c for c, _ in judged], [r for _, r in judged]
    bins = bins_of(sure, right)
    assert sum(b.count for b in bins) == len(judged)
    assert sum(b.right * b.count for b in bins) == pytest.approx(sum(right))
    assert [b.low for b in bins[1:]] == [b.high for b in bins[:-1]]
    assert all(b.low - 1e-9 <= b.confidence <= b.high + 1e-9 for b in bins if b.count)


@given(judgements, st.randoms())
def test_order_changes_nothing(judged, rng):
    shuffled = rng.sample(judged, len(judged))
    errors = [error([c for c, _ in some], [r for _, r in some]) for some in (judged, shuffled)]
    assert errors[0] == pytest.approx(errors[1])


def test_borders_belong_to_the_bin_above_and_one_to_the_last():
    counts = [b.count for b in bins_of([0.0, 0.5, 1.0], [True] * 3)]
    assert [i for i, count in enumerate(counts) if count] == [0, BINS // 2, BINS - 1]


@pytest.mark.parametrize("wrong", [-0.01, 1.01, float("nan")])
def test_confidence_outside_zero_to_one_is_refused(wrong):
    with pytest.raises(ValueError, match="outside"):
        bins_of([wrong], [True])


def test_missing_judgement_is_refused():
    with pytest.raises(ValueError, match="2 confidences but 1"):
        bins_of([0.5, 0.5], [True])


def test_error_by_chance_shrinks_with_the_number_of_predictions():
    assert error_by_chance([0.7] * 20) > 3 * error_by_chance([0.7] * 2000) > 0
    assert error_by_chance([1.0] * 50) == 0.0


TEXT = "1. 修路。由县交通局负责，县财政局配合，完成恒岳大道。"


def document(*entities, units=()):
    task = Task(
        number="1", title="修路", section=None, text=TEXT, start=0, end=len(TEXT), statement=TextSpan(TEXT[:5], 0, 5),
        units=units,
    )  # fmt: skip
    return Document(text=TEXT, entities=entities, tasks=(task,))


def entity(label, name, confidence=None, *, longer=0):
    start = TEXT.index(name)
    return Entity(label, TEXT[start : start + len(name) + longer], start, start + len(name) + longer, confidence)


def unit(name, role, confidence):
    return Unit(name, role, TEXT.index(name), TEXT.index(name) + len(name), confidence=confidence)


GOLD = document(
    entity("ORG", "县交通局"), entity("ORG", "县财政局"), entity("PROJECT", "恒岳大道"),
    units=(unit("县交通局", "responsible", None), unit("县财政局", "cooperating", None)),
)  # fmt: skip


def test_predictions_are_judged_strictly():
    own = document(
        entity("ORG", "县交通局", 0.9), entity("ORG", "县财政局", 0.8, longer=1), entity("ORG", "恒岳大道", 0.7),
        units=(unit("县交通局", "responsible", 0.95), unit("县财政局", "lead", 0.6)),
    )  # fmt: skip
    judged = judge(Gold("demo", GOLD, ((0, len(TEXT)),)), own)
    assert judged == (
        Judged("ORG", 0.9, True), Judged("ORG", 0.8, False), Judged("ORG", 0.7, False),
        Judged("units", 0.95, True), Judged("units", 0.6, False),
    )  # fmt: skip


def test_only_annotated_ranges_and_layers_are_judged():
    own = document(entity("ORG", "县交通局", 0.9), entity("ORG", "县财政局", 0.8), units=GOLD.tasks[0].units)
    assert [j.confidence for j in judge(Gold("demo", GOLD, ((0, 12),)), own)] == [0.9]
    assert "units" not in {j.kind for j in judge(Gold("demo", GOLD, ((0, len(TEXT)),), ("entities",)), own)}


def test_figures_leave_out_what_has_no_confidence_and_say_so():
    figures = confidence_figures([Judged("ORG", 0.9, True), Judged("ORG", None, False), Judged("units", 0.7, True)])
    assert (figures["ece"]["count"], figures["ece:ORG"]["value"]) == (1, pytest.approx(0.1))
    assert (figures["ece"]["unrated"], figures["ece"]["unrated_right"]) == (1, 0)
    assert figures["ece:units"]["value"] == pytest.approx(0.3)
    assert figures["ece:PROJECT"]["count"] == figures["ece:PROJECT"]["value"] == 0


def test_picture_has_a_diagram_for_each_row_with_predictions_and_a_bar_for_each_filled_bin():
    figures = confidence_figures([Judged("ORG", 0.9, True), Judged("ORG", 0.35, False), Judged("units", 0.7, True)])
    picture = draw_reliability(figures)
    assert picture.count("<svg") == picture.count("</svg>") == 3  # all entities, ORG, units
    assert picture.count('class="bar"') == 2 + 2 + 1
    assert draw_reliability(confidence_figures([])) == ""
