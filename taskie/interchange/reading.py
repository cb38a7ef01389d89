"""Collect what a reader finds in one entry of a file, with a problem for everything that does not fit.

Boundary: checks that need no more than the entry itself; all formats go through here, so that all say the same.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any

from taskie.errors import AnnotationError
from taskie.interchange.marks import MENTION_LABELS, TAIL_LABELS, TARGET, MarkedText, Mention, Relation

_SHOWN = 20


@dataclass(slots=True)
class Reading:
    """What a file gave: the entries without fault, a line for each fault of the others, and what was left aside."""

    texts: list[MarkedText] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Take over an entry, or its problems if it has any."""
        marked, problems = entry.finish()
        if problems:
            self.problems += problems
        else:
            self.texts.append(marked)

    def raise_problems(self) -> Reading:
        """Return the reading if it has no problem; raises ``AnnotationError`` with all of them otherwise."""
        if self.problems:
            raise AnnotationError("\n".join(self.problems))
        return self


class Entry:
    """One text under construction. Keys are the ids the file itself uses for its mentions."""

    def __init__(self, where: str, document_id: str, text: Any) -> None:
        self.where = where
        self.id = document_id
        self.problems: list[str] = []
        self.text = text if isinstance(text, str) else ""
        if not isinstance(text, str):
            self.problems.append(f"{where}: the text must be a string, got {type(text).__name__}")
        elif any("\ud800" <= c <= "\udfff" for c in text):
            self.problems.append(f"{where}: the text holds half of a surrogate pair; export it anew as UTF-8")
        self._mentions: dict[Hashable, Mention | None] = {}
        self._relations: list[Relation] = []

    def mention(
        self, key: Any, start: Any, end: Any, label: Any, *, where: str = "", text: str | None = None
    ) -> Mention | None:
        """Add a mention; ``text`` is what the file says stands there, ``None`` if it says nothing."""
        where = where or self.where
        key = _key(key)
        wrong = self._wrong_span(start, end) or _wrong_label(label, MENTION_LABELS)
        if not wrong and text is not None and text != self.text[start:end]:
            wrong = f"the file says {_short(text)}, but {start}-{end} of the text is {_short(self.text[start:end])}"
        if key in self._mentions:
            wrong = f"the id {key!r} is used twice"
        if wrong:
            self.problems.append(f"{where}: {wrong}")
            self._mentions.setdefault(key, None)
            return None
        self._mentions[key] = Mention(start, end, label, where=where)
        return self._mentions[key]

    def relation(self, label: Any, head: Any, tail: Any, *, where: str = "") -> None:
        """Add a relation between two mentions that were added before."""
        where = where or self.where
        head, tail = _key(head), _key(tail)
        missing = [key for key in (head, tail) if key not in self._mentions]
        wrong = _wrong_label(label, TAIL_LABELS, kind="relation")
        if missing:
            wrong = f"relation {label!r} names {missing[0]!r}, but no mention has that id"
        if wrong:
            self.problems.append(f"{where}: {wrong}")
            return
        one, other = self._mentions[head], self._mentions[tail]
        if one is None or other is None:  # already reported
            return
        if (one.label, other.label) != (TARGET, TAIL_LABELS[label]):
            self.problems.append(
                f"{where}: relation {label!r} leads from {TARGET} to {TAIL_LABELS[label]}, here from {one.label} to {other.label}"
            )
            return
        self._relations.append(Relation(one, other, label, where))

    def problem(self, message: str, *, where: str = "") -> None:
        """Note anything else that is wrong."""
        self.problems.append(f"{where or self.where}: {message}")

    def finish(self) -> tuple[MarkedText, list[str]]:
        """Return the text with its marks, and all problems."""
        mentions = [mention for mention in self._mentions.values() if mention]
        marked = MarkedText(
            self.id, self.text, tuple(sorted(mentions)), tuple(sorted(self._relations)), where=self.where
        )
        return marked, self.problems + list(contradictions(marked))

    def _wrong_span(self, start: Any, end: Any) -> str | None:
        if not _is_offset(start) or not _is_offset(end):
            return f"offsets must be whole numbers, got {start!r} and {end!r}"
        if not 0 <= start < end <= len(self.text):
            return f"span {start}-{end} does not lie in the text of length {len(self.text)}; offsets are half-open"
        return None


def contradictions(marked: MarkedText) -> Iterator[str]:
    """Yield a line for each mark that contradicts another or breaks a rule of the guidelines (section 1)."""
    for group in ([m for m in marked.mentions if m.label != TARGET], [m for m in marked.mentions if m.label == TARGET]):
        for one, other in zip(group, group[1:], strict=False):
            if other.start < one.end:
                yield f"{other.where or marked.where}: {_shown(marked, other)} overlaps {_shown(marked, one)}; labels are flat"
    for mention in marked.mentions:
        words = marked.text[mention.start : mention.end]
        if words != words.strip():
            yield f"{mention.where or marked.where}: {_shown(marked, mention)} begins or ends with white space"
    seen: set[Relation] = set()
    dated: set[Mention] = set()
    for relation in marked.relations:
        where, head, tail = relation.where or marked.where, relation.head, relation.tail
        if relation in seen:
            yield f"{where}: relation {relation.label!r} from {_shown(marked, head)} stands twice"
            continue
        seen.add(relation)
        if relation.label == "deadline" and head in dated:
            yield f"{where}: {_shown(marked, head)} has two deadlines; one governs it"
        if relation.label == "deadline":
            dated.add(head)
        if relation.label in ("project", "measure") and not head.start <= tail.start < head.end:
            yield f"{where}: {relation.label} {_shown(marked, tail)} begins outside its {_shown(marked, head)}"


def _shown(marked: MarkedText, mention: Mention) -> str:
    words = _short(marked.text[mention.start : mention.end])
    return f"{mention.label} {mention.start}-{mention.end} {words}"


def _short(words: str) -> str:
    return repr(words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…")


def _key(key: Any) -> Hashable:
    """Return an id as a key; a file may hold anything there."""
    return key if isinstance(key, Hashable) else repr(key)


def _is_offset(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _wrong_label(label: Any, allowed: Any, *, kind: str = "label") -> str | None:
    if isinstance(label, str) and label in allowed:
        return None
    return f"unknown {kind} {label!r}; allowed are {', '.join(allowed)}"
