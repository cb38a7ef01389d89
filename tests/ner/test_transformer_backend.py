import json

import numpy as np
import pytest

pytest.importorskip("transformers", reason="needs the hanlp extra: pip install 'taskie[hanlp]'")
pytest.importorskip("torch", reason="needs the hanlp extra: pip install 'taskie[hanlp]'")

import torch
from transformers import BertConfig, BertForTokenClassification, BertModel, BertTokenizerFast

import taskie
from taskie.errors import ModelError
from taskie.ner.decoding import TAGS

pytestmark = [pytest.mark.hanlp, pytest.mark.slow]

CHARACTERS = "年内新建泵站座，由县水务局负责落实。12"
TEXT = "年内新建泵站12座，由县水务局负责落实。"
SIZES = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}


def config(**more):
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "12", *CHARACTERS]
    return vocabulary, BertConfig(vocab_size=len(vocabulary), max_position_embeddings=64, **SIZES, **more)


def tokenizer(folder, vocabulary):
    folder.mkdir(exist_ok=True)
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)


@pytest.fixture
def hugging_face(tmp_path):
    """A tagger that knows by the character alone: 县 begins a body, 水务局 goes on, 12 begins an amount, 座 goes on."""
    labels = ["O", "B-ORGANIZATION", "I-ORGANIZATION", "B-NUM", "I-NUM"]
    vocabulary, sizes = config(id2label=dict(enumerate(labels)), label2id={x: i for i, x in enumerate(labels)})
    model = BertForTokenClassification(sizes).eval()
    means = {"县": 1, "水": 2, "务": 2, "局": 2, "12": 3, "座": 4}
    with torch.no_grad():
        model.bert.encoder.layer = torch.nn.ModuleList()
        model.bert.embeddings.position_embeddings.weight.zero_()
        model.bert.embeddings.word_embeddings.weight.zero_()
        for i, word in enumerate(vocabulary):
            model.bert.embeddings.word_embeddings.weight[i, means.get(word, 0)] = 50.0
        model.classifier.weight.copy_(torch.eye(5, 16) * 5)
        model.classifier.bias.zero_()
    sizes.num_hidden_layers = 0
    folder = tmp_path / "model"
    model.save_pretrained(folder)
    tokenizer(folder, vocabulary)
    (folder / "taskie_labels.json").write_text('{"ORGANIZATION": "ORG", "NUM": "QUANTITY"}', encoding="utf-8")
    return folder


def test_local_hugging_face_model_is_used(hugging_face):
    found = taskie.load(hugging_face).tagger.predict(TEXT)
    assert [(e.label, e.text) for e in found] == [("QUANTITY", "12座"), ("ORG", "县水务局")]


def test_text_longer_than_the_model_takes_comes_out_as_its_parts(hugging_face):
    found = taskie.load(hugging_face).tagger.predict(TEXT * 20)
    assert [e.text for e in found] == ["12座", "县水务局"] * 20


def test_space_inside_a_name_does_not_part_it(hugging_face):
    assert "县 水务局" in [e.text for e in taskie.load(hugging_face).tagger.predict("由县 水务局负责")]


def test_labels_without_translation_are_refused(hugging_face):
    (hugging_face / "taskie_labels.json").unlink()
    with pytest.raises(ModelError, match="'NUM', 'ORGANIZATION'"):
        taskie.load(hugging_face)


def test_missing_weights_are_refused(hugging_face):
    from safetensors.torch import load_file, save_file

    weights = load_file(hugging_face / "model.safetensors")
    del weights["classifier.weight"]
    save_file(weights, hugging_face / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelError, match="weights are missing: .*classifier.weight"):
        taskie.load(hugging_face)


@pytest.fixture
def hanlp_folder(tmp_path):
    pytest.importorskip("hanlp", reason="needs the hanlp extra: pip install 'taskie[hanlp]'")
    from hanlp.common.vocab import Vocab
    from hanlp.components.ner.transformer_ner import TransformerNamedEntityRecognizer

    folder = tmp_path / "model"
    folder.mkdir()
    vocabulary, sizes = config()
    encoder = folder / "transformer"
    BertModel(sizes).save_pretrained(encoder)
    tokenizer(encoder, vocabulary)
    recognizer = TransformerNamedEntityRecognizer(
        transformer=str(encoder), average_subwords=False, scalar_mix=None, word_dropout=None, hidden_dropout=None,
        ret_raw_hidden_states=False, crf=False, token_key="token", batch_size=8, tagging_scheme="BIO", max_seq_len=None,
    )  # fmt: skip
    recognizer.vocabs.tag = Vocab(pad_token=None, unk_token=None)
    recognizer.vocabs.tag.update(["O", "B-ORG", "I-ORG"])
    recognizer.vocabs.lock()
    recognizer.on_config_ready(**recognizer.config)
    recognizer.model = recognizer.build_model(**{**recognizer.config, "training": False})
    recognizer.config.transformer = "an-encoder-by-name"
    recognizer.save(str(folder))
    return folder, recognizer


def test_local_hanlp_transformer_gives_the_scores_of_hanlp(hanlp_folder):
    folder, recognizer = hanlp_folder
    scores = taskie.load(folder).tagger.score(TEXT)
    recognizer.model.eval()
    (batch,) = recognizer.build_dataloader(recognizer.build_samples([list(TEXT)]), 1, False, torch.device("cpu"))
    with torch.no_grad():
        expected = recognizer.feed_batch(batch)[0][0].numpy()
    assert TAGS[:3] == ("O", "B-ORG", "I-ORG")
    np.testing.assert_allclose(scores[:, :3], expected, rtol=1e-4, atol=1e-5)


def test_hanlp_weights_that_are_no_plain_tensors_are_refused(hanlp_folder):
    class Harm:
        def __reduce__(self):
            return print, ("harm",)

    folder, _ = hanlp_folder
    torch.save({"x": Harm()}, folder / "model.pt")
    with pytest.raises(ModelError, match="not plain weights"):
        taskie.load(folder)


def test_hanlp_vocabulary_that_names_a_class_is_refused(hanlp_folder):
    folder, _ = hanlp_folder
    vocabulary = json.loads((folder / "vocabs.json").read_text(encoding="utf-8"))
    vocabulary["tag"]["type"] = "os.system"
    (folder / "vocabs.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    with pytest.raises(ModelError, match="names a class to import"):
        taskie.load(folder)
