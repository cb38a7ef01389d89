"""Read the structure of a document: tables where there are any, prose around them, head matter.

Boundary: this only puts together what ``tables`` finds and ``prose`` and ``head`` read; a new layout is added
there and not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from taskie.structure.body_lists import BodyLists
from taskie.structure.chapters import without_chapters
from taskie.structure.document_rules import with_units_for_all
from taskie.structure.first_listed import lead_mark, states_first_listed, states_others_help
from taskie.structure.furniture import is_furniture
from taskie.structure.head import read_head
from taskie.structure.items import read_lines
from taskie.structure.learned import NO_WORDS, LearnedWords, reading_with
from taskie.structure.leftovers import leftover_spans
from taskie.structure.outline import Outline, TaskOutline
from taskie.structure.parting_marks import mark_behind_leaders
from taskie.structure.prose import read_prose
from taskie.structure.reading import Reading
from taskie.structure.table_reading import read_table
from taskie.structure.table_region import TableRegion
from taskie.structure.tables import find_tables


def read_outline(text: str, bodies: Iterable[tuple[int, int]] = (), *, words: LearnedWords = NO_WORDS) -> Outline:
    """Return the structure of ``text``; lines that belong to nothing are its ``leftovers``.

    ``bodies`` are spans of bodies that a tagger found; tables with nothing between their cells are read by them, and
    bare brackets need one. ``words`` are words of structure that a model learned; they count beside the built-in ones.
    """
    with reading_with(words):
        return _read(text, bodies)


def _read(text: str, bodies: Iterable[tuple[int, int]]) -> Outline:
    lists = BodyLists.of(text, bodies)
    regions = find_tables(text, lists)
    gaps = _gaps(regions, len(text))
    # The notes below a table are no prose; they are left over.
    stretches = [(_behind_notes(text, start, end) if start else start, end) for start, end in gaps]
    reading = Reading(
        first_listed=states_first_listed(text),
        others_help=states_others_help(text),
        lead_mark=lead_mark(text),
        parting_mark=mark_behind_leaders(text),
        lists=lists,
    )
    table_tasks = tuple(task for region in regions for task in read_table(text, region, reading))
    prose_tasks = tuple(task for task in read_prose(text, stretches, reading) if not _heads_table(text, task, regions))
    kept = without_chapters(text, (*prose_tasks, *table_tasks))
    tasks = with_units_for_all(text, tuple(sorted(kept, key=lambda task: task.start)))
    head = read_head(text, min([task.start for task in tasks] + [r.start for r in regions], default=len(text)))
    taken = [(task.start, task.end) for task in tasks] + [(r.start, r.end) for r in regions] + list(head.spans)
    taken += [
        (line.start, line.end)
        for a, b in gaps
        for line in read_lines(text, a, b)
        if is_furniture(text[line.start : line.end])
    ]
    return Outline(
        kind=_kind(tasks, prose_tasks, regions), title=head.title or _caption(regions), doc_number=head.doc_number, issuer=head.issuer,
        issued_on=head.issued_on, addressees=head.addressees,
        addressee_spans=head.addressee_spans, tasks=tasks, leftovers=leftover_spans(text, gaps, taken),
    )  # fmt: skip


def _heads_table(text: str, task: TaskOutline, regions: tuple[TableRegion, ...]) -> bool:
    """Tell whether a task is only the heading of the table right behind it, attributions and notes in brackets aside."""
    words = text[task.start : task.end] if task.number else task.statement.text
    return (
        not (task.number and task.units)
        and not re.search(r"[，。；]", words)
        and any(
            task.end <= region.start
            and all(_is_note(text[line.start : line.end]) for line in read_lines(text, task.end, region.start))
            for region in regions
        )
    )


def _is_note(line: str) -> bool:
    """Tell whether a line may stand between a heading and its table: （单位：万元）, 报送单位：县政府办."""
    return _NOTE_LINE.fullmatch(line) is not None or is_furniture(line)


_NOTE_LINE = re.compile(r"[（(].{2,40}[）)]")
_NOTES_END = re.compile(
    r"\n[ \t\u3000]*(?:\n|(?=附|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|1[.、．]|１[.、．]))"
)
_NUMBERED_NOTES_END = re.compile(r"\n[ \t\u3000]*(?:\n|(?=附件|[一二三四五六七八九十]+、))")
_NOTES = re.compile(r"[（(]?(?:[附备]?\s*注|(?:填[表报]|编制|有关|补充|几点)?说\s*明)\s*[:：]")


def _gaps(regions: tuple[TableRegion, ...], length: int) -> list[tuple[int, int]]:
    """Return the stretches between tables."""
    gaps, position = [], 0
    for start, end in [*((region.start, region.end) for region in regions), (length, length)]:
        if start > position:
            gaps.append((position, start))
        position = end
    return gaps


def _behind_notes(text: str, start: int, end: int) -> int:
    """Notes go on to a blank line, or to the end."""
    lines = read_lines(text, start, end)
    if not lines or not _NOTES.match(text, lines[0].start):
        return start
    # Below a line that only says 附注： numbered lines are notes as well.
    alone = text[lines[0].end - 1] in ":："
    border = (_NUMBERED_NOTES_END if alone else _NOTES_END).search(text, lines[0].end, end)
    return border.end() if border else end


def _caption(regions: tuple[TableRegion, ...]) -> str | None:
    return next((region.caption.text for region in regions if region.caption), None)


def _kind(tasks: tuple[TaskOutline, ...], prose: tuple[TaskOutline, ...], regions: tuple[TableRegion, ...]) -> str:
    if not tasks:
        return "plain"
    if regions and any(task.in_table and (task.progress or task.status) for task in tasks):
        return "progress_table"
    return "notice"
