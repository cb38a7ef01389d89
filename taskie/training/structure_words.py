"""Learn words of structure from annotated documents: labels and verbs of attributions, headings of table columns.

Boundary: gold in, words out that pay on it; which columns hold what is ``column_evidence``, and whether documents read
before are still read alike is ``word_checks``. No network is trained.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from taskie.evaluation.gold import Gold
from taskie.records import Document, Entity, Task, Unit
from taskie.structure.bodies import looks_like_body
from taskie.structure.body_lists import BodyLists
from taskie.structure.columns import Column, read_header_cell
from taskie.structure.learned import NO_WORDS, LearnedWords, reading_with
from taskie.structure.lookalikes import replace_lookalikes
from taskie.structure.responsibility_words import meaning_of_label, role_of_verb
from taskie.structure.times import read_time
from taskie.training.column_evidence import column_votes
from taskie.training.word_checks import VERB_ENDS, keep_what_pays, keep_what_spares

# A word has to occur in so many documents, and such a share of its occurrences has to mean the same.
MIN_DOCUMENTS = 2
MIN_PRECISION = 0.9
_LABEL_BEFORE = re.compile(r"(?<!\w)([\u4e00-\u9fff]{2,10})\s?[:：]\s?$")
# Before a person's name a title may stand: 挂帅领导：副总经理沈砚秋.
_LABEL_BEFORE_PERSON = re.compile(r"(?<!\w)([\u4e00-\u9fff]{2,10})\s?[:：][^：:；;。\n]{0,20}$")
_VERB_BEHIND = re.compile(rf"([\u4e00-\u9fff]{{2,4}})(?={VERB_ENDS})")
_NO_VERB = re.compile(r"^(?:等|按|分别|共同|各自|以及|[和及与])")
_LOOK_BACK = 36


@dataclass(frozen=True, slots=True)
class Learned:
    """The words that were learned, and a line for each that was not kept, with the reason."""

    words: LearnedWords = NO_WORDS
    dropped: tuple[str, ...] = ()


@dataclass(slots=True)
class _Votes:
    """Where a word stands before or behind what it names: the places by meaning, all places, and the documents."""

    places: dict[str, set[tuple[str, int]]] = field(default_factory=lambda: defaultdict(set))
    everywhere: set[tuple[str, int]] = field(default_factory=set)

    def meaning(self) -> str | None:
        """Return what the word means, if it is frequent and unambiguous enough."""
        if not self.places:
            return None
        meaning, places = max(self.places.items(), key=lambda item: (len(item[1]), item[0]))
        enough = len({name for name, _ in places}) >= MIN_DOCUMENTS
        return meaning if enough and len(places) >= MIN_PRECISION * len(self.everywhere | places) else None


def learn_words(
    golds: Sequence[Gold], *, old: Sequence[tuple[str, Sequence[Entity]]] = (), known: LearnedWords = NO_WORDS
) -> Learned:
    """Return words that ``golds`` teach beyond the built-in ones and ``known``, and that do no harm.

    A word is taken if it occurs in at least two documents and nearly always means the same, if the structure of the
    annotated documents is not read worse with it, and if none of the ``old`` texts, with their entities, is read
    otherwise than before. Documents without annotated records teach nothing.
    """
    read = [replace(g, document=_cleaned(g.document)) for g in golds if "records" in g.layers and g.document.tasks]
    with reading_with(known):
        candidates = LearnedWords(
            tuple(sorted(_new(_label_votes(read), meaning_of_label))),
            tuple(sorted(_new(_verb_votes(read), role_of_verb))),
            tuple(sorted(_new_columns(read))),
        )
    kept, useless = keep_what_pays(read, candidates, known)
    spared, harmful = keep_what_spares(old, kept, known)
    return Learned(spared, (*useless, *harmful))


def _cleaned(document: Document) -> Document:
    """Return the document with the text as it is read; look-alikes are replaced one for one, so offsets stay."""
    return replace(document, text=replace_lookalikes(document.text))


def _new(votes: dict[str, _Votes], read_now: Callable[[str], str | None]) -> Iterator[tuple[str, str]]:
    for word, found in votes.items():
        meaning = found.meaning()
        if meaning and read_now(word) != meaning:
            yield word, meaning


def _label_votes(golds: Sequence[Gold]) -> dict[str, _Votes]:
    """Collect the labels before units, leaders and deadlines."""
    votes: dict[str, _Votes] = defaultdict(_Votes)
    for gold in golds:
        text = gold.document.text
        for start, meaning, pattern in _labelled(gold.document):
            match = pattern.search(text, max(0, start - _LOOK_BACK), start)
            if match:
                votes[match[1]].places[meaning].add((gold.name, match.start()))
    for word, found in votes.items():
        label = re.compile(rf"(?<!\w){re.escape(word)}\s?[:：]")
        for gold in golds:
            found.everywhere |= {(gold.name, m.start()) for m in label.finditer(gold.document.text)}
    return votes


def _labelled(document: Document) -> Iterator[tuple[int, str, re.Pattern[str]]]:
    """Yield ``(start, meaning, pattern of the label before it)`` of what a label may stand before."""
    for task in document.tasks:
        for start, _, role in _unit_lists(document.text, task):
            yield start, role, _LABEL_BEFORE
        if task.deadline and task.deadline.start is not None:
            yield task.deadline.start, "deadline", _LABEL_BEFORE
        for name in task.leaders:
            place = document.text.find(name, task.start, task.end)
            if place >= 0:
                yield place, "leader", _LABEL_BEFORE_PERSON


def _unit_lists(text: str, task: Task) -> Iterator[tuple[int, int, str]]:
    """Yield ``(start, end, role)`` of the printed lists of a task's units; lists of several roles say nothing of a word."""
    roles: dict[tuple[int, int], set[str]] = defaultdict(set)
    lists = BodyLists.of(text, {(unit.start, unit.end) for unit in task.units}).lists
    for unit in task.units:
        roles[_list_of(unit, lists)].add(unit.role)
    for (start, end), found in roles.items():
        if len(found) == 1:
            yield start, end, found.pop()


