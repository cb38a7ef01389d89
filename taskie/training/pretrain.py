"""Vectors of pairs of characters, learned from raw text: what company a pair keeps says what kind of word it is part of.

    python -m taskie.training.pretrain government.txt.xz laws.txt.xz --out vectors.npz

Names that no annotated text has are made of pairs that raw text has: the tagger reads their vectors beside its own
embeddings. Method: positive pointwise mutual information of a pair with the characters at the two places before
and the two behind it, smoothed contexts, truncated singular value decomposition (Levy, Goldberg and Dagan 2015). Needs
the ``train`` extra.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from taskie.corpus.store import corpus_root, read_corpus
from taskie.ner.characters import TABLE_SIZE, pair_keys
from taskie.training.raw_text import read_raw
from taskie.training.vectors import PairVectors

PAIRS, DIMENSIONS = 32_000, 64
# Places of the context, counted from the first character of the pair.
CONTEXT = (-2, -1, 2, 3)
# Rows have this length on the average; that is about the size of the network's other inputs.
LENGTH = 5.0
# A character below this count is no context and in no pair.
MIN_COUNT = 40
_SEED = 0


def learn_vectors(
    texts: Sequence[tuple[str, float]],
    *,
    pairs: int = PAIRS,
    dimensions: int = DIMENSIONS,
    min_count: float = MIN_COUNT,
) -> PairVectors:
    """Learn from ``(text, weight)``; the same texts give the same vectors.

    Raises ``ValueError`` if the texts have fewer than ``dimensions`` pairs of frequent characters.
    """
    sequences, characters = _character_ids(texts, min_count)
    size = len(characters) + 1
    counts = np.zeros(size * size, np.float32)
    for ids, weight in sequences:
        counts += weight * np.bincount(ids[:-1] * size + ids[1:], minlength=size * size).astype(np.float32)
    counts.reshape(size, size)[0, :] = counts.reshape(size, size)[:, 0] = 0
    chosen = np.sort(np.argsort(-counts, kind="stable")[:pairs])
    chosen = chosen[counts[chosen] > 0]
    if len(chosen) <= dimensions:
        raise ValueError(f"{len(chosen)} pairs are too few for vectors of {dimensions} dimensions; give more text")
    rows = np.zeros(size * size, np.int64)
    rows[chosen] = np.arange(1, len(chosen) + 1)
    table = _decompose(_weights(_context_counts(sequences, rows, size, len(chosen))), dimensions)
    whole: NDArray[np.float32] = np.vstack([table.mean(axis=0, keepdims=True), table]).astype(np.float32)
    known = "".join(chr(characters[i // size - 1]) + chr(characters[i % size - 1]) for i in chosen)
    return PairVectors(known, whole)


def _character_ids(
    texts: Sequence[tuple[str, float]], min_count: float
) -> tuple[list[tuple[NDArray[np.int64], float]], NDArray[np.int64]]:
    """Return the texts as ids of frequent characters, 0 for others, and the code points of the ids, rising."""
    normal = [(pair_keys(text) // TABLE_SIZE, weight) for text, weight in texts]
    counts = np.zeros(TABLE_SIZE)
    for codes, weight in normal:
        counts += weight * np.bincount(codes, minlength=TABLE_SIZE)
    characters = np.flatnonzero(counts >= min_count)
    ids = np.zeros(TABLE_SIZE, np.int64)
    ids[characters] = np.arange(1, len(characters) + 1)
    return [(ids[codes], weight) for codes, weight in normal], characters


def _context_counts(
    sequences: Sequence[tuple[NDArray[np.int64], float]], rows: NDArray[np.int64], size: int, pairs: int
) -> Any:
    """Return how often each pair has each character at each place; a sparse matrix (pairs, places x characters)."""
    from scipy.sparse import coo_matrix, hstack

    blocks = []
    for place in CONTEXT:
        block = None
        for ids, weight in sequences:
            row = rows[ids[:-1] * size + ids[1:]]
            near = np.arange(len(row)) + place
            inside = (near >= 0) & (near < len(ids))
            row, column = row[inside], ids[near[inside]]
            both = (row > 0) & (column > 0)
            values = np.full(int(both.sum()), weight, np.float32)
            found = coo_matrix((values, (row[both] - 1, column[both] - 1)), shape=(pairs, size - 1)).tocsr()
            block = found if block is None else block + found
        blocks.append(block)
    return hstack(blocks).tocoo()


def _weights(counts: Any) -> Any:
    """Return the positive pointwise mutual information, contexts smoothed by the power of 0.75."""
    from scipy.sparse import csr_matrix

    row_sums = np.bincount(counts.row, counts.data, minlength=counts.shape[0])
    column_sums = np.bincount(counts.col, counts.data, minlength=counts.shape[1]) ** 0.75
    chance = column_sums / column_sums.sum()
    values = np.log(counts.data / (row_sums[counts.row] * chance[counts.col]))
    kept = values > 0
    return csr_matrix((values[kept], (counts.row[kept], counts.col[kept])), shape=counts.shape)


def _decompose(weights: Any, dimensions: int) -> NDArray[np.float64]:
    from sklearn.utils.extmath import randomized_svd

    left, values, _ = randomized_svd(weights, dimensions, n_iter=4, random_state=_SEED)
    table: NDArray[np.float64] = left * np.sqrt(values)
    return table * LENGTH / np.linalg.norm(table, axis=1).mean()


def main(argv: Sequence[str] | None = None) -> int:
    """Learn vectors from the command line: files of raw text, the first weighing twice, and the training split."""
    parser = argparse.ArgumentParser(description="Learn vectors of character pairs from raw text.")
    parser.add_argument(
        "raw", type=Path, nargs="+", help="text, a paragraph a line, plain or .xz; the closest kind first"
    )
    parser.add_argument("--out", type=Path, required=True, help="the .npz file to write")
    parser.add_argument("--root", type=Path, help="folder with corpus/ and annotations/ (default: the repository)")
    parser.add_argument("--pairs", type=int, default=PAIRS, help="how many pairs to keep (default %(default)s)")
    args = parser.parse_args(argv)
    own = "\n".join(d.document.text for d in read_corpus(corpus_root(args.root), split="train"))
    raw = ["\n".join(read_raw(path)) for path in args.raw]
    texts = [(own, 3.0), *zip(raw, [2.0] + [1.0] * (len(raw) - 1), strict=True)]
    found = learn_vectors(texts, pairs=args.pairs)
    found.save(args.out)
    print(
        f"{len(found.pairs) // 2} pairs from {sum(len(text) for text, _ in texts)} characters: {args.out}",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
