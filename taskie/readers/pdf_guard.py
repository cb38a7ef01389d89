"""Refuse a PDF whose packed streams unpack to more than memory should hold, before anything unpacks them."""

from __future__ import annotations

import re
import zlib

from taskie.errors import ReadError

MAX_STREAM_BYTES = 64 * 1024 * 1024
MAX_TOTAL_BYTES = 256 * 1024 * 1024
# Scanned pages are large and are never unpacked for their text.
MAX_IMAGE_BYTES = 256 * 1024 * 1024
MAX_LAYERS = 4
_HEADER_BYTES = 2000
_STREAM = re.compile(rb"stream\r?\n")


def check_streams(data: bytes, name: str) -> None:
    """Raise ``ReadError`` if a stream, a stream packed inside it, or all streams together are too large to unpack."""
    total = 0
    for match in _STREAM.finditer(data):
        header = data[max(0, match.start() - _HEADER_BYTES) : match.start()].rpartition(b"obj")[2]
        if b"/Fl" not in header:
            continue
        image = b"/Image" in header
        largest = _largest(memoryview(data)[match.end() :], MAX_IMAGE_BYTES if image else MAX_STREAM_BYTES)
        total += 0 if image else largest
        if largest > (MAX_IMAGE_BYTES if image else MAX_STREAM_BYTES) or total > MAX_TOTAL_BYTES:
            raise ReadError(f"{name}: a packed part unpacks to more than is safe (a ZIP bomb?); refused")


def _largest(packed: memoryview, limit: int) -> int:
    """Return the size a stream unpacks to, with what is packed inside it; a little over ``limit`` at most."""
    largest = 0
    for _ in range(MAX_LAYERS):
        unpacked = _unpacked(packed, limit)
        largest = max(largest, len(unpacked))
        if not unpacked.startswith(b"\x78"):
            break
        packed = memoryview(unpacked)
    return largest


def _unpacked(packed: memoryview, limit: int) -> bytes:
    """Return what a stream unpacks to, one byte more than ``limit`` at most; what is damaged gives nothing."""
    try:
        return zlib.decompressobj().decompress(packed, limit + 1)
    except zlib.error:
        return b""
