import itertools
import json
import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taskie.errors import ModelError
from taskie.ner.characters import Alphabet, normal_character
from taskie.ner.decoding import TAGS, path_chances, read_spans, transition_mask, viterbi
from taskie.ner.gazetteer import DEPARTMENT_BEGIN, DEPARTMENT_END, load_gazetteer
from taskie.ner.spans import clean_spans
from taskie.ner.tagger import Tagger, default_model_path

SENTENCE = "会同省财政厅推进项目，全年新增平台12家以上，年底前完成投资3.5亿元。（牵头单位：县科技局）\n"


@pytest.fixture(scope="module")
def tagger():
    return Tagger.load(default_model_path())


def test_entities_are_found_in_order_without_overlap(tagger):
    found = tagger.predict(SENTENCE)
    assert ("QUANTITY", "12家以上") in {(e.label, e.text) for e in found}
    assert ("ORG", "省财政厅") in {(e.label, e.text) for e in found}
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))


def test_confidence_is_a_probability(tagger):
    assert all(0 <= e.confidence <= 1 for e in tagger.predict(SENTENCE * 5))


def test_long_text_comes_out_as_its_parts(tagger):
    one = [(e.label, e.text) for e in tagger.predict(SENTENCE)]
    many = [(e.label, e.text) for e in tagger.predict(SENTENCE * 300)]
    # Windows begin at other places of the sentence, so borderline spans may differ here and there.
    assert abs(len(many) - 300 * len(one)) <= 0.02 * len(many)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=600))
def test_any_text_gives_spans_that_equal_their_slices(text):
    for entity in Tagger.load(default_model_path()).predict(text) if len(text) < 5 else _shared().predict(text):
        assert text[entity.start : entity.end] == entity.text
        assert entity.text == entity.text.strip()


_loaded: list[Tagger] = []


def _shared() -> Tagger:
    if not _loaded:
        _loaded.append(Tagger.load(default_model_path()))
    return _loaded[0]


def test_empty_text_gives_nothing(tagger):
    assert tagger.predict("") == ()


def test_batch_keeps_the_order(tagger):
    assert list(tagger.predict_batch([SENTENCE, "", SENTENCE[:10]])) == [
        tagger.predict(t) for t in (SENTENCE, "", SENTENCE[:10])
    ]


@pytest.fixture
def model(tmp_path):
    for name in ("meta.json", "network.onnx"):
        shutil.copy(default_model_path() / name, tmp_path / name)
    return tmp_path


def change(model, **values):
    meta = json.loads((model / "meta.json").read_text(encoding="utf-8"))
    (model / "meta.json").write_text(json.dumps({**meta, **values}), encoding="utf-8")


def test_folder_that_is_no_model_is_refused(tmp_path):
    with pytest.raises(ModelError, match="meta.json is missing"):
        Tagger.load(tmp_path)


def test_missing_network_is_refused(model):
    (model / "network.onnx").unlink()
    with pytest.raises(ModelError, match="incomplete"):
        Tagger.load(model)


def test_damaged_network_is_refused(model):
    with (model / "network.onnx").open("r+b") as handle:
        handle.seek(500)
        handle.write(b"damage")
    with pytest.raises(ModelError, match="checksum"):
        Tagger.load(model)


def test_other_format_and_version_are_refused(model):
    change(model, format_version=99)
    with pytest.raises(ModelError, match="format version 99"):
        Tagger.load(model)
    change(model, format="something.else")
    with pytest.raises(ModelError, match="not a taskie.tagger model"):
        Tagger.load(model)


def test_meta_that_is_no_json_is_refused(model):
    (model / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="not JSON"):
        Tagger.load(model)


def test_model_folder_holds_config_seed_checksums_and_scores():
    meta = json.loads((default_model_path() / "meta.json").read_text(encoding="utf-8"))
    assert meta["settings"]["training"]["seed"] is not None
    assert len(meta["data"]["training"]["sha256"]) == 64
    assert meta["scores"]["f1"] > 0.8
    assert meta["taskie_version"]


def emissions(path):
    scores = np.zeros((1, len(path), len(TAGS)), np.float32)
    for i, tag in enumerate(path):
        scores[0, i, TAGS.index(tag)] = 2.0
    return scores


def test_viterbi_never_leaves_an_inside_tag_alone():
    path = viterbi(emissions(["O", "I-ORG", "I-ORG", "O"]), transition_mask())[0]
    tags = [TAGS[i] for i in path]
    assert all(not tag.startswith("I-") or tags[i - 1] in (f"B-{tag[2:]}", tag) for i, tag in enumerate(tags) if i)
    assert not tags[0].startswith("I-")


