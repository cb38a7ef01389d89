"""Words of structure that annotated documents taught: labels and verbs of attributions, headings of table columns.

Boundary: what such words are, their file beside a model, and which are in force while a document is read; how they are
learned is the business of ``taskie.training.structure_words``, how they are used that of the readers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from taskie.errors import ModelError
from taskie.records import ROLES

WORDS_FILE = "structure.json"
FORMAT, VERSION = "taskie structure words", 1
# What may stand behind a label: units in a role, persons, or a time.
LABEL_MEANINGS = (*ROLES, "leader", "deadline")
COLUMN_MEANINGS = (
    "number", "category", "title", "statement", "value", "measure_unit", "unit", "leader", "deadline", "status",
    "progress", "problems", "next_steps", "remark", "amount",
)  # fmt: skip
MAX_WORD = 16


@dataclass(frozen=True, slots=True)
class LearnedWords:
    """Learned words, each once, in the order of their characters.

    ``labels`` are (word before a colon, one of ``LABEL_MEANINGS``), ``verbs`` (word behind a list of bodies, role),
    ``columns`` (heading, one of ``COLUMN_MEANINGS``, the role if that is ``unit``).
    """

    labels: tuple[tuple[str, str], ...] = ()
    verbs: tuple[tuple[str, str], ...] = ()
    columns: tuple[tuple[str, str, str | None], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.labels or self.verbs or self.columns)

    def label_words(self, *meanings: str) -> tuple[str, ...]:
        """Return the labels with one of these meanings."""
        return tuple(word for word, meaning in self.labels if meaning in meanings)

    def verb_words(self) -> tuple[str, ...]:
        """Return the verbs."""
        return tuple(word for word, _ in self.verbs)

    def merged(self, newer: LearnedWords) -> LearnedWords:
        """Return the words of both; where both have a word, what ``newer`` says of it counts."""
        columns = {c[0]: c for c in (*self.columns, *newer.columns)}
        return LearnedWords(
            tuple(sorted({**dict(self.labels), **dict(newer.labels)}.items())),
            tuple(sorted({**dict(self.verbs), **dict(newer.verbs)}.items())),
            tuple(columns[word] for word in sorted(columns)),
        )

    def lines(self) -> list[str]:
        """Return one line a word, to be shown."""
        return [
            *(f"label {word}： means {meaning}" for word, meaning in self.labels),
            *(f"verb {word} makes {role}" for word, role in self.verbs),
            *(f"column {word} holds {meaning}{f' ({role})' if role else ''}" for word, meaning, role in self.columns),
        ]

    def save(self, folder: Path) -> None:
        """Write the words into a model folder."""
        data = {
            "format": FORMAT,
            "version": VERSION,
            "labels": dict(self.labels),
            "verbs": dict(self.verbs),
            "columns": {word: {"meaning": meaning, "role": role} for word, meaning, role in self.columns},
        }
        content = json.dumps(data, ensure_ascii=False, indent=1)
        (folder / WORDS_FILE).write_text(content + "\n", encoding="utf-8")


NO_WORDS = LearnedWords()


def load_words(folder: Path) -> LearnedWords:
    """Load the words beside a model, none where it has no such file; raises ``ModelError`` on one of another form."""
    path = folder / WORDS_FILE
    if not path.exists():
        return NO_WORDS
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != FORMAT or data["version"] != VERSION:
            raise ModelError(f"{path}: made for another version; train it anew")
        words = LearnedWords(
            tuple(sorted(data["labels"].items())),
            tuple(sorted(data["verbs"].items())),
            tuple((word, c["meaning"], c.get("role")) for word, c in sorted(data["columns"].items())),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path}: not a file of learned words: {error!r}") from error
    _check(path, words)
    return words


def _check(path: Path, words: LearnedWords) -> None:
    """Refuse a word or meaning of no use, since it would be passed over in silence."""
    kinds = (
        ("label", words.labels, LABEL_MEANINGS),
        ("verb", words.verbs, ROLES),
        ("column", tuple((word, meaning) for word, meaning, _ in words.columns), COLUMN_MEANINGS),
    )
    for kind, pairs, allowed in kinds:
        for word, meaning in pairs:
            if not 1 <= len(word) <= MAX_WORD or any(c.isspace() for c in word) or meaning not in allowed:
                raise ModelError(f"{path}: {kind} {word!r} means {meaning!r}; allowed are {', '.join(allowed)}")
    for word, meaning, role in words.columns:
        if (meaning == "unit") != (role is not None) or (role is not None and role not in ROLES):
            raise ModelError(f"{path}: column {word!r} has role {role!r}; a unit has one of {', '.join(ROLES)}")


# A variable of the context and no argument: labels and headings are asked for by some twenty readers, most of which
# know nothing but a stretch of text, and a thread that reads with another model must not see these words.
_ACTIVE: ContextVar[LearnedWords] = ContextVar("taskie_learned_words", default=NO_WORDS)


def active_words() -> LearnedWords:
    """Return the words in force."""
    return _ACTIVE.get()


@contextmanager
def reading_with(words: LearnedWords) -> Iterator[None]:
    """Put ``words`` in force inside the block."""
    token = _ACTIVE.set(words)
    try:
        yield
    finally:
        _ACTIVE.reset(token)
