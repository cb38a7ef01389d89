"""Extract from a ``datasets`` collection, in one process or several, batch by batch."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from taskie.collections.tables import DOCUMENT, DOCUMENTS, ERROR, check_columns
from taskie.collections.worker import extract_text

if TYPE_CHECKING:
    import datasets

D = TypeVar("D", bound="datasets.Dataset | datasets.IterableDataset | datasets.DatasetDict")

BATCH_SIZE = 16
# Rows held before they are written to disk; documents are large.
_WRITTEN_AT_ONCE = 64


def extract_dataset(
    dataset: D, *, column: str = "text", num_proc: int | None = None, model: str | Path | None = None
) -> D:
    """Return ``dataset`` with the columns ``document`` (JSON of ``Document.to_dict()``) and ``error``.

    Rows keep their order; a missing text has neither. Several processes (``num_proc``) each load the model once. What
    was extracted before from the same rows with the same model comes from the cache of ``datasets``. Raises
    ``ValueError`` on unknown columns, ``TypeError`` if the column holds no text, ``ModelError`` if ``model`` is none.
    """
    import datasets

    if num_proc is not None and (isinstance(num_proc, bool) or not isinstance(num_proc, int) or num_proc < 1):
        raise ValueError(f"num_proc must be a whole number of at least 1, got {num_proc!r}")
    for part in dataset.values() if isinstance(dataset, Mapping) else (dataset,):
        _check(part, column)
    options: dict[str, Any] = {"batched": True, "batch_size": BATCH_SIZE}
    if not isinstance(dataset, datasets.IterableDataset | datasets.IterableDatasetDict):
        options |= {"num_proc": num_proc, "writer_batch_size": _WRITTEN_AT_ONCE, "desc": "extracting"}
        options["features"] = _features(dataset)
    return dataset.map(_Mapping(column, model), **options)


def _check(part: Any, column: str) -> None:
    if part.column_names is None:  # a stream may not know its columns
        return
    check_columns(part.column_names, column=column, rows=DOCUMENTS)
    kind = getattr(part.features.get(column) if part.features else None, "dtype", "string")
    if kind not in ("string", "large_string", "null"):
        raise TypeError(f"the column {column!r} holds {kind}, not text")


def _features(dataset: Any) -> Any:
    """Return the features of the result; without them a batch without any error would make ``error`` of no type."""
    import datasets

    part = next(iter(dataset.values())) if isinstance(dataset, Mapping) else dataset
    text = datasets.Value("string")
    return datasets.Features({**part.features, DOCUMENT: text, ERROR: text})


class _Mapping:
    """Add the columns to a batch. What it holds is what the cache of ``datasets`` is keyed by."""

    def __init__(self, column: str, model: str | Path | None) -> None:
        from taskie import __version__
        from taskie.ner.tagger import Tagger, default_model_path

        self.column = column
        self.model = str(model or default_model_path())
        self.version = __version__
        self.network = Tagger.load(self.model).meta["network_sha256"]

    def __call__(self, batch: Mapping[str, list[Any]]) -> dict[str, list[str | None]]:
        results = [extract_text(text, self.model) for text in batch[self.column]]
        documents = [None if document is None else document.to_json() for document, _ in results]
        return {DOCUMENT: documents, ERROR: [error for _, error in results]}
