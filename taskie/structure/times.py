"""Read the times that statements of responsibility, deadline cells and their like hold: 6月底前, 2025年, 长期坚持.

Boundary: a stretch in, the time it says out; what day is meant is the business of ``taskie.normalize``.
"""

from __future__ import annotations

import re

from taskie.records import TextSpan

# Times of the year that work is planned by; each has to be said to be before or after.
_SEASON = (
    r"(?:春耕|夏收|夏种|秋收|秋种|三夏|三秋|春灌|冬灌|收获季|(?:主)?汛期?|雨季|(?:采暖|供暖|供热|取暖)[期季]?|入冬|入汛|封冻|上冻|"
    r"(?:[春秋]季?)?开学|暑[期假]|寒假|元旦|春节|清明|端午|中秋|国庆节?|五一|十一|两会|高考|中考)"
)
TIME = (
    rf"(?:(?:(?:19|20)\d{{2}}|[xX×]{{2,4}})年|[今明次]年)?{_SEASON}(?:来临|到来|结束|开始|开栓|期间)?之?[前后]|"
    r"[明次]年(?:\d{1,2}月)?(?:底|末|初|上半年|[一二三四]季度末?)?(?:之?前)?|常年(?:坚持|推进|开展|保持)|"
    r"(?:(?:19|20|xx|××)[\dxX×]{2}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})月份?(?:\d{1,2}日|[上中下]旬)?(?:底|末|初)?(?:之?前|以前)?|"
    r"(?:19|20)\d{2}(?:年)?(?:[-—－~至]+(?:19|20)?\d{2,4})?年?(?:年?底|末|上半年|下半年|全年)?(?:之?前|以前)?|"
    r"(?:第?[一二三四1-4]季度|上半年|下半年|年度|年中|汛期|春节|国庆节?)(?:末|底)?(?:之?前)?|年底(?:之?前)?|年内|全年|长期(?:坚持|推进|开展)?|"
    r"每(?:半?年|季度?|月)度?[末底]?|(?:[一二两三四五六半]|\d{1,2})(?:年|个月)(?:之?内)|[“\"]?十[一二三四]五[”\"]?(?:期?末|期间)|"
    r"(?:(?:以后|今后)?每(?:年|月|季度?))?持续(?:推进|优化|实施|坚持|开展)?|立行立改|即知即改|常态化(?:推进)?|按进度推进|即时|立即"
)  # fmt: skip
_TIME_DONE = re.compile(
    rf"^(?P<time>(?:{TIME})(?:[、和](?:{TIME}))*)(?:取得.{{0,12}}|全面.{{0,6}}|完成.{{0,6}}|启动.{{0,6}}|实现.{{0,6}}|基本.{{0,8}}|见成效|初步.{{0,8}}|落实|(?:报送|提交|提请|出台|印发).{{0,6}}|[\u4e00-\u9fff]{{0,6}}推进)?(?:并(?:长期|持续).{{0,6}})?$"
)

# 2022年6月底前，以后每年持续优化: by then it is due, whatever follows.
_AND_THEN = re.compile(r"[，,；;]\s*(?=(?:以后|此后|之后|其后|随后|后续|并))")


def read_time(text: str, start: int, end: int) -> TextSpan | None:
    """Return the time in ``text[start:end]`` if that is all it says, what is done by then aside."""
    stripped = text[start:end].strip(" \t\r\n\u3000。；;，,）)、.")
    if not stripped:
        return None
    begin = text.index(stripped, start)
    match = _TIME_DONE.match(stripped)
    if match and match["time"]:
        return TextSpan(match["time"], begin, begin + len(match["time"]))
    return None


def is_time(words: str) -> bool:
    """Tell whether words are a time and nothing else, what is done by then aside."""
    return _TIME_DONE.match(words) is not None


def deadline_value(text: str, start: int, stop: int) -> TextSpan | None:
    """Return what stands behind a label of a deadline: a time, else the words as they are; ``None`` if there are none or many."""
    stripped = text[start:stop].strip(" \t\r\n\u3000。；;，,）)〕]、")
    if not stripped or len(stripped) > 40:
        return None
    begin = text.index(stripped, start)
    first = _AND_THEN.split(stripped, maxsplit=1)[0]
    match = _TIME_DONE.match(first)
    value = match["time"] if match and match["time"] else stripped
    return TextSpan(value, begin, begin + len(value))
