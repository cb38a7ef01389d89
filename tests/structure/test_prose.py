import re

import pytest

from taskie.structure.first_listed import states_first_listed
from taskie.structure.prose import read_prose
from taskie.structure.reader import read_outline
from taskie.structure.reading import Reading


def tasks(text):
    return read_prose(text, [(0, len(text))], Reading(first_listed=states_first_listed(text)))


def units(task):
    return [(unit.name, unit.role[0]) for unit in task.units]


NOTICE = """柳泉县人民政府办公室
关于印发2024年重点任务的通知

各镇人民政府，县直有关部门：
现将任务分解如下，请抓好落实。

一、做强水利支撑
1. 加快水库建设。完成柳河水库主体工程，新增库容30万立方米。（牵头单位：县水务局；配合单位：县财政局）
2. 整治河道。清淤12公里，建成护岸5公里以上。（牵头单位：县水务局）
二、改善民生
3. 增加学位。新增公办学位800个。（县教育局牵头，县财政局、县自然资源局配合）

柳泉县人民政府办公室
2024年3月5日
"""


def test_items_under_headings_become_tasks():
    found = tasks(NOTICE)
    assert [task.number for task in found] == ["1", "2", "3"]
    assert [task.title.text for task in found] == ["加快水库建设", "整治河道", "增加学位"]
    assert [task.headings for task in found] == [("一、做强水利支撑",)] * 2 + [("二、改善民生",)]


def test_statement_leaves_number_title_and_attribution_out():
    task = tasks(NOTICE)[0]
    assert task.statement.text == "完成柳河水库主体工程，新增库容30万立方米。"
    assert NOTICE[task.start : task.end].startswith("1. 加快")
    assert NOTICE[task.start : task.end].endswith("县财政局）")


def test_signature_is_no_part_of_the_last_task():
    assert NOTICE[tasks(NOTICE)[-1].end :].lstrip().startswith("柳泉县人民政府办公室")


def test_several_items_on_one_line_are_told_apart():
    found = tasks(
        "1、修路三条。（责任单位：县交通局）2、架桥一座。（责任单位：县住建局）3、植树造林。（责任单位：县林草局）"
    )
    assert [(task.number, units(task)) for task in found] == [
        ("1", [("县交通局", "r")]),
        ("2", [("县住建局", "r")]),
        ("3", [("县林草局", "r")]),
    ]


def test_attribution_lines_below_an_item_belong_to_it():
    text = "1．清理收费项目。取消一批收费。\n\n牵头单位：市财政局\n\n参与单位：市发改委、各县区政府\n\n完成时限：2025年6月底前\n\n2．公开目录。\n\n牵头单位：市司法局\n"
    first, second = tasks(text)
    assert units(first) == [("市财政局", "l"), ("市发改委", "c"), ("各县区政府", "c")]
    assert first.deadline.text == "2025年6月底前"
    assert units(second) == [("市司法局", "l")]


def test_attribution_in_the_next_paragraph_belongs_to_the_item_before():
    first, second = tasks(
        "（一）推进改革，压减事项。\n    （责任单位：县行政审批局）\n（二）优化服务。\n    （责任单位：县税务局）\n"
    )
    assert units(first) == [("县行政审批局", "r")]
    assert units(second) == [("县税务局", "r")]


def test_heading_hands_its_attribution_down_to_items_without_one():
    text = "一、强化治水（责任单位：县水务局；完成时限：6月底）\n1. 清淤河道。清淤5公里。\n2. 建设泵站。建成泵站2座。（责任单位：县农业农村局）\n"
    first, second = tasks(text)
    assert units(first) == [("县水务局", "r")]
    assert first.units[0].source == "inherited"
    assert first.deadline.text == "6月底"
    assert units(second) == [("县农业农村局", "r")]


def test_attributions_in_the_middle_hold_back_to_the_one_before():
    text = "1.扩大出口。建立清单。（柳州海关负责）巩固传统产品优势。（市商务局牵头，柳州海关配合）\n"
    (task,) = tasks(text)
    assert [text[a.scope_start : a.scope_end].strip("。") for a in task.attributions] == [
        "扩大出口。建立清单",
        "巩固传统产品优势",
    ]
    assert units(task) == [("柳州海关", "r"), ("市商务局", "l"), ("柳州海关", "c")]
    assert [text[a:b] for a, b in task.parts] == ["建立清单。", "巩固传统产品优势。"]


