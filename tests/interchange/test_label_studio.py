import json
import os
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from examples import example, mention
from jsonschema import validate

from taskie.errors import ReadError
from taskie.interchange import MarkedText, Relation, read_marked, write_marked
from taskie.interchange.label_studio import labelling_config
from taskie.interchange.marks import MENTION_LABELS, TAIL_LABELS, TARGET

# As the pages "Label Studio Task Format" and "Import pre-annotated data" state it.
REGION = {
    "type": "object", "required": ["id", "from_name", "to_name", "type", "value"],
    "properties": {
        "type": {"const": "labels"}, "id": {"type": "string"},
        "value": {
            "type": "object", "required": ["start", "end", "labels"],
            "properties": {
                "start": {"type": "integer"}, "end": {"type": "integer"}, "text": {"type": "string"},
                "labels": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            },
        },
    },
}  # fmt: skip
RELATION = {
    "type": "object", "required": ["from_id", "to_id", "type", "direction"],
    "properties": {"type": {"const": "relation"}, "direction": {"enum": ["left", "right", "bi"]}, "labels": {"type": "array"}},
}  # fmt: skip
RESULT = {"type": "array", "items": {"anyOf": [REGION, RELATION]}}
RESULTS = {"type": "array", "items": {"type": "object", "required": ["result"], "properties": {"result": RESULT}}}
TASKS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["data"],
        "properties": {"data": {"type": "object"}, "predictions": RESULTS, "annotations": RESULTS},
    },
}


def exported(marked, tmp_path, **changes):
    """Return the tasks as Label Studio exports them after people have submitted what they saw."""
    path = tmp_path / "out.json"
    write_marked([marked], path, to="label-studio", overwrite=True)
    tasks = json.loads(path.read_text(encoding="utf-8"))
    for i, task in enumerate(tasks, 7):
        result = (task.get("annotations") or task.get("predictions"))[0]["result"]
        task["annotations"] = [{"id": 1, "was_cancelled": False, "completed_by": 1, "result": result, **changes}]
        task["id"] = i
    return tasks


def read(tasks, tmp_path):
    path = tmp_path / "project-1.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return read_marked(path, source="label-studio")


@pytest.mark.parametrize(("predicted", "key"), [(True, "predictions"), (False, "annotations")])
def test_tasks_have_the_form_that_is_documented(predicted, key, tmp_path):
    marked = MarkedText("a", example().text, example().mentions, example().relations, predicted=predicted)
    write_marked([marked], tmp_path / "out.json", to="label-studio")
    tasks = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    validate(tasks, TASKS)
    assert [key] == [k for k in tasks[0] if k != "data"]


def test_configuration_names_all_labels_and_keeps_spaces():
    root = ElementTree.fromstring(labelling_config())
    assert [label.get("value") for label in root.iter("Label")] == list(MENTION_LABELS)
    assert [relation.get("value") for relation in root.iter("Relation")] == list(TAIL_LABELS)
    assert root.find("Style").text == ".htx-text, .lsf-htx-richtext { white-space: pre-wrap; line-height: 3; }"
    assert (root.find("Labels").get("toName"), root.find("Text").get("name")) == ("text", "text")


def test_submitted_predictions_come_back(tmp_path):
    assert read(exported(example(), tmp_path), tmp_path).texts == [example()]


def test_task_that_nobody_annotated_is_left_aside(tmp_path):
    tasks = exported(example(), tmp_path)
    tasks[0]["annotations"] = []
    reading = read(tasks, tmp_path)
    assert (reading.texts, reading.problems) == ([], [])
    assert "1 tasks that nobody annotated left aside" in reading.notes[0]


def test_cancelled_annotation_does_not_count(tmp_path):
    assert read(exported(example(), tmp_path, was_cancelled=True), tmp_path).texts == []


def test_of_two_annotations_the_ground_truth_counts(tmp_path):
    tasks = exported(example(), tmp_path, ground_truth=True, updated_at="2024-01-01")
    tasks[0]["annotations"].append({"result": [], "updated_at": "2025-01-01"})
    reading = read(tasks, tmp_path)
    assert reading.texts == [example()]
    assert "2 annotations" in reading.notes[0]


