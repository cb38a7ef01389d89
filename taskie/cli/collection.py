"""``taskie extract`` on a collection: a parquet file with a column of texts in, parquet out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from taskie.errors import ReadError, WriteError

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_collection(name: str) -> bool:
    """Tell whether a source is a collection of texts."""
    return name.lower().endswith(".parquet")


def run_collection(args: argparse.Namespace) -> int:
    """Extract from the collection; returns 1 if a text failed."""
    from taskie.collections import extract_parquet

    other = next((name for name in args.files if not is_collection(name)), None)
    if other is not None:
        raise ReadError(f"{other}: no parquet file; a collection is extracted by itself")
    if args.output is None:
        raise WriteError(f"{args.files[0]}: a collection goes to a file; give -o OUT.parquet")
    if args.resume:
        raise WriteError("--resume is for files; a collection is written whole or not at all")
    if args.errors:
        raise WriteError("--errors is for files; of a collection the column 'error' says what failed")
    with _progress(args) as advance:
        texts, rows, failures = extract_parquet(
            args.files, args.output, column=args.column or "text", rows=args.rows or "ledger", keep=args.keep, model=args.model,
            n_process=args.jobs, overwrite=args.overwrite, on_part=advance,
        )  # fmt: skip
    if failures:
        print(f"taskie: {failures} texts failed; the column 'error' says why", file=sys.stderr)
    if not args.quiet:
        print(f"{args.output}: {texts} texts, {rows} rows", file=sys.stderr)
    return 1 if failures else 0


@contextmanager
def _progress(args: argparse.Namespace) -> Iterator[Callable[[int], None] | None]:
    if args.quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("extracting"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("extracting", total=_count(args.files))
        yield lambda texts: progress.advance(task, texts)


def _count(paths: Sequence[str]) -> int | None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return sum(int(pq.read_metadata(path).num_rows) for path in paths)
    except (OSError, pa.ArrowException):
        return None
