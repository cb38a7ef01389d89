"""Write a document as one self-contained page: the text with coloured entities, the tasks at the side, links on hover."""

from __future__ import annotations

import html
import json
from importlib.resources import files
from pathlib import Path

from taskie.errors import WriteError
from taskie.records import Document

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
        .replace("{{meta}}", html.escape(_meta(document)))
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
    return "　".join(part for part in parts if part)


def _marked_text(document: Document) -> str:
    """Return the text with marks around entities and anchors at tasks and targets; everything else is escaped."""
    events: list[tuple[int, int, int, str]] = []
    for i, entity in enumerate(document.entities):
        label = f'<mark class="{entity.label}" id="e{i}" data-s="{entity.start}" title="{LABEL_NAMES[entity.label]}">'
        events += [(entity.start, 2, -entity.end, label), (entity.end, 0, 0, "</mark>")]
    for t, task in enumerate(document.tasks):
        events.append((task.start, 1, 0, f'<a id="t{t}" class="anchor"></a>'))
        for g, target in enumerate(task.targets):
            events.append((target.start, 1, 1, f'<a id="t{t}g{g}" class="anchor"></a>'))
    parts, position = [], 0
    for place, _, _, tag in sorted(events):
        parts += [html.escape(document.text[position:place]), tag]
        position = place
    parts.append(html.escape(document.text[position:]))
    return "".join(parts)


def _tasks(document: Document) -> list[dict[str, object]]:
    return [
        {
            "number": task.number, "title": task.title, "section": task.section, "status": task.status, "leaders": list(task.leaders),
            "start": task.start, "end": task.end, "units": [[u.name, u.role, u.start, u.end] for u in task.units],
            "targets": [
                {
                    "text": target.text, "start": target.start, "end": target.end, "lead": list(target.lead_units), "help": list(target.cooperating_units),
                    "deadline": target.deadline.text if target.deadline else None, "date": target.deadline.date if target.deadline else None,
                    "measures": [[m.indicator, m.text] for m in target.measures], "projects": [p.name for p in target.projects],
                }
                for target in task.targets
            ],
        }
        for task in document.tasks
    ]  # fmt: skip


def _script_safe(data: object) -> str:
    """Return JSON that cannot end the script element it stands in."""
    return json.dumps(data, ensure_ascii=True).replace("<", "\\u003c").replace("&", "\\u0026")
