"""Make a trained model ready to ship: weights of 8 bits, confidences that mean something.

Boundary: from a folder of the trainer to a folder that ``taskie.load`` takes.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Sequence
from pathlib import Path

from taskie.evaluation.gold import Gold
from taskie.ner.calibration import BY_LABEL, POINTS
from taskie.ner.loading import EntityTagger
from taskie.ner.meta import META_FILE, write_meta
from taskie.ner.tagger import NETWORK_FILE, Tagger
from taskie.records import Document
from taskie.training.batches import TrainingText
from taskie.training.calibrate import fit_labels, raw_examples, store_labels
from taskie.training.weights import WEIGHTS_FILE

# Bodies and projects that are right less often than this, by the curve of all labels, are left out: real documents have more of them than written ones.
LEAST_CONFIDENCE = {"ORG": 0.6, "PROJECT": 0.6}


def finish_model(source: Path, out: Path, validation: Sequence[TrainingText]) -> None:
    """Write the model to ship: weights as 8-bit integers, confidences fitted on the validation documents."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    out.mkdir(parents=True, exist_ok=True)
    # It would advise a pre-processing that changes nothing for these networks.
    root = logging.getLogger()
    root.addFilter(_no_advice)
    try:
        quantize_dynamic(
            source / NETWORK_FILE,
            out / NETWORK_FILE,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["LSTM", "MatMul", "Gemm"],
        )
    finally:
        root.removeFilter(_no_advice)
    shutil.copy(source / WEIGHTS_FILE, out / WEIGHTS_FILE)
    meta = json.loads((source / META_FILE).read_text(encoding="utf-8"))
    meta["network_sha256"] = hashlib.sha256((out / NETWORK_FILE).read_bytes()).hexdigest()
    meta.pop(BY_LABEL, None)
    meta[POINTS] = []
    write_meta(out, meta)
    meta[POINTS] = fit_calibration(Tagger.load(out), validation)
    meta["least_confidence"] = LEAST_CONFIDENCE if meta[POINTS] else {}
    write_meta(out, meta)
    fit_shown_confidence(out, Tagger.load(out), validation)


def fit_shown_confidence(folder: Path, tagger: EntityTagger, validation: Sequence[TrainingText]) -> bool:
    """Fit the confidences by label that users see, and store them with the model in ``folder``.

    It comes last: it is fitted on what extraction keeps, and that depends on the model's least confidences. Tells whether
    there were enough spans.
    """
    golds = [
        Gold(text.name, Document(text=text.text, entities=text.entities), ((0, len(text.text)),), ("entities",))
        for text in validation
    ]
    return store_labels(folder, fit_labels(raw_examples(tagger, golds)))


def _no_advice(record: logging.LogRecord) -> bool:
    return "pre-processing before quantization" not in record.getMessage()


def fit_calibration(tagger: EntityTagger, texts: Sequence[TrainingText]) -> list[list[float]]:
    """Return points (raw score, share of right spans), rising, by isotonic regression over the spans of ``texts``.

    It is one curve for all labels: least confidences are counted on it. What users see is fitted by label (``calibrate``).
    """
    import numpy as np
    from sklearn.isotonic import IsotonicRegression

    raw, right = [], []
    for text in texts:
        gold = {(e.start, e.end, e.label) for e in text.entities}
        for entity, score in tagger.predict_raw(text.text):
            raw.append(score)
            right.append(float((entity.start, entity.end, entity.label) in gold))
    if len(raw) < 50:
        return []
    model = IsotonicRegression(out_of_bounds="clip", y_min=0.0, y_max=1.0).fit(raw, right)
    grid = np.unique(np.quantile(raw, np.linspace(0, 1, 25)))
    return [[round(float(x), 4), round(float(y), 4)] for x, y in zip(grid, model.predict(grid), strict=True)]
