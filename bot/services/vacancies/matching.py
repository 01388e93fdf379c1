"""The two jobs behind subscriptions: new vacancies meet searches, and people whose turn it is are told.

Both may stop at any moment and be run again: what is done is told from the rows.
"""

import asyncio
import datetime as dt
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import groupby

from sqlalchemy import Connection

from bot.domain.clock import now
from bot.domain.notices import NoticeKind
from bot.domain.quiet import QuietHours, RegionZones, next_allowed, public_holidays
from bot.domain.subscriptions import Frequency, next_occurrence
from storage import outbox, searches, subscriptions
from storage.database import Database
from storage.notification_settings import quiet_hours
from storage.outbox import Notice
from storage.subscriptions import Due, Reader

PORTION = 100
"""Vacancies that are matched in one transaction: people wait for the writer meanwhile."""

PEOPLE = 100
"""People whose turn is settled in one transaction."""

PAGE = 10_000
"""People whose turn has come that are looked up at once."""

LOOK_BACK = dt.timedelta(hours=1)
"""If the last run died before it told people: matches of that time are looked at again."""

MATCHES_KEPT = dt.timedelta(days=30)
FORGOTTEN = 2_000
"""Rows of a kind that are dropped in one transaction."""

LATE = {
    Frequency.AT_ONCE: dt.timedelta(days=1),
    Frequency.DAILY: dt.timedelta(days=1),
    Frequency.WEEKLY: dt.timedelta(days=3),
}
"""After that a message is not sent any more; what it was about is in the next one."""


async def match_vacancies(database: Database, zones: RegionZones) -> dict[str, int]:
    """Put new and changed vacancies before all searches; tell whoever wants to know at once."""
    began = now()
    await _holidays_known()
    counts = {"vacancies": 0, "matches": 0, "notices": 0}
    while True:
        matched = await database.write(lambda connection: searches.match(connection, now(), PORTION))
        if not matched.vacancies:
            break
        counts["vacancies"] += matched.vacancies
        counts["matches"] += matched.matches
    after = -1
    while True:
        look = partial(subscriptions.readers_at_once, since=began - LOOK_BACK, now=now(), limit=PAGE)
        readers = await database.read(partial(look, after=after))
        if not readers:
            return counts
        for start in range(0, len(readers), PEOPLE):
            tell = partial(_tell_at_once, readers=readers[start : start + PEOPLE], zones=zones)
            counts["notices"] += await database.write(tell)
        after = readers[-1].person_id


async def queue_digests(database: Database, zones: RegionZones) -> dict[str, int]:
    """Whose turn has come gets a message, if there is something new; then comes their next turn.

    After a standstill one message, not one for every turn that was missed.
    """
    counts = {"subscriptions": 0, "notices": 0}
    await _holidays_known()
    after = -1
    while people := await database.read(
        partial(subscriptions.due_people, now=now(), after=after, limit=PAGE)
    ):
        for start in range(0, len(people), PEOPLE):
            settle = partial(_settle, people=people[start : start + PEOPLE], zones=zones)
            subscribed, notices = await database.write(settle)
            counts["subscriptions"] += subscribed
            counts["notices"] += notices
        after = people[-1]
    return counts


async def forget_matches(database: Database) -> dict[str, int]:
    """Drop old matches, and searches that nobody has any more."""
    counts = {"matches": 0, "searches": 0}
    while True:
        forget = partial(searches.forget, before=now() - MATCHES_KEPT, limit=FORGOTTEN)
        dropped = await database.write(forget)
        counts = {name: count + dropped[name] for name, count in counts.items()}
        if not any(dropped.values()):
            return counts


async def _holidays_known() -> None:
    """The calendar is loaded now, not in the first transaction: people wait for the writer."""
    await asyncio.to_thread(public_holidays, now().year)


def _tell_at_once(connection: Connection, readers: list[Reader], zones: RegionZones) -> int:
    hours = quiet_hours(connection, [reader.person_id for reader in readers], zones)
    at = now()
    notices = []
    for reader in readers:
        due_at = next_allowed(at, hours[reader.person_id])
        notices.append(
            _notice("at_once", reader.person_id, reader.telegram_id, due_at, Frequency.AT_ONCE, [])
        )
    return outbox.queue(connection, notices)


def _settle(connection: Connection, people: list[int], zones: RegionZones) -> tuple[int, int]:
    """How many subscriptions had their turn, and how many messages came of it."""
    at = now()
    due = subscriptions.due(connection, people, at)
    hours = quiet_hours(connection, people, zones)
    subscriptions.schedule(connection, [(one.id, one.next_at, _turn(one, hours, at)) for one in due])
    notices = [
        _digest(list(own), hours[person_id], at)
        for person_id, own in groupby((one for one in due if one.news), key=lambda one: one.person_id)
    ]
    return len(due), outbox.queue(connection, notices)


def _turn(one: Due, hours: Mapping[int, QuietHours], at: dt.datetime) -> dt.datetime | None:
    """The next turn: not before the end of a pause."""
    rested = max(at, one.paused_until) if one.paused_until else at
    return next_occurrence(one.timing, hours[one.person_id].zone, rested)


def _digest(due: list[Due], hours: QuietHours, at: dt.datetime) -> Notice:
    """One message for all of a person's subscriptions whose turn has come."""
    first = due[0]
    occurrence = min(one.next_at for one in due)
    longest = max((one.timing.frequency for one in due), key=LATE.__getitem__)
    ids = [one.id for one in due]
    notice = _notice("turn", first.person_id, first.telegram_id, next_allowed(at, hours), longest, ids)
    return notice._replace(key=_key("turn", first.person_id, occurrence))


def _notice(
    cause: str,
    person_id: int,
    telegram_id: int,
    due_at: dt.datetime,
    frequency: Frequency,
    ids: Iterable[int],
) -> Notice:
    return Notice(
        key=_key(cause, person_id, due_at),
        kind=NoticeKind.VACANCIES,
        telegram_id=telegram_id,
        due_at=due_at,
        expires_at=due_at + LATE[frequency],
        values={"subscriptions": list(ids)},
        person_id=person_id,
    )


def _key(cause: str, person_id: int, instant: dt.datetime) -> str:
    return f"vacancies:{cause}:{person_id}:{int(instant.timestamp())}"
