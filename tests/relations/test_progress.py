import pytest
from building import task_of

from taskie.relations.progress import agreement
from taskie.relations.status import status_code


def test_reported_amounts_are_linked_to_the_target_they_report_on():
    task = task_of(
        "新建5G基站⟦QUANTITY|900个以上⟧，培训网格员⟦QUANTITY|60名⟧。",
        progress="累计新建5G基站⟦QUANTITY|206个⟧。印发文件⟦QUANTITY|3份⟧。",
    )
    assert [(r.value, r.target_index) for r in task.reported] == [(206, 0), (3, None)]


def test_amounts_of_another_unit_are_not_linked():
    task = task_of("新建5G基站⟦QUANTITY|900个⟧。", progress="新建5G基站投资⟦QUANTITY|3万元⟧。")
    assert [r.target_index for r in task.reported] == [None]


def test_progress_holds_no_targets():
    task = task_of("新建泵站⟦QUANTITY|9座⟧。", progress="建成泵站⟦QUANTITY|4座⟧。")
    assert [t.text for t in task.targets] == ["新建泵站9座"]


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ("全市5G基站", "5G基站", True),
        ("新建公厕", "公厕", True),
        ("公厕", "泵站", False),
        (None, "公厕", False),
        ("", "", False),
    ],
)
def test_indicators_agree_where_they_share_their_characters(one, other, agrees):
    assert (agreement(one, other) >= 0.5) is agrees


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("已完成", "done"),
        ("完成", "done"),
        ("超额完成", "done"),
        ("100%", "done"),
        ("序时推进", "on_schedule"),
        ("达到序时进度", "on_schedule"),
        ("是", "on_schedule"),
        ("否", "behind"),
        ("滞后", "behind"),
        ("未达进度", "behind"),
        ("未完成", "behind"),
        ("尚未启动", "not_started"),
        ("正在推进", "in_progress"),
        ("基本完成", "in_progress"),
        ("完成８６％", "in_progress"),
        ("完成92%", "in_progress"),
        ("暂停实施", "cancelled"),
        ("甲类", "other"),
        ("/", None),
        ("", None),
        (None, None),
    ],
)
def test_status_words_get_a_code(status, code):
    assert status_code(status) == code
