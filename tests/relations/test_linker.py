import pytest
from building import task_of, unit

from taskie.normalize.reference import Reference
from taskie.records import Entity, TextSpan
from taskie.relations.linker import link, outline_of, read_commitment
from taskie.structure.outline import Outline, TaskOutline


def _targets(statement, **more):
    return [target.text for target in task_of(statement, **more).targets]


@pytest.mark.parametrize(
    ("statement", "targets"),
    [
        ("开展检查。新增床位⟦QUANTITY|30张⟧，加强宣传。", ["新增床位30张"]),
        ("到⟦DEADLINE|2025年底⟧，建成⟦PROJECT|青河大桥⟧。", ["2025年底，建成青河大桥"]),
        ("力争⟦DEADLINE|年底前⟧，培训⟦QUANTITY|50人⟧。", ["年底前，培训50人"]),
        ("建设公厕（含⟦QUANTITY|3座⟧，均为一类；另行验收）等设施。", ["建设公厕（含3座，均为一类；另行验收）等设施"]),
        ("收入⟦QUANTITY|1,100万元⟧。", ["收入1,100万元"]),
    ],
)
def test_clauses_with_a_goal_are_targets(statement, targets):
    assert _targets(statement) == targets


def test_a_task_without_a_goal_has_its_title_as_target():
    assert _targets("加强监管，提高质量。", title="强化市场监管") == ["强化市场监管"]


def test_a_task_without_goal_and_title_has_its_first_sentence_as_target():
    assert _targets("加强监管，提高质量。做好宣传。") == ["加强监管，提高质量"]


def test_lead_units_stand_for_the_target_and_responsible_ones_where_none_leads():
    (target,) = task_of("培训⟦QUANTITY|5人⟧", units=(unit("县甲局"), unit("县乙局", "cooperating"))).targets
    assert (target.lead_units, target.responsible_units, target.cooperating_units) == (("县甲局",), (), ("县乙局",))
    (target,) = task_of("培训⟦QUANTITY|5人⟧", units=(unit("县甲局", "responsible"),)).targets
    assert (target.lead_units, target.responsible_units) == (("县甲局",), ("县甲局",))


def test_an_attribution_inside_the_statement_holds_for_what_stands_before_it():
    task = task_of(
        "培训⟦QUANTITY|5人⟧。（县甲局负责）新建泵站⟦QUANTITY|2座⟧。（县乙局负责）",
        splits=(("（县甲局负责）", (unit("县甲局"),)), ("（县乙局负责）", (unit("县乙局"),))),
    )
    assert [(t.text, t.lead_units) for t in task.targets] == [("培训5人", ("县甲局",)), ("新建泵站2座", ("县乙局",))]


def test_two_units_and_two_goals_do_not_make_four_links():
    task = task_of(
        "培训⟦QUANTITY|5人⟧（县甲局）；培训⟦QUANTITY|5人⟧（县乙局）",
        splits=(("（县甲局）", (unit("县甲局"),)), ("（县乙局）", (unit("县乙局"),))),
    )
    assert [t.lead_units for t in task.targets] == [("县甲局",), ("县乙局",)]


@pytest.mark.parametrize(
    ("statement", "cell", "expected"),
    [
        (
            "⟦DEADLINE|全年⟧签约项目⟦QUANTITY|18个⟧，新开工⟦QUANTITY|12个⟧",
            None,
            [("全年", "clause"), ("全年", "sentence")],
        ),
        (
            "⟦DEADLINE|6月底前⟧新建泵站⟦QUANTITY|2座⟧。培训⟦QUANTITY|9人⟧",
            None,
            [("6月底前", "clause"), (None, "document")],
        ),
        ("新建泵站⟦QUANTITY|2座⟧，培训⟦QUANTITY|9人⟧", "⟦DEADLINE|10月底⟧", [("10月底", "task"), ("10月底", "task")]),
        ("⟦DEADLINE|6月底前⟧新建泵站⟦QUANTITY|2座⟧", "⟦DEADLINE|10月底⟧", [("6月底前", "clause")]),
    ],
)
def test_the_deadline_that_governs_a_target_is_found(statement, cell, expected):
    reference = Reference(2024, goal_date="2024-12-31")
    found = [t.deadline for t in task_of(statement, cell=cell, reference=reference).targets]
    assert [(d.text, d.source) for d in found] == expected


def test_a_target_without_a_deadline_implies_the_end_of_the_documents_goals():
    (target,) = task_of("培训⟦QUANTITY|5人⟧", reference=Reference(2024, goal_date="2024-12-31")).targets
    assert (target.deadline.text, target.deadline.date, target.deadline.source) == (None, "2024-12-31", "document")


def test_a_target_without_any_deadline_has_none():
    (target,) = task_of("培训⟦QUANTITY|5人⟧", reference=Reference()).targets
    assert target.deadline is None


def test_a_period_that_follows_an_event_has_no_date():
    (target,) = task_of("受理后⟦DEADLINE|5个工作日内⟧办结").targets
    assert (target.deadline.kind, target.deadline.date) == ("duration", None)
    (target,) = task_of("各单位⟦DEADLINE|5个工作日内⟧报送方案").targets
    assert target.deadline.date == "2024-03-25"


@pytest.mark.parametrize(
    ("words", "commitment"),
    [
        ("确保建成", "ensure"),
        ("必须完成", "ensure"),
        ("全面完成改造", "ensure"),
        ("力争建成", "strive"),
        ("争取资金", "strive"),
        ("确保6%、力争8%", "ensure"),
        ("力争8%、确保6%", "strive"),
        ("完成改造", None),
        ("", None),
    ],
)
def test_commitment_is_the_first_word_that_commits(words, commitment):
    assert read_commitment(words) == commitment


def test_projects_belong_to_the_target_they_stand_in():
    first, second = task_of("建成⟦PROJECT|青河 大桥⟧，开工⟦PROJECT|柳泉水厂⟧").targets
    assert [p.name for p in first.projects] == ["青河大桥"]
    assert [p.name for p in second.projects] == ["柳泉水厂"]


def test_every_span_equals_its_slice():
    task = task_of("⟦DEADLINE|年底前⟧建成⟦PROJECT|青河大桥⟧，新增床位⟦QUANTITY|30张⟧。")
    for target in task.targets:
        assert task.text[target.start : target.end] == target.text
        for measure in target.measures:
            assert task.text[measure.start : measure.end] == measure.text


def test_an_outline_without_tasks_and_a_task_without_entities_are_ordinary():
    assert link("", Outline("plain"), (), reference=Reference()) == ()
    empty = TaskOutline("1", None, (), 0, 0, TextSpan("", 0, 0), ((0, 0),))
    (task,) = link("", Outline("notice", tasks=(empty,)), (), reference=Reference())
    assert task.targets == ()


def test_an_outline_rebuilt_from_its_task_links_to_the_same_targets():
    task = task_of("⟦DEADLINE|年底前⟧新增床位⟦QUANTITY|30张⟧。")
    entities = (Entity("DEADLINE", "年底前", 0, 3), Entity("QUANTITY", "30张", 7, 10))
    outline = Outline("notice", tasks=(outline_of(task),))
    assert link(task.text, outline, entities, reference=Reference(2024, "2024-03-18")) == (task,)
