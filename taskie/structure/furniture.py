"""Know the parts of a document around its tasks: signature, copies, page furniture.

Boundary: this says where the tail of a stretch begins and whether a line is furniture; the head
matter is read in ``head``.
"""

from __future__ import annotations

import re

DATE = re.compile(
    r"(?P<year>(?:19|20)\d{2}|二[〇○０零Ｏ][〇○零一二三四五六七八九]{2})\s*年\s*(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日曰]"
)
_FURNITURE = re.compile(
    r"^(?:[（(]?此件.{0,8}公开(?:发布)?[）)]?|抄\s*[送报][:：].*|主\s*送[:：].*|分\s*送[:：].*|.{2,30}(?:办公室|办公厅|局|委)\s*(?:\d{4}年\d{1,2}月\d{1,2}日)\s*印发|"
    r"【?(?:打印|关闭|关闭窗口|返回顶部|收藏|下载|分享|字体|上一篇|下一篇|购物车|我的足迹|相关附件|扫一扫).*|"
    r"(?:信息来源|发布日期|发布时间|浏览次数|来源|作者|责任编辑|索引号|字号|点击数|阅读次数)[:：].*|"
    r"(?:填表|填报|制表|报送)(?:单位|科室|部门|人|时间|日期)?[:：].*|第\s*\d+\s*页.*|—\s*\d+\s*—|-\s*\d+\s*-|\d{1,3}\s*/\s*\d{1,3}|版权所有.*|.*ICP备.*|.*(?:公网安备|网站标识码|附件下载|网站地图|技术支持[:：]|位访客|扫一扫).*|主办[:：].{2,30}(?:承办|协办)[:：].*|共印\s*\d+\s*份.*|[（(]?联\s?系\s?(?:人|电\s?话)[:：].*)$"
)
_ATTACHMENT_LIST = re.compile(r"^附(?:件)?\s*[:：]\s*\S")


# Where one is on a site, its menu, and the buttons above a page.
_NAVIGATION = re.compile(
    r"(?:您|你|当前|所在|现在)[^，。]{0,5}位置|^(?:网站|网)?首\s?页(?:[\s|｜>»›/＞》]|$)|无障碍(?:浏览|阅读|模式)|(?:^|[\s|｜】])无障碍(?:版|辅助|工具)?(?=$|[\s|｜【])|长者模式|(?:浏览|阅读|访问)(?:次数|量)?[:：]|"
    r"(?:&gt;|>>|»|›)|[^，。]{2,12}(?: > | / )[^，。]{2,12}(?: > | / )|(?:打印|收藏|下载)[^，。]{0,12}(?:关闭|分享)|字[体号]\s?[:：【]|我要纠错|索\s?引\s?号"
)
_MAX_NAVIGATION = 200


def is_furniture(line: str) -> bool:
    """Tell whether a trimmed line belongs to the page and not to the document's words."""
    if _FURNITURE.match(line):
        return True
    return len(line) <= _MAX_NAVIGATION and "。" not in line and bool(_NAVIGATION.search(line))


def tail_start(text: str, start: int, end: int) -> int:
    """Return where the tail of ``text[start:end]`` begins: attachment list, signature, date, copies, furniture.

    Read backwards from the end, so that a date or a body inside the text is not taken for a signature.
    """
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\r\n]+", text[start:end]) if m[0].strip()]
    keep = len(lines)
    while keep:
        begin, stop = lines[keep - 1]
        words = text[start + begin : start + stop].strip()
        if (
            is_furniture(words)
            or _is_date(words)
            or (keep < len(lines) and _is_signature(words))
            or _ATTACHMENT_LIST.match(words)
        ):
            keep -= 1
            continue
        listed = _attachment_list_above(text, start, lines, keep)
        if listed is None:
            break
        keep = listed
    return start + lines[keep][0] if keep < len(lines) else end


def _is_date(words: str) -> bool:
    match = DATE.search(words)
    return bool(match) and len(words) - len(match[0]) <= 2  # type: ignore[index]


def _is_signature(words: str) -> bool:
    """A body alone on a line above a date."""
    return (
        len(words) <= 40
        and not re.search(r"[，。；：]", words)
        and bool(re.search(r"(?:政府|办公室|办公厅|委员会|管委会|局|厅|办|指挥部|领导小组|委|院|司|公司|室)$", words))
    )


def _attachment_list_above(text: str, start: int, lines: list[tuple[int, int]], keep: int) -> int | None:
    """Numbered names of attachments are part of the tail if 附件： stands above them."""
    for back in range(keep - 1, max(-1, keep - 8), -1):
        words = text[start + lines[back][0] : start + lines[back][1]].strip()
        if _ATTACHMENT_LIST.match(words):
            return back
        if not re.match(r"^\d{1,2}\s*[.．、]", words) or len(words) > 60 or "。" in words:
            return None
    return None
