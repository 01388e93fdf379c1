"""The jobs behind subscriptions and what a notification is made of, on real databases, by a moved clock."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial

import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy import Connection

from bot.delivery.taking_up import Look, TakingUp
from bot.domain.campaigns import MAILINGS
from bot.domain.clock import now
from bot.domain.notices import NoticeKind
from bot.domain.people import Person
from bot.domain.quiet import RegionZones
from bot.domain.subscriptions import Frequency, Timing, next_occurrence
from bot.domain.vacancies.search import Search
from bot.services.vacancies.matching import forget_matches, match_vacancies, queue_digests
from dialogs.notices.vacancies import VacanciesComposer
from locales.text import Texts
from storage import people, searches, subscriptions, vacancies, vacancy_keeping, vacancy_news
from storage.database import Database
from storage.notification_settings import quiet_hours
from storage.outbox import Taken
from storage.tables import outbox, search_matches, vacancy_marks
from storage.tables import subscriptions as table
from storage.tables import vacancies as all_vacancies
from tests.storage.test_vacancies import ELSEWHERE, REGION, row

ZONES = RegionZones("Europe/Moscow", {})
MONDAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
"""Noon in Moscow, no holiday near."""

TURN = dt.datetime(2026, 11, 23, 15, tzinfo=dt.UTC)
"""Six in the evening."""

NIGHT = dt.datetime(2026, 11, 23, 20, tzinfo=dt.UTC)
MORNING = dt.datetime(2026, 11, 24, 6, tzinfo=dt.UTC)
COMPOSER = VacanciesComposer(Texts("ru", "Europe/Moscow"))
TAKING_UP = TakingUp({NoticeKind.VACANCIES: COMPOSER}, partial(quiet_hours, zones=ZONES))


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


async def subscribe(
    database: Database,
    person_id: int,
    search: Search,
    timing: Timing | None = None,
    *,
    number: int = 0,
) -> int:
    """A person with the consent, subscribed; returns the subscription's id."""
    subscription_id = person_id * 10 + number
    chosen = timing or Timing()

    def add(connection: Connection) -> None:
        if number == 0:
            person = Person(person_id, 10**10 + person_id, f"CODE-{person_id}", "ru")
            people.add_person(connection, person, MONDAY)
            people.add_consent(connection, person_id, MAILINGS, "1", given=True, at=MONDAY)
        values = {
            "id": subscription_id,
            "search_id": searches.keep(connection, search),
            "frequency": chosen.frequency,
            "weekday": chosen.weekday,
            "minute": chosen.minute,
            "since": MONDAY,
            "created_at": MONDAY,
            "next_at": next_occurrence(chosen, ZONES.default, MONDAY),
        }
        subscriptions.add(connection, person_id, values)

    await database.write(add)
    return subscription_id


async def publish(database: Database, *rows: vacancy_keeping.VacancyRow) -> None:
    await database.write(lambda connection: vacancy_keeping.keep(connection, rows, MONDAY))


async def held(database: Database, wanted: sa.Table) -> Sequence[sa.RowMapping]:
    statement = sa.select(wanted).order_by(*wanted.primary_key.columns)
    return await database.read(lambda connection: connection.execute(statement).mappings().all())


async def taken(database: Database) -> dict[int, vacancy_news.News]:
    """What is sent of all that is due now, by the person."""
    sent: dict[int, vacancy_news.News] = {}
    while True:
        look = Look(token=1, now=now(), busy=[], room=100)
        taking = await database.write(partial(TAKING_UP.take, look=look))
        if not (taking.ready or taking.settled):
            return sent
        for taken, loaded in taking.ready:
            assert taken.person_id not in sent, "one message"
            sent[taken.person_id or 0] = loaded


def numbers(found: vacancy_news.News) -> list[str]:
    return [one["name"].removeprefix("Вакансия ") for one in found.rows]


