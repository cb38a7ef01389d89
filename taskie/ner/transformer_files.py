"""What a folder of a transformer holds, read without running anything of it.

Boundary: names of files, their JSON, and the versions of the packages that read the rest.
"""

from __future__ import annotations

import importlib.metadata
import json
from pathlib import Path
from typing import Any

from taskie.errors import ModelError

CONFIG_FILE = "config.json"


def read_object(file: Path) -> dict[str, Any]:
    """Return the object in a JSON file; raises ``ModelError`` if there is none."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{file}: cannot be read as JSON: {error}") from error
    if not isinstance(content, dict):
        raise ModelError(f"{file}: not a JSON object")
    return content


def version_of(package: str) -> str:
    """Return the installed version of a package, or that it is not installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "(not installed)"
