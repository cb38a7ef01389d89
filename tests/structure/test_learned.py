"""Words that a model learned are read beside the built-in ones, only while it reads, and only from a sound file."""

import json
import threading

import pytest

from taskie.errors import ModelError
from taskie.structure.learned import NO_WORDS, WORDS_FILE, LearnedWords, active_words, load_words, reading_with
from taskie.structure.reader import read_outline

WORDS = LearnedWords(
    labels=(("办结档期", "deadline"), ("帮手科室", "cooperating"), ("挂账领导", "leader"), ("挑梁科室", "lead")),
    verbs=(("兜底", "responsible"), ("挑梁", "lead")),
    columns=(("干成啥", "statement", None), ("挑梁科室", "unit", "lead")),
)
ITEM = "1. 修好水泵。更换水泵3台。\n挑梁科室：设备科；帮手科室：财务科、各车间；挂账领导：顾长河；办结档期：6月底\n2. 备足药剂。采购药剂5吨。\n"


def units(task):
    return [(unit.name, unit.role) for unit in task.units]


def test_learned_labels_give_units_leader_and_deadline():
    task = read_outline(ITEM, words=WORDS).tasks[0]
    assert units(task) == [("设备科", "lead"), ("财务科", "cooperating"), ("各车间", "cooperating")]
    assert (task.leaders, task.deadline.text, task.statement.text) == (("顾长河",), "6月底", "更换水泵3台。")


def test_labels_that_were_not_learned_state_nothing():
    task = read_outline(ITEM).tasks[0]
    assert (task.units, task.leaders, task.deadline) == ((), (), None)


def test_learned_label_behind_a_sentence_is_read():
    (task,) = read_outline("1. 修好水泵。更换水泵3台。挑梁科室：设备科\n", words=WORDS).tasks
    assert units(task) == [("设备科", "lead")]


def test_learned_label_inside_a_longer_word_is_none():
    (task,) = read_outline("1. 修好水泵。更换水泵3台。\n原挑梁科室：设备科\n", words=WORDS).tasks
    assert task.units == ()


@pytest.mark.parametrize("text", ["（设备科挑梁，财务科配合）", "（设备科牵头，财务科配合）"])
def test_learned_verb_stands_beside_a_built_in_one(text):
    (task,) = read_outline(f"1. 修好水泵。更换水泵3台。{text}\n", words=WORDS).tasks
    assert units(task) == [("设备科", "lead"), ("财务科", "cooperating")]


def test_sentence_with_a_learned_verb_is_an_attribution():
    (task,) = read_outline("1. 修好水泵。更换水泵3台。由后勤处兜底。\n", words=WORDS).tasks
    assert units(task) == [("后勤处", "responsible")]


def test_learned_heading_makes_a_table():
    text = "序号\t干成啥\t挑梁科室\n1\t更换水泵3台\t设备科\n2\t采购药剂5吨\t供应科\n"
    found = [(task.statement.text, units(task)) for task in read_outline(text, words=WORDS).tasks]
    assert found == [("更换水泵3台", [("设备科", "lead")]), ("采购药剂5吨", [("供应科", "lead")])]


def test_words_are_in_force_in_their_own_block_and_thread_only():
    seen = []
    with reading_with(WORDS):
        thread = threading.Thread(target=lambda: seen.append(active_words()))
        thread.start()
        thread.join()
        assert active_words() is WORDS
    assert (seen, active_words()) == ([NO_WORDS], NO_WORDS)


def test_words_are_read_as_they_were_written(tmp_path):
    WORDS.save(tmp_path)
    assert load_words(tmp_path) == WORDS.merged(NO_WORDS)


def test_folder_without_the_file_has_no_words(tmp_path):
    assert load_words(tmp_path) == NO_WORDS


def test_newer_words_count_before_older_ones():
    older = LearnedWords(labels=(("挑梁科室", "responsible"), ("旧科室", "lead")))
    assert dict(older.merged(WORDS).labels)["挑梁科室"] == "lead"
    assert dict(older.merged(WORDS).labels)["旧科室"] == "lead"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"format": "something else"}, "made for another version"),
        ({"version": 99}, "made for another version"),
        ({"labels": {"挑梁科室": "boss"}}, r"label '挑梁科室' means 'boss'; allowed are lead, responsible"),
        ({"labels": {"": "lead"}}, "label '' means 'lead'"),
        ({"labels": {"挑梁 科室": "lead"}}, "label '挑梁 科室'"),
        ({"verbs": {"挑梁": "deadline"}}, "verb '挑梁' means 'deadline'"),
        ({"columns": {"干成啥": {"meaning": "person"}}}, "column '干成啥' means 'person'"),
        ({"columns": {"科室": {"meaning": "unit"}}}, r"column '科室' has role None; a unit has one of"),
        ({"columns": {"干成啥": {"meaning": "statement", "role": "lead"}}}, "column '干成啥' has role 'lead'"),
        ({"labels": ["挑梁科室"]}, "not a file of learned words"),
        ({"labels": {"挑梁科室": ["lead"]}}, "label '挑梁科室'"),
    ],
)
def test_file_that_cannot_be_used_is_refused(changes, message, tmp_path):
    WORDS.save(tmp_path)
    path = tmp_path / WORDS_FILE
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changes}), encoding="utf-8")
    with pytest.raises(ModelError, match=message):
        load_words(tmp_path)


def test_file_that_is_no_json_is_refused(tmp_path):
    (tmp_path / WORDS_FILE).write_text("挑梁科室", encoding="utf-8")
    with pytest.raises(ModelError, match=r"structure.json: not a file of learned words"):
        load_words(tmp_path)
