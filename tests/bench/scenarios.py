"""What is measured: how the bot is started, and what people do with it."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.server import DEFAULT_TOKEN
from storage.database import Database
from storage.migrate import upgrade
from storage.organisations import GroupRow, save_group
from tests.bench.people import Begin, Message, Person, Step

GROUP = GroupRow("ktt", "Колледж транспорта", "college", "7700000000000", "ИСП-21", "09.02.07", 2027, "isp21")
ANSWERS_EACH = 12
"""Fewer than the presses it takes to get through the shipped questionnaire."""

# callback data of the questionnaire's buttons, the most telling first: finish, choose, tick, skip
ANSWERS = ("p:f:", "p:a:", "p:t:", "p:s:")


@dataclass(frozen=True, slots=True)
class Scenario:
    """`steps_each`: how many steps a person has at least; None for no end."""

    name: str
    title: str
    module: Sequence[str]
    begin: Begin
    step: Step
    steps_each: int | None = None


def buttons(message: Message) -> list[str]:
    """The callback data of a message's buttons, in order."""
    return [button["callback_data"] for row in message["buttons"] for button in row]


async def begin_profiling(person: Person) -> Message:
    """Through the group's link and the consent to the first question."""
    welcome = await person.say(f"/start g_{GROUP.code}")
    return await person.press(welcome, buttons(welcome)[0])


def answer_question(person: Person, message: Message) -> Awaitable[Message] | None:
    data = [data for wanted in ANSWERS for data in buttons(message) if data.startswith(wanted)]
    return person.press(message, data[0]) if data else None


async def begin_dialog(person: Person) -> Message:
    return await person.say("/start")


def switch_window(person: Person, message: Message) -> Awaitable[Message]:
    return person.press(message, buttons(message)[0])


def say_something(person: Person, message: Message) -> Awaitable[Message]:
    return person.say("Вы сейчас работаете?")


DURABLE = Scenario(
    "durable", "(a) durable answer", ("bot", "run"), begin_profiling, answer_question, ANSWERS_EACH
)
ECHO = Scenario("echo", "(b) bare aiogram echo", ("tests.bench.echo_bot",), begin_dialog, say_something)
SWITCH = Scenario(
    "switch", "(c) aiogram_dialog switch", ("tests.bench.switch_bot",), begin_dialog, switch_window
)
SCENARIOS = (DURABLE, ECHO, SWITCH)


async def environment(url: str, folder: Path) -> dict[str, str]:
    """Settings for the real bot, with a database that knows one group."""
    address = f"sqlite+aiosqlite:///{folder}/bench.db"
    upgrade(address)
    database = Database(address)
    await database.write(lambda connection: save_group(connection, GROUP))
    await database.close()
    return {"BOT_TOKEN": DEFAULT_TOKEN, "TELEGRAM_API_URL": url, "DATABASE_URL": address}
