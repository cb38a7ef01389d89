"""Turn rows of cells into task outlines: one place where every table form ends up.

Boundary: rows come with their cells already under columns; what a blank cell inherits, what is
title and what statement is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from taskie.records import TextSpan, Unit
from taskie.structure.attributions import find_attributions
from taskie.structure.bodies import split_units
from taskie.structure.body_lists import BodyLists
from taskie.structure.columns import STATUS, Column, is_none
from taskie.structure.embedded import find_closing, find_embedded
from taskie.structure.first_listed import lead_first
from taskie.structure.items import read_lines
from taskie.structure.outline import Attribution, TaskOutline
from taskie.structure.persons import read_leaders
from taskie.structure.reading import PLAIN, Reading
from taskie.structure.responsibility import read_statement
from taskie.structure.responsibility_words import states_responsibility
from taskie.structure.times import read_time
from taskie.structure.titles import MAX_TITLE

_STAGE = re.compile(r"\d{1,2}月(?:\d{1,2}日|底|中旬|上旬)?前?[^，。；、]{2,}")
# 县水务局（责任领导：某某；责任科室：水保科）, 建管科（县住建局主办，县城管局（执法大队）协办）
# Who leads stands in a bracket before the others: [县住建局牵头]县财政局.
_LEADING_BRACKET = re.compile(r"\s*[（(〔\[【]([^（）()〔〕\[\]【】]{2,60}(?:牵头|主办))[）)〕\]】]\s*(?=\S)")
_LABELLED_BRACKET = re.compile(
    r"(?<=[\u4e00-\u9fff）)])[（(](?:[^（）()]{1,12}[:：][^（）()]*"
    r"|(?:[^（）()]|[（(][^（）()]*[）)]){2,120}(?:牵头|主办|配合|协办|协同))[）)]\s*$"
)


# What a unit cell may say of the rows below it: （以下各项均需各县（区）参与，不再列出）.
_FOR_ALL = re.compile(r"[（(〔]以下(?:[^（）()]|[（(][^（）()]*[）)])*不再列出[）)〕]\s*$")
_SUM = re.compile(r"(?:合|小|总|共)\s?计(?![\u4e00-\u9fff]{2})")
_MIN_GOAL = 20


@dataclass(slots=True)
class Row:
    """The cells of a row as ``(column index, start, end)``, trimmed, blank ones left out.

    ``inherited`` are the units that the heading above the row names.
    """

    cells: list[tuple[int, int, int]]
    headings: tuple[str, ...] = ()
    inherited: tuple[Unit, ...] = ()


@dataclass(slots=True)
class _Above:
    """What a merged cell hands down to the rows below it."""

    units: dict[int, tuple[Unit, ...]] = field(default_factory=dict)
    leaders: tuple[str, ...] = ()
    deadline: TextSpan | None = None
    category: str | None = None
    title: TextSpan | None = None


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the cell without the white space and bars around it."""
    while start < end and (text[start].isspace() or text[start] in "|｜"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "|｜"):
        end -= 1
    return start, end


def build_tasks(
    text: str, columns: Sequence[Column], rows: Sequence[Row], reading: Reading = PLAIN, *, merged: bool = True,
    apart: bool = False,
) -> tuple[TaskOutline, ...]:  # fmt: skip
    """Return a task for each row that states something, in the order of ``rows``.

    ``merged`` lets a blank unit, leader or deadline cell take over what the row above has. ``apart`` tells names
    apart, by the bodies of ``reading``, that only a blank parts.
    """
    columns = _settle_status(text, _settle_titles(text, columns, rows), rows)
    above = _Above()
    tasks = []
    for row in rows:
        task = _build(text, columns, row, above if merged else _Above(), reading)
        if task:
            apart_now = apart and reading.lists.bodies
            tasks.append(replace(task, units=_apart(text, task.units, reading.lists)) if apart_now else task)
    return tuple(tasks)


def _apart(text: str, units: tuple[Unit, ...], lists: BodyLists) -> tuple[Unit, ...]:
    """Split units that are two known bodies with a blank between them; a blank alone may be a lost character."""
    parted: list[Unit] = []
    for unit in units:
        inside = lists.bodies_inside(unit.start, unit.end)
        whole = inside and inside[0][0] == unit.start and inside[-1][1] == unit.end
        blank = all(text[a[1] : b[0]].isspace() for a, b in zip(inside, inside[1:], strict=False))
        if len(inside) > 1 and whole and blank:
            parted += [replace(unit, name="".join(text[a:b].split()), start=a, end=b) for a, b in inside]
        else:
            parted.append(unit)
    return tuple(parted)


