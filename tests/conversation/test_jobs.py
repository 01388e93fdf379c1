"""/jobs: an administrator looks at the schedule and runs what cannot wait."""

import asyncio
import datetime as dt

from sqlalchemy import insert, update

from bot.delivery.schedule import MARK
from bot.domain.clock import now
from bot.domain.notices import NoticeKind
from storage import jobs
from storage.tables import jobs as table
from storage.tables import outbox
from tests.conversation.conftest import ADMINISTRATOR, World
from tests.conversation.staff import administrator, specialist
from tests.conversation.student import Student, newcomer, profiled

CLEAN_UP = "Запустить: уборка"


async def finished(world: World, name: str, after: dt.datetime | None = None) -> None:
    """Waits until a job has run, anew after that instant."""
    while True:
        row = (await world.app.database.read(jobs.listed)).get(name)
        if row is not None and row["finished_at"] not in (None, after):
            return
        await asyncio.sleep(0.01)


async def test_what_ran_when_and_what_it_did(world: World) -> None:
    admin = await administrator(world)
    await finished(world, "clean_up")
    shown = await admin.write("/jobs")
    assert "Уборка\n" in shown.text
    assert "Было: " in shown.text
    assert "Будет: " in shown.text
    assert "делать было нечего" in shown.text
    assert shown.button_texts[0] == "Обновить"
    assert await world.refusals() == []
    again = await admin.person.press("Обновить")
    assert (await again.answer()).text == "Вот как сейчас."
    assert len(await admin.messages()) == 1


async def test_a_job_is_run_now(world: World) -> None:
    admin = await administrator(world)
    await finished(world, "clean_up")
    before = (await world.app.database.read(jobs.listed))["clean_up"]["finished_at"]
    await admin.write("/jobs")
    press = await admin.person.press(CLEAN_UP)
    assert (await press.answer()).text == "Запускаю. Через минуту нажмите «Обновить»."
    await finished(world, "clean_up", after=before)
    assert await world.refusals() == []


async def test_failures_and_long_runs_are_told(world: World) -> None:
    admin = await administrator(world)
    await finished(world, "clean_up")
    since = now()
    failed = update(table).where(table.c.name == "clean_up").values(failure="OSError", seconds=75.2)

    busy = update(table).where(table.c.name == "profile_again")
    done = update(table).where(table.c.name == "digests")
    await world.app.database.write(lambda connection: connection.execute(failed))
    await finished(world, "profile_again")
    await finished(world, "digests")
    outcome = done.values(outcome={"notices": 3, "subscriptions": 0})
    await world.app.database.write(lambda connection: connection.execute(outcome))
    running = busy.values(runner="another", runs_until=since + MARK, started_at=since)
    await world.app.database.write(lambda connection: connection.execute(running))
    shown = await admin.write("/jobs")
    assert ", 75\u00a0с\n" in shown.text
    assert "Не получилось: OSError" in shown.text
    assert "▶️ выполняется с " in shown.text
    assert "писем поставлено в очередь: 3\n" in shown.text
    assert "подписок: 0" not in shown.text
    assert not any("проверить ответы" in text for text in shown.button_texts)
    answer = await admin.press_data("j:profile_again", shown.id)
    assert answer.text == "Уже выполняется или вот-вот начнётся."
    assert (await admin.press_data("j:drop_everything", shown.id)).text == answer.text


async def test_in_english(world: World) -> None:
    admin = Student(world, await world.person(user_id=str(ADMINISTRATOR), language_code="en"), "en")
    await finished(world, "clean_up")
    shown = await admin.write("/jobs")
    assert "Clean-up\nNext: " in shown.text
    assert shown.button_texts[0] == "Refresh"


async def test_for_others_there_is_no_such_thing(world: World) -> None:
    await finished(world, "clean_up")
    before = (await world.app.database.read(jobs.listed))["clean_up"]
    for other in (await newcomer(world), await profiled(world), await specialist(world)):
        unknown = (await other.write("/nonsense")).text
        assert (await other.write("/jobs")).text == unknown
        for data in ("j:", "j:clean_up"):
            assert (await other.press_data(data)).text == "Эта кнопка больше не работает."
    assert (await world.app.database.read(jobs.listed))["clean_up"] == before
    assert await world.refusals() == []


async def test_what_did_not_arrive_is_told_with_its_reason(world: World) -> None:
    admin = await administrator(world)
    at = now()
    lost = (("a", "failed", "Bad Request: chat not found"), ("b", "failed", "Bad Request: chat not found"))
    rows: list[dict[str, object]] = [
        {
            "key": key,
            "kind": NoticeKind.CAMPAIGN,
            "priority": 4,
            "telegram_id": 1,
            "values": {},
            "due_at": at,
            "expires_at": at,
            "state": state,
            "reason": reason,
            "attempts": 1,
            "settled_at": settled_at,
        }
        for key, state, reason, settled_at in (
            *((*one, at) for one in lost),
            ("c", "uncertain", "stopped", at),
            ("d", "failed", "long ago", at - dt.timedelta(days=8)),
            ("e", "sent", None, at),
        )
    ]
    await world.app.database.write(lambda connection: connection.execute(insert(outbox), rows))
    shown = (await admin.write("/jobs")).text
    assert "Рассылки, 2: Telegram не принял (Bad Request: chat not found)" in shown
    assert "Рассылки, 1: неизвестно, дошло ли (stopped)" in shown
    assert "long ago" not in shown
    assert await world.refusals() == []
