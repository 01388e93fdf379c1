"""/student: finding people, the card, facts that staff enter, the history, and whose people they are."""

from decimal import Decimal

from bot.services.statistics import save_statistics
from bot.sources.statistics_table import StatisticsRow
from storage.tables import assessments, audit, facts
from tests.conversation.conftest import REGION, World
from tests.conversation.staff import COLLEGE, OTHER_COLLEGE, enter_fact, linked, specialist
from tests.conversation.stored import everything, rows
from tests.conversation.student import newcomer, profiled

RATES = (("*", "0.8"), ("09.02.07", "0.3"))


async def test_people_are_found_by_code_and_by_part_of_the_name(world: World) -> None:
    anna = await profiled(world, name="Анна Ёлкина")
    await profiled(world, group="pk22", name="Иван Ёлкин")
    code = (await anna.row())["code"]
    member = await specialist(world)

    for query in (code, code.lower(), code.replace("-", ""), code.lower().replace("-", " "), "анна", "АННА"):
        assert "Анна Ёлкина" in (await member.write(f"/student {query}")).text, query
    both = await member.write("/student ёлкин")
    assert "Нашлось 2 человека" in both.text
    chosen = next(text for text in both.button_texts if "Иван" in text)
    assert "ПК-22" in chosen
    assert "Иван Ёлкин" in (await member.choose(chosen)).text

    nobody = await member.write("/student Тутанхамон")
    assert nobody.text.startswith("По запросу «Тутанхамон» в вашем колледже никого нет.")
    assert "Кого показать?" in (await member.write("/student")).text
    assert await world.refusals() == []


async def test_the_card_says_why(world: World) -> None:
    student = await profiled(world, sensitive=True, disability="have")
    member = await specialist(world)

    card = (await member.write("/student Аня")).text

    assert f"{(await student.row())['code']} · Аня" in card
    assert "Колледж транспорта, группа ИСП-21" in card
    assert "Уровень риска: высокий" in card
    assert "• Нет ни резюме, ни тренинга собеседований\n   резюме: нет (анкета)" in card
    assert "встреч с работодателями: 0 (анкета)" in card
    assert "ОВЗ или инвалидность: да (анкета)" in card
    assert "Не знаем\n• Выпускников специальности берут на работу реже" in card
    assert "Были правонарушения" in card.partition("Не знаем")[2]
    history = await member.choose("История")
    assert "история уровней" in history.text
    assert "высокий (анкета)" in history.text
    assert "Аня" in (await member.choose("← Назад")).text
    await member.choose("Закрыть")
    assert {row["action"] for row in await rows(world.app, audit)} >= {"invited", "linked", "person_viewed"}
    assert await world.refusals() == []


