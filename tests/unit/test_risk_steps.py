"""Which steps are suggested, and that doing them helps."""

from typing import Any

import pytest

from bot.domain.facts import Fact, Value
from bot.domain.risk.assessment import assess
from bot.domain.risk.criteria import Criteria
from bot.domain.risk.rates import Rates
from bot.domain.risk.steps import suggest
from tests.unit.risk_samples import known, raw, shipped


def criteria(**changes: Any) -> Criteria:
    content = raw()
    for entry in content["criteria"]:
        entry["steps"] = {"disability": ["a1", "a2"], "orphan": ["b1", "a1", "b3"]}.get(entry["code"], [])
    line = {"ru": "Шаг", "en": "Step"}
    names = ("a1", "a2", "b1", "b3", "r1", "r2")
    return Criteria.model_validate(
        content
        | {
            "requests": {"first_job": ["r1", "r2"]},
            "fallback": ["r2", "b3"],
            "steps": {name: {"title": line, "text": line} for name in names},
        }
        | changes
    )


def suggested(
    rules: Criteria, requests: tuple[str, ...], limit: int = 5, /, **person: Value
) -> tuple[str, ...]:
    facts: dict[str, Fact] = known(**person)
    return suggest(rules, assess(rules, facts, Rates()), requests, facts, limit)


def test_round_by_round_requests_first_each_step_once() -> None:
    picked = suggested(criteria(), ("first_job",), 10, disability=True, orphan=True)
    assert picked == ("r1", "a1", "b1", "r2", "a2", "b3")


def test_no_more_than_asked_for() -> None:
    assert suggested(criteria(), ("first_job",), 2, disability=True, orphan=True) == ("r1", "a1")


def test_the_fallback_when_nothing_else_follows() -> None:
    assert suggested(criteria(), ()) == ("r2", "b3")
    assert suggested(criteria(), ("practice", "no_such_request")) == ("r2", "b3")


class TestUnless:
    def rules(self) -> Criteria:
        line = {"ru": "Шаг", "en": "Step"}
        plain: dict[str, Any] = {"title": line, "text": line}
        steps = dict.fromkeys(("a1", "a2", "b1", "b3", "r2"), plain)
        return criteria(steps=steps | {"r1": plain | {"unless": {"fact": "resume", "is": True}}})

    def test_a_step_that_became_pointless_is_left_out(self) -> None:
        assert suggested(self.rules(), ("first_job",), resume=True) == ("r2",)

    @pytest.mark.parametrize("person", [{"resume": False}, {}])
    def test_a_step_that_may_help_stays(self, person: dict[str, Value]) -> None:
        assert suggested(self.rules(), ("first_job",), 5, **person) == ("r1", "r2")


@pytest.mark.parametrize(
    ("code", "person"),
    [
        ("no_work_experience", {"work_experience": "none"}),
        ("no_employer_events", {"employer_events": 0}),
        ("no_job_search_skills", {"resume": False, "interview_training": False}),
    ],
)
def test_doing_a_suggested_step_lifts_the_factors_that_acting_changes(
    code: str, person: dict[str, Value]
) -> None:
    first = suggested(shipped(), (), 5, **person)[0]
    done = shipped().steps[first].done_sets
    assert code not in assess(shipped(), known(**person | dict(done)), Rates()).factors
