"""Keep a sample of the texts a model learned from beside it, so that training on new ones does not forget the old.

Boundary: texts written for the corpus only, never those of stand-off gold; one JSON object a line, compressed.
"""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Sequence
from pathlib import Path

from taskie.errors import ReadError
from taskie.records import Entity
from taskie.training.batches import TrainingText

REPLAY_FILE = "replay.jsonl.xz"
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
    path.write_bytes(lzma.compress("".join(lines).encode("utf-8"), preset=9))


def _line(text: TrainingText, split: str) -> str:
    entities = [[e.start, e.end, e.label] for e in text.entities]
    return (
        json.dumps({"id": text.name, "split": split, "text": text.text, "entities": entities}, ensure_ascii=False)
        + "\n"
    )


def read_replay(path: Path) -> dict[str, list[TrainingText]]:
    """Return the texts of each split; empty lists if there is no such file. Raises ``ReadError`` on a damaged one."""
    found: dict[str, list[TrainingText]] = {split: [] for split in SPLITS}
    if not path.exists():
        return found
    try:
        # Not splitlines: a text may hold other line breaks (U+2028), which JSON leaves as they are.
        for line in lzma.decompress(path.read_bytes()).decode("utf-8").rstrip("\n").split("\n"):
            item = json.loads(line)
            entities = tuple(Entity(label, item["text"][a:b], a, b) for a, b, label in item["entities"])
            found[item["split"]].append(TrainingText(item["id"], item["text"], entities))
    except (OSError, ValueError, KeyError, lzma.LZMAError) as error:
        raise ReadError(f"{path}: not a readable replay file: {error}") from error
    return found
