"""The happy path word for word, in each language. `UPDATE_GOLDEN=1 pytest …` writes the files anew."""

import os
import re
from pathlib import Path

import pytest

from bot.domain.questionnaire import REVIEW
from tests.conversation.conftest import World
from tests.conversation.student import newcomer
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

    told = MOMENT.sub("<moment>", await student.person.transcript())

    file = GOLDEN / f"{language}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(told, encoding="utf-8")
    assert told == file.read_text(encoding="utf-8")
    assert await world.refusals() == []
