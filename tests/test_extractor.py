import subprocess
import sys

import pytest

import taskie
from taskie.records import Document, Entity

NOTICE = """石桥县人民政府办公室
关于印发2024年重点任务的通知
石政办〔2024〕3号

各镇人民政府：
一、做强工业
1. 壮大主体。全年新增规上工业企业12家以上，力争营业收入突破80亿元。（牵头单位：县工业和信息化局；配合单位：县统计局）
2. 推进项目。加快鼎丰食品二期项目建设，6月底前投产。（牵头单位：县发展和改革局）

石桥县人民政府办公室
2024年1月20日
"""


def test_notice_gives_tasks_targets_units_deadlines_and_measures(extractor):
    doc = extractor.extract(NOTICE)
    first, second = doc.tasks
    assert (first.number, first.title, first.section) == ("1", "壮大主体", "一、做强工业")
    assert [target.text for target in first.targets] == ["全年新增规上工业企业12家以上", "力争营业收入突破80亿元"]
    assert first.targets[0].lead_units == ("县工业和信息化局",)
    assert first.targets[0].cooperating_units == ("县统计局",)
    assert first.targets[0].deadline.date == "2024-12-31"
    measure = first.targets[0].measures[0]
    assert (measure.indicator, measure.value, measure.unit, measure.bound, measure.change) == (
        "规上工业企业",
        12,
        "家",
        "ge",
        "increase",
    )
    assert first.targets[1].commitment == "strive"
    assert first.targets[1].measures[0].value == 8_000_000_000
    assert second.targets[0].lead_units == ("县发展和改革局",)


def test_head_matter_is_returned(extractor):
    doc = extractor.extract(NOTICE)
    assert doc.doc_number == "石政办〔2024〕3号"
    assert doc.issued_on == "2024-01-20"
    assert doc.addressees == ("各镇人民政府",)
    assert doc.kind == "notice"


def test_every_span_equals_its_slice(extractor):
    doc = extractor.extract(NOTICE)
    assert Document.from_dict(doc.to_dict()) == doc


@pytest.mark.parametrize("text", ["", " ", "\n\n\t\n", "今天天气很好。", "Hello, world.", "\x00\x01\x02", "\ufeff"])
def test_text_without_task_gives_a_document_without_tasks(extractor, text):
    doc = extractor.extract(text)
    assert doc.tasks == ()
    assert doc.text == text


@pytest.mark.parametrize("value", [None, b"bytes", 12, 1.5, ["text"], object()])
def test_other_types_are_refused_with_a_sentence(value):
    with pytest.raises(TypeError, match="expects the text of a document as str"):
        taskie.extract(value)


def test_bytes_are_told_to_be_decoded():
    with pytest.raises(TypeError, match="decode"):
        taskie.extract(b"1")


def test_megabyte_of_one_character_is_read(extractor):
    assert extractor.extract("一" * 1_000_000).tasks == ()


def test_lone_surrogates_keep_their_offsets_and_can_be_written(extractor):
    text = "1. 建学校。\ud800新建学校3所。（牵头单位：县教育局）\n"
    doc = extractor.extract(text)
    assert doc.tasks[0].units[0].name == "县教育局"
    assert Document.from_json(doc.to_json().encode("utf-8")) == doc


def test_astral_characters_count_as_one():
    text = "\U00020000\U00020001\n1. 修路。修路3公里。（牵头单位：县交通局）\n"
    unit = taskie.extract(text).tasks[0].units[0]
    assert text[unit.start : unit.end] == "县交通局"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_of_every_kind_are_read(extractor, end):
    doc = extractor.extract(NOTICE.replace("\n", end))
    assert [task.number for task in doc.tasks] == ["1", "2"]
    assert Document.from_dict(doc.to_dict()) == doc


def test_control_characters_are_kept_in_the_text(extractor):
    text = "1. 修路。\x07修路3公里。\x0b（牵头单位：县交通局）\n"
    assert extractor.extract(text).text == text


def test_lookalike_characters_are_read_and_printed_as_they_stand(extractor):
    text = "1. 修路。修路3公里。（牵头单位：县交通局，县⽔利局）\n"
    names = [unit.name for unit in extractor.extract(text).tasks[0].units]
    assert names == ["县交通局", "县⽔利局"]


def test_text_without_structure_gives_one_task_per_paragraph_with_a_target(extractor):
    doc = extractor.extract("我县经济平稳运行。\n全年新增城镇就业3000人以上。\n")
    assert [task.statement.text for task in doc.tasks] == ["全年新增城镇就业3000人以上。"]


def test_given_entities_are_taken_as_they_are(extractor):
    text = "1. 抓项目。建成厂房2栋。（牵头单位：县工信局）\n"
    start = text.index("2栋")
    doc = extractor.extract_with_entities(text, [Entity("QUANTITY", "2栋", start, start + 2)])
    assert len(doc.entities) == 1
    assert doc.tasks[0].targets[0].measures[0].value == 2


def test_batch_keeps_the_order(extractor):
    texts = [NOTICE, "", NOTICE[:100]]
    assert list(extractor.extract_batch(texts)) == [extractor.extract(text) for text in texts]


def test_batch_in_processes_gives_the_same(extractor):
    texts = [NOTICE, "1. 修路。（牵头单位：县交通局）"] * 3
    assert list(extractor.extract_batch(texts, n_process=2)) == [extractor.extract(text) for text in texts]


def test_batch_refuses_a_single_text_and_bad_numbers(extractor):
    with pytest.raises(TypeError, match="iterable of texts"):
        extractor.extract_batch("一段文字")
    with pytest.raises(ValueError, match="n_process"):
        extractor.extract_batch([], n_process=0)


def test_unknown_arguments_are_refused():
    with pytest.raises(TypeError):
        taskie.extract("x", threshold=0.5)


def test_importing_loads_no_model_and_no_heavy_package():
    code = "import sys, taskie; print([m for m in ('torch', 'spacy', 'onnxruntime', 'pandas', 'numpy') if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_public_names_all_exist():
    assert all(getattr(taskie, name) is not None for name in taskie.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = taskie.nothing


def test_document_with_replaced_characters_keeps_its_period_and_prints_as_written():
    text = "西岭县2024年重点⼯作任务分解\n一、加强管护\n1.新建泵站3座。（牵头单位：县⽔利局）\n"
    document = taskie.extract(text)
    assert document.text == text
    assert document.period is not None
    assert document.period.end == "2024-12-31"
    assert document.tasks[0].units[0].name == "县⽔利局"
