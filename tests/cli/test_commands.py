import csv
import json
import os
import subprocess
import sys

import openpyxl
import pytest

from taskie.cli.main import COMMANDS, main
from taskie.ledger import COLUMNS
from taskie.records import Document

TEXT = "1. 办教育。新增学位800个。（牵头单位：县教育局）\n2. 修道路。修路3公里。（牵头单位：县交通局）\n"


@pytest.fixture
def notice(tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_terminal_shows_a_table(notice, capsys):
    assert main(["extract", str(notice)]) == 0
    out = capsys.readouterr().out
    assert "县教育局" in out
    assert "2 项任务，2 个目标" in out


@pytest.mark.parametrize("ending", ["json", "jsonl", "csv", "xlsx", "parquet", "db"])
def test_ending_of_the_output_decides_the_format(notice, tmp_path, ending):
    out = tmp_path / f"out.{ending}"
    assert main(["extract", str(notice), "-o", str(out), "-q"]) == 0
    assert out.stat().st_size > 100
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["notice.txt", out.name])


def test_json_reads_back_as_the_document(notice, tmp_path):
    out = tmp_path / "out.json"
    main(["extract", str(notice), "-o", str(out), "-q"])
    document = Document.from_json(out.read_bytes())
    assert [task.number for task in document.tasks] == ["1", "2"]
    assert document.source == str(notice)


def test_csv_has_chinese_headings(notice, tmp_path):
    out = tmp_path / "out.csv"
    main(["extract", str(notice), "-o", str(out), "-q"])
    with out.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle))
    assert rows[0] == list(COLUMNS.values())
    assert len(rows) == 3


def test_workbook_has_three_sheets_with_filters_and_a_frozen_head(notice, tmp_path):
    out = tmp_path / "out.xlsx"
    main(["extract", str(notice), "-o", str(out), "-q"])
    workbook = openpyxl.load_workbook(out)
    assert workbook.sheetnames == ["任务台账", "按单位", "待核查"]
    sheet = workbook["任务台账"]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS.values())
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref


def test_formulas_in_a_text_stay_text(tmp_path):
    path = tmp_path / "evil.txt"
    path.write_text('1. 抓落实。=HYPERLINK("x")新增学位800个。（牵头单位：县教育局）\n', encoding="utf-8")
    out = tmp_path / "out.xlsx"
    main(["extract", str(path), "-o", str(out), "-q"])
    cells = [cell for row in openpyxl.load_workbook(out)["任务台账"] for cell in row]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


def test_missing_file_is_one_line_and_the_others_go_on(notice, tmp_path, capsys):
    out = tmp_path / "out.jsonl"
    errors = tmp_path / "errors.jsonl"
    assert main(["extract", "nothere.txt", str(notice), "-o", str(out), "-q", "--errors", str(errors)]) == 1
    assert capsys.readouterr().err.strip() == "taskie: nothere.txt: no such file"
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1
    assert json.loads(errors.read_text(encoding="utf-8"))["source"] == "nothere.txt"


def test_file_that_is_no_text_is_reported(tmp_path, notice, capsys):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"%PDF-1.7 rest")
    assert main(["extract", str(bad), str(notice)]) == 1
    captured = capsys.readouterr()
    assert "holds PDF data" in captured.err
    assert "县教育局" in captured.out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings_are_found_out(tmp_path, encoding, capsys):
    path = tmp_path / "notice.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert main(["extract", str(path)]) == 0
    assert "县教育局" in capsys.readouterr().out


def test_existing_output_is_kept_unless_told_otherwise(notice, tmp_path, capsys):
    out = tmp_path / "out.json"
    out.write_text("mine", encoding="utf-8")
    assert main(["extract", str(notice), "-o", str(out), "-q"]) == 1
    assert "exists already" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "mine"
    assert main(["extract", str(notice), "-o", str(out), "-q", "--overwrite"]) == 0


def test_unknown_ending_is_refused_with_the_known_ones(notice, tmp_path, capsys):
    assert main(["extract", str(notice), "-o", str(tmp_path / "out.doc")]) == 1
    assert ".xlsx" in capsys.readouterr().err


def test_interrupted_run_is_resumed(notice, tmp_path):
    out = tmp_path / "out.jsonl"
    second = tmp_path / "second.txt"
    second.write_text(TEXT, encoding="utf-8")
    main(["extract", str(notice), "-o", str(out), "-q"])
    part = tmp_path / "out.jsonl.part.jsonl"
    # As an interruption leaves it: one document whole, the next one torn.
    part.write_text(out.read_text(encoding="utf-8") + '{"schema_ver', encoding="utf-8")
    assert main(["extract", str(notice), str(second), "-o", str(out), "-q", "--resume"]) == 0
    sources = [json.loads(line)["source"] for line in out.read_text(encoding="utf-8").splitlines()]
    assert sources == [str(notice), str(second)]
    assert not part.exists()


def test_several_processes_give_the_same(tmp_path):
    names = []
    for i in range(3):
        path = tmp_path / f"copy{i}.txt"
        path.write_text(TEXT, encoding="utf-8")
        names.append(str(path))
    main(["extract", *names, "-o", str(tmp_path / "one.jsonl"), "-q"])
    main(["extract", *names, "-o", str(tmp_path / "two.jsonl"), "-q", "--jobs", "2"])
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


def test_folder_is_searched(notice, capsys):
    assert main(["extract", str(notice.parent)]) == 0
    assert "县交通局" in capsys.readouterr().out


def test_view_writes_one_page_that_loads_nothing(notice, tmp_path):
    page = tmp_path / "page.html"
    notice.write_text(TEXT.replace("修道路", "修<script>alert(1)</script>"), encoding="utf-8")
    assert main(["view", str(notice), "-o", str(page)]) == 0
    content = page.read_text(encoding="utf-8")
    assert "<script>alert(1)" not in content
    assert "http://" not in content
    assert "https://" not in content


def test_evaluate_writes_its_report(notice, tmp_path, capsys):
    gold = tmp_path / "gold.json"
    main(["extract", str(notice), "-o", str(gold), "-q"])
    report = tmp_path / "report.html"
    assert main(["evaluate", "shipped", str(gold), "--report", str(report)]) == 0
    assert "links" in capsys.readouterr().out
    assert "评测报告" in report.read_text(encoding="utf-8")


def test_compare_puts_two_models_side_by_side(notice, tmp_path, capsys):
    gold = tmp_path / "gold.json"
    main(["extract", str(notice), "-o", str(gold), "-q"])
    assert main(["compare", "shipped", "shipped", str(gold)]) == 0
    assert "+0.000" in capsys.readouterr().out


def test_folder_that_is_no_model_is_one_line(notice, tmp_path, capsys):
    assert main(["extract", str(notice), "--model", str(tmp_path)]) == 1
    assert "is no model folder" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    assert "usage: taskie" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [[], ["nonsense"], ["extract"], ["extract", "x.txt", "--nonsense"], ["extract", "x", "--jobs", "0"]]
)
def test_wrong_usage_exits_with_two(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_installed_command_tells_its_version():
    command = os.path.join(os.path.dirname(sys.executable), "taskie")
    result = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert result.stdout.startswith("taskie 0.")
