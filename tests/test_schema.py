import json
from configparser import ConfigParser
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

import taskie
from taskie.schema import document_schema

COMMITTED = files("taskie").joinpath("data", "document-1.0.json").read_text(encoding="utf-8")


def test_committed_schema_is_the_one_of_the_data_model():
    assert json.loads(COMMITTED) == document_schema()


def test_extracted_documents_fit_the_schema():
    doc = taskie.extract(
        "序号\t工作任务\t完成时限\t牵头单位\n1\t修路3公里\t年底\t县交通局\n2\t建桥1座\t9月底\t县住建局\n"
    )
    assert len(doc.tasks) == 2
    jsonschema.validate(doc.to_dict(), document_schema())


def test_missing_key_does_not_fit():
    plain = taskie.extract("").to_dict()
    del plain["tasks"]
    with pytest.raises(jsonschema.ValidationError, match="'tasks' is a required property"):
        jsonschema.validate(plain, document_schema())


def test_registered_names_are_frozen():
    config = ConfigParser()
    config.read(Path(__file__).parents[1] / "setup.cfg", encoding="utf-8")
    points = {
        group: [line.split("=")[0].strip() for line in text.strip().split("\n")]
        for group, text in config["options.entry_points"].items()
    }
    assert points == {
        "console_scripts": ["taskie"],
        "spacy_factories": ["taskie_tagger"],
        "spacy_tokenizers": ["taskie.CharTokenizer.v1"],
    }
