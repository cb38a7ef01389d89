import pytest
from building import task_of

from taskie.records import Entity
from taskie.relations.clauses import split_clauses


def _clauses(text):
    return [text[c.start : c.end] for c in split_clauses(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("甲事办好，乙事办成；丙事办完。丁事再议", ["甲事办好", "乙事办成", "丙事办完", "丁事再议"]),
        ("建设甲、乙、丙", ["建设甲、乙、丙"]),
        ("甲（含乙，丙）办好，丁", ["甲（含乙，丙）办好", "丁"]),
        ("推进“甲，乙”行动，丙", ["推进“甲，乙”行动", "丙"]),
        ("落实《甲，乙》，丙", ["落实《甲，乙》", "丙"]),
        ("收入1,100万元，增长", ["收入1,100万元", "增长"]),
        ("每天12:30开会", ["每天12:30开会"]),
        ("，。；", []),
        ("", []),
    ],
)
def test_clauses_are_split_at_their_marks(text, clauses):
    assert _clauses(text) == clauses


def test_a_lost_closing_bracket_does_not_swallow_the_rest():
    assert _clauses("甲（乙，丙。丁") == ["甲（乙", "丙", "丁"]


def test_sentences_are_counted():
    text = "甲，乙。丙；丁！戊"
    assert [c.sentence for c in split_clauses(text, 0, len(text))] == [0, 0, 1, 1, 2]


@pytest.mark.parametrize("amount", ["x,xxx万元", "１，５００万亩", "xx，xxx户"])
def test_no_mark_inside_an_amount_splits(amount):
    text = f"投入资金{amount}，修建村道"
    entity = Entity("QUANTITY", amount, 4, 4 + len(amount))
    clauses = split_clauses(text, 0, len(text), amounts=[entity])
    assert [text[c.start : c.end] for c in clauses] == [f"投入资金{amount}", "修建村道"]


@pytest.mark.parametrize(
    ("statement", "targets"),
    [
        ("到⟦DEADLINE|2025年⟧，形成权责一致的投入机制。", ["2025年，形成权责一致的投入机制"]),
        ("⟦DEADLINE|年底前⟧，建成网点⟦QUANTITY|5个⟧。", ["年底前，建成网点5个"]),
        ("建成网点⟦QUANTITY|5个⟧，形成投入机制。", ["建成网点5个"]),
        ("办理工作，⟦DEADLINE|长期坚持⟧。完善机制。", ["长期坚持"]),
    ],
)
def test_a_clause_that_is_only_a_deadline_is_joined_to_the_next(statement, targets):
    assert [target.text for target in task_of(statement).targets] == targets
