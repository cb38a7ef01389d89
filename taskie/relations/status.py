"""Normalize the words of a status cell; the printed form stays beside the code."""

from __future__ import annotations

import re

from taskie.normalize.numerals import half_width

# The first pattern that fits decides: what is not done is looked for before what is.
_CODES = (
    (
        "behind",
        re.compile(
            r"滞后|落后|未达(?:到)?(?:序时|进度|时序)|未按|缓慢|逾期|超期|预警|黄灯|红灯|黄牌|红牌|^否$|^×$|^✗$|未完成|不达标"
        ),
    ),
    ("not_started", re.compile(r"未启动|未开工|未开展|未实施|尚未|待启动|未推进")),
    ("cancelled", re.compile(r"取消|终止|暂停|停工|中止|暂缓|调整出")),
    ("done", re.compile(r"已?完成(?!率|情况)|办结|已竣工|已建成|销号|已落实|超额|达标|完工|^√$|100%")),
    ("on_schedule", re.compile(r"序时|按进度|按计划|按期|正常|顺利|达到进度|达进度|绿灯|^是$|时序")),
    ("in_progress", re.compile(r"推进|进行|正在|实施中|在建|持续|长期|办理中|建设中|整改中|基本完成|部分完成")),
)
_NEARLY = re.compile(r"基本完成|部分完成|接近完成|即将完成")
_SHARE = re.compile(r"(\d+(?:\.\d+)?)%")
_ALL = 100


def status_code(status: str | None) -> str | None:
    """Return ``done``, ``on_schedule``, ``in_progress``, ``behind``, ``not_started``, ``cancelled`` or ``other``; ``None`` for no status."""
    words = half_width("".join((status or "").split()))
    if not words or words in ("/", "—", "-", "无"):
        return None
    share = _SHARE.search(words)
    if _NEARLY.search(words) or (
        share and 0 < float(share[1]) < _ALL and re.fullmatch(r"[^\d]{0,6}[\d.]+%左?右?", words)
    ):
        return "in_progress"
    return next((code for code, pattern in _CODES if pattern.search(words)), "other")
