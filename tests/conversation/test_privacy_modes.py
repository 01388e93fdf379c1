"""What the pseudonymous mode does not ask, and what never stands in a log."""

import logging
import sys
from collections.abc import Iterator
from io import StringIO

import pytest

from bot.config import LogFormat
from bot.domain.questionnaire import REVIEW, Step, Write
from bot.logs import OWN, set_up_logs
from storage.tables import persons
from tests.conversation.conftest import MakeWorld, World
from tests.conversation.staff import enter_fact, specialist
from tests.conversation.stored import rows
from tests.conversation.student import Student, newcomer
from tests.databases import ONE_IS_ENOUGH

pytestmark = ONE_IS_ENOUGH

PERSONAL = ("Неповторимка", "Неповторимова", "неповторимочка", "паяю радиостанции", "тайный комментарий")


async def test_pseudonymous_asks_no_name_and_nothing_delicate(make_world: MakeWorld) -> None:
    world = await make_world(privacy="pseudonymous")
    student = await newcomer(world, first_name="Неповторимка")
    await student.begin("isp21")
    await student.finish_questionnaire(until="personal_code")
    assert "личный код" in (await student.screen()).text
    assert "Пропустить" not in (await student.screen()).button_texts
    assert "закралась опечатка" in (await student.write("кот и пёс")).text
    await student.write("QX-7781")
    review = await student.finish_questionnaire(until=REVIEW)
    for word in ("Имя", "Здоровье", "Семья"):
        assert word not in review.text
    assert "Личный код: QX-7781" in review.text
    transcript = await student.person.transcript()
    assert "деликатн" not in transcript
    assert "Как к вам обращаться" not in transcript
    await student.choose("Изменить ответ")
    assert "Деликатные вопросы" not in (await student.screen()).button_texts
    await student.choose("← Назад")
    await student.choose("Всё верно")
    row = await student.row()
    assert (row["name"], row["personal_code"], row["level"]) == (None, "QX-7781", "high")
    assert "Неповторимка" not in str(await rows(world.app, persons))

    member = await specialist(world)
    for query in ("QX-7781", "qx-7781", row["code"]):
        assert row["code"] in (await member.write(f"/student {query}")).text, query
    assert await world.refusals() == []


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[StringIO]:
    """Everything that is logged from now on, at DEBUG, in the format that the test names."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    written = StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    set_up_logs("DEBUG", request.param)
    yield written
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in OWN:
        logging.getLogger(name).setLevel(logging.NOTSET)


@pytest.mark.parametrize("logged", list(LogFormat), indirect=True)
async def test_nothing_personal_is_logged(logged: StringIO, world: World) -> None:
    student = await newcomer(
        world, first_name="Неповторимка", last_name="Неповторимова", username="neo_povtor"
    )
    await student.begin("isp21")
    await student.finish_questionnaire(name="Неповторимка", strengths="паяю радиостанции", sensitive=True)
    code = (await student.row())["code"]
    member = await specialist(world)
    await member.write("/student неповторим")
    await enter_fact(member, "правонарушения", "да", "тайный комментарий")
    await student.write("просто так, неповторимочка")
    await student.write("/profile")
    await student.edit("name")
    await _break(world, student, "Неповторимочка")
    await world.sandbox.fault("sendMessage", status=400, description="Bad Request: something new")
    await student.write("Неповторимка")
    await world.sandbox.fault("sendMessage", status=500)
    await student.write("Неповторимка")
    await student.person.wait_for(lambda messages: "Ваши ответы" in messages[-1].text)
    await student.person.block()
    await student.idle()

    text = logged.getvalue()
    assert text.count("fault ") >= 2
    assert "Traceback" in text or "File " in text
    ids = (str(student.person.id), str(member.person.id), code, "neo_povtor", "1000000001")
    for personal in (*PERSONAL, *ids):
        assert personal.casefold() not in text.casefold(), personal


async def _break(world: World, student: Student, words: str) -> None:
    """A handler fails with the person's words in its exception, and in the exception's cause."""
    take = world.app.profiling.take

    async def broken(unit: object, visitor: object, step: Step, screen: int | None) -> None:
        try:
            dict[str, str]()[f"cannot take {step}"]
        except LookupError as error:
            raise ValueError(step.text if isinstance(step, Write) else visitor) from error

    world.app.profiling.take = broken  # type: ignore[method-assign, assignment]
    told = await student.write(words)
    assert "это наша вина" in told.text
    world.app.profiling.take = take  # type: ignore[method-assign]
