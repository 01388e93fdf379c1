"""People who answer the questionnaire by what their chat shows, and press again when nothing happens."""

import asyncio
import random

from bot.sandbox.person import NothingHappenedError, Person, SandboxError
from bot.sandbox.views import Button, ChatMessage
from dialogs.presses import Act, ConsentAct, ConsentPress, ProfilingPress
from tests.faults.stage import Stage

PATIENCE = 2.0  # seconds until a person presses again; longer each time
TICK = "✅"
LINKS = ("g_isp21", "g_pk22", "g_pd23", "", "")


class Student:
    """One person: what they choose is drawn once, so that they do not change their mind at every look."""

    def __init__(self, person: Person, choices: random.Random) -> None:
        self.person = person
        self._choices = choices
        self._link = choices.choice(LINKS)
        self._wanted: dict[str, set[str]] = {}
        self._backs = choices.randrange(3)
        self._patience = PATIENCE

    async def finish(self) -> None:
        """From the first word to the steps at the end."""
        while not self.finished(await self.screen()):
            await self.act()

    async def reach(self, act: Act) -> ChatMessage:
        """Answer until there is a button of that kind; returns the message with it."""
        while not any(press.act is act for press in presses(await self.screen())):
            await self.act()
        found = await self.screen()
        assert found is not None
        return found

    async def screen(self) -> ChatMessage | None:
        """The newest message with buttons."""
        shown = (message for message in reversed(await self.person.messages()) if message.buttons)
        return next(shown, None)

    def finished(self, screen: ChatMessage | None) -> bool:
        return screen is not None and any((button.data or "").startswith("m:") for button in all_of(screen))

    async def act(self) -> None:
        """Do what the screen asks for, and wait until something is to be seen, as long as patience lasts."""
        before = visible(await self.person.messages())
        screen = await self.screen()
        try:
            if screen is None:
                await self.person.start(self._link)
            elif data := self._button(screen):
                await self._press(screen, data)
            else:
                await self.person.send(self._words())
        except SandboxError:
            return  # the screen has changed under the finger
        except NothingHappenedError:
            return  # the clock on the button has not gone away
        seen = await self.see_change(before, self._patience)
        self._patience = PATIENCE if seen else 2 * self._patience

    async def _press(self, screen: ChatMessage, data: str) -> None:
        press = await self.person.press(data=data, message_id=screen.id)
        patience, self._patience = self._patience, 2 * self._patience
        await press.answer(patience)
        self._patience = PATIENCE

    async def see_change(self, before: list[tuple[int, int]], patience: float = PATIENCE) -> bool:
        try:
            await self.person.wait_for(lambda messages: visible(messages) != before, patience)
        except NothingHappenedError:
            return False
        return True

    def _button(self, screen: ChatMessage) -> str | None:
        """The data of the button to press; None where words are asked for."""
        for button in all_of(screen):
            data = button.data or ""
            if data.startswith("c:") and ConsentPress.unpack(data).act is ConsentAct.AGREE:
                return data
        found = presses(screen)
        by_act: dict[Act, list[ProfilingPress]] = {}
        for press in found:
            by_act.setdefault(press.act, []).append(press)
        if Act.BACK in by_act and self._backs and self._choices.random() < 0.1:
            self._backs -= 1
            return by_act[Act.BACK][0].pack()
        if Act.TOGGLE in by_act:
            return self._tick(screen, by_act)
        if Act.CONSENT_SENSITIVE in by_act:
            act = self._choices.choice([Act.CONSENT_SENSITIVE, Act.REFUSE_SENSITIVE])
            return by_act[act][0].pack()
        for act in (Act.RESUME, Act.CONFIRM, Act.CHOOSE):
            if act in by_act:
                return self._choices.choice(by_act[act]).pack()
        return None

    def _tick(self, screen: ChatMessage, by_act: dict[Act, list[ProfilingPress]]) -> str:
        options = [press.option for press in by_act[Act.TOGGLE]]
        question = by_act[Act.TOGGLE][0].question
        if question not in self._wanted:
            several = [option for option in options if option != "unknown"]
            self._wanted[question] = set(self._choices.sample(several, self._choices.randint(1, 4)))
        ticked = {
            ProfilingPress.unpack(button.data).option
            for button in all_of(screen)
            if button.text.startswith(TICK) and button.data
        }
        wrong = [option for option in options if (option in ticked) != (option in self._wanted[question])]
        if wrong:
            return ProfilingPress(act=Act.TOGGLE, question=question, option=wrong[0]).pack()
        return by_act[Act.FINISH][0].pack()

    def _words(self) -> str:
        return self._choices.choice(["Аня <b>", "чинить & паять", "лажу с людьми 🙂"])


class Crowd:
    """So many seats; whoever is ready leaves, and the next person sits down, until the doors close."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self._stage = stage
        self._seed = seed
        self._open = True
        self.finished: list[Student] = []

    async def newcomer(self) -> Student:
        person = await self._stage.client.person(first_name="Студент")
        return Student(person, random.Random(f"{self._seed} {person.id}"))

    def sit(self, group: asyncio.TaskGroup, seats: int) -> list[asyncio.Task[None]]:
        return [group.create_task(self._seat()) for _ in range(seats)]

    def close_doors(self) -> None:
        self._open = False

    async def _seat(self) -> None:
        while True:
            student = await self.newcomer()
            await student.finish()
            self.finished.append(student)
            if not self._open:
                return


def all_of(screen: ChatMessage) -> list[Button]:
    return [button for row in screen.buttons for button in row]


def presses(screen: ChatMessage | None) -> list[ProfilingPress]:
    """The questionnaire's buttons of a message."""
    data = [button.data or "" for button in all_of(screen)] if screen else []
    return [ProfilingPress.unpack(one) for one in data if one.startswith("p:")]


def visible(messages: list[ChatMessage]) -> list[tuple[int, int]]:
    return [(message.id, message.revision) for message in messages if message.from_bot]
