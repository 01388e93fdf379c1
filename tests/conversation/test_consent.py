"""Consent: before it nothing is stored, with it everything that was said about it, after it the way back."""

import datetime as dt

from bot.app import CONSENT_VERSION
from bot.domain.questionnaire import REVIEW, SENSITIVE_CONSENT
from storage.tables import assessments, consents, facts, persons
from tests.conversation.conftest import World
from tests.conversation.staff import specialist
from tests.conversation.stored import everything, rows
from tests.conversation.student import Student, newcomer, profiled


async def test_nothing_is_stored_before_the_consent_nor_after_a_refusal(world: World) -> None:
    before = await everything(world.app)
    student = await newcomer(world)

    welcome = await student.write("/start g_isp21")
    refused = await student.choose("Не соглашаться")

    assert refused.text.startswith("Хорошо. Я ничего не запомнил")
    assert refused.id == welcome.id
    assert await everything(world.app) == before
    for text in ("/profile", "/steps", "/delete_me"):
        assert "Мы ещё не знакомы" in (await student.write(text)).text
    assert "Остановились" in (await student.write("/cancel")).text
    assert await everything(world.app) == before
    assert all(row["payload"] is None for row in (await everything(world.app, without=()))["inbox"])

    again = await student.choose("Всё-таки начать")
    assert "Ваша группа: ИСП-21" in (await student.messages())[0].text
    assert again is not None
    await student.choose("Согласиться и начать")
    assert len(await rows(world.app, persons)) == 1
    assert await world.refusals() == []


async def test_the_consent_is_recorded_with_version_and_time(world: World) -> None:
    student = await newcomer(world)
    began = dt.datetime.now(dt.UTC)
    await student.begin("isp21")

    (consent,) = await rows(world.app, consents)

    assert (consent["purpose"], consent["version"], consent["given"]) == ("processing", CONSENT_VERSION, True)
    assert began <= consent["at"] <= dt.datetime.now(dt.UTC)
    assert consent["person_id"] == (await student.row())["id"]


async def test_two_taps_on_agree_make_one_person_and_one_consent(world: World) -> None:
    student = await newcomer(world)
    await student.write("/start")
    welcome = await student.screen()
    data = next(button.data for row in welcome.buttons for button in row)
    first = await student.person.press(data=data)
    second = await student.person.press(data=data)
    await first.answer()
    await second.answer()
    await student.idle()
    assert len(await rows(world.app, persons)) == 1
    assert len(await rows(world.app, consents)) == 1
    assert await student.at() == "requests"


async def test_read_in_full_sends_the_document_as_a_file(world: World) -> None:
    for language, button, words in (
        ("ru", "Прочитать целиком", "СОГЛАСИЕ НА ОБРАБОТКУ"),
        ("en", "Read it in full", "CONSENT TO THE PROCESSING"),
    ):
        student = await newcomer(world, language)
        await student.write("/start")
        sent = await student.choose(button)
        assert sent.document is not None
        assert sent.document.name.endswith(".txt")
        content = (await world.sandbox.file(sent.document.file_id)).decode("utf-8-sig")
        assert words in content
        assert CONSENT_VERSION in content
        assert CONSENT_VERSION in sent.text
    assert await rows(world.app, persons) == []


async def test_delicate_questions_come_last_and_only_after_their_own_consent(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    asked = await student.finish_questionnaire(until=SENSITIVE_CONSENT)
    assert "Остались два деликатных вопроса" in asked.text
    assert len(await rows(world.app, consents)) == 1

    await student.choose("Ответить на два вопроса")
    assert await student.at() == "disability"
    assert "Пропустить" in (await student.screen()).button_texts
    await student.answer("have")
    await student.choose("Пропустить")

    assert await student.at() == REVIEW
    assert await _delicate(student) == {"disability": "have", "orphan": None}
    given = await rows(world.app, consents, purpose="sensitive")
    assert [(row["given"], row["version"]) for row in given] == [(True, CONSENT_VERSION)]


async def test_delicate_questions_refused_are_not_asked_and_can_be_answered_later(world: World) -> None:
    student = await profiled(world, sensitive=False)
    assert await _delicate(student) == {}
    assert [row["given"] for row in await rows(world.app, consents, purpose="sensitive")] == [False]

    await student.write("/profile")
    await student.choose("Изменить ответ")
    await student.choose("Деликатные вопросы")
    await student.choose("Ответить на два вопроса")
    await student.answer("have")
    await student.answer("applies_not")

    assert await student.at() == REVIEW
    assert await _delicate(student) == {"disability": "have", "orphan": "applies_not"}
    codes = [finding["code"] for finding in (await rows(world.app, assessments))[-1]["findings"]]
    assert "disability" in codes
    assert await world.refusals() == []


async def test_delicate_answers_taken_back_are_gone_and_the_level_follows(world: World) -> None:
    student = await profiled(
        world, sensitive=True, disability="have", orphan="applies", employment="none", resume="have"
    )
    assert {row["name"] for row in await rows(world.app, facts)} >= {"disability", "orphan"}

    await student.write("/profile")
    await student.choose("Изменить ответ")
    await student.choose("Забрать деликатные ответы")

    assert await _delicate(student) == {}
    assert not {row["name"] for row in await rows(world.app, facts)} & {"disability", "orphan"}
    codes = [finding["code"] for finding in (await rows(world.app, assessments))[-1]["findings"]]
    assert not {"disability", "orphan"} & set(codes)
    given = await rows(world.app, consents, purpose="sensitive")
    assert [row["given"] for row in given] == [True, False]
    assert "Здоровье" not in (await student.screen()).text


async def test_delicate_answers_are_nowhere_after_they_were_taken_back(world: World) -> None:
    student = await profiled(world, sensitive=True, disability="have", orphan="applies")
    await student.write("/profile")
    await student.choose("Изменить ответ")
    await student.choose("Забрать деликатные ответы")

    for row in await rows(world.app, assessments):
        known = {evidence[0] for finding in row["findings"] for evidence in finding["evidence"]}
        assert not {"disability", "orphan"} & known
        assert not {"disability", "orphan"} & {finding["code"] for finding in row["findings"]}
    assert await rows(world.app, facts, name="disability") == []
    member = await specialist(world)
    card = await member.write("/student Аня")
    assert "ОВЗ" not in card.text.partition("Не знаем")[0]
    assert "ОВЗ" not in (await member.choose("История")).text


async def _delicate(student: Student) -> dict[str, object]:
    answers = await student.answers()
    return {name: answers[name] for name in ("disability", "orphan") if name in answers}
