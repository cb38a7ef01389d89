"""Vary training texts: fresh names where names stand, masked figures and places, lost characters, blanks round figures.

Boundary: a text with entities in, another one out, offsets kept right; how often each happens is in
``AugmentConfig``. Swapped names have the form of those they replace, so that they fit their context.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from taskie.records import Entity
from taskie.training.batches import TrainingText
from taskie.training.names import fresh_firm, fresh_place_head, fresh_project
from taskie.training.patterns import pattern_sentence

_FIRM_TAIL = re.compile(r"(?:公司|集团|厂|合作社|股份|商行|酒业|药业|农场)$")
_BODY_TAIL = re.compile(
    r"(?:局|委|办|厅|部|政府|中心|会|院|校|园|行|所|站|队|社|镇|乡|街道|区|县|市|村|单位|部门|大学|专班|小组|室|科|股|处|署|组|党工委|团|庭|台|馆|网|司令部|关|库|矿)(?:（[^）]*）)?$"
)
_COLLECTIVE = re.compile(r"^(?:各|相关|有关|省|市|县|区|州|旗|国|中|全)")
_PLACE_HEAD = re.compile(
    r"^[\u4e00-\u9fff]{2}(?=(?:市|县|区|省|州|镇|乡|街道|新区|经开区|高新区|开发区|师范大学|大学|学院)[\u4e00-\u9fff]?)"
)


_PLACE_IN_TEXT = re.compile(
    r"[\u4e00-\u9fff]{2}(?=高新区|经开区|新区|市|县|区|乡|镇|师范|人才|城区|片区|大道|河沿线|产业园)"
)
_MASKED_PLACES = 0.4
_FIGURE = re.compile(r"[\d０-９xX×.．]+(?:[%％])?")


@dataclass(frozen=True, slots=True)
class AugmentConfig:
    """Shares, in [0, 1]: of documents masked, damaged or spaced, and of names swapped in the others."""

    masked: float = 0.12
    damaged: float = 0.15
    firm: float = 0.5
    project: float = 0.35
    place: float = 0.3
    spaced: float = 0.0
    # Sentences with fresh names put into a text, per 1,000 of its characters.
    patterns: float = 1.0


class Augmenter:
    """Callable for ``train_tagger``: vary one text by chance."""

    def __init__(self, config: AugmentConfig | None = None) -> None:
        self.config = config or AugmentConfig()

    def __call__(self, text: TrainingText, rng: random.Random) -> TrainingText:
        """Return a varied copy of ``text``."""
        varied = insert_patterns(self._swap(text, rng), rng, self.config.patterns)
        if rng.random() < self.config.masked:
            varied = mask(varied, rng)
        if rng.random() < self.config.damaged:
            varied = damage(varied, rng)
        if rng.random() < self.config.spaced:
            varied = space_figures(varied, rng)
        return varied

    def _swap(self, text: TrainingText, rng: random.Random) -> TrainingText:
        swaps: dict[str, str] = {}
        parts: list[str] = []
        entities: list[Entity] = []
        position = length = 0
        for entity in text.entities:
            before = text.text[position : entity.start]
            # The same name is swapped for the same name throughout the document.
            if entity.text not in swaps:
                swaps[entity.text] = self._fresh(entity, rng)
            name = swaps[entity.text]
            length += len(before)
            entities.append(Entity(entity.label, name, length, length + len(name)))
            length += len(name)
            parts += [before, name]
            position = entity.end
        parts.append(text.text[position:])
        return replace(text, text="".join(parts), entities=tuple(entities))

    def _fresh(self, entity: Entity, rng: random.Random) -> str:
        name = entity.text
        if "\n" in name or "\t" in name:
            return name
        if entity.label == "PROJECT" and rng.random() < self.config.project:
            return fresh_project(name, rng)
        if entity.label == "ORG":
            is_firm = _FIRM_TAIL.search(name) or not (_BODY_TAIL.search(name) or _COLLECTIVE.match(name))
            if is_firm and rng.random() < self.config.firm:
                return fresh_firm(name, rng)
            if _PLACE_HEAD.match(name) and rng.random() < self.config.place:
                return fresh_place_head(rng) + name[2:]
        return name


def insert_patterns(text: TrainingText, rng: random.Random, per_thousand: float) -> TrainingText:
    """Put pattern sentences behind full stops of the text, in random places."""
    stops = [m.end() for m in re.finditer("。", text.text)]
    count = min(len(stops), int(len(text.text) / 1000 * per_thousand * rng.uniform(0.3, 1.7)))
    if not count:
        return text
    parts: list[str] = []
    entities: list[Entity] = []
    position = shift = done = 0
    for place in [*sorted(rng.sample(stops, count)), len(text.text)]:
        parts.append(text.text[position:place])
        while done < len(text.entities) and text.entities[done].end <= place:
            e = text.entities[done]
            entities.append(replace(e, start=e.start + shift, end=e.end + shift))
            done += 1
        position = place
        if place == len(text.text):
            break
        sentence, marks = pattern_sentence(rng)
        entities.extend(replace(e, start=e.start + place + shift, end=e.end + place + shift) for e in marks)
        parts.append(sentence)
        shift += len(sentence)
    return replace(text, text="".join(parts), entities=tuple(entities))


def mask(text: TrainingText, rng: random.Random) -> TrainingText:
    """Write figures and the places in names as x, as published copies of internal tables do; lengths stay."""
    sign = rng.choice(["x", "x", "x", "×", "X"])
    # Item numbers stay: \d at the beginning of a line or cell, in front of its mark.
    kept = {i for m in re.finditer(r"(?:^|[\n\t])\s*(\d{1,3})(?=[.．、\t\s])", text.text) for i in range(*m.span(1))}
    characters = [sign if c.isdecimal() and i not in kept else c for i, c in enumerate(text.text)]
    tagged = {i for e in text.entities for i in range(e.start - 1, e.end + 1)}
    for match in _PLACE_IN_TEXT.finditer(text.text):
        if not tagged & set(range(*match.span())) and rng.random() < _MASKED_PLACES:
            characters[match.start() : match.end()] = [sign, sign]
    for entity in text.entities:
        if entity.label in ("ORG", "PROJECT") and _PLACE_HEAD.match(entity.text) and rng.random() < 0.8:
            characters[entity.start : entity.start + 2] = [sign, sign]
    return _with_text(text, "".join(characters))


def damage(text: TrainingText, rng: random.Random) -> TrainingText:
    """Lose characters here and there: a space stands where they were, never at the border of an entity."""
    borders = {place for e in text.entities for place in (e.start, e.end - 1)}
    share = rng.uniform(0.001, 0.006)
    characters = [
        " " if "\u4e00" <= c <= "\u9fff" and i not in borders and rng.random() < share else c
        for i, c in enumerate(text.text)
    ]
    return _with_text(text, "".join(characters))


def space_figures(text: TrainingText, rng: random.Random) -> TrainingText:
    """Put blanks before and behind figures, as copies from typeset pages have them (5.6 万平方米)."""
    before, behind = rng.uniform(0.3, 1.0), rng.uniform(0.3, 1.0)
    places: list[int] = []
    for match in _FIGURE.finditer(text.text):
        left, right = text.text[match.start() - 1 : match.start()], text.text[match.end() : match.end() + 1]
        if "\u4e00" <= left <= "\u9fff" and rng.random() < before:
            places.append(match.start())
        if "\u4e00" <= right <= "\u9fff" and rng.random() < behind:
            places.append(match.end())
    parts = [text.text[a:b] for a, b in zip([0, *places], [*places, len(text.text)], strict=True)]
    entities = []
    for entity in text.entities:
        # A blank at the border of an entity stays outside.
        start = entity.start + bisect_right(places, entity.start)
        end = entity.end + bisect_left(places, entity.end)
        entities.append((entity.label, start, end))
    spaced = " ".join(parts)
    return replace(text, text=spaced, entities=tuple(Entity(label, spaced[a:b], a, b) for label, a, b in entities))


def _with_text(text: TrainingText, changed: str) -> TrainingText:
    """Return a copy with other characters at the same places."""
    entities = tuple(replace(e, text=changed[e.start : e.end]) for e in text.entities)
    return replace(text, text=changed, entities=entities)
