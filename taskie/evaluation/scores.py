"""Count how good predicted documents are against gold: sets of full keys, as the evaluation page defines them.

Boundary: two lists of documents in, counts out; which extractor made the predictions and how the result is shown
is the business of ``report``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from taskie.records import LABELS, Document, Target

Key = tuple[object, ...]
Ranges = Sequence[tuple[int, int]]

SET_SCORES = ("ner", "tasks", "statement", "units", "targets", "links", "projects", "measures", "deadlines")
SHARE_SCORES = ("indicators", "deadline_dates", "records")
_MARKS = re.compile("[“”\"‘’'「」『』]")
_LOCAL = re.compile(r"^(?:全省|全市|全县|全区|我省|我市|我县|我区)")


@dataclass(frozen=True, slots=True)
class Count:
    """Counts of a set score; ``share`` scores have hits and missed only."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.hits + other.hits, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Return the share of predictions that are right; 1 where nothing was predicted and nothing is gold."""
        return _share(self.hits, self.hits + self.false, self.missed == 0)

    @property
    def recall(self) -> float:
        """Return the share of gold that was found."""
        return _share(self.hits, self.hits + self.missed, self.false == 0)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return _share(2 * self.hits, 2 * self.hits + self.false + self.missed, True)


def _share(part: int, whole: int, empty: bool) -> float:
    return part / whole if whole else float(empty)


@dataclass(frozen=True, slots=True)
class DocumentScores:
    """All counts of one document, by score; ``ner`` also by label as ``ner:ORG`` and so on."""

    counts: dict[str, Count]

    def __add__(self, other: DocumentScores) -> DocumentScores:
        names = dict.fromkeys([*self.counts, *other.counts])
        return DocumentScores({n: self.counts.get(n, Count()) + other.counts.get(n, Count()) for n in names})


def score_document(gold: Document, predicted: Document, *, annotated: Ranges | None = None) -> DocumentScores:
    """Score one document; only what lies inside ``annotated`` ranges (default: the whole text) counts."""
    ranges = annotated or [(0, len(gold.text))]
    counts = {}
    for name in SET_SCORES:
        gold_keys, own_keys = (set(_keys(name, document, ranges)) for document in (gold, predicted))
        counts[name] = _count(gold_keys, own_keys)
        if name == "ner":
            for label in LABELS:
                counts[f"ner:{label}"] = _count(
                    {k for k in gold_keys if k[2] == label}, {k for k in own_keys if k[2] == label}
                )
    counts["indicators"] = _indicators(gold, predicted, ranges)
    counts["deadline_dates"] = _deadline_dates(gold, predicted, ranges)
    counts["records"] = _records(gold, predicted, ranges)
    return DocumentScores(counts)


def score(
    gold: Sequence[Document], predicted: Sequence[Document], *, annotated: Sequence[Ranges | None] | None = None
) -> DocumentScores:
    """Score documents together, gold and prediction of each at the same index; their order changes nothing."""
    if len(gold) != len(predicted):
        raise ValueError(f"{len(gold)} gold documents but {len(predicted)} predicted ones; each needs its partner")
    total = DocumentScores({})
    for i, (one, other) in enumerate(zip(gold, predicted, strict=True)):
        total += score_document(one, other, annotated=annotated[i] if annotated else None)
    return total


def macro_f1(scores: DocumentScores) -> float:
    """Return the mean F1 of the labels."""
    return sum(scores.counts[f"ner:{label}"].f1 for label in LABELS) / len(LABELS)


def macro_averages(scores: DocumentScores) -> tuple[float, float, float]:
    """Return the means of precision, recall and F1 over the labels."""
    counts = [scores.counts[f"ner:{label}"] for label in LABELS]
    means = [sum(values) / len(counts) for values in zip(*((c.precision, c.recall, c.f1) for c in counts), strict=True)]
    return means[0], means[1], means[2]


def _count(gold: set[Key], predicted: set[Key]) -> Count:
    return Count(len(gold & predicted), len(predicted - gold), len(gold - predicted))


def _inside(start: int, end: int, ranges: Ranges) -> bool:
    return any(a <= start and end <= b for a, b in ranges)


