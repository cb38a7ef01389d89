"""Decode per-character scores into entity spans: Viterbi over BIO tags, whole batches at once.

Boundary: arrays in, spans out; what a span may begin and end with is ``spans``' business.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from taskie.records import LABELS

TAGS = ("O", *(f"{prefix}-{label}" for label in LABELS for prefix in "BI"))
OUTSIDE = 0
_IMPOSSIBLE = np.float32(-1e4)


def transition_mask() -> NDArray[np.float32]:
    """Return scores (from, to) that forbid I-X except behind B-X and I-X; shape (tags, tags), float32."""
    mask = np.zeros((len(TAGS), len(TAGS)), np.float32)
    for to, tag in enumerate(TAGS):
        if tag.startswith("I-"):
            allowed = {TAGS.index("B-" + tag[2:]), to}
            mask[[i for i in range(len(TAGS)) if i not in allowed], to] = _IMPOSSIBLE
    return mask


def viterbi(emissions: NDArray[np.float32], transitions: NDArray[np.float32]) -> NDArray[np.int8]:
    """Return the best tag path of each window.

    ``emissions`` has shape (windows, length, tags), ``transitions`` (from, to); the result (windows, length).
    """
    windows, length, tags = emissions.shape
    # Windows last: each of numpy's calls then works on long rows, however few tags there are.
    ordered = np.ascontiguousarray(emissions.transpose(1, 2, 0))
    best = np.empty((length, tags, windows), np.float32)
    best[0] = ordered[0]
    best[0, [i for i, tag in enumerate(TAGS) if tag.startswith("I-")]] += _IMPOSSIBLE
    steps = transitions.astype(np.float32)[:, :, None]
    paths = np.empty((tags, tags, windows), np.float32)
    for step in range(1, length):
        np.add(best[step - 1][:, None], steps, out=paths)
        np.add(paths.max(axis=0), ordered[step], out=best[step])
    # No pointers are kept on the way: the tag before is found again from the scores.
    tags_out = np.empty((length, windows), np.int8)
    last = best[-1].argmax(axis=0)
    tags_out[-1] = last
    for step in range(length - 2, -1, -1):
        last = (best[step].T + transitions.T[last]).argmax(axis=1)
        tags_out[step] = last
    return np.ascontiguousarray(tags_out.T)


def path_chances(emissions: NDArray[np.float32], path: NDArray[np.int8]) -> NDArray[np.float32]:
    """Return the softmax share of the chosen tag at each place; shape (windows, length)."""
    shifted = emissions - emissions.max(axis=2, keepdims=True)
    chosen = np.take_along_axis(shifted, path[:, :, None].astype(np.int64), axis=2)[:, :, 0]
    return np.exp(chosen) / np.exp(shifted).sum(axis=2)


def read_spans(tags: NDArray[np.int8]) -> list[tuple[int, int, str]]:
    """Return ``(start, end, label)`` of a tag sequence in order; a stray I- tag opens a span as B- does."""
    inside = np.flatnonzero(tags != OUTSIDE)
    if not len(inside):
        return []
    values = tags[inside].astype(np.int64)
    kinds = (values - 1) // 2
    begins = (values - 1) % 2 == 0
    opens = np.ones(len(inside), bool)
    opens[1:] = begins[1:] | (np.diff(inside) > 1) | (np.diff(kinds) != 0)
    first = np.flatnonzero(opens)
    last = np.append(first[1:], len(inside)) - 1
    return [(int(inside[a]), int(inside[b]) + 1, LABELS[kinds[a]]) for a, b in zip(first, last, strict=True)]
