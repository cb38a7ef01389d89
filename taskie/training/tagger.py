"""Train the tagger from annotated texts and save a model folder that ``taskie.ner`` loads.

Boundary: texts and a config in, a folder out; ``recipe`` and ``retrain`` say which. Needs the ``train`` extra. The same
seed, data and versions give the same scores.
"""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from taskie.errors import ModelError
from taskie.ner.characters import UNKNOWN, Alphabet, normal_character
from taskie.ner.meta import META_FILE
from taskie.training.batches import Batch, TrainingText, batches, pad
from taskie.training.checkpoints import TrainingState
from taskie.training.model_folder import save_model
from taskie.training.network import NetworkConfig, TaggerNetwork
from taskie.training.tagger_scores import score_network
from taskie.training.vectors import PairVectors
from taskie.training.weights import WEIGHTS_FILE, load_weights

Progress = Callable[[str], None]
# Windows are cut at other places in each epoch: an epoch may take a few steps more than are counted before.
_SPARE_STEPS = 50


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """How to train; see ``[training]`` in the config file of a recipe."""

    seed: int = 1
    epochs: int = 22
    batch: int = 24
    window: int = 224
    learning_rate: float = 0.002
    weight_decay: float = 0.01
    min_count: int = 2
    patience: int = 6
    average: float = 0.98
    threads: int = 1
    # Where to train: cpu, or cuda, where the same seed need not give the same weights.
    device: str = "cpu"


