"""Something else than what the question waits for: a kind hint, and the question stays."""

from collections.abc import Awaitable, Callable

import pytest

from bot.domain.questionnaire import REVIEW, SENSITIVE_CONSENT
from bot.sandbox.person import Person
from tests.conversation.conftest import World
from tests.conversation.student import newcomer, profiled
from tests.databases import ONE_IS_ENOUGH

pytestmark = ONE_IS_ENOUGH

BUTTON = "Здесь проще всего нажать кнопку под вопросом."
WORDS = "Здесь нужен ответ словами. Напишите его обычным сообщением."

SENDINGS: dict[str, Callable[[Person], Awaitable[int]]] = {
    "photo": lambda person: person.send_photo(caption="смотрите"),
    "document": lambda person: person.send_document("резюме.pdf", b"%PDF"),
    "sticker": lambda person: person.send_sticker(),
    "voice": lambda person: person.send_voice(),
    "contact": lambda person: person.send_contact(),
    "location": lambda person: person.send_location(55.75, 37.61),
    "forward": lambda person: person.forward("чужое"),
    "text": lambda person: person.send("не знаю, что выбрать"),
}


async def test_where_a_button_is_expected(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    for place in ("requests", "category", SENSITIVE_CONSENT, REVIEW):
        await student.finish_questionnaire(until=place)
        answers = await student.answers()
        shown = next(message for message in await student.messages() if message.buttons)
        for kind, send in SENDINGS.items():
            await send(student.person)
            await student.idle()
            assert (await student.screen()).text == BUTTON, kind
        assert await student.at() == place
        assert await student.answers() == answers
        kept = next(message for message in await student.messages() if message.buttons)
        assert (kept.id, kept.text, kept.buttons) == (shown.id, shown.text, shown.buttons)
    await student.choose("Всё верно")
    assert (await student.row())["level"] == "high"
    assert await world.refusals() == []


async def test_where_words_are_expected(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until="name")
    for kind in ("photo", "sticker", "voice", "contact"):
        await SENDINGS[kind](student.person)
        await student.idle()
        assert (await student.screen()).text == WORDS, kind
    assert await student.at() == "name"

    await student.write("я" * 61)
    assert "Уложитесь, пожалуйста, в 60 знаков" in (await student.screen()).text
    assert await student.at() == "name"


async def test_an_options_words_may_be_typed(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    ticked = await student.write("найти первую работу")
    assert "✅ Найти первую работу" in ticked.button_texts
    await student.tick()
    await student.write("ДА, В КОЛЛЕДЖЕ")
    assert (await student.answers())["category"] == "student"


async def test_before_the_consent_and_after_the_end(world: World) -> None:
    student = await newcomer(world)
    for send in SENDINGS.values():
        await send(student.person)
        await student.idle()
        assert "Мы ещё не знакомы. Нажмите /start" in (await student.screen()).text

    done = await profiled(world)
    for send in SENDINGS.values():
        await send(done.person)
        await done.idle()
        assert "Пока я понимаю только кнопки и команды" in (await done.screen()).text
    assert "Такой команды нет" in (await done.write("/nonsense")).text
    assert await world.refusals() == []


@pytest.mark.parametrize("text", ["/", "/старт", "/start@other_bot", "/profile@other_bot x", "/ start"])
async def test_odd_commands_are_unknown_commands(world: World, text: str) -> None:
    student = await profiled(world)
    answers = await student.answers()
    await student.write(text)
    assert await student.answers() == answers
