"""HanLP's transformer for named entities, from a local folder.

Boundary: nothing is fetched, no class that the folder names is imported, and ``model.pt`` is opened with
``weights_only``. HanLP's recurrent tagger is ``hanlp_backend``.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from taskie.errors import MissingDependencyError, ModelError
from taskie.ner.transformer_files import CONFIG_FILE, read_object, version_of
from taskie.ner.windows import WindowNetwork, tag_columns, to_own_tags

if TYPE_CHECKING:
    import torch

VOCABULARY_FILE, WEIGHTS_FILE = "vocabs.json", "model.pt"
# HanLP keeps only the name of its encoder; a copy of the encoder's config and tokenizer may lie here.
ENCODER_FOLDER = "transformer"
HANLP_CLASS = "TransformerNamedEntityRecognizer"
# Versions of transformers without AdamW, which HanLP up to 2.1.5 imports to train a transformer.
_WITHOUT_ADAMW = (4, 54)


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


def load_hanlp_transformer(path: Path, config: dict[str, Any], labels: Mapping[str, Any]) -> WindowNetwork:
    """Load the network in ``path``, whose config is given; ``labels`` translates its tags. Raises as ``load_transformer``."""
    kind = str(config["classpath"]).rsplit(".", 1)[-1]
    if kind != HANLP_CLASS:
        raise ModelError(f"{path / CONFIG_FILE}: a HanLP {kind}; only {HANLP_CLASS} is loaded")
    if config.get("crf"):
        raise ModelError(
            f"{path / CONFIG_FILE}: trained with a CRF, whose transitions are not read; train with crf=False"
        )
    vocabulary = read_object(path / VOCABULARY_FILE)
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
    _fill(recognizer.model, path / WEIGHTS_FILE)
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


def _versions() -> str:
    return f"HanLP {version_of('hanlp')} and transformers {version_of('transformers')}"
