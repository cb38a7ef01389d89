"""A transformer over characters: too slow to ship, strong enough to teach the tagger that ships.

Boundary: shapes, vocabulary and files; ``language_model`` pretrains it, ``teacher`` fine-tunes it. Layer norm stands
before each part (Xiong et al. 2020), places are learned (Devlin et al. 2019).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from taskie.errors import ModelError
from taskie.ner.characters import TABLE_SIZE, code_points, normal_character
from taskie.training.weights import load_weights, save_weights

PAD, UNKNOWN, MASK = 0, 1, 2
_SPECIAL = 3
_CONFIG_FILE, _WEIGHTS_FILE = "encoder.json", "encoder.npz"


@dataclass(frozen=True, slots=True)
class EncoderConfig:
    """Sizes of the encoder; ``length`` is the number of characters it sees at once."""

    dim: int = 512
    layers: int = 8
    heads: int = 8
    length: int = 256
    dropout: float = 0.1


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The characters an encoder knows, in the order of their ids; ``table`` maps code points to ids."""

    characters: str
    table: NDArray[np.int32]

    @classmethod
    def build(cls, characters: str) -> Vocabulary:
        """Build from normal characters, each once."""
        ids = {c: i for i, c in enumerate(characters, start=_SPECIAL)}
        table = [ids.get(normal_character(chr(code)), UNKNOWN) for code in range(TABLE_SIZE)]
        return cls(characters, np.array(table, np.int32))

    @classmethod
    def of_texts(cls, texts: Iterable[str], min_count: int) -> Vocabulary:
        """Take the normal characters that ``texts`` have at least ``min_count`` times."""
        counts: Counter[str] = Counter()
        for text in texts:
            for character, number in Counter(text).items():
                counts[normal_character(character)] += number
        return cls.build("".join(sorted(c for c, n in counts.items() if n >= min_count and ord(c) < TABLE_SIZE)))

    @property
    def size(self) -> int:
        """Return the number of ids."""
        return len(self.characters) + _SPECIAL

    def encode(self, text: str) -> NDArray[np.int32]:
        """Return the ids of ``text``; shape (len(text),)."""
        return self.table[code_points(text)]


class Encoder(nn.Module):
    """Return a vector for each character, of shape (windows, length, dim)."""

    def __init__(self, characters: int, config: EncoderConfig) -> None:
        super().__init__()
        self.config = config
        self.characters = nn.Embedding(characters, config.dim)
        self.places = nn.Parameter(torch.randn(config.length, config.dim) * 0.02)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.norm = nn.LayerNorm(config.dim)
        self.dropout = nn.Dropout(config.dropout)
        nn.init.normal_(self.characters.weight, std=0.02)

    def forward(self, ids: Tensor, extra: Tensor | None = None) -> Tensor:
        """Encode ``ids`` (windows, length); ``extra`` is added to the embeddings, if given."""
        hidden = self.characters(ids) + self.places[: ids.shape[1]]
        hidden = self.dropout(hidden if extra is None else hidden + extra)
        for block in self.blocks:
            hidden = block(hidden)
        return self.norm(hidden)


class Block(nn.Module):
    """Attention and a feed-forward part, each added to what comes in."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.heads = config.heads
        self.share = config.dropout
        self.norm_attention, self.norm_forward = nn.LayerNorm(config.dim), nn.LayerNorm(config.dim)
        self.project = nn.Linear(config.dim, 3 * config.dim)
        self.merge = nn.Linear(config.dim, config.dim)
        self.widen, self.narrow = nn.Linear(config.dim, 4 * config.dim), nn.Linear(4 * config.dim, config.dim)
        self.dropout = nn.Dropout(config.dropout)
        # What is added to the stream starts small, whatever the depth (Radford et al. 2019).
        for layer in (self.merge, self.narrow):
            nn.init.normal_(layer.weight, std=0.02 / (2 * config.layers) ** 0.5)
        for layer in (self.project, self.widen):
            nn.init.normal_(layer.weight, std=0.02)

    def forward(self, hidden: Tensor) -> Tensor:
        """Return what comes in with attention over all places and a feed-forward part added."""
        windows, length, dim = hidden.shape
        parts = self.project(self.norm_attention(hidden)).view(windows, length, 3, self.heads, dim // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        mixed = nn.functional.scaled_dot_product_attention(
            query, key, value, dropout_p=self.share if self.training else 0.0
        )
        hidden = hidden + self.dropout(self.merge(mixed.transpose(1, 2).reshape(windows, length, dim)))
        inner = nn.functional.gelu(self.widen(self.norm_forward(hidden)), approximate="tanh")
        return hidden + self.dropout(self.narrow(inner))


def save_encoder(folder: Path, encoder: Encoder, vocabulary: Vocabulary) -> None:
    """Write an encoder and its vocabulary to ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    config = {"config": asdict(encoder.config), "characters": vocabulary.characters}
    (folder / _CONFIG_FILE).write_text(json.dumps(config, ensure_ascii=False) + "\n", encoding="utf-8")
    save_weights(folder / _WEIGHTS_FILE, {name: value.cpu() for name, value in encoder.state_dict().items()})


def load_encoder(folder: Path) -> tuple[Encoder, Vocabulary]:
    """Read what ``save_encoder`` wrote; raises ``ModelError`` if it is damaged or missing."""
    try:
        stored = json.loads((folder / _CONFIG_FILE).read_text(encoding="utf-8"))
        vocabulary = Vocabulary.build(stored["characters"])
        encoder = Encoder(vocabulary.size, EncoderConfig(**stored["config"]))
        encoder.load_state_dict(load_weights(folder / _WEIGHTS_FILE))
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise ModelError(f"{folder}: no encoder of taskie.training.language_model: {error}") from error
    return encoder, vocabulary
