"""Fine-tune a pretrained encoder on the corpus and label texts with it, for the tagger that ships to learn from.

    python -m taskie.training.teacher encoder/ --out labels.npz --raw government.txt.xz [--texts DIR] [--device cuda]

With ``--fold`` a part of the training documents is left out and labelled, so that gold can be held against a model
that has not seen it. Several seeds and folds are put together by ``taskie.training.soft_labels``.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from taskie.corpus.standoff import read_all_standoff
from taskie.corpus.store import corpus_root
from taskie.ner.decoding import TAGS
from taskie.ner.gazetteer import MATCH_COUNT, load_gazetteer
from taskie.structure.lookalikes import replace_lookalikes
from taskie.training.augment import AugmentConfig, Augmenter
from taskie.training.batches import TrainingText, tag_ids
from taskie.training.encoder import MASK, Encoder, Vocabulary, load_encoder
from taskie.training.raw_text import read_texts
from taskie.training.soft_labels import FULL, SoftLabels
from taskie.training.texts import DataConfig, standoff_texts, training_texts

# Of a window, this many characters at each side are seen but not labelled.
_MARGIN = 32


@dataclass(frozen=True, slots=True)
class TeacherConfig:
    """How to fine-tune."""

    seed: int = 1
    epochs: int = 8
    batch: int = 32
    learning_rate: float = 3e-4
    weight_decay: float = 0.02
    warm_up: float = 0.1
    dropout: float = 0.2
    input_dropout: float = 0.06
    match_dropout: float = 0.2


class Teacher(nn.Module):
    """Score each character for each tag, from the encoder's vectors and the gazetteer's matches."""

    def __init__(self, encoder: Encoder, dropout: float) -> None:
        super().__init__()
        self.encoder = encoder
        self.matches = nn.Embedding(MATCH_COUNT, encoder.config.dim)
        nn.init.zeros_(self.matches.weight)
        self.dropout = nn.Dropout(dropout)
        self.output = nn.Linear(encoder.config.dim, len(TAGS))

    def forward(self, ids: Tensor, matches: Tensor) -> Tensor:
        """Return scores of shape (windows, length, tags)."""
        scores: Tensor = self.output(self.dropout(self.encoder(ids, self.matches(matches))))
        return scores


def fine_tune(
    encoder: Encoder, vocabulary: Vocabulary, training: Sequence[TrainingText], config: TeacherConfig, *,
    augment: Callable[[TrainingText, random.Random], TrainingText], device: str = "cpu",
    progress: Callable[[str], None] = print,
) -> Teacher:  # fmt: skip
    """Train a teacher on all of ``training``; the loss is that of each character's tag, weighted by the text's weight."""
    torch.manual_seed(config.seed)
    rng = random.Random(config.seed)
    model = Teacher(encoder, config.dropout).to(device)
    length, cuda = encoder.config.length, device.startswith("cuda")
    steps = config.epochs * max(1, sum(len(t.text) for t in training) // (length * config.batch))
    optimizer = torch.optim.AdamW(model.parameters(), config.learning_rate, weight_decay=config.weight_decay)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (config.warm_up * steps + 1), max(0.02, 1 - s / steps))
    )
    for epoch in range(config.epochs):
        began, losses = time.perf_counter(), []
        model.train()
        texts = [augment(text, rng) for text in training]
        for ids, matches, tags, weights in _batches(texts, vocabulary, length, config.batch, rng):
            ids, matches, tags, weights = (x.to(device) for x in (ids, matches, tags, weights))
            ids = ids.masked_fill(torch.rand(ids.shape, device=device) < config.input_dropout, MASK)
            matches = matches.masked_fill(torch.rand(len(ids), 1, device=device) < config.match_dropout, 0)
            with torch.autocast(device.split(":")[0], torch.bfloat16, enabled=cuda):
                scores = model(ids, matches).float()
            loss = nn.functional.cross_entropy(scores.flatten(0, 1), tags.flatten(), reduction="none")
            loss = (loss * weights.flatten()).sum() / weights.sum()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.detach())
        progress(
            f"epoch {epoch + 1}  loss {float(torch.stack(losses).mean()):.4f}  {time.perf_counter() - began:.0f} s"
        )
    return model


def _batches(
    texts: Sequence[TrainingText], vocabulary: Vocabulary, length: int, batch: int, rng: random.Random
) -> Iterator[tuple[Tensor, Tensor, Tensor, Tensor]]:
    """Put all texts behind one another in a fresh order, cut windows from a fresh place on, and shuffle these."""
    ordered = rng.sample(list(texts), len(texts))
    parts = [_arrays(text.text, vocabulary) for text in ordered]
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    columns.append(np.concatenate([[*tag_ids(t.text, t.entities), 0] for t in ordered]))
    columns.append(np.concatenate([np.full(len(t.text) + 1, t.weight, np.float32) for t in ordered]))
    offset = rng.randrange(length)
    count = max(1, (len(columns[0]) - offset) // length)
    order = np.array(rng.sample(range(count), count))
    windows = [np.resize(column[offset:], (count, length))[order] for column in columns]
    for first in range(0, count, batch):
        ids, matches, tags, weights = (torch.from_numpy(w[first : first + batch]) for w in windows)
        yield ids, matches, tags.long(), weights


def _arrays(text: str, vocabulary: Vocabulary) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return ids and gazetteer matches of a text and the line break behind it."""
    matches = load_gazetteer().match(text).astype(np.int32)
    return vocabulary.encode(text + "\n"), np.append(matches, np.int32(0))


