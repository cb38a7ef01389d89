"""Transformers for token classification as a backend, from a local folder: Hugging Face's own form, or HanLP's.

Boundary: tells the two forms apart; each is loaded by its own module, ``hugging_face`` and ``hanlp_transformer``.
"""

from __future__ import annotations

from pathlib import Path

from taskie.errors import ModelError
from taskie.ner.hanlp_transformer import load_hanlp_transformer
from taskie.ner.hugging_face import load_hugging_face
from taskie.ner.transformer_files import CONFIG_FILE, read_object
from taskie.ner.windows import LABELS_FILE, WindowNetwork, WindowTagger


def load_transformer(path: Path) -> WindowTagger:
    """Load a folder with a ``config.json`` of Hugging Face or of HanLP.

    Labels other than taskie's are translated by ``taskie_labels.json`` in the folder. Raises ``ModelError`` if the
    folder is no tagger, is incomplete or would need code or a network, and ``MissingDependencyError`` where a package
    is missing.
    """
    config = read_object(path / CONFIG_FILE)
    labels = read_object(path / LABELS_FILE) if (path / LABELS_FILE).is_file() else {}
    if "classpath" in config:
        network: WindowNetwork = load_hanlp_transformer(path, config, labels)
    elif "model_type" in config:
        network = load_hugging_face(path, config, labels)
    else:
        raise ModelError(f"{path / CONFIG_FILE}: neither of HanLP (classpath) nor of Hugging Face (model_type)")
    return WindowTagger(path, {"format": "transformer", "config": config}, network)
