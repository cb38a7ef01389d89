import pytest

from taskie.extractor import Extractor


def deadlines(extractor: Extractor, statement: str) -> list[str | None]:
    text = f"2024年重点任务\n1. 抓落实。{statement}（牵头单位：县政府办公室）\n"
    (task,) = extractor.extract(text).tasks
    return [t.deadline.text if t.deadline and t.deadline.source != "document" else None for t in task.targets]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("全年新增企业12家，培育平台3个，引进人才50人。", ["全年", "全年", "全年"]),
        ("年底前改造小区18个，整治河道6公里。建成公园2个。", ["年底前", "年底前", None]),
        ("全年实施项目32个，确保柳泉变电站6月底前投产，培育企业9家。", ["全年", "6月底前", "全年"]),
        ("柳泉水库9月底前完工，培训学员300人。", ["9月底前", None]),
        ("年底前，新建公厕12座，改建8座。", ["年底前", "年底前"]),
        ("6月底前新建公厕12座；改建泵站8座。", ["6月底前", None]),
        ("全年新建公厕12座；改建泵站8座。", ["全年", "全年"]),
    ],
)
def test_deadline_reaches_as_far_as_the_sentence_says(extractor, statement, expected):
    assert deadlines(extractor, statement) == expected
