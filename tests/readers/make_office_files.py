"""Make the files in ``tests/readers/office`` with LibreOffice from ``office_source``: python tests/readers/make_office_files.py

The table and the notice are written as flat OpenDocument, which LibreOffice saves in every other format: what the
files hold besides the text (styles, fonts, ways to merge cells) is what real programs write.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from office_source import ABOVE, COLUMNS, NOTICE, ROWS, TITLE
from office_special import CHANGES_BODY, CHANGES_STYLES, HIDDEN_BODY, HIDDEN_STYLES

FOLDER = Path(__file__).parent / "office"
SHEET_FORMATS = ("xlsx", "xls", "ods", "csv", "tsv")
TABLE_FORMATS = ("docx", "doc", "odt", "rtf", "pdf", "html")
NOTICE_FORMATS = ("docx", "doc", "pdf", "html")
_FILTERS = {
    "csv": "csv:Text - txt - csv (StarCalc):44,34,76,1",
    "tsv": "csv:Text - txt - csv (StarCalc):9,34,76,1",
    "html": "html:HTML (StarWriter)",
}

_ROOT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.{kind}">
<office:font-face-decls><style:font-face style:name="cjk" svg:font-family="'Noto Sans CJK SC'"/></office:font-face-decls>
<office:styles><style:default-style style:family="paragraph"><style:text-properties fo:font-size="10.5pt" style:font-name="cjk" style:font-name-asian="cjk" style:font-size-asian="10.5pt" fo:language="zh" fo:country="CN" style:language-asian="zh" style:country-asian="CN"/></style:default-style></office:styles>
<office:automatic-styles>
<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" fo:margin="2cm"/></style:page-layout>
<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.15cm"/></style:style>
<style:style style:name="table" style:family="table"><style:table-properties table:border-model="collapsing"/></style:style>
{styles}</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page"/></office:master-styles>
<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>
"""


def flat_text(body: str, *, styles: str = "") -> str:
    """Return a text document as flat OpenDocument."""
    return _ROOT.format(kind="text", styles=styles, body=body)


def flat_sheets(body: str, *, styles: str = "") -> str:
    """Return a workbook as flat OpenDocument."""
    return _ROOT.format(kind="spreadsheet", styles=styles, body=body)


def paragraphs(lines: Sequence[str]) -> str:
    """Return text paragraphs."""
    return "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)


def table(*, sheet: bool) -> str:
    """Return the table with its merged cells; a sheet has the title in its first row, a text has it above."""
    rows = [[COLUMNS], [*ROWS]]
    columns = "<table:table-column/>" * len(COLUMNS)
    title = _row(0, ((TITLE,),)) if sheet else ""
    head = f"<table:table-header-rows>{_row(0, rows[0])}</table:table-header-rows>"
    body = "".join(_row(i, rows[1]) for i in range(len(ROWS)))
    return f'<table:table table:name="台账" table:style-name="table">{columns}{title}{head}{body}</table:table>'


def _row(at: int, rows: Sequence[Sequence[str | None]]) -> str:
    row = rows[at]
    if len(row) == 1:
        rest = "<table:covered-table-cell/>" * (len(COLUMNS) - 1)
        return f"<table:table-row>{_cell(row[0], columns=len(COLUMNS))}{rest}</table:table-row>"
    cells = (
        "<table:covered-table-cell/>" if text is ABOVE else _cell(text, rows=_reach(at, column, rows))
        for column, text in enumerate(row)
    )
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _reach(at: int, column: int, rows: Sequence[Sequence[str | None]]) -> int:
    """Return over how many rows a cell is merged."""
    end = at + 1
    while end < len(rows) and len(rows[end]) > 1 and rows[end][column] is ABOVE:
        end += 1
    return end - at


def _cell(text: str | None, *, rows: int = 1, columns: int = 1) -> str:
    merged = (
        f' table:number-rows-spanned="{rows}" table:number-columns-spanned="{columns}"' if rows * columns > 1 else ""
    )
    number = (
        f' office:value-type="float" office:value="{text}"'
        if text and text.isdecimal()
        else ' office:value-type="string"'
    )
    return f'<table:table-cell table:style-name="cell"{merged}{number}>{paragraphs([text or ""])}</table:table-cell>'


def convert(source: Path, ending: str, folder: Path) -> Path:
    """Save ``source`` in another format; raises ``RuntimeError`` with LibreOffice's words if it makes no file."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise RuntimeError("LibreOffice is not installed: there is no soffice on the path")
    with tempfile.TemporaryDirectory() as work:
        command = [program, f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to"]
        command += [_FILTERS.get(ending, ending), "--outdir", work, str(source)]
        done = subprocess.run(command, capture_output=True, timeout=180, check=False)
        made = [path for path in Path(work).iterdir() if path.is_file()]
        if len(made) != 1:
            raise RuntimeError(f"{source} as {ending}: {done.stdout.decode()} {done.stderr.decode()}")
        target = folder / f"{source.stem}.{ending}"
        shutil.move(made[0], target)
    return target


def write_all(folder: Path = FOLDER) -> None:
    """Write every file."""
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        sources = {
            "table.fodt": (flat_text(paragraphs([TITLE]) + table(sheet=False)), TABLE_FORMATS),
            "notice.fodt": (flat_text(paragraphs(NOTICE)), NOTICE_FORMATS),
            "table.fods": (flat_sheets(table(sheet=True)), SHEET_FORMATS),
            "changes.fodt": (flat_text(CHANGES_BODY, styles=CHANGES_STYLES), ("docx", "doc")),
            "hidden.fods": (flat_sheets(HIDDEN_BODY, styles=HIDDEN_STYLES), ("xlsx", "csv")),
        }
        for name, (content, formats) in sources.items():
            source = Path(work) / name
            source.write_text(content, encoding="utf-8")
            for ending in formats:
                convert(source, ending, folder)


if __name__ == "__main__":
    write_all()
