"""``taskie export``: texts pre-annotated by the model, or gold, for annotation tools and for spaCy."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

DESCRIPTION = """Write documents in the format of an annotation tool.

Texts (any file that 'taskie extract' reads) are annotated by the model first. Gold goes out as it is:
.json and .jsonl with documents in the form of Document.to_dict(), or a folder with corpus/ and annotations/."""
EPILOG = """formats, and what OUT is:
  label-studio  OUT.json, tasks to import, and OUT.config.xml, the labelling interface
  doccano       OUT.jsonl, for a sequence labelling project with relations and overlapping spans
  prodigy       OUT.jsonl, one token a character
  brat          a folder with a .txt and an .ann a document, and annotation.conf
  docbin        OUT.spacy, for spaCy

When the annotators are done:  taskie import EXPORT --from label-studio -o mygold"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    from taskie.interchange.marks import LAYERS, RECORDS

    parser = subparsers.add_parser(
        "export", help="write documents for an annotation tool", description=DESCRIPTION, epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("files", nargs="+", metavar="FILE", help="text file, gold file, folder or pattern")
    parser.add_argument("--to", required=True, choices=FORMAT_NAMES, help="the format to write")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help="file or folder to write")
    parser.add_argument(
        "--layer", choices=LAYERS, default=RECORDS,
        help="entities alone, or with them the records: targets and their links (default)",
    )  # fmt: skip
    parser.add_argument("--model", type=Path, metavar="DIR", help="model folder (default: the shipped model)")
    parser.add_argument("--overwrite", action="store_true", help="replace OUT if it exists")
    parser.add_argument("-q", "--quiet", action="store_true", help="no summary")
    parser.set_defaults(run=run)


# Named here, so that --help need not load the formats.
FORMAT_NAMES = ("label-studio", "doccano", "prodigy", "brat", "docbin")


def run(args: argparse.Namespace) -> int:
    """Run the subcommand; returns 1 if a document could not be taken along."""
    import dataclasses

    from taskie.interchange import MarkedText, mark, write_marked
    from taskie.interchange.inputs import Given, unique_ids
    from taskie.interchange.marks import without_overlaps
    from taskie.interchange.reading import contradictions

    failures: list[str] = []
    notes: list[str] = []
    found: list[tuple[Given, bool]] = list(_documents(args, failures))
    texts: list[MarkedText] = []
    ids = unique_ids(given.id for given, _ in found)
    for document_id, (given, predicted) in zip(ids, found, strict=True):
        if not given.document.text:  # doccano refuses it, and there is nothing to mark
            notes.append(f"{document_id}: holds no text and was left out")
            continue
        layers = given.layers if args.layer == "records" else ("entities",)
        marked, left_out = mark(given.document, document_id=document_id, layers=layers, predicted=predicted)
        if predicted:  # what the model itself contradicts is no reason to keep its document from the annotators
            marked, overlapping = without_overlaps(marked)
            notes += overlapping
        wrong = [] if predicted else list(contradictions(dataclasses.replace(marked, where=document_id)))
        notes += left_out
        failures += wrong
        if not wrong:
            texts.append(marked)
    written = write_marked(texts, args.output, to=args.to, overwrite=args.overwrite) if texts else []
    for failure in failures:
        print(f"taskie: {failure}", file=sys.stderr)
    for note in () if args.quiet else notes:
        print(note, file=sys.stderr)
    if written and not args.quiet:
        marks = sum(len(marked.mentions) for marked in texts)
        links = sum(len(marked.relations) for marked in texts)
        print(f"{args.output}: {len(texts)} documents, {marks} mentions, {links} relations", file=sys.stderr)
        for path in written[1:2] if args.to == "label-studio" else ():
            print(
                f"{path}: the labelling interface; paste it under Settings, Labeling Interface, Code", file=sys.stderr
            )
    return 1 if failures or not texts else 0


def _documents(args: argparse.Namespace, failures: list[str]):  # type: ignore[no-untyped-def]
    """Yield the given documents and, extracted, the texts, in the order of the arguments."""
    from taskie.cli.extract import extract_sources
    from taskie.errors import ReadError, TaskieError
    from taskie.interchange.inputs import Given, document_id, read_given
    from taskie.records import Document

    given: list[str] = []
    texts: list[str] = []
    for name in args.files:
        (given if _is_given(Path(name)) else texts).append(name)
    if args.model and not texts:
        raise ReadError("--model goes with texts to extract from; gold is written as it is")
    for name in given:
        try:
            for path in _given_files(Path(name)):
                for one in read_given(path):
                    yield one, False
        except TaskieError as error:
            failures.append(str(error))
    for source, outcome in extract_sources(_sources(texts, failures), args.model, 1) if texts else ():
        if isinstance(outcome, Document):
            yield Given(document_id(source), outcome), True
        else:
            failures.append(outcome)


def _is_given(path: Path) -> bool:
    from taskie.interchange.inputs import is_given

    return is_given(path) or (path.is_dir() and any(path.glob("*.json")))


def _given_files(path: Path) -> Iterator[Path]:
    from taskie.interchange.inputs import is_corpus

    if path.is_dir() and not is_corpus(path):
        yield from sorted(path.glob("*.json"))
    else:
        yield path


def _sources(names: list[str], failures: list[str]) -> list[str]:
    from taskie.readers.files import expand_sources

    sources, missing = expand_sources(names)
    failures += [f"{name}: {reason}" for name, reason in missing]
    return sources
