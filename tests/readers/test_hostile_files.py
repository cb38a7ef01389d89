"""Hostile and broken files: each gives a clear error, or is read, within bounded time and memory."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import hostile_files
import pytest
from hostile_files import CASES

from taskie.errors import ReadError
from taskie.readers.files import read_file

MAX_SECONDS = 2.0
MAX_MIB = 160


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("hostile")
    hostile_files.write_all(made)
    return made


@pytest.fixture(scope="module")
def outcomes(folder):
    """Return what reading each file gave, in a process that did not have to make them."""
    command = [sys.executable, hostile_files.__file__, str(folder)]
    done = subprocess.run(command, capture_output=True, timeout=240, check=True, cwd=Path(__file__).parents[2])
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", [name for name, (_, message) in CASES.items() if message])
def test_hostile_or_broken_file_is_refused_and_the_message_says_why(outcomes, folder, name):
    message = outcomes[name]["message"]
    assert CASES[name][1] in message
    assert message.startswith(f"{folder / name}: ")
    assert outcomes[name]["text"] == ""


@pytest.mark.parametrize("name", [name for name, (_, message) in CASES.items() if not message])
def test_strange_but_harmless_file_is_read(outcomes, name):
    assert outcomes[name]["message"] == ""


@pytest.mark.parametrize("name", CASES)
def test_time_and_memory_are_bounded(outcomes, name):
    assert outcomes[name]["seconds"] < MAX_SECONDS
    assert outcomes[name]["grown_mib"] < MAX_MIB


def test_far_cell_is_read_and_leads_back_to_its_place(folder):
    read = read_file(folder / "far.xlsx")
    assert read.text.split() == ["甲", "乙"]
    assert str(read.place_of(read.text.index("乙"))) == "sheet 台账, cell XFD1048576"


def test_entities_of_a_page_are_not_expanded(outcomes):
    assert "哈哈哈" not in outcomes["laughs.html"]["text"]


def test_what_a_document_links_to_is_not_fetched(tmp_path, monkeypatch):
    def connect(*_):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", connect)
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        'Target="http://192.0.2.1/a.png" TargetMode="External"/></Relationships>'
    )
    path = tmp_path / "link.docx"
    body = hostile_files.word(hostile_files.paragraph("1. 修路3公里。"))
    path.write_bytes(body)
    path.write_bytes(hostile_files.changed(path, {"word/_rels/document.xml.rels": relations.encode()}))
    assert read_file(path).text == "1. 修路3公里。\n"
    page = tmp_path / "link.html"
    page.write_text(
        '<img src="http://192.0.2.1/a.png"><link rel="stylesheet" href="http://192.0.2.1/a.css"><p>1. 修路。'
    )
    assert read_file(page).text == "1. 修路。\n"


def test_folder_is_named_as_such(tmp_path):
    with pytest.raises(ReadError, match="a folder, not a file"):
        read_file(tmp_path)
