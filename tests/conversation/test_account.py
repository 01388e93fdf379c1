"""/start in the middle, /cancel, /language, /help, /delete_me: what everybody can do at any time."""

import json
from functools import partial
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Integer,
    Row,
    ScalarSelect,
    String,
    Table,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.types import TypeEngine

from bot.domain.clock import now
from bot.domain.questionnaire import REVIEW, SENSITIVE_CONSENT
from storage.tables import Instant, audit, consents, fsm, inbox, metadata, persons
from tests.conversation.conftest import World
from tests.conversation.staff import specialist
from tests.conversation.stored import everything, rows
from tests.conversation.student import newcomer, profiled

ABOUT_A_PERSON = [table for table in metadata.sorted_tables if "person_id" in table.c or table is persons]


async def test_start_in_the_middle_offers_to_go_on(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until="resume")

    offer = await student.write("/start")

    assert "Вы остановились на середине, ответы сохранены." in offer.text
    assert offer.button_texts == ["Продолжить", "Начать заново"]
    assert "Есть ли у вас резюме" in (await student.choose("Продолжить")).text
    await student.finish_questionnaire()
    assert (await student.row())["level"] == "high"
    assert len(await rows(world.app, persons)) == 1


async def test_start_over_forgets_the_answers(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until="resume")
    await student.write("/start")

    await student.choose("Начать заново")

    assert await student.at() == "requests"
    assert set(await student.answers()) == {"organisation", "group", "specialty", "graduation_year"}
    assert (await student.row())["name"] is None
    assert (await student.row())["organisation_id"] is not None
    assert len(await rows(world.app, consents)) == 1


async def test_what_is_left_is_counted_right(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until="place")
    number, _, total = (await student.screen()).text.partition("\n")[0].partition(" из ")
    left = int(total) - int(number) + 1
    assert f" {left} " in (await student.write("/start")).text


async def test_on_the_review_no_question_is_left(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until=REVIEW)
    assert "1 вопрос" not in (await student.write("/start")).text


async def test_start_after_the_end_leads_home(world: World) -> None:
    student = await profiled(world)
    home = await student.write("/start g_pk22")
    assert "Рад видеть вас, Аня!" in home.text
    assert (await student.answers())["group"] == "isp21"

    assert "Ваши ответы" in (await student.choose("Мои ответы")).text
    await student.choose("В начало")
    await student.choose("Что мне поможет")
    await student.choose("В начало")
    await student.choose("Язык / Language")
    await student.choose("English")
    student.language = "en"
    await student.write("/start")
    helped = await student.choose("Help")
    assert "/delete_me — erase all my data" in helped.text
    assert await world.refusals() == []


async def test_cancel_loses_nothing(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until="resume")
    before = await student.answers()
    assert "Ответы сохранены" in (await student.write("/cancel")).text
    assert await student.answers() == before

    done = await profiled(world)
    assert (await done.write("/cancel")).text == "Остановились. Что я умею: /help"


async def test_after_cancel_in_a_change_what_is_typed_is_no_answer(world: World) -> None:
    student = await profiled(world)
    await student.write("/profile")
    await student.edit("name")
    await student.write("/cancel")
    await student.write("спасибо")
    assert (await student.answers())["name"] == "Аня"


