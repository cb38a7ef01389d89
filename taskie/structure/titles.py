"""Read the title that an item may begin with: a short phrase, then a full stop, a line's end or a gap.

Boundary: where the title ends; whether items like it have titles is decided in ``prose``.
"""

from __future__ import annotations

import re

MAX_TITLE = 36
_AMOUNT = re.compile(r"[\d０-９]\s*(?:个|家|项|亿|万|%|％|元|公里|亩|人|户|套|座|所|条|处|吨|平方|名|场|次|期|台|辆)")


def read_title(text: str, start: int, end: int, *, of_clauses: bool = False) -> int | None:
    """Return where the title that begins at ``start`` ends, or ``None`` if the words there are no title.

    A title is a short phrase without comma or amount, up to the first full stop, the end of its line or a gap.
    With ``of_clauses`` it may have commas (健全制度，补齐短板。): then only a full stop ends it.
    """
    match = re.compile(r"[。\r\n\u2028]|[ \t]{2,}|\u3000+").search(text, start, end)
    if not match or match.start() == start:
        return None
    stop = match.start()
    if match[0] in "\r\n\u2028":
        # A wrapped line: the title may go on to a full stop on the next one.
        full_stop = text.find("。", stop, min(end, start + MAX_TITLE))
        if full_stop >= 0 and not re.search(r"[，；：,;:（(]", text[start:full_stop]):
            stop = full_stop
    words = text[start:stop].strip(" \t\u3000：:")
    outside_quotes = re.sub(r"“[^”]*”|《[^》]*》|\"[^\"]*\"|（[^（）]*）", "", words)
    if (
        not 2 <= len(words) <= MAX_TITLE
        or re.search(r"[；！？;：:]" if of_clauses and match[0] == "。" else r"[，；！？,;：:]", outside_quotes)
        or _AMOUNT.search(outside_quotes)
    ):
        return None
    return start + len(text[start:stop].rstrip(" \t\u3000：:"))
