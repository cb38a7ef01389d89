"""Read the measures of a target: which amounts count, what they measure, how far; guidelines, section 4.

Boundary: the amounts inside one target; amounts in progress cells are read with the same code by ``progress``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskie.normalize.quantities import normalize_quantity
from taskie.records import Entity, Measure
from taskie.relations.changes import change_of
from taskie.relations.indicators import (
    bare_verb,
    divide_shared,
    find_indicator,
    goes_on,
    is_money,
    is_points,
    subject_of,
)
from taskie.relations.qualifiers import only_qualifies

_RATES = frozenset(("%", "百分点", "倍", ""))
# A clause before that says what is done rather than naming a thing lends no noun to a verb.
_MAX_SUBJECT = 14
_DONE = re.compile(r"(?:投用|通报|会商|执行|公示|公布|到位|完成|办理|登记|配齐)$")
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
) -> tuple[Measure, ...]:  # fmt: skip
    """Return the measures among ``amounts``, the QUANTITY entities inside ``text[start:end]``, in text order.

    ``others`` are the other entities inside: deadlines are left out of indicators, and an indicator begins behind
    a name. ``previous`` is the last indicator of the same sentence, with its unit, ``before`` the clause before this one; they name
    what is measured where the clause itself does not (到位资金9亿元，增长5%).
    """
    kept = [
        a for i, a in enumerate(amounts) if not only_qualifies(text, a, amounts[i + 1 : i + 2], start=start, end=end)
    ]
    dates = [other for other in others if other.label == "DEADLINE"]
    measures: list[Measure] = []
    shared: tuple[str, ...] | None = None
    left_border = start
    for i, amount in enumerate(kept):
        right_border = kept[i + 1].start if i + 1 < len(kept) else end
        left = _context(text, left_border, amount.start, others)
        right = _behind(text, amount.end, right_border, dates)
        # The text here has look-alikes replaced; an entity may hold them as printed (⼗六亿斤).
        printed = text[amount.start : amount.end]
        quantity = normalize_quantity(printed, before=text[start : amount.start], after=text[amount.end : end])
        if i == 0:
            shared = divide_shared(left, len(kept))
        if shared:
            indicator: str | None = shared[i]
        else:
            whole = _context(text, left_border, amount.start, dates) if others else left
            indicator = _indicator(
                left, whole, right, unit=quantity.unit, last=i + 1 == len(kept), previous=previous,
                previous_unit=previous_unit, before="" if measures else before,
            )  # fmt: skip
        change = change_of(text, left, left_border, amount, quantity.unit, measures, begins=start)
        measures.append(
            Measure(
                _squeezed(indicator), printed, amount.start, amount.end, quantity.value,
                quantity.value_max, quantity.unit, quantity.bound, change, quantity.masked, quantity.per,
                _base(text[start : amount.start]), amount.confidence,
            )
        )  # fmt: skip
        previous, previous_unit = indicator or previous, quantity.unit
        left_border = amount.end
    return tuple(measures)


def _indicator(
    left: str,
    whole: str,
    right: str,
    *,
    unit: str,
    last: bool,
    previous: str | None,
    previous_unit: str | None,
    before: str,
) -> str | None:
    """Ask for the noun beside the amount, then in ``whole`` with the names before it, then in the clause before."""
    if is_points(left, unit):
        return None
    if previous and goes_on(left):
        return previous
    found = find_indicator(left, right, previous=None, unit=unit, last=last)
    if found is None and whole != left:
        found = find_indicator(whole, right, previous=None, unit=unit, last=last)
    if found:
        return found
    subject, bare, money = subject_of(before), bare_verb(left, unit), unit == "元"
    if subject and bare and (len(subject) > _MAX_SUBJECT or _DONE.search(subject)):
        subject = None
    alike = previous_unit == unit or {previous_unit, unit} <= _RATES or (money and is_money(previous))
    if money and is_money(subject) and not is_money(previous):
        return subject
    return (previous if alike or not bare else None) or subject or bare


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
