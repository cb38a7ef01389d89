"""Read statements of responsibility: who leads, who helps, which leader, by when.

Boundary: given a stretch of text that may be such a statement (the inside of a bracket, a line,
a table cell), say what it states or that it states nothing; where such stretches are is
the business of ``prose``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from taskie.records import ROLES, TextSpan, Unit
from taskie.structure.bodies import looks_like_body, role_of_word, split_units
from taskie.structure.learned import LearnedWords, active_words
from taskie.structure.persons import read_leaders

_UNIT_WORD = (
    r"(?:总牵头|共同牵头|牵头考核|牵头责任|牵头负责|牵头落实|牵头抓总|牵头|主办|第一责任|首要责任|主要责任|主责|主体责任|责任落实|责任|承办|落实|负责|具体负责|实施|"
    r"组织实施|执行|协同责任|协同配合|协同|配合责任|协助配合|协助|协办|配合|参与配合|参与|参加|会办|支持|督办|督促|考核|监管|主管|行业主管|建设|任务|工作|完成)"
)
_UNIT_NOUN = r"\s?(?:单\s?位|部\s?门|主体|机构|科室|处室|股室|科|处|成员单位|党委政府|县市区|县区|区县|乡镇)"
_UNIT_LABEL = rf"(?:{_UNIT_WORD}(?:[、/和及与]{_UNIT_WORD})*{_UNIT_NOUN}(?:及责任人)?|牵头抓总|牵头|主办|配合|协办|协同|参与|责任)"
_LEADER_LABEL = (
    r"(?:(?:牵头负责|牵头|责任|分管|包保|包抓|挂包|挂钩|联系|督办|督导|主管|负责|市级|县级|区级|市|县|区|党委|政府|总)*"
    r"(?:领导|责任人|负责人|联系人|包联人|负责同志))"
)
_DEADLINE_LABEL = r"(?:(?:完成|办结|办理|工作|整改|落实|计划完成|时间|任务)*(?:时限|期限|时间节点|时间要求|完成时间|时间安排|时间进度)|完成时间|时间|进度要求)"
_LABEL_BEHIND = r"(?:\s*[:：]\s*|[ \t\u3000]+(?=[省市县区州各国中]))"
_VERB_HOW = r"(?P<how>(?:按照?|根据|依据)(?:各自)?(?:工作)?(?:职责|职能)(?:分工|范围|要求)?|分别|共同|各自|具体|统一|联合|积极|密切|认真|抓好|做好|会商|按)*"
_VERB_WORD = (
    r"牵头负责|牵头组织实施|牵头组织|牵头落实|牵头实施|牵头抓总|牵头推进|牵头|主办|主抓|总负责|协调推进|负责组织实施|负责落实|负责实施|负责推进|负责|"
    r"组织实施|抓好落实|推进落实|落实|承办|实施|协助配合|协同配合|参与配合|配合落实|配合做好|配合|协办|协同|协助|参与|参加|支持"
)
_VERB_BEHIND = r"(?:落实|推进|工作|完成|实施|组织实施|抓落实|配合|参与|督办|办理)?$"
# What may stand before the bodies: 此项工作由…, ②由…, 其中教育系统由….
_PRELIMINARY = re.compile(
    r"^\s*[—–－-]{0,2}\s*(?:[①-⑳]|[（(]?\d{1,2}[）)])*(?:其中[^，。；由]{0,12}由|(?:以上|上述|本项|此项|该项)?(?:任务|工作|事项)?(?:均|都)?由?)"
)
TIME = (
    r"(?:(?:19|20|xx|××)[\dxX×]{2}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:\d{1,2}日|[上中下]旬)?(?:底|末|初)?(?:之?前|以前)?|"
    r"(?:19|20)\d{2}(?:年)?(?:[-—－~至]+(?:19|20)?\d{2,4})?年?(?:年?底|末|上半年|下半年|全年)?(?:之?前|以前)?|"
    r"(?:第?[一二三四1-4]季度|上半年|下半年|年度|年中|汛期|春节|国庆节?)(?:末|底)?(?:之?前)?|年底(?:之?前)?|年内|全年|长期(?:坚持|推进)?|"
    r"(?:春|秋)?季?开学(?:之?前)|[“\"]?十[一二三四]五[”\"]?(?:期?末|期间)|持续(?:推进|优化|实施|坚持|开展)?|常态化(?:推进)?|按进度推进|即时|立即"
)  # fmt: skip
_TIME_DONE = re.compile(
    rf"^(?P<time>(?:{TIME})(?:[、和](?:{TIME}))*)(?:取得.{{0,12}}|全面.{{0,6}}|完成.{{0,6}}|启动.{{0,6}}|实现.{{0,6}}|基本.{{0,8}}|见成效|初步.{{0,8}}|落实|[\u4e00-\u9fff]{{0,6}}推进)?(?:并(?:长期|持续).{{0,6}})?$"
)
FIRST_LISTED = re.compile(
    r"(?:列|排|排名|排序|位列|位居|标注)?(?:在)?(?:第一位|第一个|首位|首个|第一|最前面?|排首)(?:的)?(?:责任)?(?:单位|部门|科室|者)?(?:的)?"
    r"(?:，)?(?:即)?(?:为|是|系|作为)(?:该项工作|本项任务|该项任务|该任务)?(?:的)?(?:总)?(?:牵头|主办|主要责任|第一责任|主责)"
    r"|(?:列|排)(?:在|名|序|位)*(?:第一位?|首位|首个|最前面?|前面|首)(?:的)?(?:责任)?(?:单位|部门|科室|者)?(?:总?牵头|主办|负(?:主|总|主要|首要)责)"
    r"|(?:首列|列首|列首位|第一位|第一个|首位|首个)(?:的)?(?:责任)?(?:单位|部门|科室|者)(?:总?牵头|主办|负(?:主|总|主要|首要)责)"
)


def states_first_listed(text: str) -> bool:
    """Tell whether the document itself says that the first unit of a list leads; line breaks inside do not matter."""
    return FIRST_LISTED.search(re.sub(r"[\r\n]+[ \u3000]*", "", text)) is not None


@dataclass(frozen=True, slots=True)
class _Patterns:
    """How labels and verbs of responsibility are found; ``roles`` has the words that give a role by themselves."""

    label: re.Pattern[str]
    strong_label: re.Pattern[str]
    verb: re.Pattern[str]
    roles: dict[str, str]

    def role_of(self, word: str) -> str:
        """Return the role that a label or verb gives; one that was learned counts before its form."""
        return self.roles.get(word) or role_of_word(word)


def _any_of(words: Sequence[str], built_in: str) -> str:
    return "|".join([*map(re.escape, sorted(words, key=len, reverse=True)), built_in])


@lru_cache(maxsize=16)
def _patterns(words: LearnedWords) -> _Patterns:
    """Compile the words of this module together with learned ones."""
    leader = _any_of(words.label_words("leader"), _LEADER_LABEL)
    deadline = _any_of(words.label_words("deadline"), _DEADLINE_LABEL)
    unit = _any_of(words.label_words(*ROLES), _UNIT_LABEL)
    verb = _any_of([word for word, _ in words.verbs], _VERB_WORD)
    return _Patterns(
        re.compile(rf"(?:(?P<leader>{leader})|(?P<deadline>{deadline})|(?P<unit>{unit})){_LABEL_BEHIND}"),
        re.compile(rf"^(?:{leader}|{deadline}|{unit})\s*[:：]"),
        re.compile(rf"{_VERB_HOW}(?P<verb>{verb}){_VERB_BEHIND}"),
        {word: role for word, role in (*words.verbs, *words.labels) if role in ROLES},
    )


def meaning_of_label(word: str) -> str | None:
    """Return what stands behind a label, as it is read now: the role of units, ``leader`` or ``deadline``."""
    patterns = _patterns(active_words())
    match = patterns.label.fullmatch(f"{word}：")
    if not match:
        return None
    return "leader" if match["leader"] else "deadline" if match["deadline"] else patterns.role_of(match["unit"])


def role_of_verb(word: str) -> str | None:
    """Return the role that a verb behind a list of bodies gives, as it is read now."""
    patterns = _patterns(active_words())
    match = patterns.verb.fullmatch(word)
    return patterns.role_of(match["verb"]) if match else None


@dataclass(frozen=True, slots=True)
class Statement:
    """What one statement of responsibility says; empty fields where it says nothing of the kind."""

    units: tuple[Unit, ...] = ()
    leaders: tuple[str, ...] = ()
    deadline: TextSpan | None = None

    def __bool__(self) -> bool:
        return bool(self.units or self.leaders or self.deadline)


def read_statement(text: str, start: int, end: int, *, bare: bool = False, bracketed: bool = False) -> Statement:
    """Read ``text[start:end]``, without its brackets, as a statement of responsibility.

    ``bare`` also takes a list of bodies without label or verb; ``bracketed`` takes names that do not
    look like bodies (firms by their short name) where a verb follows them.
    An empty ``Statement`` means that the stretch states nothing of the kind.
    """
    if bracketed and "\n" in text[start:end]:
        return _read_unwrapped(text, start, end, bare=bare)
    label = _patterns(active_words()).label
    labels = [m for m in label.finditer(text, start, end) if _at_border(text, start, m.start())]
    if labels:
        return _labelled(text, start, end, labels)
    return _verbal(text, start, end, bracketed) or (_bare(text, start, end) if bare else Statement())


def _read_unwrapped(text: str, start: int, end: int, *, bare: bool) -> Statement:
    """Read a bracket that a line wrap tore, names and labels included, and give offsets in ``text``."""
    kept = [i for i in range(start, end) if text[i] not in "\r\n"]
    joined = "".join(text[i] for i in kept)
    places = [*kept, end]
    statement = read_statement(joined, 0, len(joined), bare=bare, bracketed=True)
    units = tuple(replace(u, start=places[u.start], end=places[u.end - 1] + 1) for u in statement.units)
    deadline = statement.deadline
    if deadline:
        begin, stop = places[deadline.start], places[deadline.end - 1] + 1
        deadline = TextSpan(text[begin:stop], begin, stop)
    return Statement(units, statement.leaders, deadline)


def states_responsibility(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` begins like a labelled statement of responsibility."""
    return bool(_patterns(active_words()).strong_label.match(text[start:end].lstrip(" \t\u3000（(〔[【*—–－")))


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


