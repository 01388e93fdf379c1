"""A pass over a region, over real HTTP against a server that behaves like the logs."""

import datetime as dt
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.sources.trudvsem import Batch, Fault, Position, Settings, SourceError, Trudvsem
from tests.conversation.trudvsem_server import MOSCOW, TrudvsemServer, vacancy

QUICK: dict[str, Any] = {"pause": 0.0, "timeout": 0.3, "attempts": 3, "first_wait": 0.01, "longest_wait": 0.5}


@pytest.fixture
async def server() -> AsyncIterator[TrudvsemServer]:
    async with TrudvsemServer() as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


class Reader:
    """Passes over Moscow; remembers what came, even when the pass ends in an error."""

    def __init__(self, server: TrudvsemServer, session: aiohttp.ClientSession, **settings: Any) -> None:
        self.source = Trudvsem(session, Settings(**QUICK | {"base_url": server.url} | settings))
        self.batches: list[Batch] = []

    async def read(
        self, since: dt.datetime | None = None, position: Position | None = None, region: str = MOSCOW
    ) -> list[Batch]:
        self.batches = []
        async for batch in self.source.batches(region, since, position):
            self.batches.append(batch)
        return self.batches

    async def fault(self, region: str = MOSCOW) -> Fault:
        with pytest.raises(SourceError) as caught:
            await self.read(region=region)
        return caught.value.fault

    @property
    def numbers(self) -> list[int]:
        return [int(found.source_id[-12:]) for batch in self.batches for found in batch.vacancies]

    @property
    def end(self) -> Position:
        return self.batches[-1].position


@pytest.fixture
def reader(server: TrudvsemServer, session: aiohttp.ClientSession) -> Reader:
    return Reader(server, session)


def publish(server: TrudvsemServer, count: int, first: int = 0) -> None:
    for number in range(first, first + count):
        server.publish(vacancy(number))


async def test_pages_are_asked_by_their_index(server: TrudvsemServer, reader: Reader) -> None:
    publish(server, 250)
    batches = await reader.read()
    assert reader.numbers == list(range(250))
    assert [len(batch.vacancies) for batch in batches] == [100, 100, 50]
    assert [(asked["offset"], asked["limit"]) for asked in server.requests] == [
        ("0", "100"),
        ("1", "100"),
        ("2", "100"),
    ]
    assert all(
        asked["region"] == MOSCOW and set(asked) == {"region", "offset", "limit"} for asked in server.requests
    )
    assert reader.end.finished
    assert reader.end.complete
    assert batches[0].total == 250


@pytest.mark.parametrize("count", [1, 99, 100, 101, 200])
async def test_every_length_comes_to_its_end(server: TrudvsemServer, reader: Reader, count: int) -> None:
    publish(server, count)
    await reader.read()
    assert reader.numbers == list(range(count))
    assert len(server.requests) == count // 100 + 1


@pytest.mark.parametrize("results", [{}, [], {"vacancies": []}])
async def test_nothing_is_an_answer(server: TrudvsemServer, reader: Reader, results: Any) -> None:
    server.empty_results = results
    (batch,) = await reader.read()
    assert (batch.vacancies, batch.position.finished, batch.position.complete) == ((), True, True)


async def test_the_total_may_be_a_string_or_untold(server: TrudvsemServer, reader: Reader) -> None:
    publish(server, 150)
    server.total_as_string = True
    assert (await reader.read())[0].total == 150
    assert len(server.requests) == 2
    server.total_told = False
    assert (await reader.read())[0].total is None
    assert len(reader.numbers) == 150


async def test_a_smaller_page_than_asked_for_is_not_the_end(server: TrudvsemServer, reader: Reader) -> None:
    publish(server, 120)
    server.largest_page = 50
    await reader.read()
    assert reader.numbers == list(range(120))


@pytest.mark.parametrize("count", [198, 199, 200])
async def test_records_that_repeat_between_pages_come_once(
    server: TrudvsemServer, reader: Reader, count: int
) -> None:
    publish(server, count)
    server.repeats = 2
    batches = await reader.read()
    assert reader.numbers == list(range(count))
    assert batches[1].repeated == 2


async def test_a_record_that_changed_between_pages_comes_again(
    server: TrudvsemServer, reader: Reader
) -> None:
    publish(server, 150)
    server.repeats = 1

    def change(request: int) -> None:
        if request == 2:
            server.change(vacancy(99)["id"], date_modify="2025-03-01T00:00:00+0300", salary_min=90000)

    server.before_answer = change
    await reader.read()
    assert reader.numbers.count(99) == 2
    again = next(found for found in reader.batches[1].vacancies if found.source_id == vacancy(99)["id"])
    assert again.pay_from == 90000


async def test_what_was_modified_since_is_asked_with_a_full_time(
    server: TrudvsemServer, reader: Reader
) -> None:
    publish(server, 60)
    since = dt.datetime(2025, 2, 1, 12, 50, tzinfo=dt.timezone(dt.timedelta(hours=3)))
    await reader.read(since)
    assert reader.numbers == list(range(50, 60))
    assert server.requests[0]["modifiedFrom"] == "2025-02-01T09:50:00.000Z"
    assert len(server.requests) == 1


