"""Generate the pairs that may be linked: target–deadline, target–unit and amount–noun; an amount is itself a pair with its target.

Boundary: generous on purpose, so that no right pair is out of reach (``taskie.training.link_report`` counts those that
are); which pair holds is decided by rules (``deadlines``, ``qualifiers``, ``indicators``) and by ``decisions``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from taskie.records import Entity, TextSpan, Unit
from taskie.relations.clauses import TargetSpan
from taskie.relations.following import right_ends
from taskie.relations.phrases import left_bases
from taskie.relations.verbs import LEADING_VERB
from taskie.structure.outline import TaskOutline

# A noun phrase is no longer than this, and a side gives no more phrases.
_MAX_PHRASE, _MAX_PHRASES = 40, 24
_BREAK = re.compile(r"[、的和及与，：:“”（）]|以及")
_EDGES = "、，：,:的 \t\n\u3000"


@dataclass(frozen=True, slots=True)
class DeadlineCandidate:
    """A deadline that may govern a target; ``steps`` counts the targets between (0: its own clause or its task's cell).

    ``opens`` tells whether it opens its clause, ``last`` whether no other one stands behind it in its clause, ``whose``
    which attribution or cell it was said in: ``own``, ``task`` or ``other``; empty for one in the statement.
    """

    entity: Entity | TextSpan
    source: str
    steps: int = 0
    opens: bool = False
    last: bool = True
    whose: str = ""


@dataclass(frozen=True, slots=True)
class UnitCandidate:
    """A body that may answer for a target; ``place`` is ``own``, ``before``, ``after`` or ``task``: where it is named."""

    unit: Unit
    place: str
    several: bool


@dataclass(frozen=True, slots=True)
class PhraseCandidate:
    """A noun phrase that an amount may count; ``origin`` is the side it comes from and ``cut`` what it begins behind."""

    words: str
    origin: str
    cut: str = ""


def deadline_candidates(
    text: str, span: TargetSpan, own: Sequence[Entity], earlier: Sequence[DeadlineCandidate], task: TaskOutline
) -> list[DeadlineCandidate]:
    """Return what may govern ``span``: ``own`` deadlines of its clause, ``earlier`` ones of its sentence, those of its task.

    Nearest first within each of the three; a deadline that an attribution and the task share comes once.
    """
    found = [DeadlineCandidate(entity, "clause", last=i + 1 == len(own), opens=i == 0) for i, entity in enumerate(own)]
    found.reverse()
    found.extend(reversed(earlier))
    seen: set[tuple[int, int]] = set()
    for deadline, whose in _of_task(span, task):
        if (deadline.start, deadline.end) not in seen:
            seen.add((deadline.start, deadline.end))
            found.append(DeadlineCandidate(deadline, "task", whose=whose))
    return found


def _of_task(span: TargetSpan, task: TaskOutline) -> Iterator[tuple[TextSpan, str]]:
    holding = [a for a in task.attributions if a.scope_start <= span.start < a.scope_end]
    for attribution in holding:
        if attribution.deadline:
            yield attribution.deadline, "own"
    if task.deadline:
        yield task.deadline, "task"
    for attribution in task.attributions:
        if attribution.deadline:
            yield attribution.deadline, "other"


def unit_candidates(span: TargetSpan, task: TaskOutline) -> list[UnitCandidate]:
    """Return the bodies that may answer for ``span``: those of every attribution of its task, and the task's own; each once."""
    several = len(task.attributions) > 1
    found: dict[tuple[int, int, str], UnitCandidate] = {}
    for attribution in task.attributions:
        if attribution.scope_start <= span.start < attribution.scope_end:
            place = "own"
        else:
            place = "before" if attribution.start < span.start else "after"
        for unit in attribution.units:
            found.setdefault((unit.start, unit.end, unit.role), UnitCandidate(unit, place, several))
    for unit in task.units:
        found.setdefault((unit.start, unit.end, unit.role), UnitCandidate(unit, "task", several))
    return list(found.values())


def phrase_candidates(
    left: str, whole: str, right: str, *, given: Iterable[tuple[str | None, str]] = ()
) -> list[PhraseCandidate]:
    """Return the phrases that an amount may count, each once.

    ``left`` are the words before it behind the last name, ``whole`` those from the clause's begin on, ``right`` those behind it up
    to the next amount. ``given`` are phrases with their origin that stand elsewhere: an indicator before, the subject
    of the clause before, a bare verb.
    """
    found: dict[str, PhraseCandidate] = {}
    for words, origin in given:
        if words:
            found.setdefault(words, PhraseCandidate(words, origin))
    for side, origin in ((left, "left"), (whole if whole != left else "", "whole")):
        for base in left_bases(side) if side else ():
            for start, cut in _starts(base):
                _add(found, base[start:], origin, cut)
    for words in right_ends(right):
        _add(found, words, "right", "begin")
        for match in LEADING_VERB.finditer(words):
            _add(found, words[match.end() :], "right", "verb")
    return list(found.values())


def _starts(base: str) -> list[tuple[int, str]]:
    """Return where a phrase may begin, and behind what: the base itself, a verb, a mark or joint."""
    starts = {0: "begin"}
    for match in _BREAK.finditer(base):
        starts.setdefault(match.end() if match[0] != "“" else match.start(), _CUTS.get(match[0], "mark"))
    for match in LEADING_VERB.finditer(base):
        starts.setdefault(match.start(), "at_verb")
        starts.setdefault(match.end(), "verb")
    return sorted(starts.items())[-_MAX_PHRASES:]


_CUTS = {"的": "of", "、": "list", "和": "joint", "及": "joint", "与": "joint", "以及": "joint", "“": "quote"}


def _add(found: dict[str, PhraseCandidate], words: str, origin: str, cut: str) -> None:
    words = "".join(words.strip(_EDGES).split())
    if 0 < len(words) <= _MAX_PHRASE:
        found.setdefault(words, PhraseCandidate(words, origin, cut))
