"""Find the numbered items of a prose notice and nest them by their numbering.

Boundary: this gives a tree of items with their extents; what an item says (title, statement,
attributions) is read in ``prose``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from taskie.structure.numbering import Number, read_number
from taskie.structure.run_on import find_run_on

# Numbers without a mark, and named ones, are taken for such only where they count on.
_LOOSE_STYLES = ("bare", "named")
_MIN_COUNTED = 3
# Inside a line an item can begin only behind one of these.
_ITEM_BORDER = "。；;）)〕]】！!：:"
_MAX_HEADING = 45
_ATTACHMENT = re.compile(
    r"^(?:附件|附表|附|附录)\s*[\d一二三四五六七八九十]{0,2}\s*[:：]?\s*$|^附件\s*[\d一二三四五六七八九十]{1,2}\s*[:：]?[^，。；]{0,40}$"
)
_TITLE_LINE = re.compile(
    r"^[^，。；：！？|\t]{6,60}(?:方案|办法|计划|意见|要点|清单|分工|措施|政策|规定|细则|任务|一览表|安排|台账|分解表|任务表|指标|通知|规划|纲要)(?:[（(][^（）()]{1,20}[）)])?$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the white space around it."""

    start: int
    end: int


@dataclass(slots=True)
class Item:
    """A numbered item while the tree is built; ``own_end`` is where its first child begins."""

    number: Number
    end: int = -1
    own_end: int = -1
    children: list[Item] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Return where the number begins."""
        return self.number.start


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of prose that numbers its items by itself: the notice, an attachment, a part with a title of its own."""

    start: int
    end: int
    title: str | None
    items: tuple[Item, ...]


def read_lines(text: str, start: int, end: int) -> list[Line]:
    """Return the lines of ``text[start:end]`` that are not blank, trimmed."""
    lines = []
    for match in re.finditer(r"[^\r\n\u2028\x0b\x0c]+", text[start:end]):
        stripped = match[0].strip(" \t\u3000\xa0\ufeff")
        if stripped:
            begin = start + match.start() + match[0].index(stripped)
            lines.append(Line(begin, begin + len(stripped)))
    return lines


def read_sections(text: str, start: int, end: int) -> tuple[Section, ...]:
    """Cut prose into sections at attachments and titles, and nest the items of each."""
    lines = read_lines(text, start, end)
    borders = [i for i, line in enumerate(lines) if i and _opens_section(text, lines, i)]
    sections = []
    for first, last in zip([0, *borders], [*borders, len(lines)], strict=True):
        if first == last:
            continue
        own = lines[first:last]
        stop = lines[last].start if last < len(lines) else end
        title = text[own[0].start : own[0].end] if first else None
        sections.append(Section(own[0].start, stop, title, nest(list(find_numbers(text, own)), stop)))
    return tuple(sections)


def _opens_section(text: str, lines: Sequence[Line], i: int) -> bool:
    """Tell whether a new numbering begins at line ``i``: at an attachment, or at a title before an item one."""
    words = text[lines[i].start : lines[i].end]
    if _ATTACHMENT.match(words):
        return True
    if not _TITLE_LINE.match(words) or read_number(text, lines[i].start):
        return False
    for line in lines[i + 1 : i + 8]:
        number = read_number(text, line.start)
        if number:
            return number.value == 1 and number.style in ("chinese", "part章", "part部分", "pchinese", "arabic")
    return False


def find_numbers(text: str, lines: Sequence[Line]) -> Iterator[Number]:
    """Yield the numbers that head items, at the beginning of lines and inside them, in text order."""
    last: dict[str, int] = {}
    counted = _count_on(text, lines)
    length = sum(line.end - line.start for line in lines)
    for line in lines:
        if run_on := find_run_on(text, (line.start, line.end), length):
            last |= {number.style: number.value for number in run_on}
            yield from run_on
            continue
        number = read_number(text, line.start)
        if number and number.style in _LOOSE_STYLES and number.start not in counted:
            number = None
        if number and not _plausible(number, last, text, line):
            number = None
        if number:
            last[number.style] = number.value
            yield number
        if number or last:
            for inner in _inner_numbers(text, line, number, last):
                last[inner.style] = inner.value
                yield inner


def _count_on(text: str, lines: Sequence[Line]) -> set[int]:
    """Return where lines begin with numbers of a loose style that count on from one, at least to three."""
    counted: set[int] = set()
    for style in _LOOSE_STYLES:
        run: list[int] = []
        for line in lines:
            number = read_number(text, line.start)
            if not number or number.style != style:
                continue
            if number.value == 1:
                run = []
            if number.value == len(run) + 1:
                run.append(number.start)
            if len(run) >= _MIN_COUNTED:
                counted.update(run)
    return counted


