"""Say how sure a link of a task to a unit is: logistic regression over what the unit was read from.

Boundary: the rules of ``taskie.structure`` propose the links; here each gets a probability, learned from documents
whose units are annotated (``taskie.training.links``). Nothing is added or taken away.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from taskie.errors import ModelError
from taskie.records import Unit
from taskie.structure.bodies import looks_like_body
from taskie.structure.outline import TaskOutline

LINKS_FILE = "links.json"
FORMAT, VERSION = "taskie.links", 1
SOURCES = ("label", "column", "first_listed", "document_rule", "inherited", "sentence")
ROLES = ("lead", "responsible", "cooperating")
FEATURES = (
    *(f"source={source}" for source in SOURCES),
    *(f"role={role}" for role in ROLES),
    "tagged", "tagger_confidence", "looks_like_body", "short_name", "long_name", "many_units", "several_attributions", "in_table",
    "far_away", "outside_task", "white_space_inside", "long_task", "no_statement",
)  # fmt: skip
_SHORT, _LONG, _MANY, _FAR, _LONG_TASK = 3, 14, 8, 400, 1500


def unit_features(text: str, task: TaskOutline, unit: Unit, tagged: float | None) -> list[float]:
    """Return the features of one link, in the order of ``FEATURES``; ``tagged`` is the tagger's confidence, if it saw the body."""
    distance = min(abs(unit.start - task.statement.end), abs(unit.end - task.statement.start))
    flags = (
        tagged is not None, tagged or 0.0, looks_like_body(unit.name), len(unit.name) <= _SHORT, len(unit.name) >= _LONG,
        len(task.units) >= _MANY, len(task.attributions) > 1, task.in_table, distance > _FAR,
        not task.start <= unit.start < task.end, len(unit.name) < unit.end - unit.start, task.end - task.start > _LONG_TASK,
        task.statement.start == task.statement.end,
    )  # fmt: skip
    return [
        *(float(unit.source == source) for source in SOURCES),
        *(float(unit.role == role) for role in ROLES),
        *map(float, flags),
    ]


@dataclass(frozen=True, slots=True)
class LinkModel:
    """The weights, one a feature, and the bias; ``confidence`` is their logistic."""

    weights: tuple[float, ...]
    bias: float

    def confidence(self, features: Sequence[float]) -> float:
        """Return the probability in [0, 1] that a link with these features is right."""
        score = self.bias + sum(w * x for w, x in zip(self.weights, features, strict=True))
        return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score)))), 4)

    def save(self, path: Path, **about: object) -> None:
        """Write the model as JSON, with what it was trained on in ``about``."""
        data = {
            "format": FORMAT,
            "version": VERSION,
            "features": FEATURES,
            "weights": self.weights,
            "bias": self.bias,
            **about,
        }
        path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load_links(folder: Path) -> LinkModel | None:
    """Load the model of links beside a tagger; ``None`` if it has none. Raises ``ModelError`` on one of another form."""
    path = folder / LINKS_FILE
    if not path.exists():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != FORMAT or data["version"] != VERSION or tuple(data["features"]) != FEATURES:
            raise ModelError(f"{path}: made for other features or another version; train it anew")
        return LinkModel(tuple(map(float, data["weights"])), float(data["bias"]))
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: not a model of links: {error}") from error
