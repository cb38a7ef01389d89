"""Read the corpus of the repository: texts in ``corpus/``, gold in ``annotations/``, one file of each a document.

Boundary: light and without ``datasets``; the loader for that library is ``loader``.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from taskie.errors import AnnotationError, ReadError
from taskie.records import Document

SPLITS = ("train", "validation", "test")
LAYERS = ("entities", "records")
# Shares of the validation and the test split, in percent of documents.
VALIDATION_SHARE, TEST_SHARE = 12, 12


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """A document of the corpus. ``layers`` says what is annotated, ``meta`` where it stands in the plan of the corpus."""

    id: str
    document: Document
    split: str
    layers: tuple[str, ...]
    meta: Mapping[str, Any] = field(default_factory=dict)


def corpus_root(root: str | Path | None = None) -> Path:
    """Return the folder that holds ``corpus/`` and ``annotations/``.

    It is ``root``, else the environment variable TASKIE_CORPUS, else the repository this package lies in.
    Raises ``ReadError`` if it holds no corpus.
    """
    named = root or os.environ.get("TASKIE_CORPUS") or Path(__file__).resolve().parents[2]
    folder = Path(named)
    if not (folder / "corpus").is_dir() or not (folder / "annotations").is_dir():
        raise ReadError(f"{folder} holds no corpus; give root= or set TASKIE_CORPUS to a checkout of the repository")
    return folder


def split_of(document_id: str) -> str:
    """Return the split of a document, fixed by its id alone, so that new documents move no old one."""
    place = int(hashlib.sha256(document_id.encode()).hexdigest(), 16) % 100
    if place < VALIDATION_SHARE:
        return "validation"
    return "test" if place < VALIDATION_SHARE + TEST_SHARE else "train"


def read_corpus(
    root: str | Path | None = None, *, split: str | None = None, layer: str | None = None
) -> Iterator[CorpusDocument]:
    """Yield the documents in the order of their ids, those of one ``split`` or with one ``layer`` if given.

    Raises ``ReadError`` or ``AnnotationError`` with the file if a text or an annotation is missing or does not fit.
    """
    if split is not None and split not in SPLITS:
        raise ValueError(f"split must be one of {', '.join(SPLITS)}, got {split!r}")
    if layer is not None and layer not in LAYERS:
        raise ValueError(f"layer must be one of {', '.join(LAYERS)}, got {layer!r}")
    folder = corpus_root(root)
    for path in sorted((folder / "annotations").glob("*.json")):
        found = read_annotation(path, folder / "corpus" / f"{path.stem}.txt")
        if (split is None or found.split == split) and (layer is None or layer in found.layers):
            yield found


def read_annotation(path: Path, text_path: Path) -> CorpusDocument:
    """Read one annotation file with its text; the checksum of the text is checked."""
    try:
        text = text_path.read_bytes().decode("utf-8")  # line ends as they are
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: cannot be read with {text_path.name}: {error}") from error
    digest = hashlib.sha256(text.encode()).hexdigest()
    if data.get("text_sha256") != digest:
        raise AnnotationError(f"{path}: made for another text than {text_path}; annotate the changed text anew")
    entities = [{**entity, "text": text[entity["start"] : entity["end"]]} for entity in data["document"]["entities"]]
    document = Document.from_dict({**data["document"], "text": text, "entities": entities})
    return CorpusDocument(path.stem, document, split_of(path.stem), tuple(data["layers"]), data.get("meta", {}))


def write_annotation(
    root: Path, document_id: str, document: Document, *, layers: tuple[str, ...], meta: Mapping[str, Any]
) -> None:
    """Write the text and the annotation of one document; entities give offsets and label only."""
    plain = document.to_dict()
    plain.pop("text")
    plain["entities"] = [{"label": e.label, "start": e.start, "end": e.end} for e in document.entities]
    if "records" not in layers:
        plain = {"schema_version": plain["schema_version"], "entities": plain["entities"]}
    data = {
        "text_sha256": hashlib.sha256(document.text.encode()).hexdigest(),
        "layers": list(layers),
        "meta": dict(meta),
        "document": plain,
    }
    (root / "corpus" / f"{document_id}.txt").write_bytes(document.text.encode("utf-8"))
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    (root / "annotations" / f"{document_id}.json").write_text(content + "\n", encoding="utf-8")