def train_tagger(
    training: Sequence[TrainingText], validation: Sequence[TrainingText], *, network: NetworkConfig, config: TrainingConfig,
    out: Path, init: Path | None = None, augment: Callable[[TrainingText, random.Random], TrainingText] | None = None,
    unlabelled: Callable[[random.Random], list[TrainingText]] | None = None, unlabelled_characters: int = 0,
    checkpoint: Path | None = None, extra: dict[str, Any] | None = None, progress: Progress = print,
    vectors: PairVectors | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Train on ``training``, keep the epoch best on ``validation``, save to ``out`` and return the scores.

    ``init`` starts from the weights of another model folder. ``augment`` is called on each text in each epoch.
    ``checkpoint`` is written after each epoch; if it exists, training goes on from it. ``unlabelled`` draws texts that
    teachers labelled, about ``unlabelled_characters`` for each epoch. ``vectors`` are those of pairs of characters, for a
    network with ``vector_dim``; with ``init`` they are that model's own.
    """
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    rng = random.Random(config.seed)
    alphabet = _alphabet(training, config, network, init, vectors)
    model = _network(alphabet, network, init, vectors).to(config.device)
    state = _begin(model, config, sum(len(t.text) for t in training) + unlabelled_characters, rng)
    first = 0
    if checkpoint and checkpoint.exists():
        first = state.restore(checkpoint)
        progress(f"resumed behind epoch {first}")
    for epoch in range(first, config.epochs):
        began = time.perf_counter()
        texts = [augment(t, rng) if augment else t for t in training] + (unlabelled(rng) if unlabelled else [])
        loss = _epoch(state, texts, alphabet, config)
        scores = _score_averaged(state, alphabet, validation)
        progress(
            f"epoch {epoch + 1:2d}  loss {loss:.4f}  F1 {scores['f1']:.4f}  {_per_label(scores)}  {time.perf_counter() - began:.0f} s"
        )
        if not state.keep_if_best(scores, epoch + 1) and epoch + 1 - state.best["epoch"] >= config.patience:
            break
        if checkpoint:
            state.save(checkpoint, epoch + 1)
    model.load_state_dict(state.best_state)
    settings = {"network": asdict(network), "training": asdict(config)}
    save_model(
        model.cpu(), alphabet, out, scores=state.best, settings=settings, training=training, validation=validation, extra=extra
    )  # fmt: skip
    return state.best


def _network(
    alphabet: Alphabet, network: NetworkConfig, init: Path | None, vectors: PairVectors | None
) -> TaggerNetwork:
    model = TaggerNetwork(alphabet.size, network, len(alphabet.known_keys))
    if init:
        start_from(model, load_weights(init / WEIGHTS_FILE))
    elif network.vector_dim:
        _place_vectors(model, vectors)
    return model


def _begin(model: TaggerNetwork, config: TrainingConfig, characters: int, rng: random.Random) -> TrainingState:
    """Return the state before the first of ``config.epochs`` epochs over so many characters."""
    averaged = {name: value.detach().clone() for name, value in model.state_dict().items()}
    steps = config.epochs * max(1, characters // (config.window * config.batch) + 1) + _SPARE_STEPS
    optimizer = torch.optim.AdamW(model.parameters(), config.learning_rate, weight_decay=config.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, config.learning_rate, total_steps=steps, pct_start=0.15)
    return TrainingState(model, averaged, optimizer, schedule, rng, best_state=averaged)


def _epoch(state: TrainingState, texts: Sequence[TrainingText], alphabet: Alphabet, config: TrainingConfig) -> float:
    """Learn from the texts once and return the mean loss."""
    losses = []
    state.model.train()
    for windows in batches(texts, alphabet, window=config.window, size=config.batch, rng=state.rng):
        losses.append(_step(state.model, state.optimizer, pad(windows).to(config.device)))
        if state.schedule.last_epoch < state.schedule.total_steps - 1:
            state.schedule.step()
        _update_average(state.averaged, state.model, config.average)
    return float(torch.stack(losses).mean())


def _score_averaged(state: TrainingState, alphabet: Alphabet, texts: Sequence[TrainingText]) -> dict[str, Any]:
    """Score the averaged weights, and put those under training back."""
    current = {k: v.clone() for k, v in state.model.state_dict().items()}
    state.model.load_state_dict(state.averaged)
    scores = score_network(state.model, alphabet, texts)
    state.model.load_state_dict(current)
    return scores


def _place_vectors(model: TaggerNetwork, vectors: PairVectors | None) -> None:
    shape = tuple(vectors.table.shape) if vectors else None
    if vectors is None or shape != tuple(model.vectors.shape):
        raise ModelError(
            f"the network takes vectors of pairs of shape {tuple(model.vectors.shape)}, given are {shape}; "
            "name a file of them, or set vector_dim = 0"
        )
    model.vectors.copy_(torch.from_numpy(vectors.table))


def _alphabet(
    training: Sequence[TrainingText], config: TrainingConfig, network: NetworkConfig, init: Path | None,
    vectors: PairVectors | None,
) -> Alphabet:  # fmt: skip
    counts = Counter(normal_character(c) for t in training for c in t.text)
    known = sorted(c for c, n in counts.items() if n >= config.min_count)
    if init:
        # Old characters keep their ids; new ones are added behind them.
        meta = json.loads((init / META_FILE).read_text(encoding="utf-8"))
        old = meta["characters"]
        new = "".join(c for c in known if c not in set(old))
        return Alphabet.build(old + new, pair_buckets=meta["pair_buckets"], known_pairs=meta.get("known_pairs", ""))
    pairs = vectors.pairs if vectors and network.vector_dim else ""
    return Alphabet.build("".join(known), pair_buckets=network.pair_buckets, known_pairs=pairs)


def start_from(model: TaggerNetwork, weights: dict[str, torch.Tensor]) -> None:
    """Load the weights of another model; characters it did not know start as unknown ones.

    Raises ``ModelError`` if the sizes of the networks differ.
    """
    state = model.state_dict()
    table = state["characters.weight"].clone()
    old = weights["characters.weight"]
    table[: len(old)] = old
    table[len(old) :] = old[UNKNOWN]
    try:
        model.load_state_dict({**weights, "characters.weight": table})
    except RuntimeError as error:
        raise ModelError(
            f"the weights do not fit this network; use the sizes of the model they come from: {error}"
        ) from error


def _step(model: TaggerNetwork, optimizer: torch.optim.Optimizer, batch: Batch) -> torch.Tensor:
    characters, pairs, matches, vectors = model.hide_inputs(batch.characters, batch.pairs, batch.matches, batch.vectors)
    scores = model(characters, pairs, batch.classes, matches, vectors)
    loss = model.loss(scores, batch.chances, batch.known, batch.weights)
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
    optimizer.step()
    return loss.detach()


def _update_average(averaged: dict[str, torch.Tensor], model: TaggerNetwork, share: float) -> None:
    for name, value in model.named_parameters():
        averaged[name].mul_(share).add_(value.detach(), alpha=1 - share)


def _per_label(scores: dict[str, Any]) -> str:
    return " ".join(f"{label[:4]} {value:.3f}" for label, value in scores["labels"].items())