def test_unnumbered_paragraphs_with_attributions_become_tasks():
    text = "一、支持平台建设\n\n　　培育平台。对平台给予奖补，最高100万元。（责任单位：省财政厅）\n\n　　推动上云。给予优惠。（责任单位：省通信管理局）\n"
    found = tasks(text)
    assert [(task.number, task.title.text, task.headings[-1]) for task in found] == [
        (None, "培育平台", "一、支持平台建设"),
        (None, "推动上云", "一、支持平台建设"),
    ]


def test_first_listed_rule_of_the_notice_gives_the_lead():
    text = "列第一位的责任单位为牵头单位。\n1. 修建渠道。（县水务局、县财政局）\n"
    assert units(tasks(text)[0]) == [("县水务局", "l"), ("县财政局", "c")]


def test_units_said_once_for_all_hold_for_the_items_below():
    text = "1. 推进改革。〔市政府办牵头，市司法局参与，各县区落实。以下各项均需各县区落实，不再列出。〕\n2. 减少证明。〔市司法局牵头〕\n"
    first, second = read_outline(text).tasks
    assert units(first) == [("市政府办", "l"), ("市司法局", "c"), ("各县区", "r")]
    assert units(second) == [("市司法局", "l"), ("各县区", "r")]
    assert second.units[1].source == "document_rule"


def test_circled_points_inside_an_item_are_no_tasks_of_their_own():
    text = "1. 办好实事。抓好以下工作：①修路三条；②架桥一座；③植树百亩。（牵头单位：县交通局）\n2. 抓好防汛。（牵头单位：县水务局）\n"
    assert [task.number for task in tasks(text)] == ["1", "2"]


def test_title_with_comma_is_a_sentence():
    (task,) = tasks("1. 清理事项，公布目录。推进共享。（牵头单位：县司法局）\n")
    assert task.title is None
    assert task.statement.text == "清理事项，公布目录。推进共享。"


def test_single_sentence_is_statement_and_not_title():
    (task,) = tasks("1. 初步建成共享平台。（牵头单位：县数据局）\n")
    assert task.title is None
    assert task.statement.text == "初步建成共享平台。"


def test_text_without_structure_gives_no_task():
    assert tasks("今天天气很好。\n我们去散步。\n") == ()
    assert tasks("") == ()


def test_wrapped_brackets_are_read_across_lines():
    text = "加强校园安全管理，开展风险排查，落实防护措施，守护学生平安。（责任单位：区教育局、区公安\n分局）\n推进教研改革，完善评价办法，提升教学质量和水平。（责任单位：区教师发展中心）\n"
    found = tasks(text)
    assert units(found[0]) == [("区教育局", "r"), ("区公安分局", "r")]
    assert len(found) == 2


def test_attachment_starts_its_own_numbering():
    text = "一、总体要求。抓紧抓好。\n二、组织保障。加强领导。\n附件1\n任务清单\n一、治水任务\n1. 清淤河道。（牵头单位：县水务局）\n"
    assert [task.number for task in tasks(text)] == ["一", "二", "1"]
    assert tasks(text)[-1].headings == ("一、治水任务",)


_LONG = "围绕群众反映集中的问题，组织力量逐项梳理，分类制定办法，定期调度通报，把各项要求落到基层。同步做好宣传引导。"


def test_first_sentences_with_commas_are_titles_where_all_items_begin_so():
    text = "\n".join(f"（{n}）健全机制，补齐短板。{_LONG}（县水利局负责）" for n in "一二三四")
    found = tasks(text)
    assert [task.title.text for task in found] == ["健全机制，补齐短板"] * 4
    assert found[0].statement.text == _LONG


def test_first_sentence_with_commas_of_a_single_item_is_no_title():
    text = f"（一）健全机制，补齐短板。{_LONG}（县水利局负责）\n（二）{_LONG}（县教育局负责）\n（三）{_LONG}（县财政局负责）"
    assert all(task.title is None for task in tasks(text))


