"""Keep a network's weights in numpy's own format, which holds arrays and no code.

Boundary: names and arrays only; half precision on disk, single precision in memory.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch

from taskie.errors import ModelError

WEIGHTS_FILE = "weights.npz"


def save_weights(path: Path, state: dict[str, torch.Tensor]) -> None:
    """Write a state dict to ``path`` as float16; the error of a weight is below 0.1 %."""
    arrays: dict[str, Any] = {name: value.detach().numpy().astype(np.float16) for name, value in state.items()}
    np.savez_compressed(path, **arrays)


def load_weights(path: Path) -> dict[str, torch.Tensor]:
    """Read a state dict as float32; raises ``ModelError`` if ``path`` is no such file."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return {name: torch.from_numpy(arrays[name].astype(np.float32)) for name in arrays.files}
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: no weights to go on training from: {error}") from error
