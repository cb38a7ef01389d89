"""Words of structure are learned where documents agree on them, and kept only where they do no harm."""

from pathlib import Path

import pytest

from taskie.corpus.marked import read_marked
from taskie.evaluation.bootstrap import total_of, value_of
from taskie.evaluation.gold import Gold, read_gold_paths
from taskie.evaluation.report import score_gold
from taskie.extractor import extract_with_entities, load
from taskie.ner.tagger import default_model_path
from taskie.structure.learned import LearnedWords
from taskie.training.structure_words import learn_words

NEW_LAYOUT = Path(__file__).parents[2] / "training" / "new_layout"
KNOWN = LearnedWords(
    labels=(("帮手科室", "cooperating"), ("挑梁科室", "lead")),
    columns=(("干成啥", "statement", None), ("挑梁科室", "unit", "lead")),
)
PUMPS = "⟦T⟧1. 修好水泵。⟦S⟧更换水泵⟦QUANTITY|3台⟧。⟦/S⟧\n挑梁科室：⟦ORG:lead|设备科⟧；帮手科室：⟦ORG:coop|财务科⟧\n"
DRUGS = "⟦T⟧1. 备足药剂。⟦S⟧采购药剂⟦QUANTITY|5吨⟧。⟦/S⟧\n挑梁科室：⟦ORG:lead|供应科⟧；帮手科室：⟦ORG:coop|各车间⟧\n"


def gold(name, marked, *, words=KNOWN):
    """Return a gold document read with the words that its layout is known by."""
    read = read_marked(marked)
    document = extract_with_entities(read.text, read.entities, words=words)
    assert [{(u.name, u.role) for u in task.units} for task in document.tasks] == [task.units for task in read.tasks]
    return Gold(name, document, ((0, len(read.text)),))


def test_labels_that_documents_agree_on_are_learned():
    learned = learn_words([gold("a", PUMPS), gold("b", DRUGS)])
    assert dict(learned.words.labels) == {"帮手科室": "cooperating", "挑梁科室": "lead"}
    assert learned.dropped == ()


def test_label_of_one_document_is_not_learned():
    assert not learn_words([gold("a", PUMPS)]).words


def test_label_that_means_now_this_and_now_that_is_not_learned():
    turned = LearnedWords(labels=(("帮手科室", "cooperating"), ("挑梁科室", "responsible")))
    other = gold("c", DRUGS.replace("ORG:lead", "ORG:resp"), words=turned)
    words = learn_words([gold("a", PUMPS), gold("b", DRUGS), other]).words
    assert dict(words.labels) == {"帮手科室": "cooperating"}


def test_label_before_something_else_as_often_is_not_learned():
    noise = "挑梁科室：见附件。\n挑梁科室：另行通知。\n"
    words = learn_words([gold("a", noise + PUMPS), gold("b", DRUGS)]).words
    assert "挑梁科室" not in dict(words.labels)


def test_built_in_label_is_not_learned_again():
    marked = [text.replace("挑梁科室", "牵头单位").replace("帮手科室", "配合单位") for text in (PUMPS, DRUGS)]
    assert not learn_words([gold("a", marked[0]), gold("b", marked[1])]).words


def test_known_label_is_not_learned_again():
    assert not learn_words([gold("a", PUMPS), gold("b", DRUGS)], known=KNOWN).words


def test_documents_without_records_teach_nothing():
    found = [Gold(g.name, g.document, g.annotated, ("entities",)) for g in (gold("a", PUMPS), gold("b", DRUGS))]
    assert not learn_words(found).words


def test_verb_behind_units_is_learned():
    words = LearnedWords(verbs=(("兜底", "cooperating"), ("打头", "lead")))
    texts = ("更换水泵3台|设备科|财务科", "采购药剂5吨|供应科|各车间")
    marked = ["⟦T⟧1. 修好。⟦S⟧{}。⟦/S⟧（⟦ORG:lead|{}⟧打头，⟦ORG:coop|{}⟧兜底）\n".format(*t.split("|")) for t in texts]
    learned = learn_words([gold(str(i), text, words=words) for i, text in enumerate(marked)])
    assert dict(learned.words.verbs) == {"兜底": "cooperating", "打头": "lead"}


def test_heading_of_a_column_is_learned():
    rows = ("更换水泵3台\t⟦ORG:lead|设备科⟧", "采购药剂5吨\t⟦ORG:lead|供应科⟧")
    marked = [
        "序号\t干成啥\t挑梁科室\n" + "".join(f"⟦T⟧{i}\t⟦S⟧{a}\n" for i, a in enumerate(r, 1))
        for r in (rows, rows[::-1])
    ]
    marked = [text.replace("台\t", "台⟦/S⟧\t").replace("吨\t", "吨⟦/S⟧\t") for text in marked]
    words = learn_words([gold(str(i), text) for i, text in enumerate(marked)]).words
    assert words.columns == (("干成啥", "statement", None), ("挑梁科室", "unit", "lead"))


def test_word_that_changes_how_an_old_document_is_read_is_dropped():
    old = "1. 修好水泵。更换水泵3台。\n挑梁科室：原定人选\n"
    learned = learn_words([gold("a", PUMPS), gold("b", DRUGS)], old=[(old, ())])
    assert dict(learned.words.labels) == {"帮手科室": "cooperating"}
    assert learned.dropped == ("label 挑梁科室： means lead: not kept, it changes how a document known before is read",)


def test_old_document_that_only_mentions_the_word_drops_nothing():
    old = "1. 修好水泵。由挑梁科室开会研究，更换水泵3台。（牵头单位：设备科）\n"
    assert learn_words([gold("a", PUMPS), gold("b", DRUGS)], old=[(old, ())]).words.labels == KNOWN.labels


@pytest.mark.slow
def test_words_alone_lift_a_new_layout_that_the_shipped_model_reads_badly():
    learned = learn_words(list(read_gold_paths([NEW_LAYOUT / "train"])))
    extractor = load(default_model_path())
    held_out = list(read_gold_paths([NEW_LAYOUT / "held_out"]))
    values = []
    for words in (extractor.words, learned.words):
        extractor.words = words
        total = total_of([score_gold(gold, extractor.extract(gold.document.text)) for gold in held_out])
        values.append({row: value_of(total, row) for row in ("units", "links", "records")})
    before, after = values
    assert all(after[row] > before[row] + 0.3 for row in after)
    assert after["units"] > 0.9