def _at_border(text: str, start: int, position: int) -> bool:
    """Labels stand at the beginning or after a separator, not inside a longer word."""
    return (
        position == start
        or not text[position - 1].isalnum()
        or text[position - 1] in "0123456789"
        or _BEHIND_NAME.match(text, position) is not None
    )


# A label of several words and a colon needs no mark before it: 县财政局完成时限：6月底.
_BEHIND_NAME = re.compile(
    r"(?:完成|办结|整改)?(?:时限|期限|时间)[:：]|(?:配合|参与|协办|责任|牵头)(?:责任)?(?:单位|部门)[:：]"
)


def _labelled(text: str, start: int, end: int, labels: list[re.Match[str]]) -> Statement:
    units = list(_leading_units(text, start, labels[0].start()))
    leaders: list[str] = []
    deadline = _leading_time(text, start, labels[0].start())
    for match, following in zip(labels, [*labels[1:], None], strict=True):
        stop = following.start() if following else end
        if match["leader"]:
            leaders.extend(read_leaders(text[match.end() : stop]))
        elif match["deadline"]:
            deadline = _deadline_value(text, match.end(), stop) or deadline
        else:
            units.extend(_units_of_label(text, match, stop))
            deadline = deadline or _trailing_time(text, match.end(), stop)
    return Statement(tuple(units), tuple(leaders), deadline)


