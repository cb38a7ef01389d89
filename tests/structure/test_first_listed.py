import pytest

from taskie.structure.attributions import find_attributions
from taskie.structure.first_listed import FIRST_LISTED, states_first_listed
from taskie.structure.reading import Reading


def units_where_the_first_leads(text):
    (attribution,) = find_attributions(text, 0, len(text), Reading(first_listed=True))
    return [(unit.name, unit.role[0]) for unit in attribution.units]


def test_first_listed_rule_makes_the_first_unit_lead():
    assert units_where_the_first_leads("（县水务局、县林草局）") == [("县水务局", "l"), ("县林草局", "c")]


def test_first_listed_rule_leaves_stated_roles_alone():
    found = units_where_the_first_leads("牵头单位：县水务局、县林草局")
    assert found == [("县水务局", "l"), ("县林草局", "l")]


@pytest.mark.parametrize(
    "text",
    [
        "列第一位的责任单位为牵头单位",
        "排在第一位的单位为牵头单位",
        "责任单位中列首位的为牵头单位",
        "栏内首列者负主责",
        "列首位的单位牵头",
        "居首者主办，余者会办",
        "排头的单位牵头",
        "未注明职责的，第一家为牵头单位，其余为配合单位",
    ],
)
def test_first_listed_rule_is_recognized(text):
    assert FIRST_LISTED.search(text)


@pytest.mark.parametrize(
    "text", ["项目居首的街道由县水务局牵头", "第一牵头单位为县水利局", "首位报名者", "第一个项目负责人牵头"]
)
def test_other_firsts_are_no_such_rule(text):
    assert not FIRST_LISTED.search(text)


@pytest.mark.parametrize("text", ["括号内排在首位的牵头抓总，其余配合", "排在最前的牵头、随后的配合"])
def test_rule_that_the_first_leads_needs_no_word_for_unit(text):
    assert FIRST_LISTED.search(text)


def test_first_place_of_something_else_is_no_rule():
    assert not FIRST_LISTED.search("把防汛摆在首位，县水务局牵头做好值守")


def test_the_first_of_a_list_may_be_said_to_carry_the_main_responsibility():
    assert states_first_listed("责任科室排在首位的为主责科室，其余为协同科室。")
    assert not states_first_listed("各科室要把主责主业排在首位。")


def test_the_first_column_of_a_list_is_its_first_unit_where_it_leads():
    assert states_first_listed("责任单位首列为牵头，余者为协办")
    assert not states_first_listed("表格首列为序号，县水利局牵头填报")
