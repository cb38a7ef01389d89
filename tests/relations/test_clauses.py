import pytest

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
