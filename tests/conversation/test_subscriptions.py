"""A student subscribes; what is new comes of its own accord, once; every press under it does what it says."""

from bot.domain.campaigns import MAILINGS
from bot.domain.subscriptions import LIMIT
from storage.tables import (
    consents,
    outbox,
    subscriptions,
    vacancies,
    vacancy_marks,
)
from tests.conversation.conftest import World
from tests.conversation.stored import everything, rows
from tests.conversation.student import newcomer, profiled
from tests.conversation.subscribing import (
    UNDER_ALL,
    fall_due,
    notified,
    own,
    run_jobs,
    subscribe,
    subscriber,
)
from tests.conversation.test_vacancies import publish, publish_names, vacancy


async def test_from_a_search_to_a_digest(world: World) -> None:
    await publish_names(world, "Программист")
    student = await profiled(world)
    await student.write("/vacancies")
    asked = await student.choose("Присылать новые")
    assert "Это отдельное согласие на сообщения" in asked.text
    assert await own(student) == []
    card = await student.choose("Согласиться")
    assert "Присылаю каждый день в\u00a018:00" in card.text
    assert "✅ Каждый день" in card.button_texts
    (consent,) = await rows(world.app, consents, purpose=MAILINGS)
    assert (consent["given"], consent["version"]) == (True, "2026-11")
    assert "Согласие на сообщения от центра карьеры" in (await student.write("/profile")).text


async def test_a_new_vacancy_is_delivered_once(world: World) -> None:
    await publish_names(world, "Программист")
    student = await subscriber(world)
    await run_jobs(world)
    await publish(world, vacancy(2, "Веб-разработчик", pay_from=60_000), vacancy(3, "Повар"))
    await fall_due(world)
    assert (await run_jobs(world))["digests"] == 1
    message = await notified(student)
    assert message is not None
    assert message.text.splitlines()[0] == "1 новая вакансия по вашей подписке"
    assert message.button_texts == ["Веб-разработчик · от\u00a060\u00a0000\u00a0₽", *UNDER_ALL]
    await fall_due(world)
    assert (await run_jobs(world))["digests"] == 0, "there is nothing new to say"
    card = await student.choose(message.button_texts[0])
    assert card.text.startswith("Веб-разработчик")
    assert len([one for one in await student.messages() if one.text == message.text]) == 1
    (mark,) = await rows(
        world.app, vacancy_marks, vacancy_id=(await rows(world.app, vacancies, source_id="2"))[0]["id"]
    )
    assert mark["delivered_at"] is not None
    assert mark["opened_at"] is not None
    assert await world.refusals() == []


async def test_seen_and_closed_ones_are_not_delivered(world: World) -> None:
    student = await subscriber(world)
    await publish_names(world, "Программист", "Программист 1С", "Веб-разработчик")
    closing = vacancies.update().where(vacancies.c.name == "Веб-разработчик").values(closed_at=None)
    await student.write("/vacancies программист")
    await fall_due(world)
    await run_jobs(world)
    message = await notified(student)
    assert message is not None
    assert message.button_texts == ["Веб-разработчик", *UNDER_ALL], "the others were listed"
    await publish(world, vacancy(4, "Тестировщик программного обеспечения"))
    await run_jobs(world)
    closing = vacancies.update().values(closed_at=vacancies.c.modified_at)
    await world.app.database.write(lambda connection: connection.execute(closing))
    before = len(await student.messages())
    await fall_due(world)
    assert (await run_jobs(world))["digests"] == 0
    assert len(await student.messages()) == before


async def test_five_in_one_message_and_the_rest_behind_a_button(world: World) -> None:
    student = await subscriber(world)
    await publish_names(world, *(f"Программист {number}" for number in range(1, 9)))
    await fall_due(world)
    await run_jobs(world)
    message = await notified(student)
    assert message is not None
    assert message.text.startswith("8 новых вакансий")
    assert message.button_texts[5:] == ["Показать ещё 3", *UNDER_ALL]
    rest = await student.choose("Показать ещё 3")
    assert len(rest.button_texts) == 3 + len(UNDER_ALL)
    assert not set(rest.button_texts[:3]) & set(message.button_texts[:5])
    press = await student.person.press("Показать ещё 3", message_id=message.id)
    await press.answer()
    await student.idle()
    assert "Всё новое вы уже видели" in (await student.screen()).text


