import json
import tempfile
from pathlib import Path

import pytest
from examples import example, marked_texts
from hypothesis import given, settings

import taskie
from taskie.interchange import FORMATS, MarkedText, mark, read_marked, to_document, write_marked
from taskie.records import Document

SAMPLES = Path(__file__).parents[2] / "samples"


def there_and_back(marked, name, folder):
    path = Path(folder) / f"out{FORMATS[name].ending}"
    write_marked([marked], path, to=name, overwrite=True)
    return read_marked(path, source=name).raise_problems().texts


@pytest.mark.parametrize("name", FORMATS)
def test_every_kind_of_mention_and_relation_comes_back(name, tmp_path):
    assert there_and_back(example(), name, tmp_path) == [example()]


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=40, deadline=None)
@given(marked=marked_texts())
def test_any_marked_text_comes_back_as_it_was(name, marked):
    with tempfile.TemporaryDirectory() as folder:
        assert there_and_back(marked, name, folder) == [marked if name != "brat" else brat_form(marked)]


def brat_form(marked):
    """brat names a text by its file."""
    return MarkedText("doc", marked.text, marked.mentions, marked.relations)


@pytest.mark.parametrize("name", FORMATS)
def test_text_without_marks_comes_back(name, tmp_path):
    marked = MarkedText("plain", "没有标注的文字\r\n第二行")
    assert there_and_back(marked, name, tmp_path) == [marked]


@pytest.mark.parametrize("name", FORMATS)
def test_several_texts_come_back_in_order(name, tmp_path):
    texts = [MarkedText(f"doc{i}", f"第{i}份\n", ()) for i in range(3)]
    path = tmp_path / f"out{FORMATS[name].ending}"
    write_marked(texts, path, to=name)
    assert read_marked(path, source=name).texts == texts


def without_confidence(value):
    if isinstance(value, dict):
        return {key: without_confidence(item) for key, item in value.items() if "confidence" not in key}
    return [without_confidence(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("sample", ["notice.txt", "progress.txt"])
def test_document_comes_back_whole_with_its_original(sample):
    document = taskie.extract(SAMPLES.joinpath(sample).read_text(encoding="utf-8"))
    marked, left_out = mark(document, document_id="x")
    assert left_out == []
    assert to_document(marked, original=document) == (document, [])


@pytest.mark.parametrize("sample", ["notice.txt", "progress.txt"])
def test_document_comes_back_without_its_original_but_for_confidences(sample):
    document = taskie.extract(SAMPLES.joinpath(sample).read_text(encoding="utf-8"))
    again, problems = to_document(mark(document, document_id="x")[0])
    assert problems == []
    assert without_confidence(again.to_dict()) == without_confidence(document.to_dict())


def test_entities_alone_come_back_as_entities_alone():
    document = taskie.extract(SAMPLES.joinpath("notice.txt").read_text(encoding="utf-8"))
    marked, _ = mark(document, document_id="x", layers=("entities",))
    again, _ = to_document(marked, original=document)
    assert marked.layers == ("entities",)
    assert (again.entities, again.tasks) == (document.entities, ())


def test_written_json_is_readable_chinese(tmp_path):
    write_marked([example()], tmp_path / "a.json", to="label-studio")
    content = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert "县科技局" in content
    assert json.loads(content)


def test_documents_of_before_are_unchanged_in_shape():
    document, _ = to_document(example())
    assert Document.from_dict(document.to_dict()) == document
