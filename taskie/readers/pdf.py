"""Read .pdf: the text of each page, ruled tables as tables; a table that goes on over pages is joined."""

from __future__ import annotations

import io
from typing import Any

from taskie.errors import ReadError
from taskie.readers.source import Place, SourceText, TextBuilder, clean_cell

MAX_PAGES = 2000


def read_pdf(data: bytes, name: str) -> SourceText:
    """Read a PDF; raises ``ReadError`` if it is damaged, encrypted, or holds pictures of text only."""
    import pdfplumber

    try:
        document = pdfplumber.open(io.BytesIO(data))
        pages = document.pages
    except Exception as error:  # pdfminer raises many classes for damaged and encrypted files
        kind = (
            "encrypted; remove the password first"
            if "assword" in repr(error) or "ncrypt" in repr(error)
            else f"not a readable PDF: {error or type(error).__name__}"
        )
        raise ReadError(f"{name}: {kind}") from error
    if len(pages) > MAX_PAGES:
        raise ReadError(f"{name}: more than {MAX_PAGES} pages; split it")
    builder = TextBuilder()
    open_table: list[list[str]] = []
    tables = 0
    for number, page in enumerate(pages, 1):
        words, found = _page(page)
        starts_with_table = bool(found) and not words[0].strip()
        if open_table and not (starts_with_table and len(found[0][0]) == len(open_table[0])):
            tables += 1
            builder.table(open_table, Place(page=number - 1, table=tables))
            open_table = []
        for i, text in enumerate(words):
            for line in text.split("\n"):
                if line.strip():
                    builder.line(line.strip(), Place(page=number))
            if i < len(found):
                rows = found[i]
                if open_table and i == 0:
                    rows = rows[1:] if rows[0] == open_table[0] else rows
                    open_table.extend(rows)
                else:
                    open_table = rows
                if i + 1 < len(found) or words[i + 1].strip():
                    tables += 1
                    builder.table(open_table, Place(page=number, table=tables))
                    open_table = []
    if open_table:
        builder.table(open_table, Place(page=len(pages), table=tables + 1))
    if pages and not any(part.strip() for part in builder.parts):
        raise ReadError(f"{name}: holds no text, only pictures; run text recognition (OCR) first")
    return builder.build("pdf")


def _page(page: Any) -> tuple[list[str], list[list[list[str]]]]:
    """Return the texts around the tables of a page, and the tables; merged cells take over the cell above or left."""
    tables = sorted(page.find_tables(), key=lambda table: table.bbox[1])
    texts, position = [], 0.0
    for table in tables:
        texts.append(_cropped(page, position, table.bbox[1]))
        position = table.bbox[3]
    texts.append(_cropped(page, position, float(page.height)))
    return texts, [_filled(table.extract()) for table in tables if table.extract()]


def _cropped(page: Any, top: float, bottom: float) -> str:
    top, bottom = max(0.0, top), min(float(page.height), bottom)
    if bottom - top < 1:
        return ""
    return page.crop((0, top, page.width, bottom)).extract_text() or ""


def _filled(rows: list[list[str | None]]) -> list[list[str]]:
    filled: list[list[str]] = []
    for row in rows:
        cells: list[str] = []
        for i, cell in enumerate(row):
            if cell is not None:
                # A line break inside a cell is a wrap: Chinese goes on without a gap.
                cells.append(clean_cell(cell.replace("\n", "")))
            elif filled and i < len(filled[-1]):
                cells.append(filled[-1][i])
            else:
                cells.append(cells[-1] if cells else "")
        filled.append(cells)
    return filled
