"""The documentation: its examples run, its commands exist, its links lead somewhere, and the site loads nothing."""

import doctest
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from taskie.cli.main import COMMANDS, build_parser

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
IDS = [str(page.relative_to(ROOT / "docs")) for page in PAGES]
pages = pytest.mark.parametrize("page", PAGES, ids=IDS)
# Commands that the pages describe and that may not be there yet.
COMING = {"train"}


def blocks(page, *languages):
    """Return the fenced blocks of a page in these languages."""
    text = page.read_text(encoding="utf-8")
    return [m[2] for m in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL) if m[1] in languages]


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    """Return a folder with the samples, made the current one."""
    for sample in (ROOT / "samples").glob("*.txt"):
        (tmp_path / sample.name).write_bytes(sample.read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "cache"))
    return tmp_path


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "pycon")], ids=str)
def test_examples_of_the_page_give_what_they_show(page, workplace):
    example = doctest.DocTestParser().get_doctest("\n".join(blocks(page, "pycon")), {}, page.name, str(page), 0)
    said = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(example, out=said.append)
    assert "".join(said) == ""
    assert runner.tries > 0


def commands_of(page):
    for block in blocks(page, "sh"):
        for line in block.splitlines():
            found = re.search(r"(?:^|[|/ ])taskie ((?:\w+|--version)\b.*)", line)
            if found and "pip install" not in line:
                yield shlex.split(found[1], comments=True)


@pages
def test_commands_of_the_page_are_understood(page):
    parser = build_parser()
    for words in commands_of(page):
        if words[0] in COMMANDS:
            parser.parse_args(words)
        else:
            assert words[0] in COMING | {"--version"}, words


@pages
def test_links_of_the_page_lead_to_pages(page):
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pages
def test_page_stands_in_the_contents(page):
    assert f": {page.relative_to(ROOT / 'docs')}\n" in (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


def test_python_blocks_compile():
    for page in PAGES:
        for block in blocks(page, "python"):
            compile(block, str(page), "exec")


@pytest.mark.slow
def test_site_builds_strictly_and_loads_nothing_from_elsewhere(tmp_path):
    pytest.importorskip("mkdocs", reason="mkdocs is not installed: pip install 'taskie[docs]'")
    pytest.importorskip("mkdocstrings")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = list((tmp_path / "site").rglob("*.html"))
    loaded = [
        re.findall(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=\"https?://[^\"]*", p.read_text("utf-8"))
        for p in pages
    ]
    assert len(pages) >= len(PAGES)
    assert not any(loaded)
    assert "F1 on the validation documents" in (tmp_path / "site" / "model-card.html").read_text("utf-8")
    assert "usage: taskie import" in (tmp_path / "site" / "reference" / "cli.html").read_text("utf-8")
