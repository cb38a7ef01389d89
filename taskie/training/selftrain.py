"""Label raw text with several trained taggers together, for a student to learn from (self-training, distillation).

Boundary: text in, training texts out. The mean of the teachers' scores decides; texts they doubt are left out. Method:
Hinton et al. 2015 for the ensemble's labels, Yarowsky 1995 for learning from them; hard labels, since the student's
CRF is trained on tags.
"""

from __future__ import annotations

import lzma
import random
from collections.abc import Callable, Sequence
from pathlib import Path

from taskie.errors import ReadError
from taskie.ner.tagger import Tagger
from taskie.training.tagger import TrainingText

# Paragraphs are put together into texts of about this many characters, so that windows are filled.
TEXT_LENGTH = 2200
# This share of the texts is left out: those whose tags the teachers are least sure of.
DOUBTED = 0.15
_MIN_PARAGRAPH, _MAX_PARAGRAPH = 12, 1500


def read_raw(path: Path) -> list[str]:
    """Return the paragraphs of a text file, a line each, plain or ``.xz``; raises ``ReadError``."""
    try:
        content = (lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()).decode("utf-8")
    except (OSError, ValueError, lzma.LZMAError) as error:
        raise ReadError(f"{path}: not a readable text file: {error}") from error
    lines = dict.fromkeys(line.strip() for line in content.splitlines())
    return [line for line in lines if _MIN_PARAGRAPH <= len(line) <= _MAX_PARAGRAPH]


def joined(paragraphs: Sequence[str]) -> list[str]:
    """Return texts of several paragraphs each, of at least ``TEXT_LENGTH`` characters but for the last."""
    texts, held = [], ""
    for paragraph in paragraphs:
        held += paragraph + "\n"
        if len(held) >= TEXT_LENGTH:
            texts.append(held)
            held = ""
    return [*texts, held] if held else texts


def label_raw(
    teachers: Sequence[Tagger], paragraphs: Sequence[str], *, weight: float, name: str = "raw"
) -> list[TrainingText]:
    """Return training texts of several paragraphs each, labelled by the mean of the teachers' scores."""
    found: list[tuple[float, TrainingText]] = []
    for number, text in enumerate(joined(paragraphs)):
        entities, sureness = teachers[0].predict_together(text, teachers)
        found.append((sureness, TrainingText(f"{name}_{number}", text, entities, weight)))
    found.sort(key=lambda pair: pair[0])
    return [text for _, text in found[int(DOUBTED * len(found)) :]]


def sampler(texts: Sequence[TrainingText], characters: int) -> Callable[[random.Random], list[TrainingText]]:
    """Return a function that draws texts of about ``characters`` in all, without repeating any before all were drawn."""
    queue: list[TrainingText] = []

    def draw(rng: random.Random) -> list[TrainingText]:
        drawn: list[TrainingText] = []
        total = 0
        while texts and total < characters:
            if not queue:
                queue.extend(rng.sample(list(texts), len(texts)))
            drawn.append(queue.pop())
            total += len(drawn[-1].text)
        return drawn

    return draw
