import pytest

from taskie.structure.body_lists import BodyLists
from taskie.structure.items import read_lines
from taskie.structure.reader import read_outline
from taskie.structure.table_find_broken import broken_at

HEAD = ["序号", "任务", "工作内容", "完成时限", "进展情况", "牵头领导", "牵头单位", "配合单位"]
GAP = "   "
# A row is its title, statement, deadline, progress, leader, and both cells of bodies; a cell is its lines.
ROWS = [
    (
        ["渠系清淤"],
        ["清淤青溪干渠12公里，恢复", "末级渠道过水。"],
        ["4月底前"],
        ["已清7公里，余下渠段正在排水。渠堤开裂两处", "待修，民工不足。"],
        ["韩立冬"],
        ["县水务局"],
        ["县财政局"],
    ),
    (
        ["校舍加固"],
        ["加固教学楼3栋。"],
        ["假期动工，10月交付两栋"],
        ["1栋封顶，脚手架拆除，", "门窗订货晚了。", "家长代表每周到场查看一次。"],
        ["周明月"],
        ["县教育", "体育局"],
        ["县住建局", "、县应急局"],
    ),
    (
        ["桥梁检修"],
        ["检修石拱桥5座，更换护栏", "400米。"],
        ["年底"],
        ["检修2座。其余桥面凿毛，限行告示", "已张贴。"],
        ["韩立冬"],
        ["县交通局"],
        ["县公安局、", "县水务局"],
    ),
    (
        ["林下种植"],
        ["种植天麻900亩。"],
        ["6月底"],
        ["种下610亩，菌种迟到。"],
        ["陈志远"],
        ["县林业局"],
        ["县财政局"],
    ),
]
NAMES = ("县水务局", "县财政局", "县教育\n体育局", "县住建局", "县应急局", "县交通局", "县公安局", "县林业局")


def row_lines(number, row):
    title, statement, deadline, progress, leader, lead, helps = row
    first, *rest = lead
    return [f"{number}{GAP}{title[0]}", *statement, *deadline, *progress, f"{leader[0]}{GAP}{first}", *rest, *helps]


def document(rows=ROWS, head=HEAD, behind=()):
    body = [line for n, row in enumerate(rows, 1) for line in row_lines(n, row)]
    return "\n".join(["青溪县实事推进情况表", GAP.join(head), *body, *behind])


def bodies(text):
    found = []
    for name in NAMES:
        start = text.find(name)
        while start >= 0:
            found.append((start, start + len(name)))
            start = text.find(name, start + 1)
    return BodyLists.of(text, found)


def table(text):
    return broken_at(text, read_lines(text, 0, len(text)), 1, bodies(text))


def cells(text, meaning, which=0):
    region, _ = table(text)
    k = [i for i, column in enumerate(region.columns) if column.meaning == meaning][which]
    return ["".join(text[a:b].split()) for row in region.rows for c, a, b in row.cells if c == k]


@pytest.mark.parametrize(
    ("meaning", "which", "part"),
    [("title", 0, 0), ("statement", 0, 1), ("progress", 0, 3), ("leader", 0, 4), ("unit", 0, 5), ("unit", 1, 6)],
)
def test_each_column_gets_the_lines_of_its_cell_joined(meaning, which, part):
    assert cells(document(), meaning, which) == ["".join(row[part]) for row in ROWS]


def test_a_deadline_in_words_of_its_own_is_a_cell_between_two_sentences():
    assert cells(document(), "deadline") == [row[2][0] for row in ROWS]


def test_the_last_row_ends_with_its_bodies_and_leaves_the_text_behind():
    behind = ("请各单位每月5日前报送进展。", "联系人在县政府办公室。")
    region, stop = table(document(behind=behind))
    text = document(behind=behind)
    assert text[: region.end].endswith("县林业局\n县财政局")
    assert read_lines(text, 0, len(text))[stop].start == text.index(behind[0])


def test_bodies_on_lines_of_their_own_below_the_last_ones_belong_to_the_last_row():
    behind = ("县水务局", "县应急局", "以上事项按月调度。")
    region, _ = table(document(behind=behind))
    assert document(behind=behind)[: region.end].endswith("县水务局\n县应急局")


def test_the_tasks_of_a_document_have_their_statements_and_units():
    text = document()
    tasks = read_outline(text, bodies=bodies(text).bodies).tasks
    assert [task.statement.text for task in tasks] == ["\n".join(row[1]) for row in ROWS]
    roles = [[(unit.name, unit.role) for unit in task.units] for task in tasks]
    assert roles[0] == [("县水务局", "lead"), ("县财政局", "cooperating")]
    assert roles[1] == [("县教育体育局", "lead"), ("县住建局", "cooperating"), ("县应急局", "cooperating")]


def test_rows_whose_gaps_part_all_cells_are_left_to_the_tables_of_a_row_a_line():
    rows = [GAP.join([str(n), *("".join(cell) for cell in row)]) for n, row in enumerate(ROWS, 1)]
    text = "\n".join(["青溪县实事推进情况表", GAP.join(HEAD), *rows])
    assert table(text) is None


@pytest.mark.parametrize("head", [["序号", *HEAD[2:5]], HEAD[1:], [*HEAD[:-1], "备注"]])
def test_rows_are_not_broken_below_a_header_that_is_narrow_or_lacks_numbers_or_ends_in_no_form(head):
    assert table(document(head=head)) is None


def test_numbered_paragraphs_below_such_a_header_are_no_rows():
    prose = [
        "抓好春灌用水调度，各镇要排好用水日程，",
        "水管员到田头查看。",
        "遇到纠纷当场调解，不得推诿。",
        "确保不误农时。",
    ]
    lines = [line for n in range(1, 5) for line in (f"{n}{GAP}春灌", *prose)]
    assert table("\n".join(["青溪县实事推进情况表", GAP.join(HEAD), *lines])) is None


def test_two_rows_are_too_few():
    assert table(document(ROWS[:2])) is None