@pytest.mark.parametrize("seed", range(5))
def test_viterbi_finds_what_trying_every_path_finds(seed):
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(3, 4, len(TAGS))).astype(np.float32)
    steps = rng.normal(size=(len(TAGS), len(TAGS))).astype(np.float32) + transition_mask()
    inside = [tag.startswith("I-") for tag in TAGS]
    paths = np.array([p for p in itertools.product(range(len(TAGS)), repeat=4) if not inside[p[0]]])
    for window, found in zip(scores, viterbi(scores, steps), strict=True):
        totals = window[range(4), paths].sum(axis=1) + steps[paths[:, :-1], paths[:, 1:]].sum(axis=1)
        assert tuple(found) == tuple(paths[totals.argmax()])


def test_windows_decoded_together_give_what_they_give_alone(tagger, monkeypatch):
    text = "3.建设青河大桥。县水务局牵头，年底前新增管网12公里，支持临河新材扩产。" * 400
    together = tagger.predict(text)
    monkeypatch.setattr("taskie.ner.tagger.DECODED_BATCHES", 1)
    alone = tagger.predict(text)
    assert len(together) > 400
    assert [(e.start, e.end, e.label) for e in together] == [(e.start, e.end, e.label) for e in alone]


def test_spans_are_read_from_tags():
    tags = np.array([TAGS.index(t) for t in ("B-ORG", "I-ORG", "B-ORG", "O", "B-QUANTITY", "I-QUANTITY")], np.int8)
    assert read_spans(tags) == [(0, 2, "ORG"), (2, 3, "ORG"), (4, 6, "QUANTITY")]
    assert read_spans(np.zeros(3, np.int8)) == []


@pytest.mark.parametrize(
    ("text", "span", "label", "expected"),
    [
        ("不低于15万亩，", (0, 7), "QUANTITY", "15万亩"),
        ("约3公里。", (0, 5), "QUANTITY", "3公里"),
        ("到2025年底，", (0, 8), "DEADLINE", "2025年底"),
        ("、县科技局，", (0, 6), "ORG", "县科技局"),
        ("建设学府路（文昌路至环城路）工程", (2, 8), "PROJECT", "学府路（文昌路至环城路）"),
        ("《县科技局管理办法》", (1, 5), "ORG", None),
        ("xxxx年省重点", (0, 5), "QUANTITY", None),
        ("实施“十条”措施", (3, 5), "QUANTITY", None),
        ("居全省第5位", (4, 6), "QUANTITY", None),
        ("三年内", (0, 2), "QUANTITY", "三年"),
        ("柳湖新苑B院完成九成", (0, 6), "PROJECT", "柳湖新苑"),
        ("1.宏达新材项目3#厂房封顶", (2, 11), "PROJECT", "宏达新材项目"),
        ("加快推进柳河二桥建设", (0, 8), "PROJECT", "柳河二桥"),
        ("推动力机车项目落地", (0, 7), "PROJECT", "推动力机车项目"),
        ("柳河二桥主体封顶", (0, 4), "PROJECT", "柳河二桥"),
    ],
)
def test_spans_are_brought_to_the_borders_of_the_guidelines(text, span, label, expected):
    cleaned = [text[a:b] for a, b, _ in clean_spans(text, [(*span, label)])]
    assert cleaned == ([expected] if expected else [])


def test_firm_in_front_of_its_project_is_part_of_the_name():
    text = "临江恒润有限公司年产3万吨特种纸项目"
    assert list(clean_spans(text, [(0, 8, "ORG"), (8, 18, "PROJECT")])) == [(0, 18, "PROJECT")]


def test_characters_are_looked_up_in_one_form():
    assert normal_character("7") == normal_character("７") == "0"
    assert normal_character(",") == "，"
    assert normal_character("Ａ") == "A"
    alphabet = Alphabet.build("0，县", pair_buckets=101)
    first, second = alphabet.encode("县1,"), alphabet.encode("县９，")
    assert all((a == b).all() for a, b in zip(first[:2], second[:2], strict=True))


def test_gazetteer_marks_whole_department_names():
    marks = load_gazetteer().match("经与省统计局沟通").tolist()
    assert marks[3] == DEPARTMENT_BEGIN
    assert marks[5] == DEPARTMENT_END
    assert marks[6:] == [0, 0]


def test_chances_of_a_path_are_softmax_shares_of_its_tags():
    emissions = np.zeros((1, 2, len(TAGS)), np.float32)
    emissions[0, 0, 1] = 1e4
    chances = path_chances(emissions, np.array([[1, 0]], np.int8))
    assert chances[0].tolist() == pytest.approx([1.0, 1 / len(TAGS)])
