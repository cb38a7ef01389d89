"""Read .docx: paragraphs and tables in the order of the document, merged cells filled in.

Tracked changes are read as accepted: what was deleted or moved away is out, what was inserted is in. Hidden text is
left out; text boxes, footnotes and endnotes are not part of the running text and are left out with a warning.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from taskie.errors import ReadError
from taskie.places import Place
from taskie.readers.package import open_package
from taskie.readers.source import SourceText, TextBuilder
from taskie.readers.word_numbers import Numbering

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WRAPPERS = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))
_LEFT_OUT = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "txbxContent", "tbl", "p"))
_WORDS = frozenset(f"{_W}{name}" for name in ("t", "tab", "br", "cr", "noBreakHyphen"))
MAX_COLUMNS = 500
MAX_CELLS = 1_000_000


def read_docx(data: bytes, name: str) -> SourceText:
    """Read a Word document; raises ``ReadError`` if it is damaged or encrypted."""
    import docx

    open_package(data, name, ending=".docx")
    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        numbers = Numbering(document)
    except Exception as error:  # python-docx raises KeyError, ValueError and classes of its own for damaged files
        raise ReadError(f"{name}: not a readable Word document: {error}") from error
    builder = TextBuilder()
    builder.warnings.extend(_left_out(body, name))
    paragraphs = tables = 0
    carried, first = "", 0
    for element in _children(body, "p", "tbl"):
        if element.tag == f"{_W}tbl":
            tables += 1
            rows = _rows(element, numbers)
            if sum(map(len, rows)) > MAX_CELLS:
                raise ReadError(f"{name}: table {tables} covers more than {MAX_CELLS:,} cells; split it")
            builder.table(rows, Place(table=tables))
            continue
        paragraphs += 1
        carried += numbers.label(element) + _text(element)
        first = first or paragraphs
        if _mark_deleted(element):
            continue  # with its mark deleted, a paragraph goes on in the next one
        for line in carried.split("\n"):
            builder.line(line, Place(paragraph=first))
        carried, first = "", 0
    if carried:
        builder.line(carried, Place(paragraph=first))
    return builder.build("docx")


def _left_out(body: Any, name: str) -> Iterator[str]:
    for kind, tag in (
        ("text boxes", "txbxContent"),
        ("footnotes", "footnoteReference"),
        ("endnotes", "endnoteReference"),
    ):
        if body.find(f".//{_W}{tag}") is not None:
            yield f"{name}: {kind} were left out"


def _children(parent: Any, *tags: str) -> Iterator[Any]:
    """Yield the elements of these tags right below ``parent``, those inside content controls too."""
    wanted = [f"{_W}{tag}" for tag in tags]
    for element in parent.iterchildren():
        if element.tag in wanted:
            yield element
        elif element.tag in _WRAPPERS:
            yield from _children(element, *tags)


def _text(paragraph: Any) -> str:
    """Return the text of a paragraph element: insertions in, deletions and hidden runs out."""
    parts: list[str] = []
    for node in paragraph.iter(*_WORDS):
        run = None
        for parent in node.iterancestors():
            if parent is paragraph:
                break
            if parent.tag in _LEFT_OUT:
                run = None
                break
            if run is None and parent.tag == f"{_W}r":
                run = parent
        if run is None or _is_on(run.find(f"{_W}rPr/{_W}vanish")):
            continue
        kind = node.tag.removeprefix(_W)
        parts.append({"t": node.text or "", "tab": " ", "noBreakHyphen": "-"}.get(kind, "\n"))
    return "".join(parts)


def _is_on(switch: Any) -> bool:
    return switch is not None and switch.get(f"{_W}val") not in ("0", "false", "off")


def _mark_deleted(paragraph: Any) -> bool:
    marks = paragraph.find(f"{_W}pPr/{_W}rPr")
    return marks is not None and (marks.find(f"{_W}del") is not None or marks.find(f"{_W}moveFrom") is not None)


def _rows(table: Any, numbers: Numbering) -> list[list[str]]:
    """Return the rows of a table element; gridSpan repeats a cell to the right, vMerge downwards."""
    rows: list[list[str]] = []
    for row in _children(table, "tr"):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        skipped = row.find(f"{_W}trPr/{_W}gridBefore")
        cells = [""] * (_span(skipped) if skipped is not None else 0)
        for cell in _children(row, "tc"):
            properties = cell.find(f"{_W}tcPr")
            merge = properties.find(f"{_W}vMerge") if properties is not None else None
            text = _cell_text(cell, numbers)
            continued = merge is not None and merge.get(f"{_W}val") in (None, "continue")
            if continued and rows and len(cells) < len(rows[-1]):
                text = rows[-1][len(cells)]
            cells.extend([text] * _span(properties.find(f"{_W}gridSpan") if properties is not None else None))
        rows.append(cells)
    return rows


def _cell_text(cell: Any, numbers: Numbering) -> str:
    """Return the text of a cell, a paragraph a line; a table inside it gives a line a row."""
    lines = []
    for element in _children(cell, "p", "tbl"):
        if element.tag == f"{_W}tbl":
            lines += [" ".join(filter(None, row)) for row in _rows(element, numbers)]
        else:
            lines.append(numbers.label(element) + _text(element))
    return "\n".join(lines)


def _span(element: Any) -> int:
    value = element.get(f"{_W}val", "1") if element is not None else "1"
    return min(int(value), MAX_COLUMNS) if value.isdecimal() and value != "0" else 1
