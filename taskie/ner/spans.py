"""Bring predicted spans to what the guidelines allow at their borders (section 1).

Boundary: borders only: a span is trimmed, dropped, closed at a bracket it opened, or joined with the firm right in
front of it; its label stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# No name of the corpus comes near this length; beyond it the network has lost its way.
MAX_LENGTH = 90
_STRIP = " \t\r\n\u3000\xa0，。；：、！？,;:!?.·|｜…—-~"
_PAIRS = {"（": "）", "(": ")", "“": "”", "〔": "〕", "[": "]", "《": "》", "【": "】", "‘": "’"}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_BEFORE_AMOUNT = re.compile(
    r"^(?:不低于|不少于|不高于|不超过|不小于|不大于|至少|超过|突破|达到|达|超|约|共|近(?=\d)|为)"
)
_BEFORE_DEADLINE = re.compile(r"^(?:力争|争取|确保|预计|计划|截至|到|于|在)")
# Verbs before a project's name, and lettered or numbered parts and works behind it, are no part of the name.
_BEFORE_PROJECT = re.compile(
    r"(?:加快推进|积极推进|全力推进|扎实推进|加快|推进(?!器)|推动(?!力|车)|放大(?!器)|做强|做大|实施|启动(?!器|区|机)|完成|打造|支持|确保|力争)(?=[^的]{4})"
)
_PART_OF_PROJECT = re.compile(
    r"(?:[A-ZＡ-Ｚ]院|[A-ZＡ-Ｚ]?\d*[\d、]*#.*|[\d一二三四五六七八九十]{1,2}号(?:楼|厂房|车间).*|主体(?:结构|工程)?|路基[^路]*|桩基.*|钢结构.*|(?<=期)生产)$"
)
_MIN_PROJECT = 3
_TITLES = re.compile(r"《[^《》]{1,120}》")


def clean_spans(text: str, spans: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield spans trimmed, in order; those inside 《…》, empty ones and amounts without numeral are dropped."""
    titles = [match.span() for match in _TITLES.finditer(text)]
    i = 0
    for start, end, label in _joined(text, spans):
        start, end = _trim(text, start, _closed(text, start, end, label), label)
        if start >= end or end - start > MAX_LENGTH:
            continue
        while i < len(titles) and titles[i][1] <= start:
            i += 1
        if i < len(titles) and titles[i][0] <= start and end <= titles[i][1]:
            continue
        if label == "QUANTITY" and not _is_amount(text, start, end):
            continue
        yield start, end, label


_FIRM = re.compile(r"(?:公司|集团|厂)$")
_MAX_BRACKET = 24


def _joined(text: str, spans: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Join a firm with the project that follows it without a gap: the firm is part of the project's name."""
    held: tuple[int, int, str] | None = None
    for span in spans:
        if (
            held
            and held[2] == "ORG"
            and span[2] == "PROJECT"
            and held[1] == span[0]
            and _FIRM.search(text[held[0] : held[1]])
        ):
            held = (held[0], span[1], "PROJECT")
            continue
        if held:
            yield held
        held = span
    if held:
        yield held


def _closed(text: str, start: int, end: int, label: str) -> int:
    """Carry a name on to the bracket that it opened: 文昌路（学府路至环城路）."""
    if label not in ("PROJECT", "ORG"):
        return end
    span = text[start:end]
    for opening, closing in (("（", "）"), ("(", ")")):
        if span.count(opening) > span.count(closing):
            stop = text.find(closing, end, end + _MAX_BRACKET)
            if stop >= 0 and not re.search(r"[。；\n]", text[end:stop]):
                return stop + 1
    return end


_NUMERAL = re.compile(r"[\d０-９xXｘＸ×＊*〇零一二两三四五六七八九十百千万亿数几半]")


# What follows a numeral without making it an amount: dates, names with a masked place, ranks, numbers of things.
_NO_AMOUNT = re.compile(r"(?:年|月|日|月份|季度|号|届|位|级|强|省|市|县|区|州|镇|乡|大学|学院|学校|国)$")
_AMOUNT_OF_TIME = re.compile(r"^(?:\d{1,3}|[一二两三四五六七八九十百]+)年$|个月$|工作日$|^\d{1,3}日$")
_BARE = re.compile(r"^[\d０-９xXｘＸ×＊*.．,，\s—–\-〇零一二两三四五六七八九]+$")


def _is_amount(text: str, start: int, end: int) -> bool:
    """Tell whether a span has numeral and unit and is no date, rank, masked name or part of a slogan in quotation marks."""
    span = text[start:end]
    if not _NUMERAL.search(span) or _BARE.match(span):
        return False
    if _NO_AMOUNT.search(span) and not _AMOUNT_OF_TIME.search(span):
        return False
    opening = text.rfind("“", max(0, start - 12), start)
    closing = text.find("”", end, end + 12)
    return not (
        opening >= 0
        and closing >= 0
        and "”" not in text[opening:start]
        and "“" not in text[end:closing]
        and closing - opening <= 14
    )


def _trim(text: str, start: int, end: int, label: str) -> tuple[int, int]:
    changed = True
    while changed and start < end:
        before = (start, end)
        while start < end and (text[start] in _STRIP or text[start].isspace()):
            start += 1
        while end > start and (text[end - 1] in _STRIP or text[end - 1].isspace()):
            end -= 1
        start, end = _drop_lone_brackets(text, start, end)
        lead = None
        if label == "QUANTITY":
            lead = _BEFORE_AMOUNT.match(text[start:end])
        elif label == "DEADLINE":
            lead = _BEFORE_DEADLINE.match(text[start:end])
        elif label == "PROJECT":
            lead = _BEFORE_PROJECT.match(text[start:end])
            part = _PART_OF_PROJECT.search(text, start, end)
            end = part.start() if part and part.start() - start >= _MIN_PROJECT else end
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
