"""Vacancies come in from the portal and from tables: whole, by and by, after a break, and by hand."""

import asyncio
import contextlib
import datetime as dt
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import time_machine
from sqlalchemy import Connection, RowMapping, text

from bot.config import STANDARD
from bot.domain.vacancies.rules import VacancyRules
from bot.services.vacancies.importing import Imported, VacancyImport
from bot.sources.definition_file import read_definition
from bot.sources.trudvsem import Settings, SourceError, Trudvsem
from storage.database import Database
from storage.tables import metadata, source_progress, vacancies
from storage.vacancy_keeping import Kept
from tests.conversation.conftest import MakeWorld
from tests.conversation.stored import rows
from tests.conversation.student import profiled
from tests.conversation.trudvsem_server import MOSCOW, Failure, TrudvsemServer, vacancy
from tests.databases import plain_engine

PROJECT = Path(__file__).parents[2]
RULES = read_definition(STANDARD / "vacancy_rules.yaml", VacancyRules)
BEGINNING = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
QUICK: dict[str, Any] = {"pause": 0.0, "timeout": 2.0, "attempts": 1, "first_wait": 0.01, "longest_wait": 0.1}
CONTACTS = ("Иванова", "000-00-00", "Телефон", "mail@example.org")
TABLE = "name;employer;region\nСварщик;ООО Ромашка;7700000000000\nПовар;ООО Ромашка;99\n"


@pytest.fixture
async def server() -> AsyncIterator[TrudvsemServer]:
    async with TrudvsemServer() as running:
        yield running


class Centre:
    """A database that imports, and the days that go by."""

    def __init__(self, server: TrudvsemServer, database: Database) -> None:
        self.server = server
        self.database = database

    async def run(self, day: float = 0.0, *, full: bool = False) -> Imported:
        """A pass at that day, as a process that has just started makes it."""
        moment = BEGINNING + dt.timedelta(days=day)
        async with aiohttp.ClientSession() as session:
            source = Trudvsem(session, Settings(base_url=self.server.url, **QUICK))
            with time_machine.travel(moment, tick=True):
                return await VacancyImport(self.database, RULES).import_region(source, MOSCOW, full=full)

    async def open_numbers(self) -> list[int]:
        statement = vacancies.select().where(vacancies.c.closed_at.is_(None))
        found = await self.database.read(lambda connection: connection.execute(statement).mappings().all())
        return sorted(int(row["source_id"][-12:]) for row in found)

    async def progress(self) -> RowMapping:
        statement = source_progress.select()
        return await self.database.read(lambda connection: connection.execute(statement).mappings().one())


@pytest.fixture
async def centre(server: TrudvsemServer, url: str) -> AsyncIterator[Centre]:
    database = Database(url)
    yield Centre(server, database)
    await database.close()


def publish(server: TrudvsemServer, count: int) -> None:
    for number in range(count):
        server.publish(vacancy(number))


def record_id(number: int) -> str:
    return str(vacancy(number)["id"])


async def test_the_first_pass_brings_everything_and_the_next_only_what_was_modified(centre: Centre) -> None:
    publish(centre.server, 230)
    assert await centre.run() == Imported(Kept(new=230))
    assert await centre.open_numbers() == list(range(230))
    assert all("modifiedFrom" not in request for request in centre.server.requests)

    # the source shows a change some time after its instant
    modified = (BEGINNING - dt.timedelta(minutes=30)).isoformat()
    centre.server.change(record_id(7), date_modify=modified, job_name="Сварщик")
    centre.server.publish(vacancy(500, date_modify=modified))
    assert await centre.run(0.1) == Imported(Kept(new=1, changed=1))
    assert "modifiedFrom" in centre.server.requests[-1]
    statement = vacancies.select().where(vacancies.c.source_id == record_id(7))
    (row,) = await centre.database.read(lambda connection: connection.execute(statement).mappings().all())
    assert row["name"] == "Сварщик"