async def test_a_digest_at_its_time(database: Database, clock: time_machine.Traveller) -> None:
    await subscribe(database, 1, Search(REGION))
    await subscribe(database, 2, Search(ELSEWHERE))
    clock.shift(60)
    await publish(database, row(1), row(2))
    assert await match_vacancies(database, ZONES) == {"vacancies": 2, "matches": 2, "notices": 0}
    assert await queue_digests(database, ZONES) == {"subscriptions": 0, "notices": 0}, "it is too early"
    clock.move_to(TURN)
    assert await queue_digests(database, ZONES) == {"subscriptions": 2, "notices": 1}
    (notice,) = await held(database, outbox)
    assert (notice["person_id"], notice["due_at"]) == (1, TURN)
    assert {row["next_at"] for row in await held(database, table)} == {TURN + dt.timedelta(days=1)}
    found = (await taken(database))[1]
    assert sorted(numbers(found)) == ["1", "2"]
    assert [(mark["person_id"], mark["delivered_at"]) for mark in await held(database, vacancy_marks)] == [
        (1, TURN),
        (1, TURN),
    ]


async def test_after_a_standstill_one_digest(database: Database, clock: time_machine.Traveller) -> None:
    await subscribe(database, 1, Search(REGION))
    clock.shift(60)
    await publish(database, row(1))
    clock.move_to(TURN + dt.timedelta(days=9, hours=6))  # a Wednesday's night
    await match_vacancies(database, ZONES)
    assert await queue_digests(database, ZONES) == {"subscriptions": 1, "notices": 1}
    assert await queue_digests(database, ZONES) == {"subscriptions": 0, "notices": 0}
    (notice,) = await held(database, outbox)
    assert notice["due_at"] == TURN + dt.timedelta(days=9, hours=15), "in the morning"
    (subscription,) = await held(database, table)
    assert subscription["next_at"] == TURN + dt.timedelta(days=10)


async def test_at_once_and_in_the_night(database: Database, clock: time_machine.Traveller) -> None:
    await subscribe(database, 1, Search(REGION), Timing(Frequency.AT_ONCE))
    clock.move_to(NIGHT)
    for number in range(3):
        await publish(database, row(number))
        assert (await match_vacancies(database, ZONES))["notices"] == (1 if number == 0 else 0)
    (notice,) = await held(database, outbox)
    assert notice["due_at"] == MORNING
    clock.move_to(MORNING)
    assert sorted(numbers((await taken(database))[1])) == ["0", "1", "2"]
    assert (await match_vacancies(database, ZONES))["notices"] == 0, "everything is said"
    clock.shift(60)
    await publish(database, row(9))
    assert (await match_vacancies(database, ZONES))["notices"] == 1


async def test_a_run_that_died_before_it_told(database: Database, clock: time_machine.Traveller) -> None:
    await subscribe(database, 1, Search(REGION), Timing(Frequency.AT_ONCE))
    clock.shift(60)
    await publish(database, row(1))
    await database.write(lambda connection: searches.match(connection, MONDAY + dt.timedelta(minutes=1), 10))
    clock.shift(600)
    assert await match_vacancies(database, ZONES) == {"vacancies": 0, "matches": 0, "notices": 1}


async def test_all_that_is_due_is_one_message(database: Database, clock: time_machine.Traveller) -> None:
    first = await subscribe(database, 1, Search(REGION, quota=True))
    second = await subscribe(database, 1, Search(REGION, kind="summer"), Timing(minute=1079), number=1)
    other = await subscribe(
        database, 1, Search(REGION, kind="practice"), Timing(Frequency.WEEKLY, 2), number=2
    )
    clock.shift(60)
    await publish(database, row(1, quota=True, kind="summer"), row(2, kind="summer"), row(3, kind="practice"))
    await match_vacancies(database, ZONES)
    clock.move_to(TURN - dt.timedelta(minutes=1))
    await queue_digests(database, ZONES)
    clock.move_to(TURN)
    await queue_digests(database, ZONES)
    assert len(await held(database, outbox)) == 2
    found = (await taken(database))[1]
    assert sorted(numbers(found)) == ["1", "2"], "the weekly one has its turn on another day"
    assert found.subscriptions == (first, second)
    assert other not in found.subscriptions
    assert {one["state"] for one in await held(database, outbox)} == {"sending", "dropped"}


