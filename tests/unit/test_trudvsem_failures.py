"""A source that fails, in every way of the logs: retried, left alone, or told; never half believed."""

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise

import aiohttp
import pytest

from bot.sources.trudvsem import Fault, Position, Skipped, SourceError
from tests.conversation.trudvsem_server import ADYGEA, MOSCOW, Failure, TrudvsemServer, vacancy
from tests.unit.test_trudvsem_client import Reader, publish


@pytest.fixture
async def server() -> AsyncIterator[TrudvsemServer]:
    async with TrudvsemServer() as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def reader(server: TrudvsemServer, session: aiohttp.ClientSession) -> Reader:
    return Reader(server, session)


@pytest.mark.parametrize(
    "failure",
    [
        Failure.SERVER_ERROR,
        Failure.TOO_MANY,
        Failure.RESET,
        Failure.HANG,
        Failure.HTML,
        Failure.TRUNCATED,
        Failure.CUT,
        Failure.WRONG_TYPES,
        Failure.FALSE_EMPTY,
    ],
)
async def test_what_passes_is_tried_again(server: TrudvsemServer, reader: Reader, failure: Failure) -> None:
    publish(server, 150)
    server.fail_next(failure, failure)
    await reader.read()
    assert reader.numbers == list(range(150))
    assert reader.end.complete
    assert [asked["offset"] for asked in server.requests] == ["0", "0", "0", "1"]


@pytest.mark.parametrize(
    ("failure", "fault"),
    [
        (Failure.SERVER_ERROR, Fault.SERVER_ERROR),
        (Failure.TOO_MANY, Fault.TOO_MANY_REQUESTS),
        (Failure.RESET, Fault.CONNECTION),
        (Failure.CUT, Fault.CONNECTION),
        (Failure.HANG, Fault.TIMEOUT),
    ],
)
async def test_a_source_that_is_down_is_left_alone(
    server: TrudvsemServer, reader: Reader, failure: Failure, fault: Fault
) -> None:
    publish(server, 250)
    server.fail_page(1, failure)
    assert await reader.fault() is fault
    assert reader.numbers == list(range(100))
    # a connection that was used before may have been closed in between, so the library itself asks once more
    once_more = 2 if failure is Failure.RESET else 1
    assert 4 <= len(server.requests) <= 1 + 3 * once_more
    assert {asked["offset"] for asked in server.requests[1:]} == {"1"}


async def test_nobody_there(server: TrudvsemServer, session: aiohttp.ClientSession) -> None:
    assert await Reader(server, session, base_url="http://127.0.0.1:9/api/v1").fault() is Fault.CONNECTION


async def test_a_refusal_is_not_tried_again(server: TrudvsemServer, reader: Reader) -> None:
    server.fail_next(Failure.FORBIDDEN)
    assert await reader.fault() is Fault.REFUSED
    assert len(server.requests) == 1


async def test_the_pause_that_the_server_asks_for_is_kept(
    server: TrudvsemServer, session: aiohttp.ClientSession
) -> None:
    times = clocked(server)
    server.retry_after = "1"
    server.fail_next(Failure.TOO_MANY)
    await Reader(server, session, longest_wait=2.0).read()
    assert 1.0 <= times[1] - times[0] < 1.9


@pytest.mark.parametrize("retry_after", ["3600", "Sat, 01 Jan 2130 00:00:00 GMT"])
async def test_a_server_that_asks_for_hours_is_left_alone(
    server: TrudvsemServer, reader: Reader, retry_after: str
) -> None:
    server.retry_after = retry_after
    server.fail_next(Failure.TOO_MANY)
    with pytest.raises(SourceError) as caught:
        await reader.read()
    assert caught.value.retry_after is not None
    assert caught.value.retry_after >= 3600
    assert len(server.requests) == 1


@pytest.mark.parametrize("retry_after", ["", "soon", "Sat, 01 Jan 2000 00:00:00 GMT"])
async def test_a_pause_that_means_nothing(server: TrudvsemServer, reader: Reader, retry_after: str) -> None:
    server.retry_after = retry_after
    server.fail_next(Failure.TOO_MANY)
    await reader.read()
    assert len(server.requests) == 2


async def test_pauses_grow(server: TrudvsemServer, session: aiohttp.ClientSession) -> None:
    times = clocked(server)
    server.fail_next(*[Failure.SERVER_ERROR] * 3)
    await Reader(server, session, attempts=4, first_wait=0.1, longest_wait=0.25).read()
    pauses = [after - before for before, after in pairwise(times)]
    assert [0.09 < pauses[0] < 0.19, pauses[1] > 0.19, 0.24 < pauses[2] < 0.39] == [True] * 3