async def test_changes_that_were_read_are_not_read_again(centre: Centre) -> None:
    publish(centre.server, 3)
    for day in (0, 0.5, 0.9):
        await centre.run(day)
    asked = [dt.datetime.fromisoformat(request["modifiedFrom"]) for request in centre.server.requests[-2:]]
    assert asked[1] - asked[0] > dt.timedelta(hours=11), "from the last pass on, not from the last full one"
    centre.server.fail_page(0, Failure.FORBIDDEN)
    with pytest.raises(SourceError):
        await centre.run(0.95)
    centre.server._failing.clear()
    await centre.run(0.98)
    again = dt.datetime.fromisoformat(centre.server.requests[-1]["modifiedFrom"])
    assert again - asked[1] < dt.timedelta(hours=11), "what failed is asked for again"


async def test_after_a_day_or_on_demand_a_pass_is_full(centre: Centre) -> None:
    publish(centre.server, 3)
    await centre.run()
    for day, full in ((0.1, True), (1.5, False)):
        assert await centre.run(day, full=full) == Imported(Kept(same=3))
        assert "modifiedFrom" not in centre.server.requests[-1]


async def test_a_pass_that_broke_off_goes_on_where_it_stopped(centre: Centre) -> None:
    publish(centre.server, 330)
    centre.server.fail_page(2, Failure.FORBIDDEN)
    for _ in range(2):
        with pytest.raises(SourceError):
            await centre.run()
    assert await centre.open_numbers() == list(range(200)), "what came before is kept"
    assert (await centre.progress())["position"] is not None

    centre.server._failing.clear()
    asked = len(centre.server.requests)
    assert await centre.run(0.1) == Imported(Kept(new=130))
    assert centre.server.requests[asked]["offset"] == "2", "pages that came are not asked for again"
    assert await centre.open_numbers() == list(range(330))
    kept = await centre.progress()
    assert kept["position"] is None
    assert abs(kept["passed_at"] - BEGINNING) < dt.timedelta(minutes=1), "the pass began with its first part"


async def test_a_full_pass_on_demand_does_not_go_on_with_a_part(centre: Centre) -> None:
    publish(centre.server, 3)
    await centre.run()
    changed = (BEGINNING + dt.timedelta(minutes=1)).isoformat()
    for number in range(100, 350):
        centre.server.publish(vacancy(number, date_modify=changed))
    centre.server.fail_page(1, Failure.FORBIDDEN)
    with pytest.raises(SourceError):
        await centre.run(0.1)
    centre.server._failing.clear()
    assert await centre.run(0.2, full=True) == Imported(Kept(new=150, same=103))


async def test_what_vanished_is_closed_after_two_full_passes(centre: Centre) -> None:
    publish(centre.server, 4)
    await centre.run()
    centre.server.close(record_id(1))
    assert (await centre.run(0.1)).closed == 0, "a pass over what was modified does not see the rest"
    assert (await centre.run(2)).closed == 0
    assert await centre.open_numbers() == [0, 1, 2, 3]
    assert (await centre.run(4)).closed == 1
    assert await centre.open_numbers() == [0, 2, 3]
    centre.server.publish(vacancy(1))
    assert await centre.run(6) == Imported(Kept(changed=1, same=3))
    assert await centre.open_numbers() == [0, 1, 2, 3]


@pytest.mark.parametrize("failure", [Failure.SERVER_ERROR, Failure.HTML, Failure.FALSE_EMPTY, Failure.RESET])
async def test_a_source_that_is_down_for_days_closes_nothing(centre: Centre, failure: Failure) -> None:
    publish(centre.server, 3)
    await centre.run()
    centre.server.fail_page(0, failure)
    for page in (1, 2, 3):
        centre.server.fail_page(page, failure)
    for day in (2, 4, 6):
        with contextlib.suppress(SourceError):  # or it takes what it can get for a pass with holes
            assert await centre.run(day) == Imported(Kept())
    assert await centre.open_numbers() == [0, 1, 2]
    centre.server._failing.clear()
    await centre.run(8)  # may be the rest of a pass that broke off
    assert await centre.run(8.1, full=True) == Imported(Kept(same=3))


