"""``taskie calibrate``: fit a model's confidences on annotated documents."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from taskie.cli.arguments import add_gold, model_folder


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser(
        "calibrate", help="fit a model's confidences on annotated documents",
        description="Fit what a model's confidences mean on documents it was not trained on: of the entities said to be "
        "right with 0.8, 8 in 10 shall be. What the model finds stays the same. Needs scikit-learn only, no torch.",
    )  # fmt: skip
    parser.add_argument("model", type=Path, metavar="MODEL", help="model folder, or 'shipped'")
    add_gold(parser)
    parser.add_argument(
        "-o", "--output", type=Path, metavar="DIR", help="write a copy of the model there (default: in place)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the subcommand; 1 if there was too little gold to fit anything."""
    from taskie.errors import WriteError
    from taskie.evaluation.gold import read_gold_paths
    from taskie.training.calibrate import calibrate_folder

    source = model_folder(args.model)
    if args.output is None and source != args.model:
        raise WriteError(
            "the shipped model is part of the package; give -o DIR for a copy with confidences of your own"
        )
    if args.output and args.output.exists():
        raise WriteError(f"{args.output}: exists already; leave out -o to fit the model there in place")
    golds = list(read_gold_paths(args.gold, split=args.split))
    folder = shutil.copytree(source, args.output) if args.output else source
    done = calibrate_folder(folder, golds)
    print(f"{len(golds)} documents{'':4}{'ECE before':>12}{'after':>8}{'chance':>8}{'count':>8}")
    for name, row in done.before.items():
        after = done.after[name]
        print(f"{name:16}{row['value']:>12.3f}{after['value']:>8.3f}{after['chance']:>8.3f}{after['count']:>8}")
    for fitted, what in ((done.entities, "entities"), (done.links, "links of units")):
        if not fitted:
            print(f"confidences of {what} were left as they are: too few predictions, or none of them wrong")
    return 0 if done.entities or done.links else 1
