"""The corpus: reading, checking and counting annotated documents."""

from taskie.corpus.loader import load_dataset
from taskie.corpus.store import CorpusDocument, read_corpus

__all__ = ["CorpusDocument", "load_dataset", "read_corpus"]
