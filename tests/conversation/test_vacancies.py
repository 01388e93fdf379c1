"""A student looks at vacancies: what fits, search, filters, and what became of them."""

import datetime as dt
from collections.abc import Iterable

import pytest

from bot.domain.vacancies.vacancy import Schedule, Vacancy, VacancyKind
from bot.services.vacancies.importing import VacancyImport
from bot.services.vacancies.student import HIDING_REASONS
from dialogs.presses import VacancyAct
from storage.tables import assessments, vacancies, vacancy_marks, vacancy_views
from tests.conversation.conftest import REGION, World
from tests.conversation.staff import specialist
from tests.conversation.stored import everything, rows
from tests.conversation.student import Student, newcomer, profiled

MODIFIED = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
ELSEWHERE = "7800000000000"
NAVIGATION = {"Что искать", "Найти по словам", "В начало", "← Раньше", "Ещё →", "Присылать новые"}
LONG = "Программист " + "очень " * 48
WICKED = '<b>Программист</b> & "Ко" <script>'


def vacancy(number: int, name: str, **rest: object) -> Vacancy:
    known: dict[str, object] = {"source": "table", "source_id": str(number), "name": name, "region": REGION}
    known |= {"employer": f"ООО «Пример {number}»", "modified_at": MODIFIED, **rest}
    return Vacancy(**known)  # type: ignore[arg-type]  # the test says what it needs


async def publish(world: World, *found: Vacancy) -> None:
    await VacancyImport(world.app.database, world.app.vacancy_rules).keep(found)


async def publish_names(world: World, *names: str) -> None:
    await publish(world, *(vacancy(number, name) for number, name in enumerate(names, 1)))


def listed(buttons: Iterable[str]) -> list[str]:
    return [text for text in buttons if text not in NAVIGATION]


async def shown(student: Student, command: str = "/vacancies") -> list[str]:
    """The vacancies of the first page."""
    return listed((await student.write(command)).button_texts)


async def vacancy_id(world: World, name: str) -> int:
    (row,) = await rows(world.app, vacancies, name=name)
    return int(row["id"])


async def test_what_fits_comes_first_what_suits_best(world: World) -> None:
    newest = MODIFIED + dt.timedelta(days=1)
    await publish(
        world,
        vacancy(1, "Системный администратор", experience_years=3, modified_at=newest),
        vacancy(2, "Программист", experience_years=0),
        vacancy(3, "Веб-разработчик", experience_years=0, modified_at=newest),
        vacancy(4, "Программист 1С", schedule=Schedule.FULL_DAY, experience_years=3),
        vacancy(5, "Тестировщик программного обеспечения", schedule=Schedule.FULL_DAY, experience_years=0),
        vacancy(6, "Повар", experience_years=0),
        vacancy(7, "Программист в Петербурге", region=ELSEWHERE),
    )
    student = await profiled(world)
    suiting = ["Тестировщик программного обеспечения", "Программист 1С"]
    assert await shown(student) == [*suiting, "Веб-разработчик", "Программист", "Системный администратор"]
    assert "5 вакансий" in (await student.screen()).text


async def test_closed_ones_are_not_listed_and_an_old_button_says_so(world: World) -> None:
    await publish_names(world, "Программист", "Программист 1С")
    student = await profiled(world)
    await shown(student)
    number = await vacancy_id(world, "Программист")
    closed = vacancies.update().where(vacancies.c.id == number).values(closed_at=MODIFIED)
    await world.app.database.write(lambda connection: connection.execute(closed))
    card = await student.choose("Программист")
    assert "Уже закрыта." in card.text
    assert card.button_texts == ["← К списку"]
    assert await shown(student) == ["Программист 1С"]


async def test_the_card_says_what_and_why(world: World) -> None:
    about = {"place": "г Москва", "link": "https://trudvsem.ru/x", "duty": "Писать код", "pay_from": 60_000}
    suits = {"schedule": Schedule.FULL_DAY, "experience_years": 0, "requirements": "Знать Python"}
    await publish(world, vacancy(1, "Программист", **about, **suits), vacancy(2, "Системный администратор"))
    student = await profiled(world)
    await shown(student)
    card = await student.choose("Программист · от\u00a060\u00a0000\u00a0₽")
    assert "Подходит вам: «программист» — ваша специальность, удобный вам график, опыт не нужен" in card.text
    for words in ("ООО «Пример 1»", "г Москва", "Постоянная, полный день", "Писать код", "Знать Python"):
        assert words in card.text
    assert "Обновлена 20\u00a0ноября\u00a02026" in card.text
    assert card.buttons[0][0].url == "https://trudvsem.ru/x"
    await student.choose("← К списку")
    card = await student.choose("Системный администратор")
    assert "опыт" not in card.text, "nobody has said whether experience is needed"


