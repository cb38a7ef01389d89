"""``taskie train``: learn from newly annotated documents, and keep the result if it is better."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from taskie.cli.arguments import model_folder

if TYPE_CHECKING:
    from taskie.training.batches import TrainingText
    from taskie.training.retrain import Learner

DESCRIPTION = """Train on annotated documents, on top of the shipped model, and report against the model before.

FOLDER holds gold JSON files (the form of Document.to_dict()), or corpus/ and annotations/.
A fifth of the documents is held out to judge by; which ones is stored in OUT/split.json and stays so.
A model that is worse on them is not put in the place of a better one: it goes to OUT.refused. The same
holds for one that forgets: that loses more than 0.005 ner or links, or 0.01 whole records, on the validation
documents that the model before brings along. Needs: pip install 'taskie[train]'

Beside the tagger, words of structure are learned: labels and verbs of attributions (归口部室：), and headings
of table columns, each from at least two documents in which it nearly always means the same. They are stored in
OUT/structure.json, which may be read and edited.

--backend hanlp trains HanLP's recurrent tagger instead, from nothing, on the same documents and held-out
ones. A --base that you name gives its own texts and the scores to beat. Needs: pip install 'taskie[hanlp]'"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser(
        "train", help="train on newly annotated documents", description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("folder", nargs="+", type=Path, metavar="FOLDER", help="annotated documents")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="OUT", help="folder for the new model")
    parser.add_argument(
        "--base", type=Path, metavar="MODEL",
        help="model to start from: a folder, 'shipped' (default), or 'none' to start from nothing (default for hanlp)",
    )  # fmt: skip
    parser.add_argument(
        "--backend", choices=("taskie", "hanlp"), default="taskie", help="whose network to train (default: taskie)"
    )
    parser.add_argument("--split", choices=("train", "validation", "test"), help="take only this split of a corpus")
    parser.add_argument("--epochs", type=int, default=10, metavar="N", help="passes over the documents (default: 10)")
    parser.add_argument(
        "--patience", type=int, default=4, metavar="N", help="stop after N epochs without gain (default: 4)"
    )
    parser.add_argument(
        "--learning-rate",
        type=float,
        metavar="RATE",
        help="default: 0.0008; for hanlp 0.002, as it starts from nothing",
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="the same seed gives the same model (default: 1)"
    )
    parser.add_argument("--threads", type=int, default=1, metavar="N", help="processor cores to use (default: 1)")
    parser.add_argument(
        "--no-replay", action="store_true",
        help="do not mix the base model's own training texts in; whether it forgets is looked at all the same",
    )  # fmt: skip
    parser.add_argument(
        "--words-only", action="store_true", help="learn words of structure and links only, in seconds; keep the tagger"
    )  # fmt: skip
    parser.add_argument("--resume", action="store_true", help="go on where an interrupted run into OUT stopped")
    parser.add_argument("--force", action="store_true", help="put the model in OUT even if it is not better")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the subcommand; 1 if the model was refused."""
    from taskie.errors import MissingDependencyError, ModelError

    if args.backend == "hanlp" and args.resume:
        raise ModelError("--resume works with the own backend only; HanLP keeps no state to go on from")
    try:
        from taskie.training.held_out import read_annotated
        from taskie.training.retrain import keep_tagger, retrain
        from taskie.training.tagger import TrainingConfig
    except ImportError as error:
        raise MissingDependencyError(f"training needs torch and onnx ({error}): pip install 'taskie[train]'") from error
    learn = _hanlp_learner(args) if args.backend == "hanlp" else None
    found = read_annotated(args.folder, split=args.split)
    named = args.base or Path("none" if learn else "shipped")
    base = None if str(named) == "none" else model_folder(named)
    if args.words_only:
        if base is None:
            raise ModelError("--words-only keeps the tagger of the base, so it needs one; leave out --base none")
        learn = keep_tagger(base)
    config = TrainingConfig(
        seed=args.seed, epochs=args.epochs, learning_rate=args.learning_rate or 0.0008, patience=args.patience,
        threads=args.threads, min_count=1,
    )  # fmt: skip
    print(f"{len(found)} annotated documents", file=sys.stderr)
    outcome = retrain(
        found, base=base, out=args.out, config=config, replay=not args.no_replay, force=args.force, resume=args.resume,
        learn=learn, progress=_progress,
    )  # fmt: skip
    for line in outcome.learned:
        print(f"learned: {line}")
    for line in outcome.not_learned:
        print(line)
    for name, scores in outcome.after.items():
        print(f"{name:16}{'before':>9}{'after':>9}")
        for row, value in scores.items():
            before = outcome.before.get(name, {}).get(row)
            print(f"  {row:14}{'' if before is None else f'{before:.3f}':>9}{value:>9.3f}")
    print(f"{'kept' if outcome.kept else 'refused'}: {outcome.reason}; written to {outcome.folder}")
    if not outcome.kept and not args.words_only:
        print("--words-only learns the words of the layout and keeps the tagger; --force takes this model all the same")
    return 0 if outcome.kept else 1


def _hanlp_learner(args: argparse.Namespace) -> Learner:
    from taskie.training.hanlp import HanlpConfig, train_hanlp

    config = HanlpConfig(
        seed=args.seed, epochs=args.epochs, patience=args.patience, threads=args.threads,
        learning_rate=args.learning_rate or HanlpConfig().learning_rate,
    )  # fmt: skip

    def learn(training: Sequence[TrainingText], watched: Sequence[TrainingText], out: Path) -> None:
        train_hanlp(training, watched, config=config, out=out, progress=_progress)

    return learn


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
