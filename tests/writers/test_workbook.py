import io
from pathlib import Path

import openpyxl
import pytest

import taskie
from taskie.writers.sheet_layout import shown_lines, shown_width
from taskie.writers.workbook import ATTENTION, BY_UNIT, LEDGER, build_workbook

TABLE = Path(__file__).parents[1] / "readers" / "office" / "table.docx"
LONG = "1. 修路。全年新改建农村公路12公里，新建桥梁3座，完成投资1.2亿元。（牵头单位：县交通局；配合单位：县财政局、县发展和改革局、县自然资源局、县住房和城乡建设局、各镇人民政府）\n"


def book(documents):
    return openpyxl.load_workbook(io.BytesIO(build_workbook(documents)))


@pytest.fixture(scope="module")
def workbook():
    return book([taskie.extract_file(TABLE)])


def needed(cell, sheet):
    return shown_lines(cell.value, sheet.column_dimensions[cell.column_letter].width) * 15


@pytest.mark.parametrize("name", [LEDGER, BY_UNIT, ATTENTION])
def test_every_sheet_is_laid_out_to_print(workbook, name):
    sheet = workbook[name]
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, sheet.max_column).column_letter}{sheet.max_row}"


def test_positions_are_kept_and_not_printed(workbook):
    sheet = workbook[LEDGER]
    assert [cell.value for cell in sheet[1]][-2:] == ["起始位置", "结束位置"]
    assert sheet.print_area.endswith(f"$X${sheet.max_row}")


def test_column_without_content_takes_little_room(workbook):
    sheet = workbook[LEDGER]
    widths = {cell.value: sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]}
    assert widths["下步措施"] < 10 < widths["目标内容"]


@pytest.mark.parametrize("name", [LEDGER, BY_UNIT, ATTENTION])
def test_no_text_is_cut_by_its_cell(name):
    sheet = book([taskie.extract(LONG)])[name]
    areas = {(area.min_row, area.min_col): area.max_row for area in sheet.merged_cells.ranges}
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert cells
    for cell in cells:
        rows = range(cell.row, areas.get((cell.row, cell.column), cell.row) + 1)
        assert sum(sheet.row_dimensions[row].height for row in rows) >= needed(cell, sheet), cell.coordinate


def test_units_come_with_what_they_lead_first(workbook):
    rows = list(workbook[BY_UNIT].iter_rows(min_row=2, max_col=2, values_only=True))
    assert rows[0][1] == "牵头"
    for unit in {unit for unit, _ in rows}:
        roles = [role for name, role in rows if name == unit]
        assert roles == sorted(roles, key=["牵头", "责任", "配合"].index)


def test_attention_sheet_tells_the_place_in_the_file(workbook):
    places = [row[4].value for row in workbook[ATTENTION].iter_rows(min_row=2)]
    assert "表1 第6行" in places
    assert all(place.startswith("表1 第") for place in places)


def test_attention_sheet_tells_offsets_of_a_text_without_file():
    sheet = book([taskie.extract("1. 修路。加强路网建设。\n2. 建桥。新建桥梁1座。（县交通局负责）\n")])[ATTENTION]
    assert all("–" in row[4].value for row in sheet.iter_rows(min_row=2))


def test_large_whole_numbers_have_no_point_behind_them():
    sheet = book([taskie.extract("1. 修路。完成投资1.2亿元，修路1.25万米。（县交通局负责）")])[LEDGER]
    formats = {cell.value: cell.number_format for row in sheet.iter_rows(min_row=2) for cell in row}
    assert formats[120_000_000] == formats[12_500] == "#,##0"


def test_chinese_characters_count_two():
    assert shown_width("12月底前") == 8
    assert shown_lines("县交通局", 9) == 1
    assert shown_lines("县交通局", 8) == 2
    assert shown_lines(None, 8) == 1
