"""The words that state responsibility: labels (牵头单位：) and verbs (牵头), built in and learned, and the roles they give.

Boundary: which words count and what they mean; reading the stretches around them is the business of ``responsibility``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from taskie.records import ROLES
from taskie.structure.learned import LearnedWords, active_words
from taskie.structure.role_words import HELPS, LEADS, role_of_word

_UNIT_WORD = (
    rf"(?:总牵头|共同牵头|牵头考核|牵头责任|牵头负责|牵头落实|牵头抓总|{LEADS}|主体责任|责任落实|责任|承办|落实|负责|具体负责|起草|经办|实施|"
    rf"组织实施|执行|协同责任|协同配合|配合责任|协助配合|参与配合|{HELPS}|考核|监管|主管|行业主管|建设|任务|工作|完成)"
)
_UNIT_NOUN = r"\s?(?:单\s?位|部\s?门|主体|机构|科室|处室|股室|科|处|成员单位|党委政府|县市区|县区|区县|乡镇)"
_UNIT_LABEL = (
    rf"(?:{_UNIT_WORD}(?:[、/和及与]{_UNIT_WORD})*{_UNIT_NOUN}(?:及责任人)?|牵头抓总|{LEADS}|{HELPS}|会同|起草|责任)"
)
# Bodies that look on; the task is not theirs.
_ASIDE_LABEL = r"(?:督办|督导|督查|督促|监督|指导)(?:责任)?(?:单\s?位|部\s?门|科室|机构)"
_LEADER_LABEL = (
    r"(?:(?:牵头负责|牵头|责任|分管|包保|包抓|挂包|挂钩|联系|督办|督导|主管|负责|市级|县级|区级|市|县|区|党委|政府|总)*"
    r"(?:领导|责任人|负责人|联系人|包联人|负责同志))"
)
_DEADLINE_LABEL = r"(?:(?:完成|办结|办理|工作|整改|落实|计划完成|时间|任务)*(?:时限|期限|时间节点|时间要求|完成时间|时间安排|时间进度)|完成时间|时间|进度要求)"
# 经办部门为县水务局 is a label as well.
_LABEL_BEHIND = r"(?:\s*[:：]\s*|[ \t\u3000]+(?=[省市县区州各国中])|(?<=[位门室构])为(?=[\u4e00-\u9fff]{3}))"
_VERB_HOW = r"(?P<how>(?:按照?|根据|依据)(?:各自)?(?:工作)?(?:职责|职能)(?:分工|范围|要求)?|分别|共同|各自|具体|统一|联合|积极|密切|认真|抓好|做好(?:[\u4e00-\u9fff]{2}(?=配合|协调|协助))?|会商|予以|给予|按照?(?:各自)?[\u4e00-\u9fff]{0,5}(?:分工|区域|范围|权限|领域|环节|属地)|按)*"
_VERB_WORD = (
    rf"牵头负责|牵头组织实施|牵头组织|牵头落实|牵头实施|牵头抓总|牵头推进|{LEADS}|协调推进|负责组织实施|负责落实|负责实施|负责推进|负责|"
    rf"组织实施|抓好落实|推进落实|落实|承办|经办|起草|组织施工|协调|办理|实施|协助配合|协同配合|参与配合|配合落实|配合做好|{HELPS}"
)
_VERB_BEHIND = r"(?:落实|推进|工作|完成|实施|组织实施|抓落实|配合|参与|督办|办理)?$"


@dataclass(frozen=True, slots=True)
class Patterns:
    """How labels and verbs of responsibility are found; ``roles`` has the words that give a role by themselves."""

    label: re.Pattern[str]
    strong_label: re.Pattern[str]
    verb: re.Pattern[str]
    roles: dict[str, str]

    def role_of(self, word: str) -> str:
        """Return the role that a label or verb gives; one that was learned counts before its form."""
        return self.roles.get(word) or role_of_word(word)


@lru_cache(maxsize=16)
def _compiled(words: LearnedWords) -> Patterns:
    """Compile the words of this module together with learned ones."""
    leader = _any_of(words.label_words("leader"), _LEADER_LABEL)
    deadline = _any_of(words.label_words("deadline"), _DEADLINE_LABEL)
    unit = _any_of(words.label_words(*ROLES), _UNIT_LABEL)
    verb = _any_of([word for word, _ in words.verbs], _VERB_WORD)
    return Patterns(
        re.compile(
            rf"(?:(?P<leader>{leader})|(?P<deadline>{deadline})|(?P<unit>{unit})|(?P<aside>{_ASIDE_LABEL})){_LABEL_BEHIND}"
        ),
        re.compile(rf"^(?:{leader}|{deadline}|{unit}|{_ASIDE_LABEL})\s*[:：]"),
        re.compile(rf"{_VERB_HOW}(?P<verb>{verb}){_VERB_BEHIND}"),
        {word: role for word, role in (*words.verbs, *words.labels) if role in ROLES},
    )


def _any_of(words: Sequence[str], built_in: str) -> str:
    return "|".join([*map(re.escape, sorted(words, key=len, reverse=True)), built_in])


def active_patterns() -> Patterns:
    """Return how labels and verbs are found now: built-in words and the active learned ones."""
    return _compiled(active_words())


def meaning_of_label(word: str) -> str | None:
    """Return what stands behind a label, as it is read now: the role of units, ``leader`` or ``deadline``."""
    patterns = active_patterns()
    match = patterns.label.fullmatch(f"{word}：")
    if not match:
        return None
    return "leader" if match["leader"] else "deadline" if match["deadline"] else patterns.role_of(match["unit"])


def role_of_verb(word: str) -> str | None:
    """Return the role that a verb behind a list of bodies gives, as it is read now."""
    patterns = active_patterns()
    match = patterns.verb.fullmatch(word)
    return patterns.role_of(match["verb"]) if match else None


def states_responsibility(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` begins like a labelled statement of responsibility."""
    return bool(active_patterns().strong_label.match(text[start:end].lstrip(" \t\u3000（(〔[【*—–－")))
