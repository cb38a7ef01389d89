import dataclasses

import openpyxl
import pytest
from examples import TEXT, example

from taskie.errors import ReadError
from taskie.interchange import to_document
from taskie.interchange.finding import find_amount, find_words
from taskie.interchange.ledger import read_ledger
from taskie.ledger import COLUMNS
from taskie.writers import write

COLUMN = {heading: i for i, heading in enumerate(COLUMNS.values(), 1)}
BRIDGE, PLATFORM, SCHOOL = "年底前建成滨河大桥", "新增研发平台5家以上", "新增学位800个"


@pytest.fixture
def document():
    return to_document(example())[0]


@pytest.fixture
def correct(document, tmp_path):
    """Return a function that changes cells of the document's ledger and reads it back."""

    def run(*changes, delete=(), document=document):
        path = tmp_path / "ledger.xlsx"
        write([document], path, overwrite=True)
        workbook = openpyxl.load_workbook(path)
        sheet = workbook["任务台账"]
        for area in list(sheet.merged_cells.ranges):
            value = sheet.cell(area.min_row, area.min_col).value
            sheet.unmerge_cells(str(area))
            for row in range(area.min_row, area.max_row + 1):
                sheet.cell(row, area.min_col).value = value
        for row, heading, value in changes:
            sheet.cell(row, COLUMN[heading]).value = value
        for row in sorted(delete, reverse=True):
            sheet.delete_rows(row)
        workbook.save(path)
        return read_ledger(path, document)

    return run


def target_of(correction, words):
    return next(t for task in correction.document.tasks for t in task.targets if t.text == words)


def test_untouched_ledger_changes_nothing(document, tmp_path):
    write([document], tmp_path / "ledger.xlsx")
    correction = read_ledger(tmp_path / "ledger.xlsx", document)
    assert (correction.document, correction.problems, correction.notes) == (document, [], [])


def test_changed_units_change_target_task_and_entities(correct):
    correction = correct((2, "配合单位", "县财政局、县教育局"))
    assert correction.problems == []
    assert target_of(correction, BRIDGE).cooperating_units == ("县财政局", "县教育局")
    assert ("县教育局", "cooperating") in [(u.name, u.role) for u in correction.document.tasks[0].units]


def test_lead_unit_that_the_model_missed_becomes_an_entity(correct, document):
    poor = dataclasses.replace(document, entities=tuple(e for e in document.entities if e.text != "县教育局"))
    correction = correct((4, "牵头单位", "教育局"), document=poor)
    assert correction.problems == []
    assert target_of(correction, SCHOOL).lead_units == ("教育局",)
    assert [e.text for e in correction.document.entities if e.text.endswith("教育局")] == ["教育局"]


def test_unit_that_no_text_names_is_reported_with_sheet_row_and_column(correct):
    correction = correct((4, "责任单位", "县体育局"))
    assert len(correction.problems) == 1
    assert "sheet 任务台账, row 4, column I (责任单位): '县体育局' does not stand in the text" in correction.problems[0]


def test_responsible_units_still_lead_when_only_they_were_changed(correct):
    target = target_of(correct((4, "责任单位", "县财政局")), SCHOOL)
    assert target.lead_units == target.responsible_units == ("县财政局",)


def test_changed_deadline_is_dated_anew(correct):
    correction = correct((4, "完成时限", "年底前"))
    deadline = target_of(correction, SCHOOL).deadline
    assert (deadline.text, deadline.date, deadline.source) == ("年底前", "2024-12-31", "task")


def test_emptied_deadline_leaves_what_the_document_implies(correct):
    deadline = target_of(correct((2, "完成时限", None), (2, "截止日期", "2024-12-31")), BRIDGE).deadline
    assert (deadline.text, deadline.source) == (None, "document")


def test_changed_date_is_taken_as_it_is(correct):
    assert target_of(correct((2, "截止日期", "2024年11月30日")), BRIDGE).deadline.date == "2024-11-30"


