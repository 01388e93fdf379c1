"""At the door: the six digits, the QR code, who is let in; afterwards stars and a sentence."""

import datetime as dt
from collections.abc import Iterator

import pytest

from bot.domain.events.kinds import Attendance
from storage.tables import check_in_attempts, registrations
from tests.conversation.conftest import World
from tests.conversation.eventing import HOUR, NOON, Announcer, announcer, open_event, toast
from tests.conversation.moments import be_at, pass_time, put_back
from tests.conversation.stored import rows
from tests.conversation.student import Student, profiled
from tests.databases import ONE_IS_ENOUGH

pytestmark = ONE_IS_ENOUGH

TITLE = "Тренинг по собеседованиям"
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def noon() -> Iterator[dt.datetime]:
    """It is the noon of a Monday in Moscow."""
    with put_back():
        yield be_at(NOON)


async def soon(world: World, title: str = TITLE, **planned: object) -> tuple[Announcer, str]:
    """An event that begins in ten minutes."""
    centre = await announcer(world)
    begins = {"starts_at": be_at(NOON) + 10 * MINUTE}
    return centre, await centre.announce(title, **{**begins, **planned})


async def signed_up(world: World, title: str = TITLE) -> Student:
    student = await profiled(world)
    await open_event(student, title)
    await student.choose("Записаться")
    return student


async def state(world: World) -> list[str]:
    return [row["state"] for row in await rows(world.app, registrations)]


async def test_i_am_here_and_the_digits(world: World) -> None:
    centre, code = await soon(world)
    student = await signed_up(world)
    assert (await student.row())["level"] == "high"
    asked = await student.choose("Я на месте")
    assert "Наберите шесть цифр" in asked.text
    assert "Нужны шесть цифр" in (await student.write("12 34")).text
    digits = await centre.digits(code)
    wrong = "000000" if digits != "000000" else "111111"
    assert "Код не подошёл" in (await student.write(wrong)).text
    card = await student.write(f"{digits[:3]} {digits[3:]}")
    assert card.text.startswith("Вы на месте, отметили!")
    assert "Потом нажмите на звёзды" in card.text
    assert await state(world) == ["attended"]
    assert "Вы уже отмечены" in (await student.write(digits)).text
    assert await world.refusals() == []


async def test_the_level_follows_from_having_come(world: World) -> None:
    centre, code = await soon(world, employer="ООО «Пример»")
    nearly_well = {"work_experience": "in_field", "resume": "have", "definite_workplace": "settled"}
    student = await profiled(world, **nearly_well)
    assert (await student.row())["level"] == "high", "has been to no employer's event yet"
    await student.write(f"/start e_{code}")
    await student.choose("Записаться")
    await student.write(await centre.digits(code))
    assert (await student.row())["level"] != "high"


async def test_the_qr_code(world: World) -> None:
    centre, code = await soon(world)
    student = await signed_up(world)
    digits = await centre.digits(code)
    gone = await student.write("/start c_zzzzzzzz-123456")
    assert "Такого события больше нет" in gone.text
    assert "Код не подошёл" in (await student.write(f"/start c_{code}-")).text
    came = await student.write(f"/start c_{code}-{digits}")
    assert came.text.startswith("Вы на месте, отметили!")
    assert await state(world) == ["attended"]


async def test_a_code_that_has_changed_and_one_of_another_event(world: World) -> None:
    centre, code = await soon(world, rotating_code=True)
    other = await centre.announce("Рядом", starts_at=be_at(NOON) + 5 * MINUTE)
    student = await signed_up(world)
    await student.choose("Я на месте")
    assert "уже сменился" in (await student.write(await centre.digits(code, ago=3 * MINUTE))).text
    assert "от другого события" in (await student.write(await centre.digits(other))).text
    assert (await student.write(await centre.digits(code))).text.startswith("Вы на месте")


async def test_who_is_not_let_in(world: World) -> None:
    centre, code = await soon(world, seats=1)
    by_staff = await centre.announce("Список", starts_at=be_at(NOON) + MINUTE, attendance=Attendance.STAFF)
    await signed_up(world)
    late = await profiled(world, name="Тимур")
    assert "Вас нет в списке" in (await late.write(await centre.digits(code))).text
    await open_event(late, TITLE)
    await late.choose("Встать в лист ожидания")
    refused = await late.write(await centre.digits(code))
    assert refused.text.startswith("Пока вы в листе ожидания. Подойдите к организатору")
    staff_only = await late.write(f"/start c_{by_staff}-123456")
    assert "Здесь отмечает организатор" in staff_only.text
    assert "Я на месте" not in staff_only.button_texts


