import pytest

from taskie.structure.bodies import looks_like_body, role_of_word, split_units


def names(text, **options):
    return [unit.name for unit in split_units(text, 0, len(text), role="responsible", **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县水务局、县林草局", ["县水务局", "县林草局"]),
        ("市柳河治理办，市财政局；市审计局", ["市柳河治理办", "市财政局", "市审计局"]),
        ("市自然资源和 规划局", ["市自然资源和规划局"]),
        ("区人力资源和社 会保障局、区民政局", ["区人力资源和社会保障局", "区民政局"]),
        ("市水利局 市林业局", ["市水利局", "市林业局"]),
        ("县公安局\n县司法局", ["县公安局", "县司法局"]),
        ("市住房和\n城乡建设局\n市城管局", ["市住房和城乡建设局", "市城管局"]),
        ("市民政局xx区政府", ["市民政局", "xx区政府"]),
        ("滨河新区 管委会", ["滨河新区管委会"]),
        ("各市、县、区政府", ["各市、县、区政府"]),
        ("各镇、街道，县直各部门", ["各镇、街道", "县直各部门"]),
        ("各镇、区财政局", ["各镇", "区财政局"]),
        ("各县（市、区）人民政府", ["各县（市、区）人民政府"]),
        ("各州（市）、县（市、区）人民政府", ["各州（市）、县（市、区）人民政府"]),
        ("各州（市）、县（青溪）水务局", ["各州（市）", "县（青溪）水务局"]),
        ("市数据局（市大数据中心）、市委网信办", ["市数据局（市大数据中心）", "市委网信办"]),
        ("县发改局、县财政局等有关部门", ["县发改局", "县财政局"]),
        ("市商务局和市口岸办", ["市商务局", "市口岸办"]),
        ("市住房和城乡建设局", ["市住房和城乡建设局"]),
        ("市市场监管局", ["市市场监管局"]),
        ("柳泉镇、石桥镇人民政府", ["柳泉镇", "石桥镇人民政府"]),
        ("县医保局、县医保局", ["县医保局"]),
        ("/", []),
        ("—", []),
        ("无", []),
        ("", []),
    ],
)
def test_unit_lists_are_split_into_bodies(text, expected):
    assert names(text) == expected


def test_wrapped_text_joins_names_over_line_breaks():
    assert names("市交通\n运输局、市公\n安局", wrapped=True) == ["市交通运输局", "市公安局"]


def test_spans_give_the_printed_name_with_its_gap():
    text = "单位：市自然资源和 规划局、市水务局"
    unit = split_units(text, 3, len(text), role="lead")[0]
    assert text[unit.start : unit.end] == "市自然资源和 规划局"


def test_role_in_brackets_overrides_the_role_of_the_list():
    text = "市发改委（牵头）、市财政局"
    assert [(u.name, u.role) for u in split_units(text, 0, len(text), role="responsible")] == [
        ("市发改委", "lead"),
        ("市财政局", "responsible"),
    ]


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("牵头单位", "lead"),
        ("牵头责任单位", "lead"),
        ("主办单位", "lead"),
        ("第一责任单位", "lead"),
        ("责任单位", "responsible"),
        ("承办单位", "responsible"),
        ("落实单位", "responsible"),
        ("配合单位", "cooperating"),
        ("协同责任单位", "cooperating"),
        ("参与单位", "cooperating"),
        ("协办单位", "cooperating"),
    ],
)
def test_roles_follow_the_label(word, role):
    assert role_of_word(word) == role


@pytest.mark.parametrize("name", ["一体化", "公开招标", "0.5分", "等", "相关", "材料、装备"])
def test_phrases_that_are_no_bodies_are_refused(name):
    assert not looks_like_body(name)
