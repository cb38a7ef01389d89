from pathlib import Path

import pytest

from taskie.corpus.store import read_corpus, split_of
from taskie.errors import ReadError
from taskie.structure.lookalikes import replace_lookalikes
from taskie.training.words import read_segmented, score_words, train_words

ROOT = Path(__file__).parents[2]
LINES = ["新增 学位 800 个 。", "修 路 3 公里 。", "县 教育局 牵头 。"]


class Fixed:
    def __init__(self, words):
        self.words = words

    def cut(self, text):
        return self.words


def test_word_scores_are_those_worked_by_hand():
    # Gold 新增|学位|800, found 新|增|学位|800: two of four found words are right, two of three gold ones are found.
    scores = score_words(Fixed(["新", "增", "学位", "800"]), [[["新增", "学位", "800"]]], {"学位", "新增"})
    assert scores == {"precision": 0.5, "recall": 0.6667, "f1": 0.5714, "new_words": 1, "new_word_recall": 1.0}


def test_folder_without_texts_is_refused(tmp_path):
    with pytest.raises(ReadError, match="no segmented text"):
        read_segmented(tmp_path)


@pytest.mark.slow
def test_trained_model_cuts_as_its_texts_do(tmp_path):
    names = [name for name in (f"doc_{i:03}" for i in range(30)) if split_of(name) == "train"]
    for name in names[:2]:
        (tmp_path / f"{name}.txt").write_text("\n".join(LINES * 4) + "\n", encoding="utf-8")
    train_words(tmp_path, tmp_path / "model", epochs=5)
    from taskie.words import load_segmenter

    assert load_segmenter(tmp_path / "model").cut("县教育局牵头。") == ["县", "教育局", "牵头", "。"]


@pytest.fixture(scope="module")
def segmented():
    folder = ROOT / "training" / "segmentation"
    return {name: "".join("".join(words) for words in lines) for name, lines in read_segmented(folder).items()}


def test_segmented_texts_are_those_of_the_corpus(segmented):
    corpus = {d.id: "".join(replace_lookalikes(d.document.text).split()) for d in read_corpus(ROOT)}
    assert {name: text == corpus[name] for name, text in segmented.items()} == dict.fromkeys(segmented, True)


def test_no_word_crosses_the_border_of_an_entity(segmented):
    documents = {d.id: d.document for d in read_corpus(ROOT) if d.id in segmented}
    for name, lines in read_segmented(ROOT / "training" / "segmentation").items():
        document, ends, place = documents[name], set(), 0
        places = [i for i, c in enumerate(replace_lookalikes(document.text)) if not c.isspace()]
        for words in lines:
            for word in words:
                place += len(word)
                ends.add(places[place - 1] + 1)
        crossing = [e.text for e in document.entities if e.end not in ends]
        assert crossing == [], name
