import pytest

from taskie.structure.numbering import chinese_value, read_number


@pytest.mark.parametrize(
    ("text", "style", "value", "printed"),
    [
        ("一、提升", "chinese", 1, "一"),
        ("十二、提升", "chinese", 12, "十二"),
        ("（三）提升", "pchinese", 3, "（三）"),
        ("(三)提升", "pchinese", 3, "(三)"),
        ("1. 提升", "arabic", 1, "1"),
        ("1．提升", "arabic", 1, "1"),
        ("10﹒提升", "arabic", 10, "10"),
        ("3、提升", "arabic", 3, "3"),
        ("（2）提升", "parabic", 2, "（2）"),
        ("二\u3000xx河治理", "bare", 2, "二"),
        ("①提升", "circled", 1, "①"),
        ("⒊提升", "arabic", 3, "⒊"),
        ("第二章 提升", "part章", 2, "第二章"),
        ("1.2 提升", "decimal", 2, "1.2"),
        ("1.2024年提升", "arabic", 1, "1"),
        ("１２、提升", "arabic", 12, "１２"),
    ],
)
def test_numbers_that_head_items_are_read(text, style, value, printed):
    number = read_number(text, 0)
    assert (number.style, number.value, number.text) == (style, value, printed)


@pytest.mark.parametrize("text", ["1.5倍", "2024年", "5G基站", "第三次普查", "一是", "六个方面", "3个", "三期", ""])
def test_amounts_and_words_are_no_numbers(text):
    assert read_number(text, 0) is None


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("三", 3), ("十", 10), ("二十一", 21), ("一百零五", 105), ("二〇", 20), ("x", None), ("", None)],
)
def test_chinese_numerals_are_valued(numeral, value):
    assert chinese_value(numeral) == value


@pytest.mark.parametrize("text", ["１．８万平方米", "3．5%以上", "2．6公里长"])
def test_figure_with_a_full_width_point_is_no_number(text):
    assert read_number(text, 0) is None


def test_number_with_a_full_width_point_may_stand_before_a_figure():
    assert read_number("3．10月底前完成", 0).value == 3
