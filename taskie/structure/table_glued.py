"""Read a table row that was run together with nothing between its cells, by what its header says each cell holds.

Boundary: one row at a time; where rows begin is ``table_run_starts``, what can be a unit cell is ``unit_cells``. What a cell
holds (bodies, a time, a status word, a person) tells it from the text beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from taskie.structure.body_lists import BodyLists
from taskie.structure.columns import STATUS_WORDS, Column
from taskie.structure.table_glued_title import glued_title_end
from taskie.structure.table_rows import trimmed
from taskie.structure.times import TIME
from taskie.structure.unit_cells import unit_cells

_TEXT = ("title", "statement", "progress", "next_steps", "problems", "remark", "category", "goal", "value")
_NONE = r"(?<!\d)/(?!\d)|(?<![\d—])—+(?!—)(?!\d(?!\d{3}年|\d?月))"
_FORMS = {
    "deadline": re.compile(rf"(?:到|至)?(?:(?:{TIME})(?:[、—至和]+(?:{TIME}))*|{_NONE})(?:完成)?"),
    "status": re.compile(rf"(?:{STATUS_WORDS}|{_NONE})"),
    "status_of_part": re.compile(rf"[\u4e00-\u9fff\d#]{{1,16}}(?:项目|工程|标段|期)(?:{STATUS_WORDS})"),
    "leader": re.compile(
        rf"(?:[\u4e00-\u9fff]某某?|[\u4e00-\u9fff]{{2,3}}|[\u4e00-\u9fff][ \u3000]{{1,2}}[\u4e00-\u9fff]|[\u4e00-\u9fff]?[xX×]{{2,3}}|[\u4e00-\u9fff][xX×]|{_NONE})"
    ),
    "amount": re.compile(rf"(?:[\dxX.,，．]+\s?(?:万元|亿元|分|[%％])?|{_NONE})"),
    "figure": re.compile(rf"(?:[≥≤＞＜>]?[\dxX×.,]{{1,12}}\s?[^\d\s，。；：、]{{0,6}}|{_NONE})"),
    "measure_unit": re.compile(r"[\u4e00-\u9fff%％]{1,6}"),
}
_OTHER = re.compile(r".{0,20}", re.S)
_FOR_ALL = re.compile(r"[（(](?:[^（）()]|[（(][^（）()]*[）)]){4,60}不再列出[）)]")
# A text ends with a full stop, or with a mark; if rows are not that tidy, all but titles and the last cell do; else anywhere.
_SENTENCE, _MARKED, _ANYWHERE = "。", "。；;）)”", ""
_ENDINGS = ((_SENTENCE, True), (_SENTENCE, False), (_MARKED, True), (_MARKED, False), (_ANYWHERE, True))
_UNMARKED = ("title", "category", "remark")
_MAX_ROW = 4000


def read_glued(
    text: str, columns: Sequence[Column], start: int, end: int, lists: BodyLists, *, loose: bool = True
) -> list[tuple[int, int, int]]:
    """Return the cells of ``text[start:end]`` under ``columns`` without the number; empty if the row does not fit.

    Without ``loose``, texts have to end with marks, titles and the last cell aside.
    """
    known = {column.meaning for column in columns}
    if end - start > _MAX_ROW or not known & {"unit", "status", "deadline", "leader"}:
        return []
    units = unit_cells(text, start, end, lists)
    own = _own_cells(columns)
    ways = dict.fromkeys((_told_by_form(columns), tuple(columns)))
    readings = [[_spans_of(way[k], text, start, end, units) for k in own] for way in ways]
    if "status" in known:
        readings.append([_spans_of(_of_part(columns[k]), text, start, end, units) for k in own])
    for blank in ((), tuple(n for n, k in enumerate(own) if columns[k].meaning not in ("unit", *_TEXT))):
        for marks, everywhere in _ENDINGS if loose else _ENDINGS[:-1]:
            ends = [marks if everywhere or _is_marked(columns, k) else _ANYWHERE for k in own]
            cells = next(filter(None, (_fit(text, start, end, forms, ends, blank) for forms in readings)), None)
            if cells:
                spans = [(k, *trimmed(text, a, b)) for k, (a, b) in zip(own, cells, strict=True)]
                return [span for span in _with_titles(text, columns, spans) if span[1] < span[2]]
    return []


def _told_by_form(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns with those that hold a word or a figure rather than text: of two that report one gives the status."""
    report = [k for k, column in enumerate(columns) if column.meaning == "progress"]
    status = report[-1] if len(report) > 1 and all(column.meaning != "status" for column in columns) else None
    figures = any(column.meaning == "statement" for column in columns)
    meanings = {"value": "figure" if figures else "value"}
    return tuple(
        replace(column, meaning="status" if k == status else meanings.get(column.meaning, column.meaning))
        for k, column in enumerate(columns)
    )


def _with_titles(
    text: str, columns: Sequence[Column], spans: Sequence[tuple[int, int, int]]
) -> Iterator[tuple[int, int, int]]:
    """Part titles from the statements that they were read with, where these begin as statements do."""
    for k, start, end in spans:
        titled = k > 0 and columns[k].meaning == "statement" and columns[k - 1].meaning == "title"
        stop = glued_title_end(text, start, end) if titled else None
        if stop is not None:
            yield k - 1, start, stop
        yield k, start if stop is None else stop, end


