"""Old Office files: which a password locks."""

import shutil
import struct
from pathlib import Path

import pytest

from taskie.errors import ReadError
from taskie.readers import office
from taskie.readers.files import read_file
from taskie.readers.ole import is_locked

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
    with pytest.raises(ReadError, match="LibreOffice could not read it: damaged, or not what its ending says"):
        office.read_office(data[:8] + bytes(3000), "notice.doc")
