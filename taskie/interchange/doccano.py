"""doccano: the JSONL of sequence labelling with relations, in and out.

Source: doccano 1.8.4, data_import/pipeline (catalog, label) and data_export/pipeline: formats "JSONL" ({"text", "label"})
and "JSONL(Relation)" ({"text", "entities", "relations"}). Offsets count code points. The project must allow overlapping
spans, since targets hold entities.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

from taskie.errors import ReadError
from taskie.interchange.json_files import objects_in, read_entries, read_text_file, write_json_lines
from taskie.interchange.marks import MarkedText
from taskie.interchange.reading import Entry, Reading
from taskie.readers.package import MAX_BYTES

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
    return write_json_lines(path, lines)


def read_doccano(path: Path) -> Reading:
    """Read the export with relations, or the plain one with ``label`` as lists of start, end and label.

    The export is the ZIP that doccano hands out or the file in it.
    """
    reading, _ = read_entries(path, _fill, read_text=_read_text)
    return reading


def _fill(data: dict[str, Any], entry: Entry) -> None:
    if "entities" in data:
        _read_entities(data, entry)
    elif "label" in data or "labels" in data:
        _read_plain(data.get("label", data.get("labels")), entry)
    else:
        entry.problem("neither 'entities' nor 'label'; export as JSONL or JSONL(Relation)")


def _read_entities(data: dict[str, Any], entry: Entry) -> None:
    for entity in objects_in(data, "entities", entry):
        where = f"{entry.where}: entity {entity.get('id')!r}"
        entry.mention(
            entity.get("id"), entity.get("start_offset"), entity.get("end_offset"), entity.get("label"), where=where
        )
    for relation in objects_in(data, "relations", entry):
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


def _read_text(path: Path) -> str:
    """Return the lines of the one file in doccano's ZIP, or of the file itself; raises ``ReadError``."""
    if not zipfile.is_zipfile(path):
        return read_text_file(path)
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith(ENDING)]
        if len(names) != 1:  # doccano writes a file for each person where a project is not collaborative
            held = ", ".join(names) or "none"
            raise ReadError(
                f"{path}: must hold one {ENDING} file, holds {held}; unpack it and import the one that counts"
            )
        size = archive.getinfo(names[0]).file_size
        if size > MAX_BYTES:
            raise ReadError(
                f"{path}: {names[0]} unpacks to {size >> 20} MiB, {MAX_BYTES >> 20} are read; export it in parts"
            )
        try:
            return archive.read(names[0]).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ReadError(f"{path}: {names[0]}: byte {error.start} is not UTF-8") from error
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, zlib.error) as error:
            raise ReadError(f"{path}: {names[0]} cannot be unpacked: {error}; export it anew") from error
