"""Score a tagger while it is trained: F1 over the spans of whole texts, micro and by label.

Boundary: the figures by which an epoch is chosen; what users see is counted by ``taskie.evaluation``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import torch

from taskie.ner.characters import Alphabet
from taskie.ner.decoding import read_spans, transition_mask, viterbi
from taskie.ner.spans import clean_spans
from taskie.records import LABELS, Entity
from taskie.training.batches import TrainingText, pad, whole_window
from taskie.training.network import TaggerNetwork

# So many texts of about one length are scored together.
_SCORED = 8


def score_network(model: TaggerNetwork, alphabet: Alphabet, texts: Sequence[TrainingText]) -> dict[str, Any]:
    """Return the scores (``f_scores``) of a network on whole texts; it is left as for use."""
    model.eval()
    transitions = model.transitions.detach().cpu().numpy() + transition_mask()
    counts: Counter[tuple[str, str]] = Counter()
    ordered = sorted(texts, key=lambda text: len(text.text))
    for first in range(0, len(ordered), _SCORED):
        some = ordered[first : first + _SCORED]
        batch = pad([whole_window(text, alphabet) for text in some]).to(str(model.transitions.device))
        with torch.no_grad():
            scores = model(batch.characters, batch.pairs, batch.classes, batch.matches, batch.vectors).cpu().numpy()
        for text, tags in zip(some, viterbi(scores, transitions), strict=True):
            counts += count_spans(clean_spans(text.text, read_spans(tags[: len(text.text)])), text.entities)
    return f_scores(counts)


def count_spans(found: Iterable[tuple[int, int, str]], entities: Iterable[Entity]) -> Counter[tuple[str, str]]:
    """Count spans (start, end, label) against gold, keyed ``(hit | false | missed, label)``."""
    predicted, gold = set(found), {(e.start, e.end, e.label) for e in entities}
    kinds = (("hit", predicted & gold), ("false", predicted - gold), ("missed", gold - predicted))
    return Counter((kind, label) for kind, spans in kinds for _, _, label in spans)


def f_scores(counts: Counter[tuple[str, str]]) -> dict[str, Any]:
    """Return micro F1 and F1 per label from counts keyed ``(hit | false | missed, label)``."""

    def f1(labels: Sequence[str]) -> float:
        hit, false, missed = (sum(counts[kind, label] for label in labels) for kind in ("hit", "false", "missed"))
        return 2 * hit / (2 * hit + false + missed) if hit else 0.0

    return {"f1": f1(LABELS), "labels": {label: f1([label]) for label in LABELS}}