def _list_of(unit: Unit, lists: Iterable[tuple[int, int]]) -> tuple[int, int]:
    return next((a, b) for a, b in lists if a <= unit.start and unit.end <= b)


def _verb_votes(golds: Sequence[Gold]) -> dict[str, _Votes]:
    """Collect the words behind lists of units; behind other bodies they speak against a role."""
    votes: dict[str, _Votes] = defaultdict(_Votes)
    for gold in golds:
        for task in gold.document.tasks:
            for _, end, role in _unit_lists(gold.document.text, task):
                word = _verb_at(gold.document.text, end)
                if word:
                    votes[word].places[role].add((gold.name, end))
    for gold in golds:
        for entity in gold.document.entities:
            word = _verb_at(gold.document.text, entity.end) if entity.label == "ORG" else None
            if word in votes:
                votes[word].everywhere.add((gold.name, entity.end))
    return votes


def _verb_at(text: str, position: int) -> str | None:
    match = _VERB_BEHIND.match(text, position)
    if not match or _NO_VERB.match(match[1]) or looks_like_body(match[1]) or read_time(text, *match.span(1)):
        return None
    return match[1]


def _new_columns(golds: Sequence[Gold]) -> Iterator[tuple[str, str, str | None]]:
    votes: dict[str, Counter[tuple[str, str | None] | None]] = defaultdict(Counter)
    for gold in golds:
        for heading, vote in column_votes(gold.document).items():
            votes[heading][vote] += 1
    for heading, found in votes.items():
        vote, documents = found.most_common(1)[0]
        if vote is None or documents < MIN_DOCUMENTS or documents < MIN_PRECISION * sum(found.values()):
            continue
        now: Column | None = read_header_cell(heading)
        if now is None or (now.meaning, now.role) != vote:
            yield heading, *vote
