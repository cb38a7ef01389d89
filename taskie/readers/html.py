"""Read HTML: paragraphs and tables in order, scripts and styles left out, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from taskie.errors import ReadError
from taskie.places import Place
from taskie.readers.decode import decode_text
from taskie.readers.source import SourceText, TextBuilder

_BLOCKS = frozenset(
    "p div section article li h1 h2 h3 h4 h5 h6 title tr table br header footer main center ul ol dl dd dt blockquote pre address form".split()
)
_SKIPPED = frozenset("script style head noscript template svg iframe object select textarea button".split())
# No other codec runs because a page names it: some take time with the square of the length.
_CHARSETS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "cp936", "x-gbk"), "gb18030"),
    **dict.fromkeys(("utf-8", "utf8"), "utf-8-sig"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be"), "utf-16"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
}
MAX_SPAN = 1000
MAX_CELLS = 1_000_000
MAX_ELEMENTS = 2_000_000
_BETWEEN_CHINESE = re.compile(r"(?<=[^\x00-\x7f])[ \t]*[\r\n]\s*(?=[^\x00-\x7f])")


def read_html(data: bytes, name: str) -> SourceText:
    """Read an HTML page; cells that span rows or columns are repeated in each."""
    from lxml import html

    declared = re.search(rb"charset=[\"']?([\w-]+)", data[:4096])
    text = _declared_text(data, declared[1].decode("ascii") if declared else None) or decode_text(data, name)
    if not text.strip():
        return TextBuilder().build("html")
    if text.count("<") > MAX_ELEMENTS:
        raise ReadError(f"{name}: more than {MAX_ELEMENTS:,} tags; split it")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except Exception as error:  # lxml raises several classes for broken input
        raise ReadError(f"{name}: not readable as HTML: {error}") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise ReadError(
            f"{name}: tags nested more than 255 deep, and what is inside them is lost; clean the page first"
        )
    builder = TextBuilder()
    counter = {"table": 0, "paragraph": 0}
    for kind, content in _walk(root):
        counter[kind] += 1
        if kind == "table":
            builder.table(expand_spans(content, name), Place(table=counter["table"]))
        else:
            builder.line(content, Place(paragraph=counter["paragraph"]))
    return builder.build("html")


def _declared_text(data: bytes, charset: str | None) -> str | None:
    """Decode as the page declares; a declared gb2312 is read as gb18030, which holds it."""
    if not charset:
        return None
    encoding = _CHARSETS.get(charset.lower())
    if encoding is None:
        return None
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _walk(root: Any) -> Iterator[tuple[str, Any]]:
    """Yield paragraphs and tables in document order."""
    buffer: list[str] = []
    for kind, content in _events(root):
        if kind == "words":
            buffer.append(content)
            continue
        words = _collapsed("".join(buffer))
        buffer.clear()
        if words:
            yield "paragraph", words
        if kind == "table":
            yield "table", content
    words = _collapsed("".join(buffer))
    if words:
        yield "paragraph", words


def _events(root: Any) -> Iterator[tuple[str, Any]]:
    """Yield words, breaks between blocks, and tables; a stack of its own, since pages may be nested deeply."""
    stack: list[tuple[str, Any]] = [("element", root)]
    while stack:
        kind, item = stack.pop()
        if kind != "element":
            yield kind, item
            continue
        tag = item.tag if isinstance(item.tag, str) else None
        if tag in _SKIPPED or tag is None:
            continue
        if tag == "table" and len(item.findall(".//tr")) > 1 and item.find(".//table") is None:
            yield "table", item
            continue
        inside: list[tuple[str, Any]] = [("words", item.text or "")]
        for child in item:
            inside += [("element", child), ("words", child.tail or "")]
        if tag in _BLOCKS:
            inside = [("break", None), *inside, ("break", None)]
        stack.extend(reversed(inside))


def _collapsed(text: str) -> str:
    """Return text as a browser shows it; a line end of the source between Chinese characters is no gap."""
    return re.sub(r"[ \t\r\n]+", " ", _BETWEEN_CHINESE.sub("", text)).strip()


def _cell_text(cell: Any) -> str:
    """Return the text of a cell, a block a line; bold and coloured words do not break it."""
    return "\n".join(content for kind, content in _walk(cell) if kind == "paragraph")


def expand_spans(table: Any, name: str) -> list[list[str]]:
    """Return the rows of a table element, cells with rowspan or colspan filled into every place they cover."""
    filled: dict[tuple[int, int], str] = {}
    rows = list(table.iterfind(".//tr"))
    width = 0
    for r, row in enumerate(rows):
        c = 0
        for cell in row.iterfind("*"):
            if cell.tag not in ("td", "th"):
                continue
            while (r, c) in filled:
                c += 1
            text = _cell_text(cell)
            down, across = (min(MAX_SPAN, max(1, _whole(cell.get(key)))) for key in ("rowspan", "colspan"))
            for dr in range(min(down, len(rows) - r)):
                for dc in range(across):
                    filled[r + dr, c + dc] = text
            c += across
            width = max(width, c)
            if len(filled) > MAX_CELLS:
                raise ReadError(f"{name}: a table covers more than {MAX_CELLS:,} cells; split it")
    if len(rows) * width > MAX_CELLS:
        raise ReadError(f"{name}: a table covers more than {MAX_CELLS:,} cells; split it")
    return [[filled.get((r, c), "") for c in range(width)] for r in range(len(rows))]


def _whole(value: str | None) -> int:
    return int(value) if value and value.strip().isdecimal() and len(value) < 9 else 1
