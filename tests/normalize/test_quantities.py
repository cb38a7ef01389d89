import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taskie.normalize.quantities import Quantity, normalize_quantity

_UNITS = [
    "家",
    "个",
    "元",
    "亩",
    "平方米",
    "%",
    "个百分点",
    "人次",
    "公里",
    "吨",
    "台（套）",
    "元/人",
    "张",
    "万美元",
    "千瓦时",
]
_ROWS = list(csv.DictReader((Path(__file__).parent / "amounts.csv").read_text(encoding="utf-8").splitlines()))


def _marked(sentence):
    before, rest = sentence.split("⟦")
    text, after = rest.split("⟧")
    return text, before, after


def _number(cell):
    return float(cell) if cell else None


def _without_base(quantity):
    return quantity.value, quantity.value_max, quantity.unit, quantity.bound, quantity.masked


def test_the_table_of_amounts_is_as_long_as_promised():
    assert len({row["sentence"] for row in _ROWS}) >= 300


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row["sentence"])
def test_amounts_are_normalized_in_their_sentence(row):
    text, before, after = _marked(row["sentence"])
    expected = (
        _number(row["value"]),
        _number(row["value_max"]),
        row["unit"],
        row["bound"],
        row["masked"] == "yes",
    )
    assert _without_base(normalize_quantity(text, before=before, after=after)) == expected


@pytest.mark.parametrize(
    "row", [row for row in _ROWS if row["value"] or row["masked"] == "yes"], ids=lambda r: r["sentence"]
)
def test_amounts_of_the_table_printed_again_normalize_to_themselves(row):
    text, before, after = _marked(row["sentence"])
    quantity = normalize_quantity(text, before=before, after=after)
    assert _without_base(normalize_quantity(quantity.printed())) == _without_base(quantity)


@given(
    value=st.one_of(st.integers(0, 10**13), st.decimals("0.01", "99999", places=2).map(float)),
    unit=st.sampled_from(_UNITS),
    bound=st.sampled_from(["", "以上", "以下", "以内", "左右"]),
)
def test_a_normalized_amount_printed_again_normalizes_to_itself(value, unit, bound):
    quantity = normalize_quantity(f"{value}{unit}{bound}")
    assert quantity.value is not None
    assert normalize_quantity(quantity.printed()) == quantity


@given(low=st.integers(1, 10**6), more=st.integers(1, 10**6), unit=st.sampled_from(_UNITS))
def test_a_range_printed_again_normalizes_to_itself(low, more, unit):
    quantity = normalize_quantity(f"{low}—{low + more}{unit}")
    assert quantity.value is not None
    assert quantity.value_max is not None
    assert quantity.value < quantity.value_max
    assert normalize_quantity(quantity.printed()) == quantity


@settings(max_examples=300)
@given(
    st.text(
        alphabet=st.sampled_from(
            "0123456789.,%/xX一二两三十百千万亿半成余多几数分之个元家以上下内左右约不低于超过至到-—～ 　第年月期号每"
        ),
        max_size=14,
    ),
    st.text(max_size=6),
)
def test_nothing_raises_for_any_string_of_numbers_and_units(text, context):
    quantity = normalize_quantity(text, before=context, after=context)
    assert isinstance(quantity, Quantity)
    assert not (quantity.masked and quantity.value is not None)
    assert not (quantity.value is None and quantity.value_max is not None)


@given(st.text(max_size=30), st.text(max_size=10))
def test_nothing_raises_for_any_text(text, context):
    assert normalize_quantity(text, before=context, after=context).bound in ("ge", "le", "approx", "eq")


@pytest.mark.parametrize(
    ("before", "text", "per"),
    [
        ("每百户不低于", "30平方米", "百户"),
        ("标准提高到每人每月", "500元", "人每月"),
        ("户均增收", "3000元", "户"),
        ("按", "80元/人", "人"),
        ("死亡率控制在", "15/10万以下", "10万"),
        ("每亩补贴", "150元", "亩"),
        ("新增床位", "300张", None),
        ("每年新增", "300张", "年"),
        ("每周一上报，新增", "300张", None),
    ],
)
def test_the_base_of_a_rate_is_read(before, text, per):
    assert normalize_quantity(text, before=before).per == per


def test_words_inside_the_amount_win_over_those_before():
    assert normalize_quantity("20家以上", before="约").bound == "ge"
    assert normalize_quantity("20家", before="约").bound == "approx"
    assert normalize_quantity("20余家", before="不低于").bound == "approx"


@pytest.mark.parametrize("before", ["新上", "合成", "马上", "网上"])
def test_words_that_only_look_like_approximations_leave_an_amount_exact(before):
    assert normalize_quantity("5个", before=before).bound == "eq"


def test_what_is_no_amount_is_printed_as_nothing():
    assert normalize_quantity("第三次").printed() == ""
