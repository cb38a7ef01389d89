"""The main job: text in, ``Document`` out, with one pass of the tagger and one of the structure.

Boundary: this module only puts the parts together and checks what users pass in; the parts live in
``taskie.ner``, ``taskie.structure`` and ``taskie.relations``.
"""

from __future__ import annotations

import dataclasses
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from taskie.ner.loading import EntityTagger, load_tagger
from taskie.ner.tagger import default_model_path
from taskie.normalize.reference import Reference, find_reference
from taskie.reconcile import reconcile
from taskie.records import Document, Entity, Period
from taskie.relations.confidence import LinkModels
from taskie.relations.link_file import load_links
from taskie.relations.linker import link
from taskie.structure.learned import NO_WORDS, LearnedWords, load_words
from taskie.structure.lookalikes import replace_lookalikes
from taskie.structure.outline import Outline
from taskie.structure.plain import read_plain
from taskie.structure.reader import read_outline

if TYPE_CHECKING:
    from taskie.readers.source import SourceText

_log = logging.getLogger(__name__)


class Extractor:
    """A model ready to extract; make one with ``taskie.load`` and use it for many texts."""

    def __init__(self, tagger: EntityTagger, links: LinkModels | None = None, words: LearnedWords = NO_WORDS) -> None:
        self.tagger = tagger
        self.links = links
        self.words = words

    def extract(self, text: str) -> Document:
        """Return the tasks, targets and entities of ``text``.

        Empty text, white space and text without any task give a document without tasks.
        Raises ``TypeError`` if ``text`` is no ``str``.
        """
        _check_text(text)
        clean = replace_lookalikes(text)
        return _as_printed(
            _assemble(clean, self.tagger.predict(clean), certain=True, links=self.links, words=self.words), text
        )

    def extract_with_entities(self, text: str, entities: Sequence[Entity]) -> Document:
        """Return the document with ``entities`` taken as given: no tagger runs, none is added or removed."""
        _check_text(text)
        clean = replace_lookalikes(text)
        given = _given(clean, entities)
        return _as_printed(_assemble(clean, given, certain=False, links=self.links, words=self.words), text)

    def extract_file(self, source: str | os.PathLike[str] | BinaryIO) -> Document:
        """Read a file (path or binary file object) and extract from its text; raises ``ReadError``.

        The document knows its file: ``source``, ``places``, and ``warnings`` of what was not read, which are logged too.
        """
        from taskie.readers.files import read_file

        is_open = hasattr(source, "read")
        read = read_file(source if is_open else Path(source))  # type: ignore[arg-type]
        for warning in read.warnings:
            _log.warning(warning)
        named = getattr(source, "name", None) if is_open else os.fspath(source)  # type: ignore[arg-type]
        return self.extract_read(read, source=named if isinstance(named, str) else None)

    def extract_read(self, read: SourceText, *, source: str | None) -> Document:
        """Extract from what a reader returned; ``source`` names the file."""
        document = self.extract(read.text)
        return dataclasses.replace(document, source=source, places=read.places, warnings=read.warnings)

    def extract_batch(self, texts: Iterable[str], *, n_process: int = 1) -> Iterator[Document]:
        """Yield a document for each text, in the same order.

        ``n_process`` above 1 spreads the work over that many processes, each with one thread.
        """
        if isinstance(texts, str):
            raise TypeError("extract_batch expects an iterable of texts, got one str; use extract(text) for one text")
        if isinstance(n_process, bool) or not isinstance(n_process, int) or n_process < 1:
            raise ValueError(f"n_process must be a whole number of at least 1, got {n_process!r}")
        if n_process == 1:
            return map(self.extract, texts)
        from taskie.parallel import extract_in_processes

        return extract_in_processes(self.tagger.path, texts, n_process=n_process)

    def outline(self, text: str, entities: Sequence[Entity] | None = None) -> tuple[str, Outline, tuple[Entity, ...]]:
        """Return the text as it is read (look-alikes replaced), its structure, and the entities; what ``extract`` links.

        ``entities`` are taken as given, as ``extract_with_entities`` does.
        """
        _check_text(text)
        clean = replace_lookalikes(text)
        given = self.tagger.predict(clean) if entities is None else _given(clean, entities)
        return (clean, *_read(clean, given, certain=entities is None, links=self.links, words=self.words))


