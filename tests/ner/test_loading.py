import json
import sys

import pytest

from taskie.errors import MissingDependencyError, ModelError
from taskie.ner.loading import load_tagger
from taskie.ner.tagger import Tagger, default_model_path

HANLP = {
    "format": "taskie.hanlp", "format_version": 1, "characters": "县", "tags": ["O", "B-ORG", "I-ORG"],
    "network": {"embed": 4, "rnn_hidden": 4, "drop": 0.1}, "weights_sha256": "0" * 64,
}  # fmt: skip


def write(folder, name, content):
    (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return folder


def test_own_model_is_loaded():
    assert isinstance(load_tagger(default_model_path()), Tagger)


def test_folder_that_is_no_model_is_refused(tmp_path):
    with pytest.raises(ModelError, match="meta.json is missing"):
        load_tagger(tmp_path)


def test_model_of_hanlp_without_hanlp_names_the_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "hanlp", None)
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(MissingDependencyError, match=r"pip install 'taskie\[hanlp\]'"):
        load_tagger(write(tmp_path, "meta.json", HANLP))


def test_other_version_of_hanlp_models_is_refused(tmp_path):
    with pytest.raises(ModelError, match="format version 9"):
        load_tagger(write(tmp_path, "meta.json", {**HANLP, "format_version": 9}))


def test_config_that_is_no_json_is_refused(tmp_path):
    (tmp_path / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be read as JSON"):
        load_tagger(tmp_path)


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"layers": 3}, "neither of HanLP"),
        ({"model_type": "bert", "architectures": ["BertForMaskedLM"]}, "BertForMaskedLM, not one for token classification"),
        ({"model_type": "bert", "architectures": ["BertForTokenClassification"]}, "pickled weights .* are not read"),
        ({"classpath": "hanlp.components.ner.rnn_ner.RNNNamedEntityRecognizer"}, "only TransformerNamedEntityRecognizer"),
        ({"classpath": "x.TransformerNamedEntityRecognizer", "crf": True}, "trained with a CRF"),
    ],
)  # fmt: skip
def test_folder_that_cannot_be_loaded_says_why(tmp_path, config, message):
    with pytest.raises(ModelError, match=message):
        load_tagger(write(tmp_path, "config.json", config))


def test_config_that_names_a_class_to_import_is_refused(tmp_path):
    write(tmp_path, "vocabs.json", {"tag": {"idx_to_token": ["O", "B-ORG"]}})
    config = {"classpath": "x.TransformerNamedEntityRecognizer", "extra": {"embed": {"classpath": "os.system"}}}
    with pytest.raises(ModelError, match=r"extra\.embed names a class to import \(os\.system\)"):
        load_tagger(write(tmp_path, "config.json", config))


def test_libraries_that_do_not_work_together_are_named(tmp_path, monkeypatch):
    write(tmp_path, "vocabs.json", {"tag": {"idx_to_token": ["O", "B-ORG"]}})
    (tmp_path / "transformer").mkdir()
    write(tmp_path / "transformer", "config.json", {"model_type": "bert"})
    monkeypatch.setattr("importlib.util.find_spec", lambda name: object())
    monkeypatch.setitem(sys.modules, "hanlp.components.ner.transformer_ner", None)
    config = {"classpath": "x.TransformerNamedEntityRecognizer", "transformer": "some-chinese-encoder"}
    with pytest.raises(ModelError, match=r"HanLP .* and transformers .* do not work together.*'transformers<4.54'"):
        load_tagger(write(tmp_path, "config.json", config))


def test_encoder_that_would_be_fetched_is_refused(tmp_path):
    write(tmp_path, "vocabs.json", {"tag": {"idx_to_token": ["O", "B-ORG"]}})
    config = {"classpath": "x.TransformerNamedEntityRecognizer", "transformer": "some-chinese-encoder"}
    with pytest.raises(ModelError, match="'some-chinese-encoder' is no local folder"):
        load_tagger(write(tmp_path, "config.json", config))