@pytest.mark.parametrize(
    ("heading", "value", "message"),
    [
        ("截止日期", "年底", "'年底' is no date; write it as 2024-06-30"),
        ("截止日期", "2024-13-01", "'2024-13-01' is no date"),
        ("完成时限", "春节前", "'春节前' does not stand in the text"),
        ("涉及项目", "滨河大桥、青河大桥", "'青河大桥' does not stand in the target"),
        ("界限", "大约", "'大约' is unknown; allowed are 不低于, 不超过, 左右, 等于"),
        ("目标内容", "新建一条路", "'新建一条路' does not stand in task 1"),
        ("目标内容", None, "is empty; delete the whole row to take a target out"),
        ("任务名称", "修桥", "'修桥' does not stand in the text"),
        ("序号", "7", "'7' does not stand at the head of the task"),
        ("章节", "九、修桥", "'九、修桥' does not stand in the text"),
        ("完成状态", "滞后", "'滞后' does not stand in the text"),
        ("进展情况", "已开工", "'已开工' does not stand in the text"),
        ("责任领导", "张三", "'张三' does not stand in the text"),
        ("起始位置", "x", "'x' is no number"),
        ("文件标题", "别的通知", "'别的通知' does not stand in the text"),
    ],
)
def test_cell_that_cannot_be_followed_is_reported(heading, value, message, correct):
    correction = correct((2, heading, value))
    assert any(message in p and f"row 2, column {openpyxl.utils.get_column_letter(COLUMN[heading])}" in p for p in correction.problems)  # fmt: skip


def test_deleted_row_takes_its_target_out(correct):
    correction = correct(delete=[2])
    assert [t.text for task in correction.document.tasks for t in task.targets] == [PLATFORM, SCHOOL]
    assert correction.notes == ["1 targets without a row were taken out"]


def test_task_without_a_row_is_taken_out(correct):
    correction = correct(delete=[4])
    assert [task.number for task in correction.document.tasks] == ["1"]


def test_changed_target_text_moves_the_span(correct):
    correction = correct((4, "目标内容", "学位800个"))
    (target,) = correction.document.tasks[1].targets
    assert TEXT[target.start : target.end] == target.text == "学位800个"
    assert target.measures[0].value == 800


