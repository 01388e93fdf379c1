"""The specialist's view of one person: level, factors with evidence, what is not known, history.

Only for people of the specialist's own organisation; every look and every change is in the audit.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection, RowMapping

from bot.domain.access import AccessDenied, same_organisation, specialist
from bot.domain.clock import now
from bot.domain.facts import Fact, Source
from bot.domain.people import Person, StaffMember, Visitor
from bot.domain.risk.assessment import Assessment
from bot.services.assessments import Assessments, Cause
from storage import people, risk
from storage.risk import StaffEntry
from storage.unit_of_work import UnitOfWork

STAFF_FACTS = ("disability", "orphan", "prior_offences", "relatives_informal", "informal_employment_risk")
"""Facts that staff enter on paper or by conversation; offences and relatives are never asked in the chat."""

FOUND_AT_MOST = 10
HISTORY = 10
COMMENT_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Found:
    """One hit of a search."""

    code: str
    name: str | None
    group: str | None
    level: str | None


@dataclass(frozen=True, slots=True)
class PastAssessment:
    """One row of the history of levels."""

    at: dt.datetime
    level: str
    factors: tuple[str, ...]
    cause: str


@dataclass(frozen=True, slots=True)
class Card:
    """A person as staff see them. `assessment` is None while the profile is not finished."""

    person: Person
    organisation: str | None
    group: str | None
    assessment: Assessment | None
    facts: Mapping[str, Fact]
    entries: Mapping[str, StaffEntry]
    history: tuple[PastAssessment, ...]


class StudentDesk:
    """Use cases of `/student`. Each raises AccessDenied for anyone but a specialist of the organisation."""

    def __init__(self, assessments: Assessments) -> None:
        self._assessments = assessments
        self.criteria = assessments.criteria

    async def find(self, unit: UnitOfWork, visitor: Visitor, text: str) -> list[Found]:
        """People of the own organisation by code, personal code or part of a name.

        One more than FOUND_AT_MOST says that there are more than are worth showing.
        """
        member = specialist(visitor)
        rows = await unit.read(
            partial(
                people.find_people,
                organisation_id=member.organisation_id or 0,
                text=text,
                code=as_code(text),
                limit=FOUND_AT_MOST + 1,
            )
        )
        return [Found(**row) for row in rows]

    async def listed(self, unit: UnitOfWork, visitor: Visitor, codes: Sequence[str]) -> list[Found]:
        """The people with these codes, of the own organisation: what an open list shows again."""
        member = specialist(visitor)
        look = partial(people.people_by_codes, organisation_id=member.organisation_id or 0, codes=codes)
        return [Found(**row) for row in await unit.read(look)]

    async def card(self, unit: UnitOfWork, visitor: Visitor, code: str) -> Card:
        """All that the rules know of one person."""
        member, person = await self._own_person(unit, visitor, code)

        def look(connection: Connection) -> tuple[Any, dict[str, StaffEntry], tuple[PastAssessment, ...]]:
            return (
                people.place_of(connection, person.id),
                risk.staff_entries(connection, person.id),
                tuple(_past(row) for row in risk.assessments_of(connection, person.id, HISTORY)),
            )

        place, entries, history = await unit.read(look)
        picture = await self._assessments.picture(unit, person.id)
        self._audit(unit, member, "person_viewed", person)
        return Card(
            person=person,
            organisation=place["organisation"],
            group=place["group"],
            assessment=picture.assessment if person.level else None,
            facts=picture.facts,
            entries=entries,
            history=history,
        )

    async def enter(
        self, unit: UnitOfWork, visitor: Visitor, code: str, name: str, *, value: bool | None, comment: str
    ) -> None:
        """Set, correct or take back (None) a staff-entered fact, with a comment; the level follows."""
        member, person = await self._own_person(unit, visitor, code)
        if name not in STAFF_FACTS:
            raise AccessDenied
        fact = None if value is None else Fact(name, value, Source.STAFF)
        if fact is None:
            unit.add(partial(risk.clear_fact, person_id=person.id, name=name, source=Source.STAFF))
        else:
            unit.add(
                partial(
                    risk.set_fact,
                    person_id=person.id,
                    fact=fact,
                    at=now(),
                    comment=comment[:COMMENT_LENGTH],
                    set_by=member.id,
                )
            )
        self._assessments.reassess(unit, person.id, Cause.STAFF_FACT)
        self._audit(unit, member, "fact_entered" if fact else "fact_taken_back", person)

    async def _own_person(self, unit: UnitOfWork, visitor: Visitor, code: str) -> tuple[StaffMember, Person]:
        member = specialist(visitor)
        person = await unit.read(partial(people.person_by_code, code=code))
        if person is None:
            raise AccessDenied
        try:
            same_organisation(member, person.organisation_id)
        except AccessDenied:
            self._audit(unit, member, "person_denied", person)
            raise
        return member, person

    def _audit(self, unit: UnitOfWork, member: StaffMember, action: str, person: Person) -> None:
        unit.add(
            partial(
                people.add_audit,
                actor=f"staff:{member.id}",
                action=action,
                subject=person.code,
                at=now(),
            )
        )


def as_code(text: str) -> str:
    """A code as people type it ("k7mn4qp2", "K7MN 4QP2") in the form that it is stored in."""
    letters = re.sub(r"[^0-9A-Z]", "", text.upper())
    return f"{letters[:4]}-{letters[4:]}" if len(letters) == 8 else text.strip().upper()


def _past(row: RowMapping) -> PastAssessment:
    codes = tuple(finding["code"] for finding in row["findings"])
    return PastAssessment(row["at"], row["level"], codes, row["cause"])
