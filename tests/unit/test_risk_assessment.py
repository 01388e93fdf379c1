"""The assessment as a whole: level, override, evidence, mask; what holds for every person whatsoever."""

import random
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.facts import Fact, Source, Value
from bot.domain.risk.assessment import Level, assess
from bot.domain.risk.criteria import Criteria
from bot.domain.risk.factors import STANDARD_FACTORS
from bot.domain.risk.rates import Rates
from tests.unit.risk_samples import known, raw, shipped

RATES = Rates(Decimal("0.6"), {"09.02.07": Decimal("0.3"), "15.02.16": Decimal("0.5")})

YES_NO = st.booleans()
PEOPLE: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries(
    {},
    optional={
        "specialty": st.sampled_from(["09.02.07", "15.02.16", "43.02.15"]),
        "organisation_kind": st.sampled_from(["college", "school"]),
        "category": st.sampled_from(["student", "graduate"]),
        "disability": YES_NO,
        "orphan": YES_NO,
        "informal_employment_risk": YES_NO,
        "prior_offences": YES_NO,
        "conscription": YES_NO,
        "military_service_end": YES_NO,
        "childcare_leave": YES_NO,
        "work_experience": st.sampled_from(["in_field", "other_field", "none"]),
        "employer_events": st.integers(0, 3),
        "resume": YES_NO,
        "interview_training": YES_NO,
        "definite_workplace": YES_NO,
        "employment": st.sampled_from(["in_field", "outside_field", "none"]),
        "relatives_informal": YES_NO,
    },
)


def centres_own() -> Criteria:
    """Thresholds in every dimension, and two criteria beyond the standard's, in front of them all."""
    content = raw()
    (low,) = (entry for entry in content["criteria"] if entry["code"] == "low_employment_specialty")
    low["employment_rate"]["thresholds"] = [
        {"specialty_group": "09", "category": "graduate", "ratio": 3},
        {"organisation_kind": "college", "ratio": 1.1},
        {"specialty_group": "15.02", "ratio": 1.2},
        {"category": "student", "ratio": 4},
    ]
    extra = [
        {"code": code, "title": {"ru": "Своё", "en": "Own"}, "holds": {"fact": code, "is": True}}
        for code in ("far_away", "absent")
    ]
    return Criteria.model_validate(content | {"criteria": [*extra, *reversed(content["criteria"])]})


OWN = centres_own()


def test_nothing_known_is_not_high_and_says_so() -> None:
    assessment = assess(shipped(), {}, Rates())
    assert assessment.level is Level.NOT_HIGH
    assert assessment.factors == ()
    assert assessment.unknown == STANDARD_FACTORS
    assert assessment.version == shipped().version


def test_own_criteria_come_after_the_standards_whatever_the_file_says() -> None:
    assessment = assess(OWN, {}, Rates())
    assert assessment.unknown == (*STANDARD_FACTORS, "far_away", "absent")
    everything = known(far_away=True, absent=True, prior_offences=True, disability=True)
    assert assess(OWN, everything, Rates()).factors == ("disability", "prior_offences", "far_away", "absent")


def test_an_own_criterion_alone_makes_the_level_high() -> None:
    assert assess(OWN, known(absent=True), Rates()).level is Level.HIGH


def test_employed_in_the_trade_learned_is_not_high_and_the_factors_stay() -> None:
    assessment = assess(shipped(), known(employment="in_field", disability=True), Rates())
    assert assessment.level is Level.NOT_HIGH
    assert assessment.override == "employed_in_field"
    assert assessment.factors == ("disability",)


def test_override_is_told_without_factors_too() -> None:
    assert assess(shipped(), known(employment="in_field"), Rates()).override == "employed_in_field"
    assert assess(shipped(), known(employment="outside_field"), Rates()).override is None


def test_the_mask_has_the_standards_bits_and_then_the_own() -> None:
    assert assess(shipped(), known(disability=True, prior_offences=True), Rates()).mask == 1 << 1 | 1 << 13
    assert assess(OWN, known(disability=True, absent=True), Rates()).mask == 1 << 1 | 1 << 15
    assert OWN.codes == (*STANDARD_FACTORS, "far_away", "absent")


def test_evidence_is_what_was_known_with_its_source() -> None:
    facts = {
        "resume": Fact("resume", False, Source.ANSWER),
        "interview_training": Fact("interview_training", False, Source.ATTENDANCE),
        "disability": Fact("disability", False, Source.STAFF),
    }
    (finding,) = assess(shipped(), facts, Rates()).findings
    assert finding.code == "no_job_search_skills"
    assert finding.evidence == (facts["resume"], facts["interview_training"])


@given(PEOPLE)
def test_any_factor_makes_the_level_high_but_for_the_override(person: dict[str, Value]) -> None:
    assessment = assess(OWN, known(**person), RATES)
    employed_in_field = person.get("employment") == "in_field"
    assert (assessment.level is Level.HIGH) == (bool(assessment.factors) and not employed_in_field)
    assert (assessment.override is not None) == employed_in_field


@given(PEOPLE)
def test_a_factor_holds_or_is_unknown_never_both(person: dict[str, Value]) -> None:
    assessment = assess(OWN, known(**person), RATES)
    assert not set(assessment.factors) & set(assessment.unknown)
    assert [code for place, code in enumerate(OWN.codes) if assessment.mask >> place & 1] == [
        *assessment.factors
    ]


@given(PEOPLE, st.data())
def test_forgetting_a_fact_never_adds_a_factor(person: dict[str, Value], data: st.DataObject) -> None:
    if not person:
        return
    forgotten = data.draw(st.sampled_from(sorted(person)))
    before = assess(OWN, known(**person), RATES)
    less = {name: value for name, value in person.items() if name != forgotten}
    after = assess(OWN, known(**less), RATES)
    assert set(after.factors) <= set(before.factors)
    assert set(before.unknown) <= set(after.unknown)
    # employment in the trade is what lowers the level: to forget it is the one way up
    if before.override is None:
        assert not (before.level is Level.NOT_HIGH and after.level is Level.HIGH)


@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(person: dict[str, Value], chance: random.Random) -> None:
    facts = list(known(**person).items())
    chance.shuffle(facts)
    assert assess(OWN, dict(facts), RATES) == assess(OWN, known(**person), RATES)
