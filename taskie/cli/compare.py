"""``taskie compare``: two models on the same gold documents, with a paired bootstrap."""

from __future__ import annotations

import argparse
from pathlib import Path

from taskie.cli.arguments import add_gold, model_folder


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser(
        "compare", help="compare two models on gold documents",
        description="Score two models on the same gold documents; differences come with a paired bootstrap over documents.",
    )  # fmt: skip
    parser.add_argument("one", type=Path, metavar="A", help="model folder, or 'shipped'")
    parser.add_argument("other", type=Path, metavar="B", help="model folder, or 'shipped'")
    add_gold(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the subcommand."""
    from taskie.evaluation.bootstrap import paired_difference, total_of, value_of
    from taskie.evaluation.gold import read_gold_paths
    from taskie.evaluation.report import ROWS, score_gold
    from taskie.extractor import load

    golds = list(read_gold_paths(args.gold, split=args.split))
    scores = []
    for path in (args.one, args.other):
        extractor = load(model_folder(path))
        scores.append([score_gold(g, extractor.extract(g.document.text)) for g in golds])
    print(f"{'':16}{'A':>8}{'B':>8}{'A − B':>9}{'95%':>18}{'p':>7}   ({len(golds)} documents)")
    for name in ROWS:
        difference, low, high, p = paired_difference(scores[0], scores[1], name)
        one, other = (value_of(total_of(s), name) for s in scores)
        print(f"{name:16}{one:>8.3f}{other:>8.3f}{difference:>+9.3f}{f'{low:+.3f} – {high:+.3f}':>18}{p:>7.3f}")
    return 0
