"""Read one item or paragraph: its title, its statement and the attributions in and after it.

Boundary: the extent of the item is given; this cuts it into parts and never looks outside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from taskie.records import TextSpan, Unit
from taskie.structure.attributions import Statement, lead_first, read_statement, states_responsibility
from taskie.structure.bodies import looks_like_body, split_units
from taskie.structure.body_lists import NO_BODIES, BodyLists
from taskie.structure.embedded import find_closing, find_embedded
from taskie.structure.items import Line, read_lines
from taskie.structure.learned import LearnedWords, active_words
from taskie.structure.numbering import read_number
from taskie.structure.outline import Attribution, TaskOutline

_PAIRS = {"（": "）", "(": ")", "〔": "〕", "[": "]", "【": "】", "［": "］"}
_MAX_BRACKET = 600
_MAX_UNCLOSED = 160
MAX_TITLE = 36
_AMOUNT = re.compile(r"[\d０-９]\s*(?:个|家|项|亿|万|%|％|元|公里|亩|人|户|套|座|所|条|处|吨|平方|名|场|次|期|台|辆)")
_INLINE_LABEL = re.compile(
    r"(?<=[。；;\s）)])(?=(?:总牵头|牵头|主办|责任|配合|协办|协同|承办|落实|第一责任)[^，。；：:\s]{0,6}[:：]|(?:牵头|责任|包保|分管)(?:领导|人)[:：]|完成(?:时限|时间|期限)[:：])"
)
# A learned label stands behind a sentence as the others do.
_LEARNED_INLINE = r"(?<=[。；;\s）)])(?:{words})[:：]"
# Points of an assessment behind an item: they say nothing of what is to be done.
_SCORE = re.compile(r"[（(]\s*\d+(?:\.\d+)?\s*分\s*[）)][。；]?")
_SCORE_BEHIND = re.compile(rf"(?:\s*{_SCORE.pattern})+\s*$")
_DASH = re.compile(r"[—–－-]{1,2}\s*")
BOX = re.compile(r"^(?:专栏|专\s*栏)\s*[\d一二三四五六七八九十]")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a document is to be read: its own rules about roles, how its lines are broken, the bodies a tagger found in it.

    ``one_line`` says that its items are one line each, so that an unnumbered line behind one is no part of it.
    """

    first_listed: bool = False
    wrap_width: int | None = None
    one_line: bool = False
    lists: BodyLists = NO_BODIES


PLAIN = Reading()


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    statement: Statement


def find_attributions(text: str, start: int, end: int, reading: Reading) -> tuple[Attribution, ...]:
    """Return the attributions in ``text[start:end]``, in text order, each with the stretch it holds for."""
    found = [*_bracketed(text, start, end, reading), *_on_lines(text, start, end, reading)]
    merged = _merge(sorted(found, key=lambda f: (f.start, -f.end)), text)
    attributions = []
    scope_start = start
    for item in merged:
        attributions.append(
            Attribution(
                item.start,
                item.end,
                scope_start,
                item.start,
                _ranked(text, item.statement.units, reading),
                item.statement.leaders,
                item.statement.deadline,
            )
        )
        scope_start = item.end
    return tuple(attributions)


def _ranked(text: str, units: tuple[Unit, ...], reading: Reading) -> tuple[Unit, ...]:
    """Apply the document's rule that the first unit leads, where the attribution gives no roles of its own."""
    if not units or not reading.first_listed or any(unit.role != "responsible" for unit in units):
        return units
    listed = tuple(unit for unit in units if unit.source != "label") or units
    if _ALL_RESPONSIBLE.match(text, listed[-1].end):
        return units
    # A label behind the list (责任科室：…) is no part of it.
    return lead_first(listed) + tuple(unit for unit in units if unit not in listed)


# Behind a list: each of them is responsible, by the words of the attribution itself.
_ALL_RESPONSIBLE = re.compile(
    r"\s*等?(?:按照?(?:各自)?职责(?:分工)?|分别|各自|共同)*\s*(?:负责|落实|承办|组织实施|实施)"
)


