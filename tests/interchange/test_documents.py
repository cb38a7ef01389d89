import dataclasses

import pytest
from examples import TEXT, example, mention

from taskie.interchange import Relation, mark, to_document
from taskie.interchange.marks import TARGET
from taskie.records import Document


def changed(*, add=(), drop=(), mentions=(), without=()):
    """Return the example with relations and mentions added and taken away."""
    base = example()
    relations = {r for r in base.relations if r not in drop and r.head not in without and r.tail not in without}
    kept = {m for m in base.mentions if m not in without} | set(mentions)
    return dataclasses.replace(base, mentions=tuple(sorted(kept)), relations=tuple(sorted(relations | set(add))))


def targets_of(document):
    return {target.text: target for task in document.tasks for target in task.targets}


BRIDGE = mention("年底前建成滨河大桥", TARGET)
SCIENCE, FINANCE = mention("县科技局", "ORG"), mention("县财政局", "ORG")


def test_marks_become_targets_with_all_they_are_linked_to():
    document, problems = to_document(example())
    target = targets_of(document)["年底前建成滨河大桥"]
    assert problems == []
    assert (target.lead_units, target.cooperating_units) == (("县科技局",), ("县财政局", "县住建局"))
    assert (target.deadline.text, target.deadline.date, target.deadline.source) == ("年底前", "2024-12-31", "clause")
    assert [project.name for project in target.projects] == ["滨河大桥"]


def test_deadline_of_the_clause_before_is_one_of_the_sentence():
    document, _ = to_document(example())
    assert targets_of(document)["新增研发平台5家以上"].deadline.source == "sentence"


def test_responsible_units_lead_where_none_does():
    document, _ = to_document(example())
    target = targets_of(document)["新增学位800个"]
    assert target.lead_units == target.responsible_units == ("县教育局",)


def test_order_of_responsible_units_makes_none_of_them_a_lead():
    document, _ = to_document(example())
    task = document.tasks[1]
    units = {"lead_units": ("县教育局", "县财政局"), "responsible_units": ("县财政局", "县教育局")}
    target = dataclasses.replace(task.targets[0], **units)
    task = dataclasses.replace(task, targets=(target,))
    marked, _ = mark(dataclasses.replace(document, tasks=(task,)), document_id="x")
    assert "lead" not in {relation.label for relation in marked.relations}


def test_amounts_are_read_into_measures():
    document, _ = to_document(example())
    (measure,) = targets_of(document)["新增研发平台5家以上"].measures
    assert (measure.indicator, measure.value, measure.unit, measure.bound, measure.change) == (
        "研发平台", 5, "家", "ge", "increase",
    )  # fmt: skip


def test_changed_role_changes_the_unit_of_the_task():
    drop = [r for r in example().relations if r.tail == FINANCE]
    add = [Relation(BRIDGE, FINANCE, "lead")]
    document, _ = to_document(changed(add=add, drop=drop))
    assert ("县财政局", "lead") in [(unit.name, unit.role) for unit in document.tasks[0].units]
    assert targets_of(document)["年底前建成滨河大桥"].lead_units == ("县科技局", "县财政局")


def test_deleted_relation_takes_the_unit_out():
    drop = [r for r in example().relations if r.tail == FINANCE]
    document, _ = to_document(changed(drop=drop))
    assert "县财政局" not in [unit.name for unit in document.tasks[0].units]


def test_deleted_target_is_gone_and_its_task_stays():
    school = mention("新增学位800个", TARGET)
    document, _ = to_document(changed(without=[school]))
    assert [len(task.targets) for task in document.tasks] == [2, 0]


def test_target_drawn_anew_is_read_like_any_other():
    wider = mention("办教育。新增学位800个", TARGET)
    school, places = mention("新增学位800个", TARGET), mention("800个", "QUANTITY")
    document, _ = to_document(changed(without=[school], mentions=[wider], add=[Relation(wider, places, "measure")]))
    assert targets_of(document)[wider_text := "办教育。新增学位800个"].measures[0].value == 800
    assert targets_of(document)[wider_text].lead_units == ()


def test_target_outside_all_tasks_is_reported():
    title = mention("柳泉县2024年重点工作任务分解", TARGET)
    _, problems = to_document(changed(mentions=[title]))
    assert len(problems) == 1
    assert "TARGET 0-16 '柳泉县2024年重点工作任务分解' lies in no task" in problems[0]


def test_what_a_format_cannot_hold_is_kept_from_the_original():
    original, _ = to_document(example())
    measure = dataclasses.replace(original.tasks[0].targets[1].measures[0], indicator="自定指标")
    target = dataclasses.replace(original.tasks[0].targets[1], measures=(measure,))
    task = dataclasses.replace(original.tasks[0], targets=(original.tasks[0].targets[0], target), leaders=("张三",))
    original = dataclasses.replace(original, tasks=(task, *original.tasks[1:]), issuer="柳泉县政府")
    assert to_document(example(), original=original) == (original, [])


@pytest.mark.parametrize("place", [0, 10, len(TEXT) - 1])
def test_text_that_is_not_the_original_is_refused_with_the_place(place):
    other = Document(text=TEXT[:place] + "改" + TEXT[place + 1 :])
    _, problems = to_document(example(), original=other)
    assert f"not that of the original: at {place} it has" in problems[0]


@pytest.mark.parametrize(("before", "after"), [("", "\n\n"), ("\n ", ""), (" ", " ")])
def test_white_space_that_a_tool_took_off_the_ends_is_put_back(before, after):
    original = Document(text=before + TEXT + after)
    document, problems = to_document(example(), original=original)
    assert problems == []
    assert document.text == original.text
    assert document.tasks[0].targets[0].text == "年底前建成滨河大桥"


def test_original_text_alone_is_enough_to_check_the_text():
    document, problems = to_document(example(), original=Document(text=TEXT))
    assert problems == []
    assert len(document.tasks) == 2
