"""Read newly annotated documents and hold some of them out to judge by, the same ones in every run.

Boundary: which documents are which; what is done with them is the business of ``retrain``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from taskie.errors import ReadError
from taskie.evaluation.gold import Gold, read_gold_paths

SPLIT_FILE = "split.json"
# Share of the new documents held out, in percent.
HELD_OUT = 20


def read_annotated(paths: Sequence[Path], *, split: str | None = None) -> list[Gold]:
    """Read annotated documents (``read_gold_paths``); raises ``ReadError`` if two bear one name."""
    found = list(read_gold_paths(paths, split=split))
    named = {gold.name for gold in found}
    if len(named) < len(found):
        raise ReadError(
            f"{len(found) - len(named)} documents bear the name of another one; give each a name of its own"
        )
    return found


def split_documents(found: Sequence[Gold], stored: Path) -> tuple[list[Gold], list[Gold]]:
    """Return (training, held out), by document, fixed by their names; the choice is read from and written to ``stored``.

    Documents that an earlier run held out stay held out. With fewer than three documents none is held out.
    """
    known = set(json.loads(stored.read_text("utf-8"))["held_out"]) if stored.exists() else set()
    ordered = sorted(found, key=lambda gold: hashlib.sha256(gold.name.encode()).hexdigest())
    wanted = max(1, round(len(ordered) * HELD_OUT / 100)) if len(ordered) > 2 else 0
    held = [gold.name for gold in ordered if gold.name in known]
    held += [gold.name for gold in ordered if gold.name not in known][: max(0, wanted - len(held))]
    stored.parent.mkdir(parents=True, exist_ok=True)
    content = {"held_out": sorted(held), "training": sorted(g.name for g in ordered if g.name not in held)}
    stored.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [g for g in ordered if g.name not in held], [g for g in ordered if g.name in held]
