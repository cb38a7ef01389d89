"""Guard the ZIP packages of Office and OFD files: what is damaged, encrypted, mislabelled or a trap is refused before it is parsed.

Boundary: nothing is written anywhere and no part is fetched; this looks, and the readers of each format parse.
"""

from __future__ import annotations

import io
import re
import zipfile

from taskie.errors import ReadError

MAX_PARTS = 20_000
MAX_BYTES = 800 * 1024 * 1024
MAX_XML_BYTES = 128 * 1024 * 1024
# Deflate packs real tables up to about 100 : 1; only runs of one byte come near its limit of 1032 : 1.
MAX_RATIO = 300
RATIO_FROM_BYTES = 1_000_000
OLE = b"\xd0\xcf\x11\xe0"
# Office never writes a document type; it is how entities are declared. The second form is UTF-16 of either order.
_DOCUMENT_TYPE = re.compile(rb"<!DOCTYPE|<!ENTITY|!\0D\0O\0C\0T\0Y\0P\0E|!\0E\0N\0T\0I\0T\0Y")
_MAIN_PARTS = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx", "ppt/presentation.xml": ".pptx", "content.xml": ".odt or .ods", "OFD.xml": ".ofd"}  # fmt: skip


def open_package(data: bytes, name: str, *, ending: str) -> zipfile.ZipFile:
    """Return the open package; ``ending`` is .docx, .xlsx or .ofd.

    Raises ``ReadError`` if it is damaged, encrypted, another kind of file, or unpacks to more than is safe.
    """
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ReadError(f"{name}: encrypted; remove the password first")
        raise ReadError(f"{name}: an old or encrypted Office file under the ending {ending}; remove the password, or give it its true ending (.doc, .xls)")  # fmt: skip
    if data.startswith(b"%PDF"):
        raise ReadError(f"{name}: holds PDF data; give the file its true ending")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ReadError(f"{name}: damaged, not a readable {ending} file ({error}); it may be cut short, fetch it again") from error  # fmt: skip
    _check_sizes(infos, name)
    held = package_ending(archive)
    if held != ending:
        raise ReadError(f"{name}: " + (f"holds a {held} file; give it its true ending" if held else f"a ZIP archive, but no {ending} file; unpack it first"))  # fmt: skip
    _check_parts(archive, name)
    return archive


def package_ending(archive: zipfile.ZipFile) -> str | None:
    """Return the ending that the main part of a package calls for, or ``None``."""
    names = set(archive.namelist())
    return next((ending for part, ending in _MAIN_PARTS.items() if part in names), None)


def sniff_package(data: bytes) -> str | None:
    """Return the ending that fits a package under any name, or ``None`` if it is none."""
    if not data.startswith(b"PK"):
        return None
    try:
        return package_ending(zipfile.ZipFile(io.BytesIO(data)))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None


def _check_sizes(infos: list[zipfile.ZipInfo], name: str) -> None:
    if any(info.flag_bits & 1 for info in infos):
        raise ReadError(f"{name}: encrypted; remove the password first")
    xml = sum(info.file_size for info in infos if _is_xml(info))
    if len(infos) > MAX_PARTS or xml > MAX_XML_BYTES or sum(info.file_size for info in infos) > MAX_BYTES:
        raise ReadError(f"{name}: unpacks to more than is safe ({xml >> 20} MiB of text, {MAX_XML_BYTES >> 20} are read); split it")  # fmt: skip
    if any(i.file_size > RATIO_FROM_BYTES and i.file_size > MAX_RATIO * max(1, i.compress_size) for i in infos):
        raise ReadError(f"{name}: packed suspiciously tightly (a ZIP bomb?); refused")


def _check_parts(archive: zipfile.ZipFile, name: str) -> None:
    for info in archive.infolist():
        if not _is_xml(info):
            continue
        try:
            content = archive.read(info)
        except Exception as error:  # zipfile, zlib and lzma raise classes of their own for a torn part
            raise ReadError(f"{name}: damaged: the part {info.filename} cannot be unpacked ({error}); fetch it again") from error  # fmt: skip
        if _DOCUMENT_TYPE.search(content):
            raise ReadError(
                f"{name}: the part {info.filename} declares entities, which no program of the trade does; refused"
            )


def _is_xml(info: zipfile.ZipInfo) -> bool:
    return info.filename.lower().endswith((".xml", ".rels", ".vml"))
