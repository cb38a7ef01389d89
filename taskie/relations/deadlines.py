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
_PERIOD = re.compile(r"全年|年内|今年|本年|期间|^(?:到|至)?(?:19|20)\d{2}年(?:底|末)?$|[-—–~～至]")


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
    if re.search("[；;]", between) and not _PERIOD.search(reach.entity.text):
        return None
    return reach.entity


def as_deadline(entity: Entity | TextSpan, source: str, reference: Reference) -> Deadline:
    """Return the record of a deadline with its dates."""
    normal = normalize_deadline(entity.text, reference=reference)
    confidence = entity.confidence if isinstance(entity, Entity) else None
    return Deadline(entity.text, entity.start, entity.end, normal.date, normal.start_date, source, normal.kind, normal.stages, confidence)


def document_deadline(reference: Reference) -> Deadline | None:
    """Return the end of the document's period as the deadline that is implied, or ``None`` if it names no period."""
    if reference.period is None or reference.period.end is None:
        return None
    return Deadline(None, None, None, reference.period.end, None, "document", "date")
