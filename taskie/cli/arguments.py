"""Arguments that several commands take, and what they name.

Boundary: models and gold documents; what only one command takes stands in its own module.
"""

from __future__ import annotations

import argparse
from pathlib import Path


def add_gold(parser: argparse.ArgumentParser) -> None:
    """Add the gold documents and ``--split``."""
    parser.add_argument(
        "gold", nargs="+", type=Path, metavar="GOLD",
        help="gold file, folder of *.json, or folder with corpus/ and annotations/",
    )  # fmt: skip
    parser.add_argument("--split", choices=("train", "validation", "test"), help="take only this split of a corpus")


def model_folder(path: Path) -> Path:
    """Return the folder of a model; ``shipped`` names the one in the package."""
    from taskie.ner.tagger import default_model_path

    return default_model_path() if str(path) == "shipped" and not path.exists() else path
