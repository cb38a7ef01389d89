import pytest

from taskie.readers.pdf_lines import Line, furniture, glued, is_numbered, paragraph_ends
from taskie.readers.pdf_tables import Cell, Fragment, table_rows

WIDTH, HEIGHT, SIZE = 600.0, 800.0, 10.0
LEFT, RIGHT = 100.0, 500.0


def line(text, *, x0=LEFT, x1=None, top=200.0, page=1, size=SIZE):
    end = x0 + len(text) * size if x1 is None else x1
    return Line(text, x0, end, top, top + size, size, page, WIDTH, HEIGHT)


FULL = "甲" * 40
NEXT = {"top": 215.0}


def joined(first, second):
    # The lines of other paragraphs show where the text ends, and how large it is.
    return not paragraph_ends([first, second, *(line(FULL, top=700.0, page=3 + i) for i in range(5))])[0]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (line(FULL), line("乙乙", **NEXT)),
        (line(FULL[:38]), line("乙乙", **NEXT)),  # a mark that may not begin a line took a character with it
        (line(FULL, top=750.0), line("乙乙", top=50.0, page=2)),
        (line(FULL, x0=LEFT + 20, x1=RIGHT), line("乙乙", **NEXT)),
        (line(FULL, size=18, x1=RIGHT), line("的通知", x0=273.0, size=18, x1=327.0, top=225.0)),
    ],
)
def test_line_that_was_broken_for_want_of_room_goes_on(first, second):
    assert joined(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (line("甲" * 30), line("乙乙", **NEXT)),  # it had room left
        (line(FULL), line("乙乙", x0=LEFT + 20, **NEXT)),  # indented: a paragraph of its own
        (line(FULL), line("2. 乙乙", **NEXT)),
        (line(FULL), line("（二）乙乙", **NEXT)),
        (line(FULL), line("乙乙", top=260.0)),  # a gap between them
        (line(FULL), line("乙乙", size=14, **NEXT)),
        (line(FULL), line("落款", x0=280.0, x1=320.0, **NEXT)),  # centred, but no title
    ],
)
def test_line_that_ends_its_paragraph_does_not_go_on(first, second):
    assert not joined(first, second)


def test_short_lines_do_not_show_where_the_text_ends():
    assert paragraph_ends([line("甲" * 12), line("乙" * 5, **NEXT)]) == [True, True]
    assert paragraph_ends([]) == []


def test_latin_words_keep_their_gap_and_chinese_has_none():
    assert glued("new", "town") == "new town"
    assert glued("新增1", "4家") == "新增14家"
    assert glued("5", "G") == "5G"


@pytest.mark.parametrize("text", ["一、总则", "（三）乙", "12. 修路", "3．修路", "①修路", "第二章 附则", "1.2 修路"])
def test_numbers_of_items_are_known(text):
    assert is_numbered(text)


@pytest.mark.parametrize("text", ["2万亩", "1.2万亩", "二期项目", "（含乡镇）", "2024年", "10.5公里"])
def test_amounts_and_words_are_no_numbers_of_items(text):
    assert not is_numbered(text)


@pytest.mark.parametrize("text", ["— 3 —", "3", "第3页", "第 3 页 共 9 页", "3/9", "Page 3 of 9", "- 3 -"])
def test_page_numbers_are_furniture_in_the_margin_only(text):
    assert furniture([line("甲", top=400.0), line(text, top=760.0)]) == {1}
    assert furniture([line("甲", top=200.0), line(text, top=400.0)]) == set()


def test_repeated_head_stays_where_it_stands_first_and_repeated_foot_goes():
    pages = [line(text, top=top, page=page) for page in (1, 2, 3) for text, top in (("一览表", 30.0), ("甲", 400.0), ("密级", 770.0))]  # fmt: skip
    assert furniture(pages) == {2, 3, 5, 6, 8}


def test_line_in_the_margin_that_is_not_repeated_stays():
    assert furniture([line("甲乙", top=30.0), line("丙丁", top=30.0, page=2)]) == set()


def cell(column, row, *texts, width=100.0, columns=1, rows=1, page=1):
    """Return a cell with lines; a text that ends with … fills its line."""
    x0, x1 = column * width, (column + columns) * width
    lines = tuple(line(t, x0=x0, x1=x1 - 8 if t.endswith("…") else x0 + 30, page=page) for t in texts)
    return Cell(x0, row * 50.0, x1, (row + rows) * 50.0, lines)


def rows_of(*fragments):
    return [row.cells for row in table_rows(fragments)]


def test_cells_merged_over_rows_and_columns_fill_what_they_cover():
    cells = (cell(0, 0, "章", columns=2), cell(0, 1, "甲", rows=2), cell(1, 1, "乙"), cell(1, 2, "丙"))
    assert rows_of(Fragment(1, cells)) == [["章", "章"], ["甲", "乙"], ["甲", "丙"]]


HEAD = (cell(0, 0, "序号"), cell(1, 0, "任务"), cell(2, 0, "时限"))


def test_heading_that_is_printed_again_is_left_out_and_a_divided_row_joined():
    first = Fragment(1, (*HEAD, cell(0, 1, "1"), cell(1, 1, "修路…", "12…"), cell(2, 1, "年底")))
    second = Fragment(2, (*HEAD, cell(0, 1), cell(1, 1, "公里"), cell(2, 1), cell(0, 2, "2"), cell(1, 2, "建桥"), cell(2, 2, "年内")))  # fmt: skip
    assert rows_of(first, second)[1:] == [["1", "修路…12…公里", "年底"], ["2", "建桥", "年内"]]


@pytest.mark.parametrize(
    "row",
    [
        (cell(0, 0, "2"), cell(1, 0, "公里"), cell(2, 0)),  # it has a number
        (cell(0, 0), cell(1, 0, "建桥"), cell(2, 0, "年内")),  # the cell above 年内 is short
        (cell(0, 0), cell(1, 0), cell(2, 0)),
    ],
)
def test_row_of_its_own_at_the_head_of_a_page_is_not_joined(row):
    first = Fragment(1, (*HEAD, cell(0, 1, "1"), cell(1, 1, "修路…", "12…"), cell(2, 1, "年底")))
    assert rows_of(first, Fragment(2, row))[1] == ["1", "修路…12…", "年底"]


def test_table_of_another_width_is_another_table():
    assert Fragment(2, HEAD).continues(Fragment(1, HEAD))
    assert not Fragment(2, HEAD[:2]).continues(Fragment(1, HEAD))
    assert not Fragment(3, HEAD).continues(Fragment(1, HEAD))
