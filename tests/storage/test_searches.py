"""Saved searches in the database: one for all who look for the same; they find what the list would show."""

import datetime as dt
import random
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.domain.people import Person
from bot.domain.vacancies.search import Search
from storage import people, searches, subscriptions, vacancies, vacancy_keeping
from storage.tables import search_keys, search_matches, search_stems
from storage.tables import searches as table
from storage.tables import vacancies as all_vacancies
from storage.vacancies import Look
from tests.storage.test_vacancies import AT, ELSEWHERE, LATER, REGION, row

TRADE = Search(REGION, specialty="09.02.07")
WORDS = Search(REGION, text="повар склад", stems=("повар", "склад"))
STEMS = ("повар", "склад", "код", "сварк")
TOWNS = ("Москва", "Зеленоград", None)


def pairs(connection: Connection) -> set[tuple[int, str]]:
    """Which search found which vacancy, by its number at the source."""
    statement = sa.select(search_matches.c.search_id, all_vacancies.c.source_id).join(
        all_vacancies, all_vacancies.c.id == search_matches.c.vacancy_id
    )
    return {(search_id, source_id) for search_id, source_id in connection.execute(statement)}


def match_all(connection: Connection, at: dt.datetime = AT, limit: int = 7) -> int:
    """How many matches there are to all that waits."""
    found = 0
    while (matched := searches.match(connection, at, limit)).vacancies:
        found += matched.matches
    return found


def count(connection: Connection, counted: sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(counted)).scalar_one())


def test_equal_searches_are_one(connection: Connection) -> None:
    first = searches.keep(connection, WORDS)
    assert searches.keep(connection, Search(**_plain(WORDS))) == first
    assert searches.keep(connection, TRADE) != first
    assert (count(connection, table), count(connection, search_stems)) == (2, 2)
    assert count(connection, search_keys) == 1 + 3
    kept = searches.by_key(connection, WORDS.key)
    assert kept is not None
    assert searches.search_of(kept) == WORDS
    assert searches.by_key(connection, "a" * 24) is None


def test_every_difference_makes_another_search() -> None:
    narrower: list[dict[str, Any]] = [
        {"region": ELSEWHERE},
        {"specialty": "09.02"},
        {"text": "x"},
        {"stems": ("x",)},
        {"kind": "summer"},
        {"pay_from": 1},
        {"no_experience": True},
        {"quota": True},
        {"town": "Москва"},
    ]
    keys = {Search(**{**_plain(TRADE), **changed}).key for changed in narrower}
    assert len(keys | {TRADE.key}) == len(narrower) + 1


def test_a_search_finds_what_the_list_would_show(connection: Connection) -> None:
    chance = random.Random(7)
    people.add_person(connection, Person(id=1, telegram_id=1, code="A", language="ru"), AT)
    wanted = {searches.keep(connection, search): search for search in (_search(chance) for _ in range(150))}
    vacancy_keeping.keep(connection, [_vacancy(chance, number) for number in range(120)], AT)
    match_all(connection)
    shown = set()
    for search_id, search in wanted.items():
        values = _plain(search)
        del values["text"]
        look = Look(person_id=1, **{**values, "stems": frozenset(search.stems)})
        shown |= {(search_id, held["source_id"]) for held in vacancies.found(connection, look, 0, 1000)}
    assert len(shown) > 300
    assert pairs(connection) == shown


def test_every_vacancy_is_matched_once_and_again_when_it_has_changed(connection: Connection) -> None:
    search_id = searches.keep(connection, Search(REGION, pay_from=50_000))
    vacancy_keeping.keep(connection, [row(1, pay_from=40_000), row(2, pay_from=60_000)], AT)
    assert (match_all(connection), match_all(connection)) == (1, 0)
    richer = row(1, pay_from=70_000, modified_at=LATER)
    vacancy_keeping.keep(connection, [richer, row(2, pay_from=65_000, modified_at=LATER)], LATER)
    assert match_all(connection, LATER) == 1
    assert pairs(connection) == {(search_id, "1"), (search_id, "2")}
    instants = sa.select(search_matches.c.at).order_by(search_matches.c.at)
    assert list(connection.execute(instants).scalars()) == [AT, LATER], "what is only changed is no news"


def test_a_match_is_later_than_all_before_it_whatever_the_clock_does(connection: Connection) -> None:
    searches.keep(connection, Search(REGION))
    vacancy_keeping.keep(connection, [row(1)], AT)
    match_all(connection, LATER)
    vacancy_keeping.keep(connection, [row(2)], AT)
    match_all(connection, AT)
    instants = sa.select(search_matches.c.at).order_by(search_matches.c.vacancy_id)
    first, second = connection.execute(instants).scalars()
    assert LATER == first < second


def test_a_closed_vacancy_is_found_by_nobody_and_does_not_wait(connection: Connection) -> None:
    searches.keep(connection, Search(REGION))
    vacancy_keeping.keep(connection, [row(1)], AT)
    connection.execute(sa.update(all_vacancies).values(closed_at=AT))
    assert searches.match(connection, AT, 10) == (1, 0)
    assert searches.match(connection, AT, 10) == (0, 0)


def test_what_nobody_needs_is_forgotten(connection: Connection) -> None:
    people.add_person(connection, Person(id=1, telegram_id=1, code="A", language="ru"), AT)
    used = searches.keep(connection, Search(REGION))
    searches.keep(connection, WORDS)
    values = {"id": 5, "search_id": used, "frequency": "daily", "weekday": 0, "minute": 0}
    subscriptions.add(connection, 1, {**values, "since": AT, "created_at": AT})
    vacancy_keeping.keep(connection, [row(1)], AT)
    match_all(connection)
    vacancy_keeping.keep(connection, [row(2)], LATER)
    match_all(connection, LATER)
    assert searches.forget(connection, LATER, 10) == {"matches": 1, "searches": 1}
    assert pairs(connection) == {(used, "2")}
    assert count(connection, search_stems) == 0
    assert searches.forget(connection, LATER, 10) == {"matches": 0, "searches": 0}


def _plain(search: Search) -> dict[str, Any]:
    return {name: getattr(search, name) for name in Search.__dataclass_fields__}


def _search(chance: random.Random) -> Search:
    stems = tuple(sorted(chance.sample(STEMS, chance.randint(1, 2)))) if chance.random() < 0.4 else ()
    trade = chance.choice(("09.02.07", "09.01.03", "43.02.15", None))
    return Search(
        chance.choice((REGION, ELSEWHERE)),
        specialty=None if stems else trade,
        text=" ".join(stems),
        stems=stems,
        kind=chance.choice((None, None, "summer")),
        pay_from=chance.choice((None, None, 50_000)),
        no_experience=chance.random() < 0.2,
        quota=chance.random() < 0.2,
        town=chance.choice((None, None, "Москва")),
    )


def _vacancy(chance: random.Random, number: int) -> vacancy_keeping.VacancyRow:
    codes = chance.sample(("09", "09.02", "09.02.07", "09.01", "43.02.15"), chance.randint(0, 3))
    return row(
        number,
        dict.fromkeys(codes, "слово"),
        tuple(chance.sample(STEMS, chance.randint(0, 3))),
        region=chance.choice((REGION, ELSEWHERE)),
        kind=chance.choice(("permanent", "summer")),
        pay_from=chance.choice((None, 40_000, 50_000)),
        pay_to=chance.choice((None, 60_000)),
        experience_years=chance.choice((None, 0, 1)),
        quota=chance.random() < 0.5,
        town=chance.choice(TOWNS),
    )
