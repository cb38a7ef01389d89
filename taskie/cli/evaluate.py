"""``taskie evaluate``: score a model on gold documents."""

from __future__ import annotations

import argparse
from pathlib import Path

from taskie.cli.arguments import add_gold, model_folder


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser(
        "evaluate", help="score a model on gold documents",
        description="Score a model on gold documents (JSON in the form of Document.to_dict()) and show where it errs.",
    )  # fmt: skip
    parser.add_argument("model", type=Path, metavar="MODEL", help="model folder, or 'shipped' for the shipped model")
    add_gold(parser)
    parser.add_argument(
        "--seen", type=Path, metavar="CORPUS",
        help="count recall apart for names in the gold of CORPUS (its training split; of a folder of *.json, all of it) and for new ones",
    )  # fmt: skip
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="write the report: .html with every error, or .json"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the subcommand."""
    from taskie.errors import WriteError
    from taskie.evaluation.gold import read_gold_paths
    from taskie.evaluation.report import evaluate
    from taskie.evaluation.seen import training_names
    from taskie.extractor import load

    if args.report and args.report.suffix not in (".html", ".json"):
        raise WriteError(f"{args.report}: a report is .html or .json")
    known = training_names(read_gold_paths([args.seen], split="train")) if args.seen else None
    report = evaluate(load(model_folder(args.model)), read_gold_paths(args.gold, split=args.split), known=known)
    print(report.to_text())
    if args.report:
        content = report.to_html() if args.report.suffix == ".html" else report.to_json()
        args.report.write_text(content, encoding="utf-8")
    return 0
