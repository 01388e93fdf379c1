"""The level of risk, recomputed whenever a fact changes; its history is kept."""

from collections.abc import Sequence
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
from storage import organisations, people, risk
from storage.database import Work
from storage.unit_of_work import UnitOfWork


class Cause(StrEnum):
    """Why an assessment was made."""

    PROFILING = "profiling"
    ANSWER_CHANGED = "answer_changed"
    STEP_DONE = "step_done"
    STAFF_FACT = "staff_fact"


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
        return await self._look(unit, person_id, partial(risk.facts_of, person_id=person_id))

    async def answers_changed(
        self, unit: UnitOfWork, person_id: int, answers: Sequence[Fact], cause: Cause
    ) -> Picture:
        """Replace what the person answered, and assess anew."""
        unit.add(
            partial(risk.replace_facts, person_id=person_id, source=Source.ANSWER, known=answers, at=now())
        )

        def merged(connection: Connection) -> list[Fact]:
            stored = risk.facts_of(connection, person_id)
            return [fact for fact in stored if fact.source is not Source.ANSWER] + list(answers)

        picture = await self._look(unit, person_id, merged)
        self._record(unit, person_id, picture.assessment, cause)
        return picture

    async def fact_changed(self, unit: UnitOfWork, person_id: int, name: str, fact: Fact | None) -> Picture:
        """Assess anew with one fact of staff set, or taken back (None). The caller stores the fact."""

        def merged(connection: Connection) -> list[Fact]:
            stored = risk.facts_of(connection, person_id)
            others = [old for old in stored if (old.name, old.source) != (name, Source.STAFF)]
            return others + ([fact] if fact else [])

        picture = await self._look(unit, person_id, merged)
        self._record(unit, person_id, picture.assessment, Cause.STAFF_FACT)
        return picture

    async def _look(self, unit: UnitOfWork, person_id: int, known: Work[list[Fact]]) -> Picture:
        def look(connection: Connection) -> Picture:
            facts = list(known(connection))
            college = _college(connection, facts)
            region = None
            if college is not None:
                region = college["region"]
                if college["kind"]:
                    facts.append(Fact("organisation_kind", college["kind"], Source.ROSTER))
            settled = settle(facts)
            rates = _rates(connection, region, settled)
            return Picture(settled, assess(self.criteria, settled, rates))

        return await unit.read(look)

    def _record(self, unit: UnitOfWork, person_id: int, assessment: Assessment, cause: Cause) -> None:
        values = {
            "person_id": person_id,
            "at": now(),
            "level": assessment.level,
            "findings": [
                {"code": finding.code, "evidence": [list(_plain(fact)) for fact in finding.evidence]}
                for finding in assessment.findings
            ],
            "unknown": list(assessment.unknown),
            "override": assessment.override,
            "criteria": self.criteria.digest,
            "cause": cause,
        }
        unit.add(partial(risk.add_assessment, values=values))
        changed = {"level": assessment.level, "factors": assessment.mask}
        unit.add(partial(people.change_person, person_id=person_id, changed=changed))


def _college(connection: Connection, facts: Sequence[Fact]) -> Any:
    code = next((fact.value for fact in facts if fact.name == "organisation"), None)
    return organisations.organisation_by_code(connection, str(code)) if code else None


def _rates(connection: Connection, region: str | None, facts: dict[str, Fact]) -> Rates:
    if region is None:
        return Rates()
    specialty = str(facts["specialty"].value) if "specialty" in facts else None
    rates: dict[str, Decimal] = risk.rates_of(connection, region, specialty)
    return Rates(rates.pop(risk.WHOLE_REGION, None), rates)


def _plain(fact: Fact) -> tuple[str, Any, str]:
    return fact.name, list(fact.value) if isinstance(fact.value, tuple) else fact.value, fact.source
