"""Read .pdf: paragraphs put together from printed lines, ruled tables as tables, both across page breaks.

Page numbers and heads and feet that every page repeats are left out; pages that are pictures are reported.
"""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

from taskie.errors import ReadError
from taskie.places import Place
from taskie.readers.pdf_guard import check_streams
from taskie.readers.pdf_lines import Line, furniture, glued, lines_of, paragraph_ends
from taskie.readers.pdf_tables import SNAP_PT, Fragment, fragments_of, table_rows
from taskie.readers.source import SourceText, TextBuilder

MAX_PAGES = 2000
# Finding cells takes time with the square of the lines; a page with more is a map or a drawing.
MAX_RULES = 6000
MAX_CROSSINGS = 40_000


def read_pdf(data: bytes, name: str) -> SourceText:
    """Read a PDF; raises ``ReadError`` if it is damaged, encrypted, or holds pictures of text only."""
    import pdfplumber

    check_streams(data, name)
    try:
        document = pdfplumber.open(io.BytesIO(data))
        pages = document.pages
    except Exception as error:  # pdfminer raises many classes for damaged and encrypted files
        kind = (
            "encrypted; remove the password first"
            if "assword" in repr(error) or "ncrypt" in repr(error)
            else f"not a readable PDF ({error or type(error).__name__}); it may be cut short, fetch it again"
        )
        raise ReadError(f"{name}: {kind}") from error
    return text_of_pages(pages, name, "pdf")


def text_of_pages(pages: list[Any], name: str, kind: str) -> SourceText:
    """Return the text of pages that know where their characters and ruled lines stand, as those of pdfplumber do.

    Raises ``ReadError`` if there are none or too many, one is damaged, or all are pictures of text.
    """
    if not pages:
        raise ReadError(f"{name}: not a readable {kind.upper()}: no pages; it may be cut short, fetch it again")
    if len(pages) > MAX_PAGES:
        raise ReadError(f"{name}: more than {MAX_PAGES} pages; split it")
    builder = TextBuilder()
    items = _items(pages, name, builder)
    _build(items, builder)
    if not items:
        raise ReadError(f"{name}: holds no text; if its pages are pictures of text, run text recognition (OCR) first")
    return builder.build(kind)


def _items(pages: list[Any], name: str, builder: TextBuilder) -> list[Line | Fragment]:
    """Return the lines and tables of all pages in the order they are read, furniture left out."""
    items: list[Line | Fragment] = []
    pictures = []
    for number, page in enumerate(pages, 1):
        try:
            found = _page_items(page, number, name, builder)
            if not found and page.images:
                pictures.append(str(number))
            page.close()  # what pdfplumber keeps of a page is large
        except ReadError:
            raise
        except Exception as error:  # a damaged page raises whatever pdfminer stumbles over
            raise ReadError(f"{name}: page {number} is damaged: {error or type(error).__name__}") from error
        items += found
    if pictures and items:
        builder.warnings.append(f"{name}: no text on page {', '.join(pictures)}, only pictures; run text recognition (OCR)")  # fmt: skip
    lines = [item for item in items if isinstance(item, Line)]
    out = {id(lines[i]) for i in furniture(lines)}
    return [item for item in items if id(item) not in out]


def _page_items(page: Any, number: int, name: str, builder: TextBuilder) -> list[Line | Fragment]:
    width, height = float(page.width), float(page.height)
    if _is_drawing(page):
        builder.warnings.append(f"{name}: page {number} has more ruled lines than a table; read as text")
        fragments: list[Fragment] = []
        chars = page.chars
    else:
        fragments, chars = fragments_of(page, number)
    found: list[Line | Fragment] = []
    for fragment in fragments:
        above = [char for char in chars if char["top"] < fragment.top]
        found += lines_of(above, number, width, height)
        found.append(fragment)
        chars = [char for char in chars if char["top"] >= fragment.top]
    return found + lines_of(chars, number, width, height)


def _is_drawing(page: Any) -> bool:
    """Tell whether a page has so many lines that looking for tables would take too long."""
    from pdfplumber.table import merge_edges

    if len(page.edges) > MAX_RULES:
        return True
    lines = Counter(edge["orientation"] for edge in merge_edges(page.edges, SNAP_PT, SNAP_PT, SNAP_PT, SNAP_PT))
    return lines["v"] * lines["h"] > MAX_CROSSINGS


def _build(items: list[Line | Fragment], builder: TextBuilder) -> None:
    """Put lines that belong together into paragraphs, and parts of a table into one."""
    lines = [item for item in items if isinstance(item, Line)]
    last = dict(zip(map(id, lines), paragraph_ends(lines), strict=True))
    paragraph = table = position = 0
    while position < len(items):
        first = items[position]
        end = position + 1
        if isinstance(first, Line):
            text = first.text
            while end < len(items) and not last[id(items[end - 1])] and isinstance(after := items[end], Line):
                text = glued(text, after.text)
                end += 1
            paragraph += 1
            builder.line(text, Place(paragraph=paragraph, page=first.page))
        else:
            parts = [first]
            while end < len(items) and isinstance(after := items[end], Fragment) and after.continues(parts[-1]):
                parts.append(after)
                end += 1
            table += 1
            rows = table_rows(parts)
            places = [Place(page=row.page, table=table, row=number) for number, row in enumerate(rows, 1)]
            builder.table([row.cells for row in rows], Place(table=table), row_places=places)
        position = end
