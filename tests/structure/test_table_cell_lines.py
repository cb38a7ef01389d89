import pytest
from progress_cells import CELLS

from taskie.structure.reader import read_outline


@pytest.mark.parametrize("caption", ["民生实事", "工作进展情况", "重点任务"])
def test_a_caption_that_could_be_a_heading_is_no_column(caption):
    tasks = read_outline(CELLS.replace("年中工作进展", caption)).tasks
    assert [(task.number, task.title, task.deadline.text) for task in tasks] == [
        ("1", None, "8月底"),
        ("2", None, "长期坚持"),
    ]


def test_a_heading_before_the_numbers_is_a_column_where_rows_have_a_cell_there():
    table = CELLS.replace("年中工作进展", "领域").replace("\n1\n", "\n卫生\n1\n").replace("\n2\n", "\n交通\n2\n")
    assert [task.headings for task in read_outline(table).tasks] == [("卫生",), ("交通",)]


def test_a_merged_cell_before_the_number_takes_nothing_from_the_row_above():
    table = CELLS.replace("年中工作进展", "领域").replace("\n1\n", "\n卫生\n1\n")
    first, second = read_outline(table).tasks
    assert (first.status, second.status) == ("未销号", "已销号")
    assert (first.headings, second.headings) == (("卫生",), ("卫生",))


def test_a_cell_before_the_number_is_its_own_although_a_cell_above_is_lost():
    tasks = read_outline(
        CELLS.replace("年中工作进展", "领域").replace("\n1\n", "\n卫生\n1\n").replace("未销号\n2\n", "交通\n2\n")
    ).tasks
    assert [(task.headings, task.status) for task in tasks] == [(("卫生",), None), (("交通",), "已销号")]