def _bracketed(text: str, start: int, end: int, reading: Reading) -> list[_Found]:
    """Read the outermost brackets; a bare list of bodies counts only at the end of a paragraph."""
    found = []
    position = start
    while position < end:
        closing = _PAIRS.get(text[position])
        if closing is None:
            position += 1
            continue
        stop = _matching(text, position, min(end, position + _MAX_BRACKET), text[position], closing)
        if stop is None:
            if unclosed := _unclosed(text, position, end):
                found.append(unclosed)
                break
            position += 1
            continue
        ends_paragraph = _ends_paragraph(text, stop + 1, end)
        # A bare list needs a body that the tagger knows, if it was asked: （上游段） is none.
        bare = ends_paragraph and (not reading.lists.bodies or bool(reading.lists.bodies_inside(position + 1, stop)))
        statement = read_statement(text, position + 1, stop, bare=bare, bracketed=True)
        ends_sentence = ends_paragraph or text[position - 1 : position] in ("。", "；", "！")
        if not statement and ends_sentence and reading.lists.covers(text, position + 1, stop):
            statement = Statement(split_units(text, position + 1, stop, role="responsible", source="sentence"))
        if statement and (statement.units or statement.leaders or ends_paragraph):
            found.append(_Found(position, stop + 1, statement))
            position = stop + 1
        else:
            position += 1
    return found


def _unclosed(text: str, position: int, end: int) -> _Found | None:
    """Read a bracket behind a sentence's end that nothing closes: its other half was lost, it goes on to the end."""
    stop = position + len(text[position:end].rstrip())
    words = text[position + 1 : stop]
    if text[position - 1 : position] not in ("。", "；", "\n") or len(words) > _MAX_UNCLOSED or "。" in words[:-1]:
        return None
    statement = read_statement(text, position + 1, stop, bracketed=True)
    return _Found(position, stop, statement) if statement.units else None


def _matching(text: str, start: int, end: int, opening: str, closing: str) -> int | None:
    depth = 0
    for i in range(start, end):
        if text[i] == opening or (opening in "（(" and text[i] in "（("):
            depth += 1
        elif text[i] == closing or (opening in "（(" and text[i] in "）)"):
            depth -= 1
            if depth == 0:
                return i
    return None


def _ends_paragraph(text: str, position: int, end: int) -> bool:
    while position < end and text[position] in " \t\u3000。；;，,":
        position += 1
    return (
        position >= end
        or text[position] in "\r\n\u2028"
        or text[position] in _PAIRS
        or read_number(text, position) is not None
    )


def _on_lines(text: str, start: int, end: int, reading: Reading) -> list[_Found]:
    """Read labels without brackets, on lines of their own or behind a sentence, and sentences such as 由A牵头。"""
    found = []
    lines = read_lines(text, start, end)
    i = 0
    while i < len(lines):
        line = lines[i]
        begin = _label_start(text, line)
        if begin is None:
            found.extend(_dashed(text, line, reading) or _sentence(text, line, reading))
            i += 1
            continue
        stop = line.end
        while i + 1 < len(lines) and _list_goes_on(text, lines[i].start, stop, lines[i + 1], reading):
            i += 1
            stop = lines[i].end
        statement = read_statement(text, begin, stop)
        if statement:
            found.append(_Found(begin, stop, statement))
        i += 1
    return found


def _dashed(text: str, line: Line, reading: Reading) -> list[_Found]:
    """Read a line that a dash opens and that names bodies and nothing else: ——县水务局、县财政局."""
    dash = _DASH.match(text, line.start, line.end)
    if not dash or not reading.lists.covers(text, dash.end(), line.end):
        return []
    units = split_units(text, dash.end(), line.end, role="responsible", source="sentence")
    return [_Found(line.start, line.end, Statement(units))] if units else []


def _label_start(text: str, line: Line) -> int | None:
    if text[line.start] in _PAIRS:
        return None
    if states_responsibility(text, line.start, line.end):
        return line.start
    match = _inline_label(active_words()).search(text, line.start, line.end)
    if match and not _inside_bracket(text, line.start, match.start()):
        return match.start()
    return None


