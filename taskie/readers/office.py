"""Read .doc, .wps, .odt, .rtf and .xls by letting LibreOffice turn them into .docx or .xlsx first."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from taskie.errors import ReadError
from taskie.readers.source import SourceText

TIMEOUT_S = 90
_SHEETS = (".xls", ".et", ".ods")


def read_office(data: bytes, name: str) -> SourceText:
    """Read a file through LibreOffice; raises ``ReadError`` with a hint where it is not installed."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    ending = Path(name).suffix.lower()
    if program is None:
        raise ReadError(
            f"{name}: {ending} needs LibreOffice, which is not installed; install it, or save the file as .docx or .xlsx"
        )
    target = "xlsx" if ending in _SHEETS else "docx"
    with tempfile.TemporaryDirectory() as folder:
        # A fixed name and a profile of its own: nothing of the user's settings or of the file's name gets in.
        source = Path(folder) / f"source{ending}"
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            folder,
            str(source),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=TIMEOUT_S, check=True)
        except subprocess.TimeoutExpired as error:
            raise ReadError(f"{name}: LibreOffice did not finish within {TIMEOUT_S} s") from error
        except (subprocess.CalledProcessError, OSError) as error:
            raise ReadError(f"{name}: LibreOffice could not read it: {error}") from error
        result = source.with_suffix(f".{target}")
        if not result.exists():
            raise ReadError(f"{name}: LibreOffice could not read it")
        converted = result.read_bytes()
    if target == "xlsx":
        from taskie.readers.sheets import read_xlsx

        return read_xlsx(converted, name)
    from taskie.readers.word import read_docx

    return read_docx(converted, name)
