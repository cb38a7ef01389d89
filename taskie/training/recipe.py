"""Train a released model from its recipe: one config file, the corpus, and stand-off gold where its texts are at hand.

    python -m taskie.training.recipe training/notice_zh/config.cfg --out model/ [--texts DIR]

Needs the ``train`` extra. Everything that decides the result is in the config and in the data's checksums.
"""

from __future__ import annotations

import argparse
import configparser
import dataclasses
import hashlib
import json
import sys
import tempfile
import typing
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from taskie.corpus.standoff import read_all_standoff
from taskie.corpus.store import corpus_root
from taskie.errors import ReadError
from taskie.evaluation.gold import read_gold_paths
from taskie.extractor import load
from taskie.ner.tagger import default_model_path
from taskie.relations.link_file import LINKS_FILE, save_links
from taskie.training.augment import AugmentConfig, Augmenter
from taskie.training.finish import finish_model
from taskie.training.links import calibration_errors, train_links
from taskie.training.network import NetworkConfig
from taskie.training.replay import REPLAY_FILE, VALIDATION_FILE, write_replay, write_validation
from taskie.training.student import sampler, taught_texts
from taskie.training.tagger import TrainingConfig, train_tagger
from taskie.training.texts import DataConfig, standoff_texts, training_texts
from taskie.training.vectors import PairVectors

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Recipe:
    """A whole config file."""

    network: NetworkConfig
    training: TrainingConfig
    augmentation: AugmentConfig
    data: DataConfig


def read_recipe(path: Path) -> Recipe:
    """Read a config file; raises ``ReadError`` on an unknown section or key, or a value of the wrong type."""
    parser = configparser.ConfigParser(interpolation=None)
    try:
        with path.open(encoding="utf-8") as handle:
            parser.read_file(handle)
    except (OSError, configparser.Error) as error:
        raise ReadError(f"{path}: not a readable config: {error}") from error
    kinds = typing.get_type_hints(Recipe)
    unknown = set(parser.sections()) - set(kinds)
    if unknown:
        raise ReadError(f"{path}: unknown sections {sorted(unknown)}; allowed are {sorted(kinds)}")
    return Recipe(**{name: _section(path, parser, name, kind) for name, kind in kinds.items()})


def _section(path: Path, parser: configparser.ConfigParser, name: str, kind: type[T]) -> T:
    hints = typing.get_type_hints(kind)
    values: dict[str, Any] = {}
    for key, text in parser.items(name) if parser.has_section(name) else ():
        if key not in hints:
            raise ReadError(f"{path}: unknown key {key!r} in [{name}]; allowed are {sorted(hints)}")
        try:
            values[key] = hints[key](text)
        except ValueError as error:
            raise ReadError(f"{path}: [{name}] {key} = {text!r} is no {hints[key].__name__}") from error
    return kind(**values)


def train_recipe(
    recipe: Recipe, out: Path, *, root: Path, texts: Path | None = None, labelled: Sequence[Path] = (),
    vectors: Path | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Train, quantize, calibrate and save; return the scores on the validation split.

    ``texts`` has the texts of stand-off gold. ``labelled`` are files of soft labels, made by ``taskie.training.teacher`` or
    ``ensemble``. ``vectors`` is a file of ``taskie.training.pretrain``; without it, the shipped model's own are taken.
    """
    pair_vectors = PairVectors.load(vectors or default_model_path()) if recipe.network.vector_dim else None
    training = training_texts(root, "train", recipe.data)
    validation = training_texts(root, "validation", recipe.data)
    standoff = list(read_all_standoff(root / "annotations" / "standoff", texts)) if texts else []
    training += standoff_texts(standoff, recipe.data)
    print(
        f"{len(training)} training texts ({len(standoff)} with stand-off gold), {len(validation)} for validation",
        file=sys.stderr,
    )
    taught = taught_texts(labelled, recipe.data.raw_weight)
    print(f"{len(taught)} texts labelled by teachers", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        scores = train_tagger(
            training,
            validation,
            network=recipe.network,
            config=recipe.training,
            augment=Augmenter(recipe.augmentation),
            out=Path(folder),
            vectors=pair_vectors,
            unlabelled=sampler(taught, recipe.data.raw_characters) if taught else None,
            unlabelled_characters=recipe.data.raw_characters if taught else 0,
            extra={
                "recipe": dataclasses.asdict(recipe),
                "standoff": sorted(document.name for document in standoff),
                "taught": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in labelled},
            },
            progress=lambda line: print(line, file=sys.stderr, flush=True),
        )
        finish_model(Path(folder), out, validation)
    train_link_models(out, root)
    keep_documents(out, root, recipe.data)
    return scores


def train_link_models(out: Path, root: Path) -> None:
    """Train the models of links beside the tagger in ``out`` on the corpus' records, and write them with their figures."""
    splits = {split: list(read_gold_paths([root], split=split)) for split in ("train", "validation", "test")}
    extractor = load(out)
    links = train_links(extractor, splits["train"], splits["validation"])
    if links:
        errors = {split: calibration_errors(extractor, links, splits[split]) for split in ("validation", "test")}
        save_links(links, out / LINKS_FILE, calibration_error=errors)


def keep_documents(out: Path, root: Path, data: DataConfig) -> None:
    """Write documents of the corpus, as it is now, beside the model in ``out``: what ``taskie train`` mixes in and judges by.

    A sample of the training texts and all validation ones make one file, the validation documents with records the
    other; they are always written together, so that both speak of one corpus.
    """
    training, validation = (training_texts(root, split, data) for split in ("train", "validation"))
    write_replay(out / REPLAY_FILE, training, validation, characters=data.replay_characters)
    write_validation(out / VALIDATION_FILE, list(read_gold_paths([root], split="validation")))


def main(argv: Sequence[str] | None = None) -> int:
    """Train from the command line."""
    parser = argparse.ArgumentParser(description="Train a released model from its recipe.")
    parser.add_argument("config", type=Path, help="the recipe's config file")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model")
    parser.add_argument(
        "--links-only",
        action="store_true",
        help="train the models of links beside the tagger in --out only, and write the documents kept with it anew",
    )
    parser.add_argument("--root", type=Path, help="folder with corpus/ and annotations/ (default: the repository)")
    parser.add_argument("--texts", type=Path, help="folder with the texts of annotations/standoff, if you have them")
    parser.add_argument("--labelled", type=Path, nargs="+", default=[], help="files of soft labels to learn from")
    parser.add_argument("--vectors", type=Path, help="vectors of character pairs (default: those of the shipped model)")
    args = parser.parse_args(argv)
    recipe, root = read_recipe(args.config), corpus_root(args.root)
    if args.links_only:
        train_link_models(args.out, root)
        keep_documents(args.out, root, recipe.data)
        return 0
    scores = train_recipe(
        recipe,
        args.out,
        root=root,
        texts=args.texts,
        labelled=args.labelled,
        vectors=args.vectors,
    )
    print(json.dumps(scores, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
