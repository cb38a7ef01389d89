import csv
import datetime
import re
from pathlib import Path

import openpyxl
import pytest

from taskie.readers.files import read_file

FOLDER = Path(__file__).parent / "office"


def test_hidden_rows_columns_and_sheets_are_left_out_and_said(tmp_path):
    read = read_file(FOLDER / "hidden.xlsx")
    assert not re.search("密|隐藏行|筛掉行|内部", read.text)
    assert [warning.rpartition("hidden.xlsx: ")[2] for warning in read.warnings] == [
        "2 hidden rows of sheet '公开' were left out",
        "2 hidden columns of sheet '公开' were left out",
        "the hidden sheet '内部' was left out",
    ]


def test_places_count_what_is_hidden():
    read = read_file(FOLDER / "hidden.xlsx")
    assert str(read.place_of(read.text.index("6月30日"))) == "sheet 公开, cell E4"


def test_values_are_shown_as_libreoffice_shows_them():
    with (FOLDER / "hidden.csv").open(encoding="utf-8", newline="") as handle:
        expected = [
            [row[0], row[1], row[4], row[5]] for row in csv.reader(handle) if row[1] not in ("隐藏行", "筛掉行")
        ]
    read = [line.split("\t") for line in read_file(FOLDER / "hidden.xlsx").text.strip().split("\n")]
    # A date in figures is read as one in words, which is how deadlines are written.
    as_words = [[re.sub(r"^(\d{4})-0?(\d+)-0?(\d+)$", r"\1年\2月\3日", text) for text in row] for row in expected]
    assert read == as_words


def value_of(tmp_path, value, form):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A1"].number_format = value, form
    book.save(path)
    return read_file(path).text.strip()


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (datetime.date(2024, 6, 1), 'yyyy"年"m"月"', "2024年6月"),
        (datetime.date(2024, 6, 1), 'm"月"d"日";@', "6月1日"),
        (datetime.date(2024, 6, 1), "[$-804]yyyy/m/d", "2024年6月1日"),
        (datetime.datetime(2024, 6, 1, 9, 30), "yyyy-mm-dd hh:mm", "2024年6月1日"),
        (0.855, "0%", "86%"),
        (0.855, "0.0%", "85.5%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234.5, "0.0#", "1234.5"),
        (12, '0"家"', "12家"),
        (0.1 + 0.2, "General", "0.3"),
        (8.0, "General", "8"),
        (12345678901, "General", "12345678901"),
        (True, "General", "TRUE"),
        ("007", "@", "007"),
    ],
)
def test_cell_is_read_as_its_format_shows_it(tmp_path, value, form, shown):
    assert value_of(tmp_path, value, form) == shown


def test_date_format_that_chinese_excel_stores_by_number_alone_is_known(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A1"].number_format = 45473, "0"
    book.active["A1"]._style.numFmtId = 58
    book.save(path)
    assert read_file(path).text.strip() == "6月30日"


def test_columns_without_any_text_are_not_there_but_counted(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active["B2"], book.active["D2"] = "甲", "乙"
    book.save(path)
    read = read_file(path)
    assert read.text.strip() == "甲\t乙"
    assert str(read.place_of(read.text.index("乙"))) == "sheet Sheet, cell D2"