def _units_of_label(text: str, match: re.Match[str], stop: int) -> tuple[Unit, ...]:
    role = _patterns(active_words()).role_of(match["unit"])
    verbal = _verbal(text, match.end(), stop, True)
    if verbal and len({u.role for u in verbal.units}) > 1:
        return verbal.units
    stop = _list_end(text, match.end(), stop)
    units = split_units(text, match.end(), stop, role=role, source="label", wrapped=True)
    return tuple(u for u in units if not _TIME_DONE.match(u.name) and not _STOP_WORD.search(u.name))


_STOP_WORD = re.compile(r"^(?:分工负责|按.*|具体.*|并.*|要.*|应.*)$")


def _list_end(text: str, start: int, stop: int) -> int:
    """A unit list ends at its full stop, if another sentence follows."""
    full_stop = text.find("。", start, stop)
    return full_stop if full_stop >= 0 else stop


def _leading_units(text: str, start: int, stop: int) -> tuple[Unit, ...]:
    """Read a list of bodies, or who leads and helps, before the first label: 县水务局、县财政局，责任科室：水保科."""
    stop = start + len(text[start:stop].rstrip(" \t\u3000，,；;"))
    spoken = _verbal(text, start, stop, True).units
    return spoken or _bare(text, start, stop).units


def _leading_time(text: str, start: int, stop: int) -> TextSpan | None:
    """Read 6月底完成 before the first label."""
    for begin, end in _segments(text, start, stop):
        time = read_time(text, begin, end)
        if time:
            return time
    return None


def _trailing_time(text: str, start: int, stop: int) -> TextSpan | None:
    """Read ，6月底前完成 behind the units of a label."""
    segments = list(_segments(text, start, stop))
    return read_time(text, *segments[-1]) if len(segments) > 1 else None


def _deadline_value(text: str, start: int, stop: int) -> TextSpan | None:
    stripped = text[start:stop].strip(" \t\r\n\u3000。；;，,）)〕]、")
    if not stripped or len(stripped) > 40:
        return None
    begin = text.index(stripped, start)
    match = _TIME_DONE.match(stripped)
    value = match["time"] if match and match["time"] else stripped
    return TextSpan(value, begin, begin + len(value))


def _segments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^，,；;。]+", text[start:end]):
        yield start + match.start(), start + match.end()


