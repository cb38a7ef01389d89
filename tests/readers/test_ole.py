"""Old Office files: which a password locks."""

import shutil
import struct
from pathlib import Path

import pytest

from taskie.errors import ReadError
from taskie.readers import office
from taskie.readers.files import read_file
from taskie.readers.ole import holds_sheets, is_locked

OFFICE = Path(__file__).parent / "office"
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")


@pytest.mark.parametrize("name", ["encrypted.doc", "encrypted.xls"])
def test_locked_file_is_seen(name):
    assert is_locked((OFFICE / name).read_bytes())


@pytest.mark.parametrize("name", ["notice.doc", "table.doc", "changes.doc", "table.xls", "table.docx", "table.odt", "encrypted.pdf"])  # fmt: skip
def test_open_file_is_not_taken_for_locked(name):
    assert not is_locked((OFFICE / name).read_bytes())


@pytest.mark.parametrize("name", ["notice.doc", "table.xls", "encrypted.doc", "encrypted.xls"])
def test_torn_or_garbled_file_is_looked_into_without_a_fault(name):
    data = (OFFICE / name).read_bytes()
    for length in range(0, len(data), 97):
        is_locked(data[:length])
    for at in range(28, 600):
        for byte in (b"\0", b"\xff"):
            is_locked(data[:at] + byte + data[at + 1 :])
            holds_sheets(data[:at] + byte + data[at + 1 :])
    assert not is_locked(data[:8] + bytes(3000))


def test_directory_that_bites_its_tail_comes_to_an_end():
    data = bytearray((OFFICE / "table.xls").read_bytes())
    first = struct.unpack_from("<I", data, 48)[0]
    table = struct.unpack_from("<I", data, 76)[0]
    struct.pack_into("<I", data, (table + 1) * 512 + 4 * first, first)
    assert not is_locked(bytes(data))


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("ending", ["doc", "xls", "odt", "ods"])
def test_encrypted_file_says_so_and_what_to_do(ending):
    with pytest.raises(ReadError, match=rf"encrypted.{ending}: encrypted; remove the password first"):
        read_file(OFFICE / f"encrypted.{ending}")


@pytest.mark.parametrize("ending", ["odt", "ods"])
def test_encrypted_open_document_says_so_without_libreoffice(ending, monkeypatch):
    monkeypatch.setattr(office.shutil, "which", lambda name: None)
    with pytest.raises(ReadError, match="encrypted; remove the password first"):
        read_file(OFFICE / f"encrypted.{ending}")


@needs_office
@pytest.mark.slow
def test_damaged_old_file_is_not_said_to_be_encrypted():
    data = (OFFICE / "notice.doc").read_bytes()
    with pytest.raises(ReadError, match="not readable: damaged, cut short, or not what its ending says"):
        office.read_office(data[:8] + bytes(3000), "notice.doc")


@pytest.mark.parametrize("name", ["table.xls", "encrypted.xls"])
def test_workbook_is_seen(name):
    assert holds_sheets((OFFICE / name).read_bytes())


@pytest.mark.parametrize("name", ["table.doc", "table.xlsx", "table.ods"])
def test_other_file_is_no_old_workbook(name):
    assert not holds_sheets((OFFICE / name).read_bytes())


def entry(name):
    """Return the entry of a stream that begins at the first sector."""
    return name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HB49xI8x", 2 * len(name) + 2, 2, 0)


def long_file(names):
    """Return a file whose directory has two sectors, the second named in the 110th sector of the table, listed outside the header."""
    size, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    first, second = 0, 109 * 128  # the 110th sector of the table tells what follows the second
    lists, tables = second + 1, second + 2
    header = bytearray(76) + struct.pack("<I", tables) * 109
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, second)
    struct.pack_into("<I", header, 68, lists)
    body = bytearray(size * (tables + 2))
    body[first : first + 128] = entry(names[1])
    body[second * size : second * size + 128] = entry(names[0])
    struct.pack_into("<I", body, lists * size, tables + 1)
    struct.pack_into("<I", body, lists * size + size - 4, end)
    struct.pack_into("<128I", body, tables * size, end, *[free] * 127)
    struct.pack_into("<128I", body, (tables + 1) * size, first, *[free] * 127)
    return bytes(header + body)


def test_directory_of_a_large_file_is_followed_beyond_the_header():
    assert holds_sheets(long_file(["Other", "Workbook"]))
    assert not holds_sheets(long_file(["Other", "Another"]))


@needs_office
@pytest.mark.parametrize("length", [520, 2000, 4608])
def test_workbook_that_is_cut_short_is_refused_and_not_read_as_text(length):
    data = (OFFICE / "table.xls").read_bytes()
    with pytest.raises(ReadError, match="not readable: damaged, cut short"):
        office.read_office(data[:length], "table.xls")
