"""Mark known names of departments and places in a text: one input feature of the network, and a baseline by itself.

Boundary: names come from two data files; a match says that a name stands there, not that it is a body.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

# Feature ids: no match, then begin, inside and end of a department's name, begin and inside of a place's.
NONE, DEPARTMENT_BEGIN, DEPARTMENT_INSIDE, DEPARTMENT_END, PLACE_BEGIN, PLACE_INSIDE = range(6)
MATCH_COUNT = 6
_DATA = "taskie.ner"


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names by their first two characters; ``keys`` are the packed pairs, sorted, for a fast first look."""

    names: dict[str, tuple[tuple[str, bool], ...]]
    keys: NDArray[np.uint64]

    def match(self, text: str) -> NDArray[np.int32]:
        """Return the feature id of each character, shape (len(text),); the longest name wins, from left to right."""
        marks = np.zeros(len(text), np.int32)
        if len(text) < 2:
            return marks
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
        pairs = (codes[:-1] << np.uint64(32)) | codes[1:]
        found = np.searchsorted(self.keys, pairs)
        found[found == len(self.keys)] = 0
        taken = 0
        for start in np.flatnonzero(self.keys[found] == pairs).tolist():
            if start < taken:
                continue
            for name, is_department in self.names[text[start : start + 2]]:
                if text.startswith(name, start):
                    taken = start + len(name)
                    _mark(marks, start, taken, is_department)
                    break
        return marks


def _mark(marks: NDArray[np.int32], start: int, end: int, is_department: bool) -> None:
    if is_department:
        marks[start:end] = DEPARTMENT_INSIDE
        marks[start] = DEPARTMENT_BEGIN
        marks[end - 1] = DEPARTMENT_END
    else:
        marks[start:end] = PLACE_INSIDE
        marks[start] = PLACE_BEGIN


@cache
def load_gazetteer() -> Gazetteer:
    """Return the gazetteer of the package: ``department_names.csv`` and ``place_names.csv``."""
    names: dict[str, dict[str, bool]] = {}
    for file, is_department in (("place_names.csv", False), ("department_names.csv", True)):
        content = files(_DATA).joinpath(file).read_text(encoding="utf-8")
        for row in csv.DictReader(line for line in content.splitlines() if not line.startswith("#")):
            if len(row["name"]) >= 2:
                names.setdefault(row["name"][:2], {})[row["name"]] = is_department
    ordered = {pair: tuple(sorted(found.items(), key=lambda item: -len(item[0]))) for pair, found in names.items()}
    keys = np.array(sorted((ord(pair[0]) << 32) | ord(pair[1]) for pair in ordered), np.uint64)
    return Gazetteer(ordered, keys)
