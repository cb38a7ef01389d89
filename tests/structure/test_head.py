import pytest

from taskie.structure.furniture import is_furniture, tail_start
from taskie.structure.head import read_head

HEAD = """柳府办发〔2024〕12号
柳泉县人民政府办公室
关于印发《柳泉县2024年重点
任务分工》的通知

柳泉镇、石桥镇人民政府，各街道办事处，县直有关部门：
现印发给你们。
2024年3月5日
"""


def test_head_matter_is_read_from_a_notice():
    head = read_head(HEAD, len(HEAD))
    assert head.title == "关于印发《柳泉县2024年重点任务分工》的通知"
    assert head.doc_number == "柳府办发〔2024〕12号"
    assert head.issuer == "柳泉县人民政府办公室"
    assert head.issued_on == "2024-03-05"
    assert head.addressees == ("柳泉镇", "石桥镇人民政府", "各街道办事处", "县直有关部门")


def test_text_without_head_gives_nothing():
    head = read_head("推进工作。\n抓好落实。\n", 11)
    assert (head.title, head.doc_number, head.issuer, head.issued_on, head.addressees) == (None, None, None, None, ())


def test_numbered_heading_is_no_title():
    text = "一、重点任务\n1. 清淤。\n"
    assert read_head(text, len(text)).title is None


@pytest.mark.parametrize(
    "line",
    [
        "（此件公开发布）",
        "抄送：县委各部门",
        "【打印】 【关闭】",
        "浏览次数：120",
        "第 3 页 共 9 页",
        "— 2 —",
        "繁体 | 无障碍 | 登录",
        "无障碍浏览",
    ],
)
def test_furniture_is_recognized(line):
    assert is_furniture(line)


@pytest.mark.parametrize("line", ["加快建设柳河大桥。", "下载量达到3万次以上", "打印社整治完成12家"])
def test_sentences_are_no_furniture(line):
    assert not (is_furniture(line) and line.endswith("。"))


@pytest.mark.parametrize("cell", ["无障碍坡道、地下车库与电梯同步", "增设停车、母婴、无障碍通道"])
def test_cells_that_speak_of_access_for_the_disabled_are_no_furniture(cell):
    assert not is_furniture(cell)


def test_tail_begins_at_the_signature():
    text = "1. 清淤河道。\n\n附件：1.清单\n2.表格\n\n柳泉县人民政府\n2024年5月6日\n抄送：县委办。\n"
    assert text[tail_start(text, 0, len(text)) :].startswith("附件：")


def test_text_without_tail_is_kept_whole():
    text = "1. 清淤河道。\n2. 修建泵站。\n"
    assert tail_start(text, 0, len(text)) == len(text)


def test_tail_begins_before_the_signature_of_a_section_and_whom_to_call():
    text = "3.报送清单，按月更新。\n县政府督查室\n2024年3月5日\n（联系人：周海宁　电话：1234567）\n"
    assert text[tail_start(text, 0, len(text)) :].startswith("县政府督查室")