def found(text, *bodies):
    spans = [(i, i + len(b)) for b in bodies for i in range(len(text)) if text.startswith(b, i)]
    return read_outline(text, spans).tasks


def test_heading_without_number_hands_its_units_to_the_items_below_and_is_no_part_of_the_item_above():
    text = (
        "（一）修路。改造通村道路，清理边沟。\n牵头单位：县交通局\n做强水利支撑〔县水务局牵头〕\n"
        "（二）修渠。衬砌渠道，清理淤积。\n（三）打井。新打机井，配套水泵。\n牵头单位：县抗旱办\n"
    )
    first, second, third = tasks(text)
    assert units(first) == [("县交通局", "l")]
    assert "做强" not in first.statement.text
    assert units(second) == [("县水务局", "l")]
    assert units(third) == [("县抗旱办", "l")]


def test_chapters_of_words_are_no_tasks_where_the_others_say_who_does_them():
    items = "".join(f"{i}. 第{i}件事。抓好落实，按时完成。（牵头单位：县水务局）\n" for i in range(1, 5))
    text = f"一、总体目标\n坚持稳中求进，补齐短板。\n二、重点任务\n{items}三、保障措施\n加强领导，压实责任。\n"
    assert [task.number for task in found(text)] == ["1", "2", "3", "4"]


def test_chapters_stay_tasks_where_no_task_says_who_does_it():
    text = "一、总体目标\n坚持稳中求进，补齐短板。\n二、发展水利\n新建泵站，清理河道。\n三、保障措施\n加强领导，压实责任。\n"
    assert [task.number for task in found(text)] == ["一", "二", "三"]


def test_sentence_with_bodies_found_is_an_attribution_though_they_look_like_none():
    text = "1. 抓供水。改造老旧管网。由县水务局牵头，县财政、城投集团配合。\n2. 抓排水。清掏管道。（县城管局负责）\n"
    first, _ = found(text, "县水务局", "县财政", "城投集团", "县城管局")
    assert units(first) == [("县水务局", "l"), ("县财政", "c"), ("城投集团", "c")]
    assert first.statement.text == "改造老旧管网。"


def test_rule_said_in_a_heading_holds_for_its_section_only():
    text = (
        "一、农业〔县农业局牵头，各乡镇落实。以下各项均需各乡镇（街道）落实，不再列出。〕\n1. 种好粮。扩大面积。（县农业局牵头）\n"
        "2. 管好水。疏通渠道。（县水务局牵头）\n二、工业\n3. 办好厂。盘活厂房。（县工信局牵头）\n"
    )
    first, second, third = found(text)
    assert ("各乡镇（街道）", "r") in units(first)
    assert ("各乡镇（街道）", "r") in units(second)
    assert units(third) == [("县工信局", "l")]


def test_rule_that_the_first_leads_is_read_across_a_line_break_and_spares_words_that_give_a_role():
    text = "括号内排在第\n一位的为牵头单位。\n1. 修渠。清理淤积。（县水务局、县财政局）\n2. 修路。改造道路。（县交通局、县公安局按职责分工负责）\n"
    first, second = tasks(text)
    assert units(first) == [("县水务局", "l"), ("县财政局", "c")]
    assert units(second) == [("县交通局", "r"), ("县公安局", "r")]


def test_point_and_next_number_end_an_attribution_in_half_width_punctuation():
    text = "1、抓招商。引进企业，盘活厂房。牵头单位:县商务局；配合单位:县工信局.2、抓项目。加快建设，早日投产。牵头单位:县发改局.\n"
    first, second = tasks(text)
    assert units(first) == [("县商务局", "l"), ("县工信局", "c")]
    assert units(second) == [("县发改局", "l")]


def test_a_bracket_at_a_line_end_is_no_attribution_where_no_known_body_is_in_it():
    text = "1. 整治河道。推进白溪（上游段）\n清淤，两岸植绿。\n责任单位：县水利局\n2. 修路。拓宽三条路（县交通局）\n"
    bodies = [(text.index(name), text.index(name) + len(name)) for name in ("县水利局", "县交通局")]
    assert [units(task) for task in read_outline(text, bodies).tasks] == [[("县水利局", "r")], [("县交通局", "r")]]


