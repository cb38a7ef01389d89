"""Extract from a table with a column of texts: the one job that all collections and engines share.

Boundary: arrow tables in and out, with fixed types, so that parts of a collection fit together whatever they hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from taskie.collections.worker import extract_text
from taskie.ledger import COLUMNS, ledger_rows

if TYPE_CHECKING:
    import pyarrow as pa

DOCUMENTS, LEDGER = "documents", "ledger"
ROWS = (LEDGER, DOCUMENTS)
DOCUMENT, ERROR = "document", "error"
_NUMBERS = {"value": "double", "value_max": "double", "start": "int64", "end": "int64"}


def ledger_types() -> dict[str, str]:
    """Return the ledger's columns with their arrow types, ``error`` last."""
    return {name: _NUMBERS.get(name, "string") for name in (*COLUMNS, ERROR)}


def extract_table(
    table: pa.Table, *, column: str = "text", model: str | None = None, rows: str = DOCUMENTS, keep: Sequence[str] = ()
) -> pa.Table:
    """Return what was extracted from the texts in ``column``.

    With ``rows="documents"`` it is ``table`` with two columns more: ``document`` (JSON of ``Document.to_dict()``) and
    ``error``. With ``rows="ledger"`` it is the ledger, a row a target, after the columns named in ``keep``; a text that
    failed has one row that holds its ``error``. Raises ``ValueError`` on unknown columns and ``TypeError`` if the column
    holds no text.
    """
    check_columns(table.schema.names, column=column, rows=rows, keep=keep)
    check_text_type(table.schema, column)
    results = [extract_text(text, model) for text in table[column].to_pylist()]
    if rows == LEDGER:
        return _ledger(table, results, keep)
    import pyarrow as pa

    documents = [None if document is None else document.to_json() for document, _ in results]
    table = table.append_column(DOCUMENT, pa.array(documents, pa.string()))
    return table.append_column(ERROR, pa.array([error for _, error in results], pa.string()))


def check_columns(names: Sequence[str], *, column: str, rows: str, keep: Sequence[str] = ()) -> None:
    """Raise ``ValueError`` if a column is missing, or one that is to be added is there already."""
    if rows not in ROWS:
        raise ValueError(f"rows must be one of {', '.join(ROWS)}, got {rows!r}")
    for name in (column, *keep):
        if name not in names:
            raise ValueError(f"no column {name!r}; there are {', '.join(names)}")
    added = (DOCUMENT, ERROR) if rows == DOCUMENTS else tuple(ledger_types())
    taken = [name for name in added if name in (names if rows == DOCUMENTS else keep)]
    if taken:
        raise ValueError(f"the column {taken[0]!r} is there already; rename it, since it would be replaced")


def check_text_type(schema: pa.Schema, column: str) -> None:
    """Raise ``TypeError`` if the column holds no text."""
    import pyarrow as pa

    kind = schema.field(column).type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind)):
        raise TypeError(f"the column {column!r} holds {kind}, not text")


def result_schema(schema: pa.Schema, *, rows: str, keep: Sequence[str] = ()) -> pa.Schema:
    """Return the schema of ``extract_table`` for a table of this schema."""
    import pyarrow as pa

    if rows == DOCUMENTS:
        return schema.append(pa.field(DOCUMENT, pa.string())).append(pa.field(ERROR, pa.string()))
    kept = [schema.field(name) for name in keep]
    return pa.schema([*kept, *((name, pa.type_for_alias(kind)) for name, kind in ledger_types().items())])


def _ledger(table: pa.Table, results: Sequence[tuple[Any, str | None]], keep: Sequence[str]) -> pa.Table:
    import pyarrow as pa

    rows: list[dict[str, Any]] = []
    indices: list[int] = []
    for i, (document, error) in enumerate(results):
        found = ledger_rows(document) if document is not None else []
        rows += [{ERROR: error}] if error else found
        indices += [i] * (1 if error else len(found))
    kept = table.select(list(keep)).take(pa.array(indices, pa.int64()))
    arrays = [
        pa.array([row.get(name) for row in rows], pa.type_for_alias(kind)) for name, kind in ledger_types().items()
    ]
    schema = result_schema(table.schema, rows=LEDGER, keep=keep)
    return pa.Table.from_arrays([*(c.combine_chunks() for c in kept.columns), *arrays], schema=schema)
