import pytest

from taskie.errors import AnnotationError
from taskie.interchange.reading import Entry, Reading

TEXT = "1. 年底前新增学位800个。（县教育局负责）"


def entry():
    made = Entry("a.json:3", "a", TEXT)
    made.mention("t", 3, 14, "TARGET")
    made.mention("o", 16, 20, "ORG")
    made.mention("d", 3, 6, "DEADLINE")
    made.mention("q", 10, 14, "QUANTITY")
    return made


def test_good_entry_has_no_problem():
    made = entry()
    made.relation("responsible", "t", "o")
    made.relation("deadline", "t", "d")
    marked, problems = made.finish()
    assert problems == []
    assert len(marked.mentions) == 4
    assert len(marked.relations) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((30, 99, "ORG"), r"a.json:3: span 30-99 does not lie in the text of length 23; offsets are half-open"),
        ((-1, 3, "ORG"), "span -1-3 does not lie"),
        ((3, 3, "ORG"), "span 3-3 does not lie"),
        (("3", 4, "ORG"), "offsets must be whole numbers, got '3' and 4"),
        ((True, 4, "ORG"), "offsets must be whole numbers"),
        ((None, None, "ORG"), "offsets must be whole numbers"),
        ((0, 1, "PERSON"), "unknown label 'PERSON'; allowed are ORG, PROJECT, QUANTITY, DEADLINE, TARGET"),
        ((0, 1, "org"), "unknown label 'org'"),
        ((17, 19, "ORG"), "ORG 17-19 '教育' overlaps ORG 16-20 '县教育局'; labels are flat"),
        ((10, 14, "PROJECT"), "QUANTITY 10-14 '800个' overlaps PROJECT 10-14"),
        ((7, 12, "TARGET"), "TARGET 7-12 .* overlaps TARGET"),
        ((2, 3, "ORG"), "ORG 2-3 ' ' begins or ends with white space"),
    ],
)
def test_wrong_mention_is_named_with_its_place(arguments, message):
    made = entry()
    made.mention("new", *arguments)
    with pytest.raises(AnnotationError, match=message):
        added(made).raise_problems()


@pytest.mark.parametrize(
    ("relation", "message"),
    [
        (
            ("leads", "t", "o"),
            "unknown relation 'leads'; allowed are lead, responsible, cooperating, deadline, project",
        ),
        (("lead", "t", "zzz"), "relation 'lead' names 'zzz', but no mention has that id"),
        (("lead", "o", "t"), "relation 'lead' leads from TARGET to ORG, here from ORG to TARGET"),
        (("lead", "t", "q"), "leads from TARGET to ORG, here from TARGET to QUANTITY"),
        (("lead", ["t"], "o"), r"no mention has that id"),
    ],
)
def test_wrong_relation_is_named_with_its_place(relation, message):
    made = entry()
    made.relation(*relation)
    with pytest.raises(AnnotationError, match=message):
        added(made).raise_problems()


def test_words_that_stand_elsewhere_are_refused():
    made = entry()
    made.mention("new", 20, 22, "ORG", text="县教育局")
    assert "the file says '县教育局', but 20-22 of the text is '负责'" in made.finish()[1][0]


def test_id_used_twice_is_refused():
    made = entry()
    made.mention("o", 20, 22, "ORG")
    assert "the id 'o' is used twice" in made.finish()[1][0]


def test_relation_to_a_refused_mention_is_reported_once():
    made = entry()
    made.mention("new", 30, 99, "ORG")
    made.relation("lead", "t", "new")
    assert len(made.finish()[1]) == 1


def test_second_deadline_of_a_target_is_refused():
    made = entry()
    made.mention("e", 7, 9, "DEADLINE")
    made.relation("deadline", "t", "d")
    made.relation("deadline", "t", "e")
    assert "has two deadlines" in made.finish()[1][0]


def test_measure_outside_its_target_is_refused():
    made = Entry("x", "x", TEXT)
    made.mention("t", 3, 9, "TARGET")
    made.mention("q", 10, 14, "QUANTITY")
    made.relation("measure", "t", "q")
    assert "measure QUANTITY 10-14 '800个' begins outside its TARGET 3-9" in made.finish()[1][0]


def test_all_faults_of_an_entry_are_collected_and_the_others_go_on():
    made = entry()
    made.mention("x", 30, 99, "ORG")
    made.mention("y", 0, 1, "PERSON")
    reading = added(made)
    reading.add(entry())
    assert len(reading.problems) == 2
    assert len(reading.texts) == 1


@pytest.mark.parametrize("text", [None, 5, b"bytes"])
def test_text_that_is_none_is_refused(text):
    assert "the text must be a string" in Entry("x", "x", text).finish()[1][0]


def added(made):
    reading = Reading()
    reading.add(made)
    return reading
