import pytest

from taskie.normalize.numerals import chinese_number, half_width, read_numeral, tidy


@pytest.mark.parametrize(
    ("text", "value", "end"),
    [
        ("1,100万元", 11000000, 6),
        ("１２．５％", 12.5, 4),
        ("5.6 万平方米", 56000, 5),
        ("二十余家", 20, 3),
        ("百户", 100, 1),
        ("亿元", 100000000, 1),
        ("3/4", 0.75, 3),
        ("三分之二", 0.6667, 4),
        ("一万二千人", 12000, 4),
        ("5千米", 5, 1),
        ("三点五万亩", 3.5, 3),
    ],
)
def test_numerals_are_read_from_the_beginning(text, value, end):
    numeral = read_numeral(text)
    assert (numeral.value, numeral.end) == (value, end)


@pytest.mark.parametrize("text", ["个", "", "家企业", "元", "。5", "1/0个"[3:]])
def test_text_that_begins_with_no_numeral_gives_none(text):
    assert read_numeral(text) is None


@pytest.mark.parametrize("text", ["x%", "xx.x亿元", "4xx元", "x0%", "×个", "*家"])
def test_masked_numerals_have_no_value(text):
    numeral = read_numeral(text)
    assert numeral.masked
    assert numeral.value is None


def test_neighbouring_digits_are_a_range_and_others_a_number():
    assert (read_numeral("两三个").value, read_numeral("两三个").high) == (2, 3)
    assert read_numeral("三五家").high == 5
    assert read_numeral("二十三家").high is None
    assert read_numeral("四二").high is None


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("十二", 12), ("二〇", 20), ("一亿三千万", 130000000), ("两千", 2000), ("", None), ("个", None)],
)
def test_plain_chinese_numerals_are_valued(numeral, value):
    assert chinese_number(numeral) == value


def test_half_width_keeps_the_length():
    assert half_width("１２％ａ") == "12%ａ"


def test_tidy_takes_binary_noise_off():
    assert tidy(1.53 * 10000) == 15300
    assert isinstance(tidy(3.0), int)
