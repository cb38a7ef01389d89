"""Fitting confidences: they come out true, too little gold fits nothing, and what a model finds stays the same."""

import json
import random
import shutil
from dataclasses import replace

import numpy as np
import pytest

from taskie.cli.main import main
from taskie.evaluation.calibration import bins_of, expected_error
from taskie.evaluation.gold import Gold
from taskie.extractor import load
from taskie.ner.calibration import MOST_RAW, Calibration
from taskie.ner.tagger import default_model_path
from taskie.odds import log_odds, probability
from taskie.records import Document
from taskie.relations.confidence import Logistic
from taskie.training.calibrate import calibrate_folder, fit_labels, store_labels
from taskie.training.links import rescale

SENTENCE = "年内新建泵站{}座，扩建青松水库，由县水务局牵头，县财政局配合。（牵头单位：县水务局；责任单位：县发改局）\n"


def logistic(x):
    return 1 / (1 + np.exp(-x))


def examples(offsets, *, slope=2.0, count=6000):
    """Return spans whose chance to be right is logistic(slope * log odds + offset)."""
    rng = random.Random(5)
    found = []
    for i in range(count):
        label = list(offsets)[i % len(offsets)]
        raw = rng.uniform(0.1, 0.95)
        found.append((label, raw, rng.random() < logistic(slope * log_odds(raw, most=MOST_RAW) + offsets[label])))
    return found


def test_fit_finds_the_slope_and_the_offset_of_each_label_again():
    fitted = fit_labels(examples({"ORG": 1.5, "PROJECT": -1.0}))
    assert fitted["slope"] == pytest.approx(2.0, abs=0.15)
    assert fitted["offsets"]["ORG"] == pytest.approx(1.5, abs=0.2)
    assert fitted["offsets"]["PROJECT"] == pytest.approx(-1.0, abs=0.2)


def test_fitted_confidences_are_truer_than_raw_scores():
    found = examples({"ORG": 1.5, "PROJECT": -1.0})
    curve = Calibration.read({"label_calibration": fit_labels(found)}, default_model_path())
    right = [hit for _, _, hit in found]
    raw, fitted = (
        expected_error(bins_of(sure, right))
        for sure in ([score for _, score, _ in found], [curve.confidence(score, label) for label, score, _ in found])
    )
    assert fitted < 0.02 < raw


def test_label_without_wrong_spans_stays_below_certainty_near_its_scores():
    found = [*examples({"PROJECT": 0.0}, count=400), *[("QUANTITY", 0.6, True)] * 40]
    curve = Calibration.read({"label_calibration": fit_labels(found)}, default_model_path())
    assert 0.8 < curve.confidence(0.6, "QUANTITY") < 1.0
    assert curve.confidence(0.3, "QUANTITY") < curve.confidence(0.6, "QUANTITY")


@pytest.mark.parametrize(
    "found",
    [
        [],
        [("ORG", 0.5, True), ("ORG", 0.4, False)] * 10,
        [("ORG", 0.5, True)] * 200,
        [("ORG", 0.5, False)] * 200,
        [("ORG", 0.9, False), ("ORG", 0.2, True)] * 100,
    ],
    ids=["none", "too few", "all right", "all wrong", "higher scores less often right"],
)
def test_nothing_is_fitted_where_nothing_can_be_learned(found):
    assert fit_labels(found) is None


def links(count, *, shift=0.0):
    """Return a score of links by one feature, and links for which it is off by ``shift``."""
    rng = random.Random(2)
    rows = [({"near": rng.gauss(0, 1)}, rng.random()) for _ in range(count)]
    return Logistic({"near": 2.0}, 0.0), [(f, luck < logistic(2 * f["near"] + shift)) for f, luck in rows]


def test_links_that_are_too_shy_become_true():
    scorer, examples = links(4000, shift=1.5)
    right = [holds for _, holds in examples]
    before, after = (
        expected_error(bins_of([probability(s.score_of(features)) for features, _ in examples], right))
        for s in (scorer, rescale(scorer, examples))
    )
    assert after < 0.02 < before


def test_few_links_or_none_wrong_change_nothing():
    scorer, examples = links(4000)
    assert rescale(scorer, examples[:50]) is scorer
    assert rescale(scorer, [(features, True) for features, _ in examples]) is scorer
    assert rescale(scorer, [(features, not holds) for features, holds in examples]) is scorer


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(default_model_path(), tmp_path / "model")


def golds(extractor, *, count):
    """Return documents as extracted, with the less sure half of the entities taken for wrong, and a few of the others."""
    found = []
    for i in range(count):
        document = extractor.extract("西岭县2024年重点任务\n" + SENTENCE.format(i + 2) * 6)
        middle = float(np.median([e.confidence for e in document.entities if e.confidence is not None]))
        kept = tuple(e for n, e in enumerate(document.entities) if (e.confidence or 0) >= middle and n % 7)
        found.append(
            Gold(f"d{i}", Document(text=document.text, entities=kept), ((0, len(document.text)),), ("entities",))
        )
    return found


