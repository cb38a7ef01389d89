"""Label raw text with several trained taggers together: teachers for a machine that has no GPU for ``teacher``.

python -m taskie.training.ensemble MODEL MODEL --raw government.txt.xz --out labels.npz
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from taskie.ner.tagger import Tagger
from taskie.training.raw_text import read_texts
from taskie.training.soft_labels import FULL, SoftLabels


def label(taggers: Sequence[Tagger], text: str) -> NDArray[np.uint8]:
    """Return the chance of each tag at each character by the mean score of all taggers; shape (len(text), tags)."""
    scores = np.mean([tagger.score(text) for tagger in taggers], axis=0)
    transitions = np.mean([tagger.transitions for tagger in taggers], axis=0)
    return np.rint(FULL * marginals(scores, transitions)).astype(np.uint8)


def marginals(scores: NDArray[np.float32], transitions: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the chance of each tag under a CRF, by the forward and the backward pass; shape of ``scores``.

    Chances are kept at a sum of 1 in both passes, so that nothing overflows however long the text is.
    """
    steps = np.exp(transitions.astype(np.float64))
    powers = np.exp(scores.astype(np.float64) - scores.max(axis=1, keepdims=True))
    forward, backward = np.empty_like(powers), np.ones_like(powers)
    held = powers[0]
    for place in range(len(powers)):
        held = powers[place] if place == 0 else (held @ steps) * powers[place]
        held = forward[place] = held / held.sum()
    for place in range(len(powers) - 2, -1, -1):
        held = steps @ (backward[place + 1] * powers[place + 1])
        backward[place] = held / held.sum()
    both = forward * backward
    chances: NDArray[np.float64] = both / both.sum(axis=1, keepdims=True)
    return chances


def main(argv: Sequence[str] | None = None) -> int:
    """Label from the command line."""
    parser = argparse.ArgumentParser(description="Label raw text with several trained taggers together.")
    parser.add_argument("models", type=Path, nargs="+", help="model folders")
    parser.add_argument("--raw", type=Path, nargs="+", required=True, help="texts to label, a paragraph a line")
    parser.add_argument("--characters", type=int, default=4_000_000, help="label at most so many of each --raw")
    parser.add_argument("--out", type=Path, required=True, help="the .npz file of soft labels to write")
    args = parser.parse_args(argv)
    taggers = [Tagger.load(path) for path in args.models]
    texts = read_texts(args.raw, args.characters)
    SoftLabels(texts, np.concatenate([label(taggers, text) for text in texts.values()])).save(args.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
