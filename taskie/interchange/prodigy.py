"""Prodigy: JSONL with one token a character, spans, relations, and the targets beside them.

Source: Prodigy's documentation, annotation interfaces ``spans`` and ``relations``. ``token_end`` is the last token,
included; ``head`` and ``child`` are the last tokens of their spans. The ``relations`` interface takes no overlapping
spans, so targets stand under a key of their own, which Prodigy hands through.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from taskie.interchange.json_files import objects_in, read_entries, write_json_lines
from taskie.interchange.marks import TARGET, MarkedText, Mention
from taskie.interchange.reading import Entry, Reading

ENDING = ".jsonl"


def write_prodigy(texts: Sequence[MarkedText], path: Path) -> list[Path]:
    """Write an object a line."""
    return write_json_lines(path, map(_task, texts))


def _task(marked: MarkedText) -> dict[str, Any]:
    tokens = [{"text": c, "start": i, "end": i + 1, "id": i, "ws": False} for i, c in enumerate(marked.text)]
    relations = [
        {
            "head": r.head.end - 1, "child": r.tail.end - 1, "label": r.label,
            "head_span": _span(marked.text, r.head), "child_span": _span(marked.text, r.tail),
        }
        for r in marked.relations
    ]  # fmt: skip
    spans = [_span(marked.text, m) for m in marked.mentions if m.label != TARGET]
    targets = [_span(marked.text, m) for m in marked.mentions if m.label == TARGET]
    return {
        "text": marked.text, "tokens": tokens, "spans": spans, "relations": relations, "targets": targets,
        "meta": {"name": marked.id},
    }  # fmt: skip


def _span(text: str, mention: Mention) -> dict[str, Any]:
    return {
        "start": mention.start, "end": mention.end, "token_start": mention.start, "token_end": mention.end - 1,
        "label": mention.label, "text": text[mention.start : mention.end],
    }  # fmt: skip


def read_prodigy(path: Path) -> Reading:
    """Read what ``prodigy db-out`` gives; tasks that were rejected or ignored are left aside with a note."""
    reading, refused = read_entries(path, _read_spans, wanted=lambda data: data.get("answer", "accept") == "accept")
    if refused:
        reading.notes.append(f"{path}: {refused} tasks that were rejected or ignored left aside")
    return reading


def _read_spans(data: dict[str, Any], entry: Entry) -> None:
    by_span: dict[tuple[Any, Any], str] = {}
    targets: dict[tuple[int, int], str] = {}
    groups = [(key, span) for key in ("spans", "targets") for span in objects_in(data, key, entry)]
    for i, (key, span) in enumerate(groups):
        where = f"{entry.where}: {key[:-1]} {i + 1}"
        place = (span.get("start"), span.get("end"))
        if span.get("label") == TARGET and place in targets:
            continue  # drawn in the spans interface and handed through as well
        name = f"{key[:-1]} {i + 1}"
        mention = entry.mention(name, *place, span.get("label"), where=where, text=span.get("text"))
        if mention and mention.label == TARGET:
            targets[mention.start, mention.end] = name
        elif mention:
            by_span[place] = name
    for i, relation in enumerate(objects_in(data, "relations", entry), 1):
        where = f"{entry.where}: relation {i}"
        head, child = _end(relation, "head", data), _end(relation, "child", data)
        head_key = targets.get(head) or _holder(head, targets) or f"target {head}"
        entry.relation(relation.get("label"), head_key, by_span.get(child, f"span {child}"), where=where)


def _end(relation: dict[str, Any], key: str, data: dict[str, Any]) -> tuple[Any, Any]:
    """Return start and end of one end of a relation: its span, else its token."""
    span = relation.get(f"{key}_span")
    if isinstance(span, dict):
        return span.get("start"), span.get("end")
    tokens, token = data.get("tokens"), relation.get(key)
    if isinstance(tokens, list) and isinstance(token, int) and 0 <= token < len(tokens):
        return tokens[token].get("start"), tokens[token].get("end")
    return token, token


def _holder(place: tuple[Any, Any], targets: dict[tuple[int, int], str]) -> str | None:
    """Return the target that holds a token from which a relation was drawn by hand."""
    if not isinstance(place[0], int):
        return None
    return next((name for (start, end), name in targets.items() if start <= place[0] < end), None)
