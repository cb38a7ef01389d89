"""doccano: the JSONL of sequence labelling with relations, in and out.

Source: doccano's import page, formats "JSONL" ({"text", "label"}) and "JSONL(Relation)" ({"text", "entities",
"relations"}). Offsets count code points. The project must allow overlapping spans, since targets hold entities.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

from taskie.interchange.json_files import dump_json_lines, name_in, read_json_lines
from taskie.interchange.marks import MarkedText
from taskie.interchange.reading import Entry, Reading

ENDING = ".jsonl"


def write_doccano(texts: Sequence[MarkedText], path: Path) -> list[Path]:
    """Write an object a line; ids are unique over the whole file."""
    numbers, links = count(1), count(1)
    lines = []
    for marked in texts:
        keys = {mention: next(numbers) for mention in marked.mentions}
        entities = [
            {"id": key, "start_offset": m.start, "end_offset": m.end, "label": m.label} for m, key in keys.items()
        ]
        relations = [
            {"id": next(links), "from_id": keys[r.head], "to_id": keys[r.tail], "type": r.label}
            for r in marked.relations
        ]
        lines.append({"text": marked.text, "name": marked.id, "entities": entities, "relations": relations})
    path.write_text(dump_json_lines(lines), encoding="utf-8")
    return [path]


def read_doccano(path: Path) -> Reading:
    """Read the export with relations, or the plain one with ``label`` as lists of start, end and label."""
    reading = Reading()
    for where, data in read_json_lines(path, reading):
        fallback = f"{path.stem}_{where.rpartition(':')[2]}"
        entry = Entry(where, name_in(data, fallback, "name"), data.get("text"))
        if "entities" in data:
            _read_entities(data, entry)
        elif "label" in data or "labels" in data:
            _read_plain(data.get("label", data.get("labels")), entry)
        else:
            entry.problem("neither 'entities' nor 'label'; export as JSONL or JSONL(Relation)")
        reading.add(entry)
    return reading


def _read_entities(data: dict[str, Any], entry: Entry) -> None:
    for entity in _objects(data, "entities", entry):
        where = f"{entry.where}: entity {entity.get('id')!r}"
        entry.mention(
            entity.get("id"), entity.get("start_offset"), entity.get("end_offset"), entity.get("label"), where=where
        )
    for relation in _objects(data, "relations", entry):
        where = f"{entry.where}: relation {relation.get('id')!r}"
        entry.relation(relation.get("type"), relation.get("from_id"), relation.get("to_id"), where=where)


def _read_plain(labels: Any, entry: Entry) -> None:
    if not isinstance(labels, list):
        entry.problem(f"'label' must be a list of [start, end, label], got {type(labels).__name__}")
        return
    for i, label in enumerate(labels, 1):
        where = f"{entry.where}: label {i}"
        if isinstance(label, list) and len(label) == 3:
            entry.mention(i, *label, where=where)
        else:
            entry.problem(f"expected [start, end, label], got {label!r}", where=where)


def _objects(data: dict[str, Any], key: str, entry: Entry) -> list[dict[str, Any]]:
    """Return the list of objects under ``key``; what is none becomes a problem."""
    values = data.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        entry.problem(f"{key!r} must be a list of objects")
        return []
    return values
