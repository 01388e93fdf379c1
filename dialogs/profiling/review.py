"""The review of all answers, and the profile later on: the same screen."""

from collections.abc import Sequence

from bot.domain.questionnaire import (
    SENSITIVE_CONSENT,
    Answer,
    Question,
    in_language,
    offers_sensitive,
    review,
)
from bot.services.consents import Consent
from bot.services.profiling import Profiling, Turn
from dialogs.presses import Act, MenuPress, Place, ProfilingPress, StepAct, StepPress
from dialogs.screen import Row, Screen, button, in_rows, screen
from locales.text import Text

PER_ROW = 2


def review_screen(
    text: Text,
    turn: Turn,
    profiling: Profiling,
    *,
    changing: bool = False,
    consents: Sequence[Consent] = (),
) -> Screen:
    """Every answer, and what was consented to when; then what comes next, or a button for each answer."""
    answered = review(turn.definition, turn.session)
    lines = [
        (in_language(question.title, text.language), answer_text(text, question, answer, profiling))
        for question, answer in answered
    ]
    message = text.render(
        "review.j2", lines=lines, completed=turn.session.completed, changing=changing, consents=consents
    )
    if not changing:
        return screen(message, _ending(text, turn))
    edits = [
        button(
            in_language(question.title, text.language),
            ProfilingPress(act=Act.EDIT, question=question.id).pack(),
        )
        for question, _ in answered
    ]
    back = [button(text.plain("button-back"), ProfilingPress(act=Act.RESUME).pack())]
    return screen(message, [*in_rows(edits, PER_ROW), *_sensitive(text, turn), back])


def answer_text(text: Text, question: Question, answer: Answer | None, profiling: Profiling) -> str:
    """An answer in words; a dash-like word where there is none."""
    if answer is None or answer.value is None:
        return text.plain("answer-skipped")
    if answer.label is not None:
        return answer.label
    if question.options:
        chosen = answer.value if isinstance(answer.value, tuple) else (str(answer.value),)
        options = [question.option(option_id) for option_id in chosen]
        return ", ".join(in_language(option.text, text.language) for option in options if option)
    if question.directory == "specialties":
        return profiling.specialty_title(str(answer.value)) or str(answer.value)
    return str(answer.value)


def _ending(text: Text, turn: Turn) -> list[Row]:
    change = [button(text.plain("button-change"), ProfilingPress(act=Act.CHANGE).pack())]
    if not turn.session.completed:
        return [[button(text.plain("button-confirm"), ProfilingPress(act=Act.CONFIRM).pack())], change]
    return [
        change,
        [button(text.plain("button-steps"), StepPress(act=StepAct.LIST).pack())],
        [button(text.plain("button-home"), MenuPress(place=Place.HOME).pack())],
    ]


def _sensitive(text: Text, turn: Turn) -> list[Row]:
    if turn.session.sensitive:
        title, act = "button-withdraw-sensitive", ProfilingPress(act=Act.WITHDRAW_SENSITIVE)
    elif offers_sensitive(turn.definition, turn.session):
        title, act = "button-add-sensitive", ProfilingPress(act=Act.EDIT, question=SENSITIVE_CONSENT)
    else:
        return []
    return [[button(text.plain(title), act.pack())]]