def _plausible(number: Number, last: dict[str, int], text: str, line: Line) -> bool:
    """Refuse numbers that cannot head an item: amounts at a wrapped line, bare numbers."""
    if number.content >= line.end:
        return number.style.startswith("part")
    if number.style == "arabic" and number.text.isdecimal() and last.get("arabic"):
        # A wrapped line may begin with 3、4号楼; a true item comes soon after the one before or starts again.
        return number.value == 1 or -1 <= number.value - last["arabic"] <= 30 or number.value < last["arabic"]
    return number.value < 400


def _inner_numbers(text: str, line: Line, first: Number | None, last: dict[str, int]) -> Iterator[Number]:
    """Yield items that go on inside a line: the next number of a style in use behind a sentence's end."""
    content = first.content if first else line.start
    style = first.style if first else None
    for match in re.finditer(
        r"(?:[。；;）)〕\]】！!]|(?<=[\u4e00-\u9fff])[.．])[ \t\u3000]*(?=[\d０-９一二三四五六七八九十（(①-⑳])|[ \t\u3000]+(?=[\d一二三四五六七八九十（(])",
        text[line.start : line.end],
    ):
        position = line.start + match.end()
        if position <= content:
            continue
        number = read_number(text, position)
        if not number or number.content >= line.end or number.style in _LOOSE_STYLES:
            continue
        follows = last.get(number.style, 0) + 1 == number.value and match[0].strip() != ""
        if (
            follows
            and (number.style == style or (number.style in last and _goes_on(text, line.start, position, number)))
            or number.value == 1
            and first
            and number.style != first.style
            and _is_short_heading(text, content, position)
        ):
            yield number
            content, style = number.content, number.style


# What an item above it ends with, for an item inside a line: （县水务局牵头，县财政局配合）, 责任单位：县水务局。
_ATTRIBUTED = re.compile(
    r"(?:单位|部门|科室|主体)[：:][^。：:]{2,120}。\s*$|[，。；][^，。；：:]{2,40}(?:牵头|负责|配合|落实|协办|参与)。\s*$|[（(〔\[【][^。]{2,160}(?:牵头|负责|配合|落实|局|委|办|部|厅|院|中心|公司|政府|单位|部门|[：:][^。]{2,40})[）)〕\]】][。；]?\s*$"
)


def _goes_on(text: str, start: int, position: int, number: Number) -> bool:
    """Tell whether the next number of another style than the line's heads an item: a high style, or one behind an attribution."""
    if number.style in ("chinese", "pchinese", "part条"):
        return True
    return _ATTRIBUTED.search(text, max(start, position - 200), position) is not None


def _is_short_heading(text: str, start: int, end: int) -> bool:
    words = text[start:end].strip()
    return 0 < len(words) <= _MAX_HEADING and not re.search(r"[，。；：,;:]", words)


def nest(numbers: Sequence[Number], end: int) -> tuple[Item, ...]:
    """Nest numbers by style: a style seen further up closes what lies below it."""
    roots: list[Item] = []
    stack: list[Item] = []
    for number in numbers:
        item = Item(number)
        depth = next((i for i, open_item in enumerate(stack) if open_item.number.style == number.style), None)
        if depth is None and stack:
            depth = _depth_of_new_style(stack, number)
        closed = stack[depth:] if depth is not None else []
        for open_item in closed:
            _close(open_item, number.start)
        del stack[len(stack) - len(closed) :]
        (stack[-1].children if stack else roots).append(item)
        stack.append(item)
    for open_item in stack:
        _close(open_item, end)
    return tuple(roots)


_RANK = {
    "part编": 0,
    "part章": 1,
    "part部分": 1,
    "part篇": 1,
    "part节": 2,
    "part类": 2,
    "chinese": 3,
    "pchinese": 4,
    "arabic": 5,
    "decimal": 6,
    "parabic": 7,
    "circled": 8,
    "named": 5,
    "bare": 5,
}


def _depth_of_new_style(stack: Sequence[Item], number: Number) -> int | None:
    """A style of higher rank than all open ones closes them (第二部分 after items); others go below."""
    rank = _RANK.get(number.style, 9)
    for depth, item in enumerate(stack):
        if rank < _RANK.get(item.number.style, 9):
            return depth
    return None


def _close(item: Item, end: int) -> None:
    item.end = end
    item.own_end = item.children[0].start if item.children else end
