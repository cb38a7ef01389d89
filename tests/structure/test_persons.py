import pytest

import taskie
from taskie.structure.persons import looks_like_person, read_leaders
from taskie.structure.responsibility import read_statement


@pytest.mark.parametrize(
    "name",
    [
        "卓景行", "李建会", "王新社", "赵大连", "陈敬师", "刘玉台", "陈登科", "王红旗", "欧阳知行", "张宝库", "安家庄", "韩立冬",
        "乌云其其格", "阿不都热合曼·买买提", "周××", "吴×华", "旦增××", "艾山江·xx", "⻰艳", "分管副市长",
    ],
)  # fmt: skip
def test_name_that_ends_like_a_body_is_a_person_where_persons_stand(name):
    assert looks_like_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "林业局", "司法所", "文旅局", "安监站", "白水镇", "石桥镇", "江北区", "林业科", "安全科", "张家村", "高新区", "金融办", "党政办",
        "常委会", "董事会", "管委会", "安委会", "董商会", "王家支行", "江南银行", "于总社", "李律师", "王老师", "车务段", "连云港", "文山州", "楚雄州",
        "郑州", "徐州", "杭锦旗", "文工团", "县教育局", "各镇街", "县××局", "××镇", "/", "—", "", "3号楼", "何", "县财政局、县审计局",
    ],
)  # fmt: skip
def test_body_is_no_person(name):
    assert not looks_like_person(name)


@pytest.mark.parametrize(
    ("value", "leaders"),
    [
        ("卓景行、韩立冬", ["卓景行", "韩立冬"]),
        ("副县长 卓景行，县财政局", ["卓景行"]),
        ("管委会副主任黎志行", ["黎志行"]),
        ("自治州副州长 旦增××；", ["旦增××"]),
        ("王有根（副镇长）。", ["王有根"]),
        ("王有根（副镇长、派出所所长）、李建会（镇长）", ["王有根", "李建会"]),
        ("韩立冬。牵头", ["韩立冬"]),
        ("韩立冬\n\n工作要求：\n每月调度一次", ["韩立冬"]),
        ("县委常委\n韩立冬", ["韩立冬"]),
        ("韩立冬\n工作要求：每月调度、现场办公", ["韩立冬"]),
        ("陈 刚", ["陈刚"]),
        ("县水务局局长", []),
        ("白水镇、石桥镇", []),
        ("", []),
    ],
)
def test_leaders_are_read_without_ranks_and_bodies(value, leaders):
    assert read_leaders(value) == leaders


def test_bracket_with_a_leader_whose_name_ends_like_a_body_is_read():
    text = "责任领导：卓景行、李建会；责任单位：县水务局"
    statement = read_statement(text, 0, len(text))
    assert statement.leaders == ("卓景行", "李建会")
    assert [unit.name for unit in statement.units] == ["县水务局"]


def test_leader_whose_name_ends_like_a_body_is_read_from_a_column():
    head = "序号\t工作任务\t责任领导\t牵头单位\n"
    text = head + "1\t修建泵站3座\t卓景行、韩立冬\t县水务局\n2\t新建学校2所\t李建会\t县教育局\n"
    tasks = taskie.extract(text).tasks
    assert [task.leaders for task in tasks] == [("卓景行", "韩立冬"), ("李建会",)]
    assert [[unit.name for unit in task.units] for task in tasks] == [["县水务局"], ["县教育局"]]
