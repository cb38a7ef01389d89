"""Recall apart for names of the training documents and for new ones."""

from taskie.evaluation.gold import Gold
from taskie.evaluation.scores import Count
from taskie.evaluation.seen import SEEN_ROWS, count_seen, seen_figures, training_names
from taskie.records import Document, Entity


def gold(text, *marks, annotated=None):
    entities = []
    for label, name in marks:
        start = text.index(name)
        entities.append(Entity(label, name, start, start + len(name)))
    return Gold("demo", Document(text=text, entities=tuple(entities)), annotated or ((0, len(text)),))


TEXT = "县水务局、县粮储局推进恒岳大道和青松水库。"
ALL = [("ORG", "县水务局"), ("ORG", "县粮储局"), ("PROJECT", "恒岳大道"), ("PROJECT", "青松水库")]
KNOWN = training_names([gold("县水务局建青松水库。", ("ORG", "县水务局"), ("PROJECT", "青松水库"))])


def test_names_are_counted_apart_by_label():
    found = gold(TEXT, ALL[0], ALL[2]).document
    counts = count_seen(gold(TEXT, *ALL), found, KNOWN)
    assert {row: counts[row].count for row in SEEN_ROWS} == {
        "seen:ORG": Count(1, 0, 0),
        "unseen:ORG": Count(0, 0, 1),
        "seen:PROJECT": Count(0, 0, 1),
        "unseen:PROJECT": Count(1, 0, 0),
    }


def test_name_known_with_another_label_or_as_a_part_is_new():
    known = training_names([gold("青松水库管理处。", ("ORG", "青松水库管理处"))])
    assert count_seen(gold(TEXT, *ALL), Document(text=TEXT), known)["unseen:PROJECT"].count.missed == 2
    known = training_names([gold("青松水库。", ("ORG", "青松水库"))])
    assert count_seen(gold(TEXT, *ALL), Document(text=TEXT), known)["seen:PROJECT"].count.missed == 0


def test_white_space_makes_no_new_name():
    spaced = gold("县水 务局。", ("ORG", "县水 务局"))
    assert count_seen(spaced, spaced.document, KNOWN)["seen:ORG"].count.hits == 1


def test_wrong_border_is_a_miss():
    own = gold(TEXT, ("ORG", "县水务局、县粮储局")).document
    assert count_seen(gold(TEXT, *ALL), own, KNOWN)["seen:ORG"].count == Count(0, 0, 1)


def test_amounts_and_what_is_not_annotated_do_not_count():
    text = "县水务局建泵站3座，县粮储局协助。"
    marks = [("ORG", "县水务局"), ("QUANTITY", "3座"), ("ORG", "县粮储局")]
    own = gold(text, *marks, annotated=((0, 9),))
    figures = seen_figures([count_seen(own, own.document, KNOWN)])
    assert sum(row["hits"] + row["missed"] for row in figures.values()) == 1
    hidden = training_names([gold(text, *marks, annotated=((0, 4),))])
    assert hidden["ORG"] == {"县水务局"}


def test_figures_add_up_over_documents_and_name_each_name_once():
    one = gold(TEXT, *ALL)
    figures = seen_figures([count_seen(one, one.document, KNOWN), count_seen(one, Document(text=TEXT), KNOWN)])
    assert figures["unseen:ORG"] == {"recall": 0.5, "hits": 1, "missed": 1, "names": 1}


def test_row_without_any_name_has_no_recall():
    assert seen_figures([])["unseen:ORG"] == {"recall": None, "hits": 0, "missed": 0, "names": 0}
