import re
from pathlib import Path

import ofd_files
import pdfplumber
import pytest
from ofd_files import LEFT, SIZE, packed, page, parts, rule, table, text, wrapped

from taskie.errors import ReadError
from taskie.readers.files import expand_sources, read_file
from taskie.readers.ofd import read_ofd
from taskie.readers.ofd_shapes import MAX_PAGE_CHARACTERS

NOTICE = [
    "一、抓好城乡建设。新建改建农村公路12公里，完成老旧小区改造6个，确保2024年10月底前全部完工并通过验收。（牵头单位：县住建局；责任单位：县交通局）",
    "二、办好民生实事。新增公办学位900个，培训护理员200人次，年底前建成社区食堂4家。（牵头单位：县教育局）",
    "三、加强督促检查。",
]
ROWS = [
    ("序号", "工作任务", "时限", "单位"),
    ("1", "修路3公里", "年底", "县交通局"),
    ("2", "建桥1座", "九月底", "县住建局"),
]
MM = 25.4 / 72
WIDTHS = (18, 60, 30, 40)


def lines(data):
    return [line for line in read_ofd(data, "a.ofd").text.split("\n") if line]


def test_wrapped_lines_become_the_paragraphs_that_were_printed():
    assert lines(ofd_files.ofd(wrapped(NOTICE))) == NOTICE


def prefixed(xml):
    return re.sub(r"<(/?)(?=[A-Z])", r"<\1ofd:", xml).replace("xmlns=", "xmlns:ofd=")


@pytest.mark.parametrize("change", [prefixed, lambda xml: xml.replace(f'xmlns="{ofd_files.NAMESPACE}"', "")])
def test_namespace_prefix_makes_no_difference(change):
    content = parts([page(wrapped(NOTICE), template=90)], templates=[page(text("密级", LEFT, 20))])
    assert lines(packed({k: change(v) for k, v in content.items()})) == lines(packed(content)) == ["密级", *NOTICE]


def test_same_notice_gives_the_same_records_as_text(extractor, tmp_path):
    (tmp_path / "a.ofd").write_bytes(ofd_files.ofd(wrapped(NOTICE[:1]), wrapped(NOTICE[1:])))
    (tmp_path / "a.txt").write_text("\n".join(NOTICE) + "\n", encoding="utf-8")
    printed, plain = (extractor.extract_file(tmp_path / name) for name in ("a.ofd", "a.txt"))
    assert plain.tasks
    assert printed.text == plain.text
    assert printed.tasks == plain.tasks


def test_paragraph_goes_on_over_the_page_and_its_place_is_the_page_it_begins_on():
    objects = re.findall(r"<TextObject.*?</TextObject>", wrapped(NOTICE))
    read = read_ofd(ofd_files.ofd("".join(objects[:2]), "".join(objects[2:])), "a.ofd")
    assert read.text.split("\n")[:3] == NOTICE
    assert [str(read.place_of(read.text.index(start))) for start in ("一、", "三、")] == [
        "page 1, paragraph 1",
        "page 2, paragraph 3",
    ]


def test_objects_are_read_by_their_position_not_their_order():
    objects = text("丙", LEFT, 60) + text("乙", LEFT + 2 * SIZE, 50) + text("甲", LEFT, 50) + text("丁", LEFT, 70)
    assert lines(ofd_files.ofd(objects)) == ["甲 乙", "丙", "丁"]


@pytest.mark.parametrize(
    ("delta", "expected"),
    [
        ("5 5 5", "甲乙丙丁"),
        ("g 3 5", "甲乙丙丁"),
        ("5 g 2 5", "甲乙丙丁"),
        ("5", "甲乙丙丁"),  # the last distance holds for the rest
        ("5 20 5", "甲乙 丙丁"),
        ("g 2 5 20", "甲乙丙 丁"),
        ("g 999999999 5", "甲乙丙丁"),
    ],
)
def test_distances_of_characters_are_counted(delta, expected):
    # The mark behind the last character stands where it belongs only if the distances were added up.
    assert lines(ofd_files.ofd(text("甲乙丙丁", LEFT, 50, size=5, delta=delta))) == [expected]


def test_next_object_joins_where_the_distances_end():
    first = text("甲乙丙", LEFT, 50, size=5, delta="g 2 9.5")
    assert lines(ofd_files.ofd(first + text("丁", LEFT + 24, 50, size=5))) == ["甲 乙 丙丁"]
    assert lines(ofd_files.ofd(text("甲乙丙", LEFT, 50, size=5, delta="g 2 5") + text("丁", LEFT + 15, 50, size=5))) == ["甲乙丙丁"]  # fmt: skip


