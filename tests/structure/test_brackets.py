import pytest

from taskie.structure.brackets import find_closing_bracket, is_inside_bracket


@pytest.mark.parametrize(
    ("text", "closes_at"),
    [
        ("（县水务局）", 5),
        ("（县水务局)。", 5),
        ("（含（上游段）在内）", 9),
        ("〔2025〕", 5),
        ("（县水务局", None),
        ("〔县水务局）", None),
    ],
)
def test_brackets_close_where_their_own_kind_does(text, closes_at):
    assert find_closing_bracket(text, 0, len(text)) == closes_at


def test_bracket_that_closes_past_the_end_is_open():
    assert find_closing_bracket("（县水务局）", 0, 5) is None


@pytest.mark.parametrize(("position", "inside"), [(0, False), (2, True), (5, False)])
def test_a_place_is_inside_while_more_brackets_open_than_close(position, inside):
    assert is_inside_bracket("（上游）河段", 0, position) is inside
