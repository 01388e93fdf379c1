"""The questionnaire from Start to the steps that help, as students go through it."""

import pytest

from bot.domain.questionnaire import REVIEW, SENSITIVE_CONSENT
from storage.tables import assessments, facts
from tests.conversation.conftest import World
from tests.conversation.stored import rows
from tests.conversation.student import ANSWERS, Given, newcomer

FILLED_IN = {"organisation": "ktt", "group": "isp21", "specialty": "09.02.07", "graduation_year": "2027"}


async def test_a_groups_link_fills_in_college_specialty_and_year(world: World) -> None:
    student = await newcomer(world)
    assert "Ваша группа: ИСП-21" in (await student.write("/start g_isp21")).text

    first = await student.choose("Согласиться и начать")
    assert first.text.startswith("1 из ")
    assert first.button_texts[-1] == "Зачем это?"
    assert "← Назад" not in first.button_texts

    review = await student.finish_questionnaire(until=REVIEW)
    assert "Проверьте, всё ли верно" in review.text
    assert "Колледж: Колледж транспорта" in review.text
    assert "Специальность: 09.02.07" in review.text
    assert FILLED_IN.items() <= (await student.answers()).items()

    steps = await student.choose("Всё верно")
    assert steps.text.startswith("Спасибо, это всё!")
    assert "риск" not in steps.text.lower()
    assert 1 < len(steps.button_texts) <= 6
    assert (await student.row())["level"] == "high"
    assert [row["cause"] for row in await rows(world.app, assessments)] == ["profiling"]
    assert await world.refusals() == []


async def test_the_whole_questionnaire_is_one_message_edited_in_place(world: World) -> None:
    student = await newcomer(world)
    message = await student.begin("isp21")
    last = await student.finish_questionnaire(name=None)

    assert last.id == message.id
    assert len(await student.messages()) == 1


async def test_a_typed_answer_brings_the_question_to_the_end_of_the_chat(world: World) -> None:
    student = await newcomer(world)
    first = await student.begin("isp21")
    await student.finish_questionnaire(until="name")

    after = await student.write("Аня")

    assert after.id > first.id
    assert after.id > max(message.id for message in await student.person.messages() if not message.from_bot)
    assert [message.id for message in await student.messages()] == [after.id]
    assert await student.at() == "employment"


async def test_without_a_link_college_group_and_specialty_are_looked_up(world: World) -> None:
    student = await newcomer(world)
    await student.begin()
    colleges = await student.finish_questionnaire(until="organisation")
    assert colleges.button_texts[:2] == ["Колледж транспорта", "Техникум питания"]

    suggested = await student.write("коледж трнспорта")
    assert "Вот что похоже" in suggested.text
    groups = await student.choose("Колледж транспорта")
    assert groups.button_texts[:2] == ["ИСП-21", "ПК-22"]

    await student.choose("Пропустить")
    assert await student.at() == "specialty"
    missing = await student.write("щщщ")
    assert missing.text == "Не нашёл такого. Попробуйте пару букв из названия или код."
    assert await student.at() == "specialty"

    found = await student.write("повор")
    button = next(text for text in found.button_texts if "43.01.09" in text)
    await student.choose(button)
    assert await student.at() == "graduation_year"

    await student.choose("2027")
    await student.finish_questionnaire()
    assert {"organisation": "ktt", "group": None, "specialty": "43.01.09"}.items() <= (
        await student.answers()
    ).items()
    assert (await student.row())["organisation_id"] is not None
    assert (await student.row())["group_id"] is None


async def test_an_exact_code_is_taken_at_once(world: World) -> None:
    student = await newcomer(world)
    await student.begin()
    await student.finish_questionnaire(until="specialty", group=None)

    await student.write("09.02.07")

    assert (await student.answers())["specialty"] == "09.02.07"


async def test_a_group_fills_in_specialty_and_year(world: World) -> None:
    student = await newcomer(world)
    await student.begin()
    await student.finish_questionnaire(until="category")
    assert FILLED_IN.items() <= (await student.answers()).items()


async def test_back_skip_and_why(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until="name")

    shown = await student.choose("Зачем это?")
    assert "Чтобы разговаривать с вами по имени" in shown.text
    assert "Зачем это?" not in shown.button_texts

    back = await student.choose("← Назад")
    assert await student.at() == "category"
    assert "Вы сейчас учитесь?" in back.text

    await student.answer("student")
    await student.choose("Пропустить")
    assert (await student.answers())["name"] is None
    assert await student.at() == "employment"


async def test_back_at_the_first_question_says_so(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    answer = await student.press_data("p:b:requests:")
    assert answer.text == "Это самый первый вопрос."


async def test_numbers_of_the_progress_never_go_back_and_the_total_never_grows(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    numbers, totals = [], []
    while (at := await student.at()) not in (SENSITIVE_CONSENT, REVIEW):
        number, _, total = (await student.screen()).text.partition("\n")[0].partition(" из ")
        numbers.append(int(number))
        totals.append(int(total))
        await student.answer(ANSWERS[at])
    assert numbers == list(range(1, len(numbers) + 1))
    assert totals == sorted(totals, reverse=True)


@pytest.mark.parametrize("change", ["resume", "plans", "name"])
async def test_an_answer_changed_on_the_review_leads_straight_back(world: World, change: str) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until=REVIEW)

    await student.edit(change)
    changes: dict[str, Given] = {"resume": "have", "plans": ("army",), "name": "Анна"}
    new = changes[change]
    review = await student.answer(new)

    assert await student.at() == REVIEW
    assert "Проверьте, всё ли верно" in review.text
    assert (await student.answers())[change] in (new, ["work", "study", "army"], ["army"])


async def test_back_from_a_change_returns_to_the_review(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until=REVIEW)
    before = await student.answers()
    await student.edit("resume")
    await student.choose("← Назад")
    assert await student.at() == REVIEW
    assert await student.answers() == before


async def test_a_review_says_what_was_not_answered(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    review = await student.finish_questionnaire(until=REVIEW, name=None)
    assert "Имя: без ответа" in review.text


async def test_a_changed_college_asks_group_and_specialty_again(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until=REVIEW)
    await student.edit("organisation")

    asked = await student.choose("Техникум питания")

    assert await student.at() == "group"
    assert asked.button_texts[0] == "ПД-23"
    await student.choose("ПД-23")
    assert await student.at() == REVIEW
    assert (await student.answers())["specialty"] == "43.02.15"


async def test_the_level_follows_a_later_change_in_the_profile(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire()
    assert (await student.row())["level"] == "high"

    profile = await student.write("/profile")
    assert "Ваши ответы" in profile.text
    await student.edit("employment")
    await student.answer("in_field")

    assert (await student.row())["level"] == "not_high"
    history = await rows(world.app, assessments)
    assert [row["cause"] for row in history] == ["profiling", "answer_changed"]
    assert history[-1]["override"] == "employed_in_field"
    stored = {row["name"]: row["value"] for row in await rows(world.app, facts)}
    assert stored["employment"] == "in_field"
    assert await world.refusals() == []
