"""The extractor of a worker process: loaded when first needed, and once.

Boundary: nothing here is pickled but a path, so that any engine can send work to its processes.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from taskie.records import Document

if TYPE_CHECKING:
    from taskie.extractor import Extractor


def extract_text(text: str | None, model: str | None) -> tuple[Document | None, str | None]:
    """Return the document of ``text``, or why there is none; a missing text gives neither.

    ``model`` is a model folder, the shipped one if it is ``None``.
    """
    if text is None:
        return None, None
    try:
        return _extractor(model, os.getpid()).extract(text), None
    except Exception as error:  # whatever it is, one document must not lose the collection
        from taskie.errors import ModelError

        if isinstance(error, ModelError):
            raise
        return None, f"{type(error).__name__}: {error}"


@cache
def _extractor(model: str | None, process: int) -> Extractor:
    """Load the model; ``process`` keeps a forked worker from using the session of its parent."""
    from taskie.extractor import load
    from taskie.ner.tagger import default_model_path

    return load(model or default_model_path())
