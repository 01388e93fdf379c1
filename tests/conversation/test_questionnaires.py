"""A running profile keeps its questionnaire; a centre's own files need no line of Python."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.config import STANDARD
from bot.sandbox.person import SandboxClient
from bot.sandbox.server import Sandbox
from storage.tables import assessments, questionnaires
from tests.conversation.conftest import MakeWorld, World, serving, settings_for
from tests.conversation.staff import specialist
from tests.conversation.stored import rows
from tests.conversation.student import newcomer

LICENCE: dict[str, Any] = {
    "id": "licence",
    "kind": "single",
    "section": "skills",
    "title": {"ru": "Права", "en": "Licence"},
    "text": {"ru": "Есть ли у вас водительские права?", "en": "Do you have a driving licence?"},
    "help": {"ru": "С правами мест больше.", "en": "There are more jobs with one."},
    "options": [
        {"id": "have", "value": True, "text": {"ru": "Есть права", "en": "I have one"}},
        {"id": "not_yet", "value": False, "text": {"ru": "Прав нет", "en": "I have none"}},
    ],
}
NO_LICENCE: dict[str, Any] = {
    "code": "no_licence",
    "title": {"ru": "Нет водительских прав", "en": "No driving licence"},
    "holds": {"fact": "licence", "is": False},
    "steps": ["talk_to_centre"],
}


def changed(name: str, folder: Path, change: Callable[[Any], None]) -> Path:
    """A copy of a shipped file with something changed in it."""
    content = yaml.safe_load((STANDARD / name).read_text(encoding="utf-8"))
    change(content)
    file = folder / name
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


def own_questionnaire(folder: Path) -> Path:
    """The shipped questionnaire with one question more, and one question in other words."""

    def change(content: Any) -> None:
        content["version"] = "own-1"
        content["questions"].insert(-2, LICENCE)
        content["questions"][0]["text"]["ru"] = "Чем помочь?"

    return changed("questionnaire.yaml", folder, change)


async def test_an_own_question_and_an_own_criterion(make_world: MakeWorld, tmp_path: Path) -> None:
    criteria = changed("criteria.yaml", tmp_path, lambda content: content["criteria"].append(NO_LICENCE))
    world = await make_world(questionnaire=own_questionnaire(tmp_path), criteria=criteria)
    student = await newcomer(world)
    assert "Чем помочь?" in (await student.begin("isp21")).text
    await student.finish_questionnaire(
        until="licence", employment="outside_field", work_experience="in_field", employer_events="many",
        resume="have", definite_workplace="settled",
    )  # fmt: skip
    await student.choose("Прав нет")
    await student.finish_questionnaire()
    assert (await student.row())["level"] == "high"
    codes = [finding["code"] for finding in (await rows(world.app, assessments))[0]["findings"]]
    assert codes[-1] == "no_licence"
    card = await (await specialist(world)).write("/student Аня")
    assert "• Нет водительских прав\n   licence: нет (анкета)" in card.text

    await student.write("/profile")
    await student.edit("licence")
    await student.choose("Есть права")
    codes = [finding["code"] for finding in (await rows(world.app, assessments))[-1]["findings"]]
    assert "no_licence" not in codes
    assert await world.refusals() == []


@pytest.mark.parametrize("half_way", [True, False])
async def test_a_running_profile_keeps_what_it_began_with(
    tmp_path: Path, url: str, *, half_way: bool
) -> None:
    async with Sandbox() as base_url, SandboxClient(base_url) as client:
        async with serving(settings_for(base_url, url)) as (app, handling):
            student = await newcomer(World(app, client, base_url, handling))
            await student.begin("isp21")
            await student.finish_questionnaire(until="resume" if half_way else None)
            asked = await student.screen()
        own = settings_for(base_url, url, questionnaire=own_questionnaire(tmp_path))
        async with serving(own) as (app, handling):
            student.world = World(app, client, base_url, handling)
            if half_way:
                await student.choose(asked.button_texts[0])  # the buttons of before the restart are alive
                await student.finish_questionnaire()
            assert "licence" not in await student.answers()
            assert (await student.row())["level"] == "high"
            profile = await student.write("/profile")
            assert "Права" not in profile.text
            assert "С чем вам помочь?" in (await student.edit("requests")).text

            late = await newcomer(student.world)
            assert "Чем помочь?" in (await late.begin("isp21")).text
            assert len(await rows(app, questionnaires)) == 2
            assert await student.world.refusals() == []
