"""Scores decide only where rules leave a choice, and every link gets a confidence."""

import dataclasses

import pytest
from building import REFERENCE

import taskie
from taskie.corpus.inline import read_inline
from taskie.ner.tagger import default_model_path
from taskie.records import TextSpan, Unit
from taskie.relations.confidence import MOST, Calibration, LinkModels, Logistic, link_values
from taskie.relations.link_file import load_links
from taskie.relations.linker import link
from taskie.structure.outline import Outline, TaskOutline

TWO_DATES = "⟦DEADLINE|6月底前⟧开工、⟦DEADLINE|10月底前⟧建成泵站⟦QUANTITY|2座⟧"
ONE_DATE = "⟦DEADLINE|6月底前⟧建成泵站⟦QUANTITY|2座⟧"


def linked(marked, models):
    text, entities = read_inline(marked)
    outline = TaskOutline("1", None, (), 0, len(text), TextSpan(text, 0, len(text)), ((0, len(text)),))
    (task,) = link(text, Outline("notice", tasks=(outline,)), entities, reference=REFERENCE, links=models)
    return task.targets


def first_wins(**more):
    """Weigh the first deadline of a clause above the last."""
    scorer = Logistic({"clause|last=True": -2.0, "clause|last=False": 2.0}, 0.0)
    return LinkModels({"deadline": scorer}, **more)


def test_a_score_decides_where_a_clause_has_two_deadlines():
    (target,) = linked(TWO_DATES, first_wins(decides=frozenset({"deadline"})))
    assert target.deadline.text == "6月底前"


@pytest.mark.parametrize(
    ("marked", "models", "deadline"),
    [
        (TWO_DATES, LinkModels({}), "10月底前"),
        (TWO_DATES, first_wins(), "10月底前"),
        (ONE_DATE, first_wins(decides=frozenset({"deadline"})), "6月底前"),
    ],
)
def test_rules_decide_without_a_model_without_leave_and_where_they_are_certain(marked, models, deadline):
    (target,) = linked(marked, models)
    assert target.deadline.text == deadline


def test_scores_alone_decide_against_certain_rules():
    (target,) = linked(ONE_DATE, first_wins(alone=True))
    assert target.deadline is None or target.deadline.source == "document"


def test_a_score_takes_an_amount_for_a_qualifier_only_where_rules_leave_a_choice():
    models = LinkModels({"measure": Logistic({}, -1.0)}, decides=frozenset({"measure"}))
    (open_one,) = linked("⟦QUANTITY|2家⟧企业⟦QUANTITY|3亿元以上⟧技改", models)
    (certain,) = linked("新增企业⟦QUANTITY|2家⟧", models)
    assert len(certain.measures) == 1
    assert [measure.text for measure in open_one.measures] == ["3亿元以上"]


def test_a_confidence_follows_score_entity_and_target():
    calibration = Calibration((1.0, 1.0, 1.0), 0.0)
    assert calibration.probability((1.0, 1.0, 1.0)) > calibration.probability((1.0, -1.0, 1.0))


def test_log_odds_of_a_link_are_cut_where_it_is_as_good_as_certain():
    assert link_values(99.0, 1.0, 0.0) == (MOST, MOST, -MOST)
    assert link_values(None, None, 0.9999) == (MOST, MOST, MOST)


def slipped_in(confidence=None):
    text = "新建泵站。县水务局 反复变更内容又说不出理由的"
    names = ("县水务局", "反复变更内容又说不出理由的")
    units = tuple(Unit(n, "lead", text.index(n), text.index(n) + len(n), "column") for n in names)
    return text, TaskOutline("1", None, (), 0, len(text), TextSpan(text[:4], 0, 4), ((0, 4),), units=units)


def judged(entities, **more):
    text, task = slipped_in()
    models = LinkModels({"unit": Logistic({"no_body_words": -6.0}, 3.0)}, **more)
    (after,) = models.judged(text, Outline("plain", tasks=(task,)), entities(text)).tasks
    return [unit.name for unit in after.units]


def test_a_sentence_in_a_unit_column_is_no_unit():
    assert judged(lambda text: (), decides=frozenset({"unit"})) == ["县水务局"]


def test_a_unit_stays_where_the_model_may_not_decide_or_the_tagger_saw_it():
    assert len(judged(lambda text: ())) == 2
    marked = read_inline("⟦ORG|反复变更内容又说不出理由的⟧")[1][0]
    shift = slipped_in()[0].index(marked.text)
    seen = dataclasses.replace(marked, start=shift, end=shift + len(marked.text))
    assert len(judged(lambda text: (seen,), decides=frozenset({"unit"}))) == 2


def test_every_link_of_the_shipped_model_has_a_confidence():
    doc = taskie.extract("一、水利\n1.年底前新建临河泵站工程，新增床位30张。（牵头单位：县水务局）\n")
    targets = [target for task in doc.tasks for target in task.targets]
    measures = [measure for target in targets for measure in target.measures]
    assert measures
    sure = [c for t in targets for c in t.lead_confidences]
    sure += [t.deadline.confidence for t in targets if t.deadline.source != "document"]
    sure += [p.confidence for t in targets for p in t.projects]
    sure += [c for m in measures for c in (m.confidence, m.indicator_confidence)]
    assert all(0 <= c <= 1 for c in sure)
    assert [len(t.lead_confidences) for t in targets] == [len(t.lead_units) for t in targets]


def test_the_shipped_models_score_every_kind():
    models = load_links(default_model_path())
    assert set(models.scorers) == {"unit", "deadline", "measure", "indicator"}
    assert set(models.calibrations) == {"unit", "deadline", "measure", "indicator", "project"}
