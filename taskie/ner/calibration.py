"""Turn a tagger's raw scores into confidences, by curves stored with the model as plain numbers.

Boundary: reading and applying; ``taskie.training.calibrate`` fits the curves.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from taskie.errors import ModelError
from taskie.odds import log_odds, probability
from taskie.records import LABELS

# Keys of a model's meta.json.
POINTS, BY_LABEL = "calibration", "label_calibration"
# Raw scores nearer to 0 and 1 than a ten-thousandth are taken for that: their log-odds are cut here.
MOST_RAW = math.log((1 - 1e-4) / 1e-4)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Two rising maps from raw scores to shares of right spans.

    ``points`` (raw, share) is one curve for all labels; a model's least confidences are counted on it. ``slope`` and
    ``offsets`` (by label) give the confidence that users see: logistic(slope * log odds of the raw score + offset), a
    temperature for all labels and a shift for each (Platt 1999; Guo et al. 2017, section 4.2). The slope is above 0, so
    that a higher score never gives a lower confidence. A label without offset has the curve's confidence.
    """

    points: tuple[tuple[float, float], ...] = ()
    slope: float = 1.0
    offsets: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def read(cls, meta: Mapping[str, Any], path: Path) -> Calibration:
        """Take the curves from a model's meta; raises ``ModelError`` if they are of another form or do not rise."""
        try:
            points = tuple((float(raw), float(share)) for raw, share in meta.get(POINTS) or ())
            scale = meta.get(BY_LABEL) or {"slope": 1.0, "offsets": {}}
            slope, offsets = float(scale["slope"]), {str(k): float(v) for k, v in scale["offsets"].items()}
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ModelError(f"{path}: {POINTS} or {BY_LABEL} is of another form ({error!r}); fit it anew") from error
        if not 0 < slope < math.inf or not all(map(math.isfinite, offsets.values())):
            raise ModelError(
                f"{path}: {BY_LABEL} has slope {slope}, offsets {offsets}; they are numbers, the slope above 0"
            )
        unknown = sorted(set(offsets) - set(LABELS))
        if unknown:
            raise ModelError(f"{path}: {BY_LABEL} names {unknown}; labels are {', '.join(LABELS)}")
        return cls(points, slope, offsets)

    def pooled(self, raw: float) -> float:
        """Return the share of spans with that raw score, of any label, that were right when the curve was fitted."""
        if not self.points:
            return round(raw, 4)
        return round(_interpolate(raw, self.points), 4)

    def confidence(self, raw: float, label: str) -> float:
        """Return the confidence in [0, 1] to show for a span of ``label`` with that raw score."""
        if label not in self.offsets:
            return self.pooled(raw)
        return probability(self.slope * log_odds(raw, most=MOST_RAW) + self.offsets[label])


def _interpolate(raw: float, points: tuple[tuple[float, float], ...]) -> float:
    i = bisect_right(points, (raw, math.inf))
    if i in (0, len(points)):
        return points[0][1] if i == 0 else points[-1][1]
    (left, low), (right, high) = points[i - 1], points[i]
    return low + (high - low) * (raw - left) / (right - left)