ITEMS = "".join(f"（{n}）办第{n}件事。抓好落实，按时完成。（牵头单位：县水务局）\n" for n in "一二三四五六七八九十")


def test_chapter_without_units_is_words_whatever_its_heading_where_nearly_all_items_have_them():
    text = f"一、喜人的变化\n河道清了，群众笑了。\n二、要办的事\n{ITEMS}三、往后怎么走\n各镇要抓紧，县里会复查。\n"
    assert [task.number for task in found(text)] == [f"（{n}）" for n in "一二三四五六七八九十"]


def test_chapter_without_units_stays_a_task_where_some_items_lack_them_too():
    items = ITEMS.replace("（牵头单位：县水务局）", "", 3)
    text = f"一、喜人的变化\n河道清了，群众笑了。\n二、要办的事\n{items}"
    assert found(text)[0].number == "一"


def test_heading_with_units_above_a_table_is_no_task():
    text = "柳泉县河道整治推进表\n牵头领导：周某。牵头单位：县水务局。\n（截至6月底）\n\n序号\t工作内容\t责任单位\n1\t清淤三段。\t县财政局\n2\t修护岸。\t县水务局\n"
    assert [task.number for task in read_outline(text).tasks] == ["1", "2"]


def test_sentence_above_a_table_stays_a_task():
    text = "抓好河道清淤，修复护岸。\n牵头单位：县水务局\n\n序号\t工作内容\t责任单位\n1\t清淤三段。\t县财政局\n2\t修护岸。\t县水务局\n"
    assert [task.number for task in read_outline(text).tasks] == [None, "1", "2"]


def with_bodies(text, *names):
    return read_outline(text, sorted(m.span() for name in names for m in re.finditer(name, text))).tasks


def test_helpers_that_a_sentence_names_are_added_to_an_attribution():
    text = "1. 疏浚河道。清淤三段。由县水务局会同县气象局排定工期。（县水务局牵头，县财政局配合）\n2. 修桥。加宽桥面，县气象局提供预报。（县交通局牵头）\n"
    first, second = with_bodies(text, "县水务局", "县气象局", "县财政局", "县交通局")
    assert units(first) == [("县水务局", "l"), ("县财政局", "c"), ("县气象局", "c")]
    assert units(second) == [("县交通局", "l")]


def test_bracket_that_lost_its_other_half_is_an_attribution_to_the_end_of_its_item():
    text = "1. 疏浚河道。清淤三段，修复护岸。（县水务局牵头，县财政局、县气象局配合\n2. 修桥。加宽桥面（含引桥。（县交通局负责）\n"
    first, second = tasks(text)
    assert first.statement.text == "清淤三段，修复护岸。"
    assert units(first) == [("县水务局", "l"), ("县财政局", "c"), ("县气象局", "c")]
    assert second.statement.text.startswith("加宽桥面（含引桥")


def test_attribution_before_the_title_belongs_to_the_item():
    text = "1. 〔县水务局牵头，县财政局配合〕疏浚河道。清淤三段，修复护岸。\n2. 〔县交通局负责〕改建北桥。加宽桥面。\n"
    first, second = tasks(text)
    assert (first.title.text, first.statement.text) == ("疏浚河道", "清淤三段，修复护岸。")
    assert units(first) == [("县水务局", "l"), ("县财政局", "c")]
    assert second.title.text == "改建北桥"


def test_items_behind_bullets_are_tasks_and_a_dash_opens_their_attribution():
    text = "一、办好实事\n● 疏浚河道。清淤三段，修复护岸。\n——县水务局、县财政局\n● 改建北桥。加宽桥面，增设步道。\n——牵头抓总：县交通局\n"
    first, second = with_bodies(text, "县水务局", "县财政局", "县交通局")
    assert (first.title.text, first.statement.text) == ("疏浚河道", "清淤三段，修复护岸。")
    assert units(first) == [("县水务局", "r"), ("县财政局", "r")]
    assert units(second) == [("县交通局", "l")]


def test_dash_before_other_words_opens_no_attribution():
    text = "1. 疏浚河道。清淤三段。\n——县水务局的泵站同步检修\n2. 修桥。加宽桥面。\n"
    assert units(with_bodies(text, "县水务局")[0]) == []


