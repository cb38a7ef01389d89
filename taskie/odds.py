"""Log-odds of probabilities, and back: the one scale on which scores are added, weighed and cut off.

Boundary: arithmetic only; what a score means and where it is cut off is the business of those who use it.
"""

from __future__ import annotations

import math

# Log-odds beyond this are 0 or 1 at any precision that is shown, and small enough for ``math.exp``.
_FURTHEST = 30.0


def log_odds(share: float, *, most: float) -> float:
    """Return the logarithm of the odds of a share in [0, 1], in [-most, most], so that it is finite at the ends too."""
    if share <= 0.0 or share >= 1.0:
        return most if share >= 1.0 else -most
    return max(-most, min(most, math.log(share / (1.0 - share))))


def probability(score: float) -> float:
    """Return the share in [0, 1] with these log-odds (the logistic function), to four places."""
    return round(1.0 / (1.0 + math.exp(-max(-_FURTHEST, min(_FURTHEST, score)))), 4)
