"""The state of a training that is under way, kept in a file so that an interrupted one goes on as if it had not been.

Boundary: what is kept and how it is read back; the steps themselves are ``tagger``.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from taskie.errors import ModelError
from taskie.training.network import TaggerNetwork


@dataclass(slots=True)
class TrainingState:
    """Everything that decides how training goes on; ``averaged`` are the weights that are scored and kept."""

    model: TaggerNetwork
    averaged: dict[str, torch.Tensor]
    optimizer: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.OneCycleLR
    rng: random.Random
    # Scores of the best epoch with its number, and the averaged weights behind it.
    best: dict[str, Any] = field(default_factory=lambda: {"f1": -1.0})
    best_state: dict[str, torch.Tensor] = field(default_factory=dict)

    def keep_if_best(self, scores: dict[str, Any], epoch: int) -> bool:
        """Keep the averaged weights if no epoch before scored as well; tell whether they were kept."""
        if scores["f1"] <= self.best["f1"]:
            return False
        self.best, self.best_state = {**scores, "epoch": epoch}, {k: v.clone() for k, v in self.averaged.items()}
        return True

    def save(self, path: Path, epoch: int) -> None:
        """Write the state behind ``epoch``; the old file stays whole until the new one is."""
        path.parent.mkdir(parents=True, exist_ok=True)
        version, internal, gauss = self.rng.getstate()
        # What a bound method of the schedule would drag along is no state of its own.
        plain = {k: v for k, v in self.schedule.state_dict().items() if isinstance(v, int | float | list | bool)}
        state = {
            "epoch": epoch, "model": self.model.state_dict(), "averaged": self.averaged,
            "optimizer": self.optimizer.state_dict(), "schedule": plain, "random": [version, list(internal), gauss],
            "torch_random": torch.get_rng_state(), "best": self.best, "best_state": self.best_state,
        }  # fmt: skip
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)

    def restore(self, path: Path) -> int:
        """Take the state from a file and return the epoch it stands behind; raises ``ModelError`` if it is of another network."""
        try:
            state = torch.load(path, weights_only=True, map_location=self.averaged["transitions"].device)
            self.model.load_state_dict(state["model"])
        except (RuntimeError, KeyError) as error:
            raise ModelError(
                f"{path}: not a checkpoint of this training; start anew without --resume: {error}"
            ) from error
        self.averaged.update(state["averaged"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.schedule.load_state_dict(state["schedule"])
        version, internal, gauss = state["random"]
        self.rng.setstate((version, tuple(internal), gauss))
        torch.set_rng_state(state["torch_random"].cpu())
        self.best, self.best_state = state["best"], state["best_state"]
        return int(state["epoch"])
