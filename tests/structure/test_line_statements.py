"""Attributions that open an item, that prose goes on behind, and lists with a rule of their own."""

import pytest

from taskie.structure.reader import read_outline


def tasks(*items):
    return read_outline("".join(f"{n}. {item}\n" for n, item in enumerate(items, 1))).tasks


def units(task):
    return {(unit.name, unit.role) for unit in task.units}


LAST = "加宽桥面两座，增设步道。（县交通局负责）"


def test_who_leads_may_open_an_item_before_a_colon():
    task, _ = tasks("县水务局牵头，县气象局配合：清淤三段，修复护岸。", LAST)
    assert units(task) == {("县水务局", "lead"), ("县气象局", "cooperating")}
    assert task.statement.text == "清淤三段，修复护岸。"


@pytest.mark.parametrize("opening", ["重点：", "主要措施：", "建立以河长负责："])
def test_colon_behind_other_words_opens_no_attribution(opening):
    task, _ = tasks(f"{opening}清淤三段，修复护岸。（县水务局负责）", LAST)
    assert units(task) == {("县水务局", "responsible")}
    assert task.statement.text.startswith(opening[:2])


def test_bodies_in_a_bracket_may_open_an_item():
    task, _ = tasks("【县水务局】清淤三段，修复护岸。", LAST)
    assert units(task) == {("县水务局", "responsible")}
    assert task.statement.text == "清淤三段，修复护岸。"


def test_other_words_in_a_bracket_open_no_attribution():
    task, _ = tasks("【补短板】清淤三段，修复护岸。（县水务局负责）", LAST)
    assert units(task) == {("县水务局", "responsible")}


@pytest.mark.parametrize("stop", ["。", "."])
def test_item_goes_on_behind_labels_and_their_full_stop(stop):
    task, _ = tasks(
        f"清淤三段，疏浚支沟。牵头单位：县水务局。配合单位：县气象局、县财政局{stop}另行修复护岸，岸线绿化同步推进。（责任单位：县林业局）",
        LAST,
    )
    assert units(task) == {
        ("县水务局", "lead"), ("县气象局", "cooperating"), ("县财政局", "cooperating"), ("县林业局", "responsible")
    }  # fmt: skip
    assert (
        task.statement.text
        == "清淤三段，疏浚支沟。牵头单位：县水务局。配合单位：县气象局、县财政局"
        + stop
        + "另行修复护岸，岸线绿化同步推进。"
    )
    assert len(task.attributions) == 2


def test_bodies_behind_a_full_stop_stay_in_the_list():
    task, _ = tasks("清淤三段。牵头单位：县水务局。配合单位：县气象局。各乡镇人民政府，县财政局", LAST)
    assert ("县水务局", "lead") in units(task)
    assert task.statement.text == "清淤三段。"


@pytest.mark.parametrize("rule", ["首位牵头", "列首位的牵头", "第一个单位为牵头单位", "排首位的为主办单位"])
def test_rule_behind_a_list_holds_for_it(rule):
    task, other = tasks(f"清淤三段，修复护岸。（县水务局、县气象局、县财政局，{rule}）", LAST)
    assert units(task) == {("县水务局", "lead"), ("县气象局", "cooperating"), ("县财政局", "cooperating")}


def test_bodies_that_see_to_a_matter_are_responsible_and_rules_name_nobody():
    task, other = tasks("清淤三段，修复护岸。（由县水务局会同县气象局办理）", "加宽桥面，增设步道。（按规定办理）")
    assert units(task) == {("县水务局", "lead"), ("县气象局", "cooperating")}
    assert not other.units


@pytest.mark.parametrize(
    "said",
    ["起草单位为县司法局；县林业局参加。", "由县司法局起草，县林业局会商", "县级层面由县司法局负责，县林业局协助。"],
)
def test_sentence_that_ends_an_item_says_who_drafts_and_who_helps(said):
    task, _ = tasks(f"管好湿地。划定界线，设立界桩。{said}", LAST)
    assert units(task) == {("县司法局", "responsible"), ("县林业局", "cooperating")}
    assert task.statement.text == "划定界线，设立界桩。"


def test_line_of_bodies_that_look_on_is_no_part_of_the_statement():
    task, _ = tasks("清淤三段，修复护岸。\n责任单位：县水务局\n督办单位：县政府督查室", LAST)
    assert units(task) == {("县水务局", "responsible")}
    assert task.statement.text == "清淤三段，修复护岸。"


def test_a_label_of_progress_ends_the_list_of_units_before_it():
    first, second = tasks(
        "改造泵站：更换机组两台。　责任：县水务局、县财政局　进度：机组到货，基座浇筑。",
        "拓宽道路，增设步道。　责任：县交通局牵头，县公安局配合　进度：路基成型；护栏安装。",
    )
    assert units(first) == {("县水务局", "responsible"), ("县财政局", "responsible")}
    assert first.progress.text == "机组到货，基座浇筑。"
    assert units(second) == {("县交通局", "lead"), ("县公安局", "cooperating")}


def test_helpers_may_see_to_help_of_a_kind():
    task, _ = tasks("更换滴灌管网。\n由各乡镇水管站组织实施，县灌溉试验站做好技术配合。", LAST)
    assert units(task) == {("各乡镇水管站", "responsible"), ("县灌溉试验站", "cooperating")}


def test_the_rest_of_a_name_on_the_last_line_is_no_heading():
    text = (
        "（一）加固水库。排查险工险段，备足块石和铁丝笼，人员到岗。\n    责任单位：县水务局；参与单位：县应急\n管理局、县气象局\n"
        "（二）疏浚河道。清淤三段，修复护岸。\n    责任单位：县交通局\n"
    )
    first, _ = read_outline(text).tasks
    assert {("县应急管理局", "cooperating"), ("县气象局", "cooperating")} <= units(first)
