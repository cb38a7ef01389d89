"""Files that LibreOffice wrote from one source: every format must give the same records, and lead back to its file."""

import csv
import dataclasses
import functools
import shutil
from pathlib import Path

import docx
import openpyxl
import pdfplumber
import pytest
from lxml import html
from office_source import COLUMNS, NOTICE, TITLE, full_rows

from taskie.readers.files import read_file

FOLDER = Path(__file__).parent / "office"
DIRECT_TABLES = ["table.docx", "table.xlsx", "table.pdf", "table.html"]
DIRECT_NOTICES = ["notice.docx", "notice.pdf", "notice.html"]
# Formats that go through LibreOffice; .wps is what WPS writes: an old Office format under another ending.
CONVERTED_TABLES = ["table.doc", "table.odt", "table.rtf", "table.xls", "table.ods"]
CONVERTED_NOTICES = ["notice.wps"]
COPIES = {".wps": ".doc"}

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")


@pytest.fixture(scope="module")
def read(extractor, tmp_path_factory):
    """Return a function from a file's name to the document read from it, each file read once."""

    @functools.cache
    def document(name):
        path = FOLDER / name
        if path.suffix in COPIES:
            path = shutil.copy(path.with_suffix(COPIES[path.suffix]), tmp_path_factory.mktemp("copies") / name)
        return extractor.extract_file(path)

    return document


def spans_as_texts(value):
    """Return records without offsets and confidences, which differ with the layout of the text."""
    if isinstance(value, tuple):
        return [spans_as_texts(item) for item in value]
    if not dataclasses.is_dataclass(value):
        return value
    kept = [
        f.name
        for f in dataclasses.fields(value)
        if f.name not in ("start", "end", "confidence", "lead_confidences", "indicator_confidence")
    ]
    return {name: spans_as_texts(getattr(value, name)) for name in kept}


def records(document, *, without=()):
    plain = [spans_as_texts(task) for task in document.tasks]
    return [{key: value for key, value in task.items() if key not in ("text", *without)} for task in plain]


def test_word_table_says_what_its_source_says(read):
    rows = [row for row in full_rows() if len(row) > 1]
    document = read("table.docx")
    assert document.title == TITLE
    assert [
        (task.number, task.title, task.statement.text, task.deadline.text, task.progress.text)
        for task in document.tasks
    ] == [(number, title, goal, deadline, progress) for number, title, goal, _, _, deadline, progress in rows]
    assert [[unit.name for unit in task.units] for task in document.tasks] == [
        [lead, *help_.split("、")] for _, _, _, lead, help_, _, _ in rows
    ]
    assert {(unit.name, unit.role) for task in document.tasks for unit in task.units} >= {
        ("县住房和城乡建设局", "lead"),
        ("县城市管理局", "cooperating"),
    }


def test_heading_rows_are_sections_and_no_tasks(read):
    sections = {task.section for task in read("table.docx").tasks}
    assert sections == {row[0] for row in full_rows() if len(row) == 1}


@pytest.mark.parametrize("name", DIRECT_TABLES[1:])
def test_table_gives_the_same_records_in_each_format(read, name):
    assert records(read(name)) == records(read("table.docx"))
    assert read(name).title == TITLE


@pytest.mark.parametrize("name", DIRECT_NOTICES[1:])
def test_notice_gives_the_same_records_in_each_format(read, name):
    assert len(read(name).tasks) == sum(line[0].isdecimal() and ". " in line[:4] for line in NOTICE)
    assert records(read(name)) == records(read("notice.docx"))


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("name", CONVERTED_TABLES)
def test_table_gives_the_same_records_through_libreoffice(read, name):
    assert records(read(name)) == records(read("table.docx"))


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("name", CONVERTED_NOTICES)
def test_notice_gives_the_same_records_through_libreoffice(read, name):
    assert records(read(name)) == records(read("notice.docx"))


@pytest.mark.parametrize("name", ["table.csv", "table.tsv"])
def test_delimited_text_gives_the_same_targets_though_it_knows_no_merged_cells(read, name):
    lost = ("number", "title", "units")  # of a row below a merged task cell, the file says no number and no title
    for task, expected in zip(
        records(read(name), without=lost), records(read("table.docx"), without=lost), strict=True
    ):
        assert task == expected
    assert [{unit.name for unit in task.units} for task in read(name).tasks] == [
        {unit.name for unit in task.units} for task in read("table.docx").tasks
    ]


