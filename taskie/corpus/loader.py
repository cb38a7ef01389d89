"""Load the corpus with the ``datasets`` library: train, validation and test by document, features typed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from taskie.corpus.store import SPLITS, read_corpus
from taskie.records import LABELS

if TYPE_CHECKING:
    import datasets


def load_dataset(root: str | Path | None = None) -> datasets.DatasetDict:
    """Return the corpus as a ``DatasetDict``: id, text, kind, layers, entities and the records as JSON text."""
    import datasets

    features = datasets.Features(
        {
            "id": datasets.Value("string"),
            "text": datasets.Value("string"),
            "kind": datasets.Value("string"),
            "layers": datasets.Sequence(datasets.Value("string")),
            "entities": datasets.Sequence(
                {
                    "label": datasets.ClassLabel(names=list(LABELS)),
                    "start": datasets.Value("int32"),
                    "end": datasets.Value("int32"),
                }
            ),
            "document": datasets.Value("string"),
        }
    )
    rows: dict[str, list[dict[str, Any]]] = {split: [] for split in SPLITS}
    for found in read_corpus(root):
        entities = found.document.entities
        rows[found.split].append(
            {
                "id": found.id,
                "text": found.document.text,
                "kind": str(found.meta.get("kind", "")),
                "layers": list(found.layers),
                "entities": [{"label": e.label, "start": e.start, "end": e.end} for e in entities],
                "document": found.document.to_json(),
            }
        )
    return datasets.DatasetDict({split: datasets.Dataset.from_list(rows[split], features=features) for split in SPLITS})
