"""Erasure: a person takes everything back, at once and for good."""

from sqlalchemy import Connection

from bot.domain.clock import now
from bot.domain.people import Visitor
from bot.services.events.seats import pass_on
from bot.services.profiling import NoProfileError
from storage import events, people, registrations
from storage.unit_of_work import UnitOfWork


class Erasure:
    """Erases a person's own data; staff cannot do it for them here."""

    async def erase(self, unit: UnitOfWork, visitor: Visitor) -> dict[str, int]:
        """Delete all that is kept about the asker; returns how many rows of what. Raises NoProfileError.

        What stays is one line of the audit with the person's code, which no longer leads to anybody. Seats
        at events go to the next in line.
        """
        person = visitor.person
        if person is None:
            raise NoProfileError

        def erase(connection: Connection) -> dict[str, int]:
            at = now()
            seats = registrations.seated_events(connection, person.id, at)
            freed = [events.lock_by_id(connection, event_id) for event_id in seats]
            erased = people.erase(connection, person, at)
            people.add_audit(connection, "self", "erased", person.code, at)
            for event in freed:
                if event is not None:
                    pass_on(connection, event, at)
            return erased

        return await unit.decide(erase)
