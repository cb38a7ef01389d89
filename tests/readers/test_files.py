import datetime
import io
import zipfile

import docx
import openpyxl
import pytest

from taskie.errors import ReadError
from taskie.readers.files import expand_sources, read_file

ROWS = [
    ["序号", "工作任务", "完成时限", "牵头单位"],
    ["1", "新建学校3所，新增学位900个", "8月底", "县教育局"],
    ["2", "培训教师200人次", "年底", "县教育局"],
    ["3", "修路12公里", "9月底前", "县交通局"],
]


def word(path):
    document = docx.Document()
    document.add_paragraph("2024年重点任务表")
    table = document.add_table(rows=4, cols=4)
    for r, row in enumerate(ROWS):
        for c, value in enumerate(row):
            table.cell(r, c).text = value
    merged = table.cell(1, 3).merge(table.cell(2, 3))
    merged.text = "县教育局"
    document.save(path)


def workbook(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["2024年重点任务表"])
    sheet.merge_cells("A1:D1")
    for row in ROWS:
        sheet.append([int(v) if v.isdecimal() else v for v in row])
    sheet["D4"] = None
    sheet.merge_cells("D3:D4")
    book.save(path)


def page(path):
    cells = "".join("<tr>" + "".join(f"<td>{v}</td>" for v in row) + "</tr>" for row in ROWS)
    cells = cells.replace("<td>县教育局</td></tr><tr><td>2", '<td rowspan="2">县教育局</td></tr><tr><td>2')
    cells = cells.replace("<td>年底</td><td>县教育局</td>", "<td>年底</td>")
    path.write_text(
        f"<html><head><style>td{{}}</style></head><body><h1>2024年重点任务表</h1><script>x()</script><table>{cells}</table></body></html>",
        encoding="utf-8",
    )


def comma(path):
    path.write_text("\n".join(",".join(f'"{v}"' for v in row) for row in ROWS), encoding="gb18030")


@pytest.mark.parametrize(("name", "make"), [("a.docx", word), ("a.xlsx", workbook), ("a.html", page), ("a.csv", comma)])
def test_merged_unit_cell_belongs_to_every_row_in_each_format(tmp_path, extractor, name, make):
    path = tmp_path / name
    make(path)
    doc = extractor.extract_file(path)
    assert [(t.number, t.statement.text, t.deadline.text, [u.name for u in t.units]) for t in doc.tasks] == [
        (row[0], row[1], row[2], [row[3]]) for row in ROWS[1:]
    ]


def test_places_lead_back_to_table_and_row(tmp_path):
    path = tmp_path / "a.docx"
    word(path)
    read = read_file(path)
    place = read.place_of(read.text.index("修路"))
    assert (place.table, place.row, place.column) == (1, 4, 2)
    assert str(place) == "table 1, row 4, column 2"


def test_open_binary_file_is_read(extractor):
    assert (
        extractor.extract_file(io.BytesIO("1. 修路3公里。（县交通局负责）\n".encode())).tasks[0].units[0].name
        == "县交通局"
    )


def test_deleted_text_is_out_and_inserted_text_in(tmp_path):
    path = tmp_path / "a.docx"
    document = docx.Document()
    paragraph = document.add_paragraph("1. 修路")
    paragraph._p.append(
        docx.oxml.parse_xml(
            '<w:del xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:delText>九</w:delText></w:r></w:del>'
        )
    )
    paragraph._p.append(
        docx.oxml.parse_xml(
            '<w:ins xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:t>3公里</w:t></w:r></w:ins>'
        )
    )
    document.save(path)
    assert read_file(path).text.strip() == "1. 修路3公里"


def test_hidden_rows_and_sheets_are_left_out_with_a_warning(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["甲", "乙"])
    book.active.append(["丙", "丁"])
    book.active.row_dimensions[2].hidden = True
    book.create_sheet("秘密").sheet_state = "hidden"
    book.save(path)
    read = read_file(path)
    assert "丙" not in read.text
    assert len(read.warnings) == 2


def test_dates_and_whole_numbers_are_read_as_people_see_them(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.append([3.0, datetime.date(2024, 6, 30), "x"])
    book.save(path)
    assert read_file(path).text.strip() == "3\t2024年6月30日\tx"


def bomb():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 50_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.docx", b"no zip at all", "damaged"),
        ("a.docx", b"\xd0\xcf\x11\xe0 old", "old or encrypted"),
        ("a.docx", bomb(), "ZIP bomb"),
        ("a.xlsx", b"PK\x03\x04 torn", "damaged"),
        ("a.pdf", b"%PDF-1.4 torn", "not a readable PDF"),
        ("a.txt", b"\x00\x01\x02\x00\x03" * 50, "binary data"),
        ("a.txt", b"%PDF-1.4", "holds PDF data"),
        ("a.txt", b"\xff\xfe\x00", "damaged"),
        ("a.xyz", b"text", "is not read"),
    ],
)
def test_hostile_and_broken_files_give_a_clear_error(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReadError, match=message):
        read_file(path)


def test_entities_of_a_page_are_not_expanded(tmp_path):
    path = tmp_path / "a.html"
    path.write_text('<!DOCTYPE x [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;">]><p>1. 修路&b;。</p>', encoding="utf-8")
    assert "boomboomboom" not in read_file(path).text


def test_missing_file_and_folder_are_named(tmp_path):
    with pytest.raises(ReadError, match="no such file"):
        read_file(tmp_path / "x.txt")
    with pytest.raises(ReadError, match="a folder"):
        read_file(tmp_path)


def test_sources_are_expanded_in_order_and_once(tmp_path):
    for name in ("b.txt", "a.txt", "c.bin"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    found, missing = expand_sources([str(tmp_path / "b.txt"), str(tmp_path), str(tmp_path / "*.none")])
    assert found == [str(tmp_path / "b.txt"), str(tmp_path / "a.txt")]
    assert missing == [(str(tmp_path / "*.none"), "no such file")]
