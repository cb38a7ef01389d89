"""``taskie import``: what annotators or clerks made of the documents, checked and turned into gold."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from taskie.cli.export import FORMAT_NAMES

if TYPE_CHECKING:
    from taskie.interchange.inputs import Given

DESCRIPTION = """Turn what people annotated or corrected into gold documents.

Everything is checked: spans against the text, labels, overlaps, relations, and the text against the original where
one is given. A document with a fault is reported, fault by fault, and not written; the others are."""
EPILOG = """what is written:
  DIR/gold/ID.json                          documents for 'taskie evaluate', with the layers that are annotated
  DIR/corpus/ID.txt, DIR/annotations/ID.json  the same in the form of the corpus, for training

examples:
  taskie import project-1.json --from label-studio -o mygold
  taskie import brat_folder --from brat --original documents.jsonl -o mygold
  taskie import ledger.xlsx --from ledger --text notice.docx -o mygold"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser(
        "import", help="turn annotations or a corrected ledger into gold", description=DESCRIPTION, epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("source", type=Path, metavar="SOURCE", help="what the tool exported: a file, for brat a folder")
    parser.add_argument("--from", dest="format", required=True, choices=(*FORMAT_NAMES, "ledger"), help="its format")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="folder to write gold into")
    parser.add_argument(
        "--original", type=Path, action="append", default=[], metavar="PATH",
        help="the documents that were annotated (.json, .jsonl, corpus folder) or their texts; checks that the text is "
        "unchanged and keeps what the format cannot hold; may be given several times",
    )  # fmt: skip
    parser.add_argument(
        "--text", type=Path, metavar="FILE", help="with --from ledger: the file the ledger was made from"
    )
    parser.add_argument("--model", type=Path, metavar="DIR", help="with --text: the model that made the ledger")
    parser.add_argument("--overwrite", action="store_true", help="replace documents that exist in DIR")
    parser.add_argument("-q", "--quiet", action="store_true", help="no summary and no notes")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the subcommand; returns 1 if a document has a fault."""
    from taskie.interchange.gold import write_gold

    if args.format == "ledger":
        golds, problems, notes = _from_ledger(args)
    else:
        golds, problems, notes = _from_tool(args)
    if golds:
        write_gold(golds, args.output, meta={"source": args.format}, overwrite=args.overwrite)
    for problem in problems:
        print(f"taskie: {problem}", file=sys.stderr)
    if not args.quiet:
        for note in notes:
            print(note, file=sys.stderr)
        faults = f", {len(problems)} faults" if problems else ""
        print(f"{args.output}: {len(golds)} documents{faults}", file=sys.stderr)
    return 0 if golds and not problems else 1


def _from_tool(args: argparse.Namespace) -> tuple[list[Given], list[str], list[str]]:
    from taskie.errors import WriteError
    from taskie.interchange import read_marked, to_document
    from taskie.interchange.inputs import Given, document_id, read_originals, unique_ids

    if args.text or args.model:
        raise WriteError("--text and --model go with --from ledger; for annotation tools give --original")
    reading = read_marked(args.source, source=args.format)
    originals = read_originals(args.original) if args.original else None
    golds, problems = [], list(reading.problems)
    ids = unique_ids(document_id(marked.id) for marked in reading.texts)
    for name, marked in zip(ids, reading.texts, strict=True):
        original = originals.find(name, marked.text) if originals else None
        if originals and original is None:
            problems.append(f"{marked.where}: no original is named {name!r} or has this text")
            continue
        document, wrong = to_document(marked, original=original)
        problems += wrong
        if not wrong:
            golds.append(Given(name, document, marked.layers))
    return golds, problems, reading.notes


def _from_ledger(args: argparse.Namespace) -> tuple[list[Given], list[str], list[str]]:
    from taskie.errors import ReadError
    from taskie.extractor import load
    from taskie.interchange.inputs import Given, document_id, read_originals
    from taskie.interchange.ledger import read_ledger
    from taskie.ner.tagger import default_model_path
    from taskie.readers.files import read_file

    if args.model and not args.text:
        raise ReadError("--model goes with --text; the document of --original is taken as it is")
    if bool(args.text) == bool(args.original):
        raise ReadError("--from ledger needs the document: --text FILE, or --original with the document as JSON")
    if args.text:
        document = load(args.model or default_model_path()).extract(read_file(args.text).text)
        name = document_id(args.text.name)
    else:
        document, name = read_originals(args.original).single()
    correction = read_ledger(args.source, document)
    golds = [] if correction.problems else [Given(name, correction.document)]
    return golds, correction.problems, correction.notes