async def test_guessing_ends_soon(world: World) -> None:
    centre, code = await soon(world)
    student = await signed_up(world)
    right = await centre.digits(code)
    guesses = [f"{number:06}" for number in range(6) if f"{number:06}" != right][:5]
    for guess in guesses:
        assert "Код не подошёл" in (await student.write(guess)).text
    assert "Много попыток" in (await student.write(right)).text
    assert len(await rows(world.app, check_in_attempts)) == 6
    pass_time(minutes=11)
    assert (await student.write(right)).text.startswith("Вы на месте")


async def test_the_door_opens_half_an_hour_before(world: World, noon: dt.datetime) -> None:
    centre, code = await soon(world, starts_at=noon + HOUR)
    student = await signed_up(world)
    assert "Я на месте" not in (await student.screen()).button_texts
    await student.press_data(f"ev:k:{code}:0:")
    assert "Рановато" in (await student.write(await centre.digits(code))).text
    pass_time(minutes=31)
    assert (await student.write(await centre.digits(code))).text.startswith("Вы на месте")


async def test_digits_are_not_awaited_for_ever(world: World) -> None:
    await soon(world)
    student = await signed_up(world)
    await student.choose("Я на месте")
    assert "Пока я понимаю только кнопки" in (await student.write("спасибо")).text
    await student.write("/cancel")
    assert "Пока я понимаю только кнопки" in (await student.write("в 12 кабинете")).text
    assert await rows(world.app, check_in_attempts) == []


async def visited(world: World) -> tuple[Student, str]:
    """Somebody who has been to an event that is over."""
    centre, code = await soon(world)
    student = await signed_up(world)
    await student.write(await centre.digits(code))
    pass_time(hours=3)
    return student, code


async def test_stars_and_a_sentence(world: World) -> None:
    student, _ = await visited(world)
    await student.write("/events")
    mine = await student.choose("Мои записи")
    assert "вы были" in mine.text
    await student.choose(mine.button_texts[0])
    assert await toast(student, "4☆") == "Спасибо за оценку!"
    card = await student.screen()
    assert "Ваша оценка: ★★★★☆" in card.text
    assert "Напишите одно предложение" in card.text
    thanks = await student.write("Полезно,  но <коротко>")
    assert "передадим без имени" in thanks.text
    (kept,) = await rows(world.app, registrations)
    assert (kept["rating"], kept["comment"]) == (4, "Полезно, но <коротко>")
    assert "Пока я понимаю только кнопки" in (await student.write("И ещё")).text
    await student.write("/events")
    mine = await student.choose("Мои записи")
    card = await student.choose(mine.button_texts[0])
    assert "Напишите" not in card.text
    await student.choose("2☆")
    assert (await rows(world.app, registrations))[0]["rating"] == 2
    assert await world.refusals() == []


@pytest.mark.parametrize("instead", ["/cancel", "/start"])
async def test_what_is_typed_after_turning_away_is_no_comment(world: World, instead: str) -> None:
    student, code = await visited(world)
    await student.press_data(f"ev:t:{code}:0:5")
    await student.write(instead)
    await student.write("Здравствуйте")
    (kept,) = await rows(world.app, registrations)
    assert (kept["rating"], kept["comment"]) == (5, None)


async def test_a_search_asked_for_later_is_no_comment(world: World) -> None:
    student, code = await visited(world)
    await student.press_data(f"ev:t:{code}:0:5")
    await student.write("/vacancies")
    await student.choose("Найти по словам")
    assert "По словам: повар" in (await student.write("повар")).text
    assert (await rows(world.app, registrations))[0]["comment"] is None


async def test_who_was_not_there_cannot_rate(world: World) -> None:
    _, code = await soon(world)
    student = await signed_up(world)
    assert "не отметили" in str((await student.press_data(f"ev:t:{code}:0:5")).text)
    (kept,) = await rows(world.app, registrations)
    assert kept["rating"] is None
    assert "Пока я понимаю только кнопки" in (await student.write("Здорово")).text
