"""Learn how sure links of tasks to units are, from documents whose units are annotated.

Boundary: predicted links and gold in, weights out; scikit-learn does the fitting, the features are ``relations.confidence``'s.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from taskie.evaluation.calibration import bins_of, expected_error
from taskie.evaluation.gold import Gold
from taskie.extractor import Extractor
from taskie.relations.confidence import LinkModel, unit_features
from taskie.structure.lookalikes import replace_lookalikes

MIN_LINKS = 200


def link_examples(extractor: Extractor, golds: Sequence[Gold]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return (features, right) of every predicted link; shapes (links, features) and (links,)."""
    rows: list[list[float]] = []
    right: list[int] = []
    for gold in golds:
        if "records" not in gold.layers:
            continue
        # Gold names are as printed; look-alike characters are replaced in what is read.
        known = {
            (task.start, replace_lookalikes(unit.name), unit.role)
            for task in gold.document.tasks
            for unit in task.units
        }
        text, outline, entities = extractor.outline(gold.document.text)
        sure = {(e.start, e.end): e.confidence or 0.0 for e in entities if e.label == "ORG"}
        for task in outline.tasks:
            for unit in task.units:
                rows.append(unit_features(text, task, unit, sure.get((unit.start, unit.end))))
                right.append(int((task.start, unit.name, unit.role) in known))
    return np.array(rows, np.float64), np.array(right, np.int64)


def train_links(extractor: Extractor, golds: Sequence[Gold], *, seed: int = 1) -> LinkModel | None:
    """Fit the model; ``None`` where there are too few links, or none of them is wrong, to learn from."""
    rows, right = link_examples(extractor, golds)
    if len(right) < MIN_LINKS or len(set(right.tolist())) < 2:
        return None
    model = LogisticRegression(C=0.5, max_iter=2000, random_state=seed).fit(rows, right)
    weights = tuple(round(float(w), 5) for w in model.coef_[0])
    return LinkModel(weights, round(float(model.intercept_[0]), 5))


def calibration_error(
    model: LinkModel, rows: NDArray[np.float64], right: NDArray[np.int64], *, bins: int = 10
) -> float:
    """Return the expected calibration error over ``bins`` of equal width (Guo et al. 2017, equation 3)."""
    sure = [model.confidence(row) for row in rows.tolist()]
    return expected_error(bins_of(sure, [bool(hit) for hit in right], bins=bins))
