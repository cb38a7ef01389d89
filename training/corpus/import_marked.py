"""Take documents with marked tasks into the corpus: text to corpus/, gold records to annotations/.

    python training/corpus/import_marked.py FOLDER --prefix doc_ [--sheets sheets/] [--words FOLDER] [--out FOLDER]

Tasks, statements and units are the author's marks. What the guidelines derive from entities by rule (targets, their
deadlines, projects, measures) is read with the author's entities; a task the structure reads otherwise than its author
is built from the marks, and counted in the annotation's ``meta`` as ``rebuilt``. For documents of a layout that the
structure does not know, ``--words`` names a folder with its words (structure.json), so that deadlines and leaders,
which have no marks of their own, are read too.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path

from taskie.corpus.marked import MarkedDocument, MarkedTask, read_marked
from taskie.corpus.store import write_annotation
from taskie.extractor import Extractor, load
from taskie.ner.tagger import default_model_path
from taskie.normalize.reference import find_reference
from taskie.records import Document, Task, TextSpan, Unit
from taskie.relations.linker import link, outline_of
from taskie.structure.learned import load_words
from taskie.structure.numbering import read_number
from taskie.structure.outline import Outline, TaskOutline

ROOT = Path(__file__).resolve().parents[2]


def gold_document(marked: MarkedDocument, extractor: Extractor) -> tuple[Document, int]:
    """Return the gold of a marked document, and how many of its tasks were built from the marks."""
    own = extractor.extract_with_entities(marked.text, marked.entities)
    read = {task.start: task for task in own.tasks}
    tasks: list[Task] = []
    rebuilt = 0
    for i, mark in enumerate(marked.tasks):
        stop = marked.tasks[i + 1].start if i + 1 < len(marked.tasks) else len(marked.text)
        task = read.get(mark.start)
        if task is None or not _agrees(marked.text, task, mark):
            task = _build(marked, mark, task, stop)
            rebuilt += 1
        tasks.append(task)
    return dataclasses.replace(own, tasks=tuple(tasks), leftovers=()), rebuilt


def _statement(text: str, mark: MarkedTask, stop: int) -> tuple[int, int]:
    start, end = mark.statement or (mark.start, stop)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _agrees(text: str, task: Task, mark: MarkedTask) -> bool:
    span = _statement(text, mark, task.end)
    return (task.statement.start, task.statement.end) == span and {(u.name, u.role) for u in task.units} == mark.units


def _build(marked: MarkedDocument, mark: MarkedTask, task: Task | None, stop: int) -> Task:
    text = marked.text
    start, end = _statement(text, mark, stop)
    statement = TextSpan(text[start:end], start, end)
    units = tuple(_unit(marked, name, role, mark.start, stop) for name, role in sorted(mark.units))
    if task:
        outline = outline_of(task)
        last = max([end, outline.end if outline.end <= stop else end])
        outline = dataclasses.replace(outline, statement=statement, parts=((start, end),), units=units, end=last)
    else:
        number = read_number(text, mark.start)
        last = max([end, *(u.end for u in units if u.end <= stop)])
        outline = TaskOutline(
            number.text if number else _cell(text, mark.start),
            None,
            (),
            mark.start,
            last,
            statement,
            ((start, end),),
            units=units,
        )
    reference = find_reference(text, Outline("notice", tasks=(outline,)))
    return link(text, Outline("notice", tasks=(outline,)), marked.entities, reference=reference)[0]


def _cell(text: str, start: int) -> str | None:
    """Return the number that stands alone in a table's cell."""
    digits = 0
    while start + digits < len(text) and text[start + digits].isdecimal():
        digits += 1
    return text[start : start + digits] or None


def _unit(marked: MarkedDocument, name: str, role: str, start: int, stop: int) -> Unit:
    """Return the unit at the place where its name stands: in the task, else the nearest one before it."""
    named = [e for e in marked.entities if e.label == "ORG" and "".join(e.text.split()) == name]
    inside = [e for e in named if start <= e.start < stop]
    before = [e for e in named if e.start < start]
    if not named:
        raise SystemExit(f"no entity bears the name {name!r} of a ⟦U⟧ mark")
    entity = (inside or before[-1:] or named)[0]
    return Unit(name, role, entity.start, entity.end, "label" if inside else "inherited")


def main() -> None:
    """Import all .txt files of the folders."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--prefix", default="doc_")
    parser.add_argument("--sheets", type=Path, help="folder with the sheets the documents were written after")
    parser.add_argument("--words", type=Path, help="folder with a structure.json of the documents' own words")
    parser.add_argument("--out", type=Path, default=ROOT, help="folder to put corpus/ and annotations/ in")
    args = parser.parse_args()
    extractor = load(default_model_path())
    if args.words:
        extractor.words = load_words(args.words)
    for folder in ("corpus", "annotations"):
        (args.out / folder).mkdir(parents=True, exist_ok=True)
    tasks = built = 0
    paths = sorted(path for folder in args.folder for path in folder.glob("*.txt"))
    for path in paths:
        marked = read_marked(path.read_text(encoding="utf-8"), name=str(path))
        document, rebuilt = gold_document(marked, extractor)
        sheet = json.loads((args.sheets / f"{path.stem}.json").read_text(encoding="utf-8")) if args.sheets else {}
        meta = {
            key: sheet[key]
            for key in ("kind", "province", "level", "year", "occasion", "layout", "attribution")
            if key in sheet
        }
        write_annotation(
            args.out,
            args.prefix + path.stem,
            document,
            layers=("entities", "records"),
            meta={**meta, "rebuilt": rebuilt},
        )
        tasks, built = tasks + len(document.tasks), built + rebuilt
    print(f"{len(paths)} documents, {tasks} tasks, {built} of them built from the marks")


if __name__ == "__main__":
    main()
