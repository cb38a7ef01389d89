"""``taskie view``: one file as a page to look at in the browser."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser(
        "view",
        help="show a file as a web page",
        description="Write one self-contained page: text with coloured entities, tasks at the side.",
    )
    parser.add_argument("file", metavar="FILE", help="file to show, or - for standard input")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="PAGE.html", help="where to write the page")
    parser.add_argument("--model", type=Path, metavar="DIR", help="model folder (default: the shipped model)")
    parser.add_argument("--overwrite", action="store_true", help="replace the page if it exists")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the subcommand."""
    from taskie.cli.extract import show_warnings
    from taskie.extractor import load
    from taskie.ner.tagger import default_model_path
    from taskie.readers.files import read_file
    from taskie.writers import write_view

    read = read_file(sys.stdin.buffer, name="-") if args.file == "-" else read_file(Path(args.file))
    document = load(args.model or default_model_path()).extract_read(read, source=args.file)
    show_warnings(document)
    write_view(document, args.output, overwrite=args.overwrite)
    return 0
