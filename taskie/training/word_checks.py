"""Hold learned words against documents: those that teach them have to be read better, those read before alike.

Boundary: words in, the ones that may stay out, with a line for each that may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from taskie.evaluation.gold import Gold
from taskie.evaluation.scores import DocumentScores, score_document
from taskie.extractor import extract_with_entities
from taskie.records import Entity
from taskie.structure.learned import LearnedWords
from taskie.structure.outline import TaskOutline
from taskie.structure.reader import read_outline

# What stands behind a verb that ends an attribution.
VERB_ENDS = r"[，,；;。）)〕\]】\n]|$"
# What words of structure can make better or worse.
_SCORES = ("tasks", "statement", "units", "targets", "deadlines")


def keep_what_pays(golds: Sequence[Gold], words: LearnedWords, known: LearnedWords) -> tuple[LearnedWords, list[str]]:
    """Drop the words without which the annotated documents, with their entities, are read better."""
    dropped = []
    for single in singles(words):
        place = _place(single)
        concerned = [gold for gold in golds if place.search(gold.document.text)]
        fewer = without(words, single)
        if _faults(concerned, known.merged(fewer)) < _faults(concerned, known.merged(words)):
            words = fewer
            dropped.append(f"{single.lines()[0]}: not kept, the annotated documents are read better without it")
    return words, dropped


def _faults(golds: Sequence[Gold], words: LearnedWords) -> int:
    total = DocumentScores({})
    for gold in golds:
        read = extract_with_entities(gold.document.text, gold.document.entities, words=words)
        total += score_document(gold.document, read, annotated=gold.annotated)
    return sum(count.false + count.missed for name, count in total.counts.items() if name in _SCORES)


def keep_what_spares(
    old: Sequence[tuple[str, Sequence[Entity]]], words: LearnedWords, known: LearnedWords
) -> tuple[LearnedWords, list[str]]:
    """Drop the words that change how an old text is read, its entities given.

    The old texts have no gold of structure; what reads them is known to read them well, so that a change is taken for
    harm. A word that cannot be told guilty alone is dropped with the others that the text has.
    """
    dropped = []
    for text, entities in old:
        present = [single for single in singles(words) if _place(single).search(text)]
        if not present:
            continue
        bodies = [(e.start, e.end) for e in entities if e.label == "ORG"]
        before = _tasks(text, bodies, known)
        if _tasks(text, bodies, known.merged(words)) == before:
            continue
        guilty = [s for s in present if _tasks(text, bodies, known.merged(without(words, s))) == before] or present
        for single in guilty:
            words = without(words, single)
            dropped.append(f"{single.lines()[0]}: not kept, it changes how a document known before is read")
    return words, dropped


def _tasks(text: str, bodies: Sequence[tuple[int, int]], words: LearnedWords) -> tuple[TaskOutline, ...]:
    return read_outline(text, bodies, words=words).tasks


def singles(words: LearnedWords) -> Iterator[LearnedWords]:
    """Yield each word by itself."""
    for label in words.labels:
        yield LearnedWords(labels=(label,))
    for verb in words.verbs:
        yield LearnedWords(verbs=(verb,))
    for column in words.columns:
        yield LearnedWords(columns=(column,))


def without(words: LearnedWords, single: LearnedWords) -> LearnedWords:
    """Return ``words`` less those of ``single``."""
    return LearnedWords(
        tuple(label for label in words.labels if label not in single.labels),
        tuple(verb for verb in words.verbs if verb not in single.verbs),
        tuple(column for column in words.columns if column not in single.columns),
    )


def _place(single: LearnedWords) -> re.Pattern[str]:
    """Return where a word can be read as what it was learned for."""
    forms = (
        (single.labels, r"{}\s*[:：\s]"),
        (single.verbs, rf"{{}}(?={VERB_ENDS})"),
        (single.columns, r"(?<!\w){}(?!\w)"),
    )
    return re.compile(next(form.format(re.escape(pair[0])) for pairs, form in forms for pair in pairs))
