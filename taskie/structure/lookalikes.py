"""Put common characters in the place of look-alikes, one for one, so that offsets stay.

Boundary: only characters that a copy, a conversion or a keyboard puts in the place of others: Kangxi radicals,
compatibility ideographs, odd spaces, a point for the full stop. Full-width digits and other marks are meant and stay.
"""

from __future__ import annotations

import re
import unicodedata

_RADICALS = range(0x2F00, 0x2FD6)
_SUPPLEMENT = {0x2EA0: "民", 0x2EC5: "见", 0x2EC9: "贝", 0x2ECB: "车", 0x2ED3: "长", 0x2ED4: "门", 0x2ED8: "青", 0x2EDA: "页", 0x2EDC: "飞", 0x2EDD: "食", 0x2EE2: "马", 0x2EE5: "鱼", 0x2EE6: "鸟", 0x2EE9: "黄", 0x2EEC: "齐", 0x2EEE: "齿"}  # fmt: skip
_COMPATIBILITY = range(0xF900, 0xFAFF)
_SPACES = dict.fromkeys([0xA0, 0x2002, 0x2003, 0x2009, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF], " ")


def _table() -> dict[int, str]:
    table = {code: unicodedata.normalize("NFKC", chr(code)) for code in (*_RADICALS, *_COMPATIBILITY)}
    table.update(_SUPPLEMENT)
    table.update(_SPACES)
    return {code: char for code, char in table.items() if len(char) == 1}


_TABLE = _table()


# A line break inside a cell of a table copied as markdown or HTML.
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
# A point behind words: not behind a digit or a letter, nor behind a number such as 一. or （2）. that opens an item.
_POINT = re.compile(
    r"(?<=[\u4e00-\u9fff”’》）)%％])\.(?=$|[\r\n \t\u3000\u4e00-\u9fff“‘《（(〔【\[①-⑳0-9])"
    r"|(?<=[^\s.]{6}\d)\.(?=[ \t]*(?:$|[\r\n]))",
    re.MULTILINE,
)
_ITEM_NUMBER = re.compile(
    r"(?:^|[\s。；;）)])(?:[一二三四五六七八九十百]{1,4}|[（(][一二三四五六七八九十百\d]{1,4}[）)])$"
)
# A document ends its sentences by points if those outnumber its full stops so many times.
_POINTS_PER_STOP = 2


def replace_lookalikes(text: str) -> str:
    """Return ``text`` with look-alikes replaced; the length is the same, code point for code point."""
    if text.isascii():
        return text
    return _with_full_stops(_BREAK.sub(lambda match: "\u2028".ljust(len(match[0])), text.translate(_TABLE)))


def _with_full_stops(text: str) -> str:
    """Put 。 for the points that end sentences, in a document that writes them so throughout."""
    points = [
        match.start()
        for match in _POINT.finditer(text)
        if not _ITEM_NUMBER.search(text[max(0, match.start() - 8) : match.start()])
    ]
    if len(points) <= _POINTS_PER_STOP * text.count("。"):
        return text
    characters = list(text)
    for position in points:
        characters[position] = "。"
    return "".join(characters)
