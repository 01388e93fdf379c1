"""A student looks in one town; employers' lists bring vacancies from anywhere."""

import datetime as dt

from bot.services.vacancies.importing import VacancyImport
from bot.services.vacancies.passes import import_everything
from storage.tables import source_progress, vacancies, vacancy_views
from tests.conversation.conftest import World
from tests.conversation.stored import rows
from tests.conversation.student import profiled
from tests.conversation.test_vacancies import publish, vacancy
from tests.conversation.trudvsem_server import ADYGEA, MOSCOW, Failure, TrudvsemServer
from tests.conversation.trudvsem_server import vacancy as record
from tests.databases import ONE_IS_ENOUGH

pytestmark = ONE_IS_ENOUGH

EMPLOYER = "7700000001"
MODIFIED = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)


def found(buttons: list[str]) -> list[str]:
    """The vacancies of a page, by name."""
    return sorted(text for text in buttons if text.startswith("Программист"))


async def in_towns(world: World, *towns: str | None) -> None:
    offered = [vacancy(number, f"Программист {number}", town=town) for number, town in enumerate(towns)]
    await publish(world, *offered)


async def test_a_town_is_chosen_and_taken_back(world: World) -> None:
    await in_towns(world, "Казань", "Казань", "Тула", None)
    await publish(world, vacancy(9, "Повар", town="Уфа"))
    student = await profiled(world)
    assert len(found((await student.write("/vacancies")).button_texts)) == 4
    assert "Город: любой" in (await student.choose("Что искать")).button_texts
    towns = await student.choose("Город: любой")
    assert towns.button_texts == ["✅ Любой", "Казань", "Тула", "← Назад"], (
        "most first; what fits not is not there"
    )
    assert "Город: Казань" in (await student.choose("Казань")).button_texts
    assert found((await student.choose("Показать")).button_texts) == [
        "Программист 0",
        "Программист 1",
    ]
    assert len(found((await student.write("/vacancies")).button_texts)) == 4, "the command begins anew"
    await student.choose("Что искать")
    await student.choose("Город: любой")
    await student.choose("Тула")
    await student.choose("Город: Тула")
    await student.choose("Любой")
    assert len(found((await student.choose("Показать")).button_texts)) == 4


async def test_long_names_fit_a_button_and_old_buttons_still_work(world: World) -> None:
    names = [f"Очень-Длинное-Название-Посёлка {letter}" + "я" * 40 for letter in "абвгдежзик"]
    await in_towns(world, *names)
    student = await profiled(world)
    await student.write("/vacancies")
    await student.choose("Что искать")
    towns = await student.choose("Город: любой")
    assert len(towns.button_texts) == 10, "eight, anywhere, back"
    assert all(len(str(one.data).encode()) <= 64 for row in towns.buttons for one in row)
    old = str(towns.buttons[0][1].data)
    await publish(
        world, *(vacancy(100 + number, f"Программист 1С {number}", town="Тула") for number in range(8))
    )
    await student.press_data(old)
    (view,) = await rows(world.app, vacancy_views)
    assert view["filters"]["town"] == names[0]
    for forged in ("town=", "town=zzz", "town=" + "0" * 40, "town=Тула"):
        await student.press_data(f"v:c:0:0:{forged}"[:64])
    (view,) = await rows(world.app, vacancy_views)
    assert "town" not in view["filters"], "nothing but «anywhere» was said"
    assert [one for one in await world.refusals() if "message is not modified" not in one] == []


async def test_where_no_town_is_known_it_says_so_and_old_filters_load(world: World) -> None:
    await in_towns(world, None)
    student = await profiled(world)
    await student.write("/vacancies")
    stored = vacancy_views.update().values(filters={"kind": "permanent", "gone": 1})
    await world.app.database.write(lambda connection: connection.execute(stored))
    assert "✅ Постоянная" in (await student.choose("Что искать")).button_texts
    assert "не указан город" in (await student.choose("Город: любой")).text


async def test_an_employers_list_brings_what_no_region_brings(world: World) -> None:
    async with TrudvsemServer() as server:
        other = {"companycode": "1", "name": "ООО «Чужое»", "inn": "7700000002"}
        server.publish(record(1))
        server.publish(record(2, region=ADYGEA, addresses={"address": [{"location": "г Майкоп"}]}))
        server.publish(record(3, region=ADYGEA, company=other))
        server.publish(record(4, region=""))
        await passes(world, server, MOSCOW)
        kept = {(row["source"], row["region"], row["town"]) for row in await rows(world.app, vacancies)}
        assert kept == {("trudvsem", MOSCOW, "Москва"), (f"inn:{EMPLOYER}", ADYGEA, "Майкоп")}
        assert {one.get("inn") for one in server.requests} == {None, EMPLOYER}

        server.close(str(record(2)["id"]))
        for _ in range(2):
            await a_day_later(world)
            await passes(world, server, MOSCOW)
        closed = {row["source"]: row["closed_at"] is not None for row in await rows(world.app, vacancies)}
        assert closed == {"trudvsem": False, f"inn:{EMPLOYER}": True}


async def test_a_list_that_is_down_or_brings_everybody_harms_nothing(world: World) -> None:
    async with TrudvsemServer() as server:
        for number in range(30):
            company = {"companycode": "1", "name": f"ООО {number}", "inn": "7700000002"}
            server.publish(record(number, region=ADYGEA, company=company))
        server.publish(record(99, region=ADYGEA))
        server.fail_next(Failure.WHOLE_COUNTRY)
        await passes(world, server)
        server.fail_next(Failure.FORBIDDEN)
        await passes(world, server)
        assert await rows(world.app, vacancies) == []
        await passes(world, server)
        (row,) = await rows(world.app, vacancies)
        assert row["source_id"] == record(99)["id"]


async def passes(world: World, server: TrudvsemServer, *regions: str) -> None:
    """What the hourly job does with these settings."""
    importing = VacancyImport(world.app.database, world.app.vacancy_rules)
    await import_everything(importing, server.url, regions, [EMPLOYER])


async def a_day_later(world: World) -> None:
    """The last full pass was the day before yesterday."""
    past = dt.datetime.now(dt.UTC) - dt.timedelta(days=2)
    earlier = source_progress.update().values(passed_at=past)
    await world.app.database.write(lambda connection: connection.execute(earlier))
