"""From the tags of a text's characters to its entities.

Boundary: tags and how sure they are in, entities with raw scores out; both taggers read theirs so.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from taskie.ner.decoding import read_spans
from taskie.ner.spans import clean_spans
from taskie.records import Entity


def read_entities(text: str, tags: NDArray[np.int8], sureness: NDArray[np.float32]) -> tuple[tuple[Entity, float], ...]:
    """Return the entities in text order, without overlap, each with the mean of how sure its tags are.

    ``tags`` and ``sureness`` have shape (len(text),).
    """
    # Sums up to each place, in doubles: the mean of a span is a difference, however many spans there are.
    summed = np.concatenate(([0.0], np.cumsum(sureness, dtype=np.float64)))
    return tuple(
        (Entity(label, text[start:end], start, end), float(summed[end] - summed[start]) / (end - start))
        for start, end, label in clean_spans(text, read_spans(tags))
    )