@lru_cache(maxsize=16)
def _inline_label(words: LearnedWords) -> re.Pattern[str]:
    if not words.labels:
        return _INLINE_LABEL
    learned = "|".join(re.escape(word) for word, _ in words.labels)
    return re.compile(f"{_INLINE_LABEL.pattern}|{_LEARNED_INLINE.format(words=learned)}")


def _inside_bracket(text: str, start: int, position: int) -> bool:
    opened = sum(text.count(c, start, position) for c in "（(〔【[")
    closed = sum(text.count(c, start, position) for c in "）)〕】]")
    return opened > closed


def _list_goes_on(text: str, begin: int, stop: int, line: Line, reading: Reading) -> bool:
    """A unit list may be wrapped: it goes on after 、 or ，, or behind a line that fills the page's width."""
    if read_number(text, line.start) or states_responsibility(text, line.start, line.end) or text[line.start] in _PAIRS:
        return False
    words = text[line.start : line.end]
    if text[stop - 1] in "：:" and len(words) <= 200:
        return True
    if len(words) > 200 or ("。" in words[:-1] and not _REST_OF_NAME.match(words)):
        return False
    if text[stop - 1] in "。；;":
        return False
    line_start = max(text.rfind("\n", 0, stop), begin - 200)
    full = reading.wrap_width is not None and stop - line_start >= reading.wrap_width - 4
    last_name = re.split(r"[、，,：:。；;]", text[begin:stop])[-1]
    return (
        text[stop - 1] in "、，,：:"
        or full
        or not looks_like_body(last_name)
        and _REST_OF_NAME.match(words) is not None
    )


# A line that can be the rest of a name: 运输厅。 or 会保障局、市财政局
_REST_OF_NAME = re.compile(
    r"^[^，。；：:、]{1,14}(?:局|委|厅|办|部|会|院|司|中心|政府|行|所|站|校|社|集团|公司)(?:[、，。；]|$)"
)


def wrap_width(text: str) -> int | None:
    """Return the width at which the lines of ``text`` were broken, or ``None`` if they are paragraphs.

    Lines are broken by width where at least a third of the longer ones have nearly the same length.
    """
    lengths = [len(line.strip()) for line in text.splitlines() if len(line.strip()) > 18]
    if len(lengths) < 8:
        return None
    counts = Counter(lengths)
    width = max(counts, key=lambda n: sum(counts[n + d] for d in (-2, -1, 0, 1)))
    near = sum(counts[width + d] for d in (-2, -1, 0, 1))
    return width if near >= len(lengths) / 3 and width <= 90 else None


def _sentence(text: str, line: Line, reading: Reading) -> list[_Found]:
    """Read a last sentence that only says who leads and helps."""
    body = text[line.start : line.end]
    head = max(body.rfind("。", 0, len(body) - 1), body.rfind("；", 0, len(body) - 1))
    begin = line.start + head + 1
    timed = _TIMED.search(text, begin, line.end)
    words = text[begin : timed.start() if timed else line.end].rstrip("。；;")
    spoken = re.search(r"(?:牵头|负责|主办|配合|落实|承办|协办|参与|实施|推进|组织|办理)[^，]{0,6}$", words)
    if not (spoken or words.endswith(active_words().verb_words())) or len(words) > 200:
        return []
    if re.search(r"[：:（(][^）)]*$", words):
        return []  # a label or a bracket that goes on behind the line
    statement = read_statement(text, begin, begin + len(words))
    if not statement.units:
        statement = Statement(find_closing(text, begin, begin + len(words), reading.lists))
    if timed:
        statement = replace(statement, deadline=read_statement(text, timed.start() + 1, line.end).deadline)
    return [_Found(begin, line.end, statement)] if statement.units else []


# 由县水务局负责，完成时限：6月底。
_TIMED = re.compile(r"[，,；;](?=(?:完成|办结|落实)?(?:时限|期限|时间)[:：][^，。；]{2,16}[。.]?$)")