async def test_several_subscriptions_are_one_message(world: World) -> None:
    student = await subscriber(world)
    await subscribe(student, "/vacancies повар")
    await publish_names(world, "Программист", "Повар", "Помощник повара")
    await fall_due(world)
    assert (await run_jobs(world))["digests"] == 1
    message = await notified(student)
    assert message is not None
    assert set(message.button_texts[:3]) == {"Программист", "Повар", "Помощник повара"}
    stopped = await student.choose("Отписаться")
    assert "специальность 09.02.07" in stopped.text
    assert "«повар»" in stopped.text
    assert await own(student) == []
    await student.choose("Вернуть: «повар»")
    (row,) = await own(student)
    assert row["frequency"] == "daily"


async def test_at_once(world: World) -> None:
    student = await subscriber(world)
    card = await student.choose("Сразу")
    assert "Присылаю сразу" in card.text
    await publish_names(world, "Программист")
    counts = await run_jobs(world)
    assert (counts["notices"], counts["digests"]) == (1, 0)
    message = await notified(student)
    assert message is not None
    assert "Программист" in message.text
    assert (await run_jobs(world))["notices"] == 0
    less = await student.choose("Реже")
    assert "каждый день в\u00a018:00" in less.text
    assert (await own(student))[0]["next_at"] is not None
    undone = await student.choose("Вернуть как было")
    assert "Присылаю сразу" in undone.text
    assert (await own(student))[0]["next_at"] is None


async def test_less_down_to_a_week_and_then_what_is_left(world: World) -> None:
    student = await subscriber(world)
    await publish_names(world, "Программист")
    await fall_due(world)
    await run_jobs(world)
    message = await notified(student)
    assert message is not None
    assert "по понедельникам" in (await student.choose("Реже")).text
    press = await student.person.press("Реже", message_id=message.id)
    await press.answer()
    await student.idle()
    rarest = await student.screen()
    assert "Реже раза в неделю не получится" in rarest.text
    assert rarest.button_texts == ["Уточнить поиск", "Пауза", "Отписаться"]
    assert "Что искать?" in (await student.choose("Уточнить поиск")).text
    await student.choose("Без опыта")
    card = await student.choose("Присылать новые")
    assert "специальность 09.02.07, без опыта" in card.text
    (row,) = await own(student)
    assert row["frequency"] == "weekly", "the same subscription looks for less now"


async def test_a_pause_and_its_end(world: World) -> None:
    student = await subscriber(world)
    await publish_names(world, "Программист")
    await fall_due(world)
    await run_jobs(world)
    paused = await student.choose("Пауза")
    assert "ничего не пришлю" in paused.text
    assert (await own(student))[0]["paused_until"] is not None
    await publish(world, vacancy(2, "Программист 1С"))
    await fall_due(world)
    assert (await run_jobs(world))["digests"] == 0
    assert "Присылаю каждый день" in (await student.choose("Вернуть как было")).text
    await fall_due(world)
    assert (await run_jobs(world))["digests"] == 1
    await student.write("/subscriptions")
    await student.choose("Пауза для всех")
    assert "1\u00a0сентября" in (await student.choose("До 1\u00a0сентября")).text
    listed = await student.write("/subscriptions")
    assert "пауза до 1\u00a0сентября" in listed.text
    assert "пауза" not in (await student.choose("Снова присылать все")).text


