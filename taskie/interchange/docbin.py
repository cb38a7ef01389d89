"""spaCy's DocBin: one token a character, entities as ``doc.ents``, targets as ``doc.spans["targets"]``.

Boundary: for ``spacy train`` and for pipelines; relations, which spaCy has no place for, are tuples in
``doc.user_data["taskie_relations"]``: head start, head end, tail start, tail end, label.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from taskie.errors import AnnotationError, ReadError
from taskie.interchange.marks import TARGET, MarkedText, Mention
from taskie.interchange.reading import Entry, Reading

ENDING = ".spacy"
TARGETS, RELATIONS, ID = "targets", "taskie_relations", "taskie_id"


def write_docbin(texts: Sequence[MarkedText], path: Path) -> list[Path]:
    """Write the file; raises ``AnnotationError`` if a mention does not fit spaCy's tokens for Chinese."""
    import spacy
    from spacy.tokens import DocBin

    nlp = spacy.blank("zh")
    docs = DocBin(store_user_data=True)
    for marked in texts:
        docs.add(_doc(nlp, marked))
    path.write_bytes(docs.to_bytes())
    return [path]


def _doc(nlp: Any, marked: MarkedText) -> Any:
    doc = nlp.make_doc(marked.text)
    spans = {mention: _span(doc, mention, marked) for mention in marked.mentions}
    doc.ents = [span for mention, span in spans.items() if mention.label != TARGET]
    doc.spans[TARGETS] = [span for mention, span in spans.items() if mention.label == TARGET]
    doc.user_data[ID] = marked.id
    doc.user_data[RELATIONS] = [(r.head.start, r.head.end, r.tail.start, r.tail.end, r.label) for r in marked.relations]
    return doc


def _span(doc: Any, mention: Mention, marked: MarkedText) -> Any:
    span = doc.char_span(mention.start, mention.end, label=mention.label)
    if span is None:
        words = marked.text[mention.start : mention.end]
        raise AnnotationError(
            f"{marked.id}: {mention.label} {mention.start}-{mention.end} {words!r} begins or ends with a space, which spaCy has no token for"
        )
    return span


def read_docbin(path: Path) -> Reading:
    """Read a ``.spacy`` file, from here or made otherwise; entities and the group ``targets`` are read."""
    import spacy
    from spacy.tokens import DocBin

    try:
        docs = list(DocBin(store_user_data=True).from_bytes(path.read_bytes()).get_docs(spacy.blank("zh").vocab))
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror or error}") from error
    except Exception as error:  # zlib, msgpack and spaCy raise many classes for a damaged file
        raise ReadError(f"{path}: not a DocBin file: {error}") from error
    reading = Reading()
    for i, doc in enumerate(docs, 1):
        where = f"{path}: document {i}"
        entry = Entry(where, str(doc.user_data.get(ID) or f"{path.stem}_{i}"), doc.text)
        _read_doc(doc, entry)
        reading.add(entry)
    return reading


def _read_doc(doc: Any, entry: Entry) -> None:
    for span in [*doc.ents, *doc.spans.get(TARGETS, ())]:
        kind = TARGET if span.label_ == TARGET else "entity"
        entry.mention((kind, span.start_char, span.end_char), span.start_char, span.end_char, span.label_)
    for values in doc.user_data.get(RELATIONS) or ():
        head_start, head_end, tail_start, tail_end, label = values
        entry.relation(label, (TARGET, head_start, head_end), ("entity", tail_start, tail_end))
