"""Tell whether a stretch of a unit list names a body, and split unit lists into bodies.

Boundary: this looks at form only (endings, brackets, separators); which bodies exist is
the business of ``taskie.ner``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from taskie.records import Unit
from taskie.structure.role_words import HELPS, LEADS, role_of_word

# Endings of bodies. Short ones (局, 委, 办 …) are frequent in compounds, so they are only tried on whole list items.
_ENDINGS = (
    "人民政府|政府|管委会|委员会|办公室|办事处|事务所|服务中心|中心|公司|集团|银行|大学|学院|学校|中学|小学|幼儿园|医院|"
    "研究院|研究所|设计院|科学院|法院|检察院|分院|支行|分行|分局|支局|总局|管理局|派出所|供电所|工作站|管理站|监测站|指挥部|"
    "领导小组|工作组|专项组|推进组|工作专班|专班|联席会议|协会|学会|商会|联合会|联合社|合作社|总社|供销社|基金会|促进会|"
    "总工会|工会|妇联|残联|科协|文联|社科联|工商联|侨联|台联|红十字会|团委|党委|党组|党校|党工委|工委|纪委|监委|政协|人大|"
    "部队|军分区|人武部|武装部|总队|支队|大队|中队|园区|开发区|高新区|新区|示范区|保税区|度假区|风景区|试验区|合作区|煤业|酒业|药业|矿业|商贸|农商行|车务段|直属库|火车站|联合体|"
    "城投|交投|文旅投|水投|国投|农投|电网|电力|供电|联通|移动|电信|铁塔|广电|邮政|烟草|石油|石化|燃气|水务|热力|"
    "机关|单位|部门|机构|企业|主体|科室|处室|股室|社区|街道|镇街|乡镇|苏木|嘎查|旗县区|县区|区县|县市区|县市|市县|师市|团场|"
    "局|委|办|厅|部|院|会|社|署|厂|站|所|科|室|处|股|团|校|馆|台|报|镇|乡|县|市|区|旗|盟|州|司|队|组|行|店|港|场|村|师|连|网|关|矿|段|库|宾馆|剧院|剧团"
)
_BODY = re.compile(rf"^[^，。；：、！？,;:]*(?:{_ENDINGS})(?:[（(][^（）()]*[）)])?$")
_COLLECTIVE = re.compile(
    r"^(?:各|相关|有关|所有|全部|全市|全县|全区|其他|其它|省直|市直|县直|区直|州直|省级|市级|县级|区级)"
)
# A collective whose parts are elided (各市、县、区政府) goes on over the separator into one of these.
_ELIDED_COLLECTIVE = re.compile(
    r"^(?:各|有关|相关)(?:[省市县区旗州盟乡镇街道村社团场师地设自治级辖、（）()]|开发区|园区|新区)+$"
)
_ELIDED_TAIL = re.compile(
    r"^(?:(?:自治州|自治县|市|县|区|旗|州|盟|乡|镇|街道|街|村|社区|园区|开发区|功能区|新区|街办|苏木|团场|师|直属|辖)(?:[（(][^（）()]{1,8}[）)])?)+"
    r"(?:人民政府|政府|管委会|办事处|管理委员会|管理局|党工委|党委|部门|单位)?(?:[（(][^（）()]*[）)])?$"
)
_NO_NAME = re.compile(
    r"^(?:等.{0,14}|以及|和|及|与|或|按.{0,12}职责.{0,8}|分别|共同|相关|有关|/|／|—+|-+|无|暂无|同上|备注|\d+|\.+|…+|其他|其它)$"
)
_REFERS_UP = re.compile(r"[（(]?(?:[同见如]上(?:[行栏项文]|一[行栏项])?|上同|同前|〃|″{1,2})[）)]?")
_TAIL = re.compile(
    r"(?:等(?:省级|市级|县级|区级|省直|市直|县直|区直)?(?:各|相关|有关|责任|配合|参与|成员|相关责任)*"
    r"(?:单位|部门|科室|处室|机构|企业|县市区|乡镇)?|(?:按照?|根据|依据|结合)(?:各自)?(?:工作)?(?:职责|职能).*|(?:分别|共同|分工|具体|联合)(?:总?牵头|负责|落实|配合|承办|主办))$"
)
_CONJUNCTION = re.compile(
    r"(?<=[局委厅办部院会心司行府团])(?:和|及|与|以及)(?=[省市县区州旗镇乡团国中]|[\u4e00-\u9fff]{2,12}(?:局|委|厅|办|部|政府|中心|公司|专班|组|院|会|所|站|校|行))"
)
_DASH = re.compile(r"(?<=[\u4e00-\u9fff）)])\s?(?:[—―－]{1,2}|--)\s?(?=[\u4e00-\u9fffxX×])")
_STRONG_ENDING = re.compile(
    r"(?:局|委|办|厅|政府|中心|公司|管委会|委员会|院|部|大学|银行|支行|办公室|街道|镇|乡|集团|[）)])$"
)
_OWN_HEAD = re.compile(r"^[省市县区州旗盟镇乡团各国中xX×某]")
_OPENING = "（(〔[【《“‘"
_CLOSING = "）)〕]】》”’"
_SEPARATORS = "、，,；;。|｜\t\n\r/／"
MAX_NAME = 40


def looks_like_body(name: str) -> bool:
    """Tell whether ``name`` has the form of a body, a collective of bodies included."""
    name = "".join(name.split())
    if not 2 <= len(name) <= MAX_NAME or _NO_NAME.match(name):
        return False
    return bool(_BODY.match(name)) or bool(_COLLECTIVE.match(name))


def refers_up(cell: str) -> bool:
    """Tell whether a cell says that those above it are meant: 同上, （见上）."""
    return _REFERS_UP.fullmatch(cell.strip()) is not None


def split_units(
    text: str, start: int, end: int, *, role: str, source: str | None = None, wrapped: bool = False
) -> tuple[Unit, ...]:
    """Split the unit list ``text[start:end]`` into units with ``role``, in text order.

    Separators are 、，；, bars, slashes, tabs, line breaks and white space; white space inside a name
    that lost a character does not split, nor does a line break in ``wrapped`` running text.
    Brackets belong to the name before them, save when they hold a role (市发改委（牵头）).
    Repeated names are kept once.
    """
    start, end = _inside_brackets(text, start, end)
    units: list[Unit] = []
    seen: set[str] = set()
    for unit_start, unit_end in _name_spans(text, start, end, wrapped):
        unit_end, own_role = _bracketed_role(text, unit_start, unit_end)
        unit_start, unit_end = _trim(text, unit_start, unit_end)
        name = "".join(text[unit_start:unit_end].split())
        if not name or _NO_NAME.match(name) or len(name) > MAX_NAME or name in seen or not _has_letter(name):
            continue
        seen.add(name)
        units.append(Unit(name, own_role or role, unit_start, unit_end, "label" if own_role else source))
    return tuple(units)


def _inside_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """Take off a pair of brackets around the whole list."""
    begin, stop = start, end
    while begin < stop and text[begin].isspace():
        begin += 1
    while stop > begin and text[stop - 1].isspace():
        stop -= 1
    if stop - begin > 2 and text[begin] in "（(〔[" and text[stop - 1] in "）)〕]":
        inside = text[begin + 1 : stop - 1]
        if not re.search(r"[（(〔\[）)〕\]]", inside):
            return begin + 1, stop - 1
    return start, end


def _has_letter(name: str) -> bool:
    return any(c.isalpha() for c in name)


def _name_spans(text: str, start: int, end: int, wrapped: bool) -> Iterator[tuple[int, int]]:
    """Yield the stretches between separators, with elided collectives and lost characters joined again."""
    pieces = list(_pieces(text, start, end))
    i = 0
    while i < len(pieces):
        begin, stop = pieces[i]
        while i + 1 < len(pieces) and _goes_on(text, begin, stop, *pieces[i + 1], wrapped):
            i += 1
            stop = pieces[i][1]
        yield from _conjuncts(text, begin, stop)
        i += 1


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    depth, begin = 0, start
    for i in range(start, end):
        c = text[i]
        if c in _OPENING:
            depth += 1
        elif c in _CLOSING:
            depth = max(0, depth - 1)
        elif (c in _SEPARATORS or c.isspace() or _is_stop(text, i)) and depth == 0:
            if text[begin:i].strip():
                yield begin, i
            begin = i + 1
    if text[begin:end].strip():
        yield begin, end


def _is_stop(text: str, i: int) -> bool:
    """A point between two characters ends a list in half-width punctuation; one in a name or figure does not."""
    return text[i] in ".．" and "\u4e00" <= text[i - 1 : i] <= "\u9fff" and not text[i + 1 : i + 2].isdecimal()


def _goes_on(text: str, begin: int, stop: int, next_begin: int, next_stop: int, wrapped: bool) -> bool:
    """Tell whether the piece after a separator belongs to the name before it."""
    left, right = text[begin:stop], text[next_begin:next_stop]
    gap = text[stop:next_begin]
    if not gap.isspace():
        return gap == "、" and _is_collective_stub(left, right)
    if wrapped and "\n" in gap:
        return True
    if re.match(r"^(?:管委会|人民政府|政府|办事处|委员会|管理局|分局)$", right):
        return True
    if not looks_like_body(left) or not looks_like_body(right):
        return True
    # 区人力资源和社 会保障局: a weak ending is no end, unless a name with a head of its own follows.
    return not _STRONG_ENDING.search(left) and not _OWN_HEAD.match(right)


def _is_collective_stub(left: str, right: str) -> bool:
    return bool(_ELIDED_COLLECTIVE.match(left)) and bool(_ELIDED_TAIL.match(right))


def _conjuncts(text: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    """Split 市科技局和市财政局, 市科技局——市财政局, and 市科技局xx市政府 where the separator was lost."""
    cut = begin
    borders = [*_DASH.finditer(text, begin, stop), *_CONJUNCTION.finditer(text, begin, stop)]
    for match in sorted(borders, key=lambda border: border.start()):
        if looks_like_body(text[cut : match.start()]) and looks_like_body(text[match.end() : stop]):
            yield cut, match.start()
            cut = match.end()
    for glued in re.finditer(
        r"(?<=[局委厅办])(?=(?:[xX×]{2}[省市县区州旗镇乡][\u4e00-\u9fff]{0,14}|[市县区省州][\u4e00-\u9fffxX×]{1,14})(?:(?<![分支])局|委|厅|办|政府|管委会|中心|公司)$)",
        text[cut:stop],
    ):
        middle = cut + glued.start()
        if (
            middle - cut >= 3
            and looks_like_body(text[cut:middle])
            and not text[middle:stop].startswith(("市场", "区域", "县域", "区划"))
            and not text[cut:middle].endswith("总局")
            and not re.match(r"[xX×]{2}直属", text[middle:stop])
        ):
            yield cut, middle
            cut = middle
            break
    yield cut, stop


def _bracketed_role(text: str, start: int, end: int) -> tuple[int, str | None]:
    """Read a role in brackets after the name; return where the name ends and the role, if any."""
    match = re.search(rf"[（(〔\[【]((?:{LEADS}|{HELPS})(?:单位|部门)?)[）)〕\]】]\s*$", text[start:end])
    if not match:
        return end, None
    return start + match.start(), role_of_word(match[1])


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Take white space, list numbers, loose punctuation and tails such as 等有关部门 off a name."""
    changed = True
    while changed and start < end:
        changed = False
        segment = text[start:end]
        stripped = segment.strip(" \t\r\n\u3000:：.。·*★▲＊、，,；;|｜")
        if stripped != segment:
            start += segment.index(stripped) if stripped else len(segment)
            end = start + len(stripped)
            changed = True
        tail = _TAIL.search(stripped)
        if tail and tail.start() > 1:
            end = start + tail.start()
            changed = True
        for opening, closing in (("（(", "）)"), ("〔［[", "〕］]"), ("【", "】")):
            if text[start:end].endswith(tuple(closing)) and not any(c in text[start:end] for c in opening):
                end -= 1
                changed = True
            if text[start:end].startswith(tuple(opening)):
                start += 1
                changed = True
    return start, end
