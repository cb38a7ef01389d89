import json
import shutil

import pytest
import spacy

from taskie.errors import ModelError
from taskie.words import MODEL_FILES, build_word_pipeline, default_words_path, load_segmenter, split_words

TEXT = "市水利局牵头，2025年6月底前完成水库除险加固12座。"


@pytest.fixture(scope="module")
def segmenter():
    return load_segmenter()


def test_words_join_to_the_text_and_keep_amounts_and_bodies_apart(segmenter):
    words = segmenter.cut(TEXT)
    assert "".join(words) == TEXT
    assert {"水利局", "牵头", "完成", "水库", "12", "座"} <= set(words)


def test_words_equal_their_slices_and_leave_white_space_out():
    text = "县 教育局\n\t新增学位800个，学位800个。"
    words = split_words(text)
    assert [w.text for w in words] == [text[w.start : w.end] for w in words]
    assert "".join(w.text for w in words) == "".join(text.split())
    assert all(a.end <= b.start for a, b in zip(words, words[1:], strict=False))


@pytest.mark.parametrize("text", ["", " \n", "县", "𠮷林省", "a\u3000b"])
def test_small_and_odd_texts_are_ordinary(text):
    assert "".join(w.text for w in split_words(text)) == "".join(text.split())


def test_spacy_pipeline_has_words_as_tokens_and_is_saved(tmp_path, segmenter):
    nlp = build_word_pipeline()
    assert [token.text for token in nlp(TEXT)] == segmenter.cut(TEXT)
    nlp.to_disk(tmp_path / "nlp")
    assert [token.text for token in spacy.load(tmp_path / "nlp")(TEXT)] == segmenter.cut(TEXT)


def test_model_folder_holds_no_pickle_and_says_what_it_was_made_from():
    meta = json.loads((default_words_path() / "meta.json").read_text(encoding="utf-8"))
    assert {p.name for p in default_words_path().iterdir()} == {"meta.json", *MODEL_FILES}
    assert meta["scores"]["f1"] > 0.87
    assert not set(meta["data"]["training"]["documents"]) & set(meta["data"]["held_out"]["documents"])


@pytest.fixture
def model(tmp_path):
    return shutil.copytree(default_words_path(), tmp_path / "model")


def test_damaged_incomplete_and_other_models_are_refused(model, tmp_path):
    with (model / "weights.npz").open("ab") as handle:
        handle.write(b"damage")
    with pytest.raises(ModelError, match=r"weights.npz: checksum"):
        load_segmenter(model)
    (model / "weights.npz").unlink()
    with pytest.raises(ModelError, match="incomplete"):
        load_segmenter(model)
    (model / "meta.json").write_text('{"format": "taskie.tagger"}', encoding="utf-8")
    with pytest.raises(ModelError, match="not a taskie.words model"):
        load_segmenter(model)
    with pytest.raises(ModelError, match="no segmentation model"):
        load_segmenter(tmp_path)
