"""The level of risk, recomputed whenever a fact changes; its history is kept."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.domain.clock import now
from bot.domain.facts import Fact, Source, settle
from bot.domain.risk.assessment import Assessment, assess
from bot.domain.risk.criteria import Criteria
from bot.domain.risk.rates import Rates
from storage import people, risk
from storage.unit_of_work import UnitOfWork


class Cause(StrEnum):
    """Why an assessment was made."""

    PROFILING = "profiling"
    ANSWER_CHANGED = "answer_changed"
    STEP_DONE = "step_done"
    STAFF_FACT = "staff_fact"
    ATTENDANCE = "attendance"


@dataclass(frozen=True, slots=True)
class Picture:
    """What is known of a person, and what follows from it."""

    facts: dict[str, Fact]
    assessment: Assessment


class Assessments:
    """Assesses people by one set of criteria."""

    def __init__(self, criteria: Criteria) -> None:
        self.criteria = criteria

    async def picture(self, unit: UnitOfWork, person_id: int) -> Picture:
        """The person as the rules see them now. Nothing is stored."""
        return await unit.read(partial(self._look, person_id=person_id))

    def reassess(self, unit: UnitOfWork, person_id: int, cause: Cause) -> None:
        """Assess anew, after the changes queued so far and in the same transaction.

        So two who change facts of one person at once cannot miss each other's. An unfinished profile has no
        level yet: it gets its first one from profiling.
        """
        unit.add(partial(self.reassess_within, person_id=person_id, cause=cause))

    def reassess_within(self, connection: Connection, person_id: int, cause: Cause) -> None:
        """The same inside a transaction that is under way."""
        if cause is not Cause.PROFILING and people.level_of(connection, person_id) is None:
            return
        assessment = self._look(connection, person_id).assessment
        changed = {"level": assessment.level, "factors": assessment.mask}
        people.change_person(connection, person_id, changed)
        judged = self._judged(assessment)
        latest = next(iter(risk.assessments_of(connection, person_id, limit=1)), None)
        if latest is None or any(latest[name] != value for name, value in judged.items()):
            risk.add_assessment(connection, {"person_id": person_id, "at": now(), "cause": cause, **judged})

    def _look(self, connection: Connection, person_id: int) -> Picture:
        facts = risk.facts_of(connection, person_id)
        place = people.place_of(connection, person_id)
        if place["kind"]:
            facts.append(Fact("organisation_kind", place["kind"], Source.ROSTER))
        settled = settle(facts)
        rates = _rates(connection, place["region"], settled)
        return Picture(settled, assess(self.criteria, settled, rates))

    def _judged(self, assessment: Assessment) -> dict[str, Any]:
        """What makes one assessment differ from another."""
        return {
            "level": assessment.level.value,
            "findings": [
                {"code": finding.code, "evidence": [_plain(fact) for fact in finding.evidence]}
                for finding in assessment.findings
            ],
            "unknown": list(assessment.unknown),
            "override": assessment.override,
            "criteria": self.criteria.digest,
        }


def _rates(connection: Connection, region: str | None, facts: dict[str, Fact]) -> Rates:
    if region is None:
        return Rates()
    specialty = str(facts["specialty"].value) if "specialty" in facts else None
    rates: dict[str, Decimal] = risk.rates_of(connection, region, specialty)
    return Rates(rates.pop(risk.WHOLE_REGION, None), rates)


def _plain(fact: Fact) -> list[Any]:
    value = list(fact.value) if isinstance(fact.value, tuple) else fact.value
    return [fact.name, value, fact.source.value]
