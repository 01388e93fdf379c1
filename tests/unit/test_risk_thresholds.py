"""When a specialty's employment rate counts as low."""

from decimal import Decimal
from typing import Any

import pytest

from bot.domain.conditions import Verdict
from bot.domain.facts import Source, Value
from bot.domain.risk.assessment import assess
from bot.domain.risk.rates import EmploymentRate, Rates
from tests.unit.risk_samples import known, shipped


def verdict(person: dict[str, Value], *thresholds: dict[str, Any], region: str = "0.6") -> Verdict:
    """Of a person whose specialty has a rate of 0.3: twice lower than the region's unless said otherwise."""
    rule = EmploymentRate.model_validate({"ratio": 2.0, "thresholds": thresholds})
    return rule.judge(person, Rates(Decimal(region), {"09.02.07": Decimal("0.3"), "091.01": Decimal("0.3")}))


IN_COLLEGE: dict[str, Value] = {
    "specialty": "09.02.07",
    "organisation_kind": "college",
    "category": "graduate",
}


def test_the_ratio_itself_counts_as_low() -> None:
    assert verdict(IN_COLLEGE, region="0.6") is True
    assert verdict(IN_COLLEGE, region="0.5999999999") is False


def test_rates_are_compared_exactly() -> None:
    # in binary fractions 1.5 × 0.2 is more than 0.3
    assert 1.5 * 0.2 > 0.3
    rule = EmploymentRate.model_validate({"ratio": 1.5})
    assert rule.judge({"specialty": "a"}, Rates(Decimal("0.3"), {"a": Decimal("0.2")})) is True


@pytest.mark.parametrize(
    ("person", "rates"),
    [
        ({}, Rates(Decimal("0.6"), {"09.02.07": Decimal("0.3")})),
        ({"specialty": "09.02.07"}, Rates(None, {"09.02.07": Decimal("0.3")})),
        ({"specialty": "09.02.07"}, Rates(Decimal("0.6"), {})),
        ({"specialty": 9}, Rates(Decimal("0.6"), {"09.02.07": Decimal("0.3")})),
    ],
)
def test_not_known_without_both_rates(person: dict[str, Value], rates: Rates) -> None:
    assert EmploymentRate.model_validate({"ratio": 2}).judge(person, rates) is None


# every pair: the first is more specific and must win, in whatever order the file has them
PRECEDENCE = [
    ({"specialty_group": "09"}, {}),
    ({"specialty_group": "09.02"}, {"specialty_group": "09"}),
    ({"specialty_group": "09.02.07"}, {"specialty_group": "09.02"}),
    ({"organisation_kind": "college"}, {"category": "graduate"}),
    ({"specialty_group": "09"}, {"organisation_kind": "college"}),
    ({"organisation_kind": "college", "category": "graduate"}, {"specialty_group": "09.02.07"}),
    (
        {"specialty_group": "09", "organisation_kind": "college"},
        {"specialty_group": "09", "category": "graduate"},
    ),
    (
        {"specialty_group": "09.02", "category": "graduate"},
        {"specialty_group": "09", "organisation_kind": "college"},
    ),
    (
        {"specialty_group": "09", "organisation_kind": "college", "category": "graduate"},
        {"specialty_group": "09.02.07", "organisation_kind": "college"},
    ),
]


@pytest.mark.parametrize("wins", [True, False])
@pytest.mark.parametrize(("winner", "loser"), PRECEDENCE)
def test_the_most_specific_threshold_wins(winner: dict[str, Any], loser: dict[str, Any], wins: bool) -> None:
    low, high = {"ratio": 1}, {"ratio": 3}
    first = winner | (low if wins else high)
    second = loser | (high if wins else low)
    thresholds = [first, second] if loser else [first]
    assert verdict(IN_COLLEGE, *thresholds) is wins
    assert verdict(IN_COLLEGE, *reversed(thresholds)) is wins


def test_a_group_matches_by_parts_not_by_letters() -> None:
    assert verdict({"specialty": "091.01"}, {"specialty_group": "09", "ratio": 3}) is True


def test_a_threshold_for_others_does_not_count() -> None:
    others = {"category": "student", "ratio": 3}
    assert verdict(IN_COLLEGE, others) is True


PERSON: dict[str, Value] = {"specialty": "09.02.07"}


class TestWhenADimensionIsNotKnown:
    def test_verdicts_that_differ_are_not_known(self) -> None:
        assert verdict(PERSON, {"category": "graduate", "ratio": 3}) is None
        assert verdict(PERSON, {"category": "graduate", "ratio": 1}, region="0.5") is None

    def test_verdicts_that_agree_are_known(self) -> None:
        assert verdict(PERSON, {"category": "graduate", "ratio": 1.5}) is True
        assert verdict(PERSON, {"category": "graduate", "ratio": 3}, region="0.5") is False

    def test_a_certain_threshold_hides_the_less_specific_ones(self) -> None:
        certain = {"specialty_group": "09.02", "ratio": 1}
        assert verdict(PERSON, certain, {"category": "graduate", "ratio": 3}) is True

    def test_one_that_needs_no_more_of_the_unknown_hides_the_less_specific_ones(self) -> None:
        specific = {"specialty_group": "09", "organisation_kind": "college", "ratio": 1}
        general = {"organisation_kind": "college", "ratio": 3}
        assert verdict(PERSON, specific, general) is True

    def test_one_that_needs_less_of_the_unknown_hides_the_less_specific_ones(self) -> None:
        specific = {"specialty_group": "09", "organisation_kind": "college", "ratio": 1}
        general = {"organisation_kind": "college", "category": "graduate", "ratio": 3}
        assert verdict(PERSON, specific, general) is True

    def test_one_for_another_kind_hides_nothing(self) -> None:
        specific = {"specialty_group": "09", "organisation_kind": "school", "ratio": 1}
        general = {"organisation_kind": "college", "ratio": 3}
        assert verdict(PERSON, specific, general) is None


def test_evidence_names_both_rates_and_the_ratio() -> None:
    rates = Rates(Decimal("0.6"), {"09.02.07": Decimal("0.30")})
    (finding,) = assess(shipped(), known(specialty="09.02.07"), rates).findings
    assert {fact.name: fact.value for fact in finding.evidence} == {
        "specialty": "09.02.07",
        "region_rate": "0.6",
        "specialty_rate": "0.30",
        "ratio": "2.0",
    }
    assert [fact.source for fact in finding.evidence] == [Source.ANSWER] + [Source.STATISTICS] * 3
