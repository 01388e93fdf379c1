"""The codes that the standard fixes: the fourteen factors and the eight requests (section 3)."""

STANDARD_FACTORS: tuple[str, ...] = (
    "low_employment_specialty",
    "disability",
    "orphan",
    "orphan_at_risk",
    "conscription",
    "military_service_end",
    "childcare_leave",
    "no_work_experience",
    "no_employer_events",
    "no_job_search_skills",
    "no_definite_workplace",
    "employed_outside_specialty",
    "relatives_informally_employed",
    "prior_offences",
)
"""The characteristics of a high risk in the standard's order. Stored bit masks rely on the order."""

REQUESTS: tuple[str, ...] = (
    "first_profession",
    "search_skills",
    "change_of_profession",
    "practice",
    "first_job",
    "job_after_break",
    "own_business",
    "obstacles",
)
"""What a person may come for, in the standard's order."""
