"""Fit what a model's confidences mean, on documents it was not trained on.

Boundary: a model folder and annotated documents in, a few plain numbers in ``meta.json`` and ``links.json`` out; the
network is not touched, and what it finds and leaves out stays the same.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from taskie.errors import ModelError
from taskie.evaluation.calibration import confidence_figures, judge
from taskie.evaluation.gold import Gold
from taskie.extractor import Extractor, load
from taskie.ner.calibration import BY_LABEL, MOST_RAW
from taskie.ner.loading import EntityTagger
from taskie.ner.meta import META_FILE, write_meta
from taskie.odds import log_odds
from taskie.records import LABELS
from taskie.relations.link_file import LINKS_FILE, load_links, save_links
from taskie.structure.lookalikes import replace_lookalikes
from taskie.training.link_examples import with_records
from taskie.training.links import calibration_errors, fit_calibrations
from taskie.training.platt import fit_platt

# With fewer spans, or none wrong among them, nothing is fitted.
MIN_SPANS = 50


@dataclass(frozen=True, slots=True)
class Calibrated:
    """Calibration figures (``confidence_figures``) before and after, and which parts were fitted."""

    before: dict[str, dict[str, Any]]
    after: dict[str, dict[str, Any]]
    entities: bool
    links: bool


def raw_examples(tagger: EntityTagger, golds: Sequence[Gold]) -> list[tuple[str, float, bool]]:
    """Return (label, raw score, right) of every entity that the tagger finds and extraction keeps with a confidence.

    Those that the structure knows anyway or drops are not what a confidence is shown for.
    """
    extractor = Extractor(tagger)
    found = []
    for gold in golds:
        text = replace_lookalikes(gold.document.text)
        raw = {(e.start, e.end, e.label): score for e, score in tagger.predict_raw(text)}
        known = {(e.start, e.end, e.label) for e in gold.document.entities}
        for entity in extractor.extract(gold.document.text).entities:
            key = (entity.start, entity.end, entity.label)
            inside = any(a <= entity.start and entity.end <= b for a, b in gold.annotated)
            if key in raw and entity.confidence is not None and inside:
                found.append((entity.label, raw[key], key in known))
    return found


def fit_labels(examples: Sequence[tuple[str, float, bool]]) -> dict[str, Any] | None:
    """Fit one slope and an offset for each label by logistic regression on the log odds of raw scores.

    One slope for all and a weak prior keep labels with few or no wrong spans at sensible values. Returns what
    ``Calibration.read`` takes; ``None`` with fewer than ``MIN_SPANS`` examples, with none wrong or none right, or where a
    higher score does not mean more often right.
    """
    present = [label for label in LABELS if any(label == own for own, _, _ in examples)]
    rows = [[log_odds(raw, most=MOST_RAW), *(float(label == own) for own in present)] for label, raw, _ in examples]
    fit = fit_platt(rows, [hit for _, _, hit in examples], least=MIN_SPANS, rising=True)
    if fit is None:
        return None
    slope, *shifts = fit.weights
    return {
        "slope": round(slope, 4),
        "offsets": {label: round(fit.bias + shift, 4) for label, shift in zip(present, shifts, strict=True)},
        "spans": len(examples),
    }


def calibrate_folder(folder: Path, golds: Sequence[Gold]) -> Calibrated:
    """Fit the confidences of the model in ``folder`` anew and write them there; fitting twice changes nothing more.

    Raises ``ModelError`` if the folder is no model, or one whose confidences cannot be stored, as a bare transformer's.
    """
    model = load(folder)
    if not (folder / META_FILE).is_file():
        raise ModelError(
            f"{folder}: no {META_FILE} to store confidences in; only taskie's own and HanLP's folders have one"
        )
    before = _figures(model, golds)
    entities = store_labels(folder, fit_labels(raw_examples(model.tagger, golds)))
    links = calibrate_links(folder, golds)
    return Calibrated(before, _figures(load(folder), golds), entities, links)


def store_labels(folder: Path, fitted: dict[str, Any] | None) -> bool:
    """Write the fit into the model's ``meta.json``; ``None`` leaves the file as it is, and the answer is then ``False``."""
    if fitted is None:
        return False
    meta = json.loads((folder / META_FILE).read_text(encoding="utf-8"))
    meta[BY_LABEL] = fitted
    write_meta(folder, meta)
    return True


def calibrate_links(folder: Path, golds: Sequence[Gold]) -> bool:
    """Fit the confidences of links beside the tagger anew, kind by kind where there is enough gold; tell whether any was."""
    links = load_links(folder)
    documents = with_records(golds)
    if links is None or not documents:
        return False
    model = load(folder)
    fitted = fit_calibrations(Extractor(model.tagger, words=model.words), links, (), documents)
    if not fitted:
        return False
    calibrated = replace(links, calibrations={**links.calibrations, **fitted})
    data = json.loads((folder / LINKS_FILE).read_text(encoding="utf-8"))
    about = {key: data[key] for key in ("trained_on", "calibration_error") if key in data}
    errors = calibration_errors(load(folder), calibrated, documents)
    save_links(calibrated, folder / LINKS_FILE, **about, calibrated_with_error=errors)
    return True


def _figures(extractor: Extractor, golds: Sequence[Gold]) -> dict[str, dict[str, Any]]:
    judged = [j for gold in golds for j in judge(gold, extractor.extract(gold.document.text))]
    return confidence_figures(judged)
