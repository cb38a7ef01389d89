"""Read gold files: documents in the form of ``Document.to_dict()``, some of them annotated only in part."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from taskie.corpus.store import read_corpus
from taskie.errors import ReadError
from taskie.records import Document


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold document; only what lies inside ``annotated`` counts. ``layers`` says what is annotated."""

    name: str
    document: Document
    annotated: tuple[tuple[int, int], ...]
    layers: tuple[str, ...] = ("entities", "records")


def read_gold(path: str | Path) -> Gold:
    """Read one gold file; raises ``ReadError`` with the path if it is no such file."""
    path = Path(path)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: cannot be read as JSON: {error}") from error
    try:
        document = Document.from_dict(data)
    except ReadError as error:
        raise ReadError(f"{path}: {error}") from error
    annotated = data.get("annotated") or [[0, len(document.text)]]
    layers = tuple(data.get("layers") or ("entities", "records"))
    return Gold(
        path.name.removesuffix(".json").removesuffix(".gold"), document, tuple((a, b) for a, b in annotated), layers
    )


def read_gold_paths(paths: Sequence[Path], *, split: str | None = None) -> Iterator[Gold]:
    """Read gold files, all ``*.json`` files of folders, and folders with ``corpus/`` and ``annotations/``, by their names.

    ``split`` takes only that split of the latter. Raises ``ReadError`` if there is no document.
    """
    found = False
    for path in paths:
        if (path / "annotations").is_dir():
            for own in read_corpus(path, split=split):
                found = True
                yield Gold(own.id, own.document, ((0, len(own.document.text)),), own.layers)
            continue
        files = sorted(path.glob("*.json")) if path.is_dir() else [path]
        for file in files:
            found = True
            yield read_gold(file)
    if not found:
        raise ReadError(
            f"no gold file in {', '.join(map(str, paths))}; expected *.json in the form of Document.to_dict()"
        )
