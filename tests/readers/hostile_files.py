"""Build hostile and broken files, and read each in a process of its own: ``python hostile_files.py FOLDER`` prints what it cost."""

from __future__ import annotations

import io
import json
import random
import re
import sys
import time
import zipfile
import zlib
from pathlib import Path

import ofd_files

OFFICE = Path(__file__).parent / "office"
LAUGHS = '<!DOCTYPE x [<!ENTITY a "哈哈">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"  # fmt: skip
OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/hostname">]>'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"


def changed(name: str, parts: dict[str, bytes]) -> bytes:
    """Return an Office file of the folder with parts replaced or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(OFFICE / name) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part not in parts:
                new.writestr(part, old.read(part))
        for part, content in parts.items():
            new.writestr(part, content)
    return buffer.getvalue()


def word(body: str, *, before: str = "", encoding: str = "utf-8") -> bytes:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    xml = f"{head}{before}<w:document {W}><w:body>{body}</w:body></w:document>"
    return changed("notice.docx", {"word/document.xml": xml.encode(encoding)})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def workbook(rows: str, *, after: str = "", before: str = "") -> bytes:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    )
    return changed("table.xlsx", {SHEET: xml.encode()})


def inline(cell: str, text: str) -> str:
    return f'<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>'


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return buffer.getvalue()


def lying(name: str) -> bytes:
    """Return a file whose directory says that its main part is 100 bytes."""
    data = bytearray((OFFICE / name).read_bytes())
    at = data.rindex(b"word/document.xml", 0, data.rindex(b"PK\x05\x06"))
    data[at - 46 + 24 : at - 46 + 28] = (100).to_bytes(4, "little")
    return bytes(data)


def spread() -> bytes:
    """Return a file of 160 MB of XML that is packed no tighter than real tables are."""
    return changed("notice.docx", {f"word/more{i}.xml": noise() for i in range(4)})


def noise(lines: int = 9000) -> bytes:
    """Return text that is packed no tighter than real tables are, 4500 bytes a line."""
    return "".join(random.Random(1).choices("甲乙丙丁戊己庚辛壬癸", k=1500)).encode() * lines


def changed_ofd(more: dict[str, bytes]) -> bytes:
    """Return an .ofd file of one page with parts replaced or added."""
    return ofd_files.packed({**ofd_files.parts([ofd_files.page("")]), **more})


def locked(data: bytes) -> bytes:
    """Return a ZIP file whose directory says that its parts need a password."""
    changed_data = bytearray(data)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        changed_data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    return bytes(changed_data)


def pdf(content: bytes, *, filters: str = "/FlateDecode", kids: str = "3 0 R") -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count 1>>".encode(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
        f"<</Length {len(content)}/Filter[{filters}]>>".encode() + b"\nstream\n" + content + b"\nendstream",
    ]
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(f"{o:010} 00000 n \n".encode() for o in offsets)
    return bytes(out) + f"trailer<</Size 5/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()


def rules(count: int) -> bytes:
    """Return the drawing of a grid with many lines."""
    lines = "".join(f"{x} 50 m {x} 800 l S\n50 {x} m 550 {x} l S\n" for x in range(50, 50 + count))
    return zlib.compress(lines.encode())


def dashes(count: int, length: int) -> bytes:
    """Return the drawing of a grid of short lines that touch none of the others in their row or column."""
    at = [(50 + 12 * i, 50 + 20 * j) for i in range(count) for j in range(count)]
    lines = "".join(f"{x} {y} m {x} {y + length} l S\n{x} {y} m {x + length} {y} l S\n" for x, y in at)
    return zlib.compress(lines.encode())


def half(name: str) -> bytes:
    data = (OFFICE / name).read_bytes()
    return data[: len(data) // 2]


def whole(name: str) -> bytes:
    return (OFFICE / name).read_bytes()


ZEROS = zlib.compress(b" " * 200_000_000, 9)
WIDE = '<w:tc><w:tcPr><w:gridSpan w:val="9999"/></w:tcPr><w:p/></w:tc>'
SOME = ofd_files.text("甲乙丙丁" * 5, 30, 50)
PAGE, SAME_PAGE = "Doc_0/Pages/Page_0/Content.xml", '<Page BaseLoc="Pages/Page_0/Content.xml"/>'
TABLE = "<tr><td>序号</td><td>任务</td></tr>"

# A name, the content, and what the message must say; an empty message: the file is read.
CASES = {
    "bomb.docx": (lambda: changed("notice.docx", {"word/document.xml": b"0" * 50_000_000}), "ZIP bomb"),
    "spread.docx": (spread, "more than is safe"),
    "nested.docx": (lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c": b"0" * 10_000_000})})}), "no .docx file"),
    "nested-inside.docx": (lambda: changed("notice.docx", {"word/media/a.zip": zipped({"b": b"0" * 10_000_000})}), ""),
    "lying.docx": (lambda: lying("notice.docx"), "damaged"),
    "laughs.docx": (lambda: word(paragraph("&i;"), before=LAUGHS), "declares entities"),
    "laughs-utf16.docx": (lambda: word(paragraph("&i;"), before=LAUGHS, encoding="utf-16"), "declares entities"),
    "outside.docx": (lambda: word(paragraph("&i;"), before=OUTSIDE), "declares entities"),
    "outside.xlsx": (lambda: workbook(f'<row r="1">{inline("A1", "&i;")}</row>', before=OUTSIDE), "declares entities"),
    "laughs.html": (lambda: (LAUGHS + "<p>1. 修路&i;。</p>").encode(), ""),
    "laughs.odt": (lambda: changed("table.odt", {"content.xml": (LAUGHS + "<a>&i;</a>").encode()}), "declares entities"),
    "nested-paragraphs.docx": (lambda: word("<w:p>" * 50_000 + "</w:p>" * 50_000), "not a readable Word document"),
    "wide.docx": (lambda: word("<w:tbl>" + f"<w:tr>{WIDE * 30}</w:tr>" * 100 + "</w:tbl>"), "more than 1,000,000 cells"),
    "encrypted.docx": (lambda: whole("encrypted.docx"), "encrypted; remove the password"),
    "encrypted.xlsx": (lambda: whole("encrypted.xlsx"), "encrypted; remove the password"),
    "encrypted.pdf": (lambda: whole("encrypted.pdf"), "encrypted; remove the password"),
    "encrypted.doc": (lambda: whole("encrypted.docx"), "encrypted; remove the password"),
    "locked.pdf": (lambda: whole("locked.pdf"), ""),
    "half.docx": (lambda: half("table.docx"), "cut short"),
    "half.xlsx": (lambda: half("table.xlsx"), "cut short"),
    "half.pdf": (lambda: half("table.pdf"), "cut short"),
    "workbook.docx": (lambda: whole("table.xlsx"), "holds a .xlsx file; give it its true ending"),
    "word.xlsx": (lambda: whole("table.docx"), "holds a .docx file; give it its true ending"),
    "pdf.docx": (lambda: whole("table.pdf"), "holds PDF data; give the file its true ending"),
    "old.docx": (lambda: whole("table.doc"), "give it its true ending (.doc"),
    "word.txt": (lambda: whole("table.docx"), "holds Word (.docx) data"),
    "workbook.csv": (lambda: whole("table.xlsx"), "holds workbook (.xlsx) data"),
    "old.html": (lambda: whole("table.doc"), "holds old Office"),
    "page.pdf": (lambda: whole("table.html"), "not a readable PDF"),
    "noise.doc": (lambda: random.Random(2).randbytes(5000), "not an Office document"),
    "picture.xls": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "not an Office document"),
    "word.doc": (lambda: whole("notice.docx"), ""),
    "page.xls": (lambda: whole("table.html"), ""),
    "empty.docx": (lambda: b"", "empty, 0 bytes"),
    "empty.xlsx": (lambda: b"", "empty, 0 bytes"),
    "empty.pdf": (lambda: b"", "empty, 0 bytes"),
    "empty.doc": (lambda: b"", "empty, 0 bytes"),
    "empty.txt": (lambda: b"", ""),
    "far.xlsx": (lambda: workbook(f'<row r="1">{inline("A1", "甲")}</row><row r="1048576">{inline("XFD1048576", "乙")}</row>'), ""),
    "merged.xlsx": (lambda: workbook(f'<row r="1">{inline("A1", "甲")}</row>', after='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "unmerge"),
    "deep.html": (lambda: b"<div>" * 100_000 + "1. 修路3公里。".encode() + b"</div>" * 100_000, "nested more than"),
    "deep-tables.html": (lambda: b"<table><tr><td>" * 20_000 + "1. 修路3公里。".encode(), "nested more than"),
    "spans.html": (lambda: ("<table>" + TABLE + '<tr><td rowspan="99999" colspan="99999">甲</td></tr>' * 3000 + "</table>").encode(), "more than 1,000,000 cells"),
    "codec.html": (lambda: b'<meta charset="punycode"><p>' + b"a" * 300_000 + b"-9999999", ""),
    "open-quote.csv": (lambda: ('序号,任务\n1,"' + "甲" * 200_000).encode(), "quotation mark"),
    "bomb.pdf": (lambda: pdf(ZEROS), "ZIP bomb"),
    "bomb-inside.pdf": (lambda: pdf(zlib.compress(ZEROS), filters="/FlateDecode/FlateDecode"), "ZIP bomb"),
    "ring.pdf": (lambda: pdf(zlib.compress(b"BT ET"), kids="2 0 R"), "no text"),
    "dashes.pdf": (lambda: pdf(dashes(36, 4)), "no text"),
    "grid.pdf": (lambda: pdf(rules(5000)), "no text"),
    "empty.ofd": (lambda: b"", "empty, 0 bytes"),
    "no-document.ofd": (lambda: zipped({"OFD.xml": b"<a/>"}), "names no document"),
    "bomb.ofd": (lambda: changed_ofd({PAGE: b" " * 50_000_000}), "ZIP bomb"),
    "spread.ofd": (lambda: changed_ofd({f"Doc_0/more{i}.xml": noise() for i in range(4)}), "more than is safe"),
    "laughs.ofd": (lambda: changed_ofd({PAGE: (LAUGHS + ofd_files.page("&i;")).encode()}), "declares entities"),
    "encrypted.ofd": (lambda: locked(ofd_files.ofd("")), "encrypted; remove the password"),
    "half.ofd": (lambda: (data := ofd_files.ofd(SOME))[: len(data) // 2], "cut short"),
    "climbing.ofd": (lambda: changed_ofd({"OFD.xml": b"<O><DocBody><DocRoot>../../../etc/a.xml</DocRoot></DocBody></O>"}), "outside the file"),
    "deep.ofd": (lambda: changed_ofd({PAGE: b"<a>" * 100_000}), "is not readable"),
    "distances.ofd": (lambda: ofd_files.ofd(ofd_files.text("甲乙", 30, 50, delta="g 999999999 5 " * 1000)), ""),
    "characters.ofd": (lambda: ofd_files.ofd(SOME * 3000), "more than 50,000 characters"),
    "many-pages.ofd": (lambda: changed_ofd({"Doc_0/Document.xml": ("<D><Pages>" + SAME_PAGE * 5000 + "</Pages></D>").encode()}), "more than 2000 pages"),
    "same-page.ofd": (lambda: changed_ofd({"Doc_0/Document.xml": ("<D><Pages>" + SAME_PAGE * 1500 + "</Pages></D>").encode(), PAGE: b"<a>" + noise(200) + b"</a>"}), "pages of more than 128 MiB"),
    "rules.ofd": (lambda: ofd_files.ofd("".join(ofd_files.rule(x / 10, 0, x / 10, 200) for x in range(20_000))), "no text"),
    "path.ofd": (lambda: ofd_files.ofd(f'<PathObject Boundary="0 0 9 9"><AbbreviatedData>{"M 0 0 L 9 0 L 9 9 " * 40_000}</AbbreviatedData></PathObject>'), "no text"),
    "word.ofd": (lambda: whole("notice.docx"), "holds a .docx file; give it its true ending"),
    "page.txt": (lambda: ofd_files.ofd(SOME), "holds OFD data"),
    "page-renamed.pdf": (lambda: zipped({"OFD.xml": b"<a/>"}), "not a readable PDF"),
}  # fmt: skip


def write_all(folder: Path) -> None:
    """Write every case."""
    for name, (content, _) in CASES.items():
        (folder / name).write_bytes(content())


def peak_mib(*, reset: bool = False) -> float:
    """Return the most memory this process held since the last reset, in MiB; Linux only, elsewhere 0."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1024


def read_all(folder: Path) -> dict[str, dict[str, object]]:
    """Read every case; return message, processor seconds and the growth of peak memory in MiB."""
    from taskie.errors import ReadError
    from taskie.readers.files import read_file

    for name in ("notice.docx", "table.xlsx", "table.pdf", "table.html", "table.csv"):
        read_file(OFFICE / name)  # what importing costs is no file's fault
    found: dict[str, dict[str, object]] = {}
    for name in CASES:
        base = peak_mib(reset=True)
        started = time.process_time()
        try:
            message = ""
            text = read_file(folder / name).text
        except ReadError as error:
            message, text = str(error), ""
        seconds = time.process_time() - started
        grown = peak_mib() - base
        found[name] = {"message": message, "text": text[:200], "seconds": seconds, "grown_mib": grown}
    return found


if __name__ == "__main__":
    json.dump(read_all(Path(sys.argv[1])), sys.stdout)