async def test_five_the_newest_first_and_how_many_more(
    database: Database, clock: time_machine.Traveller
) -> None:
    await subscribe(database, 1, Search(REGION))
    clock.shift(60)
    changed = [MONDAY + dt.timedelta(minutes=number) for number in range(8)]
    await publish(database, *(row(number, modified_at=changed[number]) for number in range(8)))
    await match_vacancies(database, ZONES)
    clock.move_to(TURN)
    await queue_digests(database, ZONES)
    found = (await taken(database))[1]
    assert (numbers(found), found.others) == (["7", "6", "5", "4", "3"], 3)
    clock.move_to(TURN + dt.timedelta(days=1))
    assert (await queue_digests(database, ZONES))["notices"] == 0, "the other three were told of"


@pytest.mark.parametrize("mark", ["shown_at", "opened_at", "delivered_at", "hidden_at", "applied_at"])
async def test_what_was_seen_is_no_news(database: Database, clock: time_machine.Traveller, mark: str) -> None:
    await subscribe(database, 1, Search(REGION))
    clock.shift(60)
    await publish(database, row(1))
    await match_vacancies(database, ZONES)
    clock.move_to(TURN)
    await queue_digests(database, ZONES)
    (one,) = await held(database, all_vacancies)
    await database.write(lambda connection: vacancies.mark(connection, 1, one["id"], {mark: MONDAY}))
    assert await taken(database) == {}


LOST = {
    "closed": sa.update(all_vacancies).values(closed_at=MONDAY),
    "no longer paid so well": sa.update(all_vacancies).values(pay_from=1),
    "paused": sa.update(table).values(paused_until=TURN + dt.timedelta(hours=1)),
    "unsubscribed": sa.delete(table),
}


@pytest.mark.parametrize("change", LOST.values(), ids=LOST)
async def test_what_changed_before_the_sending_counts(
    database: Database, clock: time_machine.Traveller, change: sa.Update
) -> None:
    await subscribe(database, 1, Search(REGION, pay_from=50_000))
    clock.shift(60)
    await publish(database, row(1, pay_from=60_000))
    await match_vacancies(database, ZONES)
    clock.move_to(TURN)
    assert (await queue_digests(database, ZONES))["notices"] == 1
    await database.write(lambda connection: connection.execute(change))
    assert await taken(database) == {}


async def test_a_consent_taken_back_stops_what_is_queued(
    database: Database, clock: time_machine.Traveller
) -> None:
    await subscribe(database, 1, Search(REGION))
    clock.shift(60)
    await publish(database, row(1))
    await match_vacancies(database, ZONES)
    clock.move_to(TURN)
    assert (await queue_digests(database, ZONES))["notices"] == 1
    await database.write(
        lambda connection: people.add_consent(connection, 1, MAILINGS, "1", given=False, at=TURN)
    )
    assert await taken(database) == {}


async def test_what_has_to_be_sent_again_says_the_same(
    database: Database, clock: time_machine.Traveller
) -> None:
    await subscribe(database, 1, Search(REGION))
    clock.shift(60)
    await publish(database, *(row(number) for number in range(7)))
    await match_vacancies(database, ZONES)
    clock.move_to(TURN)
    await queue_digests(database, ZONES)
    first = (await taken(database))[1]
    waiting = sa.update(outbox).values(state="waiting")
    await database.write(lambda connection: connection.execute(waiting))
    again = (await taken(database))[1]
    assert (numbers(again), again[1:]) == (numbers(first), first[1:])
    letter = COMPOSER.compose(_taken(), again)
    assert letter.html.startswith("7 новых вакансий по вашей подписке\n")
    await database.write(lambda connection: connection.execute(waiting))
    await database.write(lambda connection: connection.execute(sa.delete(table)))
    assert await taken(database) == {}


async def test_old_matches_go(database: Database, clock: time_machine.Traveller) -> None:
    await subscribe(database, 1, Search(REGION))
    await publish(database, row(1))
    await match_vacancies(database, ZONES)
    assert await forget_matches(database) == {"matches": 0, "searches": 0}
    clock.shift(dt.timedelta(days=31))
    assert await forget_matches(database) == {"matches": 1, "searches": 0}
    assert await held(database, search_matches) == []


def _taken() -> Taken:
    kind = NoticeKind.VACANCIES
    return Taken(1, kind, 1, 1, None, {}, "ru", 1, expires_at=TURN, blocked=False)
