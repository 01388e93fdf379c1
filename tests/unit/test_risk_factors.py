"""Every factor of the standard: holds, does not hold, is not known."""

from decimal import Decimal

import pytest

from bot.domain.facts import Value
from bot.domain.risk.assessment import Assessment, assess
from bot.domain.risk.factors import STANDARD_FACTORS
from bot.domain.risk.rates import Rates
from tests.unit.risk_samples import known, shipped

RATES = Rates(Decimal("0.6"), {"09.02.07": Decimal("0.3"), "15.02.16": Decimal("0.5")})

Person = dict[str, Value]

HOLDS: list[tuple[str, Person]] = [
    ("low_employment_specialty", {"specialty": "09.02.07"}),
    ("disability", {"disability": True}),
    ("orphan", {"orphan": True}),
    ("orphan_at_risk", {"orphan": True, "informal_employment_risk": True, "prior_offences": True}),
    ("conscription", {"conscription": True}),
    ("military_service_end", {"military_service_end": True}),
    ("childcare_leave", {"childcare_leave": True}),
    ("no_work_experience", {"work_experience": "none"}),
    ("no_work_experience", {"work_experience": "other_field"}),
    ("no_employer_events", {"employer_events": 0}),
    ("no_job_search_skills", {"resume": False, "interview_training": False}),
    ("no_definite_workplace", {"definite_workplace": False}),
    ("employed_outside_specialty", {"employment": "outside_field"}),
    ("relatives_informally_employed", {"relatives_informal": True}),
    ("prior_offences", {"prior_offences": True}),
]

DOES_NOT_HOLD: list[tuple[str, Person]] = [
    ("low_employment_specialty", {"specialty": "15.02.16"}),
    ("disability", {"disability": False}),
    ("orphan", {"orphan": False}),
    ("orphan_at_risk", {"orphan": False}),
    ("orphan_at_risk", {"informal_employment_risk": False}),
    ("orphan_at_risk", {"orphan": True, "informal_employment_risk": True, "prior_offences": False}),
    ("conscription", {"conscription": False}),
    ("military_service_end", {"military_service_end": False}),
    ("childcare_leave", {"childcare_leave": False}),
    ("no_work_experience", {"work_experience": "in_field"}),
    ("no_employer_events", {"employer_events": 1}),
    ("no_job_search_skills", {"resume": True}),
    ("no_job_search_skills", {"interview_training": True}),
    ("no_definite_workplace", {"definite_workplace": True}),
    ("employed_outside_specialty", {"employment": "none"}),
    ("employed_outside_specialty", {"employment": "in_field"}),
    ("relatives_informally_employed", {"relatives_informal": False}),
    ("prior_offences", {"prior_offences": False}),
]

NOT_KNOWN: list[tuple[str, Person]] = [
    *((code, {}) for code in STANDARD_FACTORS),
    ("low_employment_specialty", {"specialty": "43.02.15"}),
    ("orphan_at_risk", {"orphan": True, "informal_employment_risk": True}),
    ("no_job_search_skills", {"resume": False}),
    ("no_job_search_skills", {"interview_training": False}),
]


def judged(person: Person) -> Assessment:
    return assess(shipped(), known(**person), RATES)


@pytest.mark.parametrize(("code", "person"), HOLDS)
def test_holds(code: str, person: Person) -> None:
    assessment = judged(person)
    assert code in assessment.factors
    assert code not in assessment.unknown
    assert assessment.level == "high"


@pytest.mark.parametrize(("code", "person"), DOES_NOT_HOLD)
def test_does_not_hold(code: str, person: Person) -> None:
    assessment = judged(person)
    assert code not in assessment.factors
    assert code not in assessment.unknown


@pytest.mark.parametrize(("code", "person"), NOT_KNOWN)
def test_not_known(code: str, person: Person) -> None:
    assessment = judged(person)
    assert code not in assessment.factors
    assert code in assessment.unknown


def test_every_factor_is_tried_each_way() -> None:
    for cases in (HOLDS, DOES_NOT_HOLD, NOT_KNOWN):
        assert {code for code, _ in cases} == set(STANDARD_FACTORS)