def test_rows_in_another_order_are_the_same(document, tmp_path):
    write([document], tmp_path / "a.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = workbook["任务台账"]
    for area in list(sheet.merged_cells.ranges):
        value = sheet.cell(area.min_row, area.min_col).value
        sheet.unmerge_cells(str(area))
        for row in range(area.min_row, area.max_row + 1):
            sheet.cell(row, area.min_col).value = value
    for column in range(1, len(COLUMN) + 1):
        values = [sheet.cell(row, column).value for row in (2, 3, 4)]
        for row, value in zip((2, 3, 4), reversed(values), strict=True):
            sheet.cell(row, column).value = value
    workbook.save(tmp_path / "a.xlsx")
    correction = read_ledger(tmp_path / "a.xlsx", document)
    assert (correction.document, correction.problems) == (document, [])


def test_cells_left_empty_by_unmerging_say_what_stands_above(document, tmp_path):
    write([document], tmp_path / "a.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = workbook["任务台账"]
    assert sheet.merged_cells.ranges
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    workbook.save(tmp_path / "a.xlsx")
    correction = read_ledger(tmp_path / "a.xlsx", document)
    assert (correction.document, correction.problems) == (document, [])


def test_units_emptied_in_all_rows_are_taken_out(correct):
    correction = correct((2, "配合单位", None), (3, "配合单位", None))
    assert correction.problems == []
    assert [unit.name for unit in correction.document.tasks[0].units] == ["县科技局"]


def test_new_row_is_placed_by_its_words(correct):
    correction = correct((5, "目标内容", "办教育"))
    assert correction.problems == []
    assert [t.text for t in correction.document.tasks[1].targets] == ["办教育", SCHOOL]


def test_new_row_whose_words_stand_twice_needs_its_place(correct):
    assert "'新增' stands 2 times in the text; fill in 起始位置" in correct((5, "目标内容", "新增")).problems[0]


@pytest.mark.parametrize(
    ("heading", "value", "field", "expected"),
    [
        ("指标", "平台", "indicator", "平台"),
        ("界限", "等于", "bound", "eq"),
        ("变化方向", "达到", "change", "reach"),
        ("界限", None, "bound", "eq"),
        ("变化方向", None, "change", "reach"),
        ("目标值上限", 8, "value_max", 8),
    ],
)
def test_changed_measure_cell_is_taken(heading, value, field, expected, correct):
    (measure,) = target_of(correct((3, heading, value)), PLATFORM).measures
    assert getattr(measure, field) == expected


def test_task_cells_that_stand_in_the_text_are_taken(correct):
    correction = correct(
        (4, "任务名称", "教育"), (4, "章节", "壮大工业"), (4, "序号", "2."), (4, "责任领导", "县教育局")
    )
    task = correction.document.tasks[1]
    assert correction.problems == []
    assert (task.title, task.section, task.headings, task.number, task.leaders) == (
        "教育", "壮大工业", ("壮大工业",), "2.", ("县教育局",),
    )  # fmt: skip


def test_progress_that_was_missed_is_read_with_its_amounts(correct, document):
    correction = correct((4, "进展情况", "新增学位800个"), (4, "完成状态", "新增"))
    task = correction.document.tasks[1]
    assert task.progress.text == "新增学位800个"
    assert [reported.value for reported in task.reported] == [800]
    assert task.status == "新增"


def test_task_that_never_had_a_row_stays(document, tmp_path):
    bare = dataclasses.replace(document.tasks[1], targets=())
    document = dataclasses.replace(document, tasks=(document.tasks[0], bare))
    write([document], tmp_path / "a.xlsx")
    assert read_ledger(tmp_path / "a.xlsx", document).document == document


def test_value_that_the_target_does_not_say_is_reported(correct):
    correction = correct((3, "目标值", 6))
    assert (
        "row 3, column P (目标值): '6家' does not stand in the target '新增研发平台5家以上'" in correction.problems[0]
    )


def test_value_emptied_alone_is_reported_with_the_way_out(correct):
    assert "(目标值): is empty; empty 指标 and 计量单位 too" in correct((3, "目标值", None)).problems[0]


def test_emptied_measure_is_taken_out(correct):
    emptied = [(3, heading, None) for heading in ("指标", "目标值", "计量单位", "界限", "变化方向")]
    assert target_of(correct(*emptied), PLATFORM).measures == ()


def test_measure_that_was_missed_is_added(correct, document):
    task = document.tasks[1]
    poor = dataclasses.replace(document, tasks=(
        document.tasks[0], dataclasses.replace(task, targets=(dataclasses.replace(task.targets[0], measures=()),)),
    ))  # fmt: skip
    correction = correct((4, "指标", "学位"), (4, "目标值", 800), (4, "计量单位", "个"), document=poor)
    (measure,) = target_of(correction, SCHOOL).measures
    assert (measure.text, measure.value, measure.unit, measure.indicator) == ("800个", 800, "个", "学位")


def test_rows_of_one_task_that_disagree_are_reported(correct):
    correction = correct((2, "任务名称", "推进"), (3, "任务名称", "项目"))
    assert "row 3, column F (任务名称): says '项目', but row 2 says '推进' of the same" in correction.problems[0]


@pytest.mark.parametrize("name", ["按单位", "Sheet1"])
def test_workbook_without_the_ledger_sheet_is_refused(name, document, tmp_path):
    workbook = openpyxl.Workbook()
    workbook.active.title = name
    workbook.save(tmp_path / "a.xlsx")
    with pytest.raises(ReadError, match=f"no sheet '任务台账'; it has {name}"):
        read_ledger(tmp_path / "a.xlsx", document)


def test_ledger_without_a_needed_column_is_refused(document, tmp_path):
    write([document], tmp_path / "a.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "a.xlsx")
    workbook["任务台账"].cell(1, COLUMN["起始位置"]).value = "位置"
    workbook.save(tmp_path / "a.xlsx")
    with pytest.raises(ReadError, match="lacks the column 起始位置"):
        read_ledger(tmp_path / "a.xlsx", document)


def test_ledger_of_two_documents_gives_back_the_one_that_is_asked_for(document, tmp_path):
    document = dataclasses.replace(document, title="重点工作任务")
    other = dataclasses.replace(document, title="别的任务")
    write([document, other], tmp_path / "a.xlsx")
    correction = read_ledger(tmp_path / "a.xlsx", document)
    assert correction.document == document
    assert "3 rows of other documents left aside: 别的任务" in correction.notes[0]


def test_words_are_found_with_spaces_inside_and_the_next_behind_first():
    text = "县教育局。新增学位。（县教 育局）"
    assert find_words(text, "县教育局", near=9) == (11, 16)
    assert find_words(text, "县体育局", near=0) is None
    assert find_words(text, "  ", near=0) is None


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [(12.6, "公里", "12.6公里"), (1.2e8, "元", "1.2亿元以上"), (30, "%", "三成"), (7, "个", None), (12.6, None, None)],
)
def test_amounts_are_found_by_what_they_come_to(value, unit, words):
    text = "新建道路12.6公里，投资1.2亿元以上，占三成"
    span = find_amount(text, 0, len(text), value, unit)
    assert (text[slice(*span)] if span else None) == words
