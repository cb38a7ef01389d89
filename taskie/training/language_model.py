"""Pretrain the teacher's encoder on raw text: it learns to fill in characters that were hidden.

    python -m taskie.training.language_model government.txt.xz laws.txt.xz --out encoder/ [--device cuda]

Method: masked language model (Devlin et al. 2019), runs of characters hidden together (Joshi et al. 2020), since in
Chinese a single character is often given away by its neighbour. Meant for a GPU: there 25 million weights see 400
million characters in about five minutes, on a CPU core in days; ``--steps`` and ``--layers`` make it smaller.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from taskie.corpus.store import corpus_root
from taskie.training.augment import AugmentConfig, Augmenter
from taskie.training.encoder import MASK, Encoder, EncoderConfig, Vocabulary, save_encoder
from taskie.training.raw_text import read_raw
from taskie.training.texts import DataConfig, training_texts

# A character this rare in all texts together is unknown.
MIN_COUNT = 5
# Share of places where a hidden run begins, and how long runs are, each length as often as the others.
_BEGINS, _RUN = 0.08, 4
# Of hidden characters, these shares become another character or stay as they are.
_SWAPPED, _KEPT = 0.1, 0.1
# How often the written notices are varied afresh to be read as raw text.
_VARIANTS = 8


@dataclass(frozen=True, slots=True)
class PretrainConfig:
    """How to pretrain. With ``seconds``, the schedule is shortened so that it ends by then."""

    seed: int = 1
    steps: int = 12_000
    seconds: float = 0.0
    batch: int = 128
    learning_rate: float = 1e-3
    weight_decay: float = 0.02
    warm_up: float = 0.05


def pretrain(
    encoder: Encoder, vocabulary: Vocabulary, texts: Sequence[tuple[str, float]], config: PretrainConfig, *,
    device: str = "cpu", progress: Callable[[str], None] = print,
) -> float:  # fmt: skip
    """Train ``encoder`` in place on ``(text, share of the batch)`` and return the last mean loss per hidden character.

    Windows are cut at any place of a text. Raises ``ValueError`` if a text is shorter than a window.
    """
    torch.manual_seed(config.seed)
    length = encoder.config.length
    if short := [len(text) for text, _ in texts if len(text) <= length]:
        raise ValueError(f"a text of {short[0]} characters is shorter than the encoder's window of {length}")
    streams = [torch.from_numpy(vocabulary.encode(text)).to(device) for text, _ in texts]
    shares = torch.tensor([share for _, share in texts])
    encoder.to(device).train()
    head = _head(encoder).to(device)
    # As one module, so that the weights both parts share are counted once.
    parameters = list(nn.ModuleList([encoder, head]).parameters())
    cuda = device.startswith("cuda")
    optimizer = torch.optim.AdamW(
        parameters, config.learning_rate, weight_decay=config.weight_decay, betas=(0.9, 0.98), fused=cuda
    )
    began, recent, done, step = time.perf_counter(), 0.0, 0.0, 0
    while done < 1:
        ids = _draw(streams, shares, config.batch, length)
        inputs, hidden = hide(ids, vocabulary.size)
        for group in optimizer.param_groups:
            group["lr"] = config.learning_rate * min(done / config.warm_up + 0.01, 1.0, (1 - done) / 0.9 + 0.01)
        with torch.autocast(device.split(":")[0], torch.bfloat16, enabled=cuda):
            loss = nn.functional.cross_entropy(head(encoder(inputs)[hidden]).float(), ids[hidden].long())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        step += 1
        done = step / config.steps
        if config.seconds:
            done = max(done, (time.perf_counter() - began) / config.seconds)
        if step % 100 == 0 or done >= 1:
            recent = float(loss.detach())
            rate = step * config.batch * length / (time.perf_counter() - began)
            progress(f"step {step}  {done:.0%}  loss {recent:.3f}  {rate:,.0f} characters/s")
    return recent


def _head(encoder: Encoder) -> nn.Module:
    """Return the part that names the hidden character; it is thrown away afterwards. Output weights are the embeddings."""
    dim = encoder.config.dim
    output = nn.Linear(dim, encoder.characters.num_embeddings)
    output.weight = encoder.characters.weight
    return nn.Sequential(nn.Linear(dim, dim), nn.GELU(), nn.LayerNorm(dim), output)


def _draw(streams: Sequence[Tensor], shares: Tensor, batch: int, length: int) -> Tensor:
    """Return windows of the streams, each stream as often as its share says; shape (batch, length)."""
    chosen = torch.multinomial(shares, batch, replacement=True).tolist()
    rows = []
    for index, stream in enumerate(streams):
        starts = torch.randint(len(stream) - length, (chosen.count(index), 1), device=stream.device)
        rows.append(stream[starts + torch.arange(length, device=stream.device)])
    return torch.cat(rows)


def hide(ids: Tensor, characters: int) -> tuple[Tensor, Tensor]:
    """Return ``ids`` with runs of places hidden, and which places those are; both of the shape of ``ids``."""
    begins = torch.rand(ids.shape, device=ids.device) < _BEGINS
    lengths = torch.randint(1, _RUN + 1, ids.shape, device=ids.device) * begins
    hidden = begins.clone()
    for offset in range(1, _RUN):
        hidden[:, offset:] |= lengths[:, :-offset] > offset
    chance = torch.rand(ids.shape, device=ids.device)
    swapped = hidden & (chance < _SWAPPED)
    masked = hidden & (chance >= _SWAPPED + _KEPT)
    others = torch.randint(MASK + 1, characters, ids.shape, device=ids.device, dtype=ids.dtype)
    return torch.where(swapped, others, ids).masked_fill(masked, MASK), hidden


def written_text(root: Path, seed: int) -> str:
    """Return the training documents of the corpus, varied several times, as one text."""
    documents = training_texts(root, "train", DataConfig())
    augment, rng = Augmenter(AugmentConfig(patterns=3.0, spaced=0.15)), random.Random(seed)
    return "\n".join(augment(text, rng).text for _ in range(_VARIANTS) for text in documents)


def main(argv: Sequence[str] | None = None) -> int:
    """Pretrain from the command line."""
    parser = argparse.ArgumentParser(description="Pretrain the teacher's encoder on raw text.")
    parser.add_argument("raw", type=Path, nargs="*", help="text, a paragraph a line, plain or .xz; closest kind first")
    parser.add_argument("--out", type=Path, required=True, help="folder for the encoder")
    parser.add_argument("--root", type=Path, help="folder with corpus/ and annotations/ (default: the repository)")
    parser.add_argument("--shares", type=float, nargs="+", help="share of each file, then of the corpus, in a batch")
    parser.add_argument("--dim", type=int, default=512)
    parser.add_argument("--layers", type=int, default=8)
    parser.add_argument("--steps", type=int, default=PretrainConfig().steps)
    parser.add_argument("--seconds", type=float, default=0.0, help="shorten the schedule to end after so long")
    parser.add_argument("--batch", type=int, default=PretrainConfig().batch)
    parser.add_argument("--device", default="cpu", help="cpu or cuda (default %(default)s)")
    parser.add_argument("--compile", action="store_true", help="compile the blocks: faster from the first minute on")
    args = parser.parse_args(argv)
    shares = args.shares or [1.0] * (len(args.raw) + 1)
    if len(shares) != len(args.raw) + 1:
        parser.error(f"--shares: {len(args.raw) + 1} are needed, one for each file and one for the corpus")
    config = PretrainConfig(steps=args.steps, seconds=args.seconds, batch=args.batch)
    texts = ["\n".join(read_raw(path)) for path in args.raw] + [written_text(corpus_root(args.root), config.seed)]
    vocabulary = Vocabulary.of_texts(texts, MIN_COUNT)
    torch.manual_seed(config.seed)
    encoder = Encoder(vocabulary.size, EncoderConfig(dim=args.dim, layers=args.layers, heads=max(1, args.dim // 64)))
    if args.compile:
        for block in encoder.blocks:
            block.compile()
    print(f"{sum(map(len, texts)):,} characters, {vocabulary.size:,} of them different", file=sys.stderr)
    pretrain(
        encoder, vocabulary, list(zip(texts, shares, strict=True)), config, device=args.device,
        progress=lambda line: print(line, file=sys.stderr, flush=True),
    )  # fmt: skip
    save_encoder(args.out, encoder, vocabulary)
    return 0


if __name__ == "__main__":
    sys.exit(main())