def load(path: str | os.PathLike[str]) -> Extractor:
    """Load an extractor from a model folder: taskie's own, one trained with HanLP, or a local transformer.

    Raises ``ModelError`` if the folder is no such model, and ``MissingDependencyError`` where it needs a package that
    is not installed.
    """
    return Extractor(load_tagger(Path(path)), load_links(Path(path)), load_words(Path(path)))


def extract(text: str) -> Document:
    """Extract with the shipped model; see ``Extractor.extract``."""
    _check_text(text)
    return _shipped().extract(text)


def extract_file(source: str | os.PathLike[str] | BinaryIO) -> Document:
    """Extract from a file with the shipped model; see ``Extractor.extract_file``."""
    return _shipped().extract_file(source)


def extract_batch(texts: Iterable[str], *, n_process: int = 1) -> Iterator[Document]:
    """Extract from many texts with the shipped model; see ``Extractor.extract_batch``."""
    return _shipped().extract_batch(texts, n_process=n_process)


def extract_with_entities(text: str, entities: Sequence[Entity], *, words: LearnedWords = NO_WORDS) -> Document:
    """Return the document with ``entities`` taken as given; no model is loaded, and rules alone link.

    ``words`` are learned words of structure.
    """
    _check_text(text)
    clean = replace_lookalikes(text)
    return _as_printed(_assemble(clean, _given(clean, entities), certain=False, words=words), text)


def _given(clean: str, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Return a caller's entities in text order, with the text as it is read."""
    ordered = sorted(entities, key=lambda e: (e.start, e.end))
    return tuple(dataclasses.replace(entity, text=clean[entity.start : entity.end]) for entity in ordered)


@cache
def _shipped() -> Extractor:
    return load(default_model_path())


def _check_text(text: Any) -> None:
    if not isinstance(text, str):
        hint = "; decode bytes first or use extract_file" if isinstance(text, bytes | bytearray) else ""
        raise TypeError(f"extract expects the text of a document as str, got {type(text).__name__}{hint}")


def _read(
    text: str, entities: tuple[Entity, ...], *, certain: bool, links: LinkModels | None, words: LearnedWords
) -> tuple[Outline, tuple[Entity, ...]]:
    outline = read_outline(text, ((e.start, e.end) for e in entities if e.label == "ORG"), words=words)
    if not outline.tasks:
        outline = dataclasses.replace(outline, tasks=read_plain(text, entities))
    if links:
        outline = links.judged(text, outline, entities)
    return outline, reconcile(text, outline, entities) if certain else entities


def _assemble(
    text: str, entities: tuple[Entity, ...], *, certain: bool, links: LinkModels | None = None, words: LearnedWords = NO_WORDS
) -> Document:  # fmt: skip
    outline, entities = _read(text, entities, certain=certain, links=links, words=words)
    reference = find_reference(text, outline)
    return Document(
        text=text, kind=outline.kind, title=outline.title, doc_number=outline.doc_number, issuer=outline.issuer,
        issued_on=outline.issued_on, addressees=outline.addressees, period=_period(reference), entities=entities,
        tasks=link(text, outline, entities, reference=reference, links=links), leftovers=outline.leftovers,
    )  # fmt: skip


def _period(reference: Reference) -> Period | None:
    return reference.period


def _as_printed(document: Document, text: str) -> Document:
    """Put the characters of the original back where look-alikes were replaced."""
    return document if document.text == text else _reprint(document, text)


def _reprint(value: Any, text: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_reprint(item, text) for item in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changes = {f.name: _reprint(getattr(value, f.name), text) for f in dataclasses.fields(value)}
    if isinstance(value, Document):
        changes["text"] = text
    elif isinstance(changes.get("start"), int) and isinstance(changes.get("end"), int):
        printed = text[changes["start"] : changes["end"]]
        if changes.get("text") is not None:
            changes["text"] = printed
        elif "name" in changes:
            changes["name"] = "".join(printed.split())
    return type(value)(**changes)
