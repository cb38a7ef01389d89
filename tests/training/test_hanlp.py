import json

import pytest

pytest.importorskip("hanlp", reason="needs the hanlp extra: pip install 'taskie[hanlp]'")

from water_notices import NAMES, SENTENCE, training_text

import taskie
from taskie.cli.main import main
from taskie.errors import ModelError
from taskie.ner.component import build_pipeline
from taskie.training.hanlp import HanlpConfig, train_hanlp

pytestmark = [pytest.mark.hanlp, pytest.mark.slow]

SMALL = HanlpConfig(epochs=8, batch=4, window=64, learning_rate=0.02, embed=16, hidden=16, dropout=0.1)


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    out = tmp_path_factory.mktemp("hanlp") / "model"
    texts = [training_text(i) for i in range(6)]
    scores = train_hanlp(texts[:5], texts[5:], config=SMALL, out=out, progress=lambda line: None)
    assert scores["f1"] > 0.9
    return out


def test_trained_model_finds_the_entities(model):
    found = taskie.load(model).tagger.predict(SENTENCE)
    assert [(e.label, e.text) for e in found] == list(NAMES)
    assert all(0 <= e.confidence <= 1 for e in found)


def test_long_text_comes_out_as_its_parts(model):
    found = taskie.load(model).tagger.predict(SENTENCE * 60)
    assert len(found) == 180
    assert all((SENTENCE * 60)[e.start : e.end] == e.text for e in found)


def test_folder_holds_settings_checksums_and_scores_and_no_pickle(model):
    meta = json.loads((model / "meta.json").read_text(encoding="utf-8"))
    assert meta["format"] == "taskie.hanlp"
    assert meta["settings"]["training"]["seed"] == 1
    assert meta["data"]["training"]["documents"] == 5
    assert len(meta["data"]["training"]["sha256"]) == 64
    assert meta["scores"]["f1"] > 0.9
    assert meta["hanlp_version"]
    assert {p.name for p in model.iterdir()} == {"meta.json", "weights.npz"}


def test_same_seed_gives_the_same_weights(tmp_path):
    texts = [training_text(i) for i in range(2)]
    config = HanlpConfig(epochs=1, batch=4, window=64, embed=8, hidden=8)
    sums = []
    for name in "ab":
        train_hanlp(texts, texts, config=config, out=tmp_path / name, progress=lambda line: None)
        sums.append(json.loads((tmp_path / name / "meta.json").read_text("utf-8"))["data"])
        sums.append(taskie.load(tmp_path / name).tagger.score(SENTENCE).tolist())
    assert sums[:2] == sums[2:]


def test_damaged_weights_are_refused(model, tmp_path):
    (tmp_path / "meta.json").write_bytes((model / "meta.json").read_bytes())
    with pytest.raises(ModelError, match="incomplete"):
        taskie.load(tmp_path)
    (tmp_path / "weights.npz").write_bytes((model / "weights.npz").read_bytes()[:-7])
    with pytest.raises(ModelError, match="checksum"):
        taskie.load(tmp_path)


def test_weights_of_another_size_are_refused(model, tmp_path):
    meta = json.loads((model / "meta.json").read_text(encoding="utf-8"))
    meta["network"]["rnn_hidden"] = 24
    (tmp_path / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    (tmp_path / "weights.npz").write_bytes((model / "weights.npz").read_bytes())
    with pytest.raises(ModelError, match="do not fit the network"):
        taskie.load(tmp_path)


def test_spacy_component_takes_the_model_and_saves_it(model, tmp_path):
    nlp = build_pipeline(model)
    nlp.get_pipe("taskie_tagger").to_disk(tmp_path / "copy")
    assert [e.text for e in build_pipeline(tmp_path / "copy")(SENTENCE).ents] == ["年内", "3座", "县水务局"]


def gold_folder(path, count):
    path.mkdir()
    for i in range(count):
        text = training_text(i)
        document = taskie.Document(text=text.text, entities=text.entities)
        content = {**json.loads(document.to_json()), "layers": ["entities"]}
        (path / f"{text.name}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return str(path)


def test_commands_train_evaluate_and_extract(tmp_path, capsys):
    gold, out = gold_folder(tmp_path / "gold", 8), tmp_path / "out"
    assert main(["train", gold, "-o", str(out), "--backend", "hanlp", "--epochs", "8", "--learning-rate", "0.02"]) == 0
    split = json.loads((out / "split.json").read_text(encoding="utf-8"))
    assert len(split["held_out"]) == 2
    assert main(["evaluate", str(out), gold]) == 0
    notice = tmp_path / "notice.txt"
    notice.write_text("1. 水利。" + SENTENCE, encoding="utf-8")
    assert main(["extract", str(notice), "--model", str(out), "-o", str(tmp_path / "out.json"), "-q"]) == 0
    assert "县水务局" in (tmp_path / "out.json").read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["train", gold, "-o", str(out), "--backend", "hanlp", "--resume"]) == 1
    assert "--resume works with the own backend only" in capsys.readouterr().err
