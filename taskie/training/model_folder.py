"""Write a trained tagger as a folder that ``taskie.ner`` loads, with everything needed to judge it.

Boundary: trained weights in, files out; ``finish`` makes of them what is shipped.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from taskie import __version__
from taskie.ner.characters import Alphabet
from taskie.ner.decoding import TAGS
from taskie.ner.meta import write_meta
from taskie.ner.tagger import FORMAT, FORMAT_VERSION, NETWORK_FILE, Tagger
from taskie.training.batches import TrainingText
from taskie.training.network import TaggerNetwork, export_onnx
from taskie.training.weights import WEIGHTS_FILE, save_weights


def save_model(
    model: TaggerNetwork, alphabet: Alphabet, out: Path, *, scores: dict[str, Any], settings: dict[str, Any],
    training: Sequence[TrainingText], validation: Sequence[TrainingText], extra: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Write the model folder: network, weights to go on training from, and everything needed to judge it."""
    out.mkdir(parents=True, exist_ok=True)
    content = export_onnx(model)
    (out / NETWORK_FILE).write_bytes(content)
    save_weights(out / WEIGHTS_FILE, dict(model.state_dict()))
    meta = {
        "format": FORMAT, "format_version": FORMAT_VERSION, "taskie_version": __version__, "tags": list(TAGS),
        "characters": alphabet.characters, "pair_buckets": alphabet.pair_buckets,
        "known_pairs": alphabet.known_pairs,
        "transitions": [[round(float(x), 5) for x in row] for row in model.transitions.detach().numpy()],
        "network_sha256": hashlib.sha256(content).hexdigest(), "settings": settings, "scores": scores,
        "data": {"training": checksums(training), "validation": checksums(validation)}, **(extra or {}),
    }  # fmt: skip
    write_meta(out, meta)
    Tagger.load(out)


def checksums(texts: Sequence[TrainingText]) -> dict[str, Any]:
    """Return one checksum over all texts and annotations, and their number and size."""
    digest = hashlib.sha256()
    for text in sorted(texts, key=lambda t: t.name):
        digest.update(text.name.encode() + b"\0" + text.text.encode("utf-8", "surrogatepass") + b"\0")
        digest.update(json.dumps([[e.start, e.end, e.label] for e in text.entities]).encode())
    return {"documents": len(texts), "characters": sum(len(t.text) for t in texts), "sha256": digest.hexdigest()}
