import copy
import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskie.errors import ReadError, TaskieError
from taskie.ledger import COLUMNS
from taskie.records import (
    BOUNDS,
    CHANGES,
    LABELS,
    ROLES,
    Deadline,
    Document,
    Entity,
    Measure,
    Project,
    Target,
    Task,
    TextSpan,
    Unit,
)

text_strategy = st.text(st.characters(exclude_categories=("Cs",)), min_size=6, max_size=60).filter(
    lambda t: len("".join(t.split())) >= 2
)


@st.composite
def spans(draw, text):
    start = draw(st.integers(0, len(text) - 1))
    return start, draw(st.integers(start + 1, len(text)))


@st.composite
def documents(draw):
    text = draw(text_strategy)

    def span():
        return draw(spans(text))

    entities = tuple(
        Entity(draw(st.sampled_from(LABELS)), text[a:b], a, b)
        for a, b in (span() for _ in range(draw(st.integers(0, 3))))
    )
    a, b = span()
    unit = Unit("".join(text[a:b].split()), draw(st.sampled_from(ROLES)), a, b)
    measure = Measure(
        "数",
        text[a:b],
        a,
        b,
        draw(st.one_of(st.none(), st.integers(0, 10**9))),
        None,
        "个",
        draw(st.sampled_from(BOUNDS)),
        draw(st.sampled_from(CHANGES)),
    )
    target = Target(
        text[a:b],
        a,
        b,
        (unit.name,),
        deadline=Deadline(text[a:b], a, b, "2024-12-31"),
        projects=(Project(unit.name, a, b),),
        measures=(measure,),
    )
    task = Task(
        number="1",
        title=None,
        section=None,
        text=text,
        start=0,
        end=len(text),
        statement=TextSpan(text[a:b], a, b),
        units=(unit,),
        targets=(target,),
    )
    return Document(text=text, entities=entities, tasks=(task,) if draw(st.booleans()) else ())


@given(documents())
def test_reading_what_was_written_gives_the_same_document(document):
    assert Document.from_dict(document.to_dict()) == document
    assert Document.from_json(document.to_json()) == document


@given(documents())
def test_every_key_is_always_present(document):
    plain = document.to_dict()
    assert {
        "schema_version",
        "kind",
        "title",
        "doc_number",
        "issuer",
        "issued_on",
        "addressees",
        "period",
        "text",
        "entities",
        "tasks",
    } <= set(plain)
    for task in plain["tasks"]:
        assert {
            "number",
            "title",
            "section",
            "headings",
            "text",
            "start",
            "end",
            "statement",
            "units",
            "leaders",
            "deadline",
            "status",
            "progress",
            "next_steps",
            "targets",
        } <= set(task)


@pytest.fixture
def plain():
    text = "1. 修路3公里。"
    target = Target("修路3公里", 3, 8, ("县交通局",))
    task = Task(
        number="1",
        title=None,
        section=None,
        text=text,
        start=0,
        end=len(text),
        statement=TextSpan("修路3公里。", 3, 9),
        targets=(target,),
    )
    return Document(text=text, entities=(Entity("QUANTITY", "3公里", 5, 8),), tasks=(task,)).to_dict()


def test_later_minor_version_with_unknown_keys_is_read(plain):
    assert Document.from_dict({**plain, "schema_version": "1.7", "mood": "fine"}).schema_version == "1.7"


@pytest.mark.parametrize("version", ["2.0", "0.9", 1, None])
def test_other_major_version_is_refused(plain, version):
    with pytest.raises(ReadError, match="schema_version"):
        Document.from_dict({**plain, "schema_version": version})


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("entities", 0, "end"), 99, "lies outside the text"),
        (("entities", 0, "start"), 4, "is not its slice"),
        (("entities", 0, "label"), "PERSON", "is not one of ORG"),
        (("entities", 0, "start"), True, "expected int"),
        (("entities", 0, "start"), "5", "expected int"),
        (("tasks", 0, "statement"), None, "expected an object"),
        (("tasks", 0, "units"), "县交通局", "expected a list"),
        (("kind",), "letter", "is not one of notice"),
        (("text",), None, "expected str"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(plain, path, value, message):
    broken = copy.deepcopy(plain)
    place = broken
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(ReadError, match=message):
        Document.from_dict(broken)


def test_missing_key_is_named(plain):
    del plain["entities"][0]["label"]
    with pytest.raises(ReadError, match=r"document.entities\[0\]: key 'label' is missing"):
        Document.from_dict(plain)


@pytest.mark.parametrize("data", ["text", None, [], 3])
def test_other_things_than_objects_are_refused(data):
    with pytest.raises(ReadError, match="must be a JSON object"):
        Document.from_dict(data)


def test_text_that_is_no_json_is_refused():
    with pytest.raises(ReadError, match="not JSON"):
        Document.from_json("{")


def test_objects_cannot_be_changed(plain):
    document = Document.from_dict(plain)
    with pytest.raises(dataclasses.FrozenInstanceError):
        document.text = "x"


def test_every_error_is_a_taskie_error_and_the_built_in_one():
    assert issubclass(ReadError, TaskieError)
    assert issubclass(ReadError, ValueError)


def test_ledger_has_one_row_a_measure_in_the_order_of_the_contract(plain):
    document = Document.from_dict(plain)
    (row,) = document.records()
    assert list(row) == list(COLUMNS)
    assert row["target"] == "修路3公里"
    assert row["lead_units"] == "县交通局"
    assert row["value"] is None


def test_target_with_two_measures_gives_two_rows(plain):
    measures = (Measure("路", "3公里", 5, 8, 3, None, "公里"), Measure("路", "3", 5, 6, 3, None, "条"))
    document = Document.from_dict(plain)
    target = dataclasses.replace(document.tasks[0].targets[0], measures=measures)
    document = dataclasses.replace(document, tasks=(dataclasses.replace(document.tasks[0], targets=(target,)),))
    assert [row["unit"] for row in document.records()] == ["公里", "条"]


def test_data_frame_has_the_columns_also_without_rows():
    assert list(Document(text="").to_pandas().columns) == list(COLUMNS)


def test_completeness_names_what_is_missing(plain):
    codes = {issue.code for issue in Document.from_dict(plain).issues()}
    assert {"no_lead_unit", "no_deadline"} <= codes
