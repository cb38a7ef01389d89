"""Varied training texts keep their entities on the characters they stand for."""

import random
from pathlib import Path

import pytest

from taskie.corpus.inline import read_inline

augment = pytest.importorskip("taskie.training.augment", reason="needs the train extra: pip install '.[train]'")
TEXT = (
    "1.⟦DEADLINE|年底前⟧建成⟦PROJECT|柳泉冷链物流园⟧，新增冷库⟦QUANTITY|12座⟧、面积⟦QUANTITY|5.6万平方米⟧，投资⟦QUANTITY|3亿元⟧。"
    "（⟦ORG|柳泉县商务局⟧、⟦ORG|恒岳科技公司⟧）支持清河高新区发展。"
)


def text():
    words, entities = read_inline(TEXT)
    from taskie.training.batches import TrainingText

    return TrainingText("t", words, entities)


@pytest.mark.parametrize("vary", ["mask", "damage", "space_figures"])
def test_entities_stay_on_their_characters(vary):
    for seed in range(30):
        varied = getattr(augment, vary)(text(), random.Random(seed))
        assert [varied.text[e.start : e.end] for e in varied.entities] == [e.text for e in varied.entities]
        assert [e.label for e in varied.entities] == [e.label for e in text().entities]
        assert all(e.text == e.text.strip() for e in varied.entities)


def test_blanks_round_figures_change_nothing_else():
    varied = augment.space_figures(text(), random.Random(3))
    assert varied.text.replace(" ", "") == text().text
    assert any(" " in e.text for e in varied.entities if e.label == "QUANTITY")


def test_whole_augmentation_keeps_entities_in_order_and_apart():
    config = augment.AugmentConfig(masked=0.5, damaged=0.5, spaced=0.5, patterns=20.0)
    vary = augment.Augmenter(config)
    for seed in range(30):
        varied = vary(text(), random.Random(seed))
        assert all(a.end <= b.start for a, b in zip(varied.entities, varied.entities[1:], strict=False))
        assert all(varied.text[e.start : e.end] == e.text for e in varied.entities)


def test_same_seed_gives_the_same_text():
    vary = augment.Augmenter()
    assert vary(text(), random.Random(5)) == vary(text(), random.Random(5))


def test_config_of_the_shipped_recipe_is_read():
    from taskie.training.recipe import read_recipe

    recipe = read_recipe(Path(__file__).parents[2] / "training" / "notice_zh" / "config.cfg")
    assert recipe.augmentation.spaced > 0
