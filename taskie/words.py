"""Split text into words with a small spacy-pkuseg model trained on texts of the corpus: for search, features, counting.

Boundary: the tagger works on characters and does not need this. A word never crosses the border of an entity in the
texts the model learned from; how words are cut is written in ``training/segmentation/README.md``.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taskie.errors import MissingDependencyError, ModelError
from taskie.records import TextSpan

if TYPE_CHECKING:
    from spacy.language import Language

FORMAT = "taskie.words"
FORMAT_VERSION = 1
META_FILE = "meta.json"
# What spacy-pkuseg reads: feature names as msgpack, weights as numpy arrays. Neither holds code.
MODEL_FILES = ("features.msgpack", "weights.npz")


def default_words_path() -> Path:
    """Return the folder of the shipped segmentation model."""
    return Path(__file__).parent / "models" / "words_zh"


def load_segmenter(path: str | Path | None = None) -> Any:
    """Load a segmentation model (default: the shipped one) as a ``spacy_pkuseg.pkuseg``; its ``cut(text)`` gives words.

    No word list is laid over the model. Raises ``ModelError`` if a file is missing, of another version, or does not
    match its checksum.
    """
    folder = Path(path) if path else default_words_path()
    _check(folder)
    try:
        import spacy_pkuseg
    except ImportError as error:
        raise MissingDependencyError(f"words need spacy-pkuseg ({error}): pip install spacy-pkuseg") from error
    segmenter = spacy_pkuseg.pkuseg(str(folder), user_dict=None)
    # Without a word list these are not set, and spaCy saves them.
    segmenter.postprocesser.common_words = set()
    segmenter.postprocesser.other_words = set()
    return segmenter


def build_word_pipeline(path: str | Path | None = None) -> Language:
    """Return ``spacy.blank("zh")`` whose tokens are the words of a segmentation model (default: the shipped one)."""
    import spacy

    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "pkuseg"}}})
    tokenizer: Any = nlp.tokenizer
    tokenizer.pkuseg_seg = load_segmenter(path)
    return nlp


def split_words(text: str) -> tuple[TextSpan, ...]:
    """Return the words of ``text`` by the shipped model, in order; white space belongs to none."""
    spans = []
    position = 0
    for word in _shipped().cut(text):
        start = text.index(word, position)
        position = start + len(word)
        spans.append(TextSpan(word, start, position))
    return tuple(spans)


@cache
def _shipped() -> Any:
    return load_segmenter()


def _check(folder: Path) -> None:
    try:
        meta = json.loads((folder / META_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder} is no segmentation model: {META_FILE} cannot be read: {error}") from error
    if not isinstance(meta, dict) or (meta.get("format"), meta.get("format_version")) != (FORMAT, FORMAT_VERSION):
        raise ModelError(f"{folder / META_FILE}: not a {FORMAT} model of version {FORMAT_VERSION}")
    for name in MODEL_FILES:
        file = folder / name
        if not file.is_file():
            raise ModelError(f"{folder}: {name} is missing; the model folder is incomplete")
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        if digest != meta["sha256"][name]:
            raise ModelError(f"{file}: checksum {digest[:12]}… is not the stored {meta['sha256'][name][:12]}…")
