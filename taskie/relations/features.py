"""Name what speaks for or against a link: structure, distance, words and entity types, as short strings.

Boundary: one candidate in, the names of its features out; each counts one. What they weigh is learned
(``taskie.training.links``). A renamed feature loses its weight: released names stay.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from taskie.normalize.numerals import half_width
from taskie.records import Unit
from taskie.relations.candidates import DeadlineCandidate, PhraseCandidate
from taskie.relations.clauses import TargetSpan
from taskie.relations.deadlines import PERIOD
from taskie.relations.decisions import AmountSite, NounSite
from taskie.relations.verbs import LEADING_VERB
from taskie.structure.bodies import looks_like_body
from taskie.structure.outline import TaskOutline

# Stands beside the features of what the rules would choose: they are a witness among others.
BY_RULES = "by_rules"
_SHORT, _LONG, _MANY, _FAR, _LONG_TASK = 3, 14, 8, 400, 1500
_NO_BODY = re.compile(r"[的了须应得]|不|本期|技术支持|原因|资格")
_TAIL = re.compile(r"(?:及以上|以上|以下|以内|左右|级|起|余)$")
_SMALL = re.compile(r"^[一二两三四五六七八九十]")
_UNIT = re.compile(r"[\d.,，x×—\-~～一二两三四五六七八九十百千万亿几余多]+")
_BETWEEN = (
    ("none", re.compile(r"^\s*$")), ("of", re.compile("^的")), ("joint", re.compile(r"^(?:[和及与或]|以及|到|至)$")),
    ("list", re.compile("、")), ("mark", re.compile(r"[，；：,;:（）()]")), ("result", re.compile(r"增长|达到|实现|完成|建成|占|不低于|不少于|不超过")),
)  # fmt: skip
_STEPS = 3
# Lengths in characters, each class up to and without the next.
_LENGTHS = (2, 3, 4, 5, 6, 8, 10, 13, 17, 25)


def unit_features(text: str, task: TaskOutline, unit: Unit, tagged: float | None) -> dict[str, float]:
    """Return the features of a link of a task to a unit; ``tagged`` is the tagger's confidence, if it saw the body."""
    distance = min(abs(unit.start - task.statement.end), abs(unit.end - task.statement.start))
    flags = {
        "tagged": tagged is not None, "looks_like_body": looks_like_body(unit.name),
        "short_name": len(unit.name) <= _SHORT, "long_name": len(unit.name) >= _LONG, "many_units": len(task.units) >= _MANY,
        "several_attributions": len(task.attributions) > 1, "in_table": task.in_table, "far_away": distance > _FAR,
        "outside_task": not task.start <= unit.start < task.end, "white_space_inside": len(unit.name) < unit.end - unit.start,
        "long_task": task.end - task.start > _LONG_TASK, "no_statement": task.statement.start == task.statement.end,
        "no_body_words": _NO_BODY.search(unit.name) is not None, f"name_end={unit.name[-1:]}": True, f"name_begin={unit.name[:1]}": True,
    }  # fmt: skip
    found = {name: 1.0 for name, holds in flags.items() if holds}
    return {**found, f"source={unit.source}": 1.0, f"role={unit.role}": 1.0, "tagger_confidence": tagged or 0.0}


def deadline_features(text: str, span: TargetSpan, candidate: DeadlineCandidate, others: int) -> list[str]:
    """Return the features of a deadline as the one that governs a target; ``others`` counts its other candidates."""
    entity = candidate.entity
    words = half_width(text[entity.start : entity.end])
    place = candidate.source + candidate.whose
    found = [
        f"place={place}", f"steps={min(candidate.steps, _STEPS)}", f"{place}|opens={candidate.opens}",
        f"{place}|last={candidate.last}", f"{place}|alone={others == 0}", f"end={words[-1:]}", f"{place}|before={text[entity.start - 1 : entity.start]}",
        f"after={text[entity.end : entity.end + 1]}", f"{place}|period={PERIOD.search(words) is not None}",
    ]  # fmt: skip
    if candidate.source == "sentence":
        between = text[entity.end : span.start]
        held = bool(re.search("[；;]", between))
        period = PERIOD.search(words) is not None
        found += [f"semicolon={held}", f"semicolon={held}|period={period}", f"opens={candidate.opens}|semicolon={held}"]
        found.append(f"opens={candidate.opens}|steps={min(candidate.steps, _STEPS)}")
    return found


def measure_features(site: AmountSite) -> list[str]:
    """Return the features of an amount as a measure of its target."""
    text, amount = site.text, site.amount
    words = text[amount.start : amount.end]
    before, behind = text[site.start : amount.start], text[amount.end : site.end]
    tail = _TAIL.search(words)
    unit = _UNIT.sub("", words[: tail.start()] if tail else words)
    found = [
        f"unit={unit}", f"tail={tail[0] if tail else ''}", f"before={before[-1:]}", f"before2={before[-2:]}",
        f"behind={behind[:1]}", f"behind2={behind[:2]}", f"small={_SMALL.match(words) is not None}", f"later={site.later is not None}",
        f"small={_SMALL.match(words) is not None}|unit={unit}", f"begins={not before}",
    ]  # fmt: skip
    if site.later:
        between = text[amount.end : site.later.start]
        kind = next((name for name, pattern in _BETWEEN if pattern.search(between)), "noun")
        next_unit = _UNIT.sub("", text[site.later.start : site.later.end])
        found += [
            f"between={kind}", f"between={kind}|tail={tail[0] if tail else ''}", f"between={kind}|length={_class(len(between))}",
            f"next={next_unit}", f"same_unit={next_unit == unit}", f"between={kind}|unit={unit}",
        ]  # fmt: skip
    return found


def phrase_features(site: NounSite, candidate: PhraseCandidate) -> list[str]:
    """Return the features of a noun phrase as what an amount counts."""
    words, origin = candidate.words, candidate.origin
    verb = LEADING_VERB.match(words)
    empty = not site.right.strip() or site.right.lstrip()[0] in "，。；：、！？,;（()）"
    side = f"{origin}|behind={'none' if empty else 'of' if site.right.lstrip()[0] == '的' else 'words'}"
    found = [
        side, f"{origin}|cut={candidate.cut}", f"{origin}|length={_class(len(words))}", f"first={words[:1]}", f"first2={words[:2]}",
        f"last={words[-1:]}", f"last2={words[-2:]}", f"{origin}|unit={site.unit}", f"{side}|left={bool(site.left.strip())}",
        f"verb={verb[0] if verb else ''}", f"verb_only={bool(verb and verb.end() == len(words))}", f"unit={site.unit}|last={words[-1:]}",
    ]  # fmt: skip
    if origin in ("left", "whole"):
        end = site.left.rfind(words)
        found.append(f"rest={site.left[end + len(words) :][:3] if end >= 0 else '?'}")
        found.append(f"head={site.left[max(0, end - 2) : end] if end >= 0 else '?'}")
    return found + [f"has={mark}" for mark in "、的“（和及与" if mark in words]


def _class(length: int) -> int:
    return bisect_right(_LENGTHS, length)
