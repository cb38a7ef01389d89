"""Extract from many texts in several processes, in order, each worker loading the model once.

Boundary: one machine; larger collections go through ``datasets`` or a cluster's own engine.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from taskie.records import Document

if TYPE_CHECKING:
    from taskie.extractor import Extractor

_CHUNK = 4
_worker: Extractor | None = None


def extract_in_processes(model_path: Path, texts: Iterable[str], *, n_process: int) -> Iterator[Document]:
    """Yield documents in the order of ``texts``; an error in one text is raised when its turn comes."""
    # Threads inside the workers would compete for the cores that the workers already fill.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    context = multiprocessing.get_context("spawn")
    with context.Pool(n_process, initializer=_start, initargs=(model_path,)) as pool:
        yield from pool.imap(_extract, texts, chunksize=_CHUNK)


def _start(model_path: Path) -> None:
    global _worker
    from taskie.extractor import load

    _worker = load(model_path)


def _extract(text: str) -> Document:
    if _worker is None:
        raise RuntimeError("the worker was not started")
    return _worker.extract(text)