def _keys(name: str, document: Document, ranges: Ranges) -> Iterable[Key]:
    """Yield the keys of a score; see the table of the evaluation page."""
    if name == "ner":
        yield from ((e.start, e.end, e.label) for e in document.entities if _inside(e.start, e.end, ranges))
        return
    per_target = _TARGET_KEYS.get(name)
    for task in document.tasks:
        if not _inside(task.start, task.end, ranges):
            continue
        if name == "tasks":
            yield "".join((task.number or "").split()), task.start
        elif name == "statement":
            yield stripped(document.text, task.statement.start, task.statement.end)
        elif name == "units":
            yield from ((task.start, unit.name, unit.role) for unit in task.units)
        elif per_target:
            for target in task.targets:
                yield from per_target(target)


def stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _measure_keys(target: Target) -> list[Key]:
    return [(m.start, m.end, m.value, m.value_max, m.unit, m.bound) for m in target.measures]


def _deadline_keys(target: Target) -> list[Key]:
    deadline = target.deadline
    return [] if deadline is None or deadline.source == "document" else [(target.start, target.end, deadline.text)]


_TARGET_KEYS: dict[str, Callable[[Target], Iterable[Key]]] = {
    "targets": lambda t: [(t.start, t.end)],
    "links": lambda t: [(t.start, t.end, unit, "lead") for unit in t.lead_units],
    "projects": lambda t: [(t.start, t.end, p.start, p.end) for p in t.projects],
    "measures": _measure_keys,
    "deadlines": _deadline_keys,
}


def _targets(document: Document, ranges: Ranges) -> list[Target]:
    return [target for task in document.tasks if _inside(task.start, task.end, ranges) for target in task.targets]


def _indicators(gold: Document, predicted: Document, ranges: Ranges) -> Count:
    """Count gold measures that were found and whose indicator agrees; one not found counts as missed."""
    found = {
        key: m
        for target in _targets(predicted, ranges)
        for key, m in zip(_measure_keys(target), target.measures, strict=True)
    }
    hits = total = 0
    for target in _targets(gold, ranges):
        for key, measure in zip(_measure_keys(target), target.measures, strict=True):
            total += 1
            hits += key in found and indicators_agree(measure.indicator, found[key].indicator)
    return Count(hits, 0, total - hits)


def indicators_agree(one: str | None, other: str | None) -> bool:
    """Tell whether two indicators agree: equal without quotation marks and a leading 全市 and its kin, or one
    contains the other and shares half of its characters."""
    a, b = (_LOCAL.sub("", _MARKS.sub("", name or "")) for name in (one, other))
    if a == b:
        return True
    shorter, longer = sorted((a, b), key=len)
    return bool(shorter) and shorter in longer and 2 * len(shorter) >= len(longer)


def _deadline_dates(gold: Document, predicted: Document, ranges: Ranges) -> Count:
    """Count gold deadlines that were found with the same date, and the same first date where gold has one."""
    found = {key: t.deadline for t in _targets(predicted, ranges) for key in _deadline_keys(t)}
    hits = total = 0
    for target in _targets(gold, ranges):
        for key in _deadline_keys(target):
            total += 1
            own, real = found.get(key), target.deadline
            if own and real and own.date == real.date and real.start_date in (None, own.start_date):
                hits += 1
    return Count(hits, 0, total - hits)


def _records(gold: Document, predicted: Document, ranges: Ranges) -> Count:
    """Count gold targets of which everything is right at once."""
    found = {(t.start, t.end): t for t in _targets(predicted, ranges)}
    hits = total = 0
    for target in _targets(gold, ranges):
        total += 1
        own = found.get((target.start, target.end))
        hits += own is not None and _record_key(own) == _record_key(target)
    return Count(hits, 0, total - hits)


def _record_key(target: Target) -> Key:
    deadline = target.deadline if target.deadline and target.deadline.source != "document" else None
    return (
        frozenset(target.lead_units),
        frozenset((p.start, p.end) for p in target.projects),
        frozenset((m.start, m.end, m.value, m.unit, m.bound) for m in target.measures),
        (deadline.text, deadline.date) if deadline else None,
    )


def entity_counts(gold: Document, predicted: Document, ranges: Ranges) -> Counter[str]:
    """Return how many gold and predicted entities of each label lie inside the ranges."""
    counts: Counter[str] = Counter()
    for kind, document in (("gold", gold), ("predicted", predicted)):
        counts.update(f"{kind}:{e.label}" for e in document.entities if _inside(e.start, e.end, ranges))
    return counts
