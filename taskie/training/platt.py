"""Fit the logistic regression that turns scores into chances (Platt 1999).

Boundary: rows of scores and whether they were right in, plain weights out; which scores are taken and what the weights
mean is the business of ``calibrate`` and ``links``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression


@dataclass(frozen=True, slots=True)
class PlattFit:
    """Log-odds of being right: ``bias`` plus ``weights`` times the scores of a row, in its order."""

    weights: tuple[float, ...]
    bias: float


def can_be_fitted(right: Sequence[bool], least: int) -> bool:
    """Tell whether there are at least ``least`` examples, right ones and wrong ones among them."""
    return len(right) >= least and len(set(right)) == 2


def fit_platt(
    rows: Sequence[Sequence[float]], right: Sequence[bool], *, least: int, rising: bool = False
) -> PlattFit | None:
    """Fit the chance to be right from rows of scores, all of one length, with a weak prior on the weights.

    ``None`` where the examples are too few or all alike (``can_be_fitted``), or where with ``rising`` a higher first score
    does not mean more often right.
    """
    if not can_be_fitted(right, least):
        return None
    model = LogisticRegression(C=1.0, max_iter=2000).fit(np.array(rows), np.array(right, np.int64))
    weights = tuple(float(weight) for weight in model.coef_[0])
    if rising and weights[0] <= 0:
        return None
    return PlattFit(weights, float(model.intercept_[0]))