def with_links(extractor, *, count):
    """Return documents as extracted, with the lead units of every other target taken for wrong."""
    found = []
    for i in range(count):
        document = extractor.extract("西岭县2024年重点任务\n" + SENTENCE.format(i + 2) * 8)
        tasks = tuple(
            replace(task, targets=tuple(replace(t, lead_units=() if n % 2 else t.lead_units) for t in task.targets))
            for n, task in enumerate(document.tasks)
        )
        found.append(Gold(f"d{i}", replace(document, tasks=tasks), ((0, len(document.text)),)))
    return found


def lead_confidences(folder, golds):
    documents = [load(folder).extract(gold.document.text) for gold in golds]
    return [sure for doc in documents for task in doc.tasks for t in task.targets for sure in t.lead_confidences]


def test_confidences_of_links_come_down_where_half_of_the_links_are_wrong(folder, extractor):
    found = with_links(extractor, count=12)
    before = lead_confidences(folder, found)
    done = calibrate_folder(folder, found)
    after = lead_confidences(folder, found)
    assert done.links
    assert len(after) == len(before) >= 60
    assert sum(after) / len(after) < sum(before) / len(before) - 0.2


def test_model_finds_the_same_before_and_after(folder, extractor):
    found = golds(extractor, count=4)
    before = [load(folder).tagger.predict(gold.document.text) for gold in found]
    done = calibrate_folder(folder, found)
    after = [load(folder).tagger.predict(gold.document.text) for gold in found]
    assert done.entities
    assert not done.links
    assert [[(e.start, e.end, e.label) for e in doc] for doc in before] == [
        [(e.start, e.end, e.label) for e in doc] for doc in after
    ]
    assert done.after["ece"]["value"] < done.before["ece"]["value"]


def test_fitting_twice_changes_nothing_more(folder, extractor):
    found = golds(extractor, count=4)
    calibrate_folder(folder, found)
    first = (folder / "meta.json").read_bytes()
    calibrate_folder(folder, found)
    assert (folder / "meta.json").read_bytes() == first


def test_least_confidence_is_counted_on_the_curve_of_all_labels(folder, extractor):
    text = SENTENCE.format(3)
    expected = [e.text for e in load(folder).tagger.predict(text)]
    store_labels(folder, {"slope": 1.0, "offsets": {"ORG": -20.0, "PROJECT": -20.0}})
    found = load(folder).tagger.predict(text)
    assert [e.text for e in found] == expected
    assert all(e.confidence < 0.01 for e in found if e.label in ("ORG", "PROJECT"))


def test_command_writes_a_copy_and_leaves_the_shipped_model_alone(tmp_path, extractor, capsys):
    shipped = (default_model_path() / "meta.json").read_bytes()
    for gold in golds(extractor, count=4):
        (tmp_path / "gold").mkdir(exist_ok=True)
        plain = {**gold.document.to_dict(), "layers": ["entities"]}
        (tmp_path / "gold" / f"{gold.name}.json").write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")
    arguments = ["calibrate", "shipped", str(tmp_path / "gold")]
    assert main([*arguments, "-o", str(tmp_path / "copy")]) == 0
    assert "ece:ORG" in capsys.readouterr().out
    assert (default_model_path() / "meta.json").read_bytes() == shipped
    assert (tmp_path / "copy" / "meta.json").read_bytes() != shipped
    assert main(arguments) == 1
    assert "give -o DIR" in capsys.readouterr().err
    assert main([*arguments, "-o", str(tmp_path / "copy")]) == 1
    assert "exists already" in capsys.readouterr().err


def test_command_with_too_little_gold_fails_and_says_so(tmp_path, folder, extractor, capsys):
    gold = tmp_path / "gold.json"
    gold.write_text(extractor.extract(SENTENCE.format(3)).to_json(), encoding="utf-8")
    before = (folder / "meta.json").read_bytes()
    assert main(["calibrate", str(folder), str(gold)]) == 1
    assert "left as they are" in capsys.readouterr().out
    assert (folder / "meta.json").read_bytes() == before


def test_finished_model_has_confidences_by_label_fitted_on_its_own_validation(tmp_path, extractor):
    pytest.importorskip("torch", reason="needs the train extra")
    from taskie.training.batches import TrainingText
    from taskie.training.finish import finish_model

    texts = [TrainingText(g.name, g.document.text, g.document.entities) for g in golds(extractor, count=4)]
    finish_model(default_model_path(), tmp_path / "finished", texts)
    meta = json.loads((tmp_path / "finished" / "meta.json").read_text(encoding="utf-8"))
    assert meta["label_calibration"]["spans"] > 50
    found = [
        {(e.start, e.end, e.label): e.confidence for e in tagger.predict(texts[0].text)}
        for tagger in (extractor.tagger, load(tmp_path / "finished").tagger)
    ]
    # Each leaves out what it doubts, so that only spans of both can be compared.
    shipped, finished = (
        np.mean([confidences[span] for span in found[0].keys() & found[1].keys()]) for confidences in found
    )
    # A third of the gold was taken away, so the same spans are right less often than on the real validation documents.
    assert finished < shipped - 0.1
