"""Training on new documents: the split holds, an interrupted run goes on, a worse model is not put in place."""

import json
import lzma
import re

import pytest

pytest.importorskip("torch", reason="needs the train extra")

from water_notices import SENTENCE, entities_of, text_of, training_text

from taskie.errors import ReadError
from taskie.evaluation.gold import Gold
from taskie.extractor import extract_with_entities, load
from taskie.ner.tagger import default_model_path
from taskie.records import Document, Entity
from taskie.structure.learned import LearnedWords
from taskie.training.batches import TrainingText
from taskie.training.held_out import SPLIT_FILE, read_annotated, split_documents
from taskie.training.judging import MAX_FORGOTTEN, NEW, OLD, refusal
from taskie.training.network import NetworkConfig
from taskie.training.replay import (
    REPLAY_FILE,
    VALIDATION_FILE,
    read_replay,
    read_validation,
    write_replay,
    write_validation,
)
from taskie.training.retrain import REPORT_FILE, keep_tagger, retrain
from taskie.training.tagger import TrainingConfig, train_tagger


def gold(i):
    document = Document(text=text_of(i), entities=entities_of(text_of(i)))
    return Gold(f"notice_{i}", document, ((0, len(document.text)),), ("entities",))


SMALL = NetworkConfig(character_dim=16, pair_dim=8, pair_buckets=97, convolution_dim=24, hidden_dim=16)


def test_replay_is_read_as_it_was_written(tmp_path):
    texts = [training_text(i) for i in range(4)]
    write_replay(tmp_path / "replay", texts[:3], texts[3:], characters=10_000)
    found = read_replay(tmp_path / "replay")
    assert {t.name: t for t in found["train"]} == {t.name: t for t in texts[:3]}
    assert found["validation"] == texts[3:]


def test_replay_with_a_line_break_of_another_kind_in_a_text_is_read(tmp_path):
    texts = [TrainingText("t", "县水务局\u2028县财政局\x0b县教育局\x85", ())]
    write_replay(tmp_path / "replay", texts, [], characters=10_000)
    assert read_replay(tmp_path / "replay")["train"] == texts


def test_replay_of_the_shipped_model_is_read():
    found = read_replay(default_model_path() / REPLAY_FILE)
    assert found["train"]
    assert found["validation"]


def test_damaged_replay_is_refused(tmp_path):
    (tmp_path / "replay").write_bytes(b"no archive")
    with pytest.raises(ReadError, match="not a readable replay file"):
        read_replay(tmp_path / "replay")


def test_validation_documents_with_records_are_read_as_they_were_written(tmp_path):
    write_validation(tmp_path / "validation", [gold(1), layout_gold(2), layout_gold(3)])
    assert read_validation(tmp_path / "validation") == [layout_gold(2), layout_gold(3)]


def test_model_without_validation_documents_has_none(tmp_path):
    assert read_validation(tmp_path / VALIDATION_FILE) == []


@pytest.mark.parametrize("content", [b"no archive", lzma.compress(b'{"id": "a"}\n'), lzma.compress(b"[\n")])
def test_damaged_validation_documents_are_refused(content, tmp_path):
    (tmp_path / "validation").write_bytes(content)
    with pytest.raises(ReadError, match="not a readable file of validation documents"):
        read_validation(tmp_path / "validation")


def test_shipped_model_brings_the_validation_documents_of_the_corpus():
    found = read_validation(default_model_path() / VALIDATION_FILE)
    assert {g.name for g in found} <= {t.name for t in read_replay(default_model_path() / REPLAY_FILE)["validation"]}
    assert sum(len(task.targets) for g in found for task in g.document.tasks) > 500


def scores(new=0.9, new_records=0.8, **old):
    return {NEW: {"ner": new, "records": new_records}, **({OLD: old} if old else {})}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, scores(new=0.1)),
        (scores(), scores()),
        (scores(ner=0.95), scores(ner=0.95 - MAX_FORGOTTEN["ner"])),
        (scores(ner=0.95, links=0.95, records=0.9), scores(ner=0.95, links=0.95, records=0.9 - MAX_FORGOTTEN["records"])),
        (scores(ner=0.95, links=0.95, records=0.9), scores(ner=0.95, links=0.95 - MAX_FORGOTTEN["links"], records=0.9)),
        (scores(ner=0.95, links=0.9), scores(new=0.91, new_records=0.85, ner=0.96, links=0.91)),
    ],
)  # fmt: skip
def test_model_that_loses_no_more_than_chance_may_take_the_place(before, after):
    assert refusal(before, after) is None


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (scores(), scores(new=0.899), r"held-out documents \(ner 0.900 against 0.899\)"),
        (scores(), scores(new_records=0.79), r"held-out documents \(records 0.800 against 0.790\)"),
        (scores(ner=0.95), scores(ner=0.9449), r"old documents it loses 0.005 ner \(0.005 is allowed\)"),
        (scores(ner=0.95, links=0.95, records=0.9), scores(ner=0.96, links=0.95, records=0.889), r"loses 0.011 records \(0.01 is"),
        (scores(ner=0.95, links=0.95, records=0.9), scores(ner=0.95, links=0.944, records=0.91), r"loses 0.006 links"),
        (scores(ner=0.95, links=0.95, records=0.9), scores(ner=0.9, links=0.9, records=0.8), r"0.050 ner .* and 0.050 links .* and 0.100 rec"),
    ],
)  # fmt: skip
def test_model_that_loses_more_is_refused_with_what_it_loses(before, after, reason):
    assert re.search(reason, refusal(before, after))


