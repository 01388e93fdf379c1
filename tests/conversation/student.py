"""Plays a student: presses and writes like one, and knows when the bot has finished with it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.questionnaire import REVIEW, SENSITIVE_CONSENT, Definition, Kind, Question, in_language
from bot.sandbox.person import Person
from bot.sandbox.views import Answer, ChatMessage
from locales.text import Text
from storage.tables import profiling_sessions, questionnaires
from tests.conversation.conftest import World
from tests.conversation.stored import Row, person_row, rows, undone

Given = str | tuple[str, ...] | bool | None
"""An option's id, several, the words to write, a directory's button; None skips."""

ANSWERS: dict[str, Given] = {
    "requests": ("first_job",),
    "organisation": "Колледж транспорта",
    "group": "ИСП-21",
    "category": "student",
    "name": "Аня",
    "personal_code": "AB-1234",
    "employment": "none",
    "work_experience": "none",
    "employer_events": "never",
    "resume": "not_yet",
    "interview_training": "not_yet",
    "definite_workplace": "not_yet",
    "plans": ("work", "study"),
    "military": "none",
    "work_format": ("full_day",),
    "place": "own_town",
    "strengths": None,
    SENSITIVE_CONSENT: False,
    "disability": "have_not",
    "orphan": "applies_not",
}
"""Of somebody who is about to look for a first job and has done nothing for it yet: high risk."""

_DEFINITIONS: dict[str, Definition] = {}
"""By digest: what is stored under one never changes."""

FINISH = "p:f:"
"""How the data of the button that finishes a multiple question begin."""


@dataclass
class Student:
    """One student with the bot; every method returns when the bot is done with what was done."""

    world: World
    person: Person
    language: str = "ru"

    async def idle(self) -> None:
        """Waits until the bot has nothing of this person's left to do."""
        await self.person.settled()
        while await undone(self.world.app, self.person.id) or self.world.handling:  # noqa: ASYNC110
            await asyncio.sleep(0.002)  # the bot knows nothing of who looks on: no event to wait for

    async def messages(self) -> list[ChatMessage]:
        """What the bot has in the chat."""
        return [message for message in await self.person.messages() if message.from_bot]

    async def screen(self) -> ChatMessage:
        """The newest message of the bot."""
        return (await self.messages())[-1]

    async def write(self, text: str) -> ChatMessage:
        """Type a text; returns the newest message after it."""
        await self.person.send(text)
        await self.idle()
        return await self.screen()

    async def choose(self, text: str) -> ChatMessage:
        """Press a button; the bot must answer the press."""
        press = await self.person.press(text)
        await press.answer()
        await self.idle()
        return await self.screen()

    async def press_data(self, data: str, message_id: int | None = None) -> Answer:
        """Press what no button may have, on the newest message; returns the bot's answer to the press."""
        press = await self.person.press(data=data, message_id=message_id, forged=True)
        answer = await press.answer()
        await self.idle()
        return answer

    async def tick(self, *texts: str) -> ChatMessage:
        """Tick the options of a multiple question, and say that this is all."""
        for text in texts:
            await self.choose(text)
        finish = await self.button(FINISH)
        return await self.choose(finish)

    async def begin(self, group: str | None = None) -> ChatMessage:
        """Start, by a group's link if one is given, and agree."""
        await self.write(f"/start g_{group}" if group else "/start")
        return await self.choose((await self.screen()).button_texts[0])

    async def finish_questionnaire(self, until: str | None = None, **overrides: Given) -> ChatMessage:
        """Answer from where the questionnaire stands to its end, or to the question `until`."""
        given = {**ANSWERS, **{_place(name): answer for name, answer in overrides.items()}}
        while (at := await self.at()) != until:
            if at == REVIEW:
                return await self.choose(self.text.plain("button-confirm"))
            await self.answer(given[at])
        return await self.screen()

    async def answer(self, given: Given) -> ChatMessage:
        """Answer the question at hand."""
        at = await self.at()
        if at == SENSITIVE_CONSENT:
            return await self.choose(
                self.text.plain("button-sensitive-yes" if given else "button-sensitive-no")
            )
        question = await self.question(at)
        if given is None:
            return await self.choose(self.text.plain("button-skip"))
        if isinstance(given, tuple):
            return await self.tick(*(self.option(question, option) for option in given))
        if question.kind is Kind.SINGLE:
            return await self.choose(self.option(question, str(given)))
        if question.kind is Kind.DIRECTORY and given in (await self.screen()).button_texts:
            return await self.choose(str(given))
        return await self.write(str(given))

    async def edit(self, question_id: str) -> ChatMessage:
        """From the review to one of its questions."""
        await self.choose(self.text.plain("button-change"))
        question = await self.question(question_id)
        return await self.choose(in_language(question.title, self.text.language))

    async def button(self, prefix: str) -> str:
        """The text of the newest message's button whose data begin so."""
        rows_of_buttons = [row for message in reversed(await self.messages()) for row in message.buttons]
        buttons = [button for row in rows_of_buttons for button in row]
        found = [button.text for button in buttons if button.data and button.data.startswith(prefix)]
        assert found, f"no button with {prefix}"
        return found[0]

    @property
    def text(self) -> Text:
        """The texts of the language that the student speaks with the bot."""
        return self.world.app.texts.of(self.language)

    def option(self, question: Question, option_id: str) -> str:
        """What the button of an option says."""
        found = question.option(option_id)
        assert found is not None, f"{question.id} has no option {option_id}"
        return in_language(found.text, self.language)

    async def question(self, question_id: str) -> Question:
        """A question of the questionnaire that this student began with."""
        digest = (await self.stored_session())["questionnaire"]
        if digest not in _DEFINITIONS:
            (kept,) = await rows(self.world.app, questionnaires, digest=digest)
            _DEFINITIONS[digest] = Definition.model_validate_json(kept["body"])
        found = _DEFINITIONS[digest].question(question_id)
        assert found is not None, question_id
        return found

    async def row(self) -> Row:
        """The student's row among the persons."""
        return await person_row(self.world.app, self.person.id)

    async def stored_session(self) -> Row:
        """The stored state of the questionnaire."""
        (row,) = await rows(self.world.app, profiling_sessions, person_id=(await self.row())["id"])
        return row

    async def at(self) -> str:
        """The place in the questionnaire as it is stored."""
        return str((await self.stored_session())["state"]["@"])

    async def answers(self) -> Mapping[str, Any]:
        """The stored answers, bare."""
        stored = (await self.stored_session())["state"]["a"]
        return {name: given["v"] if isinstance(given, dict) else given for name, given in stored.items()}


def _place(name: str) -> str:
    return SENSITIVE_CONSENT if name == "sensitive" else name


async def newcomer(world: World, language: str = "ru", **about: str) -> Student:
    """A student who has not written yet."""
    return Student(world, await world.person(language_code=language, **about), language)


async def profiled(world: World, group: str = "isp21", **answers: Given) -> Student:
    """A student who came by a group's link and has finished the questionnaire."""
    student = await newcomer(world)
    await student.begin(group)
    await student.finish_questionnaire(None, **answers)
    return student