async def test_an_unfinished_profile_has_a_card_without_a_level(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    member = await specialist(world)
    code = (await student.row())["code"]
    assert "Анкета не закончена: уровня пока нет." in (await member.write(f"/student {code}")).text
    await enter_fact(member, "правонарушения", "да", "со слов")
    assert await rows(world.app, assessments) == []
    await student.finish_questionnaire()
    (row,) = await rows(world.app, assessments)
    assert "prior_offences" in [finding["code"] for finding in row["findings"]]


async def test_facts_of_staff_are_entered_corrected_and_taken_back(world: World) -> None:
    student = await profiled(
        world, employment="none", resume="have", interview_training="have", work_experience="in_field",
        employer_events="many", definite_workplace="settled",
    )  # fmt: skip
    assert (await student.row())["level"] == "not_high"
    member = await specialist(world)
    await member.write("/student Аня")
    names = ("ОВЗ или инвалидность", "сирота", "правонарушения", "близкие работают", "риск неформальной")
    keys = ("disability", "orphan", "prior_offences", "relatives_informal", "informal_employment_risk")
    for name, key in zip(names, keys, strict=True):
        card = await enter_fact(member, name, "да", f"справка <b>о {key}</b> & всё")
        assert f"справка <b>о {key}</b> & всё" in card
        (stored,) = await rows(world.app, facts, name=key, source="staff")
        assert (stored["value"], stored["comment"]) == (True, f"справка <b>о {key}</b> & всё")
        assert stored["set_by"] is not None
    assert (await student.row())["level"] == "high"
    assert "правонарушения: да (специалист)" in card

    card = await enter_fact(member, "правонарушения", "нет", "ошиблись")
    assert "правонарушения: нет" in card
    assert "— ошиблись" in card
    for name in names:
        card = await enter_fact(member, name, "не знаю", "забираем")
    assert await rows(world.app, facts, source="staff") == []
    assert (await student.row())["level"] == "not_high"
    assert "Внёс специалист" not in card
    causes = [row["cause"] for row in await rows(world.app, assessments)]
    assert causes[0] == "profiling"
    assert len(causes) > 6
    assert set(causes[1:]) == {"staff_fact"}
    actions = [row["action"] for row in await rows(world.app, audit, subject=(await student.row())["code"])]
    assert actions.count("fact_entered") == 6
    assert actions.count("fact_taken_back") == 5
    assert await world.refusals() == []


async def test_a_comment_is_words(world: World) -> None:
    await profiled(world)
    member = await specialist(world)
    await member.write("/student Аня")
    await member.choose("Уточнить сведения")
    await member.choose("правонарушения: не знаю")
    await member.choose("да")
    await member.person.send_sticker()
    await member.idle()
    assert "Нужен текст" in (await member.screen()).text
    assert await rows(world.app, facts, source="staff") == []
    asked = await member.write("справка")
    assert await rows(world.app, facts, source="staff") == []
    assert "правонарушения — да. Основание: справка" in asked.text
    await member.choose("← Назад")
    await member.write("справка от 14.03")
    await member.choose("Записать")
    assert [row["comment"] for row in await rows(world.app, facts, source="staff")] == ["справка от 14.03"]


async def test_after_cancel_words_are_no_comment(world: World) -> None:
    await profiled(world)
    member = await specialist(world)
    await member.write("/student Аня")
    await member.choose("Уточнить сведения")
    await member.choose("правонарушения: не знаю")
    await member.choose("да")
    await member.write("/cancel")
    await member.write("привет")
    assert await rows(world.app, facts, source="staff") == []


async def test_people_of_another_college_are_not_found_and_a_forged_open_is_denied(world: World) -> None:
    student = await profiled(world)
    code = (await student.row())["code"]
    ours, theirs = await linked(world, COLLEGE, OTHER_COLLEGE)

    for query in (code, code.lower(), "Аня", "%", "_"):
        assert "никого нет" in (await theirs.write(f"/student {query}")).text
    seen = len(await theirs.messages())
    other = await profiled(world, group="pd23", name="Пётр")
    await profiled(world, group="pd23", name="Пётр Второй")
    listed = await theirs.write("/student Пётр")
    data = str(listed.buttons[0][0].data)
    own = next(one for one in ((await other.row())["code"], data[-9:]) if data.endswith(one))
    stored = await everything(world.app, without=("inbox", "fsm", "audit"))
    answer = await theirs.press_data(data.removesuffix(own) + code)
    assert answer.text == "Эта кнопка больше не работает."
    assert "Аня" not in "".join(message.text for message in (await theirs.messages())[seen:])
    denied = await rows(world.app, audit, action="person_denied")
    assert [row["subject"] for row in denied] == [code]
    assert await everything(world.app, without=("inbox", "fsm", "audit")) == stored

    shown = await ours.write("/student Аня")
    enter = str(shown.buttons[0][0].data)
    await theirs.press_data(enter)
    assert "Аня" not in "".join(message.text for message in (await theirs.messages())[seen:])
    assert code in shown.text


async def test_buttons_of_a_closed_dialog_are_answered_kindly(world: World) -> None:
    await profiled(world)
    await profiled(world, name="Аня Вторая")
    member = await specialist(world)
    listed = await member.write("/student Аня")
    old = str(listed.buttons[0][0].data)
    await member.choose("Закрыть")
    await member.press_data(old)
    assert "Эта кнопка из закрытого окна" in (await member.screen()).text
    await member.write("/student Вторая")
    await member.press_data(old, listed.id if listed.id in [m.id for m in await member.messages()] else None)
    assert "Эта кнопка из закрытого окна" in (await member.screen()).text
    assert await world.refusals() == []


async def test_statistics_make_the_first_factor_known(world: World) -> None:
    rates = [StatisticsRow(REGION, 2026, code, Decimal(rate)) for code, rate in RATES]
    await save_statistics(world.app.database, rates)
    await profiled(world)
    member = await specialist(world)
    card = (await member.write("/student Аня")).text
    assert "• Выпускников специальности берут на работу реже" in card.partition("Не знаем")[0]
    assert "занятость по специальности: 0" in card
    assert "(статистика)" in card


async def test_a_profile_that_moves_college_changes_hands(world: World) -> None:
    student = await profiled(world)
    ours, theirs = await linked(world, COLLEGE, OTHER_COLLEGE)
    await student.write("/profile")
    await student.edit("organisation")
    await student.choose(OTHER_COLLEGE)
    await student.choose("ПД-23")
    assert "никого нет" in (await ours.write("/student Аня")).text
    assert "Техникум питания, группа ПД-23" in (await theirs.write("/student Аня")).text
