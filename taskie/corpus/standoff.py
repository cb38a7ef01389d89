"""Read gold for texts that cannot be in the repository: offsets and labels with the checksum of the text, no text.

Boundary: the texts are the user's; without them the gold is left out, with a message and never with an error.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from taskie.errors import AnnotationError, ReadError
from taskie.records import Entity

FORMAT = "taskie.standoff"
VERSION = 1


@dataclass(frozen=True, slots=True)
class StandoffDocument:
    """A text with its stand-off gold; only what lies inside ``annotated`` is annotated."""

    name: str
    text: str
    entities: tuple[Entity, ...]
    annotated: tuple[tuple[int, int], ...]


def read_standoff(path: Path, texts: Path) -> StandoffDocument:
    """Read one stand-off file and its text from the folder ``texts`` (searched with its folders).

    Raises ``ReadError`` if the text is not there and ``AnnotationError`` if it is another one.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    if data.get("format") != FORMAT or data.get("version") != VERSION:
        raise AnnotationError(f"{path}: not a {FORMAT} file of version {VERSION}")
    file = next(iter(sorted(texts.rglob(f"{data['document']}.txt"))), None)
    if file is None:
        raise ReadError(f"{path}: the text {data['document']}.txt is not in {texts}")
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != data["sha256"]:
        raise AnnotationError(f"{path}: made for another version of {file}")
    text = content.decode("utf-8")
    entities = tuple(Entity(e["label"], text[e["start"] : e["end"]], e["start"], e["end"]) for e in data["entities"])
    return StandoffDocument(data["document"], text, entities, tuple((a, b) for a, b in data["annotated"]))


def read_all_standoff(folder: Path, texts: Path) -> Iterator[StandoffDocument]:
    """Yield the stand-off documents of ``folder`` whose texts are in ``texts``."""
    for path in sorted(folder.glob("*.json")):
        try:
            yield read_standoff(path, texts)
        except ReadError:
            continue
