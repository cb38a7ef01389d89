"""Imports point one way: data model, then readers and normalizers, then ner, relations, training and evaluation, commands."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "taskie"
# A module may import from its own layer and those below it.
LAYERS = [
    {"errors", "records", "decoding", "ledger", "odds", "places", "schema", "data"},
    {"normalize", "readers", "words"},
    {"structure"},
    {"ner"},
    {"list_heads", "named_again", "reconcile", "relations", "completeness"},
    {"extractor", "parallel", "writers", "corpus", "interchange", "collections"},
    {"evaluation"},
    {"training"},
    {"cli"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
# On purpose: a document's year is read from its outline, and a document reports its own gaps when asked.
ALLOWED = {("normalize", "structure"), ("records", "completeness")}


def imported(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("taskie."):
            yield node.module.split(".")[1]


def edges():
    for path in sorted(ROOT.rglob("*.py")):
        relative = path.relative_to(ROOT)
        own = relative.parts[0].removesuffix(".py")
        if own == "__init__":
            continue
        for other in imported(path):
            if other in LEVEL and other != own:
                yield own, other, str(relative)


def test_every_module_has_a_layer():
    names = {p.name.removesuffix(".py") for p in ROOT.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    assert names - {"__init__", "__main__"} <= set(LEVEL)


def test_imports_point_from_higher_layers_to_lower_ones():
    wrong = [edge for edge in edges() if LEVEL[edge[1]] > LEVEL[edge[0]] and edge[:2] not in ALLOWED]
    assert wrong == []


@pytest.mark.parametrize("heavy", ["torch", "spacy", "onnxruntime", "pandas", "datasets", "hanlp", "sklearn"])
def test_importing_taskie_imports_nothing_heavy(heavy):
    code = f"import sys, taskie; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_importing_taskie_prints_nothing():
    done = subprocess.run([sys.executable, "-c", "import taskie"], capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (b"", b"")