def astral():
    text = "😀𠮷1. 新增学位800个。（县教育局负责）"
    target, unit = mention("新增学位800个", TARGET, text=text), mention("县教育局", "ORG", text=text)
    return MarkedText("a", text, (target, unit), (Relation(target, unit, "responsible"),))


def test_offsets_count_code_points(tmp_path):
    value = exported(astral(), tmp_path)[0]["annotations"][0]["result"][0]["value"]
    assert (value["start"], value["end"]) == (5, 13)
    assert read(exported(astral(), tmp_path), tmp_path).texts == [astral()]


def test_offsets_of_old_versions_in_utf16_are_understood(tmp_path):
    tasks = exported(astral(), tmp_path)
    for region in tasks[0]["annotations"][0]["result"]:
        if region["type"] == "labels":
            region["value"]["start"] += 2
            region["value"]["end"] += 2
    assert read(tasks, tmp_path).texts == [astral()]


def test_words_that_fit_neither_way_of_counting_are_refused(tmp_path):
    tasks = exported(astral(), tmp_path)
    tasks[0]["annotations"][0]["result"][0]["value"]["start"] += 1
    assert "task 7, region 'm0': the file says '新增学位800个', but 6-13" in read(tasks, tmp_path).problems[0]


def test_relation_drawn_from_right_to_left_is_turned(tmp_path):
    tasks = exported(astral(), tmp_path)
    relation = tasks[0]["annotations"][0]["result"][-1]
    relation["from_id"], relation["to_id"], relation["direction"] = relation["to_id"], relation["from_id"], "left"
    assert read(tasks, tmp_path).texts == [astral()]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"direction": "bi"}, "direction 'bi' is not read"),
        ({"labels": []}, r"a relation needs one label of lead, responsible"),
        ({"labels": None}, "a relation needs one label"),
        ({"labels": ["org:founded_by"]}, "unknown relation 'org:founded_by'"),
        ({"to_id": "gone"}, "names 'gone', but no mention has that id"),
    ],
)
def test_relation_that_cannot_be_read_is_named(change, message, tmp_path):
    tasks = exported(astral(), tmp_path)
    tasks[0]["annotations"][0]["result"][-1].update(change)
    assert message in read(tasks, tmp_path).problems[0]


def test_min_export_is_refused_with_the_right_one(tmp_path):
    reading = read([{"id": 1, "text": "字", "label": [{"start": 0, "end": 1, "labels": ["ORG"]}]}], tmp_path)
    assert "no 'data' object; expected the JSON export of Label Studio" in reading.problems[0]


def test_file_that_is_no_json_is_refused(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("id,text\n", encoding="utf-8")
    with pytest.raises(ReadError, match="a.json: not JSON"):
        read_marked(path, source="label-studio")


def said_by_label_studio(tmp_path, edit=lambda tasks: None):
    """Return the faults that the validators of Label Studio's SDK find, where TASKIE_LABEL_STUDIO names a Python with it."""
    python = os.environ.get("TASKIE_LABEL_STUDIO")
    if not python:
        pytest.skip("TASKIE_LABEL_STUDIO names no Python that has label-studio-sdk")
    texts = [
        MarkedText(m.id, m.text, m.mentions, m.relations, predicted=p) for m in (example(), astral()) for p in (0, 1)
    ]
    path, config = write_marked(texts, tmp_path / "out.json", to="label-studio")
    tasks = json.loads(path.read_text(encoding="utf-8"))
    edit(tasks)
    path.write_text(json.dumps(tasks), encoding="utf-8")
    command = [python, "-W", "ignore", Path(__file__).with_name("label_studio_itself.py"), path, config]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.slow
def test_label_studio_itself_finds_no_fault(tmp_path):
    assert said_by_label_studio(tmp_path) == []


@pytest.mark.slow
def test_label_studio_itself_refuses_a_label_that_the_configuration_lacks(tmp_path):
    def edit(tasks):
        tasks[0]["annotations"][0]["result"][0]["value"]["labels"] = ["PERSON"]

    assert "valid labels" in said_by_label_studio(tmp_path, edit)[0]
