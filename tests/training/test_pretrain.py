"""Vectors of pairs: what keeps the same company lies near, they come back from their file, and a model keeps them."""

import random

import numpy as np
import pytest

from taskie.errors import ModelError
from taskie.ner.characters import Alphabet, pair_keys

pytest.importorskip("torch", reason="needs the train extra")

from taskie.training.batches import TrainingText
from taskie.training.network import NetworkConfig
from taskie.training.pretrain import learn_vectors
from taskie.training.tagger import TrainingConfig, train_tagger
from taskie.training.vectors import PairVectors

THINGS, PLACES = ("大桥", "水库", "泵站"), ("青河", "白岭", "临川")


def prose(seed, sentences=600):
    rng = random.Random(seed)
    return "".join(
        f"抓紧修建{rng.choice(THINGS)}工程。" if rng.random() < 0.5 else f"干部前往{rng.choice(PLACES)}调研。"
        for _ in range(sentences)
    )


@pytest.fixture(scope="module")
def vectors():
    return learn_vectors([(prose(1), 1.0)], dimensions=8, min_count=5)


def nearness(vectors, one, other):
    pairs = [vectors.pairs[i : i + 2] for i in range(0, len(vectors.pairs), 2)]
    a, b = (vectors.table[1 + pairs.index(pair)] for pair in (one, other))
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def test_pairs_of_one_context_lie_near_and_those_of_another_far(vectors):
    assert nearness(vectors, "大桥", "水库") > 0.9
    assert nearness(vectors, "青河", "白岭") > 0.9
    assert nearness(vectors, "大桥", "青河") < 0.3


def test_the_same_text_gives_the_same_vectors(vectors):
    again = learn_vectors([(prose(1), 1.0)], dimensions=8, min_count=5)
    assert again.pairs == vectors.pairs
    assert np.array_equal(again.table, vectors.table)


def test_row_zero_is_the_mean_and_there_is_a_row_for_each_pair(vectors):
    assert len(vectors.table) == len(vectors.pairs) // 2 + 1
    assert np.allclose(vectors.table[0], vectors.table[1:].mean(axis=0), atol=1e-5)


def test_too_little_text_is_refused():
    with pytest.raises(ValueError, match="too few for vectors of 8 dimensions"):
        learn_vectors([("修路。" * 20, 1.0)], dimensions=8, min_count=5)


def test_vectors_come_back_from_their_file(vectors, tmp_path):
    vectors.save(tmp_path / "v.npz")
    back = PairVectors.load(tmp_path / "v.npz")
    assert back.pairs == vectors.pairs
    assert np.allclose(back.table, vectors.table, atol=0.01)


def test_a_file_that_holds_none_is_named(tmp_path):
    (tmp_path / "v.npz").write_bytes(b"no arrays")
    with pytest.raises(ModelError, match="no vectors of pairs"):
        PairVectors.load(tmp_path / "v.npz")
    np.savez(tmp_path / "w.npz", pairs=np.array([22823, 26725], np.uint32), table=np.zeros((5, 3), np.float16))
    with pytest.raises(ModelError, match="1 pairs, but a table of shape"):
        PairVectors.load(tmp_path / "w.npz")


def test_known_pairs_are_found_under_their_normal_form_and_others_are_zero(vectors):
    alphabet = Alphabet.build("大桥", pair_buckets=11, known_pairs=vectors.pairs)
    known = alphabet.encode("大桥、鑫淼")[3]
    place = [vectors.pairs[i : i + 2] for i in range(0, len(vectors.pairs), 2)].index("大桥")
    assert known[0] == place + 1
    assert known[-2] == 0
    assert known[-1] == 0


def test_known_pairs_out_of_order_are_refused(vectors):
    assert (np.diff(pair_keys(vectors.pairs)[::2]) > 0).all()
    with pytest.raises(ValueError, match="rising order"):
        Alphabet.build("大", pair_buckets=11, known_pairs=vectors.pairs[2:] + vectors.pairs[:2])


def test_a_network_that_wants_vectors_is_not_trained_without(tmp_path):
    network = NetworkConfig(8, 8, pair_buckets=11, convolution_dim=8, hidden_dim=8, vector_dim=8)
    text = TrainingText("a", prose(2, 4), ())
    with pytest.raises(ModelError, match="vector_dim = 0"):
        train_tagger([text], [text], network=network, config=TrainingConfig(epochs=1), out=tmp_path)


def test_a_model_keeps_its_vectors_when_it_is_trained_on(vectors, tmp_path):
    network = NetworkConfig(8, 8, pair_buckets=11, convolution_dim=8, hidden_dim=8, vector_dim=8)
    text = TrainingText("a", prose(2, 40), ())
    config = TrainingConfig(epochs=1)

    def quiet(line: str) -> None:
        pass

    train_tagger([text], [text], network=network, config=config, out=tmp_path / "a", vectors=vectors, progress=quiet)
    train_tagger(
        [text], [text], network=network, config=config, out=tmp_path / "b", init=tmp_path / "a", progress=quiet
    )
    first, second = PairVectors.load(tmp_path / "a"), PairVectors.load(tmp_path / "b")
    assert first.pairs == second.pairs == vectors.pairs
    assert np.array_equal(first.table, second.table)
    assert np.allclose(first.table, vectors.table, atol=0.01)
