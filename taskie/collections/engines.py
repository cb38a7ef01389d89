"""Thin adapters for engines that run on many machines: Ray Data and Spark.

Boundary: a callable for each engine's own map over batches; how a cluster is set up is the engine's business. Each
worker process needs taskie installed, and loads the model once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taskie.collections.tables import DOCUMENT, DOCUMENTS, ERROR, LEDGER, check_columns, extract_table, ledger_types

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


class BatchExtractor:
    """Extract from batches: ``ray.data.Dataset.map_batches(BatchExtractor, fn_constructor_kwargs=…, concurrency=…)``.

    A batch is an arrow table, a pandas data frame or a mapping of columns (Ray's three batch formats); the result is an
    arrow table as ``taskie.collections.extract_table`` describes it.
    """

    def __init__(
        self, *, column: str = "text", model: str | Path | None = None, rows: str = DOCUMENTS, keep: Sequence[str] = ()
    ) -> None:
        self.column = column
        self.model = str(model) if model else None
        self.rows = rows
        self.keep = tuple(keep)

    def __call__(self, batch: pa.Table | pd.DataFrame | Mapping[str, Sequence[Any]]) -> pa.Table:
        """Return the arrow table of one batch."""
        table = _as_table(batch)
        return extract_table(table, column=self.column, model=self.model, rows=self.rows, keep=self.keep)

    def in_pandas(self, frames: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        """Yield the results for data frames: what Spark's ``mapInPandas`` calls."""
        for frame in frames:
            yield self(frame).to_pandas()


def extract_spark(
    frame: Any,
    *,
    column: str = "text",
    model: str | Path | None = None,
    rows: str = DOCUMENTS,
    keep: Sequence[str] = (),
) -> Any:
    """Return a Spark data frame of what was extracted from the texts in ``column`` of a Spark data frame.

    ``rows`` and ``keep`` are those of ``extract_table``. Nothing runs until an action asks for it. A folder given as
    ``model`` must be there on every worker. Raises ``ValueError`` on unknown columns.
    """
    from pyspark.sql import types

    check_columns(frame.columns, column=column, rows=rows, keep=keep)
    kinds = {"string": types.StringType(), "double": types.DoubleType(), "int64": types.LongType()}
    if rows == LEDGER:
        kept = [frame.schema[name] for name in keep]
        added = [types.StructField(name, kinds[kind]) for name, kind in ledger_types().items()]
    else:
        kept = list(frame.schema.fields)
        added = [types.StructField(name, kinds["string"]) for name in (DOCUMENT, ERROR)]
    extractor = BatchExtractor(column=column, model=model, rows=rows, keep=keep)
    return frame.mapInPandas(extractor.in_pandas, types.StructType([*kept, *added]))


def _as_table(batch: Any) -> pa.Table:
    import pyarrow as pa

    if isinstance(batch, pa.Table):
        return batch
    if isinstance(batch, Mapping):
        return pa.table({name: pa.array(list(values)) for name, values in batch.items()})
    return pa.Table.from_pandas(batch, preserve_index=False)