# The text of a place, found without taskie's readers.


def text_in_word(path, place):
    document = docx.Document(path)
    if place.table:
        return document.tables[place.table - 1].cell(place.row - 1, place.column - 1).text
    return document.paragraphs[place.paragraph - 1].text


def text_in_workbook(path, place):
    sheet = openpyxl.load_workbook(path)[place.sheet]
    cell = sheet.cell(place.row, place.column)
    merged = [area for area in sheet.merged_cells.ranges if cell.coordinate in area]
    return str(sheet.cell(merged[0].min_row, merged[0].min_col).value if merged else cell.value)


def text_in_pdf(path, place):
    """Return the text of the column on its page and the next, where a cell may go on."""
    with pdfplumber.open(path) as document:
        pages = document.pages[place.page - 1 : place.page + 1]
        if not place.table:
            return "".join(page.extract_text() for page in pages)
        tables = [page.extract_tables()[0] for page in pages]
        rows = [row for i, table in enumerate(tables) for row in table[bool(i) :]]  # the header is printed again
        return "".join(row[place.column - 1] or "" for row in rows)


def text_in_page(path, place):
    """Return the text of the row, and of cells above that reach down to it."""
    root = html.parse(str(path)).getroot()
    if not place.table:
        return root.text_content()
    rows = root.findall(".//table")[place.table - 1].findall(".//tr")
    return "".join(
        cell.text_content()
        for at, row in enumerate(rows[: place.row], 1)
        for cell in row
        if at + int(cell.get("rowspan", 1)) > place.row
    )


def text_in_delimited(path, place):
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle, delimiter="\t" if path.suffix == ".tsv" else ","))[place.row - 1][
            place.column - 1
        ]


TEXT_AT = {".docx": text_in_word, ".xlsx": text_in_workbook, ".pdf": text_in_pdf, ".html": text_in_page, ".csv": text_in_delimited, ".tsv": text_in_delimited}  # fmt: skip


def without_space(text):
    return "".join(text.split())


def traced(document):
    """Return the spans of a document that must lead back to the file: entities, statements, targets, progress."""
    yield from document.entities
    for task in document.tasks:
        yield from (task.statement, *task.targets)
        if task.progress:
            yield task.progress


@pytest.mark.parametrize("name", [*DIRECT_TABLES, *DIRECT_NOTICES, "table.csv", "table.tsv"])
def test_every_span_leads_back_to_its_place_in_the_file(read, name):
    document, path = read(name), FOLDER / name
    assert len(document.entities) > 20
    for span in traced(document):
        place = document.place_of(span.start)
        assert without_space(span.text) in without_space(TEXT_AT[path.suffix](path, place)), (span, place)


@pytest.mark.parametrize("name", DIRECT_TABLES)
def test_every_task_leads_back_to_the_row_of_its_number(read, name):
    document, path = read(name), FOLDER / name
    for task in document.tasks:
        assert task.number in TEXT_AT[path.suffix](path, document.place_of(task.start))


def test_places_are_those_that_people_see(read):
    def place(name):
        document = read(name)
        return str(document.place_of(document.text.index("县教育局")))

    row = next(i for i, row in enumerate(full_rows(), 1) if "县教育局" in row) + 1  # below the header
    assert place("table.docx") == f"table 1, row {row}, column 4"
    assert place("table.xlsx") == f"sheet 台账, cell D{row + 1}"  # below the title
    assert place("table.pdf") == f"page 2, table 1, row {row}, column 4"


def test_page_of_a_row_is_the_page_it_begins_on(read):
    document = read("table.pdf")
    assert [document.place_of(task.start).page for task in document.tasks] == [1] * 8 + [2] * 3


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize(("name", "like"), [("table.doc", "table.docx"), ("table.odt", "table.docx"), ("table.ods", "table.xlsx")])  # fmt: skip
def test_places_of_converted_files_are_those_of_the_format_they_are_converted_to(read, name, like):
    assert [str(place) for place in read(name).places] == [str(place) for place in read(like).places]


def test_columns_of_the_source_are_all_read():
    header = read_file(FOLDER / "table.docx").text.split("\n")[2]
    assert tuple(header.split("\t")) == COLUMNS
