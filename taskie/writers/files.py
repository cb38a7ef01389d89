"""Write documents to a file; the ending decides the format.

Boundary: .json and .jsonl hold everything and can be read back; the others hold the ledger's rows.
"""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from taskie.errors import WriteError
from taskie.ledger import COLUMNS, ledger_rows
from taskie.records import Document

# A spreadsheet program would run a cell that begins so as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def check_output(path: Path, *, overwrite: bool = False) -> None:
    """Raise ``WriteError`` if ``path`` has no known ending, lies in no folder, or exists and may not be replaced."""
    if path.suffix.lower() not in FORMATS:
        raise WriteError(f"{path}: the ending {path.suffix!r} is no format; use one of {' '.join(FORMATS)}")
    if not path.parent.is_dir():
        raise WriteError(f"{path}: the folder {path.parent} does not exist")
    if path.is_dir():
        raise WriteError(f"{path}: is a folder")
    if path.exists() and not overwrite:
        raise WriteError(f"{path}: exists already; use --overwrite to replace it")


def write(documents: Sequence[Document], path: str | Path, *, overwrite: bool = False) -> None:
    """Write ``documents`` to ``path``. The file appears whole or not at all; raises ``WriteError``."""
    path = Path(path)
    check_output(path, overwrite=overwrite)
    content = FORMATS[path.suffix.lower()](documents)
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.name, suffix=".tmp", delete=False) as handle:
            handle.write(content)
        os.chmod(handle.name, 0o666 & ~_umask())  # a temporary file is for its owner only
        os.replace(handle.name, path)
    except OSError as error:
        raise WriteError(f"{path}: cannot be written: {error.strerror or error}") from error


def _umask() -> int:
    """Return the process's file mode mask; there is no way to read it but to set it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def all_rows(documents: Sequence[Document]) -> list[dict[str, Any]]:
    """Return the ledger rows of all documents, in order."""
    return [row for document in documents for row in ledger_rows(document)]


def safe_cell(value: Any) -> Any:
    """Return a value that no spreadsheet program takes for a formula."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value


def _json(documents: Sequence[Document]) -> bytes:
    """One document is an object, several are a list."""
    plain: Any = [document.to_dict() for document in documents]
    if len(plain) == 1:
        plain = plain[0]
    return _encoded(json.dumps(plain, ensure_ascii=False, indent=1) + "\n", plain)


def _encoded(text: str, plain: Any) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:  # lone surrogates
        return (json.dumps(plain, ensure_ascii=True, indent=1) + "\n").encode("ascii")


def _jsonl(documents: Sequence[Document]) -> bytes:
    return b"".join(document.to_json().encode("utf-8") + b"\n" for document in documents)


def _csv(documents: Sequence[Document]) -> bytes:
    """Chinese headings and a byte order mark, so that a spreadsheet program opens it right."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS.values())
    for row in all_rows(documents):
        writer.writerow([_one_line(safe_cell(row[name])) for name in COLUMNS])
    return buffer.getvalue().encode("utf-8-sig", "replace")


def _one_line(value: Any) -> Any:
    return "" if value is None else value


def _xlsx(documents: Sequence[Document]) -> bytes:
    from taskie.writers.workbook import build_workbook

    return build_workbook(documents)


def _frame(documents: Sequence[Document]) -> Any:
    import pandas as pd

    frame = pd.DataFrame(all_rows(documents), columns=list(COLUMNS))
    for name in ("value", "value_max"):
        frame[name] = pd.to_numeric(frame[name])
    return frame


def _parquet(documents: Sequence[Document]) -> bytes:
    buffer = io.BytesIO()
    _frame(documents).to_parquet(buffer, index=False)
    return buffer.getvalue()


def _sqlite(documents: Sequence[Document]) -> bytes:
    """Build the database in a file of its own, since SQLite writes to files only."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ledger.db"
        write_sql(documents, f"sqlite:///{file}")
        return file.read_bytes()


def write_sql(documents: Sequence[Document], url: str, *, table: str = "ledger", if_exists: str = "fail") -> None:
    """Write the rows to a table of the database at a SQLAlchemy URL.

    ``if_exists`` is ``fail``, ``append`` or ``replace``; raises ``WriteError`` if the table exists and may not be touched.
    """
    import sqlalchemy

    if if_exists not in ("fail", "append", "replace"):
        raise ValueError(f"if_exists must be fail, append or replace, got {if_exists!r}")
    engine = sqlalchemy.create_engine(url)
    try:
        _frame(documents).to_sql(table, engine, index=False, if_exists=if_exists)
    except ValueError as error:
        raise WriteError(f"{url}: table {table!r} exists already; append to it or replace it") from error
    except sqlalchemy.exc.SQLAlchemyError as error:
        raise WriteError(f"{url}: {error}") from error
    finally:
        engine.dispose()


FORMATS: dict[str, Callable[[Sequence[Document]], bytes]] = {
    ".xlsx": _xlsx, ".csv": _csv, ".json": _json, ".jsonl": _jsonl, ".parquet": _parquet, ".db": _sqlite, ".sqlite": _sqlite,
}  # fmt: skip
