import csv
from pathlib import Path

import pytest
from building import task_of

from taskie.records import Entity
from taskie.relations.measures import read_change, read_measures

_AMOUNTS = Path(__file__).parents[1] / "normalize" / "amounts.csv"
_ROWS = list(csv.DictReader(_AMOUNTS.read_text(encoding="utf-8").splitlines()))


def _texts(statement):
    return [measure.text for target in task_of(statement).targets for measure in target.measures]


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row["sentence"])
def test_the_change_is_read_from_the_words_before(row):
    before, rest = row["sentence"].split("⟦")
    text, after = rest.split("⟧")
    amount = Entity("QUANTITY", text, len(before), len(before) + len(text))
    (measure,) = read_measures(before + text + after, 0, len(before + text + after), [amount])
    assert measure.change == row["change"]


@pytest.mark.parametrize(
    ("statement", "kept"),
    [
        ("其中⟦QUANTITY|10亿元以上⟧项目⟦QUANTITY|2个⟧、⟦QUANTITY|50亿元以上⟧项目⟦QUANTITY|1个⟧", ["2个", "1个"]),
        ("其中⟦QUANTITY|10亿元以上⟧⟦QUANTITY|2个⟧", ["2个"]),
        ("淘汰⟦QUANTITY|20吨以下⟧燃煤锅炉⟦QUANTITY|36台⟧", ["36台"]),
        ("按每⟦QUANTITY|百户⟧不低于⟦QUANTITY|30平方米⟧配建", ["30平方米"]),
        ("撤并生源不足⟦QUANTITY|10人⟧的教学点⟦QUANTITY|14个⟧", ["14个"]),
        ("排查使用超过⟦QUANTITY|20年⟧的立管⟦QUANTITY|300根⟧", ["300根"]),
        ("以⟦QUANTITY|9个⟧园区为依托，引进企业⟦QUANTITY|5家⟧", ["5家"]),
        ("发挥⟦QUANTITY|3支⟧服务队作用，走访企业⟦QUANTITY|50家⟧", ["50家"]),
        ("未达到⟦QUANTITY|5%⟧则全部收回", []),
        # Near-misses: these amounts are goals of their own.
        ("覆盖率分别增长⟦QUANTITY|20%以上⟧和⟦QUANTITY|25%以上⟧", ["20%以上", "25%以上"]),
        ("总投资⟦QUANTITY|12亿元⟧的⟦PROJECT|青河大桥⟧完成浇筑⟦QUANTITY|9公里⟧", ["12亿元", "9公里"]),
        ("引进企业⟦QUANTITY|10家以上⟧，培育龙头⟦QUANTITY|2家⟧", ["10家以上", "2家"]),
        ("按每亩⟦QUANTITY|200元⟧的标准补助⟦QUANTITY|5000亩⟧", ["200元", "5000亩"]),
        ("由⟦QUANTITY|15天⟧延长到⟦QUANTITY|30天⟧", ["15天", "30天"]),
        ("可以⟦QUANTITY|3个⟧月为期限", ["3个"]),
        ("发挥带动⟦QUANTITY|30户⟧就业", ["30户"]),
    ],
)
def test_qualifiers_are_no_measures(statement, kept):
    assert _texts(statement) == kept


def test_both_tiers_of_a_goal_are_measures():
    targets = task_of("确保增长⟦QUANTITY|6%⟧，力争增长⟦QUANTITY|8%⟧").targets
    assert [(t.commitment, t.measures[0].value) for t in targets] == [("ensure", 6), ("strive", 8)]


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("新增", "increase"),
        ("下降后增长", "increase"),
        ("增长后下降", "decrease"),
        ("稳定在", "maintain"),
        ("新建", "reach"),
        ("提升改造", "reach"),
    ],
)
def test_the_last_word_of_change_counts(words, change):
    assert read_change(words) == change


def test_a_rate_keeps_its_base_of_comparison():
    (target,) = task_of("农产品出口额较2020年增长⟦QUANTITY|35%⟧").targets
    assert (target.measures[0].base, target.measures[0].change) == ("较2020年", "increase")


def test_an_amount_printed_with_a_radical_is_read_from_the_text_in_common_characters():
    (measure,) = read_measures("引进骨干二十名", 0, 7, [Entity("QUANTITY", "二⼗名", 4, 7)])
    assert (measure.value, measure.unit) == (20, "名")
