"""Texts with a chance for each tag at each character: what teachers say, for a student to learn.

    python -m taskie.training.soft_labels one.npz two.npz --out mean.npz

Boundary: the data, its file (.npz, arrays only) and the mean of several; ``teacher`` makes them, ``tagger`` learns
from them. Method: Hinton, Vinyals and Dean 2015.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from taskie.errors import ModelError
from taskie.ner.decoding import TAGS

# A chance of 1 in the file.
FULL = 255


@dataclass(frozen=True, slots=True, eq=False)
class SoftLabels:
    """``texts`` by name; ``chances`` are uint8 of shape (characters of all texts, tags), ``FULL`` for 1."""

    texts: dict[str, str]
    chances: NDArray[np.uint8]

    def __post_init__(self) -> None:
        expected = (sum(map(len, self.texts.values())), len(TAGS))
        if self.chances.shape != expected:
            raise ModelError(f"soft labels have the shape {self.chances.shape}, the texts ask for {expected}")

    def of_texts(self) -> dict[str, NDArray[np.uint8]]:
        """Return the chances of each text by name; shape (len(text), tags)."""
        ends = np.cumsum([len(text) for text in self.texts.values()])
        return dict(zip(self.texts, np.split(self.chances, ends[:-1]), strict=True))

    def save(self, path: Path) -> None:
        """Write to a .npz file."""
        codes = np.frombuffer("".join(self.texts.values()).encode("utf-32-le", "surrogatepass"), np.uint32)
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            path, names=np.array(list(self.texts)), lengths=np.array([len(t) for t in self.texts.values()]),
            codes=codes, chances=self.chances, tags=np.array(TAGS),
        )  # fmt: skip

    @classmethod
    def load(cls, path: Path) -> SoftLabels:
        """Read a file that ``save`` wrote; raises ``ModelError`` if it is none, or of other tags."""
        try:
            with np.load(path, allow_pickle=False) as arrays:
                if tuple(arrays["tags"].tolist()) != TAGS:
                    raise ModelError(f"{path}: its tags {arrays['tags'].tolist()} are not {list(TAGS)}")
                text = arrays["codes"].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
                ends = np.cumsum(arrays["lengths"]).tolist()
                starts = [0, *ends[:-1]]
                names = arrays["names"].tolist()
                texts = {name: text[a:b] for name, a, b in zip(names, starts, ends, strict=True)}
                return cls(texts, arrays["chances"])
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"{path}: no soft labels of taskie.training.teacher: {error}") from error


def mean(found: Sequence[SoftLabels]) -> SoftLabels:
    """Return the mean chances of several teachers for the texts that all of them have; raises ``ModelError`` if none."""
    shared = {
        name: text for name, text in found[0].texts.items() if all(one.texts.get(name) == text for one in found[1:])
    }
    if not shared:
        raise ModelError("the files of soft labels have no text in common; label the same texts with each teacher")
    chances = [one.of_texts() for one in found]
    rows = [np.mean([one[name] for one in chances], axis=0) for name in shared]
    return SoftLabels(shared, np.rint(np.concatenate(rows)).astype(np.uint8))


def main(argv: Sequence[str] | None = None) -> int:
    """Take the mean of files from the command line."""
    parser = argparse.ArgumentParser(description="Take the mean of several teachers' soft labels.")
    parser.add_argument("files", type=Path, nargs="+", help="files of taskie.training.teacher")
    parser.add_argument("--out", type=Path, required=True, help="the .npz file to write")
    args = parser.parse_args(argv)
    mean([SoftLabels.load(path) for path in args.files]).save(args.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
