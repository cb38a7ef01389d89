"""Measure what twenty annotated notices of a layout that the shipped model does not know are worth.

    python training/new_layout.py --out runs/new_layout [--seeds 1 2 3]

The notices are in training/new_layout: twenty to learn from, twelve held out, split by a hash of their names before any
run. Trained are the words of structure alone, and words and tagger together, once for each seed; what is in --out
already is not trained again. Shown are the scores on the held-out notices before and after with paired bootstrap
intervals, and on the validation documents of the corpus, to see what was forgotten. Needs the ``train`` extra.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from taskie.evaluation.bootstrap import paired_difference, total_of, value_of
from taskie.evaluation.gold import Gold, read_gold_paths
from taskie.evaluation.report import score_gold
from taskie.evaluation.scores import DocumentScores
from taskie.extractor import Extractor, load
from taskie.ner.tagger import default_model_path
from taskie.training.held_out import read_annotated
from taskie.training.retrain import keep_tagger, retrain
from taskie.training.tagger import TrainingConfig

HERE = Path(__file__).resolve().parent
NOTICES = HERE / "new_layout"
NEW_ROWS = ("ner", "tasks", "statement", "units", "links", "deadlines", "records")
OLD_ROWS = ("ner", "tasks", "units", "records")
# As ``taskie train`` has them.
CONFIG = TrainingConfig(epochs=10, learning_rate=0.0008, patience=4, min_count=1)


def train(out: Path, *, seed: int | None) -> None:
    """Train as ``taskie train training/new_layout/train`` does; without a seed as with ``--words-only``."""
    if (out / "meta.json").exists():
        return
    base = default_model_path()
    config = CONFIG if seed is None else TrainingConfig(**{**_fields(CONFIG), "seed": seed})
    began = time.perf_counter()
    learn = keep_tagger(base) if seed is None else None
    outcome = retrain(read_annotated([NOTICES / "train"]), base=base, out=out, config=config, learn=learn)
    print(f"{out.name}: {time.perf_counter() - began:.0f} s, {outcome.reason}", flush=True)
    for line in outcome.learned:
        print(f"  learned: {line}")


def _fields(config: TrainingConfig) -> dict[str, object]:
    return {name: getattr(config, name) for name in config.__dataclass_fields__}


def scores_of(extractor: Extractor, golds: Sequence[Gold]) -> list[DocumentScores]:
    """Score each document by itself."""
    return [score_gold(gold, extractor.extract(gold.document.text)) for gold in golds]


def show(title: str, golds: Sequence[Gold], folders: Sequence[Path], rows: Sequence[str]) -> None:
    """Print the scores of the shipped model and of each other one, and the paired differences."""
    before = scores_of(load(default_model_path()), golds)
    print(f"\n{title}, {len(golds)} documents")
    for folder in folders:
        after = scores_of(load(folder), golds)
        print(f"{folder.name:14}{'before':>8}{'after':>8}{'gain':>9}{'95%':>18}")
        for row in rows:
            difference, low, high, _ = paired_difference(after, before, row)
            one, other = value_of(total_of(before), row), value_of(total_of(after), row)
            print(f"  {row:12}{one:>8.3f}{other:>8.3f}{difference:>+9.3f}{f'{low:+.3f} – {high:+.3f}':>18}", flush=True)


def main() -> None:
    """Train what is missing and show the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="folder for the models")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    args = parser.parse_args()
    names: list[tuple[str, int | None]] = [("words_only", None), *((f"seed_{seed}", seed) for seed in args.seeds)]
    for name, seed in names:
        train(args.out / name, seed=seed)
    folders = [args.out / name for name, _ in names]
    show("Held-out notices of the new layout", list(read_gold_paths([NOTICES / "held_out"])), folders, NEW_ROWS)
    old = [gold for gold in read_gold_paths([HERE.parent], split="validation") if "records" in gold.layers]
    show("Validation documents of the corpus", old, folders, OLD_ROWS)


if __name__ == "__main__":
    main()
