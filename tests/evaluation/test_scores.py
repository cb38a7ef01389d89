import pytest

from taskie.evaluation.scores import Count, indicators_agree, macro_averages, macro_f1, score, score_document
from taskie.records import Deadline, Document, Entity, Measure, Project, Target, Task, TextSpan, Unit

TEXT = "1. 修路。修路3公里。（县交通局）"


def document(
    *,
    lead="县交通局",
    value=3.0,
    end=12,
    entity_end=11,
    deadline="年底",
    date="2024-12-31",
    indicator="修路",
    label="QUANTITY",
):
    target = Target(
        TEXT[6:end],
        6,
        end,
        lead_units=(lead,),
        deadline=Deadline(deadline, date=date) if deadline else None,
        projects=(Project("修路", 6, 8),),
        measures=(Measure(indicator, "3公里", 8, 11, value, None, "公里"),),
    )
    task = Task(
        number="1",
        title="修路",
        section=None,
        text=TEXT,
        start=0,
        end=len(TEXT),
        statement=TextSpan(TEXT[6:12], 6, 12),
        units=(Unit("县交通局", "lead", 13, 17),),
        targets=(target,),
    )
    entities = (Entity(label, TEXT[8:entity_end], 8, entity_end), Entity("ORG", "县交通局", 13, 17))
    return Document(text=TEXT, entities=entities, tasks=(task,))


def test_gold_against_itself_is_right_everywhere():
    counts = score_document(document(), document()).counts
    assert all(count.false == count.missed == 0 for count in counts.values())
    assert counts["records"] == Count(1, 0, 0)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"lead": "县公安局"}, {"links", "records"}),
        ({"value": 4.0}, {"measures", "indicators", "records"}),
        ({"indicator": "大桥"}, {"indicators"}),
        ({"date": "2024-06-30"}, {"deadline_dates", "records"}),
        ({"deadline": "年内"}, {"deadlines", "deadline_dates", "records"}),
        ({"entity_end": 10}, {"ner", "ner:QUANTITY"}),
        ({"label": "DEADLINE"}, {"ner", "ner:QUANTITY", "ner:DEADLINE"}),
        ({"end": 11}, {"targets", "links", "projects", "deadlines", "deadline_dates", "records"}),
    ],
)
def test_each_mistake_is_counted_in_its_scores_and_no_other(change, wrong):
    counts = score_document(document(), document(**change)).counts
    assert {name for name, count in counts.items() if count.false or count.missed} == wrong


def test_figures_agree_with_numbers_worked_by_hand():
    count = Count(hits=6, false=2, missed=4)
    assert count.precision == 0.75
    assert count.recall == 0.6
    assert count.f1 == pytest.approx(12 / 18)


def test_only_annotated_ranges_count():
    counts = score_document(document(), document(lead="县公安局"), annotated=[(0, 12)]).counts
    assert counts["links"] == Count(0, 0, 0)
    assert counts["ner"] == Count(1, 0, 0)


def test_deadlines_implied_by_the_document_do_not_count():
    plain = document(deadline=None)
    target = plain.tasks[0].targets[0]
    assert target.deadline is None
    counts = score_document(plain, plain).counts
    assert counts["deadlines"] == Count(0, 0, 0)


def test_order_of_documents_changes_nothing():
    gold, own = [document(), document(value=5.0)], [document(lead="x局"), document()]
    assert score(gold, own).counts == score(gold[::-1], own[::-1]).counts


def test_missing_partner_is_refused():
    with pytest.raises(ValueError, match="2 gold documents but 1"):
        score([document(), document()], [document()])


def test_macro_is_the_mean_over_labels():
    assert macro_f1(score_document(document(), document())) == 1.0
    # One amount is taken for a deadline: QUANTITY is missed, DEADLINE is false, ORG is right, PROJECT has nothing to find.
    mixed = score_document(document(), document(label="DEADLINE"))
    assert macro_averages(mixed) == pytest.approx((0.5, 0.5, 0.5))
    assert macro_averages(mixed)[2] == macro_f1(mixed)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("全市生产总值", "生产总值", True),
        ("“三星村”", "三星村", True),
        ("绿色建筑", "新建绿色建筑", True),
        ("建筑", "新建民用绿色建筑", False),
        ("学位", "床位", False),
        (None, "学位", False),
        (None, None, True),
    ],
)
def test_indicators_agree_by_containment_of_half(one, other, agree):
    assert indicators_agree(one, other) is agree
