"""Read gold and other documents from files: JSON of documents, corpus folders, plain texts.

Boundary: what ``taskie export`` takes besides texts to extract from, and what ``taskie import`` takes as originals.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taskie.corpus.store import read_annotation
from taskie.errors import ReadError
from taskie.interchange.json_files import read_text_file
from taskie.interchange.marks import LAYERS
from taskie.records import Document

DOCUMENT_ENDINGS = (".json", ".jsonl")
_UNSAFE = re.compile(r"[^\w.+-]+")


@dataclass(frozen=True, slots=True)
class Given:
    """A document that was given, with its name and what is annotated in it."""

    id: str
    document: Document
    layers: tuple[str, ...] = LAYERS


def is_given(path: Path) -> bool:
    """Tell whether a path holds documents rather than texts to extract from."""
    return path.suffix.lower() in DOCUMENT_ENDINGS or is_corpus(path)


def is_corpus(path: Path) -> bool:
    """Tell whether a folder has the form of the corpus."""
    return (path / "corpus").is_dir() and (path / "annotations").is_dir()


def read_given(path: Path) -> Iterator[Given]:
    """Yield the documents of a JSON or JSONL file, of an annotation beside its corpus, or of a corpus folder."""
    if is_corpus(path):
        for file in sorted((path / "annotations").glob("*.json")):
            yield from read_given(file)
        return
    content = read_text_file(path)
    if path.suffix.lower() == ".jsonl":
        for number, line in enumerate(content.split("\n"), 1):
            if line.strip():
                yield _given(line, f"{path}:{number}", f"{path.stem}_{number}")
        return
    data = _loaded(content, str(path))
    if isinstance(data, dict) and "text_sha256" in data:
        found = read_annotation(path, path.parent.parent / "corpus" / f"{path.stem}.txt")
        yield Given(found.id, found.document, found.layers)
    elif isinstance(data, list):
        for i, item in enumerate(data, 1):
            yield _decoded(item, f"{path}[{i}]", f"{path.stem}_{i}")
    else:
        yield _decoded(data, str(path), path.stem)


def _given(content: str, where: str, fallback: str) -> Given:
    return _decoded(_loaded(content, where), where, fallback)


def _loaded(content: str, where: str) -> Any:
    try:
        return json.loads(content)
    except ValueError as error:
        raise ReadError(f"{where}: not JSON: {error}; expected a document in the form of Document.to_dict()") from error


def _decoded(data: Any, where: str, fallback: str) -> Given:
    try:
        document = Document.from_dict(data)
    except ReadError as error:
        raise ReadError(f"{where}: {error}") from error
    layers = tuple(layer for layer in LAYERS if layer in (data.get("layers") or LAYERS))
    # Gold is named by its file; what ``taskie extract`` wrote, by the file it was read from.
    name = fallback if "layers" in data else document.source or fallback
    return Given(document_id(name), document, layers)


def document_id(name: str) -> str:
    """Return a name that is fit for a file: the stem of a path, with anything odd made an underscore."""
    stem = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    stem = re.sub(r"(?i)\.(?:txt|md|csv|tsv|html?|docx?|xlsx?|pdf|ofd|json|gold)$", "", stem)
    return _UNSAFE.sub("_", stem).strip("._") or "document"


def unique_ids(names: Iterable[str]) -> list[str]:
    """Return the names with a number added to those that stood before."""
    taken: set[str] = set()
    unique = []
    for name in names:
        candidate, i = name, 1
        while candidate in taken:
            i += 1
            candidate = f"{name}_{i}"
        taken.add(candidate)
        unique.append(candidate)
    return unique


@dataclass(frozen=True, slots=True)
class Originals:
    """The documents that annotations were made from. A plain text is a document of which only the text is known."""

    documents: dict[str, Document]
    texts: dict[str, str]

    def find(self, name: str, text: str) -> Document | None:
        """Return the original by its name, else by its text; a bare text gives the document taskie reads from it."""
        if name in self.documents:
            return self.documents[name]
        by_text = next((document for document in self.documents.values() if document.text == text), None)
        if by_text is not None:
            return by_text
        known = self.texts.get(name) or next((t for t in self.texts.values() if t == text), None)
        return None if known is None else Document(text=known)

    def single(self) -> tuple[Document, str]:
        """Return the one document and its name; raises ``ReadError`` if there are several or none."""
        if len(self.documents) != 1:
            raise ReadError(f"a ledger needs one original document, got {len(self.documents)}; give one .json file")
        ((name, document),) = self.documents.items()
        return document, name


def read_originals(paths: Iterable[Path]) -> Originals:
    """Read documents and texts; raises ``ReadError`` if a path is missing or cannot be read."""
    from taskie.readers.files import expand_sources, read_file

    documents: dict[str, Document] = {}
    texts: dict[str, str] = {}
    for path in paths:
        if is_given(path):
            documents.update((given.id, given.document) for given in read_given(path))
            continue
        for file in sorted(path.glob("*.json")) if path.is_dir() else ():
            documents.update((given.id, given.document) for given in read_given(file))
        sources, missing = expand_sources([str(path)])
        if missing and not documents:
            raise ReadError(f"{path}: {missing[0][1]}")
        texts.update((document_id(source), read_file(source).text) for source in sources)
    return Originals(documents, texts)
