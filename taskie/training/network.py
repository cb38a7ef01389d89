"""The tagger's network in torch: embeddings, a convolution, LSTMs in both directions, scores per tag, a CRF loss.

Boundary: shapes and mathematics only; what it is trained on and how is the business of ``tagger``.
"""

from __future__ import annotations

import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from taskie.ner.characters import CLASS_COUNT, PAD, UNKNOWN
from taskie.ner.decoding import TAGS, transition_mask
from taskie.ner.gazetteer import MATCH_COUNT


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """Sizes of the network; see ``[network]`` in the config file of a recipe."""

    character_dim: int = 96
    pair_dim: int = 64
    class_dim: int = 16
    match_dim: int = 16
    pair_buckets: int = 20011
    convolution_dim: int = 192
    hidden_dim: int = 128
    layers: int = 1
    dropout: float = 0.35
    input_dropout: float = 0.06
    match_dropout: float = 0.2
    # Size of the vectors of known pairs, which are learned from raw text beforehand (``pretrain``); 0 is without.
    vector_dim: int = 0


class TaggerNetwork(nn.Module):
    """Score each character for each tag."""

    mask: Tensor
    vectors: Tensor

    def __init__(self, characters: int, config: NetworkConfig, known_pairs: int = 0) -> None:
        super().__init__()
        self.config = config
        self.characters = nn.Embedding(characters, config.character_dim, padding_idx=PAD)
        self.pairs = nn.Embedding(config.pair_buckets, config.pair_dim)
        self.classes = nn.Embedding(CLASS_COUNT, config.class_dim)
        self.matches = nn.Embedding(MATCH_COUNT, config.match_dim, padding_idx=0 if config.match_dropout >= 1 else None)
        if config.match_dropout >= 1:
            # Matches that training always hides must say nothing in extraction either, rather than what chance drew.
            nn.init.zeros_(self.matches.weight)
        if config.vector_dim:
            # Fixed, so that pairs which no annotated text has stay comparable with those that were seen.
            self.register_buffer("vectors", torch.zeros(known_pairs + 1, config.vector_dim, dtype=torch.float16))
        width = config.character_dim + config.pair_dim + config.class_dim + config.match_dim + config.vector_dim
        self.convolution = nn.Conv1d(width, config.convolution_dim, 3, padding=1)
        self.recurrent = nn.LSTM(
            config.convolution_dim, config.hidden_dim, config.layers, batch_first=True, bidirectional=True
        )
        self.output = nn.Linear(2 * config.hidden_dim, len(TAGS))
        self.dropout = nn.Dropout(config.dropout)
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.register_buffer("mask", torch.from_numpy(transition_mask()), persistent=False)

    def forward(self, characters: Tensor, pairs: Tensor, classes: Tensor, matches: Tensor, known: Tensor) -> Tensor:
        """Return scores of shape (windows, length, tags) for ids of shape (windows, length)."""
        parts = [self.characters(characters), self.pairs(pairs), self.classes(classes), self.matches(matches)]
        if self.config.vector_dim:
            parts.append(nn.functional.embedding(known, self.vectors).float())
        embedded = torch.cat(parts, dim=2)
        mixed = torch.relu(self._convolve(self.dropout(embedded)))
        hidden, _ = self.recurrent(self.dropout(mixed))
        return self.output(self.dropout(hidden))

    def _convolve(self, embedded: Tensor) -> Tensor:
        """Convolve over three neighbours as one matrix product, which can be run in 8 bits as a convolution cannot."""
        size = self.config.convolution_dim
        # Of fixed shape, so that the exporter folds the kernel into one constant.
        kernel = self.convolution.weight.permute(1, 2, 0).reshape(-1, 3 * size)
        before, here, behind = (embedded @ kernel).split(size, dim=2)
        before = nn.functional.pad(before[:, :-1], (0, 0, 1, 0))
        behind = nn.functional.pad(behind[:, 1:], (0, 0, 0, 1))
        bias = self.convolution.bias
        assert bias is not None  # for the type checker: the layer is built with one
        return before + here + behind + bias

    def hide_inputs(
        self, characters: Tensor, pairs: Tensor, matches: Tensor, known: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Hide a share of the inputs, so that no single name is relied on: characters, pairs, and a window's matches."""
        share = self.config.input_dropout
        device = characters.device
        hidden = (torch.rand(characters.shape, device=device) < share) & (characters != PAD)
        lost = torch.rand(pairs.shape, device=device) < 2 * share
        unmatched = torch.rand(len(matches), 1, device=device) < self.config.match_dropout
        return (
            characters.masked_fill(hidden, UNKNOWN),
            pairs.masked_fill(lost | hidden, 0),
            matches.masked_fill(unmatched, 0),
            known.masked_fill(lost | hidden, 0),
        )

    def loss(self, emissions: Tensor, chances: Tensor, known: Tensor, weights: Tensor) -> Tensor:
        """Return the weighted mean CRF loss per character.

        ``chances`` of the tags has the shape of ``emissions``: 1 for the one tag of gold, shares of 1 from teachers. For these
        the loss is the cross-entropy of the path distribution, places taken as independent. ``known`` bool has shape
        (windows, length); places that are not known are padding at the end of a window. ``weights`` has shape (windows,).
        """
        score = self._path_score(emissions, chances * known[:, :, None])
        total = self._partition(emissions, known, self.transitions + self.mask)
        return ((total - score) * weights).sum() / (known.sum(1) * weights).sum()

    def _path_score(self, emissions: Tensor, chances: Tensor) -> Tensor:
        # Teachers that take places as independent leave a little chance to steps that cannot be; these count nothing.
        possible = self.transitions * (self.mask == 0)
        steps = (chances[:, :-1] @ possible) * chances[:, 1:]
        return (emissions * chances).sum((1, 2)) + steps.sum((1, 2))

    def _partition(self, emissions: Tensor, known: Tensor, transitions: Tensor) -> Tensor:
        alpha = emissions[:, 0]
        weights = transitions.exp()
        for step in range(1, emissions.shape[1]):
            peak = alpha.max(1, keepdim=True).values
            moved = torch.log((alpha - peak).exp() @ weights + 1e-30) + peak + emissions[:, step]
            alpha = torch.where(known[:, step, None], moved, alpha)
        return torch.logsumexp(alpha, 1)


def export_onnx(network: TaggerNetwork) -> bytes:
    """Return the network as ONNX, with free numbers of windows and characters."""
    network.eval()
    # One window: with more, the exporter would fix their number in the first state of the LSTM.
    ids = torch.ones(1, 40, dtype=torch.int32)
    names = ["characters", "pairs", "classes", "matches", *(["known"] if network.config.vector_dim else [])]
    axes = {name: {0: "windows", 1: "length"} for name in [*names, "scores"]}
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        # The exporter by TorchScript is old but writes LSTMs with free lengths, which the new one does not.
        warnings.simplefilter("ignore")
        file = Path(folder) / "network.onnx"
        torch.onnx.export(
            network, (ids,) * 5, str(file), input_names=names, output_names=["scores"], dynamic_axes=axes,
            opset_version=17, dynamo=False,
        )  # fmt: skip
        return file.read_bytes()
