from pathlib import Path

import numpy as np
import pytest

from taskie.errors import ModelError
from taskie.ner.decoding import TAGS
from taskie.ner.windows import WindowNetwork, WindowTagger, tag_columns, to_own_tags

FOLDER = Path("model")


class MarksDigits(WindowNetwork):
    """Calls a digit the begin of an amount and what follows it up to 座 its inside."""

    longest = 60

    def score(self, windows):
        assert all(0 < len(window) <= self.longest for window in windows)
        return [self._one(window) for window in windows]

    def _one(self, window):
        scores = np.zeros((len(window), len(TAGS)), np.float32)
        for i, c in enumerate(window):
            tag = "B-QUANTITY" if c.isdigit() else "I-QUANTITY" if c == "座" else "O"
            scores[i, TAGS.index(tag)] = 5.0
        return scores


@pytest.fixture
def tagger(tmp_path):
    return WindowTagger(tmp_path, {}, MarksDigits())


@pytest.mark.parametrize("length", [0, 1, 11, 12, 13, 35, 59, 60, 61, 500])
def test_text_of_any_length_is_tagged_whole(tagger, length):
    text = "新建桥梁3座，" * 80
    found = tagger.predict(text[:length])
    assert [e.text for e in found if e.end < length] == ["3座"] * len([e for e in found if e.end < length])
    assert len(found) == text[:length].count("座")
    assert tagger.score(text[:length]).shape == (length, len(TAGS))


def test_entities_equal_their_slices_and_have_a_confidence(tagger):
    text = "一。" * 100 + "3座" + "二。" * 100
    (entity,) = tagger.predict(text)
    assert text[entity.start : entity.end] == entity.text == "3座"
    assert 0.9 < entity.confidence <= 1


def test_batch_keeps_the_order(tagger):
    assert [len(found) for found in tagger.predict_batch(["3座", "", "3座，4座"])] == [1, 0, 2]


@pytest.mark.parametrize(
    ("tag", "own"),
    [
        ("O", "O"), ("B-ORG", "B-ORG"), ("I-ORG", "I-ORG"), ("M-ORG", "I-ORG"), ("E-ORG", "I-ORG"),
        ("S-ORG", "B-ORG"), ("U-ORG", "B-ORG"), ("L-ORG", "I-ORG"), ("<pad>", "O"),
    ],
)  # fmt: skip
def test_tags_of_other_schemes_are_understood(tag, own):
    columns = tag_columns([tag, "B-QUANTITY"], {}, FOLDER)
    assert 0 in columns[TAGS.index(own)]


def test_labels_are_translated_or_left_out():
    columns = tag_columns(["O", "B-NT", "I-NT", "B-NR"], {"NT": "ORG", "NR": None}, FOLDER)
    assert columns[TAGS.index("B-ORG")] == [1]
    assert columns[TAGS.index("O")] == [0, 3]


def test_foreign_label_is_refused_with_what_to_do():
    with pytest.raises(ModelError, match=r"its labels \['NR'\] are none of .*taskie_labels.json.*null"):
        tag_columns(["O", "B-NR"], {}, FOLDER)


def test_model_without_spans_is_refused():
    with pytest.raises(ModelError, match="none of its tags"):
        tag_columns(["n", "v"], {}, FOLDER)


def test_of_several_tags_that_mean_one_the_best_counts():
    columns = tag_columns(["O", "M-ORG", "E-ORG"], {}, FOLDER)
    own = to_own_tags(np.array([[1.0, 2.0, 3.0]], np.float32), columns)
    assert own[0, TAGS.index("I-ORG")] == 3.0
    assert own[0, TAGS.index("B-QUANTITY")] < -1000
