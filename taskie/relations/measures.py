"""Read the measures of a target: which amounts count, what they measure, how far; guidelines, section 4.

Boundary: the amounts inside one target; amounts in progress cells are read with the same code by ``progress``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taskie.normalize.quantities import normalize_quantity
from taskie.records import Entity, Measure
from taskie.relations.candidates import PhraseCandidate, phrase_candidates
from taskie.relations.changes import change_of
from taskie.relations.decisions import RULES, AmountSite, Decider, NounSite
from taskie.relations.indicators import (
    Named,
    bare_verb,
    divide_shared,
    goes_on,
    is_money,
    is_points,
    name_by_rules,
    names_by_verb,
    subject_of,
)
from taskie.relations.qualifiers import role_by_rules

_RATES = frozenset(("%", "百分点", "倍", ""))
# A clause before that says what is done rather than naming a thing lends no noun to a verb.
_MAX_SUBJECT = 14
_DONE = re.compile(r"(?:投用|通报|会商|执行|公示|公布|到位|完成|办理|登记|配齐)$")
# A saying names nothing either: 先有楼后搬家, 大学生来了先住后找.
_SAYING = re.compile(r"照样|来了|先[^，、]{1,5}[后再]|宁可|自己")
_BEFORE_DEADLINE = re.compile(r"(?:力争|争取|确保|计划|预计|到|至|于|在|截至|自|从|以|\s)+$")
_COMPARATORS = re.compile(
    r"(?:达到|达|增长|提高|提升|下降|降低|不低于|不少于|不超过|超过|突破|控制在|稳定在|保持|完成|实现|约|近|到|至|在|以上|共|新增)+$"
)
_BARE_VERB = re.compile(
    r"(?:开工|建成|竣工|投产|投用|投资|完成|实现|新增|实施|新建|引进|培育|开展|处置|铺设|建设|改造|全部|分别|年内|力争|确保|争取)+"
)


def read_measures(
    text: str, start: int, end: int, amounts: Sequence[Entity], *,
    others: Sequence[Entity] = (), previous: str | None = None, previous_unit: str | None = None, before: str = "",
    decider: Decider = RULES, target_sure: float = 1.0,
) -> tuple[Measure, ...]:  # fmt: skip
    """Return the measures among ``amounts``, the QUANTITY entities inside ``text[start:end]``, in text order.

    ``others`` are the other entities inside: deadlines are left out of indicators, and an indicator begins behind
    a name. ``previous`` is the last indicator of the same sentence, with its unit, ``before`` the clause before this one; they name
    what is measured where the clause itself does not (到位资金9亿元，增长5%). ``decider`` chooses where rules leave a
    choice, and ``target_sure`` is how sure the target itself is.
    """
    if not amounts:
        return ()
    kept, scores = _counted(text, start, end, amounts, decider)
    dates = [other for other in others if other.label == "DEADLINE"]
    measures: list[Measure] = []
    shared: tuple[str, ...] | None = None
    left_border = start
    for i, amount in enumerate(kept):
        right_border = kept[i + 1].start if i + 1 < len(kept) else end
        left = _context(text, left_border, amount.start, others)
        # The text here has look-alikes replaced; an entity may hold them as printed (⼗六亿斤).
        printed = text[amount.start : amount.end]
        quantity = normalize_quantity(printed, before=text[start : amount.start], after=text[amount.end : end])
        if i == 0:
            shared = divide_shared(left, len(kept))
        around = _Around(
            left, _context(text, left_border, amount.start, dates) if others else left,
            _behind(text, amount.end, right_border, dates), quantity.unit, i + 1 == len(kept), previous, previous_unit,
            "" if measures else before, amount.start, shared[i] if shared else None,
        )  # fmt: skip
        rule = Named(around.shared, True) if around.shared else _named(around)
        indicator, score = decider.indicator(
            NounSite(left, around.right, quantity.unit, amount.start, around.phrases), rule.words, certain=rule.certain
        )
        change = change_of(text, left, left_border, amount, quantity.unit, measures, begins=start)
        measures.append(
            Measure(
                _squeezed(indicator), printed, amount.start, amount.end, quantity.value,
                quantity.value_max, quantity.unit, quantity.bound, change, quantity.masked, quantity.per,
                _base(text[start : amount.start]),
                decider.confidence("measure", scores[i], amount.confidence, target_sure),
                decider.confidence("indicator", score, amount.confidence, target_sure) if indicator else None,
            )
        )  # fmt: skip
        previous, previous_unit = indicator or previous, quantity.unit
        left_border = amount.end
    return tuple(measures)


def _counted(
    text: str, start: int, end: int, amounts: Sequence[Entity], decider: Decider
) -> tuple[list[Entity], list[float | None]]:
    """Return the amounts that are measures, and the score of each."""
    kept, scores = [], []
    for i, amount in enumerate(amounts):
        later = amounts[i + 1] if i + 1 < len(amounts) else None
        qualifies, certain = role_by_rules(text, amount, amounts[i + 1 : i + 2], start=start, end=end)
        counts, score = decider.measure(AmountSite(text, start, end, amount, later), not qualifies, certain=certain)
        if counts:
            kept.append(amount)
            scores.append(score)
    return kept, scores


@dataclass(frozen=True, slots=True)
class _Around:
    """The words around one amount that may name it: see ``read_measures``."""

    left: str
    whole: str
    right: str
    unit: str
    last: bool
    previous: str | None
    previous_unit: str | None
    before: str
    position: int
    shared: str | None

    def phrases(self) -> list[PhraseCandidate]:
        given = (
            (self.shared, "shared"),
            (self.previous, "previous"),
            (subject_of(self.before), "subject"),
            (bare_verb(self.left, self.unit), "bare"),
        )
        return phrase_candidates(self.left, self.whole, self.right, given=given)


def _named(around: _Around) -> Named:
    """Ask for the noun beside the amount, then in ``whole`` with the names before it, then in the clause before."""
    left, unit, previous = around.left, around.unit, around.previous
    if is_points(left, unit):
        return Named(None, True)
    if previous and goes_on(left):
        return Named(previous, True)
    found = name_by_rules(left, around.right, previous=None, unit=unit, last=around.last)
    if found.words is None and around.whole != left:
        found = name_by_rules(around.whole, around.right, previous=None, unit=unit, last=around.last)
    if found.words:
        return found
    subject, bare, money = subject_of(around.before), bare_verb(left, unit), unit == "元"
    if subject and bare and (len(subject) > _MAX_SUBJECT or _DONE.search(subject) or _SAYING.search(subject)):
        subject = None
    if bare and names_by_verb(previous):
        previous = None
    alike = around.previous_unit == unit or {around.previous_unit, unit} <= _RATES or (money and is_money(previous))
    if money and is_money(subject) and not is_money(previous):
        return Named(subject, False)
    return Named((previous if alike or not bare else None) or subject or bare, False)


def _behind(text: str, start: int, end: int, dates: Sequence[Entity]) -> str:
    """Return the words behind an amount, without line ends that wrap them, up to a deadline."""
    later = [date.start for date in dates if start <= date.start < end]
    return re.sub(r"\s*\n\s*", "", text[start : min(later, default=end)])


def _context(text: str, start: int, end: int, others: Sequence[Entity]) -> str:
    """Return ``text[start:end]`` without deadlines and from the last name of a body or project on.

    A name that is itself all there is before the amount stays: then it is what the amount measures.
    """
    parts, position = [], start
    for other in others:
        if other.start < position or other.end > end:
            continue
        if other.label == "DEADLINE":
            parts.append(_BEFORE_DEADLINE.sub("", text[position : other.start]))
            position = other.end
        elif not text[other.end : end].strip():
            # 青河大桥、柳泉水厂5个项目: the names are what is counted, as with 等 behind them.
            parts, position = ["等"], other.end
        elif _stands_apart(text[other.end : end]):
            parts, position = [], other.end
    parts.append(text[position:end])
    return re.sub(r"^(?:其中|，|：|、|\s)+", "", re.sub(r"\s*\n\s*", "", "".join(parts)))


def _stands_apart(rest: str) -> bool:
    """Tell whether the words behind a name go on with a noun of their own: …项目｜总投资, …公司｜研发投入."""
    core = _COMPARATORS.sub("", rest)
    return len(core) >= 2 and core[0] not in "、和及与的等（(" and not _BARE_VERB.fullmatch(core)


def _base(left: str) -> str | None:
    """Return the base a rate compares with: 同比, 较2020年, 比上年."""
    match = re.search(
        r"同比|环比|(?:较|比)(?:上年|去年|上年同期|去年同期|(?:19|20)\d{2}年(?:底)?|“?十[一二三四]五”?末?)|在[^，。]{1,10}基础上",
        left,
    )
    return match[0] if match else None


def _squeezed(indicator: str | None) -> str | None:
    return re.sub(r"[\s\u3000]+", "", indicator) if indicator else None