def test_labels_at_the_end_of_a_paragraph_are_ended_by_a_blank_line():
    text = "疏浚河道三段，修复护岸。责任领导：周某；责任科室：县水务局水保科\n\n改建北桥，加宽桥面。（县交通局负责）\n"
    first, second = tasks(text)
    assert units(first) == [("县水务局水保科", "r")]
    assert units(second) == [("县交通局", "r")]


def test_item_goes_on_in_a_line_behind_the_attribution_of_the_one_before():
    text = "一、水利\n1. 疏浚河道。清淤三段，\n修复护岸。（县水务局负责）2. 加固堤防。培厚坡脚。（县水务局牵头，县财政局配合）3. 修桥。加宽桥面。（县交通局负责）\n"
    assert [task.number for task in tasks(text)] == ["1", "2", "3"]


def test_number_behind_a_plain_bracket_is_no_item():
    text = "1. 疏浚河道。清淤三段，\n修复护岸（含两处涵洞）2、3号闸门同步检修。（县水务局负责）\n"
    assert [task.number for task in tasks(text)] == ["1"]


@pytest.mark.parametrize("mark", ["任务{}：", "第{}，", "{}\u3000"])
def test_loose_numbers_head_items_where_they_count_on(mark):
    text = "".join(f"{mark.format(n)}办好这件事。清淤三段，修复护岸。（县水务局负责）\n" for n in "一二三四")
    found_here = tasks(text)
    assert [task.title.text for task in found_here] == ["办好这件事"] * 4
    assert [task.number for task in found_here] == [mark.format(n).rstrip("：，\u3000") for n in "一二三四"]


def test_two_loose_numbers_are_too_few_to_count_on():
    text = "任务一：清淤三段，修复护岸。（县水务局负责）\n任务二：加宽桥面，增设步道。（县交通局负责）\n"
    assert [task.number for task in tasks(text)] == [None, None]


def test_rule_for_all_items_is_read_across_a_line_break():
    text = "1. 疏浚河道。清淤三段。〔县水务局牵头，各镇落实。以\n下各项均需各镇落实，不再列出。〕\n2. 修桥。加宽桥面。（县交通局牵头）\n"
    assert ("各镇", "r") in units(read_outline(text).tasks[1])


def test_statement_begins_behind_what_was_found_or_reported():
    text = (
        "1. 河道淤积。存在问题：两段河道多年未清，水流不畅。整改要求：汛期前清淤三段，修复护岸。（县水务局负责）\n"
        "2. 桥面破损。会议听取了北桥检测情况，指出桥面坑洼。会议要求，年底前加宽桥面。（县交通局负责）\n"
    )
    assert [task.statement.text for task in tasks(text)] == ["汛期前清淤三段，修复护岸。", "会议要求，年底前加宽桥面。"]


def test_statement_that_only_names_problems_or_a_meeting_stays_whole():
    text = (
        "1. 清淤。针对淤积问题，清淤三段。整改要求：按月报送。（县水务局负责）\n"
        "2. 修桥。加宽桥面，会议要求年底前完工。（县交通局负责）\n"
    )
    assert [task.statement.text[:4] for task in tasks(text)] == ["针对淤积", "加宽桥面"]


@pytest.mark.parametrize("end", ["牵头单位：县水务局。配合单位：县财政局。", "由县水务局牵头，县财政局配合。"])
def test_item_begins_inside_a_wrapped_line_behind_an_attribution(end):
    text = f"1、清淤河道，疏浚支沟，修复两岸护\n坡，种植护岸林。{end}2、加宽桥面，增设步道。\n牵头单位：县交通局。\n3、修缮校舍，更新桌椅。\n牵头单位：县教育局。\n"
    assert [task.number for task in tasks(text)] == ["1", "2", "3"]


def test_number_inside_a_wrapped_line_behind_other_words_is_no_item():
    text = "1、清淤河道，疏浚支沟，修复两岸护\n坡，种植护岸林。2、3号桥加固，限高。（县水务局负责）\n2、加宽桥面，增设步道。（县交通局负责）\n"
    assert len(tasks(text)) == 2


