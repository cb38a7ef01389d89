"""What the tagger's network does with the inputs that training hides from it."""

import pytest

pytest.importorskip("torch", reason="needs the train extra")

import torch

from taskie.training.network import NetworkConfig, TaggerNetwork


def scores(match_dropout, matches):
    torch.manual_seed(3)
    sizes = NetworkConfig(
        character_dim=8, pair_dim=8, pair_buckets=50, convolution_dim=8, hidden_dim=8, match_dropout=match_dropout
    )
    network = TaggerNetwork(20, sizes).eval()
    ids = torch.arange(12).reshape(1, 12)
    with torch.no_grad():
        return network(ids, ids, ids % 4, matches, ids)


NONE, SOME = torch.zeros(1, 12, dtype=torch.long), torch.tensor([[0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]])


def test_a_network_that_never_sees_matches_in_training_ignores_them():
    assert torch.equal(scores(1.0, NONE), scores(1.0, SOME))


def test_a_network_that_sees_them_reads_them():
    assert not torch.equal(scores(0.2, NONE), scores(0.2, SOME))
