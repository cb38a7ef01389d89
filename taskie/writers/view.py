"""Write a document as one self-contained page: the text with coloured entities, the tasks at the side, links on hover."""

from __future__ import annotations

import html
import json
import re
from importlib.resources import files
from pathlib import Path

from taskie.completeness import DOUBTFUL
from taskie.errors import WriteError
from taskie.records import Document, Entity

MIN_TABLE_ROWS = 2
MAX_PROGRESS = 90
LABEL_NAMES = {"ORG": "单位", "PROJECT": "项目", "QUANTITY": "数量", "DEADLINE": "时限"}


def write_view(document: Document, path: str | Path, *, overwrite: bool = False) -> None:
    """Write the page to ``path``; raises ``WriteError`` if it exists and may not be replaced."""
    path = Path(path)
    if path.exists() and not overwrite:
        raise WriteError(f"{path}: exists already; use --overwrite to replace it")
    try:
        path.write_text(render_view(document), encoding="utf-8", errors="replace")
    except OSError as error:
        raise WriteError(f"{path}: cannot be written: {error.strerror or error}") from error


def render_view(document: Document) -> str:
    """Return the page as HTML; it loads nothing from anywhere and runs no text of the document."""
    template = files("taskie.writers").joinpath("view.html").read_text(encoding="utf-8")
    title = document.title or document.source or "任务台账"
    return (
        template.replace("{{title}}", html.escape(title))
        .replace("{{meta}}", _meta(document))
        .replace("{{text}}", _marked_text(document))
        .replace("{{data}}", _script_safe(_tasks(document)))
    )


def _meta(document: Document) -> str:
    parts = [
        document.doc_number,
        document.issuer,
        document.issued_on,
        f"{len(document.tasks)} 项任务",
        f"{sum(len(t.targets) for t in document.tasks)} 个目标",
    ]
    return "".join(f"<span>{html.escape(part)}</span>" for part in parts if part)


def _marked_text(document: Document) -> str:
    """Return the text with marks around entities and anchors at tasks and targets; everything else is escaped.

    No mark crosses a tab or a line end, so that what stands between them can be put into table cells.
    """
    events: list[tuple[int, int, int, str]] = []
    for entity in document.entities:
        for piece in re.finditer(r"[^\t\n]+", document.text[entity.start : entity.end]):
            start, end = entity.start + piece.start(), entity.start + piece.end()
            events += [(start, 2, -end, _mark(entity)), (end, 0, 0, "</mark>")]
    for t, task in enumerate(document.tasks):
        events.append((task.start, 1, 0, f'<a id="t{t}" class="anchor"></a>'))
        for g, target in enumerate(task.targets):
            events.append((target.start, 1, 1, f'<a id="t{t}g{g}" class="anchor"></a>'))
    parts, position = [], 0
    for place, _, _, tag in sorted(events):
        parts += [html.escape(document.text[position:place]), tag]
        position = place
    parts.append(html.escape(document.text[position:]))
    return with_tables("".join(parts))


def _mark(entity: Entity) -> str:
    """Return the tag that opens an entity's mark; those in doubt are marked so, with how sure they are."""
    name = LABEL_NAMES[entity.label]
    if entity.confidence is None or entity.confidence >= DOUBTFUL:
        return f'<mark class="{entity.label}" data-s="{entity.start}" title="{name}">'
    sure = f"{entity.confidence:.2f}"
    return f'<mark class="{entity.label} doubt" data-s="{entity.start}" data-c="{sure}" title="{name}，置信度 {sure}">'


def with_tables(marked: str) -> str:
    """Return the text with lines of cells put into tables; a line without cells between them spans a row."""
    lines = marked.split("\n")
    parts: list[str] = []
    i = 0
    while i < len(lines):
        end = i
        while end < len(lines) and (
            _is_row(lines[end]) or (end > i and lines[end] and _is_row(lines[end + 1 : end + 2]))
        ):
            end += 1
        if end - i < MIN_TABLE_ROWS:
            parts.append(lines[i] + "\n")
            i += 1
            continue
        parts.append(_table([line.split("\t") for line in lines[i:end]]))
        i = end
    return "".join(parts).removesuffix("\n")


def _is_row(lines: str | list[str]) -> bool:
    line = lines if isinstance(lines, str) else "".join(lines)
    return sum(1 for cell in line.split("\t") if cell.strip()) > 1 and "\t" in line


def _table(rows: list[list[str]]) -> str:
    width = max(map(len, rows))
    shown = []
    for i, row in enumerate(rows):
        tag = "td" if i else "th"
        span = width - len(row) + 1
        cells = [f"<{tag}>{cell}</{tag}>" for cell in row]
        if span > 1:
            cells[-1] = f'<{tag} colspan="{span}">{row[-1]}</{tag}>'
        shown.append(f"<tr>{''.join(cells)}</tr>")
    return f'<div class="scroll"><table>{"".join(shown)}</table></div>'.replace("\u2028", "<br>")


def _tasks(document: Document) -> list[dict[str, object]]:
    return [
        {
            "number": task.number, "title": task.title, "section": task.section, "status": task.status, "leaders": list(task.leaders),
            "start": task.start, "end": task.end, "units": [[u.name, u.role, u.start, u.end] for u in task.units],
            "progress": _shortened(task.progress.text) if task.progress else None,
            "targets": [
                {
                    "text": target.text, "start": target.start, "end": target.end, "lead": list(target.lead_units), "help": list(target.cooperating_units),
                    "deadline": target.deadline.text if target.deadline else None, "date": target.deadline.date if target.deadline else None,
                    "measures": [[m.indicator, m.text] for m in target.measures], "projects": [p.name for p in target.projects],
                    "reported": [[m.indicator, m.text] for m in task.reported if m.target_index == index],
                }
                for index, target in enumerate(task.targets)
            ],
        }
        for task in document.tasks
    ]  # fmt: skip


def _shortened(words: str) -> str:
    """Return the beginning of a report in one line; the text beside it has the whole."""
    line = " ".join(words.split())
    return line if len(line) <= MAX_PROGRESS else line[: MAX_PROGRESS - 1] + "…"


def _script_safe(data: object) -> str:
    """Return JSON that cannot end the script element it stands in."""
    return json.dumps(data, ensure_ascii=True).replace("<", "\\u003c").replace("&", "\\u0026")
