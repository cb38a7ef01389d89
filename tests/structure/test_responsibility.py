import pytest

from taskie.structure.responsibility import read_statement


def read(text, **options):
    statement = read_statement(text, 0, len(text), **options)
    return [(unit.name, unit.role[0]) for unit in statement.units]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("牵头单位：县水务局；配合单位：县林草局、县财政局", [("县水务局", "l"), ("县林草局", "c"), ("县财政局", "c")]),
        ("责任单位：市水务局、市财政局；完成时限：6月底", [("市水务局", "r"), ("市财政局", "r")]),
        ("牵头单位:县水务局", [("县水务局", "l")]),
        ("市商务局牵头，市财政局、市发改委配合", [("市商务局", "l"), ("市财政局", "c"), ("市发改委", "c")]),
        ("市商务局负责", [("市商务局", "r")]),
        ("市水务局主办，县林业局协办", [("市水务局", "l"), ("县林业局", "c")]),
        ("市财政局、市人社局按职责分工负责", [("市财政局", "r"), ("市人社局", "r")]),
        ("由市发改委会同市财政局负责", [("市发改委", "l"), ("市财政局", "c")]),
        ("市政府办牵头，市大数据局参与，各县区落实", [("市政府办", "l"), ("市大数据局", "c"), ("各县区", "r")]),
        (
            "牵头责任单位：市水务局。协同责任单位：市财政局、各县区政府.",
            [("市水务局", "l"), ("市财政局", "c"), ("各县区政府", "c")],
        ),
        ("8月底完成，牵头考核单位：县档案馆、县水务局", [("县档案馆", "l"), ("县水务局", "l")]),
        ("责任单位：市水务局牵头，市财政局配合", [("市水务局", "l"), ("市财政局", "c")]),
        ("牵头部门：市商务局 参与部门：市财政局 完成时限：持续推进", [("市商务局", "l"), ("市财政局", "c")]),
        ("由县水务局牵头，会同县财政局、县气象局组织实施", [("县水务局", "l"), ("县财政局", "c"), ("县气象局", "c")]),
        ("县水务局牵头，县财政局配合；年内有序推进", [("县水务局", "l"), ("县财政局", "c")]),
        ("——县水务局牵头，县财政局配合", [("县水务局", "l"), ("县财政局", "c")]),
        ("牵头单位：县水务局、县交通局分别牵头", [("县水务局", "l"), ("县交通局", "l")]),
        ("县文旅局牵头负责，县公安局、县教育局等部门配合", [("县文旅局", "l"), ("县公安局", "c"), ("县教育局", "c")]),
    ],
)
def test_statements_of_every_shape_give_units_with_roles(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("责任单位：市水务局；完成时限：6月底", "6月底"),
        ("4月底取得明显进展并长期推进，牵头考核单位：县体育局", "4月底"),
        ("持续推进，牵头单位：市教育局", "持续推进"),
        ("牵头单位：市教育局 完成时限：2022年6月底前，以后每年持续更新", "2022年6月底前"),
        ("牵头单位：市教育局 完成时限：9月份取得明显成效", "9月份"),
        ("牵头单位：市教育局 完成时限：按合同约定，以后每年一次", "按合同约定，以后每年一次"),
        ("完成时限：2024年9月底前", "2024年9月底前"),
        ("完成时限：长期坚持", "长期坚持"),
        ("2024年底前完成", "2024年底前"),
    ],
)
def test_deadlines_are_read_from_statements(text, deadline):
    assert read_statement(text, 0, len(text)).deadline.text == deadline


def test_leaders_are_read_apart_from_units():
    statement = read_statement("牵头领导：韩立冬。牵头单位：县水务局", 0, 18)
    assert statement.leaders == ("韩立冬",)
    assert [u.name for u in statement.units] == ["县水务局"]


def test_bare_lists_count_only_when_asked_for():
    text = "县水务局、县林草局"
    assert read(text) == []
    assert read(text, bare=True) == [("县水务局", "r"), ("县林草局", "r")]


def test_short_names_of_firms_count_only_in_brackets():
    assert read("宁泰新材负责") == []
    assert read("宁泰新材负责", bracketed=True) == [("宁泰新材", "r")]


