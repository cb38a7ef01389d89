"""The words that say what a body does in a task: it leads, it helps, or it carries the task out.

Boundary: fragments of patterns and the role of one word; labels, verbs and headings are built from them in
``responsibility_words`` and ``column_parts``.
"""

from __future__ import annotations

import re

# Offices coin such words by two characters: 主抓, 主推, 领办, 扛旗 lead; 协推, 帮衬, 搭手, 助力 help. 领导 is no such word.
LEADS = (
    r"(?:总?牵头|主[抓推办承攻导牵做]|(?<!负)主责|领[办衔]|首[办责牵]|总[牵抓责办]|牵总|抓总|挂帅|扛旗|领头|总负责"
    r"|主要(?:责任|负责)|(?:第一|首要|头号)责任)"
)
HELPS = r"(?:配合|协[推抓办同助作建理]|助[推攻力]|帮[办衬]|搭手|搭把手|辅[办助]|联[办建推合]|(?<![委员])会[办签商]|参[与加办建]|陪办|分办|支持|支援|成员)"
_LEADS, _HELPS = re.compile(LEADS), re.compile(HELPS)
# Before bodies it says that they help, behind them that they lead: no word of either list.
_JOINTLY = "会同"


def role_of_word(word: str) -> str:
    """Return the role that a label or verb gives: ``lead``, ``cooperating`` or ``responsible``.

    Guidelines, section 2. Cooperation is looked for first, since 协同责任单位 contains 责任.
    """
    if _HELPS.search(word) or word == _JOINTLY:
        return "cooperating"
    return "lead" if _LEADS.search(word) else "responsible"
