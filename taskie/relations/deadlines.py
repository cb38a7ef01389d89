"""Find the deadline that governs a target; guidelines, section 3.

Boundary: which deadline; its date comes from ``taskie.normalize.deadlines``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taskie.normalize.deadlines import normalize_deadline
from taskie.normalize.reference import Reference
from taskie.records import Deadline, Entity, TextSpan
from taskie.relations.clauses import TargetSpan

# Deadlines that hold for a period go on behind a semicolon; a day reached does not.
PERIOD = re.compile(r"全年|年内|今年|本年|期间|^(?:到|至)?(?:19|20)\d{2}年(?:底|末)?$|[-—–~～至]")

_AFTER_EVENT = re.compile(r"(?<!文)(?<!印发)(?<!发布)(?<!下发)(?:后|之日起|日起|起|之后)[的，,在]?$")


@dataclass(frozen=True, slots=True)
class Reach:
    """The deadline in force while a statement is read clause by clause."""

    entity: Entity | None = None
    sentence: int = -1


def own_deadline(span: TargetSpan, deadlines: Sequence[Entity]) -> Entity | None:
    """Return the deadline of the target's own clause, the last one if it names several; ``deadlines`` lie inside it."""
    return deadlines[-1] if deadlines else None


def carried_deadline(text: str, span: TargetSpan, reach: Reach) -> Entity | None:
    """Return the deadline of an earlier clause of the same sentence, if it reaches this target."""
    if reach.entity is None or reach.sentence != span.sentence:
        return None
    between = text[reach.entity.end : span.start]
    if re.search("[；;]", between) and not PERIOD.search(reach.entity.text):
        return None
    return reach.entity


_LEADS = re.compile(
    r"(?:确保|力争|争取|保证|计划|预计|务必|必须|要|并|到|至|于|在|自|从|其中|同时|以上|通过努力|[\s\u3000，,])*(?:[（(][一二三四五六七八九十\d]+[）)])?"
)


def reaches_on(text: str, span: TargetSpan, deadline: Entity) -> bool:
    """Tell whether a deadline holds for the clauses behind its own: it does where it opens its clause (全年建成…，改造…);
    behind a subject (甲、乙项目6月底前投产) it holds for that clause alone."""
    return _LEADS.fullmatch(text[span.start : deadline.start]) is not None


def as_deadline(
    text: str, entity: Entity | TextSpan, source: str, reference: Reference, *, confidence: float | None = None
) -> Deadline:
    """Return the record of a deadline with its dates; a period that follows something else (受理后5日内) has no date."""
    # The text has look-alikes replaced; an entity may hold them as printed (⼆季度末).
    normal = normalize_deadline(text[entity.start : entity.end], reference=reference)
    date = normal.date
    if normal.kind == "duration" and _AFTER_EVENT.search(text[max(0, entity.start - 12) : entity.start]):
        date = None
    return Deadline(
        entity.text, entity.start, entity.end, date, normal.start_date, source, normal.kind, normal.stages, confidence
    )


def document_deadline(reference: Reference) -> Deadline | None:
    """Return the end of what the document plans as the deadline that is implied, or ``None`` if it names no period."""
    if reference.goal_date is None:
        return None
    return Deadline(None, None, None, reference.goal_date, None, "document", "date")
