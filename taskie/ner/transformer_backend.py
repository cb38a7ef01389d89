"""Transformers for token classification as a backend, from a local folder: Hugging Face's own form, or HanLP's.

Boundary: nothing is fetched, no code of a model folder runs, and no pickle beyond plain tensors is read: Hugging Face
weights must be safetensors, HanLP's ``model.pt`` is opened with ``weights_only``. Training is not done here.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import importlib.util
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from taskie.errors import MissingDependencyError, ModelError
from taskie.ner.decoding import OUTSIDE, TAGS
from taskie.ner.windows import LABELS_FILE, NEVER, WindowNetwork, WindowTagger, tag_columns, to_own_tags

if TYPE_CHECKING:
    import torch

CONFIG_FILE, WEIGHTS_FILE = "config.json", "model.safetensors"
VOCABULARY_FILE, HANLP_WEIGHTS_FILE = "vocabs.json", "model.pt"
# HanLP keeps only the name of its encoder; a copy of the encoder's config and tokenizer may lie here.
ENCODER_FOLDER = "transformer"
HANLP_CLASS = "TransformerNamedEntityRecognizer"
# Versions of transformers without AdamW, which HanLP up to 2.1.5 imports to train a transformer.
_WITHOUT_ADAMW = (4, 54)


def load_transformer(path: Path) -> WindowTagger:
    """Load a folder with a ``config.json`` of Hugging Face or of HanLP.

    Labels other than taskie's are translated by ``taskie_labels.json`` in the folder. Raises ``ModelError`` if the
    folder is no tagger, is incomplete or would need code or a network, and ``MissingDependencyError`` where a package
    is missing.
    """
    config = _read_object(path / CONFIG_FILE)
    labels = _read_object(path / LABELS_FILE) if (path / LABELS_FILE).is_file() else {}
    if "classpath" in config:
        network: WindowNetwork = _load_hanlp(path, config, labels)
    elif "model_type" in config:
        network = _load_hugging_face(path, config, labels)
    else:
        raise ModelError(f"{path / CONFIG_FILE}: neither of HanLP (classpath) nor of Hugging Face (model_type)")
    return WindowTagger(path, {"format": "transformer", "config": config}, network)


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


class HanlpTransformerNetwork(WindowNetwork):
    """HanLP's recognizer, fed one token a character through its own batching."""

    def __init__(self, recognizer: Any, columns: Sequence[Sequence[int]]) -> None:
        self._recognizer = recognizer
        self._columns = columns
        positions = recognizer.model.encoder.transformer.config.max_position_embeddings
        self.longest = min(WindowNetwork.longest, positions - 2)

    def score(self, windows: Sequence[str]) -> list[NDArray[np.float32]]:
        """Return the score of each tag at each character."""
        import torch
        from hanlp_common.constant import IDX

        recognizer = self._recognizer
        samples = recognizer.build_samples([list(window) for window in windows])
        batches = recognizer.build_dataloader(samples, len(samples), False, torch.device("cpu"))
        found: dict[int, NDArray[np.float32]] = {}
        with torch.inference_mode():
            for batch in batches:
                scores = recognizer.feed_batch(batch)[0].numpy()
                for row, i in enumerate(batch[IDX]):
                    found[int(i)] = to_own_tags(scores[row, : len(windows[int(i)])], self._columns)
        return [found[i] for i in range(len(windows))]


def _load_hugging_face(path: Path, config: dict[str, Any], labels: Mapping[str, Any]) -> WindowNetwork:
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
        raise ModelError(f"{path}: transformers {_version('transformers')} cannot load it: {error}") from error
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


def _load_hanlp(path: Path, config: dict[str, Any], labels: Mapping[str, Any]) -> WindowNetwork:
    kind = str(config["classpath"]).rsplit(".", 1)[-1]
    if kind != HANLP_CLASS:
        raise ModelError(f"{path / CONFIG_FILE}: a HanLP {kind}; only {HANLP_CLASS} is loaded")
    if config.get("crf"):
        raise ModelError(
            f"{path / CONFIG_FILE}: trained with a CRF, whose transitions are not read; train with crf=False"
        )
    vocabulary = _read_object(path / VOCABULARY_FILE)
    for name, value in (*config.items(), *vocabulary.items()):
        _refuse_class_names(path, name, value)
    encoder = _encoder_folder(path, config)
    recognizer = _import_recognizer()()
    try:
        recognizer.config.update(
            {k: v for k, v in config.items() if k not in ("classpath", "hanlp_version", "training")}
        )
        recognizer.config.transformer = str(encoder)
        recognizer.load_vocabs(str(path))
        recognizer.on_config_ready(**recognizer.config)
        recognizer.model = recognizer.build_model(**{**recognizer.config, "training": False})
    except (OSError, ValueError, KeyError, AttributeError, TypeError, ImportError) as error:
        raise ModelError(f"{path}: {_versions()} cannot build it: {error}") from error
    _fill(recognizer.model, path / HANLP_WEIGHTS_FILE)
    recognizer.model.eval()
    return HanlpTransformerNetwork(recognizer, tag_columns(vocabulary["tag"]["idx_to_token"], labels, path))


def _import_recognizer() -> Any:
    if importlib.util.find_spec("hanlp") is None:
        raise MissingDependencyError("this model needs HanLP, which is not installed: pip install 'taskie[hanlp]'")
    try:
        from hanlp.components.ner.transformer_ner import TransformerNamedEntityRecognizer
    except ImportError as error:
        raise ModelError(
            f"{_versions()} do not work together: {error}; pip install 'transformers<{'.'.join(map(str, _WITHOUT_ADAMW))}'"
        ) from error
    return TransformerNamedEntityRecognizer


def _refuse_class_names(path: Path, name: str, value: Any) -> None:
    """Refuse what would make HanLP import a class by name: such a folder may run any code."""
    if not isinstance(value, dict):
        return
    named = value.get("classpath") or value.get("type")
    if named and named != "hanlp.common.vocab.Vocab":
        raise ModelError(f"{path}: {name} names a class to import ({named}); such a model is not loaded")
    for key, inner in value.items():
        _refuse_class_names(path, f"{name}.{key}", inner)


def _encoder_folder(path: Path, config: dict[str, Any]) -> Path:
    """Return the folder with the encoder's config and tokenizer; HanLP would fetch it by its name."""
    named = str(config.get("transformer", ""))
    for folder in (path / ENCODER_FOLDER, Path(named), path / named):
        if named and (folder / CONFIG_FILE).is_file() and folder != path:
            return folder
    raise ModelError(
        f"{path}: its encoder {named!r} is no local folder; put the encoder's config.json and tokenizer files into "
        f"{path / ENCODER_FOLDER}"
    )


def _fill(model: torch.nn.Module, file: Path) -> None:
    """Load the weights; HanLP itself would take a file that lacks some."""
    import pickle

    import torch

    try:
        state = torch.load(file, map_location="cpu", weights_only=True)
        missing = set(model.load_state_dict(state, strict=False).missing_keys)
    except (OSError, RuntimeError, pickle.UnpicklingError, AttributeError) as error:
        raise ModelError(f"{file}: not plain weights of this network: {error}") from error
    missing &= {name for name, _ in model.named_parameters()}
    if missing:
        raise ModelError(f"{file}: weights are missing: {sorted(missing)[:3]}")


def _read_object(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{file}: cannot be read as JSON: {error}") from error
    if not isinstance(content, dict):
        raise ModelError(f"{file}: not a JSON object")
    return content


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "(not installed)"


def _versions() -> str:
    return f"HanLP {_version('hanlp')} and transformers {_version('transformers')}"
