import shutil
from pathlib import Path

import docx
import pytest
from hostile_files import paragraph, word
from office_special import CHANGED

from taskie.readers.files import read_file
from taskie.readers.word_numbers import counted

FOLDER = Path(__file__).parent / "office"
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")


@pytest.mark.parametrize("name", ["changes.docx", pytest.param("changes.doc", marks=[needs_office, pytest.mark.slow])])
def test_tracked_changes_notes_boxes_and_numbers_are_read_as_the_page_shows_them(name):
    read = read_file(FOLDER / name)
    assert tuple(read.text.split("\n")[:-1]) == CHANGED
    assert [warning.rpartition(": ")[2] for warning in read.warnings] == [
        "text boxes were left out",
        "footnotes were left out",
    ]


def test_paragraph_that_goes_on_in_the_next_has_the_place_of_the_first():
    read = read_file(FOLDER / "changes.docx")
    assert read.place_of(read.text.index("通车")).paragraph == 2
    assert read.place_of(read.text.index("植树")).paragraph == 4


def body(tmp_path, xml):
    path = tmp_path / "a.docx"
    path.write_bytes(word(xml))
    return read_file(path).text.strip("\n").split("\n")


def cell(text, properties=""):
    return f"<w:tc>{properties}{paragraph(text)}</w:tc>"


def test_moved_text_is_read_where_it_went(tmp_path):
    moved = "<w:r><w:t>甲</w:t></w:r>"
    assert body(tmp_path, f"<w:p><w:moveFrom>{moved}</w:moveFrom></w:p><w:p><w:moveTo>{moved}</w:moveTo></w:p>") == [
        "甲"
    ]


def test_deleted_row_is_left_out(tmp_path):
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('甲')}{cell('乙')}</w:tr>"
    assert body(tmp_path, f"<w:tbl>{deleted}<w:tr>{cell('丙')}{cell('丁')}</w:tr></w:tbl>") == ["丙\t丁"]


def test_content_controls_are_read(tmp_path):
    inside = f"<w:tbl><w:tr><w:sdt><w:sdtContent>{cell('甲')}</w:sdtContent></w:sdt>{cell('乙')}</w:tr></w:tbl>"
    assert body(tmp_path, f"<w:sdt><w:sdtContent>{paragraph('天')}{inside}</w:sdtContent></w:sdt>") == [
        "天",
        "",
        "甲\t乙",
    ]


def test_table_in_a_cell_is_read_as_lines_of_the_cell(tmp_path):
    nested = f"<w:tc><w:tbl><w:tr>{cell('内')}{cell('里')}</w:tr></w:tbl><w:p/></w:tc>"
    assert body(tmp_path, f"<w:tbl><w:tr>{cell('外')}{nested}</w:tr></w:tbl>") == ["外\t内 里"]


def test_row_that_begins_further_right_keeps_its_columns(tmp_path):
    late = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("丙")}</w:tr>'
    assert body(tmp_path, f"<w:tbl><w:tr>{cell('甲')}{cell('乙')}</w:tr>{late}</w:tbl>") == ["甲\t乙", "\t丙"]


def test_hidden_switched_off_is_not_hidden(tmp_path):
    def run(value):
        return f'<w:p><w:r><w:rPr><w:vanish w:val="{value}"/></w:rPr><w:t>甲</w:t></w:r></w:p>'

    assert body(tmp_path, run("0")) == ["甲"]
    assert body(tmp_path, run("1")) == [""]


def test_number_of_a_list_style_is_read(tmp_path):
    path = tmp_path / "a.docx"
    document = docx.Document()
    for text in ("甲", "乙"):
        document.add_paragraph(text, style="List Number")
    document.save(path)
    assert read_file(path).text == "1.甲\n2.乙\n"


@pytest.mark.parametrize(
    ("value", "form", "printed"),
    [
        (3, "decimal", "3"), (10, "chineseCounting", "十"), (12, "chineseCountingThousand", "十二"), (20, "japaneseCounting", "二十"),
        (3, "decimalEnclosedCircle", "③"), (21, "decimalEnclosedCircle", "21"), (12, "decimalFullWidth", "１２"), (2, "lowerLetter", "b"),
        (120, "chineseCounting", "120"),
    ],
)  # fmt: skip
def test_numbers_are_printed_in_their_format(value, form, printed):
    assert counted(value, form) == printed
