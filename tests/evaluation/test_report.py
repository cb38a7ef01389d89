import json

import pytest

from taskie.evaluation.baselines import same_row
from taskie.evaluation.bootstrap import interval, paired_difference
from taskie.evaluation.gold import Gold, read_gold
from taskie.evaluation.report import evaluate
from taskie.evaluation.scores import Count, DocumentScores
from taskie.records import LABELS

TEXT = "1. 办教育。新增学位800个，建学校2所。（牵头单位：县教育局）\n2. 修<路>。修路3公里。（牵头单位：县交通局）\n"


@pytest.fixture
def gold(extractor):
    return Gold("demo", extractor.extract(TEXT), ((0, len(TEXT)),))


def test_model_against_its_own_output_has_no_difference(extractor, gold):
    report = evaluate(extractor, [gold])
    assert report.differences == ()
    assert report.to_dict()["lines"]["predicted"]["rows"]["records"]["value"] == 1.0


def test_page_shows_misses_in_their_sentence_and_escapes_the_text(extractor, gold):
    fewer = Gold("demo", type(gold.document)(text=TEXT, entities=gold.document.entities[:1], tasks=()), gold.annotated)
    page = evaluate(extractor, [fewer]).to_html()
    assert "<mark>800个</mark>" in page
    assert "<路>" not in page


def test_text_and_json_hold_the_same_figures(extractor, gold):
    report = evaluate(extractor, [gold])
    assert json.loads(report.to_json()) == json.loads(json.dumps(report.to_dict()))
    assert "links" in report.to_text()


def test_gold_file_with_annotated_ranges_is_read(tmp_path, extractor, gold):
    data = {**gold.document.to_dict(), "annotated": [[0, 20]]}
    path = tmp_path / "demo.gold.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert read_gold(path).annotated == ((0, 20),)
    assert read_gold(path).name == "demo"


def scores(hits, missed):
    return DocumentScores({"ner": Count(hits, 0, missed)})


def test_interval_needs_eight_documents():
    assert interval([scores(5, 1)] * 7, "ner") is None
    low, high = interval([scores(5, 1)] * 8, "ner")
    assert low == high == pytest.approx(10 / 11)


def test_paired_difference_finds_the_better_system():
    better, worse = [scores(9, 1)] * 10, [scores(5, 5)] * 10
    difference, low, high, p = paired_difference(better, worse, "ner")
    assert low == high == pytest.approx(difference)
    assert p == 0.0
    assert paired_difference(worse, better, "ner")[3] == 1.0


def test_paired_difference_refuses_other_documents():
    with pytest.raises(ValueError, match="same ones"):
        paired_difference([scores(1, 1)], [], "ner")


def test_report_has_a_row_for_the_confidence_of_all_entities_each_label_and_units(extractor, gold):
    report = evaluate(extractor, [gold])
    rows = report.to_dict()["lines"]["predicted"]["rows"]
    assert {"ece", "ece:ORG", "ece:PROJECT", "ece:QUANTITY", "ece:DEADLINE", "ece:units"} <= set(rows)
    assert rows["ece"]["count"] == sum(rows[f"ece:{label}"]["count"] for label in LABELS) > 0
    # Against its own output every prediction is right, so what is missing to 1 is the error.
    assert rows["ece"]["value"] == pytest.approx(1 - rows["ece"]["confidence"], abs=1e-3)
    assert "ece:units" not in report.to_dict()["lines"]["gold entities"]["rows"]
    assert "ece:ORG" in report.to_text()
    assert "<svg" in report.to_html()


def test_known_and_new_names_are_shown_if_asked_and_only_then(extractor, gold):
    known = {"ORG": frozenset(["县教育局"]), "PROJECT": frozenset()}
    report = evaluate(extractor, [gold], known=known)
    rows = report.to_dict()["lines"]["predicted"]["rows"]
    assert (rows["seen:ORG"]["hits"], rows["unseen:ORG"]["hits"]) == (1, 1)
    assert "unseen:ORG" in report.to_text()
    assert "unseen:ORG" in report.to_html()
    assert "unseen:ORG" not in evaluate(extractor, [gold]).to_text()


def test_same_row_links_every_unit_of_the_task(extractor):
    text = "1. 办教育。新增学位800个。（牵头单位：县教育局；配合单位：县财政局）\n"
    document = extractor.extract(text)
    assert [t.lead_units for task in document.tasks for t in task.targets] == [("县教育局",)]
    linked = [t.lead_units for task in same_row(document).tasks for t in task.targets]
    assert linked == [("县教育局", "县财政局")]