async def test_a_source_that_is_down_does_not_disturb_the_bot(
    make_world: MakeWorld, server: TrudvsemServer
) -> None:
    world = await make_world(vacancy_regions=MOSCOW, trudvsem_url=server.url)
    publish(server, 3)
    await world.app.import_vacancies()
    for number in range(4):
        server.fail_page(number, Failure.FORBIDDEN)
    await world.app.import_vacancies()  # says so in the log, no more
    student = await profiled(world)
    await student.write("/vacancies электромонтёр")
    assert "3 вакансии." in (await student.screen()).text
    assert len(await rows(world.app, vacancies)) == 3


async def test_contacts_of_persons_are_nowhere_in_the_database(centre: Centre) -> None:
    duty = "<p>Звоните: +7(000) 000-00-00, пишите mail@example.org</p>"
    centre.server.publish(vacancy(1, duty=duty, requirements=duty))
    assert (await centre.run()).kept.new == 1
    held = str(await centre.database.read(everything))
    assert "Электромонтер" in held
    assert [contact for contact in CONTACTS if contact in held] == []


def everything(connection: Connection) -> list[Any]:
    """All rows of all tables."""
    return [connection.execute(table.select()).all() for table in metadata.sorted_tables]


async def by_hand(url: str, *arguments: str, **settings: str) -> tuple[int, str, str]:
    """The command as a person at the terminal runs it."""
    environment = {name: value for name, value in os.environ.items() if name != "BOT_TOKEN"}
    environment |= {"PYTHONPATH": str(PROJECT), "DATABASE_URL": url}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "import-vacancies", *arguments),
        env=environment | settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode or 0, out.decode(), err.decode()


def held_by_hand(url: str) -> int:
    engine = plain_engine(url)
    with engine.connect() as connection:
        count = int(connection.execute(text("SELECT count(*) FROM vacancies")).scalar_one())
    engine.dispose()
    return count


async def test_the_portal_by_hand(server: TrudvsemServer, url: str) -> None:
    publish(server, 5)
    settings = {"TRUDVSEM_URL": server.url, "VACANCY_REGIONS": MOSCOW}
    code, out, err = await by_hand(url, **settings)
    assert (code, out) == (0, f"{MOSCOW}: new 5, changed 0, same 0, doubles 0, closed 0\n"), err
    code, out, err = await by_hand(url, "--full", "--region", MOSCOW, TRUDVSEM_URL=server.url)
    assert (code, out) == (0, f"{MOSCOW}: new 0, changed 0, same 5, doubles 0, closed 0\n"), err
    assert held_by_hand(url) == 5


async def test_a_table_by_hand(url: str, tmp_path: Path) -> None:
    file = tmp_path / "vacancies.csv"
    file.write_text(TABLE, encoding="utf-8")
    code, out, err = await by_hand(url, "--source", str(file))
    assert (code, out) == (0, "new 1, changed 0, same 0, doubles 0\n"), err
    assert "3" in err
    assert "region" in err
    code, _, err = await by_hand(url, "--source", str(file), "--strict")
    assert (code, held_by_hand(url)) == (1, 1), err
    assert "nothing was stored" in err


@pytest.mark.parametrize(
    ("arguments", "settings", "told"),
    [
        (("--region", "1234567890123"), {}, "no such region: 1234567890123"),
        ((), {}, "--region"),
        ((), {"VACANCY_REGIONS": "77"}, "VACANCY_REGIONS"),
        (("--region", MOSCOW), {"TRUDVSEM_URL": "nonsense"}, "TRUDVSEM_URL"),
        (("--source", "nowhere.csv"), {}, "nowhere.csv"),
    ],
)
async def test_what_is_wrong_is_named(
    url: str, arguments: tuple[str, ...], settings: dict[str, str], told: str
) -> None:
    code, out, err = await by_hand(url, *arguments, **settings)
    assert (code, out) == (1, "")
    assert told in err
    assert "Traceback" not in err