def _verbal(text: str, start: int, end: int, lenient: bool) -> Statement:
    """Read A牵头，B、C配合 / 由A会同B负责; empty unless every verb has bodies before it."""
    units: list[Unit] = []
    deadline: TextSpan | None = None
    pending = start
    verb_behind = _patterns(active_words()).verb
    for begin, stop in _segments(text, start, end):
        time = read_time(text, begin, stop)
        if time:
            deadline, pending = time, stop + 1
            continue
        verb = verb_behind.search(text[begin:stop].rstrip())
        divided = _VERB_WITH_OBJECT.match(text, begin, stop) if lenient and not verb else None
        if divided and pending == begin and all(looks_like_body(n) for n in re.split("[、和]", divided["names"])):
            role = _patterns(active_words()).role_of(divided["verb"])
            units.extend(split_units(text, *divided.span("names"), role=role, source="sentence"))
            pending = stop + 1
            continue
        if not verb or _FOR_ALL.match(text[begin:stop].strip()):
            continue
        found = _verb_units(text, pending, begin + verb.start(), verb["verb"], lenient)
        if not found:
            return Statement()
        units.extend(found)
        pending = stop + 1
    rest = text[pending:end].strip(" \t\r\n\u3000。；;，,")
    if rest and not _REST.match(rest):
        return Statement()
    if not units and deadline and not _BINDING_TIME.search(text[start:end]):
        return Statement()
    return Statement(tuple(units), (), deadline)


# Behind who leads: 由县水务局牵头，会同县气象局组织实施.
_WITH_HELPERS = re.compile(r"\s*并?(?:会同|联合)")
# In a bracket that divides a task: 县交通局主抓道路, 县民政局负责救助.
_VERB_WITH_OBJECT = re.compile(
    r"\s*(?P<names>[^，。；：\s]{3,40}?)(?P<verb>主抓|牵头|主办|负责|承担|承办|配合|协助)(?!同志|人|任)(?P<object>[^，。；：\s]{2,14})"
)
_FOR_ALL = re.compile(r"^(?:本部分|本章|本节|本项)?(?:以下|下列)|^不再(?:一一|逐一)?列出")
_REST = re.compile(rf"^(?:等|按.*职责.*|列第一位.*|下同|各.{{2,12}}$|{_FOR_ALL.pattern})")
# A time alone in brackets is a deadline only if it says so; （2023—2025年） is not one.
_BINDING_TIME = re.compile(r"完成|取得|[前底末内]|持续|长期|常态化|按进度")


def _verb_units(text: str, start: int, end: int, verb: str, lenient: bool) -> tuple[Unit, ...]:
    start += len(_PRELIMINARY.match(text[start:end])[0])  # type: ignore[index]
    joint = text.find("会同", start, end)
    if helpers := _WITH_HELPERS.match(text, start, end):
        units = split_units(text, helpers.end(), end, role="cooperating", source="sentence", wrapped=True)
    elif joint > start:
        leading = split_units(text, start, joint, role="lead", source="sentence", wrapped=True)
        helping = split_units(text, joint + 2, end, role="cooperating", source="sentence", wrapped=True)
        units = leading + helping
    else:
        units = split_units(
            text, start, end, role=_patterns(active_words()).role_of(verb), source="sentence", wrapped=True
        )
    if any(_NO_UNIT.search(u.name) for u in units):
        return ()
    bodies = sum(looks_like_body(u.name) for u in units)
    if lenient and (bodies or end - start <= 20) and all(len(u.name) <= 24 for u in units):
        return units
    return units if bodies == len(units) else ()


# What stands before a verb of responsibility without being a body: 由专人负责, 谁主管谁负责.
_NO_UNIT = re.compile(
    r"谁|专人|主要领导|一把手|责任制|项目经理|第三方|按照|含$|简称|不再|应当|必须|^(?:加强|推进|做好|要求)|企业主体$"
)


def _bare(text: str, start: int, end: int) -> Statement:
    """Read a list of bodies with neither label nor verb; every item must look like a body."""
    units = split_units(text, start, end, role="responsible", source="sentence", wrapped=True)
    covered = sum(u.end - u.start for u in units)
    verb = _patterns(active_words()).verb
    letters = sum(c.isalnum() for c in text[start:end])
    if (
        not units
        or any(re.match(r"[\d一二三四五六七八九十]", u.name) for u in units)
        or covered < 0.8 * letters
        or not all(
            (len(u.name) > 2 or u.name.startswith("各")) and looks_like_body(u.name) and not verb.search(u.name)
            for u in units
        )
    ):
        return Statement()
    return Statement(units)


def lead_first(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Return the units with the first leading and the others cooperating, by the document's own rule."""
    return tuple(
        replace(u, role="cooperating" if i else "lead", source="document_rule" if i else "first_listed")
        for i, u in enumerate(units)
    )
