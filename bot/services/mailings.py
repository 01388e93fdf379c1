"""What the centre may write of its own accord: the consent to it, and the hours in which it is welcome."""

from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.domain.campaigns import MAILINGS
from bot.domain.clock import now
from bot.domain.people import Person, Visitor
from bot.domain.quiet import EVERY_DAY, QuietHours, RegionZones
from bot.domain.subscriptions import next_occurrence
from bot.services.profiling import NoProfileError
from storage import notification_settings, people, subscriptions
from storage.unit_of_work import UnitOfWork


class Mailings:
    """Use cases of a person's settings. Each raises NoProfileError for anyone without a profile."""

    def __init__(self, zones: RegionZones, version: str) -> None:
        self.version = version
        self._zones = zones

    async def agreed(self, unit: UnitOfWork, visitor: Visitor) -> bool:
        """Whether the asker has agreed to be written to, and not taken it back."""
        person = person_of(visitor)
        rows = await unit.read(partial(people.consents_of, person_id=person.id))
        decisions = [bool(row["given"]) for row in rows if row["purpose"] == MAILINGS]
        return bool(decisions) and decisions[-1]

    def decide(self, unit: UnitOfWork, visitor: Visitor, *, given: bool) -> None:
        """The asker agrees, or takes it back: then nothing is sent any more, what is queued neither."""
        decision = partial(people.add_consent, person_id=person_of(visitor).id, purpose=MAILINGS)
        unit.add(partial(decision, version=self.version, given=given, at=now()))

    async def hours(self, unit: UnitOfWork, visitor: Visitor) -> QuietHours:
        """When the asker is not to be written to, by which clock."""
        person = person_of(visitor)
        return await unit.read(partial(self._hours, person_id=person.id))

    async def change(self, unit: UnitOfWork, visitor: Visitor, **chosen: Any) -> bool:
        """Change some of the hours, days or the zone; what there cannot be changes nothing (False).

        In another zone the same time of day is another instant: every subscription's next turn follows.
        """
        person = person_of(visitor)
        held = await unit.read(partial(notification_settings.settings_of, person_id=person.id))
        wanted = held._replace(**chosen)
        try:
            QuietHours(**{**wanted._asdict(), "zone": wanted.zone or self._zones.default})
        except ValueError:
            return False
        if wanted.days_off == EVERY_DAY:  # whoever wants nothing at all pauses or unsubscribes
            return False
        unit.add(partial(notification_settings.save, person_id=person.id, chosen=wanted))
        if wanted.zone != held.zone:
            unit.add(partial(self._set_turns, person_id=person.id))
        return True

    def _hours(self, connection: Connection, person_id: int) -> QuietHours:
        return notification_settings.quiet_hours(connection, [person_id], self._zones)[person_id]

    def _set_turns(self, connection: Connection, person_id: int) -> None:
        zone = self._hours(connection, person_id).zone
        for held in subscriptions.of_person(connection, person_id):
            turn = next_occurrence(held.timing, zone, now())
            subscriptions.change(connection, person_id, held.id, {"next_at": turn})


def person_of(visitor: Visitor) -> Person:
    """The asker as a person with a finished profile. Raises NoProfileError for anyone else."""
    if visitor.person is None or visitor.person.level is None:
        raise NoProfileError
    return visitor.person
