"""The recipe of a released model: what it keeps of the corpus beside the model speaks of the corpus as it is."""

import shutil

import pytest

pytest.importorskip("torch", reason="needs the train extra")

from water_notices import entities_of, text_of, training_text

from taskie.corpus.store import split_of, write_annotation
from taskie.evaluation.gold import Gold
from taskie.extractor import extract_with_entities
from taskie.ner.tagger import default_model_path
from taskie.training.recipe import main
from taskie.training.replay import (
    REPLAY_FILE,
    VALIDATION_FILE,
    read_replay,
    read_validation,
    write_replay,
    write_validation,
)


@pytest.fixture
def root(tmp_path):
    """Return a corpus of thirty notices, all with records."""
    for folder in ("corpus", "annotations"):
        (tmp_path / "root" / folder).mkdir(parents=True)
    for i in range(30):
        document = extract_with_entities(text_of(i), entities_of(text_of(i)))
        write_annotation(tmp_path / "root", f"notice_{i}", document, layers=("entities", "records"), meta={})
    return tmp_path / "root"


@pytest.fixture
def model(tmp_path):
    """Return the shipped model with documents of an older corpus beside it."""
    folder = shutil.copytree(default_model_path(), tmp_path / "model")
    old = extract_with_entities(text_of(99), entities_of(text_of(99)))
    write_validation(folder / VALIDATION_FILE, [Gold("gone", old, ((0, len(old.text)),))])
    write_replay(folder / REPLAY_FILE, [training_text(98)], [training_text(99)], characters=1000)
    return folder


def links_only(tmp_path, root, model, **data):
    config = tmp_path / "config.cfg"
    config.write_text("[data]\n" + "".join(f"{key} = {value}\n" for key, value in data.items()), encoding="utf-8")
    assert main([str(config), "--out", str(model), "--root", str(root), "--links-only"]) == 0
    return read_replay(model / REPLAY_FILE), read_validation(model / VALIDATION_FILE)


def named(split):
    return {f"notice_{i}" for i in range(30) if split_of(f"notice_{i}") == split}


def test_links_only_writes_all_documents_beside_the_model_anew(tmp_path, root, model):
    network = (model / "network.onnx").read_bytes()
    replay, validation = links_only(tmp_path, root, model)
    assert {text.name for text in replay["train"]} == named("train")
    assert {text.name for text in replay["validation"]} == {gold.name for gold in validation} == named("validation")
    assert (model / "network.onnx").read_bytes() == network


def test_links_only_replays_as_many_characters_as_the_config_says(tmp_path, root, model):
    replay, _ = links_only(tmp_path, root, model, replay_characters=len(text_of(1)) + 1)
    assert 1 <= len(replay["train"]) <= 3 < len(named("train"))