def _settle_titles(text: str, columns: Sequence[Column], rows: Sequence[Row]) -> tuple[Column, ...]:
    """Of several content columns the statement is the longest one and the title the one before it; one alone is the statement."""
    content = [i for i, column in enumerate(columns) if column.meaning in ("title", "statement", "value")]
    settled = list(columns)
    if not content:
        return tuple(settled)
    statements = [i for i in content if columns[i].meaning == "statement"]
    if not statements:
        lengths = {
            i: sum(end - start for row in rows for index, start, end in row.cells if index == i) for i in content
        }
        statements = [max(content, key=lambda i: lengths[i])]
    main = statements[0]
    titles = [i for i in content if columns[i].meaning == "title"]
    if titles and _holds_sentences(text, rows, titles[0]):
        statements = [titles[0], *statements]  # a "title" of whole sentences is what is to be done
        main = titles[0]
    elif len(statements) > 1 and (goals := _goals(columns, rows, statements)):
        main = goals[0]
    elif len(statements) > 1:
        lengths = {
            i: sum(end - start for row in rows for index, start, end in row.cells if index == i) for i in statements
        }
        main = max(statements, key=lambda i: lengths[i])
    for i in content:
        kind = "title" if i < main and i not in statements else "goal" if i in statements else "remark"
        settled[i] = replace(columns[i], meaning="statement" if i == main else kind)
    return tuple(settled)


def _settle_status(text: str, columns: Sequence[Column], rows: Sequence[Row]) -> tuple[Column, ...]:
    """A column of progress (完成情况) that holds status words only is one of status."""
    settled = list(columns)
    for i, column in enumerate(columns):
        cells = [text[start:end].strip() for row in rows for index, start, end in row.cells if index == i]
        if column.meaning == "progress" and len(cells) > 1 and all(STATUS.match(c) or is_none(c) for c in cells):
            settled[i] = replace(column, meaning="status")
    return tuple(settled)


def _goals(columns: Sequence[Column], rows: Sequence[Row], statements: Sequence[int]) -> list[int]:
    """Of filled statement columns return those named after goals, where others are named after steps (推进措施)."""
    filled = {index for row in rows for index, _, _ in row.cells}
    own = [i for i in statements if i in filled]
    goals = [i for i in own if re.search("目标|指标|任务|要求", columns[i].word)]
    cells = [end - start for row in rows for index, start, end in row.cells if index in goals[:1]]
    wordy = sum(cells) >= _MIN_GOAL * len(cells)  # 新造林3600亩 beside steps is only the figure
    return goals if len(goals) < len(own) and wordy else []


def _holds_sentences(text: str, rows: Sequence[Row], column: int) -> bool:
    """Tell whether the cells of a column are longer than titles are, and most have clauses."""
    cells = [text[start:end] for row in rows for index, start, end in row.cells if index == column]
    clauses = sum(1 for cell in cells if re.search(r"[，,；;。]", cell))
    return sum(map(len, cells)) > MAX_TITLE * len(cells) and 2 * clauses > len(cells)


def _build(text: str, columns: Sequence[Column], row: Row, above: _Above, reading: Reading) -> TaskOutline | None:
    by_meaning: dict[str, list[tuple[int, int, int]]] = {}
    for cell in row.cells:
        if cell[0] < len(columns):
            by_meaning.setdefault(columns[cell[0]].meaning, []).append(cell)
    number = _number(text, by_meaning)
    statement = _first(by_meaning, "statement")
    title = _first(by_meaning, "title")
    _remember_category(text, by_meaning, above)
    if statement is None and title is not None:
        statement, title = title, None
    if statement is None or is_none(text[statement[1] : statement[2]]):
        return None
    if any(_SUM.match(text[a:b]) for _, a, b in row.cells[:2]) or _SUM.match(text[statement[1] : statement[2]]):
        return None
    statement = _without_label(text, statement, reading)
    units, attributed = _units(text, columns, by_meaning, statement, above, reading, row)
    start, end = _extent(row, by_meaning)
    span = TextSpan(text[statement[1] : statement[2]], statement[1], statement[2])
    headings = row.headings + (
        (above.category,) if above.category and "category" in {c.meaning for c in columns} else ()
    )
    return TaskOutline(
        number=number, title=_title(text, title), headings=headings, start=start, end=end, statement=span, parts=_parts(text, span, by_meaning),
        attributions=attributed, units=units, leaders=_leaders(text, columns, by_meaning, above), deadline=_deadline(text, columns, by_meaning, above),
        status=_text(text, by_meaning, "status"), progress=_joined(text, by_meaning, "progress"), next_steps=_joined(text, by_meaning, "next_steps"),
        problems=_joined(text, by_meaning, "problems"), in_table=True,
    )  # fmt: skip


