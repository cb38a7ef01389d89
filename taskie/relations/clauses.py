"""Split statements into clauses and find those that are targets; guidelines, section 3.

Boundary: where targets begin and end; what belongs to them is read elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from taskie.records import Entity
from taskie.structure.outline import TaskOutline

_SENTENCE_END = "。！？!?"
_CLAUSE_END = "，；：,;:" + _SENTENCE_END
_OPENING = {"（": "）", "(": ")", "“": "”", "《": "》", "‘": "’", "〔": "〕", "【": "】", "[": "]"}
_LINE_ENDS = "\n\u2028"
_MARK = re.compile(f"[{re.escape(''.join(_OPENING) + _CLAUSE_END + _LINE_ENDS)}]")
# How far a bracket or quotation may reach; beyond, its closing mark was lost.
_MAX_QUOTE = 120
_LEAD_WORDS = re.compile(r"(?:力争|争取|确保|计划|预计|要|并|截至|到|至|于|在|自|从|以|由|[\s\u3000])*")
_BORDER = " \t\r\n\u3000\xa0·—"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between clause marks, trimmed; ``sentence`` counts sentences, ``part`` the stretches of the statement."""

    start: int
    end: int
    sentence: int
    closed_by: str


@dataclass(frozen=True, slots=True)
class TargetSpan:
    """A target and the clause it stands in; ``clauses`` are all clauses of the same statement."""

    start: int
    end: int
    sentence: int


def split_clauses(
    text: str, start: int, end: int, *, first_sentence: int = 0, amounts: Sequence[Entity] = ()
) -> list[Clause]:
    """Return the clauses of ``text[start:end]``, empty ones left out, in text order.

    Marks inside （）, “”, 《》 and 、 do not split; a line end splits unless it breaks a sentence in the middle.
    A comma or colon between digits does not split either (1,100万, 12:30), nor any mark inside one of ``amounts``
    (x,xxx万元, １，５００亩).
    """
    whole = {position for amount in amounts for position in range(amount.start, amount.end)}
    clauses: list[Clause] = []
    sentence, begin, position = first_sentence, start, start
    while mark := _MARK.search(text, position, end):
        position, c = mark.start(), mark[0]
        closing = _OPENING.get(c)
        if closing:
            stop = _closing(text, position, min(end, position + _MAX_QUOTE), closing)
            position = stop + 1 if stop is not None else position + 1
            continue
        if (
            c in _CLAUSE_END
            and position not in whole
            and not _inside_number(text, position)
            or c in _LINE_ENDS
            and not _is_wrap(text, position, start, end)
        ):
            _append(text, clauses, begin, position, sentence, c)
            sentence += c in _SENTENCE_END or (c in _LINE_ENDS and bool(text[begin:position].strip()))
            begin = position + 1
        position += 1
    _append(text, clauses, begin, end, sentence, "")
    return clauses


def _append(text: str, clauses: list[Clause], begin: int, end: int, sentence: int, mark: str) -> None:
    while begin < end and text[begin] in _BORDER:
        begin += 1
    while end > begin and text[end - 1] in _BORDER:
        end -= 1
    if begin < end and any(c.isalnum() for c in text[begin:end]):
        clauses.append(Clause(begin, end, sentence, mark))


def _closing(text: str, start: int, end: int, closing: str) -> int | None:
    half = {"）": "）)", ")": "）)"}.get(closing, closing)
    depth = 0
    for i in range(start, end):
        if text[i] in half:
            depth -= 1
            if depth == 0:
                return i
        elif _OPENING.get(text[i]) == closing:
            depth += 1
        elif text[i] == "\n" and closing in "”’":
            return None
    return None


def _inside_number(text: str, position: int) -> bool:
    if text[position] not in ",:：":
        return False
    return 0 < position < len(text) - 1 and text[position - 1].isdecimal() and text[position + 1].isdecimal()


def _is_wrap(text: str, position: int, start: int, end: int) -> bool:
    """A line end is a wrap where the line breaks off without a mark and the next goes on without indent or bullet."""
    before = position - 1
    while before > start and text[before] in " \t\r":
        before -= 1
    if text[before] in "。！？；：!?;:.）)" or text[before] == "\n":
        return False
    after = position + 1
    if after >= end or text[after] in "\n\r\t \u3000—-–·●◆★":
        return False
    line_start = text.rfind("\n", 0, position) + 1
    return position - max(line_start, start) >= 16


def find_targets(text: str, task: TaskOutline, entities: Sequence[Entity], starts: Sequence[int]) -> list[TargetSpan]:
    """Return the targets of a task, in text order; there is always at least one, unless the task says nothing.

    ``entities`` are those that can make a target, sorted, and ``starts`` their starts.
    """
    targets: list[TargetSpan] = []
    sentence = 0
    for begin, stop in task.parts:
        amounts = [
            entity
            for entity in entities[bisect_left(starts, begin) : bisect_left(starts, stop)]
            if entity.label == "QUANTITY"
        ]
        clauses = split_clauses(text, begin, stop, first_sentence=sentence, amounts=amounts)
        sentence = clauses[-1].sentence + 1 if clauses else sentence
        joined: int | None = None
        for i, clause in enumerate(clauses):
            inside = entities[bisect_left(starts, clause.start) : bisect_left(starts, clause.end)]
            if not inside and joined is None:
                continue
            last = i + 1 == len(clauses)
            if not last and clause.closed_by in "，,：:" and _only_deadline(text, clause, inside):
                joined = inside[0].start if joined is None else joined
                continue
            targets.append(TargetSpan(joined if joined is not None else clause.start, clause.end, clause.sentence))
            joined = None
    return targets or _fallback(text, task)


def _only_deadline(text: str, clause: Clause, inside: Sequence[Entity]) -> bool:
    """Tell whether a clause is nothing but a deadline, with or without 到, 在, 力争."""
    if len(inside) != 1 or inside[0].label != "DEADLINE":
        return False
    before, after = text[clause.start : inside[0].start], text[inside[0].end : clause.end]
    return _LEAD_WORDS.fullmatch(before) is not None and not after.strip()


def _fallback(text: str, task: TaskOutline) -> list[TargetSpan]:
    """A task without such a clause has one target: its title, or its first sentence."""
    if task.title:
        return [TargetSpan(task.title.start, task.title.end, 0)]
    for begin, stop in task.parts:
        end = begin
        while end < stop and text[end] not in _SENTENCE_END:
            closing = _OPENING.get(text[end])
            close = _closing(text, end, min(stop, end + _MAX_QUOTE), closing) if closing else None
            end = close + 1 if close is not None else end + 1
        while end > begin and text[end - 1] in _BORDER + "；;，,：:":
            end -= 1
        if end > begin:
            return [TargetSpan(begin, end, 0)]
    return []
