"""``taskie extract``: files in, ledger out; a file that fails is reported and the others go on."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from taskie.errors import ReadError, TaskieError, WriteError
from taskie.records import Document

DESCRIPTION = """Extract tasks, targets, units, deadlines and measures from files.

Without -o a readable table goes to the terminal. With -o the ending of OUT decides the format:
.xlsx (ledger with three sheets), .csv, .json, .jsonl, .parquet, .db (SQLite).
FILE may be a file, a folder, a pattern such as 'notices/*.docx', or - for standard input.

FILE.parquet is a collection with a column of texts; it goes to OUT.parquet part by part, in steady memory:
the ledger with the number of the text in front, or with --rows documents its own columns and the JSON of each."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser(
        "extract", help="extract the ledger from files", description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("files", nargs="+", metavar="FILE", help="file, folder, pattern, or - for standard input")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="OUT", help="where to write; the ending decides the format"
    )
    parser.add_argument("--model", type=Path, metavar="DIR", help="model folder (default: the shipped model)")
    parser.add_argument("--jobs", type=_positive, default=1, metavar="N", help="processes to use (default: 1)")
    parser.add_argument(
        "--resume", action="store_true", help="go on where an interrupted run with the same OUT stopped"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace OUT if it exists")
    parser.add_argument(
        "--errors", type=Path, metavar="FILE", help="also write failures to FILE, one JSON object a line"
    )
    parser.add_argument("--column", metavar="NAME", help="collection: the column of texts (default: text)")
    parser.add_argument(
        "--rows",
        choices=("ledger", "documents"),
        help="collection: a row a target (ledger, the default) or a row a text",
    )
    parser.add_argument(
        "--keep", nargs="+", default=[], metavar="NAME", help="collection: columns to take over into the ledger"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress bar and no summary")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the subcommand; returns 1 if any file failed."""
    from taskie.cli.collection import is_collection, run_collection

    if any(is_collection(name) for name in args.files):
        return run_collection(args)
    if args.column or args.rows or args.keep:
        raise ReadError("--column, --rows and --keep go with a collection, FILE.parquet; there is none")
    from taskie.readers.files import expand_sources

    sources, missing = expand_sources(args.files)
    failures = [(name, f"{name}: {reason}") for name, reason in missing]
    if args.output is None:
        documents, failed = _collect(extract_sources(sources, args.model, args.jobs), args, len(sources))
        failures += failed
        _show(documents)
    else:
        failures += _to_file(sources, args)
    _report(failures, args)
    return 1 if failures else 0


Outcome = tuple[str, "Document | str"]


def extract_sources(sources: Sequence[str], model: Path | None, jobs: int) -> Iterator[Outcome]:
    """Yield ``(source, document or error message)`` in the order of ``sources``."""
    if jobs == 1 or len(sources) < 2:
        _load(model)
        for source in sources:
            yield _extract_one(source)
        return
    context = get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(sources)), context, _load, (model,)) as pool:
        futures: list[Future[Outcome]] = [pool.submit(_extract_one, source) for source in sources]
        for future in futures:
            yield future.result()


def _load(model: Path | None) -> None:
    global _extractor
    from taskie.extractor import load
    from taskie.ner.tagger import default_model_path

    _extractor = load(model or default_model_path())


_extractor = None


def _extract_one(source: str) -> Outcome:
    """Extract from one source; what fails becomes a message, so that the other sources go on."""
    from taskie.readers.files import read_file

    try:
        read = read_file(sys.stdin.buffer, name="-") if source == "-" else read_file(Path(source))
        return source, _extractor.extract_read(read, source=source)  # type: ignore[attr-defined]
    except TaskieError as error:
        return source, str(error)
    except OSError as error:
        return source, f"{source}: {error.strerror or error}"


def _collect(
    outcomes: Iterable[Outcome], args: argparse.Namespace, total: int
) -> tuple[list[Document], list[tuple[str, str]]]:
    documents, failures = [], []
    for source, outcome in _with_progress(outcomes, args, total):
        if isinstance(outcome, Document):
            show_warnings(outcome)
            documents.append(outcome)
        else:
            failures.append((source, outcome))
    return documents, failures


def _to_file(sources: Sequence[str], args: argparse.Namespace) -> list[tuple[str, str]]:
    """Extract into a part file a document a line, then write OUT from it; an interrupted run leaves the part file."""
    from taskie.writers import check_output, write

    check_output(args.output, overwrite=args.overwrite or args.resume)
    part = args.output.with_name(args.output.name + ".part.jsonl")
    done = list(_read_part(part)) if args.resume and part.exists() else []
    finished = {document.source for document in done}
    todo = [source for source in sources if source not in finished]
    failures: list[tuple[str, str]] = []
    try:
        with part.open("w", encoding="utf-8") as handle:
            # What was finished is written anew: its last line may have been torn.
            handle.writelines(document.to_json() + "\n" for document in done)
            for source, outcome in _with_progress(extract_sources(todo, args.model, args.jobs), args, len(todo)):
                if isinstance(outcome, Document):
                    show_warnings(outcome)
                    handle.write(outcome.to_json() + "\n")
                    handle.flush()
                else:
                    failures.append((source, outcome))
    except OSError as error:
        raise WriteError(f"{part}: cannot be written: {error.strerror or error}") from error
    order = {source: i for i, source in enumerate(sources)}
    documents = sorted(_read_part(part), key=lambda document: order.get(document.source or "", len(order)))
    write(documents, args.output, overwrite=True)
    part.unlink()
    if not args.quiet:
        rows = sum(len(document.records()) for document in documents)
        print(f"{args.output}: {len(documents)} documents, {rows} rows", file=sys.stderr)
    return failures


def _read_part(part: Path) -> Iterator[Document]:
    """Read the finished documents; a last line torn by the interruption is dropped."""
    lines = part.read_text(encoding="utf-8").split("\n")
    for i, line in enumerate(lines):
        if not line:
            continue
        try:
            yield Document.from_json(line)
        except ReadError as error:
            if i < len(lines) - 1:
                raise ReadError(f"{part}:{i + 1}: {error}; remove the file to start again") from error


def _with_progress(outcomes: Iterable[Outcome], args: argparse.Namespace, total: int) -> Iterator[Outcome]:
    if args.quiet or total < 2 or not sys.stderr.isatty():
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(outcomes, total=total, description="extracting", console=Console(stderr=True))


def _show(documents: Sequence[Document]) -> None:
    from rich.console import Console

    from taskie.writers import render_table

    console = Console()
    for document in documents:
        console.print(render_table(document))


def show_warnings(document: Document) -> None:
    """Say what of the file was not read."""
    for warning in document.warnings:
        print(f"taskie: note: {warning}", file=sys.stderr)


def _report(failures: Sequence[tuple[str, str]], args: argparse.Namespace) -> None:
    for _, message in failures:
        print(f"taskie: {message}", file=sys.stderr)
    if args.errors:
        lines = [json.dumps({"source": source, "error": message}, ensure_ascii=False) for source, message in failures]
        args.errors.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def _positive(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is not a whole number of at least 1")
    return int(value)
