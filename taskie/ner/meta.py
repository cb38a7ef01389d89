"""The file that says what a model folder is: its format, its settings, its scores.

Boundary: the file's name and form; what a format keeps in it is the business of its reader.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

META_FILE = "meta.json"


def write_meta(folder: Path, meta: Mapping[str, Any]) -> None:
    """Write ``meta.json`` of the model in ``folder``."""
    (folder / META_FILE).write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