def _merge(found: Sequence[_Found], text: str) -> list[_Found]:
    """Join attributions that follow one another with nothing but marks between; drop those inside others."""
    merged: list[_Found] = []
    for item in found:
        if merged and item.start < merged[-1].end:
            continue
        if merged and not text[merged[-1].end : item.start].strip(" \t\r\n\u3000。；;，,、"):
            before = merged[-1]
            joined = Statement(
                before.statement.units
                + tuple(
                    u
                    for u in item.statement.units
                    if (u.name, u.role) not in {(v.name, v.role) for v in before.statement.units}
                ),
                before.statement.leaders + item.statement.leaders,
                before.statement.deadline or item.statement.deadline,
            )
            merged[-1] = _Found(before.start, item.end, joined)
        else:
            merged.append(item)
    return merged


def read_title(text: str, start: int, end: int, *, of_clauses: bool = False) -> int | None:
    """Return where the title that begins at ``start`` ends, or ``None`` if the words there are no title.

    A title is a short phrase without comma or amount, up to the first full stop, the end of its line or a gap.
    With ``of_clauses`` it may have commas (健全制度，补齐短板。): then only a full stop ends it.
    """
    match = re.compile(r"[。\r\n\u2028]|[ \t]{2,}|\u3000+").search(text, start, end)
    if not match or match.start() == start:
        return None
    stop = match.start()
    if match[0] in "\r\n\u2028":
        # A wrapped line: the title may go on to a full stop on the next one.
        full_stop = text.find("。", stop, min(end, start + MAX_TITLE))
        if full_stop >= 0 and not re.search(r"[，；：,;:（(]", text[start:full_stop]):
            stop = full_stop
    words = text[start:stop].strip(" \t\u3000：:")
    outside_quotes = re.sub(r"“[^”]*”|《[^》]*》|\"[^\"]*\"|（[^（）]*）", "", words)
    if (
        not 2 <= len(words) <= MAX_TITLE
        or re.search(r"[；！？;：:]" if of_clauses and match[0] == "。" else r"[，；！？,;：:]", outside_quotes)
        or _AMOUNT.search(outside_quotes)
    ):
        return None
    return start + len(text[start:stop].rstrip(" \t\u3000：:"))


def read_task(
    text: str,
    start: int,
    content: int,
    end: int,
    *,
    number: str | None,
    headings: tuple[str, ...],
    reading: Reading,
    inherited: Sequence[Attribution] = (),
    titled: bool = False,
) -> TaskOutline:
    """Read the item ``text[start:end]`` whose words begin at ``content``; ``titled`` if items like it have titles."""
    attributions = find_attributions(text, content, end, reading)
    following = attributions
    if attributions and not text[content : attributions[0].start].strip():
        content, following = _skip_marks(text, attributions[0].end, end), attributions[1:]
    title_end = read_title(text, content, following[0].start if following else end, of_clauses=titled)
    after_title = content if title_end is None else _skip_marks(text, title_end, end)
    after_title = _demand_start(text, after_title, end)
    parts = _parts(text, after_title, end, attributions)
    if title_end is not None and all(_SCORE.fullmatch(text[a:b].strip()) for a, b in parts):
        title_end, parts = None, _parts(text, content, end, attributions)
    if not parts:
        parts = ((content, content),)
    title = TextSpan(text[content:title_end], content, title_end) if title_end is not None else None
    statement = TextSpan(text[parts[0][0] : parts[-1][1]], parts[0][0], parts[-1][1])
    stop = max(parts[-1][1], attributions[-1].end if attributions else 0, title_end or 0)
    own = tuple(_with_given(text, a, reading) for a in _rescoped(attributions, after_title, parts))
    if not own:
        embedded = find_embedded(text, statement.start, statement.end, reading.lists)
        own = (Attribution(stop, stop, statement.start, stop, embedded),) if embedded else ()
    source = own or tuple(_inherited(a, statement) for a in inherited)
    return TaskOutline(
        number=number, title=title, headings=headings, start=start, end=stop, statement=statement, parts=parts,
        attributions=own, units=collect_units(source), leaders=tuple(dict.fromkeys(name for a in source for name in a.leaders)),
        deadline=next((a.deadline for a in source if a.deadline), None) or next((a.deadline for a in inherited if a.deadline), None),
    )  # fmt: skip


