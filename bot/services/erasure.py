"""Erasure: a person takes everything back, at once and for good."""

from sqlalchemy import Connection

from bot.domain.clock import now
from bot.domain.people import Visitor
from bot.services.profiling import NoProfileError
from storage import people
from storage.unit_of_work import UnitOfWork


class Erasure:
    """Erases a person's own data; staff cannot do it for them here."""

    async def erase(self, unit: UnitOfWork, visitor: Visitor) -> dict[str, int]:
        """Delete all that is kept about the asker; returns how many rows of what. Raises NoProfileError.

        What stays is one line of the audit with the person's code, which no longer leads to anybody.
        """
        person = visitor.person
        if person is None:
            raise NoProfileError

        def erase(connection: Connection) -> dict[str, int]:
            erased = people.erase(connection, person, now())
            people.add_audit(connection, "self", "erased", person.code, now())
            return erased

        return await unit.decide(erase)
