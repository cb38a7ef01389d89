"""Count the corpus: documents, characters, densities by label, and which documents are off real density.

The real densities are those read off task notices: per 1,000 characters 13–17 bodies, 7–9 amounts, 1.5–3.5 projects,
0.5–1.5 deadlines, and 65–75% of the clauses without any entity; tables have more amounts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taskie.corpus.store import CorpusDocument
from taskie.records import LABELS

# (lowest, highest) per 1,000 characters, widened by half for single documents.
REAL = {"ORG": (8, 24), "PROJECT": (0.5, 6), "QUANTITY": (3, 16), "DEADLINE": (0, 6)}
REAL_EMPTY = (0.5, 0.85)


@dataclass(frozen=True, slots=True)
class DocumentStats:
    """Figures of one document; ``density`` is per 1,000 characters, ``empty`` the share of clauses with no entity."""

    id: str
    split: str
    kind: str
    characters: int
    counts: dict[str, int]
    empty: float

    @property
    def density(self) -> dict[str, float]:
        """Return entities of each label per 1,000 characters."""
        return {label: 1000 * self.counts.get(label, 0) / max(1, self.characters) for label in LABELS}

    @property
    def off(self) -> list[str]:
        """Return what lies outside the range of real notices."""
        wrong = [label for label, (low, high) in REAL.items() if not low <= self.density[label] <= high]
        return wrong + (["empty clauses"] if not REAL_EMPTY[0] <= self.empty <= REAL_EMPTY[1] else [])


def document_stats(found: CorpusDocument) -> DocumentStats:
    """Count one document."""
    text = found.document.text
    clauses = [match.span() for match in re.finditer(r"[^，。；：！？,;:\n\t|]{2,}", text)]
    starts = sorted(entity.start for entity in found.document.entities)
    filled = sum(any(a <= start < b for start in starts) for a, b in clauses)
    counts = Counter(entity.label for entity in found.document.entities)
    return DocumentStats(
        found.id,
        found.split,
        str(found.meta.get("kind", "")),
        len(text),
        dict(counts),
        1 - filled / max(1, len(clauses)),
    )


def corpus_stats(documents: Iterable[CorpusDocument]) -> list[DocumentStats]:
    """Count each document, in their order."""
    return [document_stats(found) for found in documents]


def summary(stats: list[DocumentStats]) -> str:
    """Return the figures of the corpus as text, and the documents that are off."""
    characters = sum(s.characters for s in stats)
    lines = [f"{len(stats)} documents, {characters:,} characters"]
    for name, group in (("split", lambda s: s.split), ("kind", lambda s: s.kind or "unknown")):
        counts = Counter(group(s) for s in stats)
        lines.append(f"{name}: " + ", ".join(f"{key} {n}" for key, n in sorted(counts.items())))
    for label in LABELS:
        total = sum(s.counts.get(label, 0) for s in stats)
        lines.append(f"{label:9} {total:6,}   {1000 * total / max(1, characters):5.1f} per 1,000 characters")
    lines.append(f"clauses without entity: {sum(s.empty for s in stats) / max(1, len(stats)):.0%}")
    off = [s for s in stats if s.off]
    lines.append(f"{len(off)} documents off real density")
    lines += [f"  {s.id}: {', '.join(s.off)}" for s in off]
    return "\n".join(lines)


def draw(stats: list[DocumentStats], path: Path) -> None:
    """Draw the distributions of density as a picture; needs matplotlib (extra ``train``)."""
    try:
        import matplotlib

        matplotlib.use("Agg")
        from matplotlib import pyplot
    except ImportError as error:
        from taskie.errors import MissingDependencyError

        raise MissingDependencyError("the picture needs matplotlib: pip install 'taskie[train]'") from error
    figure, axes = pyplot.subplots(1, len(LABELS) + 1, figsize=(16, 3.2), layout="constrained")
    for axis, label in zip(axes, LABELS, strict=False):
        _panel(axis, [s.density[label] for s in stats], f"{label} per 1,000 characters", REAL[label])
    _panel(axes[-1], [s.empty for s in stats], "clauses without entity", REAL_EMPTY)
    figure.savefig(path, dpi=110)
    pyplot.close(figure)


def _panel(axis: Any, values: list[float], title: str, real: tuple[float, float]) -> None:
    axis.axvspan(*real, color="#cfe8cf", label="real notices")
    axis.hist(values, bins=24, color="#4a7fc1")
    axis.set_title(title, fontsize=10)
    axis.legend(fontsize=8)
