"""Findings name what a clerk should look at, and nothing where all is well."""

from dataclasses import replace

import pytest

import taskie
from taskie.completeness import Issue, find_issues, most_pressing
from taskie.extractor import Extractor, load
from taskie.ner.tagger import default_model_path
from taskie.records import Document, Entity


@pytest.fixture(scope="module")
def extractor():
    return load(default_model_path())


def issues(extractor, text, *marks):
    entities = []
    for label, words in marks:
        start = text.index(words)
        entities.append(Entity(label, words, start, start + len(words)))
    # Rules alone: bodies that no mark names would be in doubt for a model of links.
    document = Extractor(extractor.tagger).extract_with_entities(text, entities)
    return document, [(issue.code, issue.task_number) for issue in find_issues(document)]


def test_complete_task_gives_no_finding(extractor):
    text = (
        "西岭县2024年重点任务\n1.年底前新建泵站3座。（牵头单位：县水利局）\n2.年内改造学校2所。（牵头单位：县教育局）\n"
    )
    marks = [("DEADLINE", "年底前"), ("QUANTITY", "3座"), ("DEADLINE", "年内"), ("QUANTITY", "2所")]
    assert issues(extractor, text, *marks)[1] == []


def test_gaps_are_named_with_their_task(extractor):
    text = "西岭县2024年重点任务\n1.完善机制。\n2.年内改造学校2所。（牵头单位：县教育局、县住建局）\n"
    _, found = issues(extractor, text, ("DEADLINE", "年内"), ("QUANTITY", "2所"))
    assert found == [("no_deadline", "1"), ("no_lead_unit", "1"), ("no_measure", "1"), ("several_leads", "2")]


def test_numbers_that_skip_or_repeat_are_reported(extractor):
    text = "".join(f"{n}.做好第{n}类工作。（县水利局负责）\n" for n in (1, 2, 4, 4, 5))
    found = [code for code, _ in issues(extractor, text)[1]]
    assert found.count("skipped_number") == 1
    assert found.count("repeated_number") == 1


def test_places_lie_in_the_text(extractor):
    text = "1.完善机制。\n3.改造学校2所。\n"
    document, _ = issues(extractor, text, ("QUANTITY", "2所"))
    assert all(0 <= issue.start <= issue.end <= len(text) for issue in find_issues(document))


def test_doubtful_entities_are_reported_and_sure_ones_not():
    text = "支持恒岳重工和明达轴承。"
    entities = (Entity("ORG", "恒岳重工", 2, 6, 0.3), Entity("ORG", "明达轴承", 7, 11, 0.9))
    document = Document(text=text, entities=entities)
    assert [(issue.code, issue.start) for issue in find_issues(document)] == [("doubtful_entity", 2)]


def test_units_in_doubt_are_reported_with_their_task(extractor):
    text = "西岭县2024年重点任务\n1.年内新建泵站3座。（牵头单位：县水利局；配合单位：县财政局）\n"
    document = extractor.extract_with_entities(text, [])
    units = tuple(replace(u, confidence=c) for u, c in zip(document.tasks[0].units, (0.95, 0.4), strict=True))
    doubtful = replace(document, tasks=(replace(document.tasks[0], units=units),))
    found = [issue for issue in find_issues(doubtful) if issue.code == "doubtful_unit"]
    assert [(issue.task_number, text[issue.start : issue.end], issue.confidence) for issue in found] == [
        ("1", "县财政局", 0.4)
    ]
    assert "配合单位" in found[0].message


def test_reviewers_get_warnings_first_then_the_least_sure_then_the_rest():
    warning = Issue("no_lead_unit", "", 90, 91)
    unsure, less = (Issue("doubtful_entity", "", place, 99, None, "note", c) for place, c in ((10, 0.7), (50, 0.3)))
    note = Issue("no_deadline", "", 0, 1, "1", "note")
    assert sorted([note, unsure, less, warning], key=most_pressing) == [warning, less, unsure, note]


def test_empty_document_gives_none():
    assert find_issues(taskie.extract("")) == []
