"""What LibreOffice is let do: no link followed, nothing left running."""

import os
import shutil
import stat
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from make_office_files import flat_text

from taskie.errors import ReadError
from taskie.readers import office

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")


@pytest.fixture
def requests():
    """Return the address of a server on this machine and the list of what is asked of it."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def linked(address):
    picture = (
        f'<draw:image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{address}/a.png" xlink:type="simple"/>'
    )
    frame = f'<draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="as-char">{picture}</draw:frame>'
    return flat_text(f"<text:p>1. 修路3公里。{frame}</text:p>").encode()


@needs_office
@pytest.mark.slow
def test_links_of_a_document_are_not_followed(requests):
    address, asked = requests
    assert office.read_office(linked(address), "a.odt").text == "1. 修路3公里。\n"
    assert asked == []


@needs_office
@pytest.mark.slow
def test_links_would_be_followed_without_the_settings(requests, monkeypatch):
    address, asked = requests
    empty = '<?xml version="1.0"?><oor:items xmlns:oor="http://openoffice.org/2001/registry"></oor:items>'
    monkeypatch.setattr(office, "_SETTINGS", empty)
    office.read_office(linked(address), "a.odt")
    assert "/a.png" in asked


def fake(tmp_path, monkeypatch, script):
    """Put a program in the place of LibreOffice."""
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(office.shutil, "which", lambda _: str(program))


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat", encoding="utf-8") as handle:
        return handle.read().rsplit(")", 1)[1].split()[0] != "Z"


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="looks processes up under /proc")
def test_conversion_that_hangs_is_ended_with_all_it_started(tmp_path, monkeypatch):
    fake(tmp_path, monkeypatch, f"sleep 300 & echo $! > {tmp_path}/child; wait")
    monkeypatch.setattr(office, "TIMEOUT_S", 1)
    with pytest.raises(ReadError, match=r"a\.rtf: LibreOffice did not finish within 1 s"):
        office.read_office(rb"{\rtf1 x}", "a.rtf")
    time.sleep(0.2)
    assert not is_running(int((tmp_path / "child").read_text()))


def test_conversion_that_makes_nothing_is_an_error_that_says_what_to_do(tmp_path, monkeypatch):
    fake(tmp_path, monkeypatch, "exit 0")
    with pytest.raises(ReadError, match=r"a\.rtf: not readable: .*open it and save it as \.docx"):
        office.read_office(rb"{\rtf1 x}", "a.rtf")


def test_missing_libreoffice_is_said(monkeypatch):
    monkeypatch.setattr(office.shutil, "which", lambda _: None)
    with pytest.raises(ReadError, match=r"a\.xls: \.xls needs LibreOffice, which is not installed"):
        office.read_office(b"\xd0\xcf\x11\xe0", "a.xls")
