"""What the special office files hold: tracked changes, notes, boxes, numbers; hidden rows, columns, sheets and number formats."""

from __future__ import annotations

# What is deleted, hidden, boxed or in a note says 秘密 or so; the words of ``CHANGED`` are what a reader of the page sees.
CHANGED = (
    "1. 修路12公里。",
    "2. 建桥1座，年底前通车。",
    "3. 植树300亩。",
    "4. 清淤6公里。",
    "5. 绿化8亩。",
    "1、自动编号甲",
    "1.1.下级甲",
    "1.2.下级乙",
    "2、自动编号乙",
)


def _change(number: int, kind: str, inner: str = "") -> str:
    info = "<office:change-info><dc:creator>甲</dc:creator><dc:date>2024-01-01T00:00:00</dc:date></office:change-info>"
    return f'<text:changed-region text:id="c{number}"><text:{kind}>{info}{inner}</text:{kind}></text:changed-region>'


CHANGES_STYLES = (
    '<style:style style:name="hid" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<text:list-style style:name="L1">'
    '<text:list-level-style-number text:level="1" style:num-suffix="、" style:num-format="1"/>'
    '<text:list-level-style-number text:level="2" text:display-levels="2" style:num-suffix="." style:num-format="1"/>'
    "</text:list-style>"
)
CHANGES_BODY = (
    "<text:tracked-changes>"
    + _change(1, "deletion", "<text:p>9</text:p>")
    + _change(2, "insertion")
    + _change(3, "deletion", "<text:p/><text:p/>")
    + "</text:tracked-changes>"
    '<text:p>1. 修路<text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>12公里<text:change-end text:change-id="c2"/>。</text:p>'
    '<text:p>2. 建桥1座，<text:change text:change-id="c3"/>年底前通车。</text:p>'
    '<text:p>3. 植树300亩<text:note text:id="f1" text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    "<text:note-body><text:p>脚注的话</text:p></text:note-body></text:note>。</text:p>"
    '<text:p><draw:frame text:anchor-type="paragraph" svg:width="5cm" svg:height="2cm"><draw:text-box><text:p>文本框的话</text:p></draw:text-box></draw:frame>4. 清淤6公里。</text:p>'
    '<text:p>5. 绿化<text:span text:style-name="hid">秘密</text:span>8亩。</text:p>'
    '<text:list text:style-name="L1"><text:list-item><text:p>自动编号甲</text:p><text:list>'
    "<text:list-item><text:p>下级甲</text:p></text:list-item><text:list-item><text:p>下级乙</text:p></text:list-item></text:list>"
    "</text:list-item><text:list-item><text:p>自动编号乙</text:p></text:list-item></text:list>"
)


def _text(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def _date(value: str, style: int) -> str:
    return f'<table:table-cell office:value-type="date" office:date-value="{value}" table:style-name="s{style}"/>'


def _number(value: str, style: int, kind: str = "float") -> str:
    return f'<table:table-cell office:value-type="{kind}" office:value="{value}" table:style-name="s{style}"/>'


def _row(*cells: str, visibility: str = "visible") -> str:
    return f'<table:table-row table:visibility="{visibility}">{"".join(cells)}</table:table-row>'


_YEAR, _MONTH, _DAY = '<number:year number:style="long"/>', "<number:month/>", "<number:day/>"
_FORMATS = (
    f'<number:date-style style:name="N1">{_YEAR}<number:text>年</number:text>{_MONTH}<number:text>月</number:text></number:date-style>'
    f'<number:date-style style:name="N2">{_MONTH}<number:text>月</number:text>{_DAY}<number:text>日</number:text></number:date-style>'
    f'<number:date-style style:name="N3">{_YEAR}<number:text>-</number:text>{_MONTH}<number:text>-</number:text>{_DAY}</number:date-style>'
    '<number:percentage-style style:name="N4"><number:number number:decimal-places="1" number:min-decimal-places="1" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>'
    '<number:number-style style:name="N5"><number:number number:decimal-places="2" number:min-decimal-places="2" number:min-integer-digits="1" number:grouping="true"/><number:text>万元</number:text></number:number-style>'
)
HIDDEN_STYLES = (
    _FORMATS
    + "".join(
        f'<style:style style:name="s{i}" style:family="table-cell" style:data-style-name="N{i}"/>' for i in range(1, 6)
    )
    + '<style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style>'
)
_COLUMNS = (
    '<table:table-column table:number-columns-repeated="2"/>'
    '<table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>'
    '<table:table-column table:number-columns-repeated="2"/>'
)
_ROWS = (
    _row(*map(_text, ("序号", "任务", "内部一", "内部二", "时限", "数值"))),
    _row(*map(_text, ("1", "修路", "密甲", "密乙")), _date("2024-06-01", 1), _number("0.855", 4, "percentage")),
    _row(*map(_text, ("2", "隐藏行", "", "", "", "")), visibility="collapse"),
    _row(*map(_text, ("3", "建桥", "密丙", "密丁")), _date("2024-06-30", 2), _number("12345.6", 5)),
    _row(*map(_text, ("4", "筛掉行", "", "", "", "")), visibility="filter"),
    _row(*map(_text, ("5", "植树", "密丙", "密丁")), _date("2024-09-30", 3), _number("0.30000000000000004", 9)),
)
HIDDEN_BODY = (
    f'<table:table table:name="公开">{_COLUMNS}{"".join(_ROWS)}</table:table>'
    f'<table:table table:name="内部" table:style-name="off"><table:table-column/>{_row(_text("内部的话"))}</table:table>'
)
