"""Tag texts of any length with a network that scores one window of characters at a time.

Boundary: windows, tag names and decoding, for networks other than taskie's own; what a network is stands in
``hanlp_backend`` and ``transformer_backend``.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from taskie.errors import ModelError
from taskie.ner.calibration import Calibration
from taskie.ner.decoding import OUTSIDE, TAGS, path_chances, transition_mask, viterbi
from taskie.ner.entities import read_entities
from taskie.records import LABELS, Entity

# Characters a window gives tags for, and what it sees beyond them on both sides.
CORE, MARGIN = 232, 24
BATCH = 32
# What other tag schemes call the places in a span: begin, inside, end, single; "" opens or goes on.
_BEGIN, _INSIDE = "BS", "IMELU"
_TAG = re.compile(r"^([BISMELU])[-_](.+)$")
NEVER = np.float32(-1e4)
LABELS_FILE = "taskie_labels.json"
# Where a window begins, where what it gives tags for begins and ends, where it ends.
Place = tuple[int, int, int, int]


class WindowNetwork(ABC):
    """A network that scores taskie's tags at each character of a window."""

    # The longest window it takes, in characters.
    longest: int = CORE + 2 * MARGIN

    @abstractmethod
    def score(self, windows: Sequence[str]) -> list[NDArray[np.float32]]:
        """Return the score of each tag at each character of each window; shapes (len(window), len(TAGS))."""


class WindowTagger:
    """A loaded model with the interface of ``taskie.ner.tagger.Tagger``; ``predict`` computes and changes nothing."""

    def __init__(self, path: Path, meta: dict[str, Any], network: WindowNetwork) -> None:
        self.path = path
        self.meta = meta
        self.files = tuple(sorted(str(p.relative_to(path)) for p in path.rglob("*") if p.is_file()))
        self._network = network
        self._transitions = transition_mask()
        self._calibration = Calibration.read(meta, path)

    def predict(self, text: str) -> tuple[Entity, ...]:
        """Return the entities of ``text`` in text order, without overlap, each with a confidence in [0, 1]."""
        return tuple(
            replace(entity, confidence=self._calibration.confidence(raw, entity.label))
            for entity, raw in self.predict_raw(text)
        )

    def predict_raw(self, text: str) -> tuple[tuple[Entity, float], ...]:
        """Return the entities, each with its raw score: the mean share of its tags, not calibrated."""
        if not text:
            return ()
        tags = np.empty(len(text), np.int8)
        sureness = np.empty(len(text), np.float32)
        for places, found in self._batches(text):
            scores = _pad(found)
            path = viterbi(scores, self._transitions)
            chances = path_chances(scores, path)
            for row, (begin, first, last, _) in enumerate(places):
                tags[first:last] = path[row, first - begin : last - begin]
                sureness[first:last] = chances[row, first - begin : last - begin]
        return read_entities(text, tags, sureness)

    def predict_batch(self, texts: Iterable[str]) -> Iterator[tuple[Entity, ...]]:
        """Yield the entities of each text, in the same order."""
        return map(self.predict, texts)

    def score(self, text: str) -> NDArray[np.float32]:
        """Return the score of each tag at each character; shape (len(text), len(TAGS))."""
        scores = np.empty((len(text), len(TAGS)), np.float32)
        for places, found in self._batches(text):
            for (begin, first, last, _), window in zip(places, found, strict=True):
                scores[first:last] = window[first - begin : last - begin]
        return scores

    def _batches(self, text: str) -> Iterator[tuple[list[Place], list[NDArray[np.float32]]]]:
        """Yield the places of a batch of windows and the scores in each; windows overlap by the margin on both sides."""
        core = self._network.longest - 2 * MARGIN
        places = [
            (max(0, first - MARGIN), first, min(first + core, len(text)), min(first + core + MARGIN, len(text)))
            for first in range(0, len(text), core)
        ]
        for i in range(0, len(places), BATCH):
            batch = places[i : i + BATCH]
            yield batch, self._network.score([text[begin:end] for begin, _, _, end in batch])


def _pad(windows: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Stack windows of several lengths; beyond its end a window is outside, which changes no tag before it."""
    scores = np.full((len(windows), max(map(len, windows)), len(TAGS)), NEVER, np.float32)
    scores[:, :, OUTSIDE] = 0
    for row, window in enumerate(windows):
        scores[row, : len(window)] = window
    return scores


def tag_columns(tags: Sequence[str], labels: Mapping[str, str | None], path: Path) -> list[list[int]]:
    """Return, for each of taskie's tags, the places of the network's tags that mean it.

    BIO, BMES, BIOES and BILOU are understood. ``labels`` says what a label of the network is called here;
    ``None`` is one to leave out. Raises ``ModelError`` on a label that is neither known nor in ``labels``.
    """
    columns: list[list[int]] = [[] for _ in TAGS]
    foreign = set()
    for place, tag in enumerate(tags):
        match = _TAG.match(tag)
        label = labels.get(match[2], match[2]) if match else None
        if match is None or label is None:
            columns[OUTSIDE].append(place)
        elif label not in LABELS:
            foreign.add(match[2])
        else:
            # U is the single of BILOU, and there is no other use of it.
            prefix = "B" if match[1] in _BEGIN or match[1] == "U" else "I"
            columns[TAGS.index(f"{prefix}-{label}")].append(place)
    if foreign:
        raise ModelError(
            f"{path}: its labels {sorted(foreign)} are none of {list(LABELS)}; say what they are called here in "
            f'{path / LABELS_FILE}, such as {{"{sorted(foreign)[0]}": "ORG"}}, with null for a label to leave out'
        )
    if not any(columns[1:]):
        raise ModelError(f"{path}: none of its tags {list(tags)[:12]} begins a span; expected such as B-ORG")
    return columns


def to_own_tags(scores: NDArray[np.float32], columns: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    """Return scores in taskie's tags: of several tags that mean one, the best counts; shape (length, len(TAGS))."""
    own = np.full((len(scores), len(TAGS)), NEVER, np.float32)
    for to, places in enumerate(columns):
        if places:
            own[:, to] = scores[:, list(places)].max(axis=1)
    return own
