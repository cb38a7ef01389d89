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
    # What is given counts, not what it is worked out from; a base that gives nothing stays.
    ("按贷款余额给予⟦QUANTITY|1%⟧奖励", ["奖励"]),
    ("按设备价款⟦QUANTITY|20%⟧补助", ["补助"]),
    ("补助资金增长⟦QUANTITY|5%⟧", ["补助资金"]),
    ("保留⟦QUANTITY|3个⟧方向车道", ["方向车道"]),
    ("另有⟦QUANTITY|6条⟧乡道做设计", ["乡道"]),
    ("泵站⟦QUANTITY|4处⟧一并移交", ["泵站"]),
    ("节水奖金⟦QUANTITY|500元⟧给农户", ["节水奖金"]),
    ("新建⟦QUANTITY|9公里⟧给水管网", ["给水管网"]),
    ("对换热站进行⟦QUANTITY|三轮⟧压力试验", ["压力试验"]),
    ("改建⟦QUANTITY|8座⟧、加固⟦QUANTITY|5座⟧", ["改建", "加固"]),
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


@pytest.mark.parametrize(
    ("statement", "indicators"),
    [
        # Verbs in front go, also two in a row, behind an adverb, an actor or 每….
        ("整改隐患⟦QUANTITY|60处⟧", ["隐患"]),
        ("登记保护古树名木⟦QUANTITY|90株⟧", ["古树名木"]),
        ("限期消除火险点⟦QUANTITY|40处⟧", ["火险点"]),
        ("柔性引进高层次人才⟦QUANTITY|12人⟧", ["高层次人才"]),
        ("新引进规模以上企业⟦QUANTITY|3家⟧", ["规模以上企业"]),
        ("新建标准化粮库⟦QUANTITY|5座⟧", ["标准化粮库"]),
        ("新建及改造提升林道⟦QUANTITY|30公里⟧", ["林道"]),
        ("全市新增养老床位⟦QUANTITY|800张⟧", ["养老床位"]),
        ("每村安排以奖代补资金⟦QUANTITY|10万元⟧", ["以奖代补资金"]),
        ("①维修泵站⟦QUANTITY|9座⟧", ["泵站"]),
        # Near-misses: here the verb is part of the name.
        ("调解成功率达到⟦QUANTITY|96%⟧", ["调解成功率"]),
        ("再生水利用量达到⟦QUANTITY|3万吨⟧", ["再生水利用量"]),
        ("抽检合格率⟦QUANTITY|98%以上⟧", ["抽检合格率"]),
        ("布设监测设备⟦QUANTITY|20套⟧", ["监测设备"]),
        ("开设服务窗口⟦QUANTITY|6个⟧", ["服务窗口"]),
        ("完成更新单元⟦QUANTITY|2个⟧", ["更新单元"]),
        ("举办培训班⟦QUANTITY|4期⟧", ["培训班"]),
        ("完成营造林⟦QUANTITY|7万亩⟧", ["营造林"]),
        ("重点企业培训覆盖率达到⟦QUANTITY|90%⟧", ["重点企业培训覆盖率"]),
        ("新登记市场主体增长⟦QUANTITY|8%⟧", ["新登记市场主体"]),
        ("新登记市场主体⟦QUANTITY|3000户⟧", ["市场主体"]),
        ("签约项目⟦QUANTITY|18个⟧", ["签约项目"]),
        ("整改完成率⟦QUANTITY|100%⟧", ["整改完成率"]),
        ("建成后绿地占比⟦QUANTITY|35%⟧", ["绿地占比"]),
        ("绿色建筑占新建建筑比例⟦QUANTITY|35%⟧", ["绿色建筑占新建建筑比例"]),
        ("补贴性培训⟦QUANTITY|300人次⟧", ["补贴性培训"]),
        ("重点企业⟦QUANTITY|30家⟧", ["重点企业"]),
        ("重点筛查慢性病⟦QUANTITY|3万人⟧", ["慢性病"]),
        ("每万人发明专利拥有量⟦QUANTITY|5件⟧", ["每万人发明专利拥有量"]),
    ],
)
def test_verbs_go_unless_they_are_part_of_the_name(statement, indicators):
    assert [measure.indicator for measure in task_of(statement).targets[0].measures] == indicators


