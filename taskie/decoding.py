"""Read records back from their JSON form and check them against their text.

Boundary: this module turns plain values into ``taskie.records`` objects and refuses what
does not fit; it never repairs.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any

from taskie import records
from taskie.errors import ReadError

_CLOSED_SETS: dict[tuple[str, str], tuple[str, ...]] = {
    ("Entity", "label"): records.LABELS,
    ("Document", "kind"): records.KINDS,
    ("Unit", "role"): records.ROLES,
    ("Measure", "bound"): records.BOUNDS,
    ("Measure", "change"): records.CHANGES,
    ("Deadline", "source"): records.DEADLINE_SOURCES,
    ("Target", "commitment"): records.COMMITMENTS,
}
# Types whose ``text`` is the slice itself; a Unit's or Project's ``name`` is the slice without white space.
_SLICED = (
    records.Entity,
    records.TextSpan,
    records.Deadline,
    records.Measure,
    records.Reported,
    records.Target,
    records.Task,
)
_NAMED = (records.Unit, records.Project)


def decode_document(data: Mapping[str, Any]) -> records.Document:
    """Build a ``Document`` from plain values; see ``Document.from_dict`` for what is raised."""
    if not isinstance(data, Mapping):
        raise ReadError(f"a document must be a JSON object, got {type(data).__name__}")
    version = data.get("schema_version", records.SCHEMA_VERSION)
    if not isinstance(version, str) or version.split(".")[0] != records.SCHEMA_VERSION.split(".")[0]:
        raise ReadError(
            f"schema_version {version!r} cannot be read; this taskie reads {records.SCHEMA_VERSION.split('.')[0]}.x"
        )
    document = _decode(records.Document, _with_task_texts(data), "document")
    _check_spans(document, document.text, "document")
    return document


def _with_task_texts(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Fill in the text of tasks that give offsets only, as hand-written gold may."""
    text, tasks = data.get("text"), data.get("tasks")
    if not isinstance(text, str) or not isinstance(tasks, list):
        return data
    filled = [
        {**task, "text": text[task["start"] : task["end"]]}
        if isinstance(task, Mapping) and "text" not in task and "start" in task and "end" in task
        else task
        for task in tasks
    ]
    return {**data, "tasks": filled}


def _decode(cls: type, data: Any, where: str) -> Any:
    if not isinstance(data, Mapping):
        raise ReadError(f"{where}: expected an object for {cls.__name__}, got {type(data).__name__}")
    values: dict[str, Any] = {}
    for name, hint, required in _fields(cls):
        if name not in data:
            if required:
                raise ReadError(f"{where}: key {name!r} is missing from {cls.__name__}")
            continue
        value = _decode_value(hint, data[name], f"{where}.{name}")
        allowed = _CLOSED_SETS.get((cls.__name__, name))
        if allowed and value is not None and value not in allowed:
            raise ReadError(f"{where}.{name}: {value!r} is not one of {', '.join(allowed)}")
        values[name] = value
    return cls(**values)


@cache
def _fields(cls: type) -> tuple[tuple[str, Any, bool], ...]:
    hints = typing.get_type_hints(cls)
    return tuple((f.name, hints[f.name], f.default is dataclasses.MISSING) for f in dataclasses.fields(cls))


def _decode_value(hint: Any, value: Any, where: str) -> Any:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        if value is None:
            return None
        (hint,) = (arg for arg in typing.get_args(hint) if arg is not type(None))
        return _decode_value(hint, value, where)
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise ReadError(f"{where}: expected a list, got {type(value).__name__}")
        item = typing.get_args(hint)[0]
        return tuple(_decode_value(item, element, f"{where}[{i}]") for i, element in enumerate(value))
    if dataclasses.is_dataclass(hint):
        return _decode(typing.cast(type, hint), value, where)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return value
    if hint is int and isinstance(value, bool) or not isinstance(value, hint):
        raise ReadError(f"{where}: expected {hint.__name__}, got {type(value).__name__} {value!r}")
    return value


def _check_spans(value: Any, text: str, where: str) -> None:
    """Raise ``ReadError`` where a span lies outside the text or does not equal its slice."""
    if isinstance(value, tuple):
        for i, item in enumerate(value):
            _check_spans(item, text, f"{where}[{i}]")
        return
    if not dataclasses.is_dataclass(value):
        return
    if isinstance(value, _SLICED + _NAMED) and value.start is not None and value.end is not None:
        if not 0 <= value.start <= value.end <= len(text):
            raise ReadError(f"{where}: span {value.start}-{value.end} lies outside the text of length {len(text)}")
        printed = text[value.start : value.end]
        if isinstance(value, _SLICED) and value.text != printed:
            raise ReadError(f"{where}: text {value.text!r} is not its slice {printed!r}; offsets must be half-open")
        if isinstance(value, _NAMED) and value.name != "".join(printed.split()):
            raise ReadError(f"{where}: name {value.name!r} is not its slice {printed!r} without white space")
    for f in dataclasses.fields(value):
        _check_spans(getattr(value, f.name), text, f"{where}.{f.name}")
