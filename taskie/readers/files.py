"""Read a file into text, whatever its format: one door for the command line and ``taskie.extract_file``.

Boundary: this picks the reader and guards size; formats have modules of their own.
"""

from __future__ import annotations

import glob
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from taskie.errors import ReadError
from taskie.places import Place
from taskie.readers.decode import decode_text
from taskie.readers.package import OLE, sniff_package
from taskie.readers.source import SourceText, TextBuilder

MAX_BYTES = 200 * 1024 * 1024
TEXT_ENDINGS = (".txt", ".md", ".text", "")
_DELIMITED, _PAGES, _WORKBOOKS = (".csv", ".tsv"), (".html", ".htm"), (".xlsx", ".xlsm")
_OFFICE = (".doc", ".wps", ".odt", ".rtf", ".xls", ".et", ".ods")
Reader = Callable[[bytes, str], SourceText]


def read_file(source: str | Path | BinaryIO, *, name: str | None = None) -> SourceText:
    """Read a path or an open binary file; ``name`` gives the ending where the file object has none.

    Raises ``ReadError`` if the file is missing, too large, damaged, encrypted or of a format that is not read.
    """
    data, shown = _content(source, name)
    ending = Path(shown).suffix.lower() if shown != "-" else ""
    reader = _reader(ending, data, shown)
    return reader(data, shown)


def _content(source: str | Path | BinaryIO, name: str | None) -> tuple[bytes, str]:
    if isinstance(source, str | Path):
        path = Path(source)
        if not path.exists():
            raise ReadError(f"{path}: no such file")
        if path.is_dir():
            raise ReadError(f"{path}: a folder, not a file")
        if path.stat().st_size > MAX_BYTES:
            raise ReadError(f"{path}: larger than {MAX_BYTES >> 20} MiB; split it")
        try:
            return path.read_bytes(), name or str(path)
        except OSError as error:
            raise ReadError(f"{path}: cannot be read: {error.strerror or error}") from error
    data = source.read(MAX_BYTES + 1)
    shown = name or str(getattr(source, "name", "") or "-")
    if not isinstance(data, bytes):
        raise ReadError(f"{shown}: opened as text; open it in binary mode")
    if len(data) > MAX_BYTES:
        raise ReadError(f"{shown}: larger than {MAX_BYTES >> 20} MiB; split it")
    return data, shown


def _reader(ending: str, data: bytes, name: str) -> Reader:
    """Pick the reader by the ending, but never against what the first bytes say."""
    if not data and ending not in (*TEXT_ENDINGS, *_DELIMITED, *_PAGES):
        raise ReadError(f"{name}: empty, 0 bytes; fetch it again")
    held = held_ending(data)
    if ending in (*TEXT_ENDINGS, *_DELIMITED, *_PAGES) and held not in (None, ".html"):
        raise ReadError(f"{name}: holds {_KINDS[held]} data, not text; give the file its true ending")
    if ending in _OFFICE and held in (".docx", ".xlsx", ".html"):
        ending = held  # programs of the trade save these under the old endings
    if ending in _OFFICE and held not in _HELD_BY_OFFICE and not data.startswith((b"<?xml", b"MIME-Version")):
        raise ReadError(
            f"{name}: holds {_KINDS.get(held or '', 'no')} data, not an Office document; give the file its true ending"
        )
    if ending in TEXT_ENDINGS:
        return read_text
    if ending in _DELIMITED:
        from taskie.readers.tabular import read_delimited

        return read_delimited
    if ending in _PAGES:
        from taskie.readers.html import read_html

        return read_html
    if ending == ".docx":
        from taskie.readers.word import read_docx

        return read_docx
    if ending in _WORKBOOKS:
        from taskie.readers.sheets import read_xlsx

        return read_xlsx
    if ending == ".pdf":
        from taskie.readers.pdf import read_pdf

        return read_pdf
    if ending in _OFFICE:
        from taskie.readers.office import read_office

        return read_office
    if ending == ".ofd":
        from taskie.readers.ofd import read_ofd

        return read_ofd
    if held == ".ofd":
        raise ReadError(f"{name}: holds OFD data; give the file its true ending")
    raise ReadError(
        f"{name}: the ending {ending!r} is not read; readable are .txt .md .csv .tsv .html .docx .xlsx .pdf .ofd and, with LibreOffice, .doc .wps .odt .rtf .xls"
    )


_KINDS = {
    ".pdf": "PDF", ".zip": "ZIP", ".docx": "Word (.docx)", ".xlsx": "workbook (.xlsx)", ".pptx": "PowerPoint", ".odt or .ods": "OpenDocument",
    ".ofd": "OFD", ".doc": "old Office (.doc, .xls, .wps)", ".rtf": "RTF",
}  # fmt: skip


_HELD_BY_OFFICE = (".doc", ".rtf", ".odt or .ods", ".docx", ".xlsx", ".html")
_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|style|table|div|p|h\d|center|font|span)[\s>]")


def held_ending(data: bytes) -> str | None:
    """Return the ending that the first bytes of a file call for, ``None`` for plain text and what is not known."""
    if data.startswith(b"PK"):
        return sniff_package(data) or ".zip"
    for mark, ending in ((b"%PDF", ".pdf"), (OLE, ".doc"), (b"{\\rtf", ".rtf")):
        if data.startswith(mark):
            return ending
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return ".html" if _TAG.match(head) else None


def read_text(data: bytes, name: str) -> SourceText:
    """Read plain text; each line is a paragraph."""
    text = decode_text(data, name)
    builder = TextBuilder()
    for number, line in enumerate(text.split("\n"), 1):
        builder.line(line, Place(paragraph=number))
    built = builder.build("text")
    return SourceText(text, "text", built.places)


def expand_sources(patterns: Iterable[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the files that files, folders and patterns name, in order and each once, and those that name nothing."""
    found: dict[str, None] = {}
    missing: list[tuple[str, str]] = []
    for pattern in patterns:
        path = Path(pattern)
        if pattern == "-" or path.is_file():
            found[pattern] = None
        elif path.is_dir():
            inside = sorted(
                str(p)
                for p in path.rglob("*")
                if p.is_file() and p.suffix.lower() in _READABLE and not p.name.startswith((".", "~$"))
            )
            if not inside:
                missing.append((pattern, "the folder holds no readable file"))
            found.update(dict.fromkeys(inside))
        else:
            matches = sorted(p for p in glob.glob(pattern, recursive=True) if Path(p).is_file())
            if not matches:
                missing.append((pattern, "no such file"))
            found.update(dict.fromkeys(matches))
    return list(found), missing


_READABLE = frozenset((*TEXT_ENDINGS[:-1], *_DELIMITED, *_PAGES, *_WORKBOOKS, *_OFFICE, ".docx", ".pdf", ".ofd"))