async def test_the_language_changes_both_ways_and_stays(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.write("/language")
    assert "English it is" in (await student.choose("English")).text
    assert (await student.row())["language"] == "en"
    assert "You stopped half-way" in (await student.write("/start")).text
    assert "What can we help you with?" in (await student.choose("Carry on")).text

    await student.write("/language")
    assert "теперь по-русски" in (await student.choose("Русский")).text
    assert "С чем вам помочь?" in (await student.write("/profile")).text


async def test_before_the_consent_the_language_is_chosen_on_the_first_screen(world: World) -> None:
    student = await newcomer(world)
    await student.write("/language")
    assert "Until you begin" in (await student.choose("English")).text
    await student.write("/start")
    assert "Hello! This is Marshrut" in (await student.choose("English")).text
    assert "Здравствуйте!" in (await student.choose("Русский")).text
    await student.choose("English")
    await student.choose("Agree and start")
    student.language = "en"
    assert (await student.row())["language"] == "en"
    await student.finish_questionnaire()
    assert (await student.row())["level"] == "high"


async def test_a_telegram_in_english_or_in_no_language_spoken_here(world: World) -> None:
    assert "Hello!" in (await (await newcomer(world, "en-GB")).write("/start")).text
    assert "Здравствуйте!" in (await (await newcomer(world, "de")).write("/start")).text
    assert "Здравствуйте!" in (await (await newcomer(world, "")).write("/start")).text


async def test_erasure_asks_erases_every_row_and_says_what(world: World) -> None:
    student = await profiled(world, name="Неповторимое Имя", strengths="паяю радиостанции", sensitive=True)
    other = await profiled(world, name="Другая")
    row = await student.row()
    others = await other.row()
    await world.app.database.write(partial(_in_every_table, person_ids=(row["id"], others["id"])))
    await world.app.database.write(  # as after a crash: contents of an update that was never finished
        lambda connection: connection.execute(
            update(inbox)
            .where(inbox.c.update_id == _last_update(student.person.id))
            .values(payload="Неповторимое Имя")
        )
    )

    window = {"key": "k", "telegram_id": student.person.id, "data": {}, "updated_at": row["created_at"]}
    await world.app.database.write(lambda connection: connection.execute(insert(fsm).values(window)))

    await student.write("/delete_me")
    assert "всё осталось на месте" in (await student.choose("Оставить всё как есть")).text
    assert (await student.row())["id"] == row["id"]
    await student.write("/delete_me")
    said = (await student.choose("Стереть мои данные")).text

    for table in ABOUT_A_PERSON:
        column = "id" if table is persons else "person_id"
        assert await rows(world.app, table, **{column: row["id"]}) == [], table.name
        assert await rows(world.app, table, **{column: others["id"]}), table.name
    assert await rows(world.app, fsm, telegram_id=student.person.id) == []
    kept = json.dumps(await everything(world.app, without=()), default=str, ensure_ascii=False)
    for personal in ("Неповторимое", "паяю", f'"telegram_id": {student.person.id}'):
        assert personal not in kept
    assert [one["action"] for one in await rows(world.app, audit, subject=row["code"])] == ["erased"]
    assert said.startswith("Готово, ваши данные стёрты:")
    assert "— 2 согласия" in said
    assert "— 1 запись в истории" in said

    assert "Мы ещё не знакомы" in (await student.write("/profile")).text
    await student.begin("isp21")
    assert await student.at() == "requests"
    assert (await student.row())["code"] != row["code"]
    assert await world.refusals() == []


async def test_after_staff_have_looked_no_name_is_left_and_what_is_said_is_true(world: World) -> None:
    student = await profiled(world, name="Неповторимая Первая")
    await profiled(world, name="Неповторимая Вторая")
    code = (await student.row())["code"]
    member = await specialist(world)
    listed = await member.write("/student неповторимая")
    await member.choose(next(text for text in listed.button_texts if "Первая" in text))
    await member.write("/student неповторимая")

    await student.write("/delete_me")
    said = (await student.choose("Стереть мои данные")).text

    kept = json.dumps(await everything(world.app, without=()), default=str, ensure_ascii=False)
    assert "Неповторимая Первая" not in kept
    lines = [row["action"] for row in await rows(world.app, audit, subject=code)]
    assert sorted(lines) == ["erased", "person_viewed"]
    assert "Осталась одна строка" not in said
    await member.choose(next(text for text in (await member.screen()).button_texts if "Первая" in text))
    assert (
        "Такой" in (await member.screen()).text or "Неповторимая Первая" not in (await member.screen()).text
    )


async def test_erasure_in_the_middle_of_the_questionnaire(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until=SENSITIVE_CONSENT)
    question = next(message for message in await student.messages() if message.buttons)
    await student.write("/delete_me")
    await student.choose("Стереть мои данные")
    assert await rows(world.app, persons) == []

    press = await student.person.press(message_id=question.id, data=question.buttons[0][0].data)
    await press.answer()
    await student.idle()
    assert "Мы ещё не знакомы" in (await student.screen()).text
    assert await rows(world.app, persons) == []


def _in_every_table(connection: Connection, person_ids: tuple[int, ...]) -> None:
    """Something about each of these people wherever a table can hold it, and what it belongs to."""
    for table in ABOUT_A_PERSON:
        for person_id in person_ids if table is not persons else ():
            held = select(table).where(table.c.person_id == person_id).limit(1)
            if connection.execute(held).first() is None:
                _add_row(connection, table, {"person_id": person_id})


def _add_row(connection: Connection, table: Table, values: dict[str, object]) -> Row[Any]:
    """A row of whatever the columns take; what it must point to is made as well."""
    number = connection.execute(select(func.count()).select_from(table)).scalar_one() + 1000
    for column in table.columns:
        if column.name in values or column.nullable or column.autoincrement is True:
            continue
        if column.foreign_keys:
            target = next(iter(column.foreign_keys)).column
            found = connection.execute(select(target).limit(1)).first()
            values[column.name] = (found or _add_row(connection, target.table, {}))[0]
        else:
            values[column.name] = _something(column, number)
    statement = insert(table).values(values).returning(*table.primary_key.columns)
    return connection.execute(statement).one()


def _something(column: Column[Any], number: int) -> object:
    kinds: list[tuple[type[TypeEngine[Any]], object]] = [
        (JSON, {}),
        (Boolean, False),
        (Integer, number),
        (Instant, now()),
        (String, str(number)),
    ]
    return next(value for kind, value in kinds if isinstance(column.type, kind))


def _last_update(telegram_id: int) -> ScalarSelect[int]:
    return select(func.max(inbox.c.update_id)).where(inbox.c.lane == telegram_id).scalar_subquery()
