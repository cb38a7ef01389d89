"""The marks that the shipped model holds on the development documents; they are not part of the repository."""

import pytest

from taskie.evaluation.bootstrap import total_of, value_of
from taskie.evaluation.gold import read_gold_paths
from taskie.evaluation.report import evaluate

pytestmark = pytest.mark.shared
MARKS = {
    "ner": 0.91, "tasks": 0.99, "statement": 0.99, "units": 0.99, "targets": 0.92, "links": 0.91, "measures": 0.92,
    "indicators": 0.85, "deadlines": 0.93, "deadline_dates": 0.95, "records": 0.9,
}  # fmt: skip
GOLD_MARKS = {"links": 0.995, "measures": 0.99, "deadlines": 0.99, "indicators": 0.95, "records": 0.97}


@pytest.fixture(scope="module")
def report(shared, extractor):
    return evaluate(extractor, read_gold_paths([shared / "dev"]))


@pytest.mark.parametrize("name", MARKS)
def test_predicted_documents_hold_their_mark(report, name):
    assert value_of(total_of(report.lines["predicted"]), name) >= MARKS[name]


@pytest.mark.parametrize("name", GOLD_MARKS)
def test_documents_with_gold_entities_hold_their_mark(report, name):
    assert value_of(total_of(report.lines["gold entities"]), name) >= GOLD_MARKS[name]


def test_links_beat_the_nearest_unit(report):
    links = {line: value_of(total_of(report.lines[line]), "links") for line in ("predicted", "nearest unit")}
    assert links["predicted"] > links["nearest unit"] + 0.1


def test_three_rows_of_a_cell_a_line_come_out_as_three_tasks(shared, extractor):
    doc = extractor.extract((shared / "seeds" / "000_first_3_rows.txt").read_text(encoding="utf-8"))
    assert [task.number for task in doc.tasks] == ["5", "6", "13"]
    assert [len(task.units) for task in doc.tasks] == [4, 3, 1]
    assert all(task.progress and len(task.progress.text) > 80 for task in doc.tasks)