async def test_a_polite_pace(server: TrudvsemServer, session: aiohttp.ClientSession) -> None:
    """Counted from the answer, over all passes of a client."""
    publish(server, 150)
    server.slow = 0.02
    times = clocked(server)
    reader = Reader(server, session, pause=0.1)
    await reader.read()
    await reader.read(region=ADYGEA)
    assert len(times) == 3
    assert all(after - before >= 0.119 for before, after in pairwise(times))


async def test_a_slow_source_is_waited_for(server: TrudvsemServer, reader: Reader) -> None:
    publish(server, 1)
    server.slow = 0.2
    await reader.read()
    assert (reader.numbers, len(server.requests)) == ([0], 1)


@pytest.mark.parametrize(
    ("failure", "fault"),
    [
        (Failure.HTML, Fault.NOT_JSON),
        (Failure.TRUNCATED, Fault.TRUNCATED),
        (Failure.WRONG_TYPES, Fault.WRONG_SHAPE),
        (Failure.HUGE, Fault.TOO_LARGE),
    ],
)
async def test_a_malformed_page_is_left_out_and_told(
    server: TrudvsemServer, session: aiohttp.ClientSession, failure: Failure, fault: Fault
) -> None:
    publish(server, 250)
    server.fail_page(1, failure)
    reader = Reader(server, session, timeout=10)
    batches = await reader.read()
    assert reader.numbers == [*range(100), *range(200, 250)]
    assert [batch.fault for batch in batches] == [None, fault, None, None]
    assert reader.end.finished
    assert not reader.end.complete


async def test_malformed_pages_apart_do_not_end_a_pass(server: TrudvsemServer, reader: Reader) -> None:
    publish(server, 750)
    for index in (1, 3, 5):
        server.fail_page(index, Failure.HTML)
    await reader.read()
    assert len(reader.numbers) == 450
    assert reader.end.finished


async def test_a_huge_answer_is_not_read_on(server: TrudvsemServer, session: aiohttp.ClientSession) -> None:
    server.fail_next(Failure.HUGE)
    await Reader(server, session, timeout=10).read()
    assert server.sent < 30 << 20  # of 50 MB; sockets hold some
    assert [asked["offset"] for asked in server.requests] == ["0", "1"]


async def test_a_source_that_only_answers_nonsense_is_left_alone(
    server: TrudvsemServer, reader: Reader
) -> None:
    server.fail_next(*[Failure.HTML] * 20)
    assert await reader.fault() is Fault.NOT_JSON
    assert len(server.requests) == 9
    assert [batch.position.complete for batch in reader.batches] == [False, False]


async def test_a_record_of_another_region_is_skipped(server: TrudvsemServer, reader: Reader) -> None:
    publish(server, 5)
    for number in range(5, 9):
        server.publish(vacancy(number, region=ADYGEA), listed_under=MOSCOW)
    server.change(vacancy(0)["id"], job_name="")
    (batch,) = await reader.read()
    assert reader.numbers == [1, 2, 3, 4]
    assert batch.skipped == {Skipped.NOT_ASKED: 4, Skipped.NO_NAME: 1}
    assert batch.position.complete


async def test_the_whole_country_is_noticed(server: TrudvsemServer, reader: Reader) -> None:
    publish(server, 20)
    for number in range(20, 60):
        server.publish(vacancy(number, region=ADYGEA))
    server.fail_next(Failure.WHOLE_COUNTRY)
    assert await reader.fault() is Fault.WHOLE_COUNTRY
    assert reader.batches == []
    server.requests.clear()
    assert await reader.fault(region="9999999999999") is Fault.WHOLE_COUNTRY
    assert len(server.requests) == 1


async def test_the_whole_country_is_noticed_before_its_windows_are_narrowed(
    server: TrudvsemServer, session: aiohttp.ClientSession
) -> None:
    for number in range(400):
        server.publish(vacancy(number, region=ADYGEA))
    server.depth = 300
    assert await Reader(server, session, depth=300).fault(region="9999999999999") is Fault.WHOLE_COUNTRY
    assert len(server.requests) == 1


async def test_windows_that_are_overlooked_are_noticed(
    server: TrudvsemServer, session: aiohttp.ClientSession
) -> None:
    """Otherwise they would be narrowed to the second, all over the years."""
    publish(server, 400)
    server.depth = 300
    server.fail_next(*[Failure.WINDOW_IGNORED] * 99)
    assert await Reader(server, session, depth=300).fault() is Fault.WINDOW_IGNORED
    assert len(server.requests) < 5


async def test_a_hole_is_remembered_over_a_crash(server: TrudvsemServer, reader: Reader) -> None:
    publish(server, 250)
    server.fail_next(*[Failure.HTML] * 3)
    position = (await reader.read())[0].position
    await reader.read(position=Position.from_json(position.to_json()))
    assert not reader.end.complete


def clocked(server: TrudvsemServer) -> list[float]:
    """When the requests came, in seconds."""
    times: list[float] = []
    server.before_answer = lambda _: times.append(asyncio.get_running_loop().time())
    return times
