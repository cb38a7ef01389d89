"""Put common characters in the place of look-alikes, one for one, so that offsets stay.

Boundary: only characters that a copy or a conversion puts in the place of others: Kangxi radicals,
compatibility ideographs, odd spaces. Full-width digits and punctuation are meant and stay.
"""

from __future__ import annotations

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


def replace_lookalikes(text: str) -> str:
    """Return ``text`` with look-alikes replaced; the length is the same, code point for code point."""
    return text if text.isascii() else text.translate(_TABLE)
