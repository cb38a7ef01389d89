"""Marked documents give text, entities and tasks, and say where a mark is wrong."""

import pytest

from taskie.corpus.marked import read_marked
from taskie.errors import AnnotationError

MARKED = """三、水利⟦ORG|县水务局⟧
⟦T⟧（一）修渠。⟦S⟧⟦DEADLINE|年内⟧衬砌渠道⟦QUANTITY|8公里⟧。⟦/S⟧（⟦ORG:lead|县水 务局⟧牵头，⟦ORG:coop|县财政局⟧配合）
⟦T⟧（二）打井。⟦U|lead=县水务局、县农业农村局;resp=各乡镇⟧⟦S⟧新打机井⟦QUANTITY|3眼⟧。⟦/S⟧⟦/T⟧
四、交通（⟦ORG:lead|县交通运输局⟧牵头）
"""


def test_text_and_entities_have_no_marks_left():
    found = read_marked(MARKED)
    assert "⟦" not in found.text
    assert all(found.text[e.start : e.end] == e.text for e in found.entities)


def test_tasks_have_statement_and_units_printed_or_inherited():
    first, second = read_marked(MARKED).tasks
    text = read_marked(MARKED).text
    assert text[first.start :].startswith("（一）修渠")
    assert text[slice(*first.statement)] == "年内衬砌渠道8公里。"
    assert first.units == {("县水务局", "lead"), ("县财政局", "cooperating")}
    assert second.units == {("县水务局", "lead"), ("县农业农村局", "lead"), ("各乡镇", "responsible")}


def test_units_of_a_heading_behind_the_end_mark_belong_to_no_task():
    assert all(("县交通运输局", "lead") not in task.units for task in read_marked(MARKED).tasks)


@pytest.mark.parametrize(
    ("marked", "message"),
    [
        ("⟦S⟧建泵站。⟦/S⟧", "stands in no task"),
        ("⟦T⟧1. 建泵站。⟦/S⟧", "without ⟦S⟧"),
        ("⟦T⟧1. 建泵站。（⟦ORG:boss|县水务局⟧）", "unknown role 'boss'"),
        ("⟦T⟧1. ⟦BODY|县水务局⟧", "unknown label 'BODY'"),
        ("⟦T⟧1. ⟦ORG|县水务局", "broken"),
    ],
)
def test_wrong_marks_are_refused_with_their_line(marked, message):
    with pytest.raises(AnnotationError, match=f"document:1: .*{message}"):
        read_marked(marked)
