import pytest
from building import task_of, unit

from taskie.errors import ReadError
from taskie.records import Document
from taskie.relations.directory import UnitDirectory
from taskie.relations.names import restore_heads, short_forms


def _full(*names):
    return [u.full_name for u in restore_heads([unit(name) for name in names])]


@pytest.mark.parametrize(
    ("names", "full"),
    [
        (("省国税局", "地税局"), [None, "省地税局"]),
        (("县教育局", "科技局", "财政局"), [None, "县科技局", "县财政局"]),
        (("县教育局", "各乡镇政府"), [None, None]),
        (("县教育局", "临河新材"), [None, None]),
        (("县教育局", "国网供电公司"), [None, None]),
        (("地税局",), [None]),
    ],
)
def test_elided_heads_are_restored_from_the_unit_before(names, full):
    assert _full(*names) == full


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("县发改局", "县发展和改革局"), {"县发改局": "县发展和改革局"}),
        (("区政府办", "区政府办公室"), {"区政府办": "区政府办公室"}),
        (("市住建局", "市住房和城乡建设局", "市水务局"), {"市住建局": "市住房和城乡建设局"}),
        (("县公安局", "县公安局交警分局"), {}),
        (("县工商局", "县工信商贸局"), {}),
        (("市发改委", "县发展改革委"), {}),
        (("市文旅局", "市文化和旅游局", "市文体旅游局"), {}),
        ((), {}),
    ],
)
def test_short_forms_are_resolved_where_one_full_form_fits(names, found):
    assert short_forms(names) == found


def test_the_full_form_stands_beside_the_printed_name():
    task = task_of("培训⟦QUANTITY|5人⟧", units=(unit("县发改局"), unit("县发展和改革局")))
    assert [(u.name, u.full_name) for u in task.units] == [("县发改局", "县发展和改革局"), ("县发展和改革局", None)]


def test_a_directory_names_units_alike(tmp_path):
    path = tmp_path / "units.csv"
    path.write_text("canonical,aliases\n县发展和改革局,县发改局、县发改委\n县水务局,\n", encoding="utf-8")
    directory = UnitDirectory.read(path)
    task = task_of("培训⟦QUANTITY|5人⟧", units=(unit("县发改局"), unit("县水务局"), unit("县外事办")))
    document = directory.applied(Document(text=task.text, tasks=(task,)))
    assert [u.full_name for u in document.tasks[0].units] == ["县发展和改革局", "县水务局", None]
    assert [u.name for u in document.tasks[0].units] == ["县发改局", "县水务局", "县外事办"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("name,aliases\n甲,乙\n", "column 'canonical' is missing"),
        ("", "column 'canonical' is missing"),
        ("canonical,aliases\n甲局,丙\n乙局,丙\n", "stands for both"),
    ],
)
def test_a_directory_with_a_fault_is_refused(tmp_path, content, message):
    path = tmp_path / "units.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ReadError, match=message):
        UnitDirectory.read(path)


def test_a_directory_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ReadError, match="cannot be read"):
        UnitDirectory.read(tmp_path / "none.csv")
