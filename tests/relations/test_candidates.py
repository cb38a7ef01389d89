"""What may be linked is within reach, whatever the rules make of it."""

import pytest
from building import unit
from hypothesis import given
from hypothesis import strategies as st

from taskie.records import Entity, TextSpan
from taskie.relations.candidates import DeadlineCandidate, deadline_candidates, phrase_candidates, unit_candidates
from taskie.relations.clauses import TargetSpan
from taskie.structure.outline import Attribution, TaskOutline


def words_of(left, right="", **more):
    return {candidate.words for candidate in phrase_candidates(left, left, right, **more)}


@pytest.mark.parametrize(
    ("left", "right", "noun"),
    [
        ("新增市级以上研发平台", "", "市级以上研发平台"),
        ("规上工业企业研发投入增长", "", "规上工业企业研发投入"),
        ("引进", "银行总部机构", "银行总部机构"),
        ("建成", "条示范街区并投用", "条示范街区"),
        ("网上可办事项占到总数的", "", "网上可办事项"),
        ("完成垦区沟渠的清淤长度达到", "", "清淤长度"),
    ],
)
def test_the_noun_beside_an_amount_is_within_reach(left, right, noun):
    assert noun in words_of(left, right)


@pytest.mark.parametrize(("left", "right", "noun"), [("新增床位", "，改造病房", "病房"), ("新增", "", "床位")])
def test_a_noun_behind_a_mark_or_elsewhere_is_no_candidate(left, right, noun):
    assert noun not in words_of(left, right)


def test_nouns_said_elsewhere_come_with_their_origin():
    found = phrase_candidates("增长", "增长", "", given=(("到位资金", "previous"), (None, "subject")))
    assert ("到位资金", "previous") in {(c.words, c.origin) for c in found}
    assert None not in {c.words for c in found}


NOUNS = st.sampled_from(["公共泊位", "县级粮库", "青少年活动中心", "农村户厕", "高标准田块"])


@given(
    verb=st.sampled_from(["新增", "建成", "改造", "完成"]),
    noun=NOUNS,
    tail=st.sampled_from(["", "不少于", "达到", "约"]),
)
def test_a_generated_noun_is_always_within_reach(verb, noun, tail):
    assert noun in words_of(verb + noun + tail)
    assert noun in words_of(verb, noun)


def task(*attributions, units=(), deadline=None):
    return TaskOutline("1", None, (), 0, 90, TextSpan("", 0, 90), ((0, 90),), attributions, units, deadline=deadline)


def date(start):
    return Entity("DEADLINE", "年底前", start, start + 3)


@given(
    own=st.lists(st.integers(30, 40), unique=True, max_size=2),
    earlier=st.lists(st.integers(0, 20), unique=True, max_size=3),
    scoped=st.booleans(), cell=st.booleans(),
)  # fmt: skip
def test_every_deadline_of_clause_sentence_attribution_and_cell_is_within_reach_once(own, earlier, scoped, cell):
    attribution = Attribution(50, 60, 0, 50, (), deadline=TextSpan("6月底", 52, 55) if scoped else None)
    before = [DeadlineCandidate(date(start), "sentence", 1) for start in earlier]
    outline = task(attribution, deadline=TextSpan("10月底", 70, 74) if cell else None)
    found = deadline_candidates("无" * 90, TargetSpan(30, 45, 0), [date(s) for s in own], before, outline)
    starts = [candidate.entity.start for candidate in found]
    assert sorted(starts) == sorted([*own, *earlier, *([52] * scoped), *([70] * cell)])


def test_a_deadline_that_attribution_and_task_share_comes_once():
    shared = TextSpan("6月底", 52, 55)
    outline = task(Attribution(50, 60, 0, 50, (), deadline=shared), deadline=shared)
    (found,) = deadline_candidates("无" * 90, TargetSpan(0, 10, 0), [], [], outline)
    assert (found.source, found.whose) == ("task", "own")


def test_units_of_every_attribution_are_within_reach_with_their_place():
    one, two = unit("县甲局"), unit("县乙局", "cooperating")
    outline = task(Attribution(20, 28, 0, 20, (one,)), Attribution(60, 68, 28, 60, (two,)), units=(one, two))
    found = {c.unit.name: c.place for c in unit_candidates(TargetSpan(30, 40, 0), outline)}
    assert found == {"县甲局": "before", "县乙局": "own"}


def test_a_task_without_units_and_deadlines_has_no_candidates():
    span = TargetSpan(0, 5, 0)
    assert unit_candidates(span, task()) == []
    assert deadline_candidates("无" * 90, span, [], [], task()) == []
    assert phrase_candidates("", "", "") == []