def _without_label(text: str, statement: tuple[int, int, int], reading: Reading) -> tuple[int, int, int]:
    """Begin the statement behind lines that only say who is responsible: in a cell a line they stand between title and statement."""
    index, start, end = statement
    lines = read_lines(text, start, end)
    labels = [i for i, line in enumerate(lines[:-1]) if states_responsibility(text, line.start, line.end)]
    return (index, lines[labels[-1] + 1].start, end) if labels and labels[-1] <= 2 else statement


def _parts(
    text: str, statement: TextSpan, by_meaning: dict[str, list[tuple[int, int, int]]]
) -> tuple[tuple[int, int], ...]:
    """The statement and the cells that set goals of their own beside it (年度目标, 量化指标) can hold targets."""
    goals = [(a, b) for _, a, b in by_meaning.get("goal", []) if not is_none(text[a:b])]
    return tuple(sorted([(statement.start, statement.end), *goals]))


def _first(by_meaning: dict[str, list[tuple[int, int, int]]], meaning: str) -> tuple[int, int, int] | None:
    cells = by_meaning.get(meaning)
    return cells[0] if cells else None


def _number(text: str, by_meaning: dict[str, list[tuple[int, int, int]]]) -> str | None:
    cell = _first(by_meaning, "number")
    return text[cell[1] : cell[2]].strip().rstrip("、.．") or None if cell else None


def _title(text: str, cell: tuple[int, int, int] | None) -> TextSpan | None:
    return (
        None
        if cell is None or is_none(text[cell[1] : cell[2]])
        else TextSpan(text[cell[1] : cell[2]], cell[1], cell[2])
    )


def _remember_category(text: str, by_meaning: dict[str, list[tuple[int, int, int]]], above: _Above) -> None:
    cell = _first(by_meaning, "category")
    if cell and not is_none(text[cell[1] : cell[2]]):
        above.category = " ".join(text[cell[1] : cell[2]].split())


def _units(
    text: str,
    columns: Sequence[Column],
    by_meaning: dict[str, list[tuple[int, int, int]]],
    statement: tuple[int, int, int],
    above: _Above,
    reading: Reading,
    row: Row,
) -> tuple[tuple[Unit, ...], tuple[Attribution, ...]]:
    """Return the units of the row's unit cells, of the row above where they are blank, and of attributions in the statement.

    Without any of these, units come from a label in another cell, from the heading above, or from a sentence.
    """
    units: list[Unit] = []
    present = {index for index, _, _ in by_meaning.get("unit", [])}
    for index, start, end in by_meaning.get("unit", []):
        role = columns[index].role or "responsible"
        found = _units_of_cell(text, start, end, role, reading)
        above.units[index] = found
        units.extend(found)
    given = find_embedded(text, statement[1], statement[2], reading.lists, only_given=True)
    for index, column in enumerate(columns):
        if column.meaning == "unit" and index not in present and (not present or column.role != "cooperating"):
            merged = above.units.get(index, ()) if not given else ()
            units.extend(replace(unit, source="inherited") for unit in merged)
    # One column of units; of two tables side by side, the same one twice.
    if reading.first_listed and len({(c.role, c.word) for c in columns if c.meaning == "unit"}) == 1:
        units = list(lead_first(units))
    attributions = find_attributions(text, statement[1], statement[2], reading)
    for unit in (unit for a in attributions for unit in a.units):
        said = {(known.name, known.role) for known in units}
        # A list without roles says nothing new of a body in the column; a label or verb does.
        if (unit.name, unit.role) not in said and (unit.role != "responsible" or unit.name not in {n for n, _ in said}):
            units.append(unit)
    units += [unit for unit in given if (unit.name, unit.role) not in {(known.name, known.role) for known in units}]
    if units:
        return tuple(units), ()
    for meaning in ("next_steps", "remark", "progress", "problems"):
        for _, start, end in by_meaning.get(meaning, []):
            units += [unit for a in find_attributions(text, start, end, PLAIN) for unit in a.units]
    return tuple(units) or row.inherited or find_embedded(text, statement[1], statement[2], reading.lists), ()


def _units_of_cell(text: str, start: int, end: int, role: str, reading: Reading) -> tuple[Unit, ...]:
    """Split a unit cell; labels and verbs inside it (牵头：…责任：…; 由…会同…办理) say the roles themselves."""
    if is_none(text[start:end]):
        return ()
    for_all = _FOR_ALL.search(text, start, end)
    end = for_all.start() if for_all and for_all.start() > start else end
    if leading := _LEADING_BRACKET.match(text, start, end):
        led = read_statement(text, *leading.span(1), bracketed=True).units
        others = _units_of_cell(text, leading.end(), end, role, reading)
        if led:
            return (*(replace(unit, source="column") for unit in led), *others)
    spoken = find_closing(text, start, end, reading.lists)
    if spoken:
        return tuple(replace(unit, source="column") for unit in spoken)
    labelled = _LABELLED_BRACKET.search(text, start, end)
    if labelled:
        named = split_units(text, start, labelled.start(), role=role, source="column")
        stated = read_statement(text, labelled.start() + 1, labelled.end() - 1, bracketed=True).units
        return (*named, *(replace(unit, source="column") for unit in stated))
    if re.search(r"[:：]|(?:牵头|主办|负责|承办|协办|配合|参与)(?:[，,；;。]|[）)〕\]】]?$)", text[start:end].rstrip()):
        inside = _inside_bracket(text, start, end)
        stated = read_statement(text, *inside, bracketed=True).units
        if stated and role == "cooperating" and all(unit.role == "responsible" for unit in stated):
            stated = tuple(replace(unit, role=role) for unit in stated)  # 按职责分工负责 in a column of helpers
        if stated:
            return tuple(replace(unit, source="column") for unit in stated)
    return split_units(text, start, end, role=role, source="column")


