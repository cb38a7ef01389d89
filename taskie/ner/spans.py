"""Trim predicted spans to what the guidelines allow at their borders (section 1).

Boundary: borders only; a span is shortened or dropped here, never widened or relabelled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_STRIP = " \t\r\n\u3000\xa0，。；：、！？,;:!?.·|｜…—-~"
_PAIRS = {"（": "）", "(": ")", "“": "”", "〔": "〕", "[": "]", "《": "》", "【": "】", "‘": "’"}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_BEFORE_AMOUNT = re.compile(r"^(?:不低于|不少于|不高于|不超过|不小于|不大于|至少|超过|突破|达到|达|超|约|共|近(?=\d)|为)")
_BEFORE_DEADLINE = re.compile(r"^(?:力争|争取|确保|预计|计划|截至|到|于|在)")
_TITLES = re.compile(r"《[^《》]{1,120}》")


def clean_spans(text: str, spans: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield spans trimmed, in order; those inside 《…》, empty ones and amounts without numeral are dropped."""
    titles = [match.span() for match in _TITLES.finditer(text)]
    i = 0
    for start, end, label in spans:
        start, end = _trim(text, start, end, label)
        if start >= end:
            continue
        while i < len(titles) and titles[i][1] <= start:
            i += 1
        if i < len(titles) and titles[i][0] <= start and end <= titles[i][1]:
            continue
        if label == "QUANTITY" and not _NUMERAL.search(text[start:end]):
            continue
        yield start, end, label


_NUMERAL = re.compile(r"[\d０-９xX×＊*〇零一二两三四五六七八九十百千万亿数几半]")


def _trim(text: str, start: int, end: int, label: str) -> tuple[int, int]:
    changed = True
    while changed and start < end:
        before = (start, end)
        while start < end and text[start] in _STRIP:
            start += 1
        while end > start and text[end - 1] in _STRIP:
            end -= 1
        start, end = _drop_lone_brackets(text, start, end)
        lead = None
        if label == "QUANTITY":
            lead = _BEFORE_AMOUNT.match(text[start:end])
        elif label == "DEADLINE":
            lead = _BEFORE_DEADLINE.match(text[start:end])
        if lead:
            start += lead.end()
        changed = before != (start, end)
    return start, end


def _drop_lone_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    span = text[start:end]
    if span and span[0] in _PAIRS and _PAIRS[span[0]] not in span:
        start += 1
    if span and span[0] in _CLOSING:
        start += 1
    if span and span[-1] in _CLOSING and _CLOSING[span[-1]] not in span:
        end -= 1
    if span and span[-1] in _PAIRS:
        end -= 1
    return start, max(start, end)
