"""Forged callback data: whatever a modified client sends, nothing changes and nothing breaks."""

import random
import string

from bot.domain.questionnaire import REVIEW
from bot.sandbox.person import Press, SandboxError
from dialogs.presses import Act
from tests.conversation.conftest import World
from tests.conversation.stored import everything
from tests.conversation.student import Student, newcomer, profiled

ALPHABET = string.ascii_letters + string.digits + ":;|/\\ \x00\x1d\n%_<>&'\"{}[]яЯё№🙂\u202e"
PREFIXES = ("p", "c", "n", "m", "l", "x")
HARMLESS = ("message is not modified", "message to delete not found", "message to edit not found")
"""What a screen that is asked for twice is refused with."""

VALID_ELSEWHERE = (
    "p:a:employment:none",
    "p:t:plans:work",
    "p:f:plans:",
    "p:y::",
    "p:c::",
    "p:r::",
    "p:b:plans:",
)


def nonsense(count: int, seed: int) -> list[str]:
    """Random texts and data with a right prefix and a wrong tail, of up to 64 bytes."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        words = "".join(chance.choice(ALPHABET) for _ in range(chance.randint(1, 60)))
        prefix = chance.choice(("", *(f"{one}:" for one in PREFIXES), "p:a:", "p:t:requests:", "c:b:ru:"))
        made.append((prefix + words).encode()[:64].decode(errors="ignore"))
    return [data for data in made if data.strip()]


def wrong_tails() -> list[str]:
    """Right prefixes, and after them questions, options, places and codes that there are not."""
    acts = [act.value for act in Act if act not in (Act.RESUME, Act.CHANGE, Act.HELP, Act.START_OVER)]
    acts.remove(Act.WITHDRAW_SENSITIVE.value)
    questions = ("", "nothing", "requests'--", "@review", "@sensitive_consent", "организация", "1", "None")
    options = ("", "none", "<b>")
    presses = [f"p:{act}:{question}:{option}" for act in acts for question in questions for option in options]
    others = [
        "p",
        "p:",
        "p:a",
        "p:a:b",
        "p:a:b:c:d",
        "p:zz:requests:first_job",
        "n:o:",
        "n:o:nothing",
        "n:d:nothing",
    ]
    others += ["n:q:x", "m:nowhere", "m:", "x:", "x:2", "x:maybe", "l:", "l", "c:z:ru:", "c:y", "c", "я" * 32]
    return [data for data in presses + others if data not in VALID_ELSEWHERE and len(data.encode()) <= 64]


async def _forge(student: Student, data: str) -> Press:
    """On the newest screen; while it is pressed the bot may put another in its place."""
    while True:
        newest = (await student.screen()).id
        try:
            return await student.person.press(data=data, message_id=newest, forged=True)
        except SandboxError:
            assert newest not in {message.id for message in await student.messages()}


async def assert_harmless(student: Student, forged: list[str]) -> None:
    """Press each; nothing in the database changes, every press is answered, no fault, nothing refused."""
    app = student.world.app
    before = _essence(await everything(app))
    for press in [await _forge(student, data) for data in forged]:
        await press.answer()
    await student.idle()
    assert "наша вина" not in await student.person.transcript()
    assert _essence(await everything(app)) == before
    refused = await student.world.refusals()
    assert [one for one in refused if not any(harmless in one for harmless in HARMLESS)] == []


def _essence(stored: dict[str, list[dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    """What is stored, without which message shows the question and when it was last shown."""
    for row in stored["profiling_sessions"]:
        row.pop("screen")
        row.pop("updated_at")
    return stored


async def test_nonsense_in_the_middle_of_the_questionnaire(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until="resume")
    await assert_harmless(student, [*wrong_tails(), *VALID_ELSEWHERE])
    await student.finish_questionnaire()


async def test_random_texts_in_the_middle_of_the_questionnaire(world: World) -> None:
    student = await newcomer(world)
    await student.begin()
    await student.finish_questionnaire(until="organisation")
    forged = [
        *nonsense(200, seed=1),
        "p:a:organisation:nothing",
        "p:a:organisation:isp21",
        "p:s:organisation:",
    ]
    await assert_harmless(student, forged)
    await student.finish_questionnaire()


async def test_nonsense_on_the_review_and_after_the_end(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until=REVIEW)
    await assert_harmless(
        student, [*nonsense(60, seed=2), "p:e:nothing:", "p:e:disability:", "p:e:personal_code:"]
    )
    await student.choose("Всё верно")
    await assert_harmless(student, [*nonsense(60, seed=3), *VALID_ELSEWHERE[:3], "p:n::"])


async def test_nonsense_of_somebody_without_a_profile(world: World) -> None:
    student = await newcomer(world)
    await student.write("/start")
    forged = [
        *nonsense(60, seed=4),
        *VALID_ELSEWHERE,
        "p:n::",
        "p:w::",
        "p:o::",
        "n:l:",
        "n:d:make_resume",
        "x:1",
    ]
    forged += ["m:profile", "m:home", "m:steps", "m:help", "m:language", "l:en", "l:xx", "c:n:ru:", "c:l:xx:"]
    await assert_harmless(student, forged)


async def test_a_consent_with_a_forged_group_or_language(world: World) -> None:
    student = await newcomer(world)
    await student.write("/start")
    longest = "x" * (64 - len("c:b:r:"))
    for data in ("c:b::" + "я" * 29, f"c:b:r:{longest}", f"c:n:r:{longest}", "c:r:zz:", f"c:l::{longest}"):
        await assert_harmless(student, [data])


async def test_other_peoples_codes_and_staffs_dialogs_do_not_open(world: World) -> None:
    victim = await profiled(world)
    code = (await victim.row())["code"]
    student = await profiled(world, name="Хитрый")
    forged = [
        code,
        f"p:e:{code}:",
        f"n:o:{code}",
        f"m:{code}",
        f"\x1dfound:{code}",
        f"aaaaaa\x1dfound:{code}",
    ]
    forged += [f"aiogd_i_|found:{code}", "aaaaaa\x1dfacts:disability", "aaaaaa\x1denter", "aaaaaa\x1dclose"]
    forged += ["enter", "close", "roles:specialist", "aaaaaa\x1droles:coordinator", "\x1d", "\x1d\x1d"]
    await assert_harmless(student, forged)
    assert code not in await student.person.transcript() or code in "".join(forged)
    assert "Аня" not in await student.person.transcript()
