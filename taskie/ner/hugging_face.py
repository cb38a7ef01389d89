"""A transformer for token classification in Hugging Face's own form, from a local folder.

Boundary: nothing is fetched, no code of the folder runs, and weights must be safetensors. Training is not done here.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from taskie.errors import MissingDependencyError, ModelError
from taskie.ner.decoding import OUTSIDE, TAGS
from taskie.ner.transformer_files import CONFIG_FILE, version_of
from taskie.ner.windows import NEVER, WindowNetwork, tag_columns, to_own_tags

WEIGHTS_FILE = "model.safetensors"


class HuggingFaceNetwork(WindowNetwork):
    """A model and its fast tokenizer; a token's tag counts for its first character, its label for the others."""

    def __init__(self, model: Any, tokenizer: Any, columns: Sequence[Sequence[int]], *, most_tokens: int) -> None:
        self._model = model.eval()
        self._tokenizer = tokenizer
        self._columns = columns
        self._most_tokens = most_tokens
        self.longest = min(WindowNetwork.longest, most_tokens)

    def score(self, windows: Sequence[str]) -> list[NDArray[np.float32]]:
        """Return the score of each tag at each character."""
        import torch

        encoded = self._tokenizer(list(windows), return_offsets_mapping=True, padding=True, return_tensors="pt")
        if encoded["input_ids"].shape[1] > self._most_tokens:
            return [self._score_long(window) for window in windows]
        offsets = encoded.pop("offset_mapping").tolist()
        with torch.inference_mode():
            logits = self._model(**encoded).logits.numpy()
        return [
            self._spread(window, places, to_own_tags(scores, self._columns))
            for window, places, scores in zip(windows, offsets, logits, strict=True)
        ]

    def _score_long(self, window: str) -> NDArray[np.float32]:
        """Score a window, in halves if it has more tokens than the model takes."""
        if len(self._tokenizer(window)["input_ids"]) <= self._most_tokens or len(window) == 1:
            return self.score([window])[0]
        middle = len(window) // 2
        return np.concatenate([self._score_long(window[:middle]), self._score_long(window[middle:])])

    @staticmethod
    def _spread(window: str, places: Sequence[Sequence[int]], scores: NDArray[np.float32]) -> NDArray[np.float32]:
        # A character without a token, such as a blank, begins nothing and is open to all else.
        spread = np.zeros((len(window), len(TAGS)), np.float32)
        spread[:, 1::2] = NEVER
        for (start, end), row in zip(places, scores, strict=True):
            if start == end:
                continue
            spread[start] = row
            if end - start > 1:
                inside = np.full(len(TAGS), NEVER, np.float32)
                inside[OUTSIDE] = row[OUTSIDE]
                inside[2::2] = np.maximum(row[1::2], row[2::2])
                spread[start + 1 : end] = inside
        return spread


def load_hugging_face(path: Path, config: dict[str, Any], labels: Mapping[str, Any]) -> WindowNetwork:
    """Load the network in ``path``, whose config is given; ``labels`` translates its tags. Raises as ``load_transformer``."""
    named = config.get("architectures") or ["none"]
    if not any(str(name).endswith("ForTokenClassification") for name in named):
        raise ModelError(f"{path / CONFIG_FILE}: the model is {named[0]}, not one for token classification")
    if not (path / WEIGHTS_FILE).is_file():
        raise ModelError(
            f"{path}: {WEIGHTS_FILE} is missing; pickled weights (pytorch_model.bin) are not read: load them where you "
            "trust them and save anew with save_pretrained"
        )
    try:
        from transformers import AutoModelForTokenClassification, AutoTokenizer
    except ImportError as error:
        raise MissingDependencyError(
            f"this needs transformers and torch ({error}): pip install 'taskie[hanlp]'"
        ) from error
    where: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    try:
        with _no_progress_bar():
            tokenizer = AutoTokenizer.from_pretrained(str(path), **where)
            model, report = AutoModelForTokenClassification.from_pretrained(
                str(path), use_safetensors=True, output_loading_info=True, **where
            )
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
        raise ModelError(f"{path}: transformers {version_of('transformers')} cannot load it: {error}") from error
    if report["missing_keys"]:
        raise ModelError(f"{path / WEIGHTS_FILE}: weights are missing: {sorted(report['missing_keys'])[:3]}")
    if not tokenizer.is_fast:
        raise ModelError(f"{path}: its tokenizer gives no offsets; save the fast one (tokenizer.json) with the model")
    tags = [model.config.id2label[i] for i in range(model.config.num_labels)]
    most = min(getattr(model.config, "max_position_embeddings", 512) - 2, tokenizer.model_max_length)
    return HuggingFaceNetwork(model, tokenizer, tag_columns(tags, labels, path), most_tokens=most)


@contextlib.contextmanager
def _no_progress_bar() -> Iterator[None]:
    """Keep transformers from writing a progress bar to standard error, and leave its setting as it was."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()