async def test_the_server_refuses_a_bare_date(server: TrudvsemServer, session: aiohttp.ClientSession) -> None:
    """As in the logs: a proof that the test above could fail."""
    async with session.get(f"{server.url}/vacancies", params={"modifiedFrom": "2025-02-01"}) as response:
        assert response.status == 500


async def test_nothing_past_the_depth_is_lost(server: TrudvsemServer, session: aiohttp.ClientSession) -> None:
    publish(server, 1000)
    server.depth = 300
    reader = Reader(server, session, depth=300)
    await reader.read()
    assert sorted(reader.numbers) == list(range(1000))
    assert reader.end.complete
    assert max(int(asked["offset"]) for asked in server.requests) <= 2
    assert len(server.requests) < 60
    # older windows first, each following the one before
    bounds = [asked.get("modifiedFrom", "") for asked in server.requests if asked["offset"] == "1"]
    assert bounds == sorted(bounds)


async def test_smaller_pages_in_narrowed_windows(
    server: TrudvsemServer, session: aiohttp.ClientSession
) -> None:
    publish(server, 500)
    server.depth, server.largest_page = 300, 50
    reader = Reader(server, session, depth=300)
    await reader.read()
    assert sorted(reader.numbers) == list(range(500))


async def test_at_the_real_depth(server: TrudvsemServer, session: aiohttp.ClientSession) -> None:
    publish(server, 10_050)
    reader = Reader(server, session, timeout=20)
    await reader.read()
    assert sorted(reader.numbers) == list(range(10_050))


async def test_the_depth_is_met_without_a_total(
    server: TrudvsemServer, session: aiohttp.ClientSession
) -> None:
    publish(server, 500)
    server.depth, server.total_told = 300, False
    reader = Reader(server, session, depth=300)
    await reader.read()
    assert sorted(reader.numbers) == list(range(500))
    assert reader.end.complete


async def test_the_depth_may_be_less_than_told(
    server: TrudvsemServer, session: aiohttp.ClientSession
) -> None:
    publish(server, 1950)
    server.depth = 1900
    reader = Reader(server, session, depth=2000, timeout=20)
    await reader.read()
    assert sorted(reader.numbers) == list(range(1950))
    assert len(server.requests) < 100


async def test_a_second_with_too_much_is_told(server: TrudvsemServer, session: aiohttp.ClientSession) -> None:
    for number in range(400):
        server.publish(vacancy(number, date_modify="2025-02-01T12:00:00+0300"))
    publish(server, 50, first=400)
    server.depth = 300
    reader = Reader(server, session, depth=300)
    await reader.read()
    assert set(range(400, 450)) < set(reader.numbers)
    assert len(reader.numbers) == 350
    assert reader.end.finished
    assert not reader.end.complete


async def test_what_is_modified_during_a_pass_is_not_lost(
    server: TrudvsemServer, session: aiohttp.ClientSession
) -> None:
    """It leaves a window that was not read yet for a later one."""
    publish(server, 1000)
    server.depth = 300

    def change(request: int) -> None:
        if request == 30:
            server.change(vacancy(999)["id"], date_modify="2025-06-01T00:00:00+0300")

    server.before_answer = change
    reader = Reader(server, session, depth=300)
    await reader.read()
    assert set(reader.numbers) == set(range(1000))


@pytest.mark.parametrize("region", ["", "77", "7700000000000/", "../vacancies?a=1", "٧٧٠٠٠٠٠٠٠٠٠٠٠"])
async def test_what_is_no_region_is_never_asked(server: TrudvsemServer, reader: Reader, region: str) -> None:
    with pytest.raises(ValueError, match="13 digits"):
        await reader.read(region=region)
    assert server.requests == []


async def test_closed_and_new_between_passes(server: TrudvsemServer, reader: Reader) -> None:
    publish(server, 3)
    await reader.read()
    server.close(vacancy(1)["id"])
    server.publish(vacancy(7))
    await reader.read()
    assert reader.numbers == [0, 2, 7]


@pytest.mark.parametrize("depth", [300, 10_000])
async def test_a_pass_goes_on_after_a_crash_anywhere(
    server: TrudvsemServer, session: aiohttp.ClientSession, depth: int
) -> None:
    publish(server, 750)
    server.depth = depth
    whole = await Reader(server, session, depth=depth).read()
    assert len(whole) >= 8
    for done, batch in enumerate(whole, start=1):
        stored = json.dumps(batch.position.to_json())
        rest = Reader(server, session, depth=depth)
        await rest.read(position=Position.from_json(json.loads(stored)))
        before = {int(found.source_id[-12:]) for earlier in whole[:done] for found in earlier.vacancies}
        assert before | set(rest.numbers) == set(range(750))
        # a record on the border of two windows belongs to both
        assert len(before & set(rest.numbers)) <= 1
    assert rest.batches == []


async def test_a_pass_remembers_when_it_began(server: TrudvsemServer, reader: Reader) -> None:
    publish(server, 150)
    before = dt.datetime.now(dt.UTC)
    await reader.read()
    assert before <= reader.end.started_at <= dt.datetime.now(dt.UTC)
    assert reader.end.started_at == reader.batches[0].position.started_at


def test_the_real_source_is_the_default() -> None:
    assert Settings().base_url == "https://opendata.trudvsem.ru/api/v1"
    assert Settings().pause >= 0.5
