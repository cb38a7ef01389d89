"""Curves from raw scores to confidences: they rise, stay in [0, 1], and a damaged one is refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskie.errors import ModelError
from taskie.ner.calibration import Calibration
from taskie.records import LABELS

scores = st.floats(0.0, 1.0)
POINTS = [[0.2, 0.1], [0.5, 0.6], [0.8, 0.6], [0.9, 1.0]]


def read(**meta):
    return Calibration.read(meta, Path("meta.json"))


@given(
    st.floats(0.01, 20.0), st.floats(-10.0, 10.0), st.sampled_from(LABELS), scores, scores,
)  # fmt: skip
def test_higher_score_never_gives_a_lower_confidence(slope, offset, label, one, other):
    curve = read(label_calibration={"slope": slope, "offsets": {label: offset}})
    low, high = sorted((one, other))
    assert 0.0 <= curve.confidence(low, label) <= curve.confidence(high, label) <= 1.0


@given(scores, scores)
def test_curve_of_all_labels_rises_too(one, other):
    low, high = sorted((one, other))
    assert 0.1 <= read(calibration=POINTS).pooled(low) <= read(calibration=POINTS).pooled(high) <= 1.0


def test_slope_one_and_no_offset_leave_a_score_as_it_is():
    curve = read(label_calibration={"slope": 1.0, "offsets": {"ORG": 0.0}})
    assert [curve.confidence(raw, "ORG") for raw in (0.25, 0.5, 0.9)] == [0.25, 0.5, 0.9]


def test_offset_of_a_label_moves_that_label_only():
    curve = read(calibration=POINTS, label_calibration={"slope": 1.0, "offsets": {"PROJECT": -2.0}})
    assert curve.confidence(0.5, "PROJECT") < curve.confidence(0.5, "ORG") == curve.pooled(0.5) == 0.6


def test_model_without_curves_shows_its_raw_scores():
    assert read().confidence(0.73, "ORG") == 0.73


def test_scores_past_a_ten_thousandth_are_taken_for_that():
    curve = read(label_calibration={"slope": 0.5, "offsets": {"ORG": 0.0}})
    assert curve.confidence(1.0, "ORG") == curve.confidence(0.9999, "ORG") > curve.confidence(0.999, "ORG")
    assert curve.confidence(0.0, "ORG") == curve.confidence(0.0001, "ORG") < curve.confidence(0.001, "ORG")


@pytest.mark.parametrize(
    ("meta", "message"),
    [
        ({"label_calibration": {"slope": 0.0, "offsets": {}}}, "the slope above 0"),
        ({"label_calibration": {"slope": -1.0, "offsets": {"ORG": 0.0}}}, "the slope above 0"),
        ({"label_calibration": {"slope": 1.0, "offsets": {"ORG": float("nan")}}}, "they are numbers"),
        ({"label_calibration": {"slope": 1.0, "offsets": {"FIRM": 0.0}}}, "FIRM"),
        ({"label_calibration": {"slope": 1.0}}, "another form"),
        ({"label_calibration": [1.0, 0.0]}, "another form"),
        ({"calibration": [[0.1, 0.2, 0.3]]}, "another form"),
    ],
)
def test_damaged_curve_is_refused_with_the_file(meta, message):
    with pytest.raises(ModelError, match=f"meta.json: .*{message}"):
        read(**meta)
