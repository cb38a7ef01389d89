"""Vectors of pairs of characters: the data, and how it is kept; ``pretrain`` learns them.

Boundary: numpy arrays in a .npz file or in a model folder, no code in either.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from taskie.errors import ModelError
from taskie.ner.meta import META_FILE
from taskie.training.weights import WEIGHTS_FILE, load_weights


@dataclass(frozen=True, slots=True)
class PairVectors:
    """``pairs``: two characters each, in the order of ``pair_keys``; ``table``: float32 of shape (pairs + 1, dimensions).

    Row 0 is for pairs that are not known: the mean of the others.
    """

    pairs: str
    table: NDArray[np.float32]

    def save(self, path: Path) -> None:
        """Write to a .npz file, in half precision."""
        codes = np.frombuffer(self.pairs.encode("utf-32-le", "surrogatepass"), np.uint32)
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(path, pairs=codes, table=self.table.astype(np.float16))

    @classmethod
    def load(cls, path: str | Path) -> PairVectors:
        """Read a .npz file, or the vectors of a model folder; raises ``ModelError`` if there are none."""
        path = Path(path)
        try:
            if path.is_dir():
                pairs = json.loads((path / META_FILE).read_text(encoding="utf-8"))["known_pairs"]
                table = load_weights(path / WEIGHTS_FILE)["vectors"].numpy()
            else:
                with np.load(path, allow_pickle=False) as arrays:
                    pairs = arrays["pairs"].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
                    table = arrays["table"].astype(np.float32)
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(
                f"{path}: no vectors of pairs: {error}; learn them with taskie.training.pretrain"
            ) from error
        if table.ndim != 2 or len(table) != len(pairs) // 2 + 1:
            raise ModelError(f"{path}: {len(pairs) // 2} pairs, but a table of shape {table.shape}")
        return cls(pairs, table)
