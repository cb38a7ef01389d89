"""Soft labels: they come back from their file, are averaged text by text, and teach a student what gold does not say."""

import itertools
import random

import numpy as np
import pytest

from taskie.errors import ModelError
from taskie.ner.decoding import TAGS
from taskie.ner.tagger import Tagger, default_model_path
from taskie.records import Entity

pytest.importorskip("torch", reason="needs the train extra")

from taskie.training.batches import TrainingText, tag_ids
from taskie.training.ensemble import label, marginals
from taskie.training.ensemble import main as label_with_taggers
from taskie.training.network import NetworkConfig
from taskie.training.soft_labels import FULL, SoftLabels, mean
from taskie.training.soft_labels import main as take_mean
from taskie.training.student import sampler, taught_texts
from taskie.training.tagger import TrainingConfig, train_tagger


def labels(texts, value=None):
    rows = sum(map(len, texts.values()))
    table = np.zeros((rows, len(TAGS)), np.uint8)
    table[:, 0] = FULL if value is None else value
    return SoftLabels(texts, table)


def test_soft_labels_come_back_from_their_file(tmp_path):
    texts = {"甲": "县水务局牵头。", "乙": "\U0002a6a5村修路\ud800。"}
    found = SoftLabels(texts, np.random.default_rng(0).integers(0, 256, (15, len(TAGS))).astype(np.uint8)[: sum(map(len, texts.values()))])  # fmt: skip
    found.save(tmp_path / "labels.npz")
    loaded = SoftLabels.load(tmp_path / "labels.npz")
    assert loaded.texts == texts
    assert all(np.array_equal(loaded.of_texts()[name], rows) for name, rows in found.of_texts().items())


def test_the_mean_is_taken_of_texts_that_all_teachers_have(tmp_path):
    labels({"甲": "修路。", "乙": "植树。"}, 250).save(tmp_path / "one.npz")
    labels({"乙": "植树。", "丙": "治水。"}, 101).save(tmp_path / "two.npz")
    take_mean([str(tmp_path / "one.npz"), str(tmp_path / "two.npz"), "--out", str(tmp_path / "mean.npz")])
    found = SoftLabels.load(tmp_path / "mean.npz")
    assert found.texts == {"乙": "植树。"}
    assert found.chances[:, 0].tolist() == [176, 176, 176]


def test_teachers_of_different_texts_have_no_mean():
    with pytest.raises(ModelError, match="no text in common"):
        mean([labels({"甲": "修路。"}), labels({"甲": "治水。"})])


def test_labels_that_do_not_fit_their_texts_are_refused():
    with pytest.raises(ModelError, match="the texts ask for"):
        SoftLabels({"甲": "修路。"}, np.zeros((2, len(TAGS)), np.uint8))


def test_a_file_of_something_else_is_refused(tmp_path):
    np.savez(tmp_path / "other.npz", chances=np.zeros(3))
    with pytest.raises(ModelError, match=r"other\.npz"):
        SoftLabels.load(tmp_path / "other.npz")


def test_a_sampler_repeats_no_text_before_all_were_drawn():
    texts = [TrainingText(str(number), "修路。" * 10, ()) for number in range(10)]
    draw, rng = sampler(texts, 90), random.Random(0)
    drawn = [text.name for _ in range(3) for text in draw(rng)]
    assert len(drawn) == 9
    assert len(set(drawn)) == 9


def test_taggers_label_raw_text_by_their_mean(tmp_path):
    raw = tmp_path / "raw.txt"
    raw.write_text("年底前修建河堤三公里，由县水务局牵头落实。\n市教育局牵头做好学位保障工作。\n", encoding="utf-8")
    model = str(default_model_path())
    label_with_taggers([model, model, "--raw", str(raw), "--out", str(tmp_path / "labels.npz")])
    found = SoftLabels.load(tmp_path / "labels.npz")
    tagger = Tagger.load(model)
    (text,) = found.texts.values()
    assert np.array_equal(found.chances, label([tagger], text))
    assert found.chances[text.index("县水务局"), TAGS.index("B-ORG")] > 0.9 * FULL


def test_marginals_are_those_of_all_paths_counted_one_by_one():
    rng = np.random.default_rng(3)
    scores = rng.normal(size=(4, 3)).astype(np.float32) * 2
    transitions = rng.normal(size=(3, 3)).astype(np.float32)
    transitions[0, 2] = -1e4
    expected = np.zeros((4, 3))
    for path in itertools.product(range(3), repeat=4):
        score = sum(scores[i, tag] for i, tag in enumerate(path))
        score += sum(transitions[a, b] for a, b in itertools.pairwise(path))
        for i, tag in enumerate(path):
            expected[i, tag] += np.exp(score)
    assert np.allclose(marginals(scores, transitions), expected / expected.sum(axis=1, keepdims=True), atol=1e-6)


def test_a_student_learns_from_its_teachers_what_no_gold_text_has(tmp_path):
    """Gold has bodies alone; the teachers' texts have amounts, which the student has to tag afterwards."""
    rng = random.Random(0)

    def gold():
        body = rng.choice(("县水务局", "市教育局"))
        return TrainingText("gold", f"任务由{body}牵头，" * 20, tuple(Entity("ORG", body, 3 + i * 10, 7 + i * 10) for i in range(20)))  # fmt: skip

    def taught(number):
        text = f"全年植树{rng.randrange(10, 99)}亩，" * 20
        amounts = tuple(Entity("QUANTITY", text[4 + i * 8 : 7 + i * 8], 4 + i * 8, 7 + i * 8) for i in range(20))
        table = np.zeros((len(text), len(TAGS)), np.uint8)
        table[np.arange(len(text)), tag_ids(text, amounts)] = FULL
        return f"raw_{number}", text, table

    found = [taught(number) for number in range(12)]
    soft = SoftLabels({name: text for name, text, _ in found}, np.concatenate([rows for *_, rows in found]))
    soft.save(tmp_path / "labels.npz")
    texts = taught_texts([tmp_path / "labels.npz"], weight=1.0)
    network = NetworkConfig(character_dim=16, pair_dim=8, pair_buckets=101, convolution_dim=24, hidden_dim=16)
    train_tagger(
        [gold() for _ in range(12)], [gold()], network=network,
        config=TrainingConfig(epochs=12, batch=4, window=80, learning_rate=0.01, average=0.5),
        out=tmp_path / "model", unlabelled=sampler(texts, 3000), unlabelled_characters=3000, progress=lambda line: None,
    )  # fmt: skip
    model = Tagger.load(tmp_path / "model")
    assert [(e.text, e.label) for e in model.predict("全年植树57亩，")] == [("57亩", "QUANTITY")]
    assert [(e.text, e.label) for e in model.predict("任务由县水务局牵头，")] == [("县水务局", "ORG")]
