"""Keep texts of a model's corpus beside it, so that training on new ones does not forget the old, and is seen where it does.

Boundary: texts written for the corpus only, never those of stand-off gold; one JSON object a line, compressed.
"""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from taskie.errors import ReadError
from taskie.evaluation.gold import Gold
from taskie.records import Document, Entity
from taskie.training.batches import TrainingText

REPLAY_FILE = "replay.jsonl.xz"
VALIDATION_FILE = "validation.jsonl.xz"
SPLITS = ("train", "validation")


def write_replay(
    path: Path, training: Sequence[TrainingText], validation: Sequence[TrainingText], *, characters: int, seed: int = 1
) -> None:
    """Write a random sample of ``training`` of about ``characters``, and all of ``validation``."""
    rng = random.Random(seed)
    sample: list[TrainingText] = []
    total = 0
    for text in rng.sample(list(training), len(training)):
        if total >= characters:
            break
        sample.append(text)
        total += len(text.text)
    lines = [_line(text, split) for split, texts in zip(SPLITS, (sample, validation), strict=True) for text in texts]
    _write(path, lines)


def _line(text: TrainingText, split: str) -> dict[str, Any]:
    entities = [[e.start, e.end, e.label] for e in text.entities]
    return {"id": text.name, "split": split, "text": text.text, "entities": entities}


def read_replay(path: Path) -> dict[str, list[TrainingText]]:
    """Return the texts of each split; empty lists if there is no such file. Raises ``ReadError`` on a damaged one."""
    found: dict[str, list[TrainingText]] = {split: [] for split in SPLITS}
    try:
        for item in _read(path):
            entities = tuple(Entity(label, item["text"][a:b], a, b) for a, b, label in item["entities"])
            found[item["split"]].append(TrainingText(item["id"], item["text"], entities))
    except (OSError, ValueError, KeyError, lzma.LZMAError) as error:
        raise ReadError(f"{path}: not a readable replay file: {error}") from error
    return found


def write_validation(path: Path, golds: Sequence[Gold]) -> None:
    """Write the documents with records among ``golds``, to see later whether a training lost any of their records."""
    _write(path, [{"id": g.name, "document": g.document.to_dict()} for g in golds if "records" in g.layers])


def read_validation(path: Path) -> list[Gold]:
    """Return the documents with records; none if there is no such file. Raises ``ReadError`` on a damaged one."""
    golds = []
    try:
        for item in _read(path):
            document = Document.from_dict(item["document"])
            golds.append(Gold(item["id"], document, ((0, len(document.text)),)))
    except (OSError, ValueError, KeyError, lzma.LZMAError) as error:
        raise ReadError(f"{path}: not a readable file of validation documents: {error}") from error
    return golds


def _write(path: Path, lines: Sequence[dict[str, Any]]) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_bytes(lzma.compress(text.encode("utf-8"), preset=9))


def _read(path: Path) -> Iterator[dict[str, Any]]:
    if not path.exists():
        return
    # Not splitlines: a text may hold other line breaks (U+2028), which JSON leaves as they are.
    for line in lzma.decompress(path.read_bytes()).decode("utf-8").split("\n"):
        if line:
            yield json.loads(line)
