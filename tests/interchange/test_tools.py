"""Prodigy, brat and DocBin: what their documentation states, and what a tool may send back."""

import json

import pytest
from examples import TEXT, example
from jsonschema import validate

from taskie.errors import AnnotationError, ReadError, WriteError
from taskie.interchange import MarkedText, Mention, read_marked, write_marked
from taskie.interchange.brat import annotation_config
from taskie.interchange.marks import MENTION_LABELS, TAIL_LABELS, TARGET

WHOLE = {"type": "integer", "minimum": 0}
SPAN = {
    "required": ["start", "end", "token_start", "token_end", "label"],
    "properties": dict.fromkeys(["start", "end", "token_start", "token_end"], WHOLE),
}
PRODIGY = {
    "type": "object", "required": ["text", "tokens", "spans", "relations"],
    "properties": {
        "tokens": {"type": "array", "items": {"required": ["text", "start", "end", "id", "ws"]}},
        "spans": {"type": "array", "items": SPAN},
        "relations": {
            "type": "array",
            "items": {
                "required": ["head", "child", "label", "head_span", "child_span"],
                "properties": {"head": WHOLE, "child": WHOLE, "head_span": SPAN, "child_span": SPAN},
            },
        },
    },
}  # fmt: skip


def lines_of(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def written(name, tmp_path):
    path = tmp_path / "out.jsonl"
    write_marked([example(), example()], path, to=name, overwrite=True)
    return lines_of(path)


def read_lines(lines, name, tmp_path):
    path = tmp_path / "back.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return read_marked(path, source=name)


def test_line_that_is_no_json_is_named_and_the_others_are_read(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "字", "label": []}\n{"text": \n[1]\n', encoding="utf-8")
    reading = read_marked(path, source="doccano")
    assert len(reading.texts) == 1
    assert "a.jsonl:2: not JSON" in reading.problems[0]
    assert "a.jsonl:3: expected an object, got list" in reading.problems[1]


def test_prodigy_lines_have_the_form_that_is_documented(tmp_path):
    for line in written("prodigy", tmp_path):
        validate(line, PRODIGY)


def test_prodigy_tokens_are_characters_and_spans_do_not_overlap(tmp_path):
    line = written("prodigy", tmp_path)[0]
    assert "".join(token["text"] for token in line["tokens"]) == TEXT
    spans = sorted((span["token_start"], span["token_end"]) for span in line["spans"])
    assert all(one[1] < other[0] for one, other in zip(spans, spans[1:], strict=False))


def test_prodigy_relation_ends_on_the_last_tokens_of_its_spans(tmp_path):
    for relation in written("prodigy", tmp_path)[0]["relations"]:
        assert relation["head"] == relation["head_span"]["token_end"] == relation["head_span"]["end"] - 1
        assert relation["child"] == relation["child_span"]["token_end"]


def test_prodigy_relation_drawn_from_a_token_belongs_to_the_target_around_it(tmp_path):
    line = written("prodigy", tmp_path)[0]
    for relation in line["relations"]:
        relation["head_span"].update(start=relation["head"], end=relation["head"] + 1, label=None)
    assert read_lines([line], "prodigy", tmp_path).texts == [example()]


def test_prodigy_targets_drawn_as_spans_are_read(tmp_path):
    line = written("prodigy", tmp_path)[0]
    line["spans"] += line.pop("targets")
    assert read_lines([line], "prodigy", tmp_path).texts == [example()]


@pytest.mark.parametrize("answer", ["reject", "ignore"])
def test_prodigy_task_that_was_refused_is_left_aside(answer, tmp_path):
    reading = read_lines([{**written("prodigy", tmp_path)[0], "answer": answer}], "prodigy", tmp_path)
    assert (reading.texts, reading.problems) == ([], [])
    assert "rejected or ignored" in reading.notes[0]


def test_brat_configuration_allows_every_relation_and_entities_in_targets():
    config = annotation_config()
    assert all(f"\n{label}\n" in config for label in MENTION_LABELS)
    assert all(f"{label}\tArg1:TARGET, Arg2:{tail}\n" in config for label, tail in TAIL_LABELS.items())
    assert "<OVERLAP>" in config
    assert [line for line in config.splitlines() if line.startswith("[")] == [
        "[entities]", "[relations]", "[events]", "[attributes]",
    ]  # fmt: skip


def test_brat_cuts_a_mention_at_line_ends(tmp_path):
    marked = MarkedText("a", "甲乙\n丙丁", (Mention(1, 4, TARGET),))
    write_marked([marked], tmp_path / "b", to="brat")
    assert (tmp_path / "b" / "a.ann").read_text(encoding="utf-8") == "T1\tTARGET 1 2;3 4\t乙 丙\n"


def brat_folder(tmp_path, annotation, text="县科技局\n新增4家"):
    tmp_path.joinpath("a.txt").write_text(text, encoding="utf-8")
    tmp_path.joinpath("a.ann").write_text(annotation, encoding="utf-8")
    return read_marked(tmp_path, source="brat")


def test_brat_notes_and_attributes_are_passed_over(tmp_path):
    reading = brat_folder(tmp_path, "T1\tORG 0 4\t县科技局\n#1\tAnnotatorNotes T1\t存疑\nA1\tNegation T1\n")
    assert reading.texts[0].mentions == (Mention(0, 4, "ORG"),)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("T1\tORG 0 4\t县科技", r"a.ann:1: the file says '县科技', but 0-4 of the text is '县科技局'"),
        ("T1\tORG 0 40\t县科技局", "span 0-40 does not lie"),
        ("T1\tORG 0 1;2 4\t县 技局", "leaves out text in the middle"),
        ("T1 ORG 0 4 县科技局", "expected 'T1<tab>label start end<tab>text'"),
        ("T1\tPERSON 0 4\t县科技局", "unknown label 'PERSON'"),
        ("R1\tlead Arg1:T8 Arg2:T9", "names 'T8', but no mention has that id"),
        ("R1\tlead T8 T9", "expected 'R1<tab>label Arg1:T1 Arg2:T2'"),
        ("E1\tMove:T1", "'E1' is no line that is read"),
        ("*\tEquiv T1 T2", "is no line that is read"),
    ],
)
def test_brat_line_that_is_wrong_is_named(line, message, tmp_path):
    with pytest.raises(AnnotationError, match=message):
        brat_folder(tmp_path, line + "\n").raise_problems()


