"""Measure what the corpus and the parts of the recipe are worth: the learning curve and the ablation.

    python training/experiments.py curve --out runs/curve.csv [--seeds 1 2 3] [--epochs 12] [--texts DIR] [--gold DIR]
    python training/experiments.py ablation --out runs/ablation.csv
    python training/experiments.py draw runs/curve.csv --out training/curve.png

A row a training: what was trained, the seed, and the scores on the test split (and on the documents of --gold, if given).
Rows that are in the file already are not computed again, so an interrupted run goes on. Needs the ``train`` extra.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import hashlib
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from taskie.corpus.standoff import read_all_standoff
from taskie.corpus.store import corpus_root
from taskie.evaluation.bootstrap import total_of, value_of
from taskie.evaluation.gold import Gold, read_gold_paths
from taskie.evaluation.report import score_gold
from taskie.extractor import load
from taskie.ner.tagger import default_model_path
from taskie.training.augment import AugmentConfig, Augmenter
from taskie.training.batches import TrainingText
from taskie.training.finish import finish_model
from taskie.training.recipe import Recipe, read_recipe
from taskie.training.student import sampler, taught_texts
from taskie.training.tagger import train_tagger
from taskie.training.texts import standoff_texts, training_texts
from taskie.training.vectors import PairVectors

CONFIG = Path(__file__).parent / "notice_zh" / "config.cfg"
SHARES = (0.125, 0.25, 0.5, 1.0)
ROWS = ("ner", "ner:ORG", "ner:PROJECT", "ner:QUANTITY", "ner:DEADLINE", "links", "records")


def variants(recipe: Recipe) -> Iterator[tuple[str, Recipe]]:
    """Yield the recipe with one part taken out in turn."""
    yield "whole recipe", recipe
    yield "no pair vectors", dataclasses.replace(recipe, network=dataclasses.replace(recipe.network, vector_dim=0))
    nothing = AugmentConfig(masked=0, damaged=0, firm=0, project=0, place=0, spaced=0, patterns=0)
    yield "no augmentation", dataclasses.replace(recipe, augmentation=nothing)
    blind = dataclasses.replace(recipe.network, match_dropout=1.0)
    yield "no gazetteer", dataclasses.replace(recipe, network=blind)
    for name, changes in (
        ("no masked figures", {"masked": 0.0}),
        ("no lost characters, no blanks", {"damaged": 0.0, "spaced": 0.0}),
        ("no swapped names", {"firm": 0.0, "project": 0.0, "place": 0.0}),
        ("no pattern sentences", {"patterns": 0.0}),
    ):
        yield name, dataclasses.replace(recipe, augmentation=dataclasses.replace(recipe.augmentation, **changes))


def part_of(texts: list[TrainingText], share: float) -> list[TrainingText]:
    """Return a share of the documents, chosen by a hash of their names: a smaller part lies inside a larger one."""
    ordered = sorted(texts, key=lambda text: hashlib.sha256(text.name.encode()).hexdigest())
    return ordered[: max(1, round(share * len(ordered)))]


def train_and_score(
    recipe: Recipe, texts: list[TrainingText], validation: list[TrainingText], golds: dict[str, list[Gold]],
    vectors: PairVectors, taught: Sequence[TrainingText] = (),
) -> dict[str, float]:  # fmt: skip
    """Train once and return the scores on each set of documents; ``taught`` are texts that teachers labelled."""
    characters = recipe.data.raw_characters
    with tempfile.TemporaryDirectory() as folder:
        raw, model = Path(folder) / "raw", Path(folder) / "model"
        train_tagger(
            texts, validation, network=recipe.network, config=recipe.training, out=raw, augment=Augmenter(recipe.augmentation),
            vectors=vectors if recipe.network.vector_dim else None,
            unlabelled=sampler(taught, characters) if taught else None, unlabelled_characters=characters if taught else 0,
            progress=lambda line: print("  " + line, file=sys.stderr, flush=True),
        )  # fmt: skip
        finish_model(raw, model, validation)
        extractor = load(model)
        return {
            f"{name} {row}": round(value_of(total_of(scores), row), 4)
            for name, found in golds.items()
            for scores in [[score_gold(gold, extractor.extract(gold.document.text)) for gold in found]]
            for row in ROWS
        }


def run(args: argparse.Namespace) -> None:
    """Train what is not in the file yet, and add a row for each."""
    root = corpus_root(None)
    recipe = read_recipe(CONFIG)
    training = dataclasses.replace(recipe.training, epochs=args.epochs, patience=args.epochs)
    recipe = dataclasses.replace(recipe, training=training)
    texts = training_texts(root, "train", recipe.data)
    validation = training_texts(root, "validation", recipe.data)
    real = (
        standoff_texts(list(read_all_standoff(root / "annotations" / "standoff", args.texts)), recipe.data)
        if args.texts
        else []
    )
    vectors = PairVectors.load(args.vectors or default_model_path())
    golds = {"test": list(read_gold_paths([root], split="test"))}
    if args.gold:
        golds["gold"] = list(read_gold_paths([args.gold]))
    taught = taught_texts(args.labelled, recipe.data.raw_weight)
    jobs: list[tuple[str, Recipe, list[TrainingText], list[TrainingText]]]
    if args.what == "curve":
        jobs = [(f"{share:g}", recipe, part_of(texts, share) + real, []) for share in SHARES]
    else:
        jobs = [(name, variant, texts + real, []) for name, variant in variants(recipe)]
        if taught:
            jobs.insert(1, ("with teachers", recipe, texts + real, taught))
    done = set()
    if args.out.exists():
        done = {(row["what"], row["seed"]) for row in csv.DictReader(args.out.open(encoding="utf-8"))}
    for seed in args.seeds:
        for name, variant, chosen, labelled in jobs:
            if (name, str(seed)) in done:
                continue
            seeded = dataclasses.replace(variant, training=dataclasses.replace(variant.training, seed=seed))
            print(f"{name}, seed {seed}: {len(chosen)} texts", file=sys.stderr, flush=True)
            scores = train_and_score(seeded, chosen, validation, golds, vectors, labelled)
            row = {"what": name, "seed": seed, "characters": sum(len(t.text) for t in chosen), **scores}
            new = not args.out.exists()
            args.out.parent.mkdir(parents=True, exist_ok=True)
            with args.out.open("a", encoding="utf-8", newline="") as handle:
                writer = csv.DictWriter(handle, fieldnames=list(row))
                if new:
                    writer.writeheader()
                writer.writerow(row)


def draw(args: argparse.Namespace) -> None:
    """Draw a learning curve: mean and spread over the seeds, a line a score."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    rows = list(csv.DictReader(args.csv.open(encoding="utf-8")))
    names = [name for name in rows[0] if name.split(" ")[-1] in ("ner", "ner:ORG", "ner:PROJECT", "links")]
    figure, axis = pyplot.subplots(figsize=(7, 4.4), layout="constrained")
    for name in names:
        points: dict[float, list[float]] = {}
        for row in rows:
            points.setdefault(float(row["characters"]) / 1000, []).append(float(row[name]))
        places = sorted(points)
        means = [sum(points[x]) / len(points[x]) for x in places]
        line = axis.plot(places, means, marker="o", label=name)[0]
        axis.fill_between(
            places,
            [min(points[x]) for x in places],
            [max(points[x]) for x in places],
            alpha=0.15,
            color=line.get_color(),
        )
    axis.set_xscale("log")
    axis.set_xticks(places, [f"{place:.0f}" for place in places])
    axis.minorticks_off()
    axis.set_xlabel("thousand characters trained on")
    axis.set_ylabel("F1")
    axis.legend(fontsize=8)
    axis.grid(alpha=0.3)
    figure.savefig(args.out, dpi=120)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    actions = parser.add_subparsers(dest="what", required=True)
    for what in ("curve", "ablation"):
        action = actions.add_parser(what)
        action.add_argument("--out", type=Path, required=True, help="CSV file, added to")
        action.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
        action.add_argument("--epochs", type=int, default=12)
        action.add_argument("--texts", type=Path, help="folder with the texts of annotations/standoff")
        action.add_argument("--gold", type=Path, help="folder with gold documents beside the test split")
        action.add_argument("--labelled", type=Path, nargs="+", default=[], help="teachers' labels, for the ablation")
        action.add_argument("--vectors", type=Path, help="vectors of pairs (default: those of the shipped model)")
        action.set_defaults(run=run)
    drawing = actions.add_parser("draw")
    drawing.add_argument("csv", type=Path)
    drawing.add_argument("--out", type=Path, required=True)
    drawing.set_defaults(run=draw)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
