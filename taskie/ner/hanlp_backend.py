"""HanLP's recurrent tagger as a second backend: a folder that ``taskie.training.hanlp`` wrote.

Boundary: the network is built by HanLP and filled from plain numbers. HanLP's own files, a pickle of weights and a
config that names classes to import, are never part of the folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from taskie.errors import MissingDependencyError, ModelError
from taskie.ner.characters import PAD, UNKNOWN, normal_character
from taskie.ner.meta import META_FILE, write_meta
from taskie.ner.windows import WindowNetwork, WindowTagger, tag_columns, to_own_tags

if TYPE_CHECKING:
    import torch

FORMAT = "taskie.hanlp"
FORMAT_VERSION = 1
WEIGHTS_FILE = "weights.npz"


class HanlpNetwork(WindowNetwork):
    """HanLP's ``RNNTaggingModel`` over characters in the form in which the own tagger looks them up."""

    def __init__(self, model: torch.nn.Module, characters: str, columns: Sequence[Sequence[int]]) -> None:
        self._model = model.eval()
        self._ids = {c: i + 2 for i, c in enumerate(characters)}
        self._columns = columns

    def score(self, windows: Sequence[str]) -> list[NDArray[np.float32]]:
        """Return the score of each tag at each character of each window."""
        import torch

        # The network packs its input and wants the longest first.
        order = sorted(range(len(windows)), key=lambda i: -len(windows[i]))
        ids = np.full((len(windows), len(windows[order[0]])), PAD, np.int64)
        for row, i in enumerate(order):
            ids[row, : len(windows[i])] = [self._ids.get(normal_character(c), UNKNOWN) for c in windows[i]]
        with torch.inference_mode():
            scores = self._model(torch.from_numpy(ids))[0].numpy()
        row_of = {i: row for row, i in enumerate(order)}
        return [to_own_tags(scores[row_of[i], : len(window)], self._columns) for i, window in enumerate(windows)]


def load_hanlp(path: Path, meta: dict[str, Any]) -> WindowTagger:
    """Load a folder of this format, whose ``meta.json`` is ``meta``.

    Raises ``ModelError`` if the version, a checksum or the shape of a weight is not as stored, and
    ``MissingDependencyError`` where HanLP is not installed.
    """
    if meta.get("format_version") != FORMAT_VERSION:
        raise ModelError(
            f"{path / META_FILE}: format version {meta.get('format_version')!r}; this taskie reads {FORMAT_VERSION}"
        )
    model = build_network(meta["network"], characters=len(meta["characters"]), tags=len(meta["tags"]))
    _fill(model, _read_weights(path, meta["weights_sha256"]), path / WEIGHTS_FILE)
    return WindowTagger(path, meta, HanlpNetwork(model, meta["characters"], tag_columns(meta["tags"], {}, path)))


def build_network(sizes: dict[str, Any], *, characters: int, tags: int) -> torch.nn.Module:
    """Build HanLP's network with random weights; ``sizes`` has ``embed``, ``rnn_hidden`` and ``drop``."""
    try:
        import torch
        from hanlp.components.taggers.rnn.rnntaggingmodel import RNNTaggingModel
    except ImportError as error:
        raise missing_hanlp(error) from error
    embedding = torch.nn.Embedding(characters + 2, int(sizes["embed"]), padding_idx=PAD)
    return RNNTaggingModel(embedding, None, int(sizes["rnn_hidden"]), tags, float(sizes["drop"]), crf=False)


def missing_hanlp(error: ImportError) -> MissingDependencyError:
    """Return the error for a model or a training that needs HanLP."""
    return MissingDependencyError(f"this needs HanLP ({error}): pip install 'taskie[hanlp]'")


def save_hanlp(
    out: Path, model: torch.nn.Module, *, characters: str, tags: Sequence[str], sizes: dict[str, Any], extra: dict[str, Any]
) -> None:  # fmt: skip
    """Write the model folder: weights as plain single-precision arrays, all else as JSON."""
    from taskie import __version__

    out.mkdir(parents=True, exist_ok=True)
    arrays = {name: value.detach().cpu().numpy() for name, value in model.state_dict().items()}
    np.savez_compressed(out / WEIGHTS_FILE, **arrays)
    meta = {
        "format": FORMAT, "format_version": FORMAT_VERSION, "taskie_version": __version__, "tags": list(tags),
        "characters": characters, "network": sizes,
        "weights_sha256": hashlib.sha256((out / WEIGHTS_FILE).read_bytes()).hexdigest(), **extra,
    }  # fmt: skip
    write_meta(out, meta)


def _read_weights(path: Path, stored: str) -> dict[str, NDArray[Any]]:
    file = path / WEIGHTS_FILE
    if not file.is_file():
        raise ModelError(f"{path}: {WEIGHTS_FILE} is missing; the model folder is incomplete")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if digest != stored:
        raise ModelError(f"{file}: checksum {digest[:12]}… is not the stored {stored[:12]}…; the file is damaged")
    try:
        with np.load(file, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}
    except (OSError, ValueError) as error:
        raise ModelError(f"{file}: not a file of weights: {error}") from error


def _fill(model: torch.nn.Module, weights: dict[str, NDArray[Any]], file: Path) -> None:
    import torch

    try:
        model.load_state_dict({name: torch.from_numpy(value) for name, value in weights.items()}, strict=True)
    except (RuntimeError, TypeError) as error:
        raise ModelError(f"{file}: the weights do not fit the network in {META_FILE}: {error}") from error
