import json

import openpyxl
import pytest

import taskie
from taskie.cli.main import main
from taskie.corpus.store import read_corpus
from taskie.evaluation.gold import read_gold
from taskie.ledger import COLUMNS

TEXT = "1. 办教育。新增学位800个。（牵头单位：县教育局）\n2. 修道路。修路3公里。（牵头单位：县交通局）\n"
OUTPUTS = {"label-studio": "a.json", "doccano": "a.jsonl", "prodigy": "a.jsonl", "brat": "a", "docbin": "a.spacy"}


@pytest.fixture
def notice(tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def submit(path):
    """Do what Label Studio does when people submit the predictions they saw."""
    tasks = json.loads(path.read_text(encoding="utf-8"))
    for task in tasks:
        task["annotations"] = [{"result": p["result"]} for p in task.pop("predictions", [])] or task["annotations"]
    path.write_text(json.dumps(tasks), encoding="utf-8")


@pytest.mark.parametrize("name", OUTPUTS)
def test_texts_go_out_and_come_back_as_gold_and_corpus(name, notice, tmp_path, capsys):
    out, gold = tmp_path / OUTPUTS[name], tmp_path / "gold"
    assert main(["export", str(notice), "--to", name, "-o", str(out)]) == 0
    if name == "label-studio":
        submit(out)
    assert main(["import", str(out), "--from", name, "-o", str(gold)]) == 0
    assert "1 documents" in capsys.readouterr().err
    found = read_gold(gold / "gold" / "notice.json")
    assert found.layers == ("entities", "records")
    assert [t.lead_units for task in found.document.tasks for t in task.targets] == [("县教育局",), ("县交通局",)]
    (document,) = read_corpus(gold)
    assert (document.id, document.document.text, document.layers) == ("notice", TEXT, ("entities", "records"))


def test_gold_goes_out_again_as_annotations(notice, tmp_path):
    main(["export", str(notice), "--to", "doccano", "-o", str(tmp_path / "a.jsonl"), "-q"])
    main(["import", str(tmp_path / "a.jsonl"), "--from", "doccano", "-o", str(tmp_path / "gold"), "-q"])
    for source in (tmp_path / "gold" / "gold", tmp_path / "gold", tmp_path / "gold" / "annotations" / "notice.json"):
        out = tmp_path / "again.json"
        assert main(["export", str(source), "--to", "label-studio", "-o", str(out), "-q", "--overwrite"]) == 0
        (task,) = json.loads(out.read_text(encoding="utf-8"))
        assert list(task) == ["data", "annotations"]
        assert task["data"]["name"] == "notice"


def test_document_without_text_is_left_out_with_a_note(notice, tmp_path, capsys):
    empty = tmp_path / "empty.json"
    empty.write_text(json.dumps(taskie.Document(text="").to_dict()), encoding="utf-8")
    out = tmp_path / "a.jsonl"
    assert main(["export", str(empty), str(notice), "--to", "doccano", "-o", str(out)]) == 0
    assert [json.loads(line)["name"] for line in out.read_text(encoding="utf-8").splitlines()] == ["notice"]
    assert "empty: holds no text and was left out" in capsys.readouterr().err


def test_entities_alone_can_be_asked_for(notice, tmp_path):
    main(["export", str(notice), "--to", "doccano", "-o", str(tmp_path / "a.jsonl"), "--layer", "entities", "-q"])
    line = json.loads((tmp_path / "a.jsonl").read_text(encoding="utf-8"))
    assert {entity["label"] for entity in line["entities"]} == {"ORG", "QUANTITY"}
    assert line["relations"] == []


def test_faulty_document_is_reported_and_the_others_are_written(notice, tmp_path, capsys):
    out = tmp_path / "a.jsonl"
    main(["export", str(notice), "--to", "doccano", "-o", str(out), "-q"])
    line = json.loads(out.read_text(encoding="utf-8"))
    bad = {**line, "name": "bad", "entities": [{**e, "label": "X"} for e in line["entities"]], "relations": []}
    out.write_text("".join(json.dumps(one) + "\n" for one in (bad, line)), encoding="utf-8")
    assert main(["import", str(out), "--from", "doccano", "-o", str(tmp_path / "gold")]) == 1
    err = capsys.readouterr().err
    assert err.count("unknown label 'X'") == len(line["entities"])
    assert [p.name for p in (tmp_path / "gold" / "gold").iterdir()] == ["notice.json"]


def test_gold_that_stands_is_not_replaced_unless_told(notice, tmp_path, capsys):
    out, gold = tmp_path / "a.jsonl", tmp_path / "gold"
    main(["export", str(notice), "--to", "doccano", "-o", str(out), "-q"])
    command = ["import", str(out), "--from", "doccano", "-o", str(gold), "-q"]
    assert main(command) == 0
    (gold / "gold" / "notice.json").write_text("mine", encoding="utf-8")
    assert main(command) == 1
    assert "3 files exist already" in capsys.readouterr().err
    assert (gold / "gold" / "notice.json").read_text(encoding="utf-8") == "mine"
    assert main([*command, "--overwrite"]) == 0


def test_text_that_was_changed_is_found_out_with_the_original(notice, tmp_path, capsys):
    out = tmp_path / "a.jsonl"
    main(["export", str(notice), "--to", "doccano", "-o", str(out), "-q"])
    notice.write_text(TEXT.replace("修道路", "建道路"), encoding="utf-8")
    command = ["import", str(out), "--from", "doccano", "-o", str(tmp_path / "gold"), "--original", str(notice)]
    assert main(command) == 1
    assert "a.jsonl:1: the text is not that of the original: at 31" in capsys.readouterr().err
    assert not (tmp_path / "gold").exists()


def test_original_that_is_not_there_is_named(notice, tmp_path, capsys):
    out, other = tmp_path / "a.jsonl", tmp_path / "other.txt"
    main(["export", str(notice), "--to", "doccano", "-o", str(out), "-q"])
    other.write_text("别的", encoding="utf-8")
    main(["import", str(out), "--from", "doccano", "-o", str(tmp_path / "g"), "--original", str(other)])
    assert "no original is named 'notice' or has this text" in capsys.readouterr().err


def test_two_texts_of_one_name_keep_apart(notice, tmp_path):
    (tmp_path / "b").mkdir()
    other = tmp_path / "b" / "notice.txt"
    other.write_text(TEXT, encoding="utf-8")
    main(["export", str(notice), str(other), "--to", "brat", "-o", str(tmp_path / "out"), "-q"])
    assert {p.name for p in (tmp_path / "out").glob("*.ann")} == {"notice.ann", "notice_2.ann"}


def test_missing_file_is_reported_and_the_others_go_out(notice, tmp_path, capsys):
    out = tmp_path / "a.jsonl"
    assert main(["export", "nothere.txt", str(notice), "--to", "doccano", "-o", str(out), "-q"]) == 1
    assert capsys.readouterr().err.strip() == "taskie: nothere.txt: no such file"
    assert out.exists()


@pytest.fixture
def ledger(notice, tmp_path):
    path = tmp_path / "ledger.xlsx"
    main(["extract", str(notice), "-o", str(path), "-q"])
    return path


def change(path, row, heading, value):
    workbook = openpyxl.load_workbook(path)
    column = list(COLUMNS.values()).index(heading) + 1
    workbook["任务台账"].cell(row, column).value = value
    workbook.save(path)


def test_ledger_corrected_by_a_clerk_becomes_gold(ledger, notice, tmp_path):
    change(ledger, 2, "牵头单位", "县交通局")
    assert main(["import", str(ledger), "--from", "ledger", "--text", str(notice), "-o", str(tmp_path / "g")]) == 0
    document = read_gold(tmp_path / "g" / "gold" / "notice.json").document
    assert document.tasks[0].targets[0].lead_units == ("县交通局",)


def test_ledger_can_be_laid_against_the_document_itself(ledger, notice, tmp_path):
    main(["extract", str(notice), "-o", str(tmp_path / "doc.json"), "-q"])
    command = ["import", str(ledger), "--from", "ledger", "--original", str(tmp_path / "doc.json")]
    assert main([*command, "-o", str(tmp_path / "g"), "-q"]) == 0
    assert (tmp_path / "g" / "gold" / "notice.json").exists()


def test_ledger_with_a_fault_is_not_written(ledger, notice, tmp_path, capsys):
    change(ledger, 3, "牵头单位", "县体育局")
    assert main(["import", str(ledger), "--from", "ledger", "--text", str(notice), "-o", str(tmp_path / "g")]) == 1
    assert (
        "sheet 任务台账, row 3, column H (牵头单位): '县体育局' does not stand in the text" in capsys.readouterr().err
    )
    assert not (tmp_path / "g").exists()


def test_ledger_without_its_text_is_one_line(ledger, tmp_path, capsys):
    assert main(["import", str(ledger), "--from", "ledger", "-o", str(tmp_path / "g")]) == 1
    assert "needs the document: --text FILE" in capsys.readouterr().err


def test_model_is_refused_where_nothing_is_extracted(ledger, notice, tmp_path, capsys):
    main(["extract", str(notice), "-o", str(tmp_path / "doc.json"), "-q"])
    command = ["--original", str(tmp_path / "doc.json"), "--model", str(tmp_path), "-o", str(tmp_path / "g")]
    assert main(["import", str(ledger), "--from", "ledger", *command]) == 1
    assert "--model goes with --text" in capsys.readouterr().err
    command = ["--to", "doccano", "-o", str(tmp_path / "a.jsonl"), "--model", str(tmp_path)]
    assert main(["export", str(tmp_path / "doc.json"), *command]) == 1
    assert "--model goes with texts to extract from" in capsys.readouterr().err


def test_text_goes_with_a_ledger_only(notice, tmp_path, capsys):
    command = ["import", str(notice), "--from", "brat", "--text", str(notice), "-o", str(tmp_path / "g")]
    assert main(command) == 1
    assert "--text and --model go with --from ledger" in capsys.readouterr().err
