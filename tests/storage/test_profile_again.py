"""Invitations to look whether one's answers still hold: to whom, when, once."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, RowMapping, select, update

from bot.domain import clock
from bot.domain.clock import now
from bot.domain.facts import Fact, Source
from bot.domain.notices import NoticeKind
from bot.domain.quiet import RegionZones, next_allowed
from bot.services.profile_again import invite_again
from dialogs.notices.profile_again import ProfileAgainComposer
from locales.text import Texts
from storage import people, risk
from storage.database import Database
from storage.notification_settings import quiet_hours
from storage.outbox import Taken
from storage.tables import outbox, persons
from tests.storage.centre import FOOD, TRANSPORT, enrol, found_colleges

DAY = dt.timedelta(days=1)
ZONES = RegionZones("Europe/Moscow", {})


@pytest.fixture(autouse=True)
def clock_put_back() -> Iterator[None]:
    before = clock._shifted
    # a school year: those of 2027 are in their last one
    clock.shift(dt.datetime(2026, 11, 23, 7, tzinfo=dt.UTC) - now())
    yield
    clock.shift(before - clock._shifted)


def profile(
    connection: Connection,
    number: int,
    days_ago: int,
    *,
    override: str | None = None,
    facts: tuple[Fact, ...] = (Fact("resume", value=True, source=Source.ANSWER),),
    **about: Any,
) -> None:
    """A person who answered so many days ago."""
    at = now() - days_ago * DAY
    enrol(connection, number, **about)
    people.change_person(connection, number, {"level": "high"})
    risk.replace_facts(connection, number, Source.ANSWER, facts, at)
    row = {"level": "high", "findings": [], "unknown": [], "criteria": "x", "cause": "profiling"}
    risk.add_assessment(connection, {"person_id": number, "at": at, "override": override, **row})


EMPLOYMENT = (Fact("employment", "none", Source.ANSWER),)


def crowd(connection: Connection) -> None:
    found_colleges(connection)
    profile(connection, 1, 91)
    profile(connection, 2, 89)
    profile(connection, 3, 61, facts=EMPLOYMENT)  # of 2027: may have found work
    profile(connection, 4, 61, facts=EMPLOYMENT, group=FOOD)  # of 2028
    profile(connection, 5, 91, override="employed_in_field")
    profile(connection, 6, 91)
    connection.execute(update(persons).where(persons.c.id == 6).values(blocked_at=now()))
    profile(connection, 7, 91)
    refuse(connection, 7)
    enrol(connection, 8, group=TRANSPORT)  # never finished
    profile(connection, 9, 91)
    refuse(connection, 9)
    people.add_consent(connection, 9, "profile_again", "1", given=True, at=now())
    profile(connection, 10, 91)
    people.add_consent(connection, 10, "mailings", "1", given=False, at=now())


def refuse(connection: Connection, number: int) -> None:
    people.add_consent(connection, number, "profile_again", "1", given=False, at=now())


def queued(connection: Connection) -> list[RowMapping]:
    return list(connection.execute(select(outbox).order_by(outbox.c.person_id)).mappings())


async def test_who_is_invited_and_when(database: Database) -> None:
    await database.write(crowd)
    assert await invite_again(database, ZONES) == {"invited": 3}
    rows = await database.read(queued)
    assert [row["person_id"] for row in rows] == [1, 3, 9]
    hours = await database.read(partial(quiet_hours, person_ids=[1], zones=ZONES))
    for row in rows:
        assert row["kind"] == NoticeKind.PROFILE_AGAIN
        assert row["due_at"] == dt.datetime(2026, 11, 23, 15, tzinfo=dt.UTC)  # 18:00 in Moscow
        assert row["due_at"] == next_allowed(row["due_at"], hours[1])


async def test_nobody_is_invited_twice(database: Database) -> None:
    await database.write(crowd)
    await invite_again(database, ZONES)
    assert await invite_again(database, ZONES) == {"invited": 0}
    clock.shift(20 * DAY)
    assert await invite_again(database, ZONES) == {"invited": 1}  # number 2; number 4 in ten days
    clock.shift(200 * DAY)
    assert await invite_again(database, ZONES) == {"invited": 1}  # nobody is asked twice about one answer


async def test_a_second_one_comes_ninety_days_after_the_first_at_the_earliest(database: Database) -> None:
    await database.write(found_colleges)
    await database.write(partial(profile, number=3, days_ago=61, facts=EMPLOYMENT))
    await invite_again(database, ZONES)
    clock.shift(DAY)
    answered = partial(risk.replace_facts, person_id=3, source=Source.ANSWER, known=EMPLOYMENT)
    await database.write(partial(answered, at=now()))
    clock.shift(61 * DAY)
    assert await invite_again(database, ZONES) == {"invited": 0}
    clock.shift(30 * DAY)
    assert await invite_again(database, ZONES) == {"invited": 1}


async def test_a_crowd_is_invited_in_batches(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.profile_again.BATCH", 2)
    await database.write(crowd)
    assert await invite_again(database, ZONES) == {"invited": 3}


@pytest.mark.parametrize(
    "changed",
    [
        partial(refuse, number=1),
        lambda connection: risk.replace_facts(connection, 1, Source.ANSWER, EMPLOYMENT, now()),
        lambda connection: connection.execute(update(persons).where(persons.c.id == 1).values(level=None)),
    ],
    ids=["refused", "answered", "gone"],
)
async def test_what_has_become_pointless_is_not_sent(database: Database, changed: Any) -> None:
    await database.write(crowd)
    await invite_again(database, ZONES)
    composer = ProfileAgainComposer(Texts("ru", "Europe/Moscow"))
    (row, *_) = await database.read(queued)
    held: dict[str, Any] = {name: row.get(name) for name in Taken._fields}
    taken = Taken(**held)
    loaded = await database.read(partial(composer.load, taken=[taken]))
    assert list(loaded) == [row["id"]]
    letter = composer.compose(taken._replace(language="ru"), loaded[row["id"]])
    assert letter.html.startswith("Проверим ваши ответы?")
    await database.write(changed)
    assert await database.read(partial(composer.load, taken=[taken])) == {}
