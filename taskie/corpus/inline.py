"""Read and write documents whose entities are marked inline: ``⟦ORG|县水务局⟧``.

Boundary: the form authors write in; the corpus itself stores text and offsets apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskie.errors import AnnotationError
from taskie.records import LABELS, Entity

_MARK = re.compile(r"⟦([^|⟦⟧]*)\|([^⟦⟧]*)⟧")


def read_inline(marked: str, *, name: str = "document") -> tuple[str, tuple[Entity, ...]]:
    """Return the plain text and its entities, in text order.

    Raises ``AnnotationError`` with the line on an unknown label, an empty span or a broken mark.
    """
    parts: list[str] = []
    entities: list[Entity] = []
    length = position = 0
    for match in _MARK.finditer(marked):
        line = marked.count("\n", 0, match.start()) + 1
        label, span = match.groups()
        if label not in LABELS:
            raise AnnotationError(f"{name}:{line}: unknown label {label!r}; use one of {', '.join(LABELS)}")
        if not span.strip():
            raise AnnotationError(f"{name}:{line}: the mark {match[0]!r} holds no text")
        before = marked[position : match.start()]
        length += len(before)
        entities.append(Entity(label, span, length, length + len(span)))
        length += len(span)
        parts += [before, span]
        position = match.end()
    parts.append(marked[position:])
    text = "".join(parts)
    broken = re.search("[⟦⟧]", text)
    if broken:
        line = text.count("\n", 0, broken.start()) + 1
        raise AnnotationError(
            f"{name}:{line}: a mark is broken near {text[max(0, broken.start() - 10) : broken.end() + 10]!r}"
        )
    return text, tuple(entities)


def write_inline(text: str, entities: Sequence[Entity]) -> str:
    """Return ``text`` with marks put in; raises ``AnnotationError`` if entities overlap or the text holds marks."""
    if re.search("[⟦⟧]", text):
        raise AnnotationError("the text holds ⟦ or ⟧ and cannot be marked inline")
    parts: list[str] = []
    position = 0
    for entity in sorted(entities, key=lambda e: e.start):
        if entity.start < position:
            raise AnnotationError(f"entities overlap at {entity.start}: {entity.text!r}")
        parts += [text[position : entity.start], f"⟦{entity.label}|{text[entity.start : entity.end]}⟧"]
        position = entity.end
    parts.append(text[position:])
    return "".join(parts)
