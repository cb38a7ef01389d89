"""Read and write the models of links beside a tagger: ``links.json``, plain numbers by name.

Boundary: the file only; what the numbers mean is in ``confidence``. Version 1 had weights for units alone and is still read.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from taskie.errors import ModelError
from taskie.relations.confidence import SOURCES, Calibration, LinkModels, Logistic
from taskie.relations.decisions import DECIDED, KINDS

LINKS_FILE = "links.json"
FORMAT, VERSION = "taskie.links", 2


def save_links(models: LinkModels, path: Path, **about: object) -> None:
    """Write the models as JSON, with what they were trained on and measured by in ``about``."""
    kinds: dict[str, Any] = {}
    for kind in KINDS:
        scorer, calibration = models.scorers.get(kind), models.calibrations.get(kind)
        entry: dict[str, Any] = {}
        if calibration:
            entry["calibration"] = {
                "bias": calibration.bias,
                "weights": dict(zip(SOURCES, calibration.weights, strict=True)),
            }
        if scorer:
            entry |= {"bias": scorer.bias, "weights": dict(sorted(scorer.weights.items()))}
        if entry:
            kinds[kind] = entry
    data = {"format": FORMAT, "version": VERSION, "decides": sorted(models.decides), **about, "kinds": kinds}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def load_links(folder: Path) -> LinkModels | None:
    """Load the models of links beside a tagger; ``None`` if there are none. Raises ``ModelError`` on a file of another form."""
    path = folder / LINKS_FILE
    if not path.exists():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: cannot be read as JSON: {error}; copy it anew or train it again") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT or data.get("version") not in (1, VERSION):
        found = (data.get("format"), data.get("version")) if isinstance(data, dict) else type(data).__name__
        raise ModelError(f"{path}: expected format {FORMAT!r} of version 1 or {VERSION}, found {found}; train it again")
    return _version_1(path, data) if data["version"] == 1 else _version_2(path, data)


def _version_1(path: Path, data: Mapping[str, Any]) -> LinkModels:
    names, values = data.get("features"), data.get("weights")
    if not isinstance(names, list) or not isinstance(values, list) or len(names) != len(values):
        raise ModelError(f"{path}: 'features' and 'weights' must be lists of one length; train it again")
    weights = {
        str(name): _number(path, f"weights[{i}]", value)
        for i, (name, value) in enumerate(zip(names, values, strict=True))
    }
    return LinkModels({"unit": Logistic(weights, _number(path, "bias", data.get("bias")))})


def _version_2(path: Path, data: Mapping[str, Any]) -> LinkModels:
    kinds, decides = data.get("kinds"), data.get("decides", [])
    if not isinstance(kinds, dict) or not set(kinds) <= set(KINDS):
        raise ModelError(f"{path}: 'kinds' must be an object with some of {', '.join(KINDS)}; train it again")
    if not isinstance(decides, list) or not set(decides) <= set(DECIDED):
        raise ModelError(f"{path}: 'decides' must be a list of some of {', '.join(DECIDED)}, found {decides!r}")
    scorers, calibrations = {}, {}
    for kind, entry in kinds.items():
        entry = _object(path, kind, entry)
        if "weights" in entry:
            scorers[kind] = Logistic(_weights(path, kind, entry), _number(path, f"{kind}.bias", entry.get("bias")))
        if "calibration" in entry:
            where = f"{kind}.calibration"
            found = _object(path, where, entry["calibration"])
            weights = _weights(path, where, found)
            if set(weights) != set(SOURCES):
                raise ModelError(f"{path}: {where}.weights must name {', '.join(SOURCES)}, found {sorted(weights)}")
            bias = _number(path, f"{where}.bias", found.get("bias"))
            calibrations[kind] = Calibration(tuple(weights[name] for name in SOURCES), bias)
    return LinkModels(scorers, calibrations, frozenset(decides))


def _object(path: Path, where: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ModelError(f"{path}: {where} must be an object, found {type(value).__name__}")
    return value


def _weights(path: Path, where: str, entry: Mapping[str, Any]) -> dict[str, float]:
    found = _object(path, f"{where}.weights", entry.get("weights"))
    return {name: _number(path, f"{where}.weights[{name!r}]", value) for name, value in found.items()}


def _number(path: Path, where: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ModelError(f"{path}: {where} must be a finite number, found {value!r}; train it again")
    return float(value)
