"""Connections to the database break while updates come in: nothing is lost, nothing is done twice."""

from storage.database import Database, Result, Unavailable, Work
from storage.unit_of_work import UnitOfWork
from tests.storage.test_inbox_service import Bench, at_bench
from tests.storage.work import Add, count, cut_all_others, increment, words

TEXTS = [f"{number}" for number in range(12)]


class Forgetful(Database):
    """Once it serves, every other write is committed, and breaks off before anybody hears of it."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._writes = 0

    async def write(self, work: Work[Result]) -> Result:
        result = await super().write(work)
        self._writes += 1
        if self._writes > 2 and self._writes % 2:  # tables, then what the last process has left
            raise Unavailable(None, None, ConnectionResetError("on purpose"))
        return result


async def effect(text: str, unit: UnitOfWork) -> None:
    unit.add(Add(text))
    unit.add(increment)


async def all_done(bench: Bench) -> None:
    assert await bench.database.read(words) == set(TEXTS)
    assert await bench.database.read(count) == len(TEXTS)
    assert set((await bench.rows()).values()) == {(True, 0)}


async def test_what_was_committed_unheard_is_not_done_again(url: str) -> None:
    database = Forgetful(url)
    async with at_bench(database) as bench:
        people = [await bench.people.person() for _ in TEXTS]
        async with bench.serving(effect):
            for person, text in zip(people, TEXTS, strict=True):
                await person.send(text)
            await bench.have_handled(len(TEXTS))
        await all_done(bench)
        assert sorted(bench.handled) == sorted(TEXTS)
    await database.close()


async def test_whatever_the_server_cuts_nothing_is_lost_or_done_twice(
    postgresql_url: str,
) -> None:
    """Half of the updates have every connection cut at their first attempt, in the midst of the others'."""
    cut: set[str] = set()
    database, another = Database(postgresql_url), Database(postgresql_url)

    async def handle(text: str, unit: UnitOfWork) -> None:
        await effect(text, unit)
        if int(text) % 2 and text not in cut:
            cut.add(text)
            await another.write(cut_all_others)

    async with at_bench(database) as bench:
        people = [await bench.people.person() for _ in TEXTS]
        async with bench.serving(handle):
            for person, text in zip(people, TEXTS, strict=True):
                await person.send(text)
            await bench.have_handled(len(TEXTS))
        await all_done(bench)
    await another.close()
    await database.close()
    assert len(cut) == len(TEXTS) // 2
