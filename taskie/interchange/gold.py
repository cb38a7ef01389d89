"""Write gold documents: as JSON for ``taskie evaluate`` and in the form of the corpus for training.

Boundary: files only; nothing that stands is replaced unless it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from taskie.corpus.store import write_annotation
from taskie.errors import WriteError
from taskie.interchange.inputs import Given

_NAMED = 3


def write_gold(golds: Sequence[Given], folder: Path, *, meta: Mapping[str, Any], overwrite: bool = False) -> list[Path]:
    """Write ``gold/ID.json``, ``corpus/ID.txt`` and ``annotations/ID.json`` into ``folder``; return the gold files.

    Raises ``WriteError`` before anything is written if a file stands there and may not be replaced.
    """
    files = [folder / "gold" / f"{gold.id}.json" for gold in golds]
    standing = [
        path
        for gold, file in zip(golds, files, strict=True)
        for path in (file, folder / "corpus" / f"{gold.id}.txt", folder / "annotations" / f"{gold.id}.json")
        if path.exists()
    ]
    if standing and not overwrite:
        named = ", ".join(map(str, standing[:_NAMED])) + (" …" if len(standing) > _NAMED else "")
        raise WriteError(f"{len(standing)} files exist already ({named}); use --overwrite to replace them")
    try:
        for name in ("gold", "corpus", "annotations"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        for gold, file in zip(golds, files, strict=True):
            content = {**gold.document.to_dict(), "layers": list(gold.layers)}
            file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            write_annotation(folder, gold.id, gold.document, layers=gold.layers, meta=meta)
    except OSError as error:
        raise WriteError(f"{folder}: cannot be written: {error.strerror or error}") from error
    return files
