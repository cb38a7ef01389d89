"""The tagger as a spaCy component: ``nlp.add_pipe("taskie_tagger")`` fills ``doc.ents``.

Boundary: this only fits the tagger into spaCy's terms; ``taskie.extract`` does not go through spaCy.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans, minibatch, registry

from taskie.ner.loading import EntityTagger, load_tagger
from taskie.ner.tagger import default_model_path
from taskie.records import Entity

DEFAULT_CONFIG = {"model_path": None}
# Extension of spans: the tagger's confidence.
CONFIDENCE = "taskie_confidence"


@Language.factory("taskie_tagger", assigns=["doc.ents"], default_config=DEFAULT_CONFIG)
def make_tagger(nlp: Language, name: str, model_path: str | None) -> TaggerComponent:
    """Make the component; ``model_path`` is a model folder, the shipped one if it is ``None``."""
    return TaggerComponent(name, load_tagger(Path(model_path) if model_path else default_model_path()))


@registry.tokenizers("taskie.CharTokenizer.v1")
def create_char_tokenizer() -> Any:
    """Return a factory of spaCy's Chinese tokenizer that gives one token a character."""
    from spacy.lang.zh import ChineseTokenizer, Segmenter

    def make(nlp: Language) -> ChineseTokenizer:
        return ChineseTokenizer(nlp.vocab, segmenter=Segmenter.char)

    return make


class TaggerComponent:
    """Tag bodies, projects, amounts and deadlines. ``predict`` computes, ``set_annotations`` writes."""

    def __init__(self, name: str, tagger: EntityTagger) -> None:
        self.name = name
        self.tagger = tagger
        if not Span.has_extension(CONFIDENCE):
            Span.set_extension(CONFIDENCE, default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Tag one document."""
        self.set_annotations([doc], self.predict([doc]))
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """Tag a stream of documents."""
        for batch in minibatch(stream, batch_size):
            docs = list(batch)
            self.set_annotations(docs, self.predict(docs))
            yield from docs

    def predict(self, docs: Iterable[Doc]) -> list[tuple[Entity, ...]]:
        """Return the entities of each document; changes nothing."""
        return [self.tagger.predict(doc.text) for doc in docs]

    def set_annotations(self, docs: Iterable[Doc], predicted: Iterable[tuple[Entity, ...]]) -> None:
        """Write ``doc.ents``; an entity that does not fit the tokens is widened to whole tokens.

        With one token a character every entity fits; how many had to be widened stands in
        ``doc.user_data["taskie_expanded"]``.
        """
        for doc, entities in zip(docs, predicted, strict=True):
            spans, expanded = [], 0
            for entity in entities:
                span = doc.char_span(entity.start, entity.end, label=entity.label)
                if span is None:
                    expanded += 1
                    span = doc.char_span(entity.start, entity.end, label=entity.label, alignment_mode="expand")
                if span is not None:
                    span._.set(CONFIDENCE, entity.confidence)
                    spans.append(span)
            doc.ents = filter_spans([*spans, *doc.ents])
            doc.user_data["taskie_expanded"] = expanded

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the model folder to ``path``."""
        for name in self.tagger.files:
            target = Path(path) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(self.tagger.path / name, target)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> TaggerComponent:
        """Load the model folder at ``path``; raises ``ModelError`` if it is none."""
        self.tagger = load_tagger(path)
        return self


def build_pipeline(model_path: str | Path | None = None) -> Language:
    """Return a spaCy pipeline for Chinese with one token a character and the tagger."""
    import spacy

    nlp = spacy.blank("zh")
    nlp.add_pipe("taskie_tagger", config={"model_path": str(model_path) if model_path else None})
    return nlp