async def test_paging(world: World) -> None:
    await publish_names(world, *(f"Программист {number:02}" for number in range(1, 13)))
    student = await profiled(world)
    pages = [await shown(student)]
    pages += [listed((await student.choose("Ещё →")).button_texts) for _ in range(2)]
    assert [len(page) for page in pages] == [5, 5, 2]
    assert len({name for page in pages for name in page}) == 12
    assert "Ещё →" not in (await student.screen()).button_texts
    await student.choose(pages[2][0])
    assert listed((await student.choose("← К списку")).button_texts) == pages[2]
    assert listed((await student.choose("← Раньше")).button_texts) == pages[1]


async def test_saved_ones_are_kept_and_taken_off(world: World) -> None:
    await publish_names(world, "Программист", "Программист 1С", "Повар")
    student = await profiled(world)
    await shown(student, "/vacancies повар")
    await student.choose("Повар")
    assert "Убрать из сохранённых" in (await student.choose("Сохранить")).button_texts
    await shown(student)
    await student.choose("Что искать")
    assert "✅ Сохранённые" in (await student.choose("Сохранённые")).button_texts
    assert listed((await student.choose("Показать")).button_texts) == ["Повар"]
    await student.choose("Повар")
    assert "Сохранить" in (await student.choose("Убрать из сохранённых")).button_texts
    assert listed((await student.choose("← К списку")).button_texts) == []


async def test_not_for_me_hides_it_for_me_alone(world: World) -> None:
    await publish_names(world, "Программист", "Программист 1С")
    student, other = await profiled(world), await profiled(world, name="Боря")
    await shown(student)
    await student.choose("Программист")
    asked = await student.choose("Не для меня")
    assert len(asked.button_texts) == len(HIDING_REASONS) + 1
    assert listed((await student.choose("Далеко")).button_texts) == ["Программист 1С"]
    assert await shown(student, "/vacancies программист") == ["Программист 1С"]
    assert len(await shown(other)) == 2
    hidden = [mark for mark in await rows(world.app, vacancy_marks) if mark["hidden_at"] is not None]
    assert [(mark["person_id"], mark["hidden_because"]) for mark in hidden] == [
        ((await student.row())["id"], "far")
    ]


@pytest.mark.parametrize(
    ("said", "employment", "level"),
    [("Да, по моей специальности", "in_field", "not_high"), ("Нет, в другом деле", "outside_field", None)],
)
async def test_a_job_found_changes_the_profile(
    world: World, said: str, employment: str, level: str | None
) -> None:
    await publish_names(world, "Программист")
    student = await profiled(world)
    before = await student.row()
    await shown(student)
    await student.choose("Программист")
    assert "Меня взяли на работу" in (await student.choose("Отметить отклик")).button_texts
    assert (await student.answers())["employment"] == "none"
    await student.choose("Меня взяли на работу")
    card = await student.choose(said)
    assert {"Меня взяли на работу", "Отметить отклик"}.isdisjoint(card.button_texts)
    assert (await student.answers())["employment"] == employment
    history = await rows(world.app, assessments, person_id=before["id"])
    assert len(history) == 2
    assert (await student.row())["level"] == history[-1]["level"] == (level or history[-1]["level"])
    (mark,) = await rows(world.app, vacancy_marks)
    assert mark["applied_at"] is not None
    assert mark["hired_at"] is not None


async def test_words_are_found_in_any_form(world: World) -> None:
    await publish_names(world, "Требуются сварщики", "Помощник машиниста электрички", "Электрики на стройку")
    student = await profiled(world)
    assert await shown(student, "/vacancies сварщик") == ["Требуются сварщики"]
    assert await shown(student, "/vacancies ЭЛЕКТРИК") == ["Электрики на стройку"]
    nothing = await student.write("/vacancies космонавт <b>")
    assert "Пока ничего не нашлось." in nothing.text
    assert "По словам: космонавт <b>" in nothing.text
    assert "Попробуйте убрать часть условий" in nothing.text


async def test_words_are_asked_for_and_typed(world: World) -> None:
    await publish_names(world, "Требуются сварщики", "Программист")
    student = await profiled(world)
    await shown(student)
    assert "«сварщик»" in (await student.choose("Найти по словам")).text
    assert listed((await student.write("сварщика")).button_texts) == ["Требуются сварщики"]
    assert "Пока я понимаю только кнопки" in (await student.write("сварщика")).text
    await student.write("/vacancies")
    await student.choose("Найти по словам")
    assert await shown(student) == ["Программист"], "another command instead of the words"
    assert "Пока я понимаю только кнопки" in (await student.write("сварщика")).text
    long = await student.write("/vacancies " + "сварщик " * 500)
    assert listed(long.button_texts) == ["Требуются сварщики"]


async def test_after_cancel_typed_words_are_no_search(world: World) -> None:
    student = await profiled(world)
    assert "Новые появляются каждый день" in (await student.write("/vacancies")).text
    await student.choose("Найти по словам")
    assert "Остановились." in (await student.write("/cancel")).text
    assert "Пока я понимаю только кнопки" in (await student.write("спасибо")).text


