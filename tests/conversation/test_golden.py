"""The happy paths word for word, in each language. `UPDATE_GOLDEN=1 pytest …` writes the files anew."""

import os
import re
from pathlib import Path

import pytest

from bot.domain.questionnaire import REVIEW
from storage.notification_settings import save
from tests.conversation.conftest import World
from tests.conversation.student import newcomer
from tests.conversation.subscribing import ANY_TIME, fall_due, run_jobs
from tests.conversation.test_vacancies import publish, publish_names, vacancy
from tests.databases import ONE_IS_ENOUGH

pytestmark = ONE_IS_ENOUGH

GOLDEN = Path(__file__).parent / "golden"
MOMENT = re.compile(r"\d{1,2}\u00a0\w+\u00a0\d{4}, \d{2}:\d{2}")


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_the_happy_path(world: World, language: str) -> None:
    student = await newcomer(world, language)
    text = student.text
    await student.begin("isp21")
    await student.choose(text.plain("button-why"))
    await student.finish_questionnaire(until="name")
    await student.choose(text.plain("button-back"))
    await student.finish_questionnaire(until=REVIEW, sensitive=True, disability=None)
    await student.edit("interview_training")
    await student.answer("have")
    steps = await student.choose(text.plain("button-confirm"))
    await student.choose(steps.button_texts[0])
    await student.choose(text.plain("button-all-steps"))
    await student.choose(text.plain("button-home"))
    await student.choose(text.plain("button-profile"))
    await student.write("/help")

    _as_written(language, MOMENT.sub("<moment>", await student.person.transcript()))
    assert await world.refusals() == []


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_a_subscription_and_what_comes_of_it(world: World, language: str) -> None:
    student = await newcomer(world, language)
    text = student.text
    await student.begin("isp21")
    await student.finish_questionnaire()
    person_id = (await student.row())["id"]
    await world.app.database.write(lambda connection: save(connection, person_id, ANY_TIME))
    before = len(await student.person.transcript())
    await publish_names(world, "Программист")
    await student.write("/vacancies")
    await student.choose(text.plain("button-subscribe"))
    await student.choose(text.plain("button-mailings-agree"))
    await publish(world, vacancy(2, "Программист 1С"), vacancy(3, "Веб-разработчик", pay_from=60_000))
    await fall_due(world)
    await run_jobs(world)
    await student.idle()
    await student.choose(text.plain("button-less"))
    await student.choose(text.plain("button-undo"))
    await student.write("/subscriptions")

    _as_written(f"subscription_{language}", (await student.person.transcript())[before:])
    assert await world.refusals() == []


def _as_written(name: str, told: str) -> None:
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(told, encoding="utf-8")
    assert told == file.read_text(encoding="utf-8")
