"""Look into old Office files (.doc, .xls, .wps, .et) as far as to tell whether a password locks them and sheets are in them.

Boundary: nothing is decrypted; LibreOffice reads them. Source: [MS-CFB] sections 2.2, 2.3, 2.5 and 2.6 (header, FAT,
DIFAT, directory), [MS-DOC] 2.5.2 (FibBase, fEncrypted), [MS-XLS] 2.4.117 (FilePass).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from taskie.readers.package import OLE

_ENTRY, _HEADER_FAT = 128, 109
_LAST_SECTOR = 0xFFFFFFFA
_WORD, _WORD_LOCKED = 0xA5EC, 0x0100
_BEGIN, _LOCK, _END = 0x0809, 0x002F, 0x000A
# The lock stands behind the first record, or a few that tell who may write.
_MAX_RECORDS = 12


_SHEETS = ("Workbook", "Book")


def is_locked(data: bytes) -> bool:
    """Tell whether a password locks an old Office file; what is no such file, or is damaged, is not."""
    try:
        return any(
            _sheets_locked(head) if name in _SHEETS else name == "WordDocument" and _word_locked(head)
            for name, head in _streams(data)
        )
    except struct.error:
        return False


def holds_sheets(data: bytes) -> bool:
    """Tell whether an old Office file has a workbook; what is cut short before its list of contents has none."""
    try:
        return any(name in _SHEETS and head for name, head in _streams(data))
    except struct.error:
        return False


def _streams(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and first sector of each stream; raises ``struct.error`` where the file ends too early."""
    shift = struct.unpack_from("<H", data, 30)[0] if data.startswith(OLE) else 0
    if shift not in (9, 12):  # all that there are
        return
    size = 1 << shift
    sector, tables = struct.unpack_from("<I", data, 48)[0], _tables(data, size)
    for _ in range(len(data) // size):  # a chain that bites its tail ends all the same
        if sector >= _LAST_SECTOR:
            return
        start = (sector + 1) * size
        for entry in range(start, start + size, _ENTRY):
            length, kind = struct.unpack_from("<HB", data, entry + 64)
            first = struct.unpack_from("<I", data, entry + 116)[0]
            if kind == 2 and 2 <= length <= 64:
                name = data[entry : entry + length - 2].decode("utf-16-le", errors="replace")
                yield name, data[(first + 1) * size : (first + 2) * size]
        sector = _next_sector(data, sector, size, tables)


def _tables(data: bytes, size: int) -> list[int]:
    """Return the sectors of the file allocation table: those in the header, then those in the chain of further lists."""
    tables = list(struct.unpack_from(f"<{_HEADER_FAT}I", data, 76))
    following = struct.unpack_from("<I", data, 68)[0]
    while following < _LAST_SECTOR and len(tables) <= len(data) // size + _HEADER_FAT:
        *more, following = struct.unpack_from(f"<{size // 4}I", data, (following + 1) * size)
        tables += more
    return tables


def _next_sector(data: bytes, sector: int, size: int, tables: list[int]) -> int:
    table, place = divmod(sector, size // 4)
    if table >= len(tables):
        return _LAST_SECTOR
    return int(struct.unpack_from("<I", data, (tables[table] + 1) * size + 4 * place)[0])


def _word_locked(head: bytes) -> bool:
    kind, flags = struct.unpack_from("<H8xH", head)
    return kind == _WORD and bool(flags & _WORD_LOCKED)


def _sheets_locked(head: bytes) -> bool:
    at = 0
    for i in range(_MAX_RECORDS):
        kind, length = struct.unpack_from("<HH", head, at)
        if (i == 0) != (kind == _BEGIN) or kind == _END:
            return False
        if kind == _LOCK:
            return True
        at += 4 + length
    return False
