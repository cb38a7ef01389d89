"""Read and write the JSON files of annotation tools: a list of objects, or an object a line.

Boundary: JSON, its places and the names in it; what the objects mean is told by the module of each format.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from taskie.errors import ReadError
from taskie.interchange.reading import Entry, Reading


def read_text_file(path: Path) -> str:
    """Return the file's text with its line ends as they are; raises ``ReadError``."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"{path}: byte {error.start} is not UTF-8") from error


def read_json_list(path: Path, *, expected: str) -> list[Any]:
    """Return the list in a JSON file; raises ``ReadError`` that says what was ``expected``."""
    try:
        data = json.loads(read_text_file(path))
    except ValueError as error:
        raise ReadError(f"{path}: not JSON: {error}; expected {expected}") from error
    if isinstance(data, dict):
        data = [data]
    if not isinstance(data, list):
        raise ReadError(f"{path}: holds a {type(data).__name__}; expected {expected}")
    return data


def read_entries(
    path: Path, fill: Callable[[dict[str, Any], Entry], None], *, wanted: Callable[[dict[str, Any]], bool] | None = None,
    read_text: Callable[[Path], str] = read_text_file,
) -> tuple[Reading, int]:  # fmt: skip
    """Read a file with an object a line; return what was read, and how many objects were not ``wanted`` (default: none).

    ``fill`` reads an object into its entry, which has its name, else that of the file and the line, and its text.
    """
    reading, left = Reading(), 0
    for where, data in _json_lines(path, read_text(path), reading):
        if wanted and not wanted(data):
            left += 1
            continue
        fallback = f"{path.stem}_{where.rpartition(':')[2]}"
        entry = Entry(where, name_in(data, fallback, "name"), data.get("text"))
        fill(data, entry)
        reading.add(entry)
    return reading, left


def _json_lines(path: Path, text: str, reading: Reading) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield place and object of each line; a line that is no object becomes a problem of ``reading``."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            data = json.loads(line)
        except ValueError as error:
            reading.problems.append(f"{where}: not JSON: {error}")
            continue
        if isinstance(data, dict):
            yield where, data
        else:
            reading.problems.append(f"{where}: expected an object, got {type(data).__name__}")


def dump_json(value: Any) -> str:
    """Return JSON text with Chinese characters kept readable."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def write_json_lines(path: Path, values: Iterable[Any]) -> list[Path]:
    """Write an object a line, and return the files written."""
    lines = "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)
    path.write_text(lines, encoding="utf-8")
    return [path]


def name_in(data: dict[str, Any], fallback: str, *keys: str) -> str:
    """Return the first name that ``data``, its ``meta`` or its ``metadata`` gives under ``keys``."""
    for place in (data, data.get("meta"), data.get("metadata")):
        for key in keys:
            if isinstance(place, dict) and isinstance(place.get(key), str) and place[key].strip():
                return str(place[key])
    return fallback


def objects_in(data: dict[str, Any], key: str, entry: Entry) -> list[dict[str, Any]]:
    """Return the list of objects under ``key``, empty where there is none; anything else becomes a problem."""
    values = data.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        entry.problem(f"{key!r} must be a list of objects")
        return []
    return values