def test_text_without_distances_is_as_wide_as_its_characters():
    plain = text("修路12公里", LEFT, 50, size=5).replace('DeltaX="g 5 5"', "")
    assert "DeltaX" not in plain
    assert lines(ofd_files.ofd(plain + text("。", LEFT + 25, 50, size=5))) == ["修路12公里。"]


def test_matrix_scales_size_and_distances():
    scaled = '<TextObject Boundary="28 40 100 8" Size="16" CTM="0.35 0 0 0.35 0 0"><TextCode X="0" Y="16" DeltaX="g 3 16">甲乙丙丁</TextCode></TextObject>'
    assert lines(ofd_files.ofd(scaled + text("戊", 28 + 4 * 5.6, 45.6))) == ["甲乙丙丁戊"]


@pytest.mark.parametrize("size", ['size="5"', ""])
def test_size_in_small_letters_or_left_out_is_known(size):
    one = '<TextObject Boundary="{} 40 10 5" {}><TextCode X="0" Y="5" DeltaX="5">{}</TextCode></TextObject>'
    assert lines(ofd_files.ofd(one.format(28, size, "甲乙") + one.format(38, size, "丙丁"))) == ["甲乙丙丁"]
    assert lines(ofd_files.ofd(one.format(28, size, "甲乙") + one.format(43, size, "丙丁"))) == ["甲乙 丙丁"]


def test_several_codes_of_an_object_and_a_line_break_of_the_source():
    both = '<TextObject Boundary="28 40 100 20" Size="5"><TextCode X="0" Y="5" DeltaX="5">甲乙\n</TextCode><TextCode Y="15" DeltaX="5">丙丁</TextCode></TextObject>'
    assert lines(ofd_files.ofd(both)) == ["甲乙", "丙丁"]


def test_turned_text_is_left_out_with_a_warning_and_invisible_text_without():
    turned = text("内部资料", 60, 150, size=20, more='CTM="0.7 -0.7 0.7 0.7 0 0"')
    hidden = text("草稿", LEFT, 80, more='Visible="false"')
    read = read_ofd(ofd_files.ofd(wrapped(NOTICE[2:]), turned + hidden + text("四、其他。", LEFT, 50)), "a.ofd")
    assert read.text.split() == [NOTICE[2], "四、其他。"]
    assert read.warnings == ("a.ofd: turned text on page 2 was left out",)


def test_ruled_table_is_read_by_its_cells_and_places_lead_back():
    data = ofd_files.ofd(text("任务表", LEFT, 30) + table(ROWS, WIDTHS) + text("附注说明", LEFT, 100))
    read = read_ofd(data, "a.ofd")
    assert [line for line in read.text.split("\n") if line] == ["任务表", *("\t".join(row) for row in ROWS), "附注说明"]
    assert str(read.place_of(read.text.index("建桥"))) == "page 1, table 1, row 3, column 2"


def test_table_that_goes_on_over_the_page_is_one_and_its_heading_is_read_once():
    more = [ROWS[0], ("3", "植树5亩", "三月底", "县林业局")]
    read = read_ofd(ofd_files.ofd(table(ROWS, WIDTHS, top=200), table(more, WIDTHS)), "a.ofd")
    assert [line for line in read.text.split("\n") if line] == ["\t".join(row) for row in (*ROWS, more[1])]
    assert str(read.place_of(read.text.index("植树"))) == "page 2, table 1, row 4, column 2"


def printed(path):
    """Return an .ofd file with the characters, each an object, and the ruled lines of a PDF."""
    with pdfplumber.open(path) as document:
        pages = [
            page(
                "".join(text(char["text"], char["x0"] * MM, (char["top"] + 0.88 * char["size"]) * MM, size=char["size"] * MM) for char in each.chars if char["text"].strip())
                + "".join(rule(edge["x0"] * MM, edge["top"] * MM, edge["x1"] * MM, edge["bottom"] * MM) for edge in each.edges),
                area=f"<Area><PhysicalBox>0 0 {each.width * MM} {each.height * MM}</PhysicalBox></Area>",
            )
            for each in document.pages
        ]  # fmt: skip
    return packed(parts(pages))


@pytest.mark.parametrize("name", ["notice.pdf", "table.pdf"])
def test_pages_of_a_pdf_give_the_same_text_and_places(name):
    path = Path(__file__).parent / "office" / name
    expected, read = read_file(path), read_ofd(printed(path), "a.ofd")
    assert len(expected.places) > 10
    assert (read.text.replace(" ", ""), read.warnings) == (expected.text.replace(" ", ""), ())
    assert [str(place) for place in read.places] == [str(place) for place in expected.places]


