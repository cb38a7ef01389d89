"""Tell apart names that a model could have learned by heart and names it has never met.

Boundary: a name is known where gold of the training documents holds it as an entity of the same label, with white space
taken out; names of stand-off gold are not stored and count as never met.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from taskie.evaluation.gold import Gold
from taskie.evaluation.scores import Count
from taskie.records import Document

SEEN_LABELS = ("ORG", "PROJECT")
SEEN_ROWS = tuple(f"{kind}:{label}" for label in SEEN_LABELS for kind in ("seen", "unseen"))
Names = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class SeenCount:
    """Gold entities of a row that were found or missed, and the different names among them."""

    count: Count = Count()
    names: frozenset[str] = field(default=frozenset())

    def __add__(self, other: SeenCount) -> SeenCount:
        return SeenCount(self.count + other.count, self.names | other.names)


def training_names(golds: Iterable[Gold]) -> Names:
    """Return the names of each label in the gold of training documents, inside their annotated ranges."""
    names: dict[str, set[str]] = {label: set() for label in SEEN_LABELS}
    for gold in golds:
        for entity in gold.document.entities:
            if entity.label in names and any(a <= entity.start and entity.end <= b for a, b in gold.annotated):
                names[entity.label].add(_plain(entity.text))
    return {label: frozenset(found) for label, found in names.items()}


def _plain(name: str) -> str:
    return "".join(name.split())


def count_seen(gold: Gold, predicted: Document, names: Names) -> dict[str, SeenCount]:
    """Count the gold names of one document by row; one is found where span and label are both right."""
    found = {(e.start, e.end, e.label) for e in predicted.entities}
    counts = dict.fromkeys(SEEN_ROWS, SeenCount())
    for entity in gold.document.entities:
        if entity.label not in SEEN_LABELS or not any(a <= entity.start and entity.end <= b for a, b in gold.annotated):
            continue
        name = _plain(entity.text)
        row = f"{'seen' if name in names[entity.label] else 'unseen'}:{entity.label}"
        hit = (entity.start, entity.end, entity.label) in found
        counts[row] += SeenCount(Count(int(hit), 0, int(not hit)), frozenset([name]))
    return counts


def seen_figures(counts: Iterable[Mapping[str, SeenCount]]) -> dict[str, dict[str, Any]]:
    """Return recall, counts and the number of different names of each row over all documents, as plain values.

    The recall of a row without any name is ``None``.
    """
    total = dict.fromkeys(SEEN_ROWS, SeenCount())
    for document in counts:
        for row, count in document.items():
            total[row] += count
    return {
        row: {
            "recall": round(seen.count.recall, 4) if seen.names else None, "hits": seen.count.hits,
            "missed": seen.count.missed, "names": len(seen.names),
        }
        for row, seen in total.items()
    }  # fmt: skip