@torch.no_grad()
def chances(
    model: Teacher, vocabulary: Vocabulary, texts: Sequence[str], *, device: str = "cpu", batch: int = 256
) -> NDArray[np.uint8]:
    """Return the chance of each tag at each character of all texts; shape (characters, tags), ``FULL`` for 1."""
    model.to(device).eval()
    length = model.encoder.config.length
    core, cuda = length - 2 * _MARGIN, device.startswith("cuda")
    parts = [_arrays(text, vocabulary) for text in texts]
    total = sum(len(ids) for ids, _ in parts)
    count = -(-total // core)
    views = []
    for column, filler in zip(zip(*parts, strict=True), (vocabulary.encode("\n"), np.zeros(1, np.int32)), strict=True):
        before, behind = np.repeat(filler, _MARGIN), np.repeat(filler, count * core - total + _MARGIN)
        whole = np.concatenate([before, *column, behind])
        views.append(np.lib.stride_tricks.sliding_window_view(whole, length)[::core])
    rows = []
    for first in range(0, count, batch):
        ids, matches = (torch.from_numpy(view[first : first + batch].copy()).to(device) for view in views)
        with torch.autocast(device.split(":")[0], torch.bfloat16, enabled=cuda):
            scores = model(ids, matches)[:, _MARGIN : length - _MARGIN].float()
        rows.append((scores.softmax(2) * FULL).round().to(torch.uint8).cpu().numpy().reshape(-1, len(TAGS)))
    found = np.concatenate(rows)[:total]
    # The line breaks put between the texts belong to none.
    return np.delete(found, np.cumsum([len(ids) for ids, _ in parts]) - 1, axis=0)


def main(argv: Sequence[str] | None = None) -> int:
    """Fine-tune and label from the command line."""
    parser = argparse.ArgumentParser(description="Fine-tune a pretrained encoder and label texts with it.")
    parser.add_argument("encoder", type=Path, help="folder of taskie.training.language_model")
    parser.add_argument("--out", type=Path, required=True, help="the .npz file of soft labels to write")
    parser.add_argument("--raw", type=Path, nargs="*", default=[], help="texts to label, a paragraph a line")
    parser.add_argument("--label", type=Path, nargs="*", default=[], help="whole files to label, one text each")
    parser.add_argument("--characters", type=int, default=4_000_000, help="label at most so many of each --raw")
    parser.add_argument("--root", type=Path, help="folder with corpus/ and annotations/ (default: the repository)")
    parser.add_argument("--texts", type=Path, help="folder with the texts of annotations/standoff, if you have them")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=TeacherConfig().epochs)
    parser.add_argument("--fold", type=int, help="leave this part of the training documents out, and label them")
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--device", default="cpu", help="cpu or cuda (default %(default)s)")
    args = parser.parse_args(argv)
    root, data = corpus_root(args.root), DataConfig(real_weight=2.0)
    own = training_texts(root, "train", data)
    left_out = own[args.fold :: args.folds] if args.fold is not None else []
    training = list(own) if args.fold is None else [t for i, t in enumerate(own) if i % args.folds != args.fold]
    if args.texts:
        training += standoff_texts(list(read_all_standoff(root / "annotations" / "standoff", args.texts)), data)
    texts = read_texts(args.raw, args.characters)
    texts |= {path.stem: replace_lookalikes(path.read_text(encoding="utf-8")) for path in args.label}
    for split in ("validation", "test"):
        left_out += training_texts(root, split, data)
    texts |= {text.name: text.text for text in left_out}
    encoder, vocabulary = load_encoder(args.encoder)
    model = fine_tune(
        encoder, vocabulary, training, TeacherConfig(seed=args.seed, epochs=args.epochs),
        augment=Augmenter(AugmentConfig(patterns=3.0, spaced=0.15)), device=args.device,
        progress=lambda line: print(line, file=sys.stderr, flush=True),
    )  # fmt: skip
    SoftLabels(texts, chances(model, vocabulary, list(texts.values()), device=args.device)).save(args.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