def _inside_bracket(text: str, start: int, end: int) -> tuple[int, int]:
    """Take off the bracket that a whole cell stands in, or the half of it that was not lost."""
    if text[start] in "（(〔[" and text[end - 1] in "）)〕]" and _is_one_bracket(text[start:end]):
        return start + 1, end - 1
    opened, closed = (sum(map(text[start:end].count, brackets)) for brackets in ("（(", "）)"))
    return start + (opened > closed and text[start] in "（("), end - (closed > opened and text[end - 1] in "）)")


def _is_one_bracket(words: str) -> bool:
    """Tell whether the bracket that opens ``words`` is the one that closes them."""
    depth = 0
    for place, c in enumerate(words):
        depth += (c in "（(〔[") - (c in "）)〕]")
        if depth <= 0:
            return place == len(words) - 1
    return False


def _leaders(
    text: str, columns: Sequence[Column], by_meaning: dict[str, list[tuple[int, int, int]]], above: _Above
) -> tuple[str, ...]:
    cells = by_meaning.get("leader")
    if cells:
        above.leaders = tuple(name for _, start, end in cells for name in _names(text[start:end]))
    elif not any(column.meaning == "leader" for column in columns):
        return ()
    return above.leaders


def _names(cell: str) -> list[str]:
    """Return the persons of a leader cell; a title before the name is kept out where a gap parts them."""
    return read_leaders(cell) or ([] if is_none(cell) else [" ".join(cell.split())])


def _deadline(
    text: str, columns: Sequence[Column], by_meaning: dict[str, list[tuple[int, int, int]]], above: _Above
) -> TextSpan | None:
    cell = _first(by_meaning, "deadline")
    if cell:
        start, end = cell[1], cell[2]
        if is_none(text[start:end]):
            above.deadline = None
            return None
        # 6月底前完成 says in the same cell what is done by then; the time alone is the deadline, unless there are stages.
        staged = len(_STAGE.findall(text[start:end])) > 1
        above.deadline = (None if staged else read_time(text, start, end)) or TextSpan(text[start:end], start, end)
    elif not any(column.meaning == "deadline" for column in columns):
        return _deadline_of_unit_cell(text, by_meaning)
    return above.deadline


def _deadline_of_unit_cell(text: str, by_meaning: dict[str, list[tuple[int, int, int]]]) -> TextSpan | None:
    """Read （县水务局牵头；完成时限：6月底） in a table without a column of deadlines."""
    for _, start, end in by_meaning.get("unit", []):
        if re.search(r"(?:时限|期限|时间|节点)[:：]", text[start:end]):
            deadline = read_statement(text, *_inside_bracket(text, start, end), bracketed=True).deadline
            if deadline:
                return deadline
    return None


def _text(text: str, by_meaning: dict[str, list[tuple[int, int, int]]], meaning: str) -> str | None:
    cell = _first(by_meaning, meaning)
    return None if cell is None or is_none(text[cell[1] : cell[2]]) else text[cell[1] : cell[2]]


def _joined(text: str, by_meaning: dict[str, list[tuple[int, int, int]]], meaning: str) -> TextSpan | None:
    """Return one span over all cells of a meaning (一季度, 二季度 …), blank ones left out."""
    cells = [cell for cell in by_meaning.get(meaning, []) if not is_none(text[cell[1] : cell[2]])]
    if not cells:
        return None
    start, end = min(c[1] for c in cells), max(c[2] for c in cells)
    return TextSpan(text[start:end], start, end)


def _extent(row: Row, by_meaning: dict[str, list[tuple[int, int, int]]]) -> tuple[int, int]:
    """A task goes from its number, or its first cell, to the end of its last cell; a category cell lies before it."""
    number = _first(by_meaning, "number")
    category = set(by_meaning.get("category", []))
    cells = [cell for cell in row.cells if cell not in category]
    start = number[1] if number else min(cell[1] for cell in cells)
    return start, max(cell[2] for cell in cells)
