"""Cells find their columns by what they hold: lines of one cell are joined, blank cells leave their column free."""

import pytest

from taskie.structure.columns import Column
from taskie.structure.table_fit import CellText, assign, fits_in_order

COLUMNS = (
    Column("number"),
    Column("statement"),
    Column("unit", "lead"),
    Column("unit", "cooperating"),
    Column("deadline"),
)


def cut(*lines, opens=False):
    text, cells = "\n".join(lines), []
    for line in lines:
        start = cells[-1].end + 1 if cells else 0
        cells.append(CellText(start, start + len(line), opens))
    return text, cells


def placed(*lines, opens=False, known=None):
    text, cells = cut(*lines, opens=opens)
    return {index: text[start:end] for index, start, end in assign(text, COLUMNS, cells, known=known)}


def test_a_statement_broken_over_lines_is_one_cell():
    row = placed("7", "清淤北渠淤塞的河道，", "汛期之前完成护坡。", "县水务局", "县财政局、县交通局", "6月底前")
    assert row == {
        0: "7",
        1: "清淤北渠淤塞的河道，\n汛期之前完成护坡。",
        2: "县水务局",
        3: "县财政局、县交通局",
        4: "6月底前",
    }


@pytest.mark.parametrize(("units", "column"), [("县水务局", 2), ("县财政局、县交通局", 3)])
def test_of_one_cell_for_two_unit_columns_one_body_leads_and_several_help(units, column):
    assert placed("7", "清淤北渠两段，汛期之前完成护坡。", units, "6月底前")[column] == units


def test_a_kind_known_from_elsewhere_counts_more_than_the_form_of_a_cell():
    row = placed("7", "清淤北渠两段，汛期之前完成护坡。", "东岭水务", "6月底前", known={2: "unit"})
    assert row == {0: "7", 1: "清淤北渠两段，汛期之前完成护坡。", 2: "东岭水务", 4: "6月底前"}


def test_cells_behind_bars_stay_as_they_come_though_one_holds_what_its_column_should_not():
    cells = ("7", "6月底前", "县水务局", "县财政局", "清淤北渠两段。")
    assert placed(*cells, opens=True) == dict(enumerate(cells))


def test_a_blank_cell_is_left_out():
    row = placed("7", "清淤北渠两段。", "县水务局", "", "6月底前", opens=True)
    assert row == {0: "7", 1: "清淤北渠两段。", 2: "县水务局", 4: "6月底前"}


@pytest.mark.parametrize(
    ("lines", "fits"),
    [
        (("7", "清淤北渠两段。", "县水务局", "县财政局", "6月底前"), True),
        (("7", "清淤北渠两段。", "县水务局", "6月底前", "县财政局"), False),
        (("清淤北渠两段。", "7", "县水务局", "县财政局", "6月底前"), False),
    ],
)
def test_cells_fit_in_order_only_where_each_may_be_what_its_column_says(lines, fits):
    text, cells = cut(*lines)
    assert fits_in_order(text, COLUMNS, cells) is fits