FILTERED = (
    ("Временная", {"kind": VacancyKind.TEMPORARY}),
    ("На лето", {"kind": VacancyKind.SUMMER}),
    ("Практика", {"kind": VacancyKind.PRACTICE}),
    ("Целевой договор", {"kind": VacancyKind.TARGETED}),
    ("от\u00a040\u00a0000\u00a0₽", {"pay_from": 40_000}),
    ("от\u00a060\u00a0000\u00a0₽", {"pay_from": 30_000, "pay_to": 60_000}),
    ("от\u00a080\u00a0000\u00a0₽", {"pay_to": 80_000}),
    ("Без опыта", {"experience_years": 0}),
    ("Места по квоте", {"quota": True}),
)


@pytest.mark.parametrize(("choice", "about"), FILTERED, ids=[choice for choice, _ in FILTERED])
async def test_a_filter_goes_on_and_off(world: World, choice: str, about: dict[str, object]) -> None:
    usual: dict[str, object] = {"experience_years": 3, "pay_from": 30_000}
    await publish(world, vacancy(1, "Программист", **usual), vacancy(2, "Веб-разработчик", **usual | about))
    student = await profiled(world)
    assert len(await shown(student)) == 2
    await student.choose("Что искать")
    assert f"✅ {choice}" in (await student.choose(choice)).button_texts
    (found,) = listed((await student.choose("Показать")).button_texts)
    assert found.startswith("Веб-разработчик")
    await student.choose("Что искать")
    assert choice in (await student.choose(f"✅ {choice}")).button_texts
    assert len(listed((await student.choose("Показать")).button_texts)) == 2
    await student.choose("Что искать")
    await student.choose(choice)
    assert len(listed((await student.choose("Сбросить всё")).button_texts)) == 2


async def test_whoever_has_no_profile_is_led_to_it(world: World) -> None:
    stranger = await newcomer(world)
    assert "/start" in (await stranger.write("/vacancies")).text
    await stranger.begin("isp21")
    await stranger.finish_questionnaire(until="resume")
    assert "/start" in (await stranger.write("/vacancies")).text
    assert (await stranger.press_data("v:l:0:0:")).text == ""
    member = await specialist(world)
    for member_or_stranger in (member, stranger):
        told = await member_or_stranger.write("/vacancies сварщик")
        assert "Вакансии для вас" not in told.text
    assert await rows(world.app, vacancy_views) == []


async def test_forged_presses_change_nothing(world: World) -> None:
    await publish_names(world, "Программист")
    student = await profiled(world)
    await shown(student)
    before = await everything(world.app)
    number = await vacancy_id(world, "Программист")
    ids = (number + 1, 0, -1, 2**63 - 1, 2**63, 10**40)
    forged = [f"v:{act}:{one}:0:far" for act in VacancyAct if act not in "fcrq" for one in ids]
    forged += [f"v:{act}:{number}:{'9' * 54}:" for act in "lohj"] + ["v:l:0:9999:", f"v:h:{number}:9999:"]
    forged += [f"v:d:{number}:0:{reason}" for reason in ("", "nothing", "FAR", "<b>")]
    filters = ("", "x", "kind", "kind=", "kind=none", "pay=1", "pay=x", "pay=-1", "text=a", "asking", "pay=٤")
    forged += [f"v:c:0:0:{value}" for value in (*filters, f"pay={'9' * 40}")]
    forged += ["v", "v:", "v:z:0:0:", "v:l", "v:l:x:0:", "v:l:0:x:", "v:o:1:0::"]
    for data in forged:
        await student.press_data(data)
    assert "наша вина" not in await student.person.transcript()
    assert await everything(world.app) == before
    assert [one for one in await world.refusals() if "message is not modified" not in one] == []


async def test_in_english(world: World) -> None:
    await publish_names(world, "Программист", "Программист 1С")
    student = await newcomer(world, "en")
    await student.begin("isp21")
    await student.finish_questionnaire()
    assert "2 jobs." in (await student.write("/vacancies")).text
    card = await student.choose("Программист")
    assert "Why it fits: “программист” is your trade" in card.text
    assert card.button_texts == ["I have applied", "Save", "Not for me", "← To the list"]
    await student.choose("← To the list")
    assert "Summer" in (await student.choose("What to look for")).button_texts
    await student.choose("Clear all")
    assert "in Russian" in (await student.choose("Search by words")).text
    assert "Nothing found yet." in (await student.write("welder")).text


async def test_names_are_shown_as_they_are_and_long_ones_fit(world: World) -> None:
    wicked = {"employer": WICKED, "place": WICKED, "duty": WICKED * 20, "requirements": WICKED * 20}
    long_one = vacancy(2, LONG[:300], pay_from=99_000, pay_to=1_100_000)
    await publish(world, vacancy(1, WICKED, **wicked), long_one)
    student = await profiled(world)
    buttons = await shown(student)
    assert WICKED in buttons
    assert all(len(text) <= 64 for text in buttons)
    (long,) = (text for text in buttons if text != WICKED)
    assert long.endswith("… · 99\u00a0000–1\u00a0100\u00a0000\u00a0₽")
    card = await student.choose(WICKED)
    assert card.text.startswith(f"{WICKED}\n{WICKED}\n📍 {WICKED}")
    await student.choose("← К списку")
    assert LONG[:300].strip() in (await student.choose(long)).text
    assert await world.refusals() == []
