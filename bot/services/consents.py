"""Consent to processing comes first: before it, nothing about a person is stored."""

import datetime as dt
import secrets
from dataclasses import dataclass
from functools import partial

from bot.domain.clock import now
from bot.domain.people import Person, Visitor
from bot.services.profiling import Profiling, Turn
from storage import people
from storage.unit_of_work import UnitOfWork

PROCESSING = "processing"

# no letters that look like digits or like each other
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent that is in force."""

    purpose: str
    version: str
    at: dt.datetime


class Consents:
    """Gives people a profile once they agree."""

    def __init__(self, profiling: Profiling, version: str) -> None:
        self.version = version
        self._profiling = profiling

    async def agree(
        self, unit: UnitOfWork, visitor: Visitor, language: str, group_code: str | None, screen: int | None
    ) -> Turn:
        """Record the consent and begin the profile; whoever agreed before stands where they stood."""
        if visitor.person is not None and visitor.profiling is not None:
            return await self._profiling.current(unit, visitor)
        person = Person(
            id=secrets.randbits(52),  # known before it is stored: the whole beginning is one commit
            telegram_id=visitor.telegram_id,
            code=_new_code(),
            language=language,
        )
        unit.add(partial(people.add_person, person=person, at=now()))
        unit.add(
            partial(
                people.add_consent,
                person_id=person.id,
                purpose=PROCESSING,
                version=self.version,
                given=True,
                at=now(),
            )
        )
        return await self._profiling.begin(unit, person.id, group_code, screen)

    async def in_force(self, unit: UnitOfWork, visitor: Visitor) -> tuple[Consent, ...]:
        """What the asker has agreed to and not taken back."""
        if visitor.person is None:
            return ()
        rows = await unit.read(partial(people.consents_of, person_id=visitor.person.id))
        latest = {row["purpose"]: row for row in rows}
        return tuple(
            Consent(row["purpose"], row["version"], row["at"]) for row in latest.values() if row["given"]
        )


def _new_code() -> str:
    """A personal code such as K7MN-4QP2."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
