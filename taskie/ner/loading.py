"""Load any model folder: taskie's own, HanLP's, or a transformer for token classification kept in a local folder.

Boundary: this only looks at what a folder is and hands it on; nothing here opens a connection.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from taskie.ner import hanlp_backend
from taskie.ner.meta import META_FILE
from taskie.ner.tagger import Tagger
from taskie.records import Entity

CONFIG_FILE = "config.json"


class EntityTagger(Protocol):
    """What the rest of taskie asks of a tagger."""

    path: Path
    meta: dict[str, Any]
    # Names of the files that make up the model, relative to ``path``.
    files: tuple[str, ...]

    def predict(self, text: str) -> tuple[Entity, ...]:
        """Return the entities of ``text`` in text order, without overlap, each with a confidence in [0, 1]."""
        ...

    def predict_raw(self, text: str) -> tuple[tuple[Entity, float], ...]:
        """Return every entity the network sees with its raw score in [0, 1], before calibration and least confidence."""
        ...

    def predict_batch(self, texts: Iterable[str]) -> Iterator[tuple[Entity, ...]]:
        """Yield the entities of each text, in the same order."""
        ...


def load_tagger(path: str | Path) -> EntityTagger:
    """Load the model in a folder, of whichever kind it is.

    Raises ``ModelError`` if it is none that taskie knows or one that does not fit, and ``MissingDependencyError`` where
    a package is missing that it needs.
    """
    path = Path(path)
    if not (path / META_FILE).is_file() and (path / CONFIG_FILE).is_file():
        from taskie.ner.transformer_backend import load_transformer

        return load_transformer(path)
    meta = _read_json(path / META_FILE)
    if isinstance(meta, dict) and meta.get("format") == hanlp_backend.FORMAT:
        return hanlp_backend.load_hanlp(path, meta)
    return Tagger.load(path)


def _read_json(file: Path) -> Any:
    """Return the content, or ``None`` where there is none: the own tagger's reader says what is wrong then."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
