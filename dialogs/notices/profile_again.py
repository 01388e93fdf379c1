"""The invitation to look whether one's answers still hold."""

from collections.abc import Mapping, Sequence
from typing import Any

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from sqlalchemy import Connection

from bot.delivery.letters import Letter
from bot.domain.clock import now
from bot.domain.questionnaire import REVIEW
from bot.services.profile_again import due
from bot.services.profiling import Profiling, Turn
from dialogs.presses import AgainAct, AgainPress
from dialogs.profiling import profiling_screen
from dialogs.screen import Screen, button, screen
from locales.text import Text, Texts
from storage import profile_again
from storage.outbox import Taken
from storage.profile_again import Answered


class ProfileAgainComposer:
    """Composes `profile_again`."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def load(self, connection: Connection, taken: Sequence[Taken]) -> Mapping[int, Answered]:
        """Who is still to be asked: not whoever has answered, found work or said no in the meantime."""
        people = [row.person_id for row in taken if row.person_id is not None]
        found = profile_again.askable(connection, people)
        at = now()
        return {
            row.id: answered
            for row in taken
            if (answered := found.get(row.person_id or 0)) is not None and due(answered, at)
        }

    def compose(self, taken: Taken, loaded: Any) -> Letter:
        """A kind question; nothing of the answers, a stranger may read it on the locked screen."""
        text = self._texts.of(taken.language or "")
        rows = [
            [_press(text, "button-again-look", AgainAct.LOOK)],
            [_press(text, "button-again-later", AgainAct.LATER)],
            [_press(text, "button-again-stop", AgainAct.STOP)],
        ]
        return Letter(text.html("again-invitation"), InlineKeyboardMarkup(inline_keyboard=rows))


def again_screen(text: Text, turn: Turn, profiling: Profiling) -> Screen:
    """The answers with a button that they still hold; an unfinished questionnaire goes on instead."""
    shown = profiling_screen(text, turn, profiling)
    if not turn.session.completed or turn.session.at != REVIEW:
        return shown
    rows = [[_press(text, "button-again-same", AgainAct.SAME)], *shown.keyboard.inline_keyboard]
    return screen(shown.text, rows)


def stopped_screen(text: Text) -> Screen:
    """No more of these, and the way back."""
    return screen(text.html("again-stopped"), [[_press(text, "button-again-back", AgainAct.BACK)]])


def _press(text: Text, key: str, act: AgainAct) -> InlineKeyboardButton:
    return button(text.plain(key), AgainPress(act=act).pack())
