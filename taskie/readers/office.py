"""Read .doc, .wps, .odt, .rtf and .xls by letting LibreOffice turn them into .docx or .xlsx first."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from pathlib import Path

from taskie.errors import ReadError
from taskie.readers.ole import holds_sheets, is_locked
from taskie.readers.package import OLE, open_package
from taskie.readers.source import SourceText

TIMEOUT_S = 90
_SHEETS = (".xls", ".et", ".ods")
# No macro runs, and nothing that a document links to (pictures, sections, style sheets) is fetched: links are not
# followed, and where one is all the same (style sheets of HTML), it goes to a proxy that is not there.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetNoProxy" oor:op="fuse"><value></value></prop></item>
</oor:items>
"""


def read_office(data: bytes, name: str) -> SourceText:
    """Read a file through LibreOffice; raises ``ReadError`` with a hint where it is not installed or cannot read it."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    ending = Path(name).suffix.lower()
    if data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise _locked(name)
    if data.startswith(b"PK") and _is_locked_package(open_package(data, name, ending=".odt or .ods")):
        raise _locked(name)
    if program is None:
        raise ReadError(
            f"{name}: {ending} needs LibreOffice, which is not installed; install it, or save the file as .docx or .xlsx"
        )
    target = "xlsx" if ending in _SHEETS else "docx"
    if target == "xlsx" and data.startswith(OLE) and not holds_sheets(data):
        raise _unreadable(name, target)  # LibreOffice would take its bytes for a text
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        # A fixed name and a profile of its own: nothing of the user's settings or of the file's name gets in.
        source = Path(folder) / f"source{ending}"
        source.write_bytes(data)
        settings = Path(folder) / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", target]
        _run([*command, "--outdir", folder, str(source)], name)
        result = source.with_suffix(f".{target}")
        if not result.exists():
            # Only now: a lock with the password that every program knows (VelvetSweatshop) keeps nobody out.
            if is_locked(data):
                raise _locked(name)
            raise _unreadable(name, target)
        converted = result.read_bytes()
    if target == "xlsx":
        from taskie.readers.sheets import read_xlsx

        return read_xlsx(converted, name)
    from taskie.readers.word import read_docx

    return read_docx(converted, name)


def _unreadable(name: str, target: str) -> ReadError:
    return ReadError(
        f"{name}: not readable: damaged, cut short, or not what its ending says; open it and save it as .{target}"
    )


def _locked(name: str) -> ReadError:
    return ReadError(f"{name}: encrypted; remove the password first")


def _is_locked_package(archive: zipfile.ZipFile) -> bool:
    """Tell whether the parts of an OpenDocument file are encrypted; its list of parts never is."""
    manifest = "META-INF/manifest.xml"
    return manifest in archive.namelist() and b":encryption-data" in archive.read(manifest)


def _run(command: list[str], name: str) -> None:
    """Run LibreOffice; what does not end in time is ended with all it started, for soffice is only a starter."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise ReadError(f"{name}: LibreOffice could not be started: {error}") from error
    try:
        process.wait(timeout=TIMEOUT_S)
    except subprocess.TimeoutExpired as error:
        raise ReadError(
            f"{name}: LibreOffice did not finish within {TIMEOUT_S} s; open it and save it as .docx or .xlsx"
        ) from error
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
