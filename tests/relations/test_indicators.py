import pytest
from building import task_of

from taskie.relations.indicators import find_indicator

_CASES = [
    ("新增省级以上创新中心⟦QUANTITY|4家以上⟧", ["省级以上创新中心"]),
    ("规上工业企业研发投入增长⟦QUANTITY|25%以上⟧", ["规上工业企业研发投入"]),
    ("完成⟦QUANTITY|2家⟧水泥厂超低排放改造", ["水泥厂超低排放改造"]),
    ("培训护士⟦QUANTITY|30名⟧、乡村医生⟦QUANTITY|80名⟧", ["护士", "乡村医生"]),
    ("签约⟦QUANTITY|亿元以上⟧项目⟦QUANTITY|12个⟧", ["亿元以上项目"]),
    ("其中⟦QUANTITY|10亿元以上⟧项目⟦QUANTITY|2个⟧", ["10亿元以上项目"]),
    ("改造老旧小区⟦QUANTITY|8个⟧、⟦QUANTITY|2300户⟧", ["老旧小区", "老旧小区"]),
    ("监控录像保存期由⟦QUANTITY|15天⟧延长到⟦QUANTITY|30天⟧", ["监控录像保存期", "监控录像保存期"]),
    ("乡镇可办事项由⟦QUANTITY|61项⟧增加到⟦QUANTITY|90项⟧", ["乡镇可办事项", "乡镇可办事项"]),
    ("履约率、开工率和投产率分别达到⟦QUANTITY|90%⟧、⟦QUANTITY|75%⟧和⟦QUANTITY|50%⟧", ["履约率", "开工率", "投产率"]),
    ("⟦QUANTITY|6处⟧在建小区配建托育点", ["在建小区"]),
    ("⟦DEADLINE|年底前⟧建成口袋公园⟦QUANTITY|12个⟧", ["口袋公园"]),
    ("在省道沿线和城区入口设置双语标牌⟦QUANTITY|35块⟧", ["双语标牌"]),
    ("⟦PROJECT|青河大桥⟧总投资⟦QUANTITY|6.8亿元⟧", ["总投资"]),
    ("⟦PROJECT|柳泉冷链物流园⟧完成投资⟦QUANTITY|5200万元⟧", ["投资"]),
    ("支持⟦ORG|临河新材⟧发展民宿⟦QUANTITY|24家⟧", ["民宿"]),
    ("新建⟦PROJECT|滨湖路西延⟧、⟦PROJECT|柳泉大道⟧⟦QUANTITY|2条⟧主干道", ["主干道"]),
    ("城镇新增就业⟦QUANTITY|2万人⟧", ["城镇新增就业"]),
    ("科学研究和技术发展支出占比达到⟦QUANTITY|2.6%⟧", ["科学研究和技术发展支出占比"]),
    ("到位内资⟦QUANTITY|26亿元⟧", ["到位内资"]),
    ("向⟦QUANTITY|300户⟧困难家庭发放补贴", ["困难家庭"]),
    ("⟦QUANTITY|1/3以上⟧的村建成“美丽庭院”", ["“美丽庭院”"]),
    ("失业率低于全国平均⟦QUANTITY|0.5个百分点⟧", ["失业率"]),
]


@pytest.mark.parametrize(("statement", "indicators"), _CASES)
def test_the_indicator_is_the_noun_phrase_that_is_counted(statement, indicators):
    (target,) = task_of(statement).targets
    found = [measure.indicator for measure in target.measures]
    assert found == indicators


def test_an_amount_without_a_noun_takes_the_indicator_before_it_in_the_sentence():
    first, second = task_of("到位资金力争达到⟦QUANTITY|96亿元⟧，同比增长⟦QUANTITY|17.6%⟧。").targets
    assert (first.measures[0].indicator, second.measures[0].indicator) == ("到位资金", "到位资金")
    assert second.measures[0].base == "同比"


def test_an_indicator_is_not_carried_into_the_next_sentence():
    targets = task_of("培育农场⟦QUANTITY|9家⟧。增长⟦QUANTITY|5%⟧。").targets
    assert targets[1].measures[0].indicator is None


def test_a_clause_before_without_an_amount_names_what_is_measured():
    targets = task_of("扩大农产品网络零售额，增长⟦QUANTITY|20%⟧。").targets
    assert "农产品网络零售额" in targets[0].measures[0].indicator


@pytest.mark.parametrize(
    ("left", "right", "indicator"),
    [
        ("建设达标堤防", "", "达标堤防"),
        ("在用设备定期检验率达到", "", "在用设备定期检验率"),
        ("整治建成区小锅炉", "", "建成区小锅炉"),
        ("修缮文物建筑", "", "文物建筑"),
        ("工业产品出口额达到上年的", "", "工业产品出口额"),
        ("选派科技特派员", "进村入户", "科技特派员"),
    ],
)
def test_nouns_that_begin_like_verbs_stay_and_verbs_go(left, right, indicator):
    assert find_indicator(left, right, previous=None, unit="个") == indicator
