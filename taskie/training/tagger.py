"""Train the tagger from annotated texts and save a model folder that ``taskie.ner`` loads.

    python -m taskie.training.tagger training/notice_zh/config.cfg --out taskie/models/notice_zh

Needs the ``train`` extra. The same seed, data and versions give the same scores.
"""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from taskie import __version__
from taskie.errors import ModelError
from taskie.ner.characters import UNKNOWN, Alphabet, normal_character
from taskie.ner.decoding import TAGS, read_spans, transition_mask, viterbi
from taskie.ner.spans import clean_spans
from taskie.ner.tagger import FORMAT, FORMAT_VERSION, META_FILE, NETWORK_FILE, Tagger
from taskie.records import LABELS
from taskie.training.batches import Batch, TrainingText, batches, pad, whole_window
from taskie.training.network import NetworkConfig, TaggerNetwork, export_onnx
from taskie.training.vectors import PairVectors
from taskie.training.weights import WEIGHTS_FILE, load_weights, save_weights

Progress = Callable[[str], None]
# So many texts of about one length are scored together.
_SCORED = 8


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
    model = TaggerNetwork(alphabet.size, network, len(alphabet.known_keys))
    if init:
        start_from(model, load_weights(init / WEIGHTS_FILE))
    elif network.vector_dim:
        _place_vectors(model, vectors)
    model.to(config.device)
    averaged = {name: value.detach().clone() for name, value in model.state_dict().items()}
    characters = sum(len(t.text) for t in training) + unlabelled_characters
    steps = config.epochs * max(1, characters // (config.window * config.batch) + 1)
    optimizer = torch.optim.AdamW(model.parameters(), config.learning_rate, weight_decay=config.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, config.learning_rate, total_steps=steps + 50, pct_start=0.15
    )
    best: dict[str, Any] = {"f1": -1.0}
    best_state = averaged
    first = 0
    if checkpoint and checkpoint.exists():
        first, best, best_state = _resume(checkpoint, model, averaged, optimizer, schedule, rng)
        progress(f"resumed behind epoch {first}")
    for epoch in range(first, config.epochs):
        began = time.perf_counter()
        texts = [augment(t, rng) if augment else t for t in training] + (unlabelled(rng) if unlabelled else [])
        losses = []
        model.train()
        for windows in batches(texts, alphabet, window=config.window, size=config.batch, rng=rng):
            losses.append(_step(model, optimizer, pad(windows).to(config.device)))
            if schedule.last_epoch < steps + 49:
                schedule.step()
            _update_average(averaged, model, config.average)
        scores = _validate(model, averaged, alphabet, validation)
        progress(
            f"epoch {epoch + 1:2d}  loss {float(torch.stack(losses).mean()):.4f}  F1 {scores['f1']:.4f}  {_per_label(scores)}  {time.perf_counter() - began:.0f} s"
        )
        if scores["f1"] > best["f1"]:
            best, best_state = {**scores, "epoch": epoch + 1}, {k: v.clone() for k, v in averaged.items()}
        elif epoch + 1 - best["epoch"] >= config.patience:
            break
        if checkpoint:
            _save_checkpoint(checkpoint, epoch + 1, model, averaged, optimizer, schedule, rng, best, best_state)
    model.load_state_dict(best_state)
    model.cpu()
    save_model(
        model,
        alphabet,
        out,
        scores=best,
        settings={"network": asdict(network), "training": asdict(config)},
        training=training,
        validation=validation,
        extra=extra,
    )
    return best


def _save_checkpoint(
    path: Path, epoch: int, model: TaggerNetwork, averaged: dict[str, torch.Tensor], optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.OneCycleLR, rng: random.Random, best: dict[str, Any], best_state: dict[str, torch.Tensor],
) -> None:  # fmt: skip
    """Write everything that decides how training goes on; the old file stays whole until the new one is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    version, internal, gauss = rng.getstate()
    # What a bound method of the schedule would drag along is no state of its own.
    plain = {k: v for k, v in schedule.state_dict().items() if isinstance(v, int | float | list | bool)}
    state = {
        "epoch": epoch, "model": model.state_dict(), "averaged": averaged, "optimizer": optimizer.state_dict(), "schedule": plain,
        "random": [version, list(internal), gauss], "torch_random": torch.get_rng_state(), "best": best, "best_state": best_state,
    }  # fmt: skip
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def _resume(
    path: Path, model: TaggerNetwork, averaged: dict[str, torch.Tensor], optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.OneCycleLR, rng: random.Random,
) -> tuple[int, dict[str, Any], dict[str, torch.Tensor]]:  # fmt: skip
    """Restore a checkpoint; raises ``ModelError`` if it is of another network."""
    try:
        state = torch.load(path, weights_only=True, map_location=averaged["transitions"].device)
        model.load_state_dict(state["model"])
    except (RuntimeError, KeyError) as error:
        raise ModelError(f"{path}: not a checkpoint of this training; start anew without --resume: {error}") from error
    averaged.update(state["averaged"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    version, internal, gauss = state["random"]
    rng.setstate((version, tuple(internal), gauss))
    torch.set_rng_state(state["torch_random"].cpu())
    return state["epoch"], state["best"], state["best_state"]


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


def _validate(
    model: TaggerNetwork, averaged: dict[str, torch.Tensor], alphabet: Alphabet, texts: Sequence[TrainingText]
) -> dict[str, Any]:
    """Score the averaged weights on whole texts."""
    current = {k: v.clone() for k, v in model.state_dict().items()}
    model.load_state_dict(averaged)
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
            spans = read_spans(tags[: len(text.text)])
            predicted = {(s, e, label) for s, e, label in clean_spans(text.text, spans)}
            gold = {(e.start, e.end, e.label) for e in text.entities}
            for kind, found in (("hit", predicted & gold), ("false", predicted - gold), ("missed", gold - predicted)):
                counts.update((kind, label) for _, _, label in found)
    model.load_state_dict(current)
    return f_scores(counts)


def f_scores(counts: Counter[tuple[str, str]]) -> dict[str, Any]:
    """Return micro F1 and F1 per label from counts keyed ``(hit | false | missed, label)``."""

    def f1(labels: Sequence[str]) -> float:
        hit, false, missed = (sum(counts[kind, label] for label in labels) for kind in ("hit", "false", "missed"))
        return 2 * hit / (2 * hit + false + missed) if hit else 0.0

    return {"f1": f1(LABELS), "labels": {label: f1([label]) for label in LABELS}}


def _per_label(scores: dict[str, Any]) -> str:
    return " ".join(f"{label[:4]} {value:.3f}" for label, value in scores["labels"].items())


def save_model(
    model: TaggerNetwork, alphabet: Alphabet, out: Path, *, scores: dict[str, Any], settings: dict[str, Any],
    training: Sequence[TrainingText], validation: Sequence[TrainingText], extra: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Write the model folder: network, weights to go on training from, and everything needed to judge it."""
    out.mkdir(parents=True, exist_ok=True)
    content = export_onnx(model)
    (out / NETWORK_FILE).write_bytes(content)
    save_weights(out / WEIGHTS_FILE, dict(model.state_dict()))
    meta = {
        "format": FORMAT, "format_version": FORMAT_VERSION, "taskie_version": __version__, "tags": list(TAGS),
        "characters": alphabet.characters, "pair_buckets": alphabet.pair_buckets,
        "known_pairs": alphabet.known_pairs,
        "transitions": [[round(float(x), 5) for x in row] for row in model.transitions.detach().numpy()],
        "network_sha256": hashlib.sha256(content).hexdigest(), "settings": settings, "scores": scores,
        "data": {"training": checksums(training), "validation": checksums(validation)}, **(extra or {}),
    }  # fmt: skip
    (out / META_FILE).write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    Tagger.load(out)


def checksums(texts: Sequence[TrainingText]) -> dict[str, Any]:
    """Return one checksum over all texts and annotations, and their number and size."""
    digest = hashlib.sha256()
    for text in sorted(texts, key=lambda t: t.name):
        digest.update(text.name.encode() + b"\0" + text.text.encode("utf-8", "surrogatepass") + b"\0")
        digest.update(json.dumps([[e.start, e.end, e.label] for e in text.entities]).encode())
    return {"documents": len(texts), "characters": sum(len(t.text) for t in texts), "sha256": digest.hexdigest()}
