"""Extract from parquet files into another, part by part, so that memory does not grow with the collection."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from taskie.collections.tables import (
    DOCUMENTS,
    ERROR,
    LEDGER,
    check_columns,
    check_text_type,
    extract_table,
    result_schema,
)
from taskie.errors import ReadError, WriteError

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

# Texts in a part; with several processes so many parts a process are under way at once.
PART, AHEAD = 32, 2
ROW = "row"


def extract_parquet(
    source: str | Path | Sequence[str | Path], output: str | Path, *, column: str = "text", rows: str = LEDGER, keep: Sequence[str] = (),
    model: str | Path | None = None, n_process: int = 1, overwrite: bool = False,
    on_part: Callable[[int], None] | None = None,
) -> tuple[int, int, int]:  # fmt: skip
    """Extract from the texts in ``column`` of ``source`` and write ``output``; return texts, rows and failures.

    ``source`` is a file, or the parts of one collection in their order, all with the same columns.
    ``rows="ledger"`` gives a row a target after ``row``, the number of the text in the collection from 0, and the
    columns named in ``keep``; ``rows="documents"`` gives the columns of ``source`` with ``document`` and ``error``. The
    output appears whole or not at all. ``on_part`` is called with the number of texts done. Raises ``ReadError`` and
    ``WriteError``.
    """
    import pyarrow.parquet as pq

    sources = [Path(source)] if isinstance(source, str | Path) else [Path(one) for one in source]
    output = Path(output)
    _check_output(sources, output, overwrite=overwrite)
    files = [_open(one) for one in sources]
    schema, wanted = _schema(files[0].schema_arrow, sources[0], column=column, rows=rows, keep=keep)
    for one, file in zip(sources, files, strict=True):
        if file.schema_arrow.remove_metadata() != files[0].schema_arrow.remove_metadata():
            raise ReadError(f"{one}: has other columns than {sources[0]}; extract it by itself")
    numbered = (ROW, *keep) if rows == LEDGER else ()
    work = partial(extract_table, column=column, model=str(model) if model else None, rows=rows, keep=numbered)
    parts = _parts(files, wanted, numbered=bool(numbered))
    part_file = output.with_name(output.name + ".part")
    counts = [0, 0, 0]
    try:
        with pq.ParquetWriter(part_file, schema) as writer:
            for texts, result in _each(work, parts, n_process):
                writer.write_table(result.cast(schema))
                failed = len(result) - result[ERROR].null_count
                counts[0] += texts
                counts[1] += len(result) - (failed if rows == LEDGER else 0)
                counts[2] += failed
                if on_part:
                    on_part(texts)
        os.replace(part_file, output)
    except OSError as error:
        raise WriteError(f"{output}: cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            part_file.unlink()
    return counts[0], counts[1], counts[2]


def _open(source: Path) -> pq.ParquetFile:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(source)
    except FileNotFoundError as error:
        raise ReadError(f"{source}: no such file") from error
    except (OSError, pa.ArrowException) as error:
        raise ReadError(f"{source}: not a readable parquet file: {error}") from error


def _check_output(sources: Sequence[Path], output: Path, *, overwrite: bool) -> None:
    if not sources:
        raise ReadError("no parquet file was given")
    if output.suffix.lower() != ".parquet":
        raise WriteError(f"{output}: a collection is written to a file that ends in .parquet")
    if not output.parent.is_dir():
        raise WriteError(f"{output}: the folder {output.parent} does not exist")
    if output.exists() and any(source.exists() and output.samefile(source) for source in sources):
        raise WriteError(f"{output}: is the source itself")
    if output.exists() and not overwrite:
        raise WriteError(f"{output}: exists already; use --overwrite to replace it")


def _schema(
    schema: pa.Schema, source: Path, *, column: str, rows: str, keep: Sequence[str]
) -> tuple[pa.Schema, list[str]]:
    """Return the schema of the output and the columns to read; raises ``ReadError`` with the file."""
    import pyarrow as pa

    try:
        check_columns(schema.names, column=column, rows=rows, keep=keep)
        check_text_type(schema, column)
    except (ValueError, TypeError) as error:
        raise ReadError(f"{source}: {error}") from error
    if rows == DOCUMENTS:
        return result_schema(schema, rows=rows), list(schema.names)
    if ROW in (column, *keep):
        raise ReadError(f"{source}: the name {ROW!r} is taken by the number of the text; rename that column")
    read = list(dict.fromkeys([column, *keep]))
    numbered = pa.schema([*(schema.field(name) for name in read), pa.field(ROW, pa.int64())])
    return result_schema(numbered, rows=rows, keep=(ROW, *keep)), read


def _parts(files: Iterable[pq.ParquetFile], columns: list[str], *, numbered: bool) -> Iterator[pa.Table]:
    import pyarrow as pa

    start = 0
    for batch in (batch for file in files for batch in file.iter_batches(batch_size=PART, columns=columns)):
        table = pa.Table.from_batches([batch])
        if numbered:
            table = table.append_column(ROW, pa.array(range(start, start + len(table)), pa.int64()))
        start += len(table)
        yield table


def _each(
    work: Callable[[pa.Table], pa.Table], parts: Iterable[pa.Table], n_process: int
) -> Iterator[tuple[int, pa.Table]]:
    """Yield the number of texts and the result of each part, in order, with a few parts under way at once."""
    if n_process == 1:
        for part in parts:
            yield len(part), work(part)
        return
    # Threads inside the workers would compete for the cores that the workers already fill.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with ProcessPoolExecutor(n_process, get_context("spawn")) as pool:
        waiting: deque[tuple[int, Future[pa.Table]]] = deque()
        for part in parts:
            waiting.append((len(part), pool.submit(work, part)))
            if len(waiting) >= AHEAD * n_process:
                texts, future = waiting.popleft()
                yield texts, future.result()
        while waiting:
            texts, future = waiting.popleft()
            yield texts, future.result()
