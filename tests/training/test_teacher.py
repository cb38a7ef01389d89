"""The teacher: it learns to fill gaps and to tag, comes back from its files, and its labels fit the characters."""

import random

import numpy as np
import pytest

from taskie.errors import ModelError
from taskie.ner.decoding import TAGS
from taskie.records import Entity

pytest.importorskip("torch", reason="needs the train extra")

import torch

from taskie.training.batches import TrainingText
from taskie.training.encoder import MASK, UNKNOWN, Encoder, EncoderConfig, Vocabulary, load_encoder, save_encoder
from taskie.training.language_model import PretrainConfig, hide, pretrain
from taskie.training.soft_labels import FULL
from taskie.training.teacher import TeacherConfig, chances, fine_tune

SMALL = EncoderConfig(dim=32, layers=1, heads=2, length=80, dropout=0.0)
BODIES = ("县水务局", "市教育局", "省财政厅", "区民政局")


def notice(rng, sentences=60):
    """Return a text of many sentences with one body each, and its entities."""
    text, entities = "", []
    for _ in range(sentences):
        text += rng.choice(("继续巩固成果，由", "切实加强管理，由"))
        body = rng.choice(BODIES)
        entities.append(Entity("ORG", body, len(text), len(text) + len(body)))
        text += body + "牵头。"
    return TrainingText("notice", text, tuple(entities))


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary.of_texts([notice(random.Random(0)).text * 3 + "\n\n\n"], min_count=3)


def new_encoder(vocabulary):
    torch.manual_seed(0)
    return Encoder(vocabulary.size, SMALL)


def test_unknown_characters_share_one_id_and_digits_another(vocabulary):
    known = Vocabulary.of_texts(["2023年" * 5 + "仅"], min_count=3)
    assert known.encode("仅")[0] == UNKNOWN
    assert len(set(known.encode("20９").tolist())) == 1
    assert known.encode("年")[0] not in (UNKNOWN, known.encode("2")[0])
    assert known.encode("\U0002a6a5")[0] == UNKNOWN


def test_about_a_fifth_is_hidden_and_most_of_it_masked():
    ids = torch.full((64, 256), 7, dtype=torch.int32)
    inputs, hidden = hide(ids, 50)
    assert 0.12 < hidden.float().mean() < 0.25
    assert 0.7 < (inputs[hidden] == MASK).float().mean() < 0.9
    assert (inputs[~hidden] == 7).all()


def test_pretraining_learns_what_stands_in_a_gap(vocabulary):
    """Long stretches of one character each: what is hidden is what stands around it."""
    rng = random.Random(1)
    text = "".join(rng.choice(vocabulary.characters) * 400 for _ in range(60))
    lines = []
    config = PretrainConfig(steps=120, batch=8, learning_rate=1e-2)
    last = pretrain(new_encoder(vocabulary), vocabulary, [(text, 1.0)], config, progress=lines.append)
    assert last < 0.5 * np.log(vocabulary.size)
    assert len(lines) == 2


def test_a_text_shorter_than_a_window_is_refused(vocabulary):
    with pytest.raises(ValueError, match="shorter than the encoder's window of 80"):
        pretrain(new_encoder(vocabulary), vocabulary, [("太短。", 1.0)], PretrainConfig(steps=1))


def test_an_encoder_comes_back_from_its_folder(tmp_path, vocabulary):
    encoder = new_encoder(vocabulary).eval()
    save_encoder(tmp_path, encoder, vocabulary)
    loaded, known = load_encoder(tmp_path)
    ids = torch.from_numpy(vocabulary.encode("由县水务局牵头。"))[None]
    assert known.characters == vocabulary.characters
    assert torch.allclose(encoder(ids), loaded.eval()(ids), atol=2e-2)


@pytest.mark.parametrize("file", ["encoder.json", "encoder.npz"])
def test_a_damaged_encoder_is_refused(tmp_path, vocabulary, file):
    save_encoder(tmp_path, new_encoder(vocabulary), vocabulary)
    (tmp_path / file).write_bytes(b"{}")
    with pytest.raises(ModelError):
        load_encoder(tmp_path)


@pytest.fixture(scope="module")
def teacher(vocabulary):
    rng = random.Random(2)
    training = [notice(rng) for _ in range(6)]
    config = TeacherConfig(epochs=6, batch=4, learning_rate=3e-3, dropout=0.0)
    return fine_tune(
        new_encoder(vocabulary),
        vocabulary,
        training,
        config,
        augment=lambda text, rng: text,
        progress=lambda line: None,
    )


def test_a_teacher_tags_bodies_and_nothing_else(teacher, vocabulary):
    text = notice(random.Random(9))
    found = chances(teacher, vocabulary, [text.text])
    begins = np.flatnonzero(found.argmax(axis=1) == TAGS.index("B-ORG")).tolist()
    assert begins == [entity.start for entity in text.entities]


def test_labels_fit_the_characters_of_each_text_however_they_are_cut(teacher, vocabulary):
    texts = [notice(random.Random(seed), sentences).text for seed, sentences in ((3, 1), (4, 40), (5, 7))]
    together = chances(teacher, vocabulary, texts, batch=2)
    assert together.shape == (sum(map(len, texts)), len(TAGS))
    assert np.abs(together.astype(int).sum(axis=1) - FULL).max() <= len(TAGS)
    alone = np.concatenate([chances(teacher, vocabulary, [text]) for text in texts])
    assert (together.argmax(axis=1) == alone.argmax(axis=1)).mean() > 0.98
