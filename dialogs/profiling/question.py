"""One window for every question, whatever its kind."""

from dataclasses import dataclass

from aiogram.types import InlineKeyboardButton

from bot.domain.questionnaire import Kind, Question, Refusal, in_language, progress
from bot.services.profiling import Turn
from dialogs.presses import Act, ProfilingPress
from dialogs.screen import Row, Screen, button, in_rows, screen
from locales.text import Text

SHORT = 16
"""Characters of an option that still stands beside another one on a narrow phone."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What is said above the question: why an answer was not taken, or why it is asked."""

    refusal: Refusal | None = None
    help_shown: bool = False


def question_screen(text: Text, turn: Turn, question: Question, hint: Hint | None = None) -> Screen:
    """The current question with its options, Back, Skip and "why we ask"."""
    hint = hint or Hint()
    where = progress(turn.definition, turn.session)
    message = text.render(
        "question.j2",
        number=where.number,
        total=where.total,
        question=in_language(question.text, text.language),
        help=in_language(question.help, text.language) if hint.help_shown else None,
        refusal=refusal_text(text, hint.refusal) if hint.refusal else None,
        chosen=bool(turn.session.candidates),
    )
    rows = [*_options(text, turn, question), _navigation(text, turn, question, hint, first=where.number == 1)]
    return screen(message, rows)


def refusal_text(text: Text, refusal: Refusal) -> str:
    """Why an answer was not taken, and what to do now."""
    return text.html(f"refused-{refusal.reason.replace('_', '-')}", **refusal.parameters)


def _options(text: Text, turn: Turn, question: Question) -> list[Row]:
    if question.kind is Kind.SINGLE:
        buttons = [
            _press(in_language(option.text, text.language), Act.CHOOSE, question.id, option.id)
            for option in question.options
        ]
        return in_rows(buttons, _width(buttons))
    if question.kind is Kind.MULTIPLE:
        return _ticks(text, turn, question)
    buttons = [_press(choice.title, Act.CHOOSE, question.id, choice.value) for choice in turn.choices]
    return in_rows(buttons, _width(buttons))


def _ticks(text: Text, turn: Turn, question: Question) -> list[Row]:
    draft = turn.session.draft
    rows = []
    for option in question.options:
        key = "option-ticked" if option.id in draft else "option-unticked"
        title = text.plain(key, option=in_language(option.text, text.language))
        rows.append([_press(title, Act.TOGGLE, question.id, option.id)])
    if draft:
        rows.append([_press(text.plain("button-finish", count=len(draft)), Act.FINISH, question.id)])
    return rows


def _navigation(text: Text, turn: Turn, question: Question, hint: Hint, *, first: bool) -> Row:
    row = []
    if not first or turn.session.editing:
        row.append(_press(text.plain("button-back"), Act.BACK, question.id))
    if question.optional:
        row.append(_press(text.plain("button-skip"), Act.SKIP, question.id))
    if not hint.help_shown:
        row.append(_press(text.plain("button-why"), Act.HELP, question.id))
    return row


def _press(title: str, act: Act, question: str, option: str = "") -> InlineKeyboardButton:
    return button(title, ProfilingPress(act=act, question=question, option=option).pack())


def _width(buttons: list[InlineKeyboardButton]) -> int:
    longest = max((len(one.text) for one in buttons), default=0)
    return 1 if longest > SHORT else 3 if longest <= SHORT // 2 else 2
