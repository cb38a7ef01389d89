"""Cut annotated texts into batches of windows for the tagger's network.

Boundary: texts and entities in, tensors out; nothing is learned here.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from taskie.ner.characters import Alphabet
from taskie.ner.decoding import TAGS
from taskie.ner.gazetteer import load_gazetteer
from taskie.records import LABELS, Entity
from taskie.training.soft_labels import FULL

# A window of fewer characters teaches nothing.
_SHORTEST = 9


@dataclass(frozen=True, slots=True)
class TrainingText:
    """A text with all its entities; ``weight`` scales its part in the loss.

    A text that teachers labelled has ``chances`` instead of entities: uint8 of shape (len(text), tags), ``FULL`` for 1.
    """

    name: str
    text: str
    entities: tuple[Entity, ...]
    weight: float = 1.0
    chances: NDArray[np.uint8] | None = field(default=None, compare=False)


class Window(NamedTuple):
    """A stretch of a text: the ids the network reads, the chances of the tags, and the text's weight."""

    arrays: list[NDArray[Any]]
    chances: NDArray[np.uint8]
    weight: float


class Batch(NamedTuple):
    """Windows of one length. Ids (int64) and ``known`` (bool) have shape (windows, length).

    Places that are not ``known`` fill a window at its end. ``chances`` of the tags are float32 of shape (windows, length,
    tags); ``weights`` have shape (windows,).
    """

    characters: torch.Tensor
    pairs: torch.Tensor
    classes: torch.Tensor
    vectors: torch.Tensor
    matches: torch.Tensor
    chances: torch.Tensor
    known: torch.Tensor
    weights: torch.Tensor

    def to(self, device: str) -> Batch:
        """Return the batch on ``device``."""
        return Batch._make(tensor.to(device, non_blocking=True) for tensor in self)


def tag_ids(text: str, entities: Sequence[Entity]) -> NDArray[np.int64]:
    """Return the BIO tag of each character; shape (len(text),)."""
    tags = np.zeros(len(text), np.int64)
    for entity in entities:
        begin = 1 + 2 * LABELS.index(entity.label)
        tags[entity.start : entity.end] = begin + 1
        tags[entity.start] = begin
    return tags


def batches(
    texts: Sequence[TrainingText], alphabet: Alphabet, *, window: int, size: int, rng: random.Random
) -> list[list[Window]]:
    """Cut each text into windows at a random offset, shuffle them, and put ``size`` of them together."""
    windows = []
    for text in texts:
        whole = whole_window(text, alphabet)
        first = -rng.randrange(window // 2)
        for start in range(first, len(text.text), window):
            begin, end = max(0, start), min(len(text.text), start + window)
            if end - begin >= _SHORTEST:
                windows.append(Window([a[begin:end] for a in whole.arrays], whole.chances[begin:end], text.weight))
    rng.shuffle(windows)
    return [windows[i : i + size] for i in range(0, len(windows), size)]


def whole_window(text: TrainingText, alphabet: Alphabet) -> Window:
    """Return a text as one window."""
    arrays = [*alphabet.encode(text.text), load_gazetteer().match(text.text)]
    return Window(arrays, _certain(text) if text.chances is None else text.chances, text.weight)


def _certain(text: TrainingText) -> NDArray[np.uint8]:
    chances = np.zeros((len(text.text), len(TAGS)), np.uint8)
    chances[np.arange(len(text.text)), tag_ids(text.text, text.entities)] = FULL
    return chances


def pad(windows: Sequence[Window]) -> Batch:
    """Bring the windows of a batch to one length."""
    longest = max(len(window.arrays[0]) for window in windows)
    stacked = [torch.zeros(len(windows), longest, dtype=torch.int64) for _ in windows[0].arrays]
    known = torch.zeros(len(windows), longest, dtype=torch.bool)
    chances = torch.zeros(len(windows), longest, len(TAGS))
    for row, window in enumerate(windows):
        length = len(window.arrays[0])
        for target, array in zip(stacked, window.arrays, strict=True):
            target[row, :length] = torch.from_numpy(array.astype(np.int64))
        known[row, :length] = True
        shares = torch.from_numpy(window.chances.astype(np.float32))
        chances[row, :length] = shares / shares.sum(1, keepdim=True)
    weights = torch.tensor([window.weight for window in windows], dtype=torch.float32)
    return Batch._make([*stacked, chances, known, weights])
