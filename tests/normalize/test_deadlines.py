import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taskie.normalize.deadlines import normalize_deadline
from taskie.normalize.reference import Reference

_ROWS = list(csv.DictReader((Path(__file__).parent / "deadlines.csv").read_text(encoding="utf-8").splitlines()))
_KINDS = ("date", "range", "stages", "recurring", "duration", "open_ended", "event", "unresolved")
_REFERENCES = st.builds(
    lambda year, day: Reference(year, day.isoformat() if day else None),
    st.one_of(st.none(), st.integers(1990, 2100)),
    st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2100, 12, 31))),
)
_PIECES = st.sampled_from(
    "2024年 2025年 今年 明年 年底 年末 年内 全年 上半年 二季度 第三季度 6月 12月 30日 31日 2月 29日 底 末 前 至 到 — 、 ， "
    "十四五 期间 之日起 印发 30 个工作日 日内 每月 长期坚持 国庆节 春节 汛期 初 中旬 x 13月 〇 二〇二五年".split()
)


def test_the_table_of_deadlines_is_as_long_as_promised():
    assert len(_ROWS) >= 150


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: f"{row['sentence']}-{row['year']}")
def test_deadlines_are_dated(row):
    text = row["sentence"].split("⟦")[1].split("⟧")[0]
    reference = Reference(int(row["year"]) if row["year"] else None, row["issued_on"] or None)
    found = normalize_deadline(text, reference=reference)
    assert (found.date or "", found.start_date or "", found.kind, ";".join(found.stages)) == (
        row["date"],
        row["start_date"],
        row["kind"],
        row["stages"],
    )


@settings(max_examples=400)
@given(st.lists(_PIECES, max_size=7).map("".join), _REFERENCES)
def test_a_date_is_never_before_its_start_and_nothing_raises(text, reference):
    found = normalize_deadline(text, reference=reference)
    assert found.kind in _KINDS
    assert found.start_date is None or (found.date is not None and found.start_date <= found.date)
    assert all(stage <= (found.date or "") for stage in found.stages)
    assert found.date is None or date.fromisoformat(found.date)


@given(st.text(max_size=40), _REFERENCES)
def test_nothing_raises_for_any_text(text, reference):
    assert normalize_deadline(text, reference=reference).kind in _KINDS


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_a_full_date_does_not_depend_on_the_reference(day):
    words = f"{day.year}年{day.month}月{day.day}日前"
    assert normalize_deadline(words, reference=Reference()).date == day.isoformat()
    assert normalize_deadline(words, reference=Reference(1999, "1999-05-05")).date == day.isoformat()


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_an_iso_date_normalizes_to_itself(day):
    assert normalize_deadline(day.isoformat(), reference=Reference()).date == day.isoformat()


def test_a_document_without_a_year_dates_nothing_by_the_clock():
    assert normalize_deadline("年底前", reference=Reference()).date is None
