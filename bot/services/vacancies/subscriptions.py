"""Subscriptions of a student: kept searches with a time of their own, rarer, paused, dropped, taken back."""

import datetime as dt
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.domain.clock import now
from bot.domain.people import Visitor
from bot.domain.subscriptions import LIMIT, Pause, Timing, next_occurrence, paused_until
from bot.domain.vacancies.search import Search
from bot.services.mailings import Mailings, person_of
from bot.services.vacancies.student import Filters, Vacancies
from storage import searches, subscriptions, vacancies, vacancy_news
from storage.subscriptions import Subscription
from storage.unit_of_work import UnitOfWork
from storage.vacancy_news import News

MORE = 5
"""Vacancies in one message: a screen of a small phone."""

Ids = Sequence[int]
"""Which subscriptions are meant; none named: all of the asker's."""


class Refused(StrEnum):
    """Why there is no subscription. The codes have texts."""

    NO_CONSENT = "no_consent"
    TOO_MANY = "too_many"
    NO_REGION = "no_region"
    GONE = "gone"  # the search that was to be taken back


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one subscription: `after` is None when it is dropped."""

    before: Subscription
    after: Subscription | None


class Subscriptions:
    """Use cases of `/subscriptions`. Each raises NoProfileError for anyone without a finished profile.

    Somebody else's subscription is one that there is not.
    """

    def __init__(self, mailings: Mailings, looked_for: Vacancies) -> None:
        self._mailings = mailings
        self._vacancies = looked_for

    async def all(self, unit: UnitOfWork, visitor: Visitor) -> list[Subscription]:
        """The asker's own, the oldest first."""
        return await unit.read(partial(subscriptions.of_person, person_id=person_of(visitor).id))

    async def some(self, unit: UnitOfWork, visitor: Visitor, ids: Ids) -> list[Subscription]:
        """Those of the asker's own that are meant."""
        own = await self.all(unit, visitor)
        return [one for one in own if not ids or one.id in ids]

    async def subscribe(self, unit: UnitOfWork, visitor: Visitor, filters: Filters) -> Subscription | Refused:
        """Subscribe to what the filters find; one that is there already is answered as it is.

        When the filters were taken from a subscription to be narrowed, that one looks for this from now on.
        """
        if not await self._mailings.agreed(unit, visitor):
            return Refused.NO_CONSENT
        search = await self._vacancies.search(unit, visitor, filters)
        if search is None:
            return Refused.NO_REGION
        zone = (await self._mailings.hours(unit, visitor)).zone
        keep = partial(_keep, person_id=person_of(visitor).id, search=search, zone=zone)
        return await unit.decide(partial(keep, instead_of=filters.subscription, new_id=_new_id()))

    async def retime(self, unit: UnitOfWork, visitor: Visitor, ids: Ids, timing: Timing) -> list[Change]:
        """From now on that often, on that day, at that time."""
        zone = (await self._mailings.hours(unit, visitor)).zone
        return await self._change(unit, visitor, ids, lambda _one: _timed(timing, zone))

    async def less(self, unit: UnitOfWork, visitor: Visitor, ids: Ids) -> list[Change]:
        """One step less often; nothing changes for those that cannot come less often."""
        zone = (await self._mailings.hours(unit, visitor)).zone

        def rarer(one: Subscription) -> dict[str, Any]:
            return _timed(one.timing.rarer or one.timing, zone)

        return await self._change(unit, visitor, ids, rarer)

    async def pause(self, unit: UnitOfWork, visitor: Visitor, ids: Ids, pause: Pause) -> list[Change]:
        """Nothing for that long."""
        until = paused_until(pause, (await self._mailings.hours(unit, visitor)).zone, now())
        return await self.pause_until(unit, visitor, ids, until)

    async def pause_until(
        self, unit: UnitOfWork, visitor: Visitor, ids: Ids, until: dt.datetime | None
    ) -> list[Change]:
        """Nothing until that instant; None: go on."""
        return await self._change(unit, visitor, ids, lambda _one: {"paused_until": until})

    async def drop(self, unit: UnitOfWork, visitor: Visitor, ids: Ids) -> list[Change]:
        """No more of these."""
        found = await self.some(unit, visitor, ids)
        gone = [one.id for one in found]
        unit.add(partial(subscriptions.remove, person_id=person_of(visitor).id, ids=gone))
        return [Change(one, None) for one in found]

    async def take_back(
        self, unit: UnitOfWork, visitor: Visitor, subscription_id: int, key: str, timing: Timing
    ) -> Subscription | Refused:
        """A dropped subscription again, with its id: the buttons of its messages work on."""
        row = await unit.read(partial(searches.by_key, key=key))
        if row is None:
            return Refused.GONE
        zone = (await self._mailings.hours(unit, visitor)).zone
        keep = partial(_keep, person_id=person_of(visitor).id, search=searches.search_of(row), zone=zone)
        return await unit.decide(partial(keep, new_id=subscription_id, timing=timing))

    async def more(self, unit: UnitOfWork, visitor: Visitor, ids: Ids) -> News | None:
        """Vacancies that these subscriptions found and the asker does not know yet; they count as shown."""
        person = person_of(visitor)
        own = [one.id for one in await self.some(unit, visitor, ids)]
        look = partial(vacancy_news.news, ids=own, limit=MORE, all_since_created=True)
        found = (await unit.read(look)).get(person.id) if own else None
        if found:
            shown = [row["id"] for row in found.rows]
            unit.add(partial(vacancies.mark_shown, person_id=person.id, ids=shown, at=now()))
        return found

    async def narrow(self, unit: UnitOfWork, visitor: Visitor, ids: Ids) -> Filters | None:
        """What a subscription looks for, as filters to be narrowed; None if there is no such one."""
        found = await self.some(unit, visitor, ids)
        if len(found) != 1:
            return None
        filters = Filters.of_search(found[0].search, found[0].id)
        self._vacancies.keep_filters(unit, visitor, filters)
        return filters

    async def _change(
        self, unit: UnitOfWork, visitor: Visitor, ids: Ids, changed: Callable[[Subscription], dict[str, Any]]
    ) -> list[Change]:
        person = person_of(visitor)
        changes = []
        for one in await self.some(unit, visitor, ids):
            values = changed(one)
            change = partial(subscriptions.change, person_id=person.id, subscription_id=one.id)
            unit.add(partial(change, values=values))
            changes.append(Change(one, _changed(one, values)))
        return changes


