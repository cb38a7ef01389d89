"""Read .docx: paragraphs and tables in the order of the document, merged cells filled in.

Deleted text of tracked changes is left out, inserted text is read; hidden text is left out; footnotes and text
boxes are not part of the running text and are left out with a warning.
"""

from __future__ import annotations

import io
from typing import Any

from taskie.errors import ReadError
from taskie.readers.files import open_zip_safely
from taskie.places import Place
from taskie.readers.source import SourceText, TextBuilder

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(data: bytes, name: str) -> SourceText:
    """Read a Word document; raises ``ReadError`` if it is damaged or encrypted."""
    import docx

    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadError(
            f"{name}: an old or encrypted Office file under the ending .docx; remove the password or save it as .docx"
        )
    open_zip_safely(data, name)
    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as error:  # python-docx raises KeyError, ValueError and classes of its own for damaged files
        raise ReadError(f"{name}: not a readable Word document: {error}") from error
    builder = TextBuilder()
    body = document.element.body
    if body.findall(f".//{_W}txbxContent"):
        builder.warnings.append(f"{name}: text boxes were left out")
    paragraphs = tables = 0
    numbers = _Numbering(document)
    for element in body.iterchildren():
        if element.tag == f"{_W}p":
            paragraphs += 1
            text = numbers.label(element) + _text(element)
            for line in text.split("\n"):
                builder.line(line, Place(paragraph=paragraphs))
        elif element.tag == f"{_W}tbl":
            tables += 1
            builder.table(_rows(element), Place(table=tables))
    return builder.build("docx")


def _text(element: Any) -> str:
    """Return the text of a paragraph element: insertions in, deletions and hidden runs out."""
    parts: list[str] = []
    for node in element.iter():
        if node.tag in (f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr"):
            ancestors = {parent.tag for parent in node.iterancestors()}
            run = next((p for p in node.iterancestors() if p.tag == f"{_W}r"), None)
            hidden = run is not None and run.find(f"{_W}rPr/{_W}vanish") is not None
            if f"{_W}del" in ancestors or f"{_W}txbxContent" in ancestors or hidden:
                continue
            parts.append({f"{_W}t": node.text or "", f"{_W}tab": " "}.get(node.tag, "\n"))
    return "".join(parts)


def _rows(table: Any) -> list[list[str]]:
    """Return the rows of a table element; gridSpan repeats a cell to the right, vMerge downwards."""
    rows: list[list[str]] = []
    for row in table.iterfind(f"{_W}tr"):
        cells: list[str] = []
        for cell in row.iterfind(f".//{_W}tc"):
            if next(p for p in cell.iterancestors() if p.tag == f"{_W}tr") is not row:
                continue  # a cell of a table inside a cell
            properties = cell.find(f"{_W}tcPr")
            span = properties.find(f"{_W}gridSpan") if properties is not None else None
            merge = properties.find(f"{_W}vMerge") if properties is not None else None
            text = "\n".join(_text(p) for p in cell.iterfind(f"{_W}p"))
            if (
                merge is not None
                and merge.get(f"{_W}val") in (None, "continue")
                and rows
                and len(cells) < len(rows[-1])
            ):
                text = rows[-1][len(cells)]
            width = int(span.get(f"{_W}val", "1")) if span is not None else 1
            cells.extend([text] * max(1, min(width, 60)))
        rows.append(cells)
    return rows


class _Numbering:
    """Render the automatic numbers of list paragraphs: decimal and Chinese counting, by level."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[tuple[str, str], tuple[str, str]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        abstract = {a.get(f"{_W}abstractNumId"): a for a in root.iterfind(f"{_W}abstractNum")}
        for num in root.iterfind(f"{_W}num"):
            reference = num.find(f"{_W}abstractNumId")
            source = abstract.get(reference.get(f"{_W}val")) if reference is not None else None
            for level in source.iterfind(f"{_W}lvl") if source is not None else ():
                form, text = level.find(f"{_W}numFmt"), level.find(f"{_W}lvlText")
                if form is not None and text is not None:
                    key = (num.get(f"{_W}numId"), level.get(f"{_W}ilvl"))
                    self._levels[key] = (form.get(f"{_W}val", ""), text.get(f"{_W}val", ""))

    def label(self, paragraph: Any) -> str:
        """Return the printed number of a paragraph, or nothing."""
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is None:
            return ""
        num, level = properties.find(f"{_W}numId"), properties.find(f"{_W}ilvl")
        key = (num.get(f"{_W}val") if num is not None else "", level.get(f"{_W}val", "0") if level is not None else "0")
        form, pattern = self._levels.get(key, ("", ""))
        depth = int(key[1])
        self._counts[key[0], depth] = self._counts.get((key[0], depth), 0) + 1
        for deeper in range(depth + 1, 9):
            self._counts.pop((key[0], deeper), None)
        return (
            pattern.replace(f"%{depth + 1}", _counted(self._counts[key[0], depth], form))
            if form and form != "bullet"
            else ""
        )


def _counted(value: int, form: str) -> str:
    if "hinese" not in form and "japanese" not in form:
        return str(value)
    digits = "〇一二三四五六七八九"
    if value < 10:
        return digits[value]
    tens, ones = divmod(value, 10)
    return ("" if tens == 1 else digits[tens % 10]) + "十" + (digits[ones] if ones else "")
