"""Give the members of a list the label that the words behind it ask for (guidelines, section 1, PROJECT).

「A、B等企业技改项目」 are firms, 「A、B等5个项目」 stand for their projects, whatever the tagger made of each alone.
Boundary: text and entities in, entities out; where a list has a head is decided here, where names end by the tagger,
except that a member between marks is taken whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from taskie.records import Entity

# Bounded, so that a long run of figures is not read from each of its places to its end.
_COUNT = r"[\d０-９xX×一二两三四五六七八九十百数多几]{1,8}(?:余|多)?"
_WORDS = r"[^，。；：、,;:！？\n\t（）()“”《》等]"
# Behind 等, with or without a count, or behind a count of firms alone (A和B4家龙头企业).
_FIRMS = re.compile(rf"(?:等(?:{_COUNT}[家户个])?|{_COUNT}家)(?:(?!项目|工程){_WORDS}){{0,8}}?(?:企业|公司)")
_PROJECTS = re.compile(
    rf"等(?:{_COUNT}[个项处])?(?:(?!机构|单位|部门|银行|地|县|区|镇|乡|村|从|对|在|为|把|将){_WORDS}){{0,6}}?(?:项目|工程)"
    r"(?!责任|主管|建设单位|单位|业主|负责|推进|专班|部门)"
)
_CLAUSE_EDGE = frozenset("，。；：,;:！？\n\t 《》")
_JOINING = ("以及", "和", "及", "与")
_OPENING, _CLOSING = "（(“", "）)”"
_LONGEST_LIST, _LONGEST_NAME = 120, 25
# Names that say themselves what they are stay as the tagger has them.
_OWN_HEAD = {
    "ORG": re.compile(r"(?:项目|工程|基地|园|路|桥)$"),
    "PROJECT": re.compile(r"(?:局|委|办|厅|部|政府|中心|院|校|大学|银行|分行|支行|协会|领导小组|专班|公司)$"),
}
_PLACE = re.compile(r"(?:[省市县区州旗乡镇村]|街道)$")
_FILL_CONFIDENCE = 0.7


def label_lists(text: str, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Return the entities with the members of headed lists labelled alike, in text order.

    A member is relabelled where the tagger found its name. A firm is added where others of its list are found and
    nothing in it is tagged; the first one never, since only the tagger can tell where it begins. Projects are not
    added: their lists hold mere kinds too.
    """
    by_end = {e.end: e for e in entities}
    taken = bytearray(len(text))
    for e in entities:
        taken[e.start : e.end] = b"\1" * (e.end - e.start)
    changed: dict[tuple[int, int], Entity] = {}
    for stop, label in _heads(text):
        members = _members(text, stop, by_end, taken)
        found = [by_end.get(end) for _, end in members]
        names = [
            e if e and e.label in ("ORG", "PROJECT") and (e.start == start or i == 0) else None
            for i, ((start, _), e) in enumerate(zip(members, found, strict=True))
        ]
        fitting = [n for n in names if n and (n.label == label or not _OWN_HEAD[label].search(n.text))]
        if len(members) < 2 or not fitting:
            continue
        changed |= {(n.start, n.end): replace(n, label=label) for n in fitting if n.label != label}
        if label == "ORG":
            free = (
                span for span, e in zip(members[1:], found[1:], strict=True) if not e and not any(taken[slice(*span)])
            )
            changed |= {
                (a, b): Entity(label, text[a:b], a, b, _FILL_CONFIDENCE) for a, b in free if _may_be_name(text[a:b])
            }
    others = [e for e in entities if (e.start, e.end) not in changed]
    return tuple(sorted([*others, *changed.values()], key=lambda e: e.start))


def _heads(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each headed list stops, and the label of its members; firms go before projects of theirs."""
    firms = {match.start() for match in _FIRMS.finditer(text)}
    yield from ((stop, "ORG") for stop in sorted(firms))
    yield from ((m.start(), "PROJECT") for m in _PROJECTS.finditer(text) if m.start() not in firms)


def _members(text: str, stop: int, by_end: dict[int, Entity], taken: bytearray) -> list[tuple[int, int]]:
    """Return the spans between the marks 、 of the list that ends at ``stop``; the first begins with its clause."""
    marks: list[int] = []
    depth, start = 0, stop
    while start > 0 and stop - start < _LONGEST_LIST:
        char = text[start - 1]
        if char in _CLOSING:
            depth += 1
        elif char in _OPENING:
            if not depth:
                break
            depth -= 1
        elif not depth and char in _CLAUSE_EDGE:
            break
        elif not depth and char == "、":
            marks.append(start - 1)
        start -= 1
    edges = [start - 1, *reversed(marks), stop]
    members = [(a + 1, b) for a, b in zip(edges, edges[1:], strict=False)]
    first, last = members[-1]
    for word in _JOINING:
        at = text.find(word, first + 1, last)
        # A joining word may be part of a name: it parts two members if one ends there or nothing is known of either.
        if at > 0 and (at in by_end or not (taken[at] or taken[first])):
            return [*members[:-1], (first, at), (at + len(word), last)]
    return members


def _may_be_name(text: str) -> bool:
    return 2 <= len(text) <= _LONGEST_NAME and not _PLACE.search(text) and not any(c.isspace() for c in text)