def _keep(
    connection: Connection,
    person_id: int,
    search: Search,
    zone: str,
    new_id: int,
    instead_of: int = 0,
    timing: Timing | None = None,
) -> Subscription | Refused:
    own = subscriptions.of_person(connection, person_id)
    same = next((one for one in own if one.search == search), None)
    if same is not None:
        return same
    former = next((one for one in own if one.id == instead_of), None)
    if former is None and len(own) >= LIMIT:
        return Refused.TOO_MANY
    search_id = searches.keep(connection, search)
    at = now()
    if former is not None:
        changed = {"search_id": search_id, "since": at, "created_at": at}
        subscriptions.change(connection, person_id, former.id, changed)
        return former._replace(search_id=search_id, search=search)
    new = Subscription(new_id, search_id, search, timing or Timing(), None)
    values = {"id": new_id, "search_id": search_id, "since": at, "created_at": at}
    added = subscriptions.add(connection, person_id, {**values, **_timed(new.timing, zone)})
    return new if added else Refused.GONE


def _timed(timing: Timing, zone: str) -> dict[str, Any]:
    turn = next_occurrence(timing, zone, now())
    timed = {"frequency": timing.frequency, "weekday": timing.weekday, "minute": timing.minute}
    return {**timed, "next_at": turn}


def _changed(one: Subscription, values: dict[str, Any]) -> Subscription:
    if "paused_until" in values:
        return one._replace(paused_until=values["paused_until"])
    timing = replace(
        one.timing, frequency=values["frequency"], weekday=values["weekday"], minute=values["minute"]
    )
    return one._replace(timing=timing)


def _new_id() -> int:
    """Never one that was used before: buttons live longer than subscriptions."""
    return secrets.randbits(52)
