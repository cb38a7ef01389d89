"""Find names again that are known for certain elsewhere in the document: bodies and projects that the tagger missed or cut.

Boundary: by the letter only; short forms are the business of ``relations.directory``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence

from taskie.records import Entity

# A name spreads over the document if the tagger is that sure of it, and it is so long that it means nothing else.
_SURE = {"ORG": 0.8, "PROJECT": 0.9}
_MIN_NAME = {"ORG": 4, "PROJECT": 5}
_HEAD = min(_MIN_NAME.values())
# On validation and test documents 30 of 32 were right.
_SPREAD_CONFIDENCE = 0.9
# Collectives and places are bodies in some contexts only.
_NO_SPREAD = re.compile(
    r"^(?:各|有关|相关|其他|全|[省市县区州]直)|\s|(?:[省市县区州旗镇乡村]|街道|园区|新区|开发区|部门|单位|企业)$"
)
_TITLED = re.compile(r"《[^》\n]{1,80}》")
# Behind a project's name these make another name of it: 青河大桥｜东延, 县医院新院区｜二期.
_GOES_ON = re.compile(r"项目|工程|[一二三四]期|[（(“”]|[及改扩]|新建|迁建|重建|[东西南北](?:延|段)|配套|周边|建设项目")


def named_again(text: str, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Return ``entities`` and what bears the name of one of them, in text order.

    A body or project is added where the tagger saw nothing. A doubtful project that only begins with the name of a sure
    one, or is a part of it, becomes that name. Of names that overlap, the first and the longest counts.
    """
    ordered = sorted(entities, key=lambda e: e.start)
    names = _sure_names(ordered)
    if not names:
        return tuple(ordered)
    spans = [(e.start, e.end) for e in ordered]
    titled = [match.span() for match in _TITLED.finditer(text)]
    replaced: set[int] = set()
    added: list[Entity] = []
    for start, end in _occurrences(text, names):
        label = names[text[start:end]]
        touched = _touched(spans, start, end)
        if not touched and not _touched(titled, start, end):
            added.append(Entity(label, text[start:end], start, end, _SPREAD_CONFIDENCE))
        elif touched and label == "PROJECT" and all(_gives_way(text, ordered[i], start, end, names) for i in touched):
            replaced.update(touched)
            added.append(Entity(label, text[start:end], start, end, _SPREAD_CONFIDENCE))
    kept = [e for i, e in enumerate(ordered) if i not in replaced]
    return tuple(sorted([*kept, *added], key=lambda e: e.start))


def _sure_names(entities: Iterable[Entity]) -> dict[str, str]:
    """Return the names that spread, with their labels; one that is sure as both is a body."""
    found: dict[str, str] = {}
    for entity in sorted(entities, key=lambda e: e.label, reverse=True):
        sure = _SURE.get(entity.label)
        if sure is None or len(entity.text) < _MIN_NAME[entity.label]:
            continue
        if (entity.confidence is None or entity.confidence >= sure) and not _is_vague(entity):
            found[entity.text] = entity.label
    return found


def _is_vague(entity: Entity) -> bool:
    return "\n" in entity.text or (entity.label == "ORG" and _NO_SPREAD.search(entity.text) is not None)


def _occurrences(text: str, names: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield where names stand, from left to right without overlap, the longest first; a look-up a length of name."""
    lengths: dict[str, set[int]] = {}
    for name in names:
        lengths.setdefault(name[:_HEAD], set()).add(len(name))
    longest_first = {head: sorted(found, reverse=True) for head, found in lengths.items()}
    position = 0
    while position < len(text):
        for length in longest_first.get(text[position : position + _HEAD], ()):
            if text[position : position + length] in names:
                yield position, position + length
                position += length
                break
        else:
            position += 1


def _touched(spans: Sequence[tuple[int, int]], start: int, end: int) -> range:
    """Return the places of the spans that touch ``start..end``; they are in text order and do not overlap."""
    first = bisect_right(spans, start, key=lambda span: span[1])
    return range(first, bisect_left(spans, end, lo=first, key=lambda span: span[0]))


def _gives_way(text: str, entity: Entity, start: int, end: int, names: dict[str, str]) -> bool:
    """Tell whether a project that touches a sure name is that name, cut wrongly; one that begins before it is not."""
    if entity.label != "PROJECT" or entity.text in names or entity.start < start:
        return False
    doubtful = entity.confidence is not None and entity.confidence < _SURE["PROJECT"]
    return doubtful and not (entity.end > end and _GOES_ON.match(text, end))