async def test_unsubscribed_and_taken_back(world: World) -> None:
    student = await subscriber(world)
    before = await own(student)
    await publish_names(world, "Программист")
    await run_jobs(world)
    await fall_due(world)
    await run_jobs(world)
    message = await notified(student)
    assert message is not None
    assert "больше не пришлю" in (await student.choose("Отписаться")).text
    assert await own(student) == []
    for button in UNDER_ALL:
        press = await student.person.press(button, message_id=message.id)
        await press.answer()
        await student.idle()
        assert "Этой подписки уже нет" in (await student.screen()).text
    await student.person.press("Вернуть как было", message_id=(await student.messages())[-4].id)
    await student.idle()
    after = await own(student)
    same = ("id", "search_id", "frequency", "weekday", "minute")
    assert [[row[name] for name in same] for row in after] == [[row[name] for name in same] for row in before]


async def test_the_eleventh_is_refused_kindly(world: World) -> None:
    student = await subscriber(world)
    for number in range(LIMIT - 1):
        await subscribe(student, f"/vacancies слово{number}")
    assert len(await own(student)) == LIMIT
    assert "уже десять" in (await subscribe(student, "/vacancies лишнее")).text
    assert "Подписка есть" in (await subscribe(student, "/vacancies")).text, "one that is there is no new one"
    assert len(await own(student)) == LIMIT
    assert len((await student.write("/subscriptions")).button_texts) == LIMIT + 5


async def test_without_consent_nothing_is_sent(world: World) -> None:
    student = await subscriber(world)
    await publish_names(world, "Программист")
    await student.write("/subscriptions")
    withdrawn = await student.choose("Отозвать согласие")
    assert "больше ничего не пришлю" in withdrawn.text
    await fall_due(world)
    assert (await run_jobs(world))["digests"] == 0
    assert "Сейчас ничего не присылаю" in (await student.write("/subscriptions")).text
    await student.choose("Снова присылать")
    assert "Отозвать согласие" in (await student.choose("Согласиться")).button_texts
    await fall_due(world)
    assert (await run_jobs(world))["digests"] == 1


async def test_whoever_refuses_gets_nothing(world: World) -> None:
    student = await profiled(world)
    await student.write("/vacancies")
    await student.choose("Присылать новые")
    assert "присылать не буду" in (await student.choose("Не присылать")).text
    assert await rows(world.app, consents, purpose=MAILINGS) == []
    assert await rows(world.app, subscriptions) == []
    assert "Пока ни одной" in (await student.choose("Мои подписки")).text


async def test_others_subscriptions_are_unknown(world: World) -> None:
    student = await subscriber(world)
    other = await subscriber(world, "/vacancies повар")
    (row,) = await own(student)
    before = {name: found for name, found in (await everything(world.app)).items() if name != "vacancy_marks"}
    which = f"{row['id']:x}"
    for data in (f"s:o:{which}:", f"s:t:{which}:w.0.0", f"s:l:{which}:", f"s:p:{which}:m", f"s:r:{which}:c"):
        await other.press_data(data)
        assert "Этой подписки уже нет" in (await other.screen()).text, data
    for data in (f"s:d:{which}:c", f"s:d:{which}:", f"s:n:{which}:"):
        await other.press_data(data)
        assert "Этой подписки уже нет" in (await other.screen()).text, data
    await other.press_data(f"s:m:{which}:")
    await other.press_data(f"s:b:{which}:{'a' * 24}.d.0.1080")
    assert "Этого поиска уже нет" in (await other.screen()).text
    for data in (
        "s:t::x",
        f"s:t:{which}:d.9.0",
        f"s:b:{which}:",
        "s:b::",
        "s:x::",
        "s:o:zz:",
        "q:s:day=9",
        "q:s:from=99999",
    ):
        await other.press_data(data)
    after = {name: found for name, found in (await everything(world.app)).items() if name != "vacancy_marks"}
    assert after == before
    assert "наша вина" not in await other.person.transcript()


async def test_strangers_are_led_to_the_beginning(world: World) -> None:
    stranger = await newcomer(world)
    assert "/start" in (await stranger.write("/subscriptions")).text
    assert await rows(world.app, outbox) == []
