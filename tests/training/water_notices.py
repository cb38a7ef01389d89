"""Short notices that any tagger learns within seconds, for the tests of every trainer."""

from taskie.records import Entity
from taskie.training.batches import TrainingText

SENTENCE = "年内新建泵站3座，由县水务局负责落实。"
NAMES = (("DEADLINE", "年内"), ("QUANTITY", "3座"), ("ORG", "县水务局"))


def text_of(i):
    return f"第{i}号通知。" + SENTENCE * 12


def entities_of(text):
    found = []
    for label, name in NAMES:
        start = text.find(name)
        while start >= 0:
            found.append(Entity(label, name, start, start + len(name)))
            start = text.find(name, start + 1)
    return tuple(sorted(found, key=lambda e: e.start))


def training_text(i):
    return TrainingText(f"t{i}", text_of(i), entities_of(text_of(i)))
