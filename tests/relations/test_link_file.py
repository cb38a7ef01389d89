import json

import pytest

from taskie.errors import ModelError
from taskie.relations.confidence import Calibration, LinkModels, Logistic
from taskie.relations.link_file import LINKS_FILE, load_links, save_links

MODELS = LinkModels(
    {"unit": Logistic({"tagged": 1.5}, -0.5), "deadline": Logistic({"place=clause": 2.0}, 0.25)},
    {"deadline": Calibration((0.5, 0.25, 1.0), -1.0)},
    frozenset({"deadline"}),
)


def written(folder, **changes):
    save_links(MODELS, folder / LINKS_FILE)
    data = json.loads((folder / LINKS_FILE).read_text(encoding="utf-8"))
    (folder / LINKS_FILE).write_text(json.dumps({**data, **changes}), encoding="utf-8")
    return folder


def test_models_are_read_as_they_were_written(tmp_path):
    assert load_links(written(tmp_path)) == MODELS


def test_a_folder_without_models_of_links_has_none(tmp_path):
    assert load_links(tmp_path) is None


def test_version_1_with_weights_for_units_alone_is_still_read(tmp_path):
    old = {
        "format": "taskie.links",
        "version": 1,
        "features": ["tagged", "role=lead"],
        "weights": [1.5, 0.5],
        "bias": -2,
    }
    (tmp_path / LINKS_FILE).write_text(json.dumps(old), encoding="utf-8")
    models = load_links(tmp_path)
    assert models.scorers["unit"].score_of({"tagged": 1.0, "role=lead": 1.0}) == 0.0
    assert models.decides == frozenset()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"format": "other"}, "expected format 'taskie.links'"),
        ({"version": 3}, "version 1 or 2, found"),
        ({"kinds": []}, "'kinds' must be an object"),
        ({"kinds": {"weather": {}}}, "'kinds' must be an object with some of unit"),
        ({"kinds": {"unit": []}}, "unit must be an object, found list"),
        ({"kinds": {"unit": {"weights": {"a": 1}}}}, "unit.bias must be a finite number, found None"),
        ({"kinds": {"unit": {"weights": {"a": "1"}, "bias": 0}}}, r"unit.weights\['a'\] must be a finite number"),
        ({"kinds": {"unit": {"weights": {"a": float("nan")}, "bias": 0}}}, "must be a finite number, found nan"),
        ({"kinds": {"unit": {"weights": {"a": True}, "bias": 0}}}, "must be a finite number, found True"),
        ({"kinds": {"unit": {"calibration": {"weights": {"score": 1}, "bias": 0}}}}, "must name score, entity, target"),
        ({"decides": ["project"]}, "'decides' must be a list of some of unit"),
        ({"version": 1}, "'features' and 'weights' must be lists"),
    ],
)
def test_a_malformed_file_is_refused_with_what_is_wrong(tmp_path, changes, message):
    with pytest.raises(ModelError, match=message):
        load_links(written(tmp_path, **changes))


def test_a_file_that_is_no_json_is_refused(tmp_path):
    (tmp_path / LINKS_FILE).write_text("no json", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be read as JSON"):
        load_links(tmp_path)
