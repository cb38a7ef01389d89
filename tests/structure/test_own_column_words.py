import pytest

import taskie
from taskie.errors import ReadError
from taskie.structure.columns import OWN_WORDS, header_words, read_header_cell

TABLE = "序号\t干什么\t谁来干\t谁帮忙\n1\t新增学位800个\t县教育局\t县财政局\n2\t修路3公里\t县交通局\t县住建局\n"


@pytest.fixture
def own_words(tmp_path, monkeypatch):
    """Return a function that puts a file of words in force; the words in force before come back afterwards."""

    def use(content):
        path = tmp_path / "words.csv"
        path.write_text(content, encoding="utf-8")
        monkeypatch.setenv(OWN_WORDS, str(path))
        header_words.cache_clear()

    header_words.cache_clear()
    yield use
    monkeypatch.undo()
    header_words.cache_clear()


def test_own_words_name_columns(own_words):
    own_words("word,meaning,role\n干什么,statement,\n谁来干,unit,lead\n谁帮忙,unit,cooperating\n")
    first = taskie.extract(TABLE).tasks[0]
    assert [(unit.name, unit.role) for unit in first.units] == [("县教育局", "lead"), ("县财政局", "cooperating")]


def test_own_word_overrules_a_shipped_one(own_words):
    own_words("word,meaning,role\n责任单位,unit,lead\n")
    assert header_words()["责任单位"].role == "lead"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("word,meaning\n谁,unit\n", r"words.csv:1: column 'role' is missing; the header must be word,meaning,role"),
        ("word,meaning,role\n谁,person,\n", r"words.csv:2: '谁' means 'person'; allowed are amount, category, "),
        ("word,meaning,role\n,unit,lead\n", r"words.csv:2: '' means 'unit'"),
        ("word,meaning,role\n谁,unit,boss\n", r"words.csv:2: role 'boss'; only a unit has one: lead, responsible"),
        ("word,meaning,role\n谁,leader,lead\n", r"only a unit has one"),
    ],
)
def test_file_that_cannot_be_used_is_named_with_its_line(content, message, own_words):
    own_words(content)
    with pytest.raises(ReadError, match=message):
        taskie.extract(TABLE)


def test_file_that_is_not_there_is_named(tmp_path, monkeypatch, own_words):
    monkeypatch.setenv(OWN_WORDS, str(tmp_path / "nothere.csv"))
    with pytest.raises(ReadError, match="nothere.csv: TASKIE_COLUMN_WORDS names a file that cannot be read"):
        header_words()


def test_own_word_comes_before_what_the_parts_of_a_heading_say(own_words):
    own_words("word,meaning,role\n会办单位,unit,lead\n三季度推进情况,remark,\n")
    assert [read_header_cell(word).role for word in ("会办单位", "协作单位")] == ["lead", "cooperating"]
    assert read_header_cell("三季度推进情况").meaning == "remark"
