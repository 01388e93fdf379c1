"""Every screen of both languages is one that Telegram takes, and fits a phone."""

import pytest

from bot.config import STANDARD
from bot.domain.questionnaire import REVIEW, SENSITIVE_CONSENT, Definition, Question, Reason, Refusal, Session
from bot.domain.risk.criteria import Criteria
from bot.sandbox.html_text import parse_html
from bot.services.colleges import CollegeJoined, GroupJoined
from bot.services.profiling import Turn
from bot.sources.definition_file import read_definition
from dialogs.menu import colleges_text, erase_screen, groups_text, home_screen, language_screen, resume_screen
from dialogs.profiling.consent import refused_screen, sensitive_consent_screen, welcome_screen
from dialogs.profiling.question import Hint, question_screen, refusal_text
from dialogs.screen import Screen
from dialogs.steps import step_screen, steps_screen
from locales.text import LANGUAGES, Text
from tests.unit.test_text import strings

DEFINITION = read_definition(STANDARD / "questionnaire.yaml", Definition)
CRITERIA = read_definition(STANDARD / "criteria.yaml", Criteria)
WICKED = '<b>Аня & "Ко" < > &lt; 👩‍🔧'
LONGEST_MESSAGE = 4096
ONE_SCREEN = 900
"""Characters that a phone shows without scrolling, with buttons below."""

WIDEST_BUTTON = 64
COMMAND_DESCRIPTION = 256
BOT_DESCRIPTION = 512


@pytest.fixture(params=LANGUAGES)
def text(request: pytest.FixtureRequest) -> Text:
    return Text(request.param, "Europe/Moscow")


def taken(html: str, limit: int = LONGEST_MESSAGE) -> str:
    """The visible text, if Telegram takes it and it fits."""
    visible = parse_html(html).text
    assert visible.strip()
    assert len(visible) <= limit, f"{len(visible)}: {visible}"
    assert "{" not in visible
    return visible


def check(screen: Screen, limit: int = ONE_SCREEN) -> None:
    taken(screen.text, limit)
    for row in screen.keyboard.inline_keyboard:
        for button in row:
            assert 0 < len(button.text) <= WIDEST_BUTTON
            assert len((button.callback_data or "").encode()) <= 64
            assert bool(button.callback_data) != bool(button.url)


@pytest.mark.parametrize("question", DEFINITION.questions, ids=lambda question: question.id)
def test_questions(text: Text, question: Question) -> None:
    turn = Turn(DEFINITION, Session(DEFINITION.digest, question.id))
    plain = question_screen(text, turn, question)
    check(plain)
    check(question_screen(text, turn, question, Hint(help_shown=True)))
    for reason in Reason:
        refusal = Refusal(reason, {"minimum": 1, "maximum": 60, "length": 61})
        assert taken(refusal_text(text, refusal)) in taken(
            question_screen(text, turn, question, Hint(refusal)).text
        )


@pytest.mark.parametrize("code", CRITERIA.steps)
def test_steps(text: Text, code: str) -> None:
    check(step_screen(text, code, CRITERIA.steps[code], None))
    check(step_screen(text, code, CRITERIA.steps[code], WICKED))
    check(steps_screen(text, [(code, CRITERIA.steps[code])], just_finished=True))


def test_small_screens(text: Text) -> None:
    check(welcome_screen(text, "x" * 40, WICKED, "2026-11"))
    check(welcome_screen(text, "", None, "2026-11"))
    for screen in (refused_screen(text, "x" * 40), sensitive_consent_screen(text), language_screen(text)):
        check(screen)
    for screen in (erase_screen(text), home_screen(text, WICKED), home_screen(text, None)):
        check(screen)
    for left in (0, 1, 7, 16):
        check(resume_screen(text, left))
    assert WICKED in taken(home_screen(text, WICKED).text)


def test_lists_of_staff(text: Text) -> None:
    groups = [GroupJoined(WICKED, "code", 3, 1)]
    assert WICKED in taken(groups_text(text, groups, {"code": "https://t.me/b?start=g_code"}))
    assert "3 / 1" in taken(colleges_text(text, [CollegeJoined(WICKED, 3, 1)]))
    assert "import-groups" in taken(groups_text(text, [], {}))
    taken(colleges_text(text, []))


@pytest.mark.parametrize("role", [None, "specialist", "coordinator"])
@pytest.mark.parametrize("administrator", [True, False])
def test_what_roles_are_told(text: Text, role: str | None, *, administrator: bool) -> None:
    told = taken(text.render("help.j2", role=role, administrator=administrator))
    assert ("/invite" in told) == administrator
    assert ("/student" in told) == (role == "specialist")
    assert ("/delete_me" in told) == (role is None and not administrator)
    if role or administrator:
        taken(text.render("staff_home.j2", role=role, administrator=administrator))
    if role:
        taken(text.render("linked.j2", role=role, organisation=WICKED))


def test_every_string(text: Text) -> None:
    for key, variables in strings(text.language).items():
        filled = {name: 3 if name in ("count", "minimum", "maximum") else WICKED for name in variables}
        visible = taken(text.html(key, **filled), 400)
        for name, value in filled.items():
            assert str(value) in visible or name == "count", key
        plain = text.plain(key, **{name: value if value == 3 else "я" for name, value in filled.items()})
        if key.startswith("button-"):
            assert len(plain) <= 32, plain
        if key.startswith("press-") or key == "step-noted":
            assert len(plain) <= 200
        if key.startswith("command-"):
            assert len(plain) <= COMMAND_DESCRIPTION
    assert len(text.plain("bot-description")) <= BOT_DESCRIPTION


def test_places_that_are_no_question_have_a_screen(text: Text) -> None:
    assert {REVIEW, SENSITIVE_CONSENT}.isdisjoint(question.id for question in DEFINITION.questions)


def test_the_consent_document_is_plain_text(text: Text) -> None:
    document = text.render("consent_document.j2", version="2026-11")
    assert "2026-11" in document
    assert "<" not in document
    assert "&" not in document