def test_held_out_documents_stay_held_out_when_new_ones_come(tmp_path):
    _, first = split_documents([gold(i) for i in range(5)], tmp_path / SPLIT_FILE)
    training, second = split_documents([gold(i) for i in range(12)], tmp_path / SPLIT_FILE)
    assert {g.name for g in first} <= {g.name for g in second}
    assert not {g.name for g in training} & {g.name for g in second}
    assert json.loads((tmp_path / SPLIT_FILE).read_text("utf-8"))["held_out"] == sorted(g.name for g in second)


def test_two_documents_of_one_name_are_refused(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.json").write_text(gold(1).document.to_json(), encoding="utf-8")
    with pytest.raises(ReadError, match="name of another one"):
        read_annotated([tmp_path / "a", tmp_path / "b"])


def train(tmp_path, name, **changes):
    texts = [training_text(i) for i in range(4)]
    config = TrainingConfig(
        epochs=changes.pop("epochs", 3), batch=2, window=64, min_count=1, patience=9, learning_rate=0.02
    )
    return train_tagger(
        texts, texts, network=SMALL, config=config, out=tmp_path / name, progress=lambda line: None, **changes
    )


@pytest.mark.slow
def test_interrupted_training_ends_as_the_whole_one(tmp_path):
    whole = train(tmp_path, "whole")

    class Stop(Exception):
        pass

    def stop_behind_two(line, seen=[]):  # noqa: B006
        seen.append(line)
        if len(seen) == 2:
            raise Stop

    texts = [training_text(i) for i in range(4)]
    config = TrainingConfig(epochs=3, batch=2, window=64, min_count=1, patience=9, learning_rate=0.02)
    with pytest.raises(Stop):
        train_tagger(
            texts, texts, network=SMALL, config=config, out=tmp_path / "parts", progress=stop_behind_two,
            checkpoint=tmp_path / "checkpoint.pt",
        )  # fmt: skip
    assert train(tmp_path, "parts", checkpoint=tmp_path / "checkpoint.pt") == whole
    network = [(tmp_path / name / "network.onnx").read_bytes() for name in ("whole", "parts")]
    assert network[0] == network[1]


@pytest.mark.slow
def test_worse_model_does_not_take_the_place_of_a_better_one(tmp_path):
    found = [gold(i) for i in range(6)]
    good = TrainingConfig(epochs=8, batch=2, window=64, min_count=1, learning_rate=0.01)
    kept = retrain(found, base=None, out=tmp_path / "model", config=good, progress=lambda line: None)
    assert kept.kept
    before = (tmp_path / "model" / "network.onnx").read_bytes()
    assert "县水务局" in {e.text for e in load(tmp_path / "model").extract(SENTENCE).entities}
    bad = TrainingConfig(epochs=1, batch=2, window=64, min_count=1, learning_rate=1e-6)
    refused = retrain(found, base=None, out=tmp_path / "model", config=bad, progress=lambda line: None)
    assert not refused.kept
    assert refused.folder.name == "model.refused"
    assert (tmp_path / "model" / "network.onnx").read_bytes() == before
    forced = retrain(found, base=None, out=tmp_path / "model", config=bad, force=True, progress=lambda line: None)
    assert forced.kept
    assert (tmp_path / "model" / "network.onnx").read_bytes() != before


def layout_gold(i):
    """Return a document with a label that the built-in words do not have, read with it."""
    words = LearnedWords(labels=(("挑梁科室", "lead"),))
    text = (
        f"1. 修好水泵。更换水泵{i + 2}台。\n挑梁科室：县水务局\n2. 备足药剂。采购药剂{i + 5}吨。\n挑梁科室：县供应站\n"
    )
    entities = tuple(
        Entity(label, match[0], match.start(), match.end())
        for label, form in (("QUANTITY", r"\d+[台吨](?=。)"), ("ORG", "县水务局|县供应站"))
        for match in re.finditer(form, text)
    )
    document = extract_with_entities(text, entities, words=words)
    return Gold(f"layout_{i}", document, ((0, len(text)),))


@pytest.mark.slow
def test_words_are_learned_with_the_tagger_kept_and_used_by_the_new_model(tmp_path):
    base = default_model_path()
    outcome = retrain(
        [layout_gold(i) for i in range(4)], base=base, out=tmp_path / "model", config=TrainingConfig(), replay=False,
        learn=keep_tagger(base), progress=lambda line: None,
    )  # fmt: skip
    assert outcome.kept
    assert outcome.learned == ("label 挑梁科室： means lead",)
    assert outcome.after["new documents"]["units"] > outcome.before["new documents"]["units"]
    assert (tmp_path / "model" / "network.onnx").read_bytes() == (base / "network.onnx").read_bytes()
    (task,) = load(tmp_path / "model").extract("1. 架好电线。架设电线3公里。\n挑梁科室：县供电公司\n").tasks
    assert [(unit.name, unit.role) for unit in task.units] == [("县供电公司", "lead")]


def forgetful(base, **least):
    """Return a learner that keeps the tagger, but leaves out what it is less sure of than ``least``."""

    def learn(texts, watched, out):
        keep_tagger(base)(texts, watched, out)
        meta = json.loads((out / "meta.json").read_text("utf-8"))
        meta["least_confidence"] = least
        (out / "meta.json").write_text(json.dumps(meta), encoding="utf-8")

    return learn


@pytest.fixture
def base_with_records(tmp_path):
    """Return a copy of the shipped model that brings one document with records, all of which it reads right."""
    base = tmp_path / "base"
    keep_tagger(default_model_path())([], [], base)
    text = "1. 新建学校。确保城南学校新校区6月底前投用。（牵头单位：县教育局）\n2. 修建道路。年内修建道路3公里。（牵头单位：县交通运输局）\n"
    read = load(base).extract(text)
    assert [len(target.projects) for task in read.tasks for target in task.targets] == [1, 0]
    write_validation(base / VALIDATION_FILE, [Gold("old", read, ((0, len(text)),))])
    write_replay(base / REPLAY_FILE, [training_text(1)], [training_text(2)], characters=1000)
    return base


@pytest.mark.slow
def test_model_that_loses_records_of_old_documents_is_refused_though_its_entities_are_as_before(
    base_with_records, tmp_path
):
    outcome = retrain(
        [gold(i) for i in range(4)], base=base_with_records, out=tmp_path / "model", config=TrainingConfig(),
        learn=forgetful(base_with_records, PROJECT=1.1), progress=lambda line: None,
    )  # fmt: skip
    assert not outcome.kept
    assert (outcome.before[OLD]["records"], outcome.after[OLD]["records"]) == (1.0, 0.5)
    assert outcome.before[OLD]["ner"] == outcome.after[OLD]["ner"]
    assert outcome.reason == "on the old documents it loses 0.500 records (0.01 is allowed)"
    report = json.loads((tmp_path / "model.refused" / REPORT_FILE).read_text("utf-8"))
    assert report["after"][OLD]["projects"] == 0.0


@pytest.mark.slow
def test_kept_model_brings_the_old_documents_along(base_with_records, tmp_path):
    outcome = retrain(
        [gold(i) for i in range(4)], base=base_with_records, out=tmp_path / "model", config=TrainingConfig(),
        learn=keep_tagger(base_with_records), progress=lambda line: None,
    )  # fmt: skip
    assert outcome.kept
    assert outcome.after[OLD]["records"] == 1.0
    for name in (REPLAY_FILE, VALIDATION_FILE):
        assert (tmp_path / "model" / name).read_bytes() == (base_with_records / name).read_bytes()


@pytest.mark.slow
def test_without_replay_old_texts_are_not_learned_but_old_documents_are_watched_and_judge(base_with_records, tmp_path):
    given = {}

    def learn(texts, watched, out):
        given.update(texts={t.name for t in texts}, watched={t.name for t in watched})
        forgetful(base_with_records, PROJECT=1.1)(texts, watched, out)

    outcome = retrain(
        [gold(i) for i in range(4)], base=base_with_records, out=tmp_path / "model", config=TrainingConfig(),
        learn=learn, replay=False, progress=lambda line: None,
    )  # fmt: skip
    old = read_replay(base_with_records / REPLAY_FILE)
    assert not given["texts"] & {t.name for t in old["train"]}
    assert {t.name for t in old["validation"]} <= given["watched"]
    assert not outcome.kept
    assert outcome.reason == "on the old documents it loses 0.500 records (0.01 is allowed)"
