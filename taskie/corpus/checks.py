"""Check the corpus by every rule of the guidelines that a program can check, and its splits for leaks.

Boundary: findings only; nothing is repaired here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from taskie.corpus.store import CorpusDocument
from taskie.records import LABELS, Entity
from taskie.structure.lookalikes import replace_lookalikes

_EDGE = re.compile(r"^[\s，。；：、！？,;:]|[\s，。；：、！？,;:]$")
_BEFORE_AMOUNT = re.compile(r"^(?:约|超过|超|达到|达|不低于|不少于|不超过|至少|突破|第)")
_BEFORE_DEADLINE = re.compile(r"^(?:到|力争|确保|于|在|截至)")
_NUMERAL = re.compile(r"[\d０-９xXｘＸ×〇零一二两三四五六七八九十百千万亿数几半]")
_SHINGLE = 12
# Documents that share more of their shingles than this are near-duplicates.
NEAR_DUPLICATE = 0.35


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule with its place."""

    document: str
    start: int
    rule: str
    detail: str

    def __str__(self) -> str:
        return f"{self.document}:{self.start}: {self.rule}: {self.detail}"


def check_corpus(documents: Iterable[CorpusDocument]) -> list[Finding]:
    """Return the findings over all documents, in their order."""
    listed = list(documents)
    findings = [finding for document in listed for finding in check_document(document)]
    return findings + check_leaks(listed)


def check_document(found: CorpusDocument) -> list[Finding]:
    """Return the findings of one document."""
    text = found.document.text
    findings: list[Finding] = []
    end = 0
    titles = [match.span() for match in re.finditer(r"《[^《》]{1,120}》", text)]
    for entity in sorted(found.document.entities, key=lambda e: e.start):
        if entity.start < end:
            findings.append(Finding(found.id, entity.start, "overlap", repr(entity.text)))
        end = max(end, entity.end)
        findings.extend(Finding(found.id, entity.start, rule, repr(entity.text)) for rule in _broken(entity))
        if any(a <= entity.start and entity.end <= b for a, b in titles):
            findings.append(Finding(found.id, entity.start, "inside a cited title", repr(entity.text)))
    if "records" in found.layers:
        findings.extend(_record_findings(found))
    return findings


def _broken(entity: Entity) -> Iterable[str]:
    if entity.label not in LABELS:
        yield f"unknown label {entity.label}"
    if _EDGE.search(entity.text):
        yield "begins or ends with white space or punctuation"
    if entity.label == "QUANTITY" and not _NUMERAL.search(replace_lookalikes(entity.text)):
        yield "amount without numeral"
    if entity.label == "QUANTITY" and _BEFORE_AMOUNT.match(entity.text):
        yield "amount begins before its numeral"
    if entity.label == "DEADLINE" and _BEFORE_DEADLINE.match(entity.text):
        yield "deadline begins with 到, 力争 or the like"


def _record_findings(found: CorpusDocument) -> Iterable[Finding]:
    """Units, projects and measures have to be entities of the document."""
    spans = {(e.start, e.end) for e in found.document.entities}
    for task in found.document.tasks:
        for unit in task.units:
            if (unit.start, unit.end) not in spans:
                yield Finding(found.id, unit.start, "unit is no entity", unit.name)
        for target in task.targets:
            linked = [(p.start, p.end) for p in target.projects] + [(m.start, m.end) for m in target.measures]
            for start, end in linked:
                if (start, end) not in spans:
                    yield Finding(found.id, start, "orphan link", found.document.text[start:end])


def check_leaks(documents: Sequence[CorpusDocument]) -> list[Finding]:
    """Return documents of different splits that share much of their text."""
    shingles = {found.id: _shingles(found.document.text) for found in documents}
    owners: dict[int, list[CorpusDocument]] = {}
    shared: dict[tuple[str, str], int] = {}
    for found in documents:
        for shingle in shingles[found.id]:
            for earlier in owners.setdefault(shingle, []):
                if earlier.split != found.split:
                    shared[earlier.id, found.id] = shared.get((earlier.id, found.id), 0) + 1
            owners[shingle].append(found)
    findings = []
    for (one, other), count in shared.items():
        share = count / max(1, min(len(shingles[one]), len(shingles[other])))
        if share > NEAR_DUPLICATE:
            findings.append(Finding(other, 0, "leak", f"shares {share:.0%} of its text with {one} of another split"))
    return findings


def _shingles(text: str) -> set[int]:
    words = re.sub(r"\W", "", text)
    return {hash(words[i : i + _SHINGLE]) for i in range(0, len(words) - _SHINGLE, 1)}