@pytest.mark.parametrize(
    "text",
    [
        "2023—2025年",
        "以下简称“中心”",
        "含材料、装备、工具软件等环节",
        "0.5分",
        "谁主管谁负责",
        "由专人负责",
        "三期",
        "一体化推进",
    ],
)
def test_other_brackets_state_nothing(text):
    assert not read_statement(text, 0, len(text), bare=True, bracketed=True)


def test_torn_labels_and_names_are_read_in_brackets():
    text = "牵头单位：市交通\n运输局；完\n成时限：8月底"
    statement = read_statement(text, 0, len(text), bracketed=True)
    assert [u.name for u in statement.units] == ["市交通运输局"]
    assert text[statement.units[0].start : statement.units[0].end] == "市交通\n运输局"
    assert statement.deadline.text == "8月底"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县水务局主抓河道，县交通局主抓道路，县财政局配合", [("县水务局", "l"), ("县交通局", "l"), ("县财政局", "c")]),
        ("①由县水务局牵头，②由县交通局牵头，县财政局配合", [("县水务局", "l"), ("县交通局", "l"), ("县财政局", "c")]),
        ("县水务局负责，其中城区由县城管局负责", [("县水务局", "r"), ("县城管局", "r")]),
        (
            "县水务局、县财政局，责任科室：县水务局水保科",
            [("县水务局", "r"), ("县财政局", "r"), ("县水务局水保科", "r")],
        ),
    ],
)
def test_brackets_divide_a_task_among_bodies(text, expected):
    assert read(text, bracketed=True) == expected


@pytest.mark.parametrize("text", ["县水务局负责同志带队检查河道", "水面负责养护道路，桥面配合修整"])
def test_brackets_without_bodies_before_the_verb_state_nothing(text):
    assert read(text, bracketed=True) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县司法局起草，县林业局、县农业农村局会商", [("县司法局", "r"), ("县林业局", "c"), ("县农业农村局", "c")]),
        ("县水务局；县财政局参与；11月报送送审稿", [("县水务局", "r"), ("县财政局", "c")]),
        ("县水务局；县林业局；县财政局配合", [("县水务局", "r"), ("县林业局", "r"), ("县财政局", "c")]),
        ("下列三项由县水务局牵头，县财政局配合", [("县水务局", "l"), ("县财政局", "c")]),
        ("县级层面由县水务局主抓，县财政局参与", [("县水务局", "l"), ("县财政局", "c")]),
        ("县水务局牵头，不另注明的由相关部门配合", [("县水务局", "l")]),
        (
            "县电信局负责，县移动局、县联通局按各自网络区域组织施工",
            [("县电信局", "r"), ("县移动局", "r"), ("县联通局", "r")],
        ),
        ("经办部门为县水务局，县财政局和县林业局予以协办", [("县水务局", "r"), ("县财政局", "c"), ("县林业局", "c")]),
        ("起草：县司法局；协同：县林业局", [("县司法局", "r"), ("县林业局", "c")]),
        ("责任单位：县水务局；会同：县林业局", [("县水务局", "r"), ("县林业局", "c")]),
        (
            "责任单位：县气象局、县水务局　（县电信局给予支持）",
            [("县气象局", "r"), ("县水务局", "r"), ("县电信局", "c")],
        ),
        ("责任单位：县水务局　督导单位：县政府督查室", [("县水务局", "r")]),
        ("责任单位：县公安局、县应急管理局", [("县公安局", "r"), ("县应急管理局", "r")]),
        ("牵头：县文旅局；下列四项均照此执行", [("县文旅局", "l")]),
    ],
)
def test_offices_have_more_ways_to_say_who_does_what(text, expected):
    assert read(text) == expected


def test_body_with_a_word_for_given_in_its_name_is_whole():
    assert read("由县自由贸易区管委会负责") == [("县自由贸易区管委会", "r")]


@pytest.mark.parametrize("text", ["责任单位为第一责任主体", "第四次会商", "督办单位：县政府督查室"])
def test_words_that_give_nobody_the_task_name_no_units(text):
    assert read(text, bracketed=True) == []


def test_a_label_of_bodies_that_look_on_is_a_statement_all_the_same():
    text = "督办单位：县政府督查室"
    assert read_statement(text, 0, len(text)).aside
