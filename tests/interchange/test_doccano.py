"""doccano: what its validators want, what it hands out, and, where TASKIE_DOCCANO names a Python that has it, itself.

To run the last: python -m venv v && v/bin/pip install doccano 'marshmallow<4' 'numpy<2' 'setuptools<70'
and TASKIE_DOCCANO=v/bin/python pytest tests/interchange/test_doccano.py
"""

import dataclasses
import json
import os
import subprocess
import zipfile
from pathlib import Path

import pytest
from examples import TEXT, example, marked_texts
from hypothesis import Phase, given, settings
from jsonschema import ValidationError, validate

from taskie.errors import AnnotationError, ReadError
from taskie.interchange import MarkedText, Mention, read_marked, write_marked
from taskie.interchange.marks import TARGET

NUMBER = {"type": "integer"}
NAME = {"type": "string", "minLength": 1}
# What data_import/pipeline of doccano 1.8.4 checks: data.TextData, label.SpanLabel and label.RelationLabel. Other keys
# of a line become the document's metadata, save those that its reader has for itself.
LINE = {
    "type": "object", "required": ["text", "entities", "relations"],
    "propertyNames": {"not": {"enum": ["filename", "upload_name", "example_uuid", "#line_number", "id", "data", "Comments"]}},
    "properties": {
        "text": NAME,
        "entities": {
            "type": "array",
            "items": {
                "type": "object", "required": ["id", "start_offset", "end_offset", "label"],
                "properties": {
                    "id": NUMBER, "start_offset": {**NUMBER, "minimum": 0}, "end_offset": {**NUMBER, "minimum": 1}, "label": NAME,
                },
            },
        },
        "relations": {
            "type": "array",
            "items": {
                "type": "object", "required": ["from_id", "to_id", "type"],
                "properties": {"from_id": NUMBER, "to_id": NUMBER, "type": NAME},
            },
        },
    },
}  # fmt: skip


def check_line(line):
    """Check a line as doccano does: what it refuses it drops without a word, or the whole import fails."""
    validate(line, LINE)
    ids = [entity["id"] for entity in line["entities"]]
    if len(ids) != len(set(ids)):
        raise ValidationError("two entities with one id")
    if any(entity["start_offset"] >= entity["end_offset"] for entity in line["entities"]):
        raise ValidationError("start_offset must be less than end_offset")
    if any(relation[end] not in ids for relation in line["relations"] for end in ("from_id", "to_id")):
        raise ValidationError("a relation to no entity of the line")


def lines_of(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def written(tmp_path, texts):
    path = tmp_path / "out.jsonl"
    write_marked(texts, path, to="doccano", overwrite=True)
    return path


def read_lines(lines, tmp_path):
    path = tmp_path / "back.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return read_marked(path, source="doccano")


def zipped(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.jsonl", content)
    return path


def generated():
    """Return a few hundred texts with all that can be marked, none empty: doccano takes no empty text."""
    texts = [example()]

    @settings(max_examples=200, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
    @given(marked=marked_texts())
    def collect(marked):
        texts.append(dataclasses.replace(marked, id=f"doc{len(texts)}"))

    collect()
    return texts


def test_what_is_written_passes_the_validators(tmp_path):
    lines = written(tmp_path, generated()).read_text(encoding="utf-8").split("\n")[:-1]
    for line in lines:
        check_line(json.loads(line))
    assert len(lines) > 100


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("text", ""), ("text", None), ("filename", "a.txt"), ("relations", [{"from_id": 1, "to_id": 99, "type": "lead"}]),
        ("entities", [{"id": 1, "start_offset": 4, "end_offset": 4, "label": "ORG"}]),
        ("entities", [{"id": 1, "start_offset": 0, "end_offset": 4, "label": ""}]),
        ("entities", [{"id": 1, "start_offset": 0, "end_offset": 4, "label": "ORG"}] * 2),
    ],
)  # fmt: skip
def test_validators_refuse_what_doccano_refuses(key, value, tmp_path):
    (line,) = lines_of(written(tmp_path, [MarkedText("a", TEXT)]))
    check_line(line)
    with pytest.raises(ValidationError):
        check_line({**line, key: value})


def test_ids_are_unique_over_the_file(tmp_path):
    lines = lines_of(written(tmp_path, [example(), example()]))
    ids = [entity["id"] for line in lines for entity in line["entities"]]
    assert len(ids) == len(set(ids))


def test_export_with_its_own_fields_is_read(tmp_path):
    (line,) = lines_of(written(tmp_path, [example()]))
    assert read_lines([{"id": 6400, "Comments": [], **line}], tmp_path).texts == [example()]


@pytest.mark.parametrize("key", ["label", "labels"])
def test_plain_export_gives_entities(key, tmp_path):
    (marked,) = read_lines([{"id": 1, "text": TEXT, key: [[0, 3, "ORG"]]}], tmp_path).texts
    assert marked.mentions == (Mention(0, 3, "ORG"),)
    assert marked.layers == ("entities",)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"text": TEXT}, "neither 'entities' nor 'label'"),
        ({"text": TEXT, "label": "ORG"}, "'label' must be a list"),
        ({"text": TEXT, "label": [[0, 3]]}, r"back.jsonl:1: label 1: expected \[start, end, label\]"),
        ({"text": TEXT, "entities": [7]}, "'entities' must be a list of objects"),
        ({"entities": []}, "the text must be a string"),
    ],
)
def test_line_of_another_form_is_named(line, message, tmp_path):
    with pytest.raises(AnnotationError, match=message):
        read_lines([line], tmp_path).raise_problems()


