"""Read the head matter of a notice: title, document number, issuer, date, addressees.

Boundary: only the stretch before the first item or table is read for titles and addressees;
the date is also looked for in the signature.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from taskie.records import Unit
from taskie.structure.bodies import split_units
from taskie.structure.furniture import DATE, is_furniture
from taskie.structure.items import Line, read_lines
from taskie.structure.numbering import chinese_value, read_number

_DOC_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}\s*[〔\[［（(【]\s*(?:19|20)\d{2}\s*[〕\]］）)】]\s*(?:第\s*)?\d{1,4}\s*号"
)
_TITLE_END = re.compile(
    r"(?:通知|意见|通报|方案|决定|办法|计划|函|要点|措施|公告|报告|清单|一览表|统计表|分解表|推进表|情况表|明细表|任务表|台账|表|政策|规划|纲要|细则|分工|安排|情况|任务|规定|汇总|进展|公示|总结|报表|台帐|工作书|任务书)(?:[（(][^（）()]{1,20}[）)])?$"
)
_ISSUER = re.compile(
    r"^[\u4e00-\u9fff（）()·]{3,40}(?:人民政府|政府|办公室|办公厅|委员会|管委会|局|厅|指挥部|领导小组|中共.{2,12}委|文件)$"
)
_HEAD_LINES = 40


@dataclass(frozen=True, slots=True)
class Head:
    """The head matter; ``end`` is where the words after the addressees begin."""

    title: str | None = None
    doc_number: str | None = None
    issuer: str | None = None
    issued_on: str | None = None
    addressees: tuple[str, ...] = ()
    addressee_spans: tuple[tuple[int, int], ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


def read_head(text: str, end: int) -> Head:
    """Read the head matter in ``text[:end]``; ``end`` is where the first item or table begins."""
    lines = [line for line in read_lines(text, 0, end)[:_HEAD_LINES] if not is_furniture(text[line.start : line.end])]
    spans: list[tuple[int, int]] = []
    number = _DOC_NUMBER.search(text, 0, min(end, 1500))
    doc_number = None
    if number and not _is_cited(text, number):
        doc_number = "".join(number[0].split())
        spans.append(number.span())
    addressees, addressee_line = _addressees(text, lines)
    title, issuer, title_spans = _title(text, lines, addressee_line)
    spans.extend(title_spans)
    if addressee_line:
        spans.append((addressee_line.start, addressee_line.end))
    return Head(
        title,
        doc_number,
        issuer,
        _issued_on(text),
        tuple(u.name for u in addressees),
        tuple((u.start, u.end) for u in addressees),
        tuple(sorted(spans)),
    )


def _is_cited(text: str, match: re.Match[str]) -> bool:
    """A document number in brackets behind a title is that of another document."""
    return match.start() > 0 and text[match.start() - 1] in "（(《"


def _addressees(text: str, lines: list[Line]) -> tuple[tuple[Unit, ...], Line | None]:
    for line in lines:
        words = text[line.start : line.end]
        if (
            words.endswith(("：", ":"))
            and 3 <= len(words) <= 300
            and re.match(r"^(?:各|市|县|区|省|州|旗|有关|[\u4e00-\u9fff]{2,10}(?:镇|乡|街道|政府|局|县|区|市))", words)
            and "。" not in words
        ):
            units = split_units(text, line.start, line.end - 1, role="responsible")
            if units:
                return units, line
    return (), None


def _title(
    text: str, lines: list[Line], addressee_line: Line | None
) -> tuple[str | None, str | None, list[tuple[int, int]]]:
    """Join the lines of the title, split over lines; the body alone on the line before it is the issuer."""
    head = [line for line in lines if addressee_line is None or line.start < addressee_line.start]
    issuer = None
    for i, line in enumerate(head):
        words = text[line.start : line.end].lstrip("# ")
        if _DOC_NUMBER.fullmatch(words) or DATE.fullmatch(words) or read_number(text, line.start):
            continue
        if _ISSUER.match(words) and not _TITLE_END.search(words):
            issuer = issuer or re.sub(r"文件$", "", words)
            continue
        joined, last = _join_title(text, head, i)
        if joined:
            about = re.match(
                r"^([^，。]{3,40}?(?:人民政府|政府|办公室|办公厅|委员会|管委会|局|厅|委|指挥部|领导小组))关于", joined
            )
            if about and not issuer:
                issuer = about[1]
            return joined, issuer, [(line.start, head[last].end)]
    return None, issuer, []


def _join_title(text: str, lines: list[Line], first: int) -> tuple[str | None, int]:
    joined = ""
    for i in range(first, min(first + 4, len(lines))):
        words = text[lines[i].start : lines[i].end].lstrip("# ")
        if re.search(r"[。；]", words) or len(words) > 120:
            return None, first
        joined += words
        unfinished = joined.count("《") > joined.count("》")
        if _TITLE_END.search(joined) and not unfinished and not joined.endswith("年"):
            return joined, i
    return None, first


def _issued_on(text: str) -> str | None:
    """Return the date that stands alone on a line of the head, else the last such date of the text."""
    for match in DATE.finditer(text):
        line_start = text.rfind("\n", 0, match.start()) + 1
        line_end = text.find("\n", match.end())
        around = text[line_start : match.start()] + text[match.end() : line_end if line_end >= 0 else len(text)]
        if len(around.strip()) <= 12 and not re.search(r"[，。；]", around):
            return _iso(match)
    return None


def _iso(match: re.Match[str]) -> str | None:
    year = match["year"] if match["year"].isdecimal() else str(chinese_value(re.sub("[○０Ｏ零]", "〇", match["year"])))
    month = int(match["month"]) if match["month"].isdecimal() else chinese_value(match["month"])
    day = int(match["day"]) if match["day"].isdecimal() else chinese_value(match["day"])
    if month is None or day is None or not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return f"{year}-{month:02d}-{day:02d}"
