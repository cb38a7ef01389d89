"""The formats by their names: how each is written, read, and what its output is called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from taskie.errors import ReadError, WriteError
from taskie.interchange import brat, docbin, doccano, label_studio, prodigy
from taskie.interchange.marks import MarkedText
from taskie.interchange.reading import Reading


@dataclass(frozen=True, slots=True)
class Format:
    """A format: ``ending`` of its file (empty for a folder), what writes it and what reads it."""

    name: str
    ending: str
    write: Callable[[Sequence[MarkedText], Path], list[Path]]
    read: Callable[[Path], Reading]


FORMATS = {
    found.name: found
    for found in (
        Format("label-studio", label_studio.ENDING, label_studio.write_label_studio, label_studio.read_label_studio),
        Format("doccano", doccano.ENDING, doccano.write_doccano, doccano.read_doccano),
        Format("prodigy", prodigy.ENDING, prodigy.write_prodigy, prodigy.read_prodigy),
        Format("brat", brat.ENDING, brat.write_brat, brat.read_brat),
        Format("docbin", docbin.ENDING, docbin.write_docbin, docbin.read_docbin),
    )
}


def write_marked(texts: Sequence[MarkedText], path: Path, *, to: str, overwrite: bool = False) -> list[Path]:
    """Write ``texts`` in the format named ``to``; returns the files. Raises ``WriteError`` if ``path`` is not fit."""
    chosen = _format(to)
    if chosen.ending and path.suffix.lower() != chosen.ending:
        raise WriteError(f"{path}: {to} is written to a file that ends in {chosen.ending}")
    if not path.parent.is_dir():
        raise WriteError(f"{path}: the folder {path.parent} does not exist")
    beside = path.with_suffix(label_studio.CONFIG_ENDING) if to == "label-studio" else path
    for target in (path, beside):
        if target.is_file() and (not overwrite or not chosen.ending):
            raise WriteError(f"{target}: exists already; use --overwrite to replace it")
    if path.is_dir() and (chosen.ending or (any(path.iterdir()) and not overwrite)):
        what = "is a folder" if chosen.ending else "is not empty; use --overwrite to replace what has the same names"
        raise WriteError(f"{path}: {what}")
    try:
        return chosen.write(texts, path)
    except OSError as error:
        raise WriteError(f"{path}: cannot be written: {error.strerror or error}") from error


def read_marked(path: Path, *, source: str) -> Reading:
    """Read a file or folder in the format named ``source``; raises ``ReadError`` if it is no such file at all."""
    chosen = _format(source)
    if not path.exists():
        raise ReadError(f"{path}: no such file")
    if path.is_dir() and chosen.ending:
        raise ReadError(f"{path}: a folder; {source} is read from a file that ends in {chosen.ending}")
    return chosen.read(path)


def _format(name: str) -> Format:
    if name not in FORMATS:
        raise ValueError(f"unknown format {name!r}; known are {', '.join(FORMATS)}")
    return FORMATS[name]
