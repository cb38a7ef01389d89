"""Read HTML: paragraphs and tables in order, scripts and styles left out, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from taskie.errors import ReadError
from taskie.readers.decode import decode_text
from taskie.places import Place
from taskie.readers.source import SourceText, TextBuilder

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "title",
        "tr",
        "br",
        "header",
        "footer",
        "main",
        "center",
        "ul",
        "ol",
        "dd",
        "dt",
        "blockquote",
    ]
)
_SKIPPED = frozenset(["script", "style", "head", "noscript", "template", "svg", "iframe", "object"])
MAX_SPAN = 1000


def read_html(data: bytes, name: str) -> SourceText:
    """Read an HTML page; cells that span rows or columns are repeated in each."""
    from lxml import html

    declared = re.search(rb"charset=[\"']?([\w-]+)", data[:4096])
    text = _declared_text(data, declared[1].decode("ascii") if declared else None) or decode_text(data, name)
    if not text.strip():
        return TextBuilder().build("html")
    try:
        root = html.document_fromstring(
            text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
        )
    except Exception as error:  # lxml raises several classes for broken input
        raise ReadError(f"{name}: not readable as HTML: {error}") from error
    builder = TextBuilder()
    counter = {"table": 0, "paragraph": 0}
    for kind, content in _walk(root):
        if kind == "table":
            counter["table"] += 1
            builder.table(expand_spans(content), Place(table=counter["table"]))
        else:
            counter["paragraph"] += 1
            builder.line(content, Place(paragraph=counter["paragraph"]))
    return builder.build("html")


def _declared_text(data: bytes, charset: str | None) -> str | None:
    """Decode as the page declares; a declared gb2312 is read as gb18030, which holds it."""
    if not charset:
        return None
    encoding = "gb18030" if charset.lower() in ("gb2312", "gbk", "gb18030") else charset
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None


def _walk(node: Any) -> Iterator[tuple[str, Any]]:
    """Yield paragraphs and tables in document order."""
    buffer: list[str] = []

    def flush() -> Iterator[tuple[str, Any]]:
        words = re.sub(r"[ \t\r\n]+", " ", "".join(buffer)).strip()
        buffer.clear()
        if words:
            yield "paragraph", words

    def visit(element: Any) -> Iterator[tuple[str, Any]]:
        tag = element.tag if isinstance(element.tag, str) else None
        if tag in _SKIPPED or tag is None:
            return
        if tag == "table" and len(element.findall(".//tr")) > 1 and not element.findall(".//table"):
            yield from flush()
            yield "table", element
            return
        if tag in _BLOCKS:
            yield from flush()
        buffer.append(element.text or "")
        for child in element:
            yield from visit(child)
            buffer.append(child.tail or "")
        if tag in _BLOCKS:
            yield from flush()

    yield from visit(node)
    yield from flush()


def expand_spans(table: Any) -> list[list[str]]:
    """Return the rows of a table element, cells with rowspan or colspan filled into every place they cover."""
    filled: dict[tuple[int, int], str] = {}
    width = 0
    for r, row in enumerate(table.iterfind(".//tr")):
        c = 0
        for cell in row.iterfind("*"):
            if cell.tag not in ("td", "th"):
                continue
            while (r, c) in filled:
                c += 1
            text = "\n".join(" ".join(part.split()) for part in cell.itertext() if part.strip())
            rows, columns = (min(MAX_SPAN, max(1, _whole(cell.get(name)))) for name in ("rowspan", "colspan"))
            for dr in range(rows):
                for dc in range(columns):
                    filled[r + dr, c + dc] = text
            c += columns
            width = max(width, c)
    height = max((r for r, _ in filled), default=-1) + 1
    return [[filled.get((r, c), "") for c in range(width)] for r in range(height)]


def _whole(value: str | None) -> int:
    return int(value) if value and value.strip().isdecimal() else 1
