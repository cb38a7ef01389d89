"""Measure the linker on the development gold, entities given; the marks are those the project set itself."""

import pytest

from taskie.normalize.reference import Reference
from taskie.records import Document
from taskie.relations.linker import link, outline_of
from taskie.structure.outline import Outline

_YEARS = {"001": 2023, "003_rows_1_24": 2021, "004": 2021}


def _f1(gold, predicted):
    both = len(gold & predicted)
    return 2 * both / (len(gold) + len(predicted))


def _links(task):
    return {(t.start, t.end, name) for t in task.targets for name in t.lead_units}


def _measures(task):
    return {(m.start, m.end, m.value, m.value_max, m.unit, m.bound) for t in task.targets for m in t.measures}


def _deadlines(task):
    return {
        (t.start, t.end, t.deadline.text, t.deadline.date)
        for t in task.targets
        if t.deadline and t.deadline.source != "document"
    }


@pytest.mark.shared
@pytest.mark.parametrize(("keys", "mark"), [(_links, 0.995), (_measures, 0.99), (_deadlines, 0.95)])
def test_gold_entities_link_as_in_the_gold(shared, keys, mark):
    gold, predicted = set(), set()
    for name, year in _YEARS.items():
        document = Document.from_json((shared / "dev" / f"{name}.gold.json").read_text(encoding="utf-8"))
        outline = Outline("notice", tasks=tuple(outline_of(task) for task in document.tasks))
        tasks = link(document.text, outline, document.entities, reference=Reference(year))
        gold |= {(name, *key) for task in document.tasks for key in keys(task)}
        predicted |= {(name, *key) for task in tasks for key in keys(task)}
    assert _f1(gold, predicted) >= mark
