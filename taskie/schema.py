"""The JSON schema of ``Document.to_dict()``, generated from the data model.

python -m taskie.schema > taskie/data/document-1.0.json
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from typing import Any

from taskie import records

_CLOSED = {
    ("Entity", "label"): records.LABELS, ("Document", "kind"): records.KINDS, ("Unit", "role"): records.ROLES,
    ("Measure", "bound"): records.BOUNDS, ("Measure", "change"): records.CHANGES, ("Reported", "bound"): records.BOUNDS,
    ("Reported", "change"): records.CHANGES, ("Deadline", "source"): records.DEADLINE_SOURCES,
    ("Target", "commitment"): (*records.COMMITMENTS, None),
}  # fmt: skip
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}


def document_schema() -> dict[str, Any]:
    """Return the schema (JSON Schema 2020-12); every key is required, unknown keys are allowed."""
    definitions: dict[str, Any] = {}
    _object(records.Document, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"taskie document, schema version {records.SCHEMA_VERSION}",
        "$ref": "#/$defs/Document",
        "$defs": dict(sorted(definitions.items())),
    }


def _object(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}
        hints = typing.get_type_hints(kind)
        properties = {}
        for f in dataclasses.fields(kind):
            allowed = _CLOSED.get((kind.__name__, f.name))
            properties[f.name] = {"enum": list(allowed)} if allowed else _value(hints[f.name], definitions)
        definitions[kind.__name__] = {"type": "object", "properties": properties, "required": list(properties)}
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _value(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        (inner,) = (arg for arg in typing.get_args(hint) if arg is not type(None))
        return {"anyOf": [_value(inner, definitions), {"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": _value(typing.get_args(hint)[0], definitions)}
    if dataclasses.is_dataclass(hint):
        return _object(typing.cast(type, hint), definitions)
    return {"type": _PLAIN[hint]}


if __name__ == "__main__":
    print(json.dumps(document_schema(), ensure_ascii=False, indent=1))