def test_name_of_a_table_with_its_owner_in_brackets_is_no_task():
    rows = "新建泵站3座，清淤河道。（县水务局负责）\n修缮校舍，更新桌椅。（县教育局负责）\n"
    assert len(tasks("2021年重点工作进展情况统计表(政府)\n" + rows)) == 2
    assert len(tasks("建立2021年河湖问题清单，逐项销号。（县水务局负责）\n" + rows)) == 3


def test_classes_of_items_are_headings_above_chapters_and_items():
    text = (
        "第一类  抓紧办的项目（2件）\n一、水务\n1.清淤三段。先测后挖，分段验收。（县水务局负责）\n"
        "二、交通\n2.加宽桥面。半幅施工，夜间限行。（县交通局负责）\n第二类  继续论证的项目\n3.新建泵站。先论证，后立项。（县水务局负责）\n"
    )
    assert [task.number for task in read_outline(text).tasks] == ["1", "2", "3"]


def test_who_to_call_in_a_bracket_at_the_end_is_no_attribution():
    text = (
        "一、水务\n1.清淤三段。先测后挖，分段验收。\n责任单位：县水务局\n2.新建泵站。先论证，后立项。\n责任单位：县住建局\n\n"
        "反馈要求：\n承办单位每月报送进度。\n2025年3月6日\n（联系人：韩立冬　电话：略）\n"
    )
    assert read_outline(text).tasks[1].statement.text == "先论证，后立项。"


def test_a_label_behind_a_dash_and_a_sentence_gives_the_roles():
    first, second = tasks(
        "（一）收好秋粮。敞开收购，错峰卸车，农户不再半夜排队。——主办：省粮食局；会办：省质监局\n"
        "（二）备足仓容。租赁罩棚，维修老库，留足养护期。——主办：省商务厅；会办：省财政厅、省质监局\n"
    )
    assert units(first) == [("省粮食局", "l"), ("省质监局", "c")]
    assert units(second) == [("省商务厅", "l"), ("省财政厅", "c"), ("省质监局", "c")]
    assert second.statement.text == "租赁罩棚，维修老库，留足养护期。"


def test_a_numbered_box_between_items_is_no_part_of_the_item_above():
    first, _ = tasks(
        "【批示件1】《秋粮收购专报》\n（一）收好秋粮。敞开收购，错峰卸车。责任单位：省粮食局\n"
        "【批示件2】《供热准备专报》\n批示摘要：暖气热不热，群众说了算。\n"
        "（二）备足煤炭。签订合同，分区储备。责任单位：省商务厅\n"
    )
    assert first.statement.text == "敞开收购，错峰卸车。"


WRAPPED = (
    "各项任务括号内所列单位为责任单位，请对照任务细化措施，按月报送。\n"
    "治理畜禽养殖。划定禁养、限养区域，栏舍分批退出，补偿标准张榜公布，\n"
    "适养区推广干湿分离，粪污还田。（县农业局、县环保局）\n"
    "推进厕所改造。区分平原、丘岗两类条件，施工队伍持证上岗，不得后废。\n"
    "{second}补助资金按每户八百元付清，选址上多听群众意见。（县住建局）\n"
    "涵养文明乡风。整治大操大办，发挥村民议事会作用，写进村规民约，挖掘\n"
    "地方曲艺，创建文明示范村十二个。（县文旅局）\n"
    "畅通农产品流通。健全物流网络，整合邮政、供销站点，一点多能，解决山\n"
    "货出不去的堵点，冷链仓容翻番。（县商务局）\n"
)


def test_a_sentence_that_ends_at_the_margin_does_not_end_the_paragraph():
    found = tasks(WRAPPED.format(second=""))
    assert [task.title.text for task in found] == ["治理畜禽养殖", "推进厕所改造", "涵养文明乡风", "畅通农产品流通"]
    assert found[1].statement.text.endswith("多听群众意见。")
    assert found[1].statement.text.startswith("区分平原")
    assert units(found[1]) == [("县住建局", "r")]


def test_a_paragraph_with_a_title_of_its_own_begins_anew_behind_a_full_line():
    found = tasks(WRAPPED.format(second="发放奖补资金。"))
    assert found[1].title.text == "发放奖补资金"
    assert found[1].statement.text.startswith("补助资金")
