"""``taskie corpus``: check and count the annotated documents."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand with its own subcommands."""
    parser = subparsers.add_parser(
        "corpus", help="check or count the annotated corpus", description="Work on the corpus."
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("check", help="check every rule a program can check; exit code 1 if one is broken")
    check.add_argument("--root", type=Path, metavar="DIR", help="folder with corpus/ and annotations/")
    check.set_defaults(run=run_check)
    stats = actions.add_parser("stats", help="count documents, characters and densities")
    stats.add_argument("--root", type=Path, metavar="DIR", help="folder with corpus/ and annotations/")
    stats.add_argument("--picture", type=Path, metavar="FILE.png", help="also draw the distributions")
    stats.set_defaults(run=run_stats)


def run_check(args: argparse.Namespace) -> int:
    """Print the findings; 1 if there are any."""
    from taskie.corpus.checks import check_corpus
    from taskie.corpus.store import read_corpus

    documents = list(read_corpus(args.root))
    findings = check_corpus(documents)
    for finding in findings:
        print(finding)
    print(f"{len(documents)} documents, {len(findings)} findings")
    return 1 if findings else 0


def run_stats(args: argparse.Namespace) -> int:
    """Print the figures."""
    from taskie.corpus.stats import corpus_stats, draw, summary
    from taskie.corpus.store import read_corpus

    stats = corpus_stats(read_corpus(args.root))
    print(summary(stats))
    if args.picture:
        draw(stats, args.picture)
    return 0
