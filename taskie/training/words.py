"""Train the segmentation model from texts whose words are parted by blanks.

    python -m taskie.training.words training/segmentation --out taskie/models/words_zh

Needs no extra and no network. Documents of the corpus' test split are held out, and the model is scored on them.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import random
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from taskie import __version__
from taskie.corpus.store import split_of
from taskie.errors import ReadError
from taskie.ner.meta import write_meta
from taskie.words import FORMAT, FORMAT_VERSION, MODEL_FILES, load_segmenter

EPOCHS = 20
# A feature seen so many times or less is left out: half the size for 0.2 points of F1.
RARE_FEATURES = 1


def read_segmented(folder: Path) -> dict[str, list[list[str]]]:
    """Return the lines of words of each ``*.txt`` file by its name; raises ``ReadError`` if there is none."""
    found = {}
    for path in sorted(folder.glob("*.txt")):
        lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
        found[path.stem] = [words for words in lines if words]
    if not found:
        raise ReadError(f"{folder} holds no segmented text; expected *.txt with words parted by blanks")
    return found


def train_words(folder: Path, out: Path, *, epochs: int = EPOCHS, seed: int = 1) -> dict[str, Any]:
    """Train on the documents of ``folder`` that are not held out, save to ``out``, and return the scores."""
    import spacy_pkuseg
    from spacy_pkuseg.config import config

    found = read_segmented(folder)
    held_out = {name: lines for name, lines in found.items() if split_of(name) == "test"}
    training = {name: lines for name, lines in found.items() if name not in held_out}
    if not training:
        raise ReadError(f"{folder}: all its documents are of the test split; none is left to train on")
    random.seed(seed)
    np.random.seed(seed)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, contextlib.redirect_stdout(io.StringIO()):
        texts = Path(scratch) / "training.txt"
        texts.write_text(_joined(training.values()), encoding="utf-8")
        # The trainer wants a text to score after each epoch; it decides nothing, so it is the training text.
        config.featureTrim = RARE_FEATURES
        spacy_pkuseg.train(str(texts), str(texts), scratch, train_iter=epochs)
        for name in MODEL_FILES:
            (out / name).write_bytes((Path(scratch) / name).read_bytes())
    _compress(out / "weights.npz")
    meta = {
        "format": FORMAT, "format_version": FORMAT_VERSION, "taskie_version": __version__,
        "settings": {"epochs": epochs, "seed": seed}, "data": {"training": _summary(training), "held_out": _summary(held_out)},
        "sha256": {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in MODEL_FILES},
    }  # fmt: skip
    write_meta(out, meta)
    meta["scores"] = score_words(load_segmenter(out), held_out.values(), _vocabulary(training.values()))
    write_meta(out, meta)
    return meta["scores"]  # type: ignore[return-value]


def score_words(segmenter: Any, documents: Iterable[list[list[str]]], known: set[str]) -> dict[str, float]:
    """Return precision, recall and F1 of words, and the recall of words that are not ``known``."""
    hit = gold_count = found_count = new = new_hit = 0
    for lines in documents:
        for words in lines:
            gold = set(_spans(words))
            # Blanks part words in these texts only; the model sees the line without them.
            predicted = set(_spans(segmenter.cut("".join(words))))
            fresh = {span for span, word in zip(_spans(words), words, strict=True) if word not in known}
            hit += len(gold & predicted)
            gold_count += len(gold)
            found_count += len(predicted)
            new += len(fresh)
            new_hit += len(fresh & predicted)
    precision, recall = hit / max(1, found_count), hit / max(1, gold_count)
    return {
        "precision": round(precision, 4), "recall": round(recall, 4),
        "f1": round(2 * precision * recall / (precision + recall), 4) if hit else 0.0,
        "new_words": new, "new_word_recall": round(new_hit / max(1, new), 4),
    }  # fmt: skip


def _spans(words: Sequence[str]) -> list[tuple[int, int]]:
    ends = np.cumsum([len(word) for word in words]).tolist()
    return list(zip([0, *ends[:-1]], ends, strict=True)) if words else []


def _vocabulary(documents: Iterable[list[list[str]]]) -> set[str]:
    return {word for lines in documents for words in lines for word in words}


def _joined(documents: Iterable[list[list[str]]]) -> str:
    return "".join(" ".join(words) + "\n" for lines in documents for words in lines)


def _summary(documents: dict[str, list[list[str]]]) -> dict[str, Any]:
    content = _joined(documents.values())
    return {
        "documents": sorted(documents),
        "words": len(content.split()),
        "characters": len("".join(content.split())),
        "sha256": hashlib.sha256(content.encode("utf-8")).hexdigest(),
    }


def _compress(path: Path) -> None:
    with np.load(path, allow_pickle=False) as arrays:
        content = {name: arrays[name] for name in arrays.files}
    np.savez_compressed(path, **content)


def main(argv: Sequence[str] | None = None) -> int:
    """Train from the command line."""
    parser = argparse.ArgumentParser(description="Train the segmentation model.")
    parser.add_argument("folder", type=Path, help="folder with *.txt, words parted by blanks")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help=f"passes over the texts (default: {EPOCHS})")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same model (default: 1)")
    args = parser.parse_args(argv)
    print(json.dumps(train_words(args.folder, args.out, epochs=args.epochs, seed=args.seed)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
