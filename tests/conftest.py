"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# How long one example takes says nothing on a machine that does other work beside.
settings.register_profile("taskie", deadline=None)
settings.load_profile("taskie")


def shared_folder() -> Path | None:
    """Return the folder of development texts that are not part of the repository, if it is there."""
    named = os.environ.get("TASKIE_SHARED")
    candidates = [Path(named)] if named else [Path(__file__).resolve().parents[2] / "shared"]
    return next((folder for folder in candidates if (folder / "dev").is_dir()), None)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of development texts, or skip the test with a message."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("the development texts are not here; set TASKIE_SHARED to their folder")
    return folder


@pytest.fixture(scope="session")
def extractor():
    """Return the extractor with the shipped model."""
    import taskie
    from taskie.ner.tagger import default_model_path

    return taskie.load(default_model_path())
