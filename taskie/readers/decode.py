"""Decode the bytes of a text file: UTF-8, UTF-16 and GB18030, with or without byte order mark."""

from __future__ import annotations

import codecs

from taskie.errors import ReadError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip


def decode_text(data: bytes, name: str) -> str:
    """Return the text of ``data``, line ends as ``\\n``; raises ``ReadError`` if it is not text in a known encoding."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lines(_decoded(data, encoding, name))
    if b"\0" in data[:4096]:
        guess = _utf16_without_mark(data)
        if guess is None:
            raise ReadError(f"{name}: binary data, not text; give the file its true ending (.docx, .xlsx, .pdf …)")
        return _lines(_decoded(data, guess, name))
    for encoding in ("utf-8", "gb18030"):
        try:
            return _lines(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise ReadError(f"{name}: neither UTF-8, UTF-16 nor GB18030; save it as UTF-8 and try again")


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(f"{name}: byte {error.start} is not {encoding}: the file is damaged") from error


def _utf16_without_mark(data: bytes) -> str | None:
    """Chinese UTF-16 has its zero bytes only in line ends and digits, on one side of each pair."""
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if even and odd:
        return None
    return "utf-16-le" if odd else "utf-16-be"


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
