import json
import re
from pathlib import Path

import pytest
from lxml import html

import taskie
from taskie.records import Document, Entity
from taskie.writers.view import render_view, with_tables

OFFICE = Path(__file__).parents[1] / "readers" / "office"


def page(document):
    return html.document_fromstring(render_view(document))


def test_table_is_shown_as_a_table_with_sections_over_its_width():
    root = page(taskie.extract_file(OFFICE / "table.docx"))
    (table,) = root.findall(".//table")
    rows = table.findall(".//tr")
    assert [cell.text_content() for cell in rows[0]][:2] == ["序号", "工作任务"]
    assert [(cell.text_content(), cell.get("colspan")) for cell in rows[1]] == [("一、产业发展", "7")]
    assert [mark.text for mark in rows[2].findall(".//mark[@class='PROJECT']")] == ["宏达新材二期项目"] * 2


def test_prose_is_shown_without_tables_and_whole():
    document = taskie.extract_file(OFFICE / "notice.docx")
    root = page(document)
    assert root.find(".//table") is None
    assert root.get_element_by_id("text").text_content() == document.text


def test_mark_over_a_line_end_is_closed_in_each_cell():
    text = "甲\t乙局\n丙\t丁局\n"
    shown = render_view(Document(text=text, entities=(Entity("ORG", text[2:6], 2, 6),)))
    assert ">乙局</mark></th></tr><tr><td><mark" in shown


@pytest.mark.parametrize("text", ["\t一、加强领导\n\t二、落实责任\n", "甲\t乙\n", "一、\n二、\n", "", "甲\n\n乙"])
def test_what_is_no_table_stays_as_it_is(text):
    assert with_tables(text) == text


def test_text_of_a_document_is_not_run():
    shown = render_view(Document(text="甲\t<script>x()</script>\n乙\t</td><b>\n", title="<i>"))
    assert "<script>x()" not in shown
    assert "</td><b>" not in shown
    assert "<title>&lt;i&gt;</title>" in shown


def test_entities_in_doubt_are_marked_with_how_sure_they_are_and_sure_ones_are_not():
    entities = (Entity("ORG", "甲局", 0, 2, 0.62), Entity("ORG", "乙局", 3, 5, 0.97), Entity("ORG", "丙局", 6, 8))
    marks = page(Document(text="甲局、乙局、丙局", entities=entities)).findall(".//div[@id='text']/mark")
    assert [(mark.get("class"), mark.get("data-c")) for mark in marks] == [
        ("ORG doubt", "0.62"),
        ("ORG", None),
        ("ORG", None),
    ]
    assert marks[0].get("title") == "单位，置信度 0.62"


def test_progress_and_what_it_reports_on_a_target_stand_with_the_task():
    item = "新建泵站30座。进展情况：建成泵站12座，" + "其余征地推进" * 20 + "。（县水务局牵头）"
    document = taskie.extract(
        f"2024年重点任务进展情况的报告\n1. {item}\n2. 修缮校舍5栋。进展情况：3栋完工。（县教育局牵头）\n"
    )
    data = json.loads(re.search(r"const tasks = (.*);\n", render_view(document))[1])
    assert data[0]["targets"][0]["reported"] == [["泵站", "12座"]]
    assert data[0]["progress"].startswith("建成泵站12座")
    assert data[0]["progress"].endswith("…")
    assert data[1]["progress"] == "3栋完工。"


def test_task_without_report_shows_none():
    data = json.loads(
        re.search(r"const tasks = (.*);\n", render_view(taskie.extract("1. 新建泵站30座。（县水务局牵头）\n")))[1]
    )
    assert data[0]["progress"] is None
    assert data[0]["targets"][0]["reported"] == []
