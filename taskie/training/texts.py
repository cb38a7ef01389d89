"""The texts to train on: documents of the corpus, weighted, and annotated stretches of others.

Boundary: annotated documents in, training texts out; look-alike characters are replaced as extraction does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from taskie.corpus.standoff import StandoffDocument
from taskie.corpus.store import read_corpus
from taskie.records import Entity
from taskie.structure.lookalikes import replace_lookalikes
from taskie.training.batches import TrainingText


@dataclass(frozen=True, slots=True)
class DataConfig:
    """Weights of documents in the loss: those denser than real notices, and real ones with stand-off gold."""

    dense_weight: float = 0.5
    real_weight: float = 1.5
    # Texts that teachers labelled: their weight, and how many characters of them an epoch sees.
    raw_weight: float = 0.5
    raw_characters: int = 600_000
    # So much of the training texts is kept beside the model, to be learned again with new ones.
    replay_characters: int = 160_000


def training_texts(root: Path, split: str, data: DataConfig) -> list[TrainingText]:
    """Return the corpus documents of a split, weighted."""
    return [
        TrainingText(d.id, replace_lookalikes(d.document.text), d.document.entities, _weight(d.id, data))
        for d in read_corpus(root, split=split)
    ]


def _weight(document_id: str, data: DataConfig) -> float:
    dense = document_id.startswith("start_") and not document_id.startswith("start_s")
    return data.dense_weight if dense else 1.0


def standoff_texts(found: Sequence[StandoffDocument], data: DataConfig) -> list[TrainingText]:
    """Return the annotated stretches of stand-off documents."""
    return [
        stretch_text(f"standoff_{d.name}_{start}", d.text, d.entities, start, end, weight=data.real_weight)
        for d in found
        for start, end in d.annotated
    ]


def stretch_text(
    name: str, text: str, entities: Iterable[Entity], start: int, end: int, *, weight: float = 1.0
) -> TrainingText:
    """Return ``text[start:end]`` with the entities that lie in it."""
    own = tuple(
        replace(e, start=e.start - start, end=e.end - start) for e in entities if start <= e.start and e.end <= end
    )
    return TrainingText(name, replace_lookalikes(text[start:end]), own, weight)
