"""Tell apart what an item of a report sets, what it reports and what it demands.

Reports in prose put a target and its progress into one item (…。进展情况：…), circulars a finding and a demand (…。整改要求：…).
Boundary: the item's words in, the stretches of its parts out; attributions among them are found elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taskie.records import TextSpan

_PARTS = (
    (
        "target",
        r"(?:年度|工作|主要|重点|总体|具体)?(?:目标任务|任务目标|目标要求|工作目标|工作任务|任务内容|目标|任务)",
    ),
    (
        "progress",
        r"(?:目前|当前|最新|工作|任务|项目|具体|总体|整体)?"
        r"(?:(?:进展|落实|完成|推进|办理|执行|实施)情况|(?:工作|取得|主要)成效|办理结果|进展|进度)",
    ),
    ("problems", r"(?:存在|主要|突出)(?:的)?(?:主要|突出)?(?:问题|困难|不足)(?:[和与及、](?:困难|问题|原因|不足))?"),
    ("next_steps", r"(?:下一步|下步|下阶段|下一阶段)(?:的)?(?:工作)?(?:打算|计划|安排|措施|思路|举措|建议)?"),
    ("demand", r"(?:整改|工作|办理|具体)(?:要求|措施|意见|任务)"),
    (
        "order",
        r"(?:现)?责令(?:整改)?|(?:限期|立即|立行)(?:整改|立改|完成)|(?:督查|督导|检查|通报|会议)组?(?:要求|明确|提出)",
    ),
)
_LABEL = re.compile(
    r"[【〔\[]?(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _PARTS) + r")(?:[】〔\]][:：]?|[:：])\s*"
)
_LABEL_END = re.compile(r"(?<=[\u4e00-\u9fff])[:：】〕\]]")
_LONGEST_LABEL = 16
# A demand by itself (工作要求：按月报送) may only add to a target; behind a finding it is what is to be done.
_FINDING = re.compile(r"(?:督查|督导|检查|巡查|核查|抽查|暗访|调研)?组?(?:中)?发现")
_REPORTED = re.compile(r"会议(?:听取|指出|认为|通报|了解|审议|研究)")
_RESOLVED = re.compile(r"(?<=[。；\s])会议(?:要求|明确|强调|决定|议定|确定)，")
_LEAST = 4
# A label begins the item or stands behind one of these.
_BOUNDARY = "。；;！!）)"


@dataclass(frozen=True, slots=True)
class Report:
    """Where the statement of an item stands, and what else the item says."""

    start: int
    stop: int
    progress: TextSpan | None = None
    problems: TextSpan | None = None
    next_steps: TextSpan | None = None

    @property
    def end(self) -> int:
        """Where the last of what is reported ends, 0 if nothing is."""
        return max((part.end for part in (self.progress, self.problems, self.next_steps) if part), default=0)


def progress_start(text: str, start: int, end: int) -> int | None:
    """Return where ``text[start:end]`` begins to report progress by a label: what stands before is a target."""
    return next((begin for kind, begin, _ in _labels(text, start, end) if kind == "progress" and begin > start), None)


def read_report(
    text: str, start: int, end: int, attributions: Sequence[int] = (), *, goal_end: int | None = None
) -> Report:
    """Return the parts of ``text[start:end]``, an item without its title; without labels all of it is statement.

    ``attributions`` are the places where attributions begin: what is reported ends before them. ``goal_end`` is where a
    goal ends that no label parts from the report behind it.
    """
    if _REPORTED.match(text, start, end):
        resolved = _RESOLVED.search(text, start, end)
        return Report(resolved.start() if resolved else start, end)
    parts = _parts(text, start, end)
    kinds = [kind for kind, _, _ in parts]
    demanded = ("demand", "order") if kinds[0] == "problems" or _FINDING.match(text, start) else ("order",)
    demand = next((part for part in parts[1:] if part[0] in demanded), None)
    if demand:
        _, begin, stop = demand
        return Report(begin, stop, problems=_span(text, *parts[0][1:], attributions))
    if "progress" not in kinds[1:] or kinds[0] != "target":
        if goal_end is None:
            return Report(start, end)
        return Report(start, goal_end, _span(text, goal_end, end, attributions))
    found = {kind: _span(text, begin, stop, attributions) for kind, begin, stop in reversed(parts[1:])}
    return Report(*parts[0][1:], found["progress"], found.get("problems"), found.get("next_steps"))


def _parts(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Return ``(kind, start, stop)`` of each labelled part; words before the first label are a target."""
    labels = list(_labels(text, start, end))
    if not labels or labels[0][1] - start >= _LEAST:
        labels.insert(0, ("target", start, start))
    stops = [begin for _, begin, _ in labels[1:]] + [end]
    return [(kind, content, stop) for (kind, _, content), stop in zip(labels, stops, strict=True)]


def _labels(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield ``(kind, start, end)`` of each label; looked for from the few marks that may end one."""
    behind = start
    for mark in _LABEL_END.finditer(text, start, end):
        begin = mark.start()
        least = max(behind, begin - _LONGEST_LABEL)
        while begin > least and not _is_boundary(text[begin - 1]):
            begin -= 1
        if begin == start or _is_boundary(text[begin - 1]):
            match = _LABEL.match(text, begin, end)
            if match and match.end() > mark.start():
                behind = match.end()
                yield str(match.lastgroup), match.start(), behind


def _is_boundary(char: str) -> bool:
    return char in _BOUNDARY or char.isspace()


def _span(text: str, start: int, stop: int, attributions: Sequence[int]) -> TextSpan | None:
    stop = min([stop, *(place for place in attributions if place >= start)])
    words = text[start:stop].strip()
    begin = start + text[start:stop].index(words) if words else start
    return TextSpan(words, begin, begin + len(words)) if words else None
