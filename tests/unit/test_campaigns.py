"""Campaigns' pure rules: states, who is meant, the report and its bar."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.campaigns import (
    MOST_CHOSEN,
    NEXT,
    CampaignState,
    Dimension,
    Segment,
    bar,
    before,
    length,
    report,
)
from bot.domain.risk.assessment import Level
from bot.domain.risk.factors import REQUESTS, STANDARD_FACTORS

OVER = {CampaignState.DONE, CampaignState.CANCELLED}
VALUES: dict[Dimension, st.SearchStrategy[str]] = {
    Dimension.GROUP: st.integers(1, 2**63 - 1).map(str),
    Dimension.SPECIALTY: st.sampled_from(["09.02.07", "43.01.09", "15.01.05"]),
    Dimension.YEAR: st.integers(2020, 2040).map(str),
    Dimension.LEVEL: st.sampled_from(list(Level)).map(str),
    Dimension.REQUEST: st.sampled_from(REQUESTS),
    Dimension.FACTOR: st.sampled_from([*STANDARD_FACTORS, "own_factor"]),
}
choices = st.sampled_from(list(Dimension)).flatmap(lambda one: st.tuples(st.just(one), VALUES[one]))


@st.composite
def segments(draw: Any) -> Segment:
    segment = Segment()
    for dimension, value in draw(st.lists(choices, max_size=12)):
        segment = segment.toggled(dimension, value)
    return segment


@given(st.lists(st.sampled_from(list(CampaignState)), max_size=12))
def test_what_is_over_stays_over_and_nothing_becomes_a_draft_again(wanted: list[CampaignState]) -> None:
    state = CampaignState.DRAFT
    passed = [state]
    for one in wanted:
        if one in NEXT[state]:
            state = one
            passed.append(state)
    assert passed.count(CampaignState.DRAFT) == 1
    assert not OVER & set(passed[:-1])
    if CampaignState.RUNNING in passed:
        assert passed[1] is CampaignState.SCHEDULED


def test_every_state_knows_what_leads_to_it() -> None:
    for state in CampaignState:
        assert set(before(state)) == {former for former in CampaignState if state in NEXT[former]}
    assert set(before(CampaignState.CANCELLED)) == set(CampaignState) - OVER - {CampaignState.DRAFT}


@given(segments())
def test_a_segment_is_stored_and_comes_back(segment: Segment) -> None:
    stored = segment.to_json()
    assert Segment.from_json(stored) == segment
    assert all(stored.values()), "what does not narrow is not stored"
    assert set(stored) <= set(Dimension)


@given(segments(), choices)
def test_a_value_taken_in_and_out_leaves_the_segment_as_it_was(
    segment: Segment, choice: tuple[Dimension, str]
) -> None:
    once = segment.toggled(*choice)
    assert once != segment
    twice = once.toggled(*choice)
    for dimension in Dimension:
        assert set(twice.values(dimension)) == set(segment.values(dimension))
    assert once.without(choice[0]).values(choice[0]) == ()


@pytest.mark.parametrize(
    ("dimension", "value"),
    [
        (Dimension.GROUP, "0"),
        (Dimension.GROUP, "-1"),
        (Dimension.GROUP, str(2**63)),
        (Dimension.GROUP, "²"),
        (Dimension.YEAR, "next"),
        (Dimension.LEVEL, "middle"),
        (Dimension.REQUEST, "a million"),
        (Dimension.FACTOR, ""),
        (Dimension.SPECIALTY, "1" * 41),
    ],
)
def test_what_is_no_value_is_refused(dimension: Dimension, value: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        Segment().toggled(dimension, value)


def test_so_many_values_and_no_more() -> None:
    segment = Segment(groups=tuple(range(1, MOST_CHOSEN + 1)))
    with pytest.raises(ValueError, match="more than"):
        segment.toggled(Dimension.GROUP, "777")


@given(
    st.dictionaries(
        st.sampled_from(["waiting", "sending", "held", "sent", "blocked", "failed", "uncertain", "dropped"]),
        st.integers(0, 1000),
    ),
    st.integers(0, 50),
)
def test_a_report_adds_up(counts: dict[str, int], erased: int) -> None:
    total = sum(counts.values()) + erased
    made = report(total, counts)
    ended = made.sent + made.blocked + made.failed + made.uncertain + made.dropped
    assert ended + made.left == total
    assert made.dropped == counts.get("dropped", 0) + erased
    assert made.settled == total - made.left
    assert 0 <= made.percent <= 100
    assert (made.percent == 100) == (total > 0 and made.left == 0)


@given(st.integers(0, 100), st.integers(0, 100), st.integers(2, 20))
def test_the_bar_grows_and_is_full_only_at_the_end(one: int, other: int, width: int) -> None:
    less, more = sorted((one, other))
    assert bar(less, width) <= bar(more, width)
    assert (bar(one, width) == width) == (one == 100)
    assert (bar(one, width) == 0) == (one == 0)


def test_a_text_is_as_long_as_telegram_takes_it() -> None:
    assert length("абв") == 3
    assert length("👩‍🔧") == 5
    assert length("\ud83d") == 1
