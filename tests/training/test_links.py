"""Models of links are learned from documents with records; what rules leave open goes to whom held-out documents favour."""

from pathlib import Path

import pytest

from taskie.corpus.store import read_corpus
from taskie.evaluation.gold import Gold
from taskie.records import Document
from taskie.relations.confidence import Calibration, LinkModels, Logistic
from taskie.relations.features import BY_RULES
from taskie.training import links
from taskie.training.link_examples import judged_links, questions_of, with_records
from taskie.training.link_report import candidate_recall
from taskie.training.links import answer, calibration_error, choose_deciding, fit_calibration, fit_scorer, join_links

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def golds():
    found = (d for d in read_corpus(ROOT, split="validation", layer="records"))
    documents = [next(found) for _ in range(3)]
    return [Gold(d.id, d.document, ((0, len(d.document.text)),), d.layers) for d in documents]


def test_no_gold_pair_of_the_corpus_is_out_of_the_candidates_reach(extractor, golds):
    found = candidate_recall(extractor, golds)
    assert all(found[kind][1] > 0 for kind in ("deadline", "measure", "indicator", "unit, gold entities"))
    assert all(found[kind][0] == found[kind][1] for kind in ("deadline", "measure", "indicator"))


def test_questions_name_the_rules_answer_among_their_features(extractor, golds):
    asked = questions_of(extractor, golds[0])
    for question in asked:
        marked = [i for i, features in enumerate(question.features) if BY_RULES in features]
        assert marked == ([] if question.rule is None else [question.rule])
    assert {q.kind for q in asked} == {"deadline", "measure", "indicator"}


def test_a_document_without_records_gives_no_questions(golds):
    assert with_records([Gold("x", Document(text=""), ((0, 0),), ("entities",))]) == []


def test_a_scorer_learns_the_feature_that_tells_right_from_wrong():
    examples = [({"good": 1.0, "any": 1.0}, True), ({"bad": 1.0, "any": 1.0}, False)] * 200
    scorer = fit_scorer(examples)
    assert scorer.score(["good"]) > 0 > scorer.score(["bad"])


@pytest.mark.parametrize("examples", [[], [({"a": 1.0}, True)] * 500, [({"a": 1.0}, True), ({"b": 1.0}, False)]])
def test_too_few_examples_or_all_alike_give_no_scorer(examples):
    assert fit_scorer(examples) is None
    assert fit_calibration([((1.0, 1.0, 1.0), holds) for _, holds in examples]) is None


def test_a_score_worse_than_the_rules_may_not_decide(extractor, golds, monkeypatch):
    against = {"deadline": Logistic({BY_RULES: -9.0}, 1.0)}
    along = {"deadline": Logistic({BY_RULES: 9.0}, -1.0)}
    opened = [
        q
        for q in questions_of(extractor, golds[0])
        if q.kind == "deadline" and len(q.candidates) > 1 and q.rule is not None
    ]
    assert opened
    monkeypatch.setattr(links, "questions_of", lambda *_: [_open(q) for q in opened])
    assert choose_deciding(extractor, along, golds[:1]) == {"deadline"}
    assert choose_deciding(extractor, against, golds[:1]) == frozenset()
    assert answer(LinkModels(along), opened[0]) == opened[0].rule


def _open(question):
    import dataclasses

    return dataclasses.replace(question, certain=False)


def test_kinds_that_could_not_be_learned_anew_stay_as_before():
    old = LinkModels(
        {"unit": Logistic({"a": 1.0}, 0.0), "deadline": Logistic({}, 1.0)}, {}, frozenset({"unit", "deadline"})
    )
    new = LinkModels({"unit": Logistic({"a": 2.0}, 0.0)}, {"unit": Calibration((1.0, 1.0, 1.0), 0.0)})
    joined = join_links(new, old)
    assert (joined.scorers["unit"], joined.scorers["deadline"]) == (new.scorers["unit"], old.scorers["deadline"])
    assert joined.decides == {"deadline"}
    assert join_links(None, old) == old
    assert join_links(None, None) is None


def test_calibration_error_is_the_gap_between_what_is_said_and_what_holds():
    assert calibration_error([0.95] * 4, [True] * 4) == pytest.approx(0.05)
    assert calibration_error([0.95, 0.95, 0.05, 0.05], [True, False, False, False]) == pytest.approx(0.25)
    assert calibration_error([], []) == 0.0


def test_every_link_of_a_target_that_gold_does_not_have_is_wrong(extractor):
    doc = extractor.extract("一、水利\n1.年底前新增床位30张。（牵头单位：县水务局）\n")
    (target,) = doc.tasks[-1].targets
    assert {kind for kind, _, _ in judged_links(target, None)} == {"unit", "deadline", "measure", "indicator"}
    assert not any(right for _, _, right in judged_links(target, None))
    assert all(right for _, _, right in judged_links(target, target))
