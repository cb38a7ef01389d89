"""Turn Chinese government task notices into a ledger of tasks, targets, units and deadlines.

    import taskie
    doc = taskie.extract(text)

Importing this module loads no model and opens no connection; names are loaded on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from taskie.errors import AnnotationError, MissingDependencyError, ModelError, ReadError, TaskieError, WriteError
    from taskie.extractor import Extractor, extract, extract_batch, extract_file, load
    from taskie.records import Deadline, Document, Entity, Measure, Period, Project, Target, Task, TextSpan, Unit

__version__ = "0.1.0"

_HOMES = {
    "taskie.errors": ("AnnotationError", "MissingDependencyError", "ModelError", "ReadError", "TaskieError", "WriteError"),
    "taskie.extractor": ("Extractor", "extract", "extract_batch", "extract_file", "load"),
    "taskie.records": (
        "Deadline", "Document", "Entity", "Measure", "Period", "Project", "Target", "Task", "TextSpan", "Unit",
    ),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "AnnotationError", "Deadline", "Document", "Entity", "Extractor", "Measure", "MissingDependencyError", "ModelError",
    "Period", "Project", "ReadError", "Target", "Task", "TaskieError", "TextSpan", "Unit", "WriteError", "__version__",
    "extract", "extract_batch", "extract_file", "load",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'taskie' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
