import csv
from pathlib import Path

import pytest
from building import task_of

from taskie.records import Entity
from taskie.relations.changes import read_change
from taskie.relations.measures import read_measures

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
        ("每少⟦QUANTITY|一个⟧扣⟦QUANTITY|1分⟧", ["1分"]),
        ("引进⟦QUANTITY|亿元⟧项目⟦QUANTITY|5个⟧", ["5个"]),
        ("产值突破⟦QUANTITY|1,100万元⟧的企业达到⟦QUANTITY|15户⟧", ["15户"]),
        ("培育产值超过⟦QUANTITY|2亿元⟧企业⟦QUANTITY|3户⟧", ["3户"]),
        ("贷款余额超过⟦QUANTITY|2亿元⟧，新增企业⟦QUANTITY|3户⟧", ["2亿元", "3户"]),
        ("收入超过⟦QUANTITY|五万元⟧的比例提高到⟦QUANTITY|三分之二⟧", ["三分之二"]),
        ("绿地⟦QUANTITY|五百米⟧服务半径覆盖率提高⟦QUANTITY|6个百分点⟧", ["6个百分点"]),
        # Near-misses: these amounts are goals of their own.
        ("投资⟦QUANTITY|2亿元⟧建设水厂⟦QUANTITY|1座⟧", ["2亿元", "1座"]),
        ("建成步道⟦QUANTITY|8公里⟧、驿站⟦QUANTITY|3个⟧", ["8公里", "3个"]),
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
        ("改造提升", "reach"),
        ("氮氧化物减排量达到", "reach"),
        ("津贴上浮", "increase"),
        ("末班车延长", "increase"),
        ("摊位费下调", "decrease"),
        ("包装废弃物减量", "decrease"),
        ("参保率巩固在", "maintain"),
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


@pytest.mark.parametrize(
    ("statement", "changes"),
    [
        ("新增养老床位⟦QUANTITY|700张⟧、服务中心⟦QUANTITY|40家⟧", ["increase", "increase"]),
        ("能耗下降确保⟦QUANTITY|3.5%⟧、力争⟦QUANTITY|4%⟧", ["decrease", "decrease"]),
        ("对低保家庭再减免⟦QUANTITY|50%⟧", ["decrease"]),
        # Near-misses: another verb begins, a rate has its own change, a share of what is new does not grow.
        ("新增床位⟦QUANTITY|700张⟧、改造病房⟦QUANTITY|40间⟧", ["increase", "reach"]),
        ("产值增长⟦QUANTITY|5%⟧、农场⟦QUANTITY|30家⟧", ["increase", "reach"]),
        ("新增用地⟦QUANTITY|三成以上⟧留给新兴产业", ["reach"]),
        ("落实税收减免⟦QUANTITY|6亿元⟧", ["reach"]),
    ],
)
def test_the_change_of_the_first_item_holds_for_a_list_under_one_verb(statement, changes):
    assert [measure.change for measure in task_of(statement).targets[0].measures] == changes