def _demand_start(text: str, start: int, end: int) -> int:
    """Return where an item says what is to be done: behind what was found (存在问题：… 整改要求：) or reported (会议听取了… 会议要求，)."""
    if _FINDING.match(text, start, end):
        demand = _DEMAND.search(text, start, end)
        return demand.end() if demand else start
    resolved = _RESOLVED.search(text, start, end) if _REPORTED.match(text, start, end) else None
    return resolved.start() if resolved else start


_FINDING = re.compile(r"(?:发现|存在|主要|突出)?(?:的)?(?:主要|突出)?问题[:：]")
_DEMAND = re.compile(r"(?<=[。；\s])(?:整改|工作|办理|具体)(?:要求|措施|意见|任务)[:：]\s*")
_REPORTED = re.compile(r"会议(?:听取|指出|认为|通报|了解|审议|研究)")
_RESOLVED = re.compile(r"(?<=[。；\s])会议(?:要求|明确|强调|决定|议定|确定)，")


def _rescoped(
    attributions: tuple[Attribution, ...], after_title: int, parts: tuple[tuple[int, int], ...]
) -> tuple[Attribution, ...]:
    """An attribution directly behind the title holds for what follows it; the others for what precedes."""
    if len(attributions) == 1 and parts[-1][1] > attributions[0].start:
        return (replace(attributions[0], scope_start=after_title, scope_end=parts[-1][1]),)
    return attributions


def _with_given(text: str, attribution: Attribution, reading: Reading) -> Attribution:
    """Add the units that a sentence in the attribution's stretch gives work to: 由县水务局会同县气象局排定班次."""
    given = find_embedded(text, attribution.scope_start, attribution.scope_end, reading.lists, only_given=True)
    known = {(unit.name, unit.role) for unit in attribution.units}
    if not attribution.units:
        return attribution
    return replace(attribution, units=attribution.units + tuple(u for u in given if (u.name, u.role) not in known))


def _inherited(attribution: Attribution, statement: TextSpan) -> Attribution:
    units = tuple(replace(u, source="inherited") for u in attribution.units)
    return replace(attribution, scope_start=statement.start, scope_end=statement.end, units=units)


def collect_units(attributions: Sequence[Attribution]) -> tuple[Unit, ...]:
    """Return the units of all attributions, each name and role once, in text order."""
    units: dict[tuple[str, str], Unit] = {}
    for attribution in attributions:
        for unit in attribution.units:
            units.setdefault((unit.name, unit.role), unit)
    return tuple(units.values())


def _skip_marks(text: str, position: int, end: int) -> int:
    while position < end and (text[position].isspace() or text[position] in "。：:.．"):
        position += 1
    return position


def _parts(text: str, start: int, end: int, attributions: Sequence[Attribution]) -> tuple[tuple[int, int], ...]:
    """Return the stretches of the statement, attributions cut out, trimmed, none empty."""
    borders = [(a.start, a.end) for a in attributions]
    parts = []
    position = start
    for begin, stop in [*borders, (end, end)]:
        trimmed = _trimmed(text, position, begin)
        if trimmed:
            parts.append(trimmed)
        position = max(position, stop)
    return tuple(parts)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    stretch = text[start:end]
    words = stretch.strip(" \t\r\n\u3000\xa0")
    if not any(c.isalnum() for c in words):
        return None
    begin = start + stretch.index(words)
    # Behind an attribution in brackets its full stop is left over.
    while begin < end and text[begin] in "。；;，,、":
        begin += 1
    while begin < end and text[begin].isspace():
        begin += 1
    stop = start + stretch.index(words) + len(words)
    score = _SCORE_BEHIND.search(text, begin, stop)
    return begin, score.start() if score and score.start() > begin else stop