def test_brat_annotation_without_its_text_is_named_and_the_others_are_read(tmp_path):
    tmp_path.joinpath("b.ann").write_text("", encoding="utf-8")
    reading = brat_folder(tmp_path, "")
    assert [marked.id for marked in reading.texts] == ["a"]
    assert "b.txt: cannot be read" in reading.problems[0]


def test_brat_folder_without_annotation_is_refused(tmp_path):
    with pytest.raises(ReadError, match="holds no .ann file"):
        read_marked(tmp_path, source="brat")


def test_docbin_serves_spacy_as_entities_and_spans(tmp_path):
    import spacy
    from spacy.tokens import DocBin

    write_marked([example()], tmp_path / "a.spacy", to="docbin")
    (doc,) = DocBin().from_disk(tmp_path / "a.spacy").get_docs(spacy.blank("zh").vocab)
    assert doc.text == TEXT
    assert ("县科技局", "ORG") in [(ent.text, ent.label_) for ent in doc.ents]
    assert [span.text for span in doc.spans["targets"]] == [
        "年底前建成滨河大桥", "新增研发平台5家以上", "新增学位800个",
    ]  # fmt: skip


def test_docbin_made_elsewhere_gives_its_entities(tmp_path):
    import spacy
    from spacy.tokens import DocBin

    doc = spacy.blank("zh")("县科技局")
    doc.ents = [doc.char_span(0, 4, label="ORG")]
    DocBin(docs=[doc]).to_disk(tmp_path / "a.spacy")
    (marked,) = read_marked(tmp_path / "a.spacy", source="docbin").texts
    assert marked.mentions == (Mention(0, 4, "ORG"),)
    assert marked.id == "a_1"


def test_file_that_is_no_docbin_is_refused(tmp_path):
    (tmp_path / "a.spacy").write_bytes(b"nonsense")
    with pytest.raises(ReadError, match="not a DocBin file"):
        read_marked(tmp_path / "a.spacy", source="docbin")


@pytest.mark.parametrize(
    ("name", "path", "message"),
    [
        ("doccano", "a.json", "doccano is written to a file that ends in .jsonl"),
        ("label-studio", "none/a.json", "the folder .*none does not exist"),
    ],
)
def test_output_that_does_not_fit_is_refused(name, path, message, tmp_path):
    with pytest.raises(WriteError, match=message):
        write_marked([], tmp_path / path, to=name)


@pytest.mark.parametrize(("name", "ending"), [("doccano", ".jsonl"), ("label-studio", ".config.xml"), ("brat", "")])
def test_nothing_is_replaced_unless_told(name, ending, tmp_path):
    (tmp_path / f"a{ending}").write_text("mine", encoding="utf-8")
    path = tmp_path / ("a.json" if name == "label-studio" else f"a{ending}")
    with pytest.raises(WriteError, match="exists already"):
        write_marked([], path, to=name)
    assert (tmp_path / f"a{ending}").read_text(encoding="utf-8") == "mine"


def test_unknown_format_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(ValueError, match="unknown format 'xml'; known are label-studio, doccano"):
        write_marked([], tmp_path / "a", to="xml")


@pytest.mark.parametrize("name", ["doccano", "brat"])
def test_source_that_is_missing_is_named(name, tmp_path):
    with pytest.raises(ReadError, match="no such file"):
        read_marked(tmp_path / "nothere", source=name)
