"""The questionnaire's screens: `profiling_screen` picks the one for where a person stands."""

from bot.domain.questionnaire import REVIEW, SENSITIVE_CONSENT
from bot.services.profiling import Profiling, Turn
from dialogs.profiling.consent import sensitive_consent_screen
from dialogs.profiling.question import Hint, question_screen
from dialogs.profiling.review import review_screen
from dialogs.screen import Screen
from locales.text import Text


def profiling_screen(
    text: Text, turn: Turn, profiling: Profiling, hint: Hint | None = None, *, changing: bool = False
) -> Screen:
    """The question, the second consent or the review: whatever comes now."""
    if turn.session.at == REVIEW:
        return review_screen(text, turn, profiling, changing=changing)
    question = turn.question
    if turn.session.at == SENSITIVE_CONSENT or question is None:
        return sensitive_consent_screen(text)
    return question_screen(text, turn, question, hint)
