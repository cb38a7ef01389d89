"""Build small tasks by hand: statements with marked entities, and the outline around them."""

from __future__ import annotations

from taskie.corpus.inline import read_inline
from taskie.normalize.reference import Reference
from taskie.records import Task, TextSpan, Unit
from taskie.relations.linker import link
from taskie.structure.outline import Attribution, Outline, TaskOutline

REFERENCE = Reference(2024, "2024-03-18")


def unit(name: str, role: str = "lead") -> Unit:
    return Unit(name, role, 0, 0)


def task_of(
    marked: str,
    *,
    units: tuple[Unit, ...] = (),
    title: str | None = None,
    cell: str | None = None,
    progress: str | None = None,
    reference: Reference = REFERENCE,
    splits: tuple[tuple[str, tuple[Unit, ...]], ...] = (),
) -> Task:
    """Link one task; ``cell`` and ``progress`` (marked too) follow on lines of their own.

    ``splits`` gives attributions inside the statement: where each stands (its words) and whom it names.
    """
    parts = [("title", title), ("statement", marked), ("cell", cell), ("progress", progress)]
    whole, entities = read_inline("\n".join(words for _, words in parts if words))
    spans, position = {}, 0
    for name, words in parts:
        if words:
            plain = read_inline(words)[0]
            spans[name] = TextSpan(plain, position, position + len(plain))
            position += len(plain) + 1
    statement = spans["statement"]
    attributions, begin, stretches = [], statement.start, []
    for words, named in splits:
        start = whole.index(words, begin)
        attributions.append(Attribution(start, start + len(words), begin, start, named))
        stretches.append((begin, start))
        begin = start + len(words)
    outline = TaskOutline(
        "1", spans.get("title"), (), 0, len(whole), statement,
        tuple(stretches) if splits else ((statement.start, statement.end),), tuple(attributions), units,
        deadline=spans.get("cell"), progress=spans.get("progress"),
    )  # fmt: skip
    (task,) = link(whole, Outline("notice", tasks=(outline,)), entities, reference=reference)
    return task
