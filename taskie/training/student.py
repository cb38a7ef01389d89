"""What a student learns from its teachers: texts with soft labels, some of them in each epoch.

Boundary: files of soft labels in, training texts out.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from taskie.training.batches import TrainingText
from taskie.training.soft_labels import SoftLabels


def taught_texts(paths: Sequence[Path], weight: float) -> list[TrainingText]:
    """Return the texts of files of soft labels; raises ``ModelError`` if a file is none."""
    texts = []
    for path in paths:
        labels = SoftLabels.load(path)
        texts += [
            TrainingText(name, labels.texts[name], (), weight, chances) for name, chances in labels.of_texts().items()
        ]
    return texts


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