def test_zip_that_doccano_hands_out_is_read(tmp_path):
    content = written(tmp_path, [example()]).read_text(encoding="utf-8")
    path = zipped(tmp_path / "export.zip", all=content)
    assert read_marked(path, source="doccano").texts == [example()]


def test_fault_in_the_zip_is_named_with_its_line(tmp_path):
    reading = read_marked(zipped(tmp_path / "export.zip", all='{"text": \n'), source="doccano")
    assert "export.zip:1: not JSON" in reading.problems[0]


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"zhang": "", "li": ""}, r"must hold one .jsonl file, holds zhang.jsonl, li.jsonl; unpack it"),
        ({}, "holds none"),
        ({"all": b"\xff\xfe"}, "all.jsonl: byte 0 is not UTF-8"),
    ],
)
def test_zip_of_another_form_is_refused(members, message, tmp_path):
    with pytest.raises(ReadError, match=message):
        read_marked(zipped(tmp_path / "export.zip", **members), source="doccano")


def test_zip_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("taskie.interchange.doccano.MAX_BYTES", 1000)
    with pytest.raises(ReadError, match="export it in parts"):
        read_marked(zipped(tmp_path / "export.zip", all=" " * 1001), source="doccano")


def test_damaged_zip_is_refused(tmp_path):
    path = zipped(tmp_path / "export.zip", all="没有标注的文字" * 99)
    data = bytearray(path.read_bytes())
    data[45] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(ReadError, match=r"all.jsonl cannot be unpacked: .*; export it anew"):
        read_marked(path, source="doccano")


def through_doccano(texts, tmp_path, *fields):
    """Return what doccano's own code said while importing, and what it handed out."""
    python = os.environ.get("TASKIE_DOCCANO")
    if not python:
        pytest.skip("TASKIE_DOCCANO names no Python that has doccano")
    script = Path(__file__).with_name("doccano_itself.py")
    command = [python, "-W", "ignore", script, written(tmp_path, texts), tmp_path, *fields]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return done.stderr, None
    return json.loads(done.stdout.splitlines()[-1]), read_marked(tmp_path / "export.zip", source="doccano")


@pytest.mark.slow
@pytest.mark.parametrize("field", ["collaborative_annotation=True", "collaborative_annotation=False"])
def test_doccano_itself_takes_and_returns_all(field, tmp_path):
    texts = generated()
    errors, reading = through_doccano(texts, tmp_path, field)
    assert (errors, reading.problems) == ([], [])
    assert reading.texts == texts


@pytest.mark.slow
def test_doccano_itself_fails_on_targets_where_spans_may_not_overlap(tmp_path):
    said, reading = through_doccano([example()], tmp_path, "allow_overlapping=False")
    assert "KeyError" in said
    assert reading is None


@pytest.mark.slow
def test_doccano_itself_needs_no_overlap_for_entities_alone(tmp_path):
    entities = MarkedText("a", TEXT, tuple(m for m in example().mentions if m.label != TARGET))
    errors, reading = through_doccano([entities], tmp_path, "allow_overlapping=False")
    assert (errors, reading.texts) == ([], [entities])