@pytest.mark.parametrize(
    ("left", "unit", "indicator"),
    [
        ("污水处理率比上年底提高", "百分点", "污水处理率"),
        ("办理时限较法定时限压缩", "%", "办理时限"),
        ("跨境出口增速高于外贸整体", "百分点", "跨境出口增速"),
        ("贷款余额不超过净资本的", "%", "贷款余额"),
        ("平均车速提高到原来的", "倍", "平均车速"),
        ("煤炭储备量达到采暖期用量的", "%", "煤炭储备量"),
        ("护理床位达到每千名老人", "张", "护理床位"),
        ("抽排流量每秒", "立方米", "抽排流量"),
        ("补偿标准为每月每平方米", "元", "补偿标准"),
        ("人均住房面积不得突破", "平方米", "人均住房面积"),
        ("班主任津贴上浮", "%", "班主任津贴"),
        ("打井深度一般不小于", "米", "打井深度"),
        ("迁改费用由企业承担", "", "迁改费用"),
        ("公路通达率由去年的", "%", "公路通达率"),
        # Near-misses: no comparison in these.
        ("研发投入占比", "%", "研发投入占比"),
        ("存贷比提高到", "%", "存贷比"),
        ("整治较大隐患", "处", "较大隐患"),
    ],
)
def test_bases_and_comparisons_are_cut_off(left, unit, indicator):
    assert find_indicator(left, "", previous=None, unit=unit) == indicator


@pytest.mark.parametrize(
    ("left", "right", "unit", "indicator"),
    [
        ("组建", "的扑火队", "人", "扑火队"),
        ("设立", "的风险补偿池", "元", "风险补偿池"),
        ("给予每人每年", "补助", "元", "补助"),
        ("储备可供", "使用的药品、帐篷和消毒物资", "人", "药品、帐篷和消毒物资"),
        ("政府承担", "培训费", "", "培训费"),
        ("采购目录覆盖", "学校", "%", "学校"),
        ("评议排名前", "的单位予以表扬", "", "单位"),
        ("", "校际发展共同体", "个", "校际发展共同体"),
        ("", "商户消防、食品、计量检查", "家", "商户消防、食品、计量检查"),
        # What is said of a thing is no part of its name.
        ("临时救助资金", "专款专用", "元", "临时救助资金"),
        ("过渡费每户每月", "逐月兑现", "元", "过渡费"),
        ("单笔支出", "须经集体签字", "元", "单笔支出"),
        ("", "项目应交尽交", "个", "项目"),
        ("", "语言同步播报", "种", "语言"),
        ("优待金按每户", "标准", "元", "优待金"),
    ],
)
def test_the_noun_behind_an_amount_wins_over_a_bare_verb_and_predicates_do_not(left, right, unit, indicator):
    assert find_indicator(left, right, previous=None, unit=unit) == indicator


@pytest.mark.parametrize(
    ("statement", "indicator"),
    [
        ("新建互助点⟦QUANTITY|2处⟧，改建⟦QUANTITY|5处⟧。", "互助点"),
        ("征集需求⟦QUANTITY|60项⟧，揭榜⟦QUANTITY|12项⟧。", "需求"),
        ("改造危房⟦QUANTITY|80户⟧，由单位先行垫付生活费，每人每月不低于⟦QUANTITY|600元⟧。", "生活费"),
        ("改造危房⟦QUANTITY|80户⟧，每户补助⟦QUANTITY|2万元⟧。", "补助"),
        ("改造危房⟦QUANTITY|80户⟧，培训⟦QUANTITY|300人次⟧。", "培训"),
        ("改造危房⟦QUANTITY|80户⟧，每少一户扣⟦QUANTITY|1分⟧。", None),
    ],
)
def test_a_bare_verb_takes_the_noun_of_the_clause_before(statement, indicator):
    assert task_of(statement).targets[-1].measures[-1].indicator == indicator


def test_words_behind_an_amount_end_at_a_deadline():
    (target,) = task_of("确保⟦QUANTITY|6个⟧新品⟦DEADLINE|9月底前⟧试产").targets
    assert target.measures[0].indicator == "新品"


def test_a_wrapped_line_end_is_passed_over():
    (target,) = task_of("围绕高原病、包虫病、先天性心脏病等专科遴选⟦QUANTITY|8个⟧\n重点学科予以培育").targets
    assert target.measures[0].indicator == "重点学科"


def test_the_head_of_a_list_is_lent_to_its_first_part():
    (target,) = task_of("涉农和小微企业贷款分别增长⟦QUANTITY|8%⟧和⟦QUANTITY|9%⟧").targets
    assert [measure.indicator for measure in target.measures] == ["涉农贷款", "小微企业贷款"]


def test_a_project_right_before_its_amount_names_it():
    targets = task_of("清理砂场⟦QUANTITY|7处⟧，⟦PROJECT|青河堤防加固⟧⟦QUANTITY|4公里⟧。").targets
    assert targets[-1].measures[0].indicator == "青河堤防加固"