def test_cells_drawn_as_closed_boxes_are_a_table():
    box = '<PathObject Boundary="{} 40 40 12"><AbbreviatedData>M 0 0 L 40 0 L 40 12 L 0 12 C</AbbreviatedData></PathObject>'
    cells = "".join(box.format(x) + text(word, x + 2, 48, size=4) for x, word in ((28, "甲乙"), (68, "丙丁")))
    assert lines(ofd_files.ofd(cells)) == ["甲乙\t丙丁"]
    undrawn = cells.replace("<PathObject", '<PathObject Stroke="false"')
    assert lines(ofd_files.ofd(undrawn)) == ["甲乙 丙丁"]


def test_slopes_and_curves_are_no_table():
    sloped = rule(28, 40, 68, 52) + '<PathObject Boundary="28 40 80 12"><AbbreviatedData>M 0 0 B 1 1 2 2 40 0 Q 1 1 40 12 A 5 5 0 0 1 0 12 C</AbbreviatedData></PathObject>'  # fmt: skip
    assert lines(ofd_files.ofd(sloped + text("甲乙", 30, 48) + text("丙丁", 70, 48))) == ["甲乙 丙丁"]


def test_template_that_pages_share_is_read_once_and_its_foot_not_at_all():
    template = page(text("县政府文件", 80, 20) + text("内部使用", 80, 150) + text("值班电话", 80, 285))
    pages = [page(text(body, LEFT, 60), template=90) for body in ("一、修路。", "二、建桥。", "三、植树。")]
    assert lines(packed(parts(pages, templates=[template]))) == ["县政府文件", "一、修路。", "内部使用", "二、建桥。", "三、植树。"]  # fmt: skip


def test_template_of_a_single_page_is_text_like_any_other():
    data = packed(parts([page(text("一、修路。", LEFT, 60), template=90)], templates=[page(text("值班电话", 80, 285))]))
    assert lines(data) == ["一、修路。", "值班电话"]


def test_repeated_feet_and_page_numbers_of_pages_are_left_out():
    bodies = [text(f"{n}、任务。", LEFT, 60) + text(f"— {i} —", 100, 285) for i, n in enumerate("一二三", 1)]
    assert lines(ofd_files.ofd(*bodies)) == ["一、任务。", "二、任务。", "三、任务。"]


def test_page_has_its_own_size():
    # On a page this low, the number stands in the margin; on A4 it would be in the middle.
    area = "<Area><PhysicalBox>0 0 210 160</PhysicalBox></Area>"
    objects = text("甲乙", LEFT, 60) + text("12", 100, 152)
    assert lines(packed(parts([page(objects, area=area)]))) == ["甲乙"]
    assert lines(packed(parts([page(objects)]))) == ["甲乙", "12"]


def test_pages_that_are_pictures_are_reported():
    picture = '<ImageObject Boundary="0 0 210 297" ResourceID="5"/>'
    read = read_ofd(ofd_files.ofd(text("甲乙", LEFT, 60), picture), "a.ofd")
    assert read.warnings == ("a.ofd: no text on page 2, only pictures; run text recognition (OCR)",)
    with pytest.raises(ReadError, match="a.ofd: holds no text; if its pages are pictures"):
        read_ofd(ofd_files.ofd(picture), "a.ofd")


@pytest.mark.parametrize("location", ["/Doc_0/Pages/Page_0/Content.xml", "Doc_0/Pages/Page_0/Content.xml", "./Pages/Page_0/../Page_0/Content.xml", "Pages\\Page_0\\Content.xml"])  # fmt: skip
def test_part_is_found_as_programs_name_it(location):
    content = parts([page(text("甲乙", LEFT, 60))])
    content["Doc_0/Document.xml"] = content["Doc_0/Document.xml"].replace("Pages/Page_0/Content.xml", location)
    assert lines(packed(content)) == ["甲乙"]


def test_documents_of_one_file_are_read_one_after_the_other():
    content = parts([page(text("甲乙", LEFT, 60))])
    other = {name.replace("Doc_0", "Doc_1"): part.replace("甲乙", "丙丁") for name, part in content.items()}
    second = "<DocBody><DocRoot>/Doc_1/Document.xml</DocRoot></DocBody></OFD>"
    content["OFD.xml"] = content["OFD.xml"].replace("</OFD>", second)
    read = read_ofd(packed({**other, **content}), "a.ofd")
    assert read.text.split() == ["甲乙", "丙丁"]
    assert read.place_of(read.text.index("丙")).page == 2