def _of_part(column: Column) -> Column:
    """A status may say of which part it holds: 二标段滞后."""
    return replace(column, meaning="status_of_part") if column.meaning == "status" else column


def fits_glued(text: str, columns: Sequence[Column], start: int, end: int, lists: BodyLists) -> bool:
    """Tell whether ``text[start:end]`` has a cell for every column, each text of full sentences."""
    if end - start > _MAX_ROW:
        return False
    units = unit_cells(text, start, end, lists)
    own = _own_cells(columns)
    marks = [_ANYWHERE if columns[k].meaning == "title" or k + 1 == len(columns) else _SENTENCE for k in own]
    ways = dict.fromkeys((_told_by_form(columns), tuple(columns)))
    forms = ([_spans_of(way[k], text, start, end, units) for k in own] for way in ways)
    return any(_fit(text, start, end, spans, marks, ()) for spans in forms)


def fits_up_to_bodies(text: str, columns: Sequence[Column], start: int, end: int, lists: BodyLists) -> bool:
    """Tell whether ``text[start:end]`` has a cell for every column up to the last one of bodies, and text for those behind it."""
    units = [k for k, column in enumerate(columns) if column.meaning == "unit"]
    if not units or units[-1] + 1 == len(columns):
        return False
    return fits_glued(text, [*columns[: units[-1] + 1], Column("remark")], start, end, lists)


def _own_cells(columns: Sequence[Column]) -> list[int]:
    """No form tells where a title ends and the statement behind it begins: they are read as one."""
    return [k for k, column in enumerate(columns) if column.meaning != "title" or not _statement_at(columns, k + 1)]


def _statement_at(columns: Sequence[Column], k: int) -> bool:
    return k < len(columns) and columns[k].meaning == "statement"


def _is_marked(columns: Sequence[Column], k: int) -> bool:
    """Tell whether a text under column ``k`` can be expected to end with a mark: titles and the last cell need none."""
    return columns[k].meaning not in _UNMARKED and k + 1 < len(columns)


# The ends that a cell beginning at a place can have, the likeliest first; ``None`` for a text, which can end anywhere.
_Spans = dict[int, list[int]]


def _spans_of(column: Column, text: str, start: int, end: int, units: Sequence[tuple[int, int]]) -> _Spans | None:
    if column.meaning in _TEXT:
        return None
    spans: _Spans = {}
    if column.meaning == "unit":
        for a, b in sorted(units, key=lambda span: -span[1]):
            spans.setdefault(a, []).append(b)
            if rule := _FOR_ALL.match(text, b, end):
                spans[a].insert(0, rule.end())
        for nothing in re.compile(_NONE).finditer(text, start, end):
            spans.setdefault(nothing.start(), []).append(nothing.end())
        return spans
    form = _FORMS.get(column.meaning, _OTHER)
    for a in range(start, end):
        longest = form.match(text, a, end)
        if longest:
            shorter = [b for b in range(longest.end() - 1, a, -1) if form.fullmatch(text, a, b)]
            spans[a] = [longest.end(), *shorter]
    return spans


def _fit(
    text: str, start: int, end: int, forms: Sequence[_Spans | None], marks: Sequence[str], blank: Sequence[int]
) -> list[tuple[int, int]]:
    """Return one span a column that together make up the stretch, each text as short as can be; empty if there are none.

    Cells under the columns ``blank`` may be. From the end to the beginning it is told where the cells from
    each column on can begin, so that the way back never errs: the time grows with the length, not with a power of it.
    """
    begins: list[set[int]] = [{end}]
    for n in reversed(range(len(forms))):
        behind, form, ending = begins[-1], forms[n], marks[n]
        if form is None:
            last = max((q for q in behind if q > start and _ends_well(text, q, ending)), default=start)
            begins.append({p for p in range(start, last) if not text[p].isspace()})
        else:
            own = {a for a, stops in form.items() if any(_skip(text, b, end) in behind for b in stops)}
            begins.append(own | behind if n in blank else own)
    begins.reverse()
    position = _skip(text, start, end)
    if position not in begins[0]:
        return []
    cells = []
    for form, ending, behind in zip(forms, marks, begins[1:], strict=True):
        stop = _next_stop(text, position, end, form, ending, behind)
        cells.append((position, stop))
        position = _skip(text, stop, end)
    return cells


def _next_stop(text: str, position: int, end: int, form: _Spans | None, ending: str, behind: set[int]) -> int:
    if form is None:
        ordered = sorted(behind)
        return next(q for q in ordered[bisect_right(ordered, position) :] if _ends_well(text, q, ending))
    stops = form.get(position, [])
    return next((b for b in stops if _skip(text, b, end) in behind), position)


def _ends_well(text: str, position: int, marks: str) -> bool:
    """Tell whether the words before ``position`` end with one of ``marks``, if there are any to ask for."""
    while marks and position and text[position - 1].isspace():
        position -= 1
    return not marks or text[position - 1 : position] in tuple(marks)


def _skip(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position
