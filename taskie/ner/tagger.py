"""The trained tagger: text in, entities out, by ONNX Runtime and numpy alone.

Boundary: one model folder, no training code, no spaCy; the spaCy component in ``component`` wraps this.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from taskie.errors import ModelError
from taskie.ner.calibration import Calibration
from taskie.ner.characters import Alphabet
from taskie.ner.decoding import TAGS, path_chances, transition_mask, viterbi
from taskie.ner.entities import read_entities
from taskie.ner.gazetteer import load_gazetteer
from taskie.ner.meta import META_FILE
from taskie.records import Entity

if TYPE_CHECKING:
    import onnxruntime

FORMAT = "taskie.tagger"
FORMAT_VERSION = 2
NETWORK_FILE = "network.onnx"
INPUTS = ("characters", "pairs", "classes", "known", "matches")
# Most characters a window gives tags for, and what it sees beyond them on both sides.
CORE, MARGIN = 464, 24
BATCH = 32
# So many batches are decoded at once; more would save nothing and take memory.
DECODED_BATCHES = 8
# Where the first window's core starts, scores (windows, length, tags), where a core starts in a window, its length.
_Scored: TypeAlias = tuple[int, NDArray[np.float32], int, int]


def default_model_path() -> Path:
    """Return the folder of the shipped model."""
    return Path(__file__).parent.parent / "models" / "notice_zh"


class Tagger:
    """A loaded model. ``predict`` computes and changes nothing; one object may serve several threads.

    ``transitions`` are the CRF's scores (from, to), shape (tags, tags), with steps that cannot be forbidden.
    """

    files: tuple[str, ...] = (META_FILE, NETWORK_FILE)

    def __init__(self, path: Path, meta: dict[str, Any], session: onnxruntime.InferenceSession) -> None:
        self.path = path
        self.meta = meta
        self._session = session
        self._alphabet = _alphabet(path, meta)
        # A network without vectors of pairs has no input for them.
        self._inputs = [place.name for place in session.get_inputs()]
        self.transitions = np.asarray(meta["transitions"], np.float32) + transition_mask()
        self._least = {label: float(share) for label, share in meta.get("least_confidence", {}).items()}
        self._calibration = Calibration.read(meta, path / META_FILE)

    @classmethod
    def load(cls, path: str | Path) -> Tagger:
        """Load a model folder.

        Raises ``ModelError`` if a file is missing, of another format or version, or does not match
        the checksum stored with the model.
        """
        path = Path(path)
        meta = _read_meta(path)
        network = path / NETWORK_FILE
        if not network.is_file():
            raise ModelError(f"{path}: {NETWORK_FILE} is missing; the model folder is incomplete")
        content = network.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if digest != meta["network_sha256"]:
            raise ModelError(
                f"{network}: checksum {digest[:12]}… is not the stored {meta['network_sha256'][:12]}…; the file is damaged"
            )
        return cls(path, meta, _open_session(content, network))

    def predict(self, text: str) -> tuple[Entity, ...]:
        """Return the entities of ``text`` in text order, without overlap, each with a confidence in [0, 1].

        A model may name a least confidence for a label; what is below it, counted on the curve of all labels, is left out.
        """
        curve = self._calibration
        return tuple(
            Entity(entity.label, entity.text, entity.start, entity.end, curve.confidence(raw, entity.label))
            for entity, raw in self.predict_raw(text)
            if entity.label not in self._least or curve.pooled(raw) >= self._least[entity.label]
        )

    def predict_raw(self, text: str) -> tuple[tuple[Entity, float], ...]:
        """Return all entities the network sees, each with its raw score: the mean share of its tags, not calibrated."""
        if not text:
            return ()
        tags = np.empty(len(text), np.int8)
        sureness = np.empty(len(text), np.float32)
        for start, emissions, offset, core in _grouped(self._emissions(text)):
            path = viterbi(emissions, self.transitions)
            chances = path_chances(emissions, path)
            end = min(start + len(path) * core, len(text))
            tags[start:end] = path[:, offset : offset + core].reshape(-1)[: end - start]
            sureness[start:end] = chances[:, offset : offset + core].reshape(-1)[: end - start]
        return read_entities(text, tags, sureness)

    def score(self, text: str) -> NDArray[np.float32]:
        """Return the score of each tag at each character; shape (len(text), tags)."""
        scores = np.empty((len(text), len(TAGS)), np.float32)
        for start, emissions, offset, core in self._emissions(text):
            for row in range(len(emissions)):
                begin = start + row * core
                end = min(begin + core, len(text))
                scores[begin:end] = emissions[row, offset : offset + end - begin]
        return scores

    def predict_batch(self, texts: Iterable[str]) -> Iterator[tuple[Entity, ...]]:
        """Yield the entities of each text, in the same order."""
        return map(self.predict, texts)

    def _emissions(self, text: str) -> Iterator[_Scored]:
        """Yield ``(start, scores (windows, length, tags), offset of the core, length of the core)`` in batches of windows.

        Windows overlap by the margin on both sides. They share a text evenly, so that little of the last one is padding;
        a text that fits one window is run at its own length.
        """
        named = dict(zip(INPUTS, (*self._alphabet.encode(text), load_gazetteer().match(text)), strict=True))
        arrays = tuple(named[name] for name in self._inputs)
        if len(text) <= CORE + 2 * MARGIN:
            yield 0, self._run([a[None] for a in arrays]), 0, len(text)
            return
        count = -(-len(text) // CORE)
        core = -(-len(text) // count)
        behind = count * core - len(text) + MARGIN
        padded = [np.pad(a, (MARGIN, behind)) for a in arrays]
        views = [np.lib.stride_tricks.sliding_window_view(a, core + 2 * MARGIN)[::core] for a in padded]
        for first in range(0, count, BATCH):
            batch = [np.ascontiguousarray(v[first : first + BATCH]) for v in views]
            yield first * core, self._run(batch), MARGIN, core

    def _run(self, batch: list[NDArray[np.int32]]) -> NDArray[np.float32]:
        (scores,) = self._session.run(None, dict(zip(self._inputs, batch, strict=True)))
        return np.asarray(scores, np.float32)


def _grouped(batches: Iterable[_Scored]) -> Iterator[_Scored]:
    """Join neighbouring batches of windows, to decode many at once; all of a text have one offset and one core."""
    held: list[_Scored] = []
    for batch in batches:
        held.append(batch)
        if len(held) == DECODED_BATCHES:
            yield _joined(held)
            held = []
    if held:
        yield _joined(held)


def _joined(batches: list[_Scored]) -> _Scored:
    start, _, offset, core = batches[0]
    return start, np.concatenate([scores for _, scores, _, _ in batches]), offset, core


def _read_meta(path: Path) -> dict[str, Any]:
    file = path / META_FILE
    if not file.is_file():
        raise ModelError(f"{path} is no model folder: {META_FILE} is missing")
    try:
        meta = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelError(f"{file}: not JSON: {error}") from error
    if not isinstance(meta, dict) or meta.get("format") != FORMAT:
        raise ModelError(f"{file}: not a {FORMAT} model")
    if meta.get("format_version") != FORMAT_VERSION:
        raise ModelError(f"{file}: format version {meta.get('format_version')!r}; this taskie reads {FORMAT_VERSION}")
    if tuple(meta.get("tags", ())) != TAGS:
        raise ModelError(f"{file}: the tags {meta.get('tags')!r} are not {TAGS!r}")
    return meta


def _alphabet(path: Path, meta: dict[str, Any]) -> Alphabet:
    pairs = meta.get("known_pairs", "")
    try:
        return Alphabet.build(meta["characters"], pair_buckets=meta["pair_buckets"], known_pairs=pairs)
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path / META_FILE}: its characters or known pairs are damaged: {error}") from error


def _open_session(content: bytes, file: Path) -> onnxruntime.InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread: windows are run in batches, and many processes may run side by side.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises classes of its own that share no base
        raise ModelError(f"{file}: not a network ONNX Runtime can open: {error}") from error