def changed(name, old, new):
    content = parts([page(text("甲乙", LEFT, 60), template=90)], templates=[page(text("丙", LEFT, 20))])
    assert old in content[name]
    return packed({**content, name: content[name].replace(old, new)})


def without(name):
    return packed({k: v for k, v in parts([page(text("甲乙", LEFT, 60))]).items() if k != name})


DOCUMENT, FIRST = "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (without(DOCUMENT), r"damaged: the part 'Doc_0/Document.xml' that OFD.xml names is missing"),
        (without(FIRST), r"the part 'Pages/Page_0/Content.xml' that Doc_0/Document.xml names is missing"),
        (without("OFD.xml"), r"a ZIP archive, but no .ofd file"),
        (changed("OFD.xml", "<DocRoot>Doc_0/Document.xml</DocRoot>", ""), r"OFD.xml names no document \(DocRoot\)"),
        (changed("OFD.xml", "Doc_0/Document.xml", " "), "names no document"),
        (changed("OFD.xml", "Doc_0/", "../../Doc_0/"), "outside the file; refused"),
        (changed(DOCUMENT, "Pages/Page_0", "../../Pages/Page_0"), "outside the file; refused"),
        (changed(DOCUMENT, "Pages/Page_0", "/../etc"), "outside the file; refused"),
        (changed(DOCUMENT, "Pages/Page_0", "..\\..\\etc"), "outside the file; refused"),
        (changed(DOCUMENT, "Tpls/Tpl_0", "Tpls/Tpl_7"), "'Tpls/Tpl_7/Content.xml' that Doc_0/Document.xml names is missing"),
        (changed(DOCUMENT, "Pages/Page_0/", "http://192.0.2.1/"), "is missing"),
        (changed(DOCUMENT, "<Page ID", "<Leaf ID"), "names no pages"),
        (changed(DOCUMENT, "0 0 210 297", "0 0 210"), "the page size of .*'0 0 210' where 4 numbers belong"),
        (changed(FIRST, "</Page>", ""), f"damaged: the part {FIRST} is not readable"),
        (changed(FIRST, "Boundary=", "Border="), "page 1 is damaged: a TextObject without Boundary"),
        (changed(FIRST, 'Size="5.6"', 'Size="nan"'), "page 1 is damaged: 'nan' where 1 number belongs"),
        (changed(FIRST, 'X="1"', 'X="1e300"'), "page 1 is damaged: a position of"),
        (changed(FIRST, 'DeltaX="g 1 5.6"', 'DeltaX="g"'), "page 1 is damaged"),
        (ofd_files.ofd(text("甲" * (MAX_PAGE_CHARACTERS + 1), LEFT, 60, delta="0.1")), "page 1 is damaged: it holds more than 50,000 characters"),
        (packed({**parts([page("")]), "Encryptions.xml": "<a/>"}), "encrypted; remove the password"),
        (changed(FIRST, "<Page ", "<!DOCTYPE x><Page "), "declares entities"),
        (ofd_files.ofd(text("甲", LEFT, 60))[:-300], "cut short"),
        (b"%PDF-1.7", "holds PDF data; give the file its true ending"),
        (b"\xd0\xcf\x11\xe0 old", "true ending"),
        (packed({"word/document.xml": "<a/>"}), "holds a .docx file; give it its true ending"),
    ],
)  # fmt: skip
def test_damaged_and_foreign_files_are_refused_and_the_message_says_why(data, message):
    with pytest.raises(ReadError, match=f"^a.ofd: .*{message}"):
        read_ofd(data, "a.ofd")


def test_part_of_another_ending_is_refused_since_it_was_not_checked():
    content = parts([page(text("甲乙", LEFT, 60))])
    content["Doc_0/Pages/a.dat"] = content.pop(FIRST)
    content[DOCUMENT] = content[DOCUMENT].replace("Pages/Page_0/Content.xml", "Pages/a.dat")
    with pytest.raises(ReadError, match=r"names the part 'Pages/a.dat', which is no .xml part"):
        read_ofd(packed(content), "a.ofd")


@pytest.mark.parametrize("name", ["a.txt", "a.zip", "a.csv", "a.doc"])
def test_other_ending_is_told_what_the_file_holds(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(ofd_files.ofd(text("甲", LEFT, 60)))
    with pytest.raises(ReadError, match="holds OFD data.*give the file its true ending"):
        read_file(path)


def test_folder_yields_its_ofd_files(tmp_path):
    (tmp_path / "a.ofd").write_bytes(ofd_files.ofd(text("甲", LEFT, 60)))
    assert expand_sources([str(tmp_path)]) == ([str(tmp_path / "a.ofd")], [])
    assert read_file(tmp_path / "a.ofd").format == "ofd"
