"""Read raw prose that nobody annotated, and put its paragraphs together into texts that fill windows.

Boundary: files in, text out.
"""

from __future__ import annotations

import lzma
from collections.abc import Sequence
from pathlib import Path

from taskie.errors import ReadError

# Paragraphs are put together into texts of about this many characters.
TEXT_LENGTH = 2200
_MIN_PARAGRAPH, _MAX_PARAGRAPH = 12, 1500


def read_raw(path: Path) -> list[str]:
    """Return the paragraphs of a text file, a line each, plain or ``.xz``; raises ``ReadError``."""
    try:
        content = (lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()).decode("utf-8")
    except (OSError, ValueError, lzma.LZMAError) as error:
        raise ReadError(f"{path}: not a readable text file: {error}") from error
    lines = dict.fromkeys(line.strip() for line in content.splitlines())
    return [line for line in lines if _MIN_PARAGRAPH <= len(line) <= _MAX_PARAGRAPH]


def joined(paragraphs: Sequence[str]) -> list[str]:
    """Return texts of several paragraphs each, of at least ``TEXT_LENGTH`` characters but for the last."""
    texts, held = [], ""
    for paragraph in paragraphs:
        held += paragraph + "\n"
        if len(held) >= TEXT_LENGTH:
            texts.append(held)
            held = ""
    return [*texts, held] if held else texts


def read_texts(paths: Sequence[Path], characters: int) -> dict[str, str]:
    """Return texts of raw files by name, of each file about ``characters`` at most, spread over all of it."""
    texts: dict[str, str] = {}
    for path in paths:
        found = joined(read_raw(path))
        step = max(1.0, sum(map(len, found)) / characters)
        chosen = [found[int(i * step)] for i in range(int(len(found) / step))]
        texts |= {f"raw_{path.name.split('.')[0]}_{number}": text for number, text in enumerate(chosen)}
    return texts
