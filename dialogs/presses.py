"""What the buttons of stateless screens carry. They live for years and can be forged: services check.

Prefixes are short: callback data holds 64 bytes at most.
"""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData
from pydantic import Field


class Act(StrEnum):
    """What a press on a questionnaire's screen does."""

    CHOOSE = "a"
    TOGGLE = "t"
    FINISH = "f"
    SKIP = "s"
    BACK = "b"
    EDIT = "e"
    HELP = "h"
    CONSENT_SENSITIVE = "c"
    REFUSE_SENSITIVE = "r"
    WITHDRAW_SENSITIVE = "w"
    CONFIRM = "y"
    CHANGE = "g"
    RESUME = "o"
    START_OVER = "n"


class ProfilingPress(CallbackData, prefix="p"):
    """A press in the questionnaire; the question's id makes a double tap harmless."""

    act: Act
    question: str = ""
    option: str = ""


class ConsentAct(StrEnum):
    AGREE = "y"
    REFUSE = "n"
    READ = "r"
    LANGUAGE = "l"
    RECONSIDER = "b"


class ConsentPress(CallbackData, prefix="c"):
    """A press on the consent; language and group travel in the button, since nothing is stored yet."""

    act: ConsentAct
    language: str = Field(pattern="^[a-z]{2}$")  # a forged shorter one would not fit when packed again
    group: str = ""


class StepAct(StrEnum):
    LIST = "l"
    OPEN = "o"
    DONE = "d"


class StepPress(CallbackData, prefix="n"):
    """A press among the steps that help."""

    act: StepAct
    code: str = ""


class Place(StrEnum):
    """Where a menu button leads."""

    PROFILE = "profile"
    STEPS = "steps"
    LANGUAGE = "language"
    HELP = "help"
    HOME = "home"


class MenuPress(CallbackData, prefix="m"):
    place: Place


class LanguagePress(CallbackData, prefix="l"):
    language: str


class ErasePress(CallbackData, prefix="x"):
    sure: bool


class VacancyAct(StrEnum):
    """What a press among the vacancies does."""

    LIST = "l"
    OPEN = "o"
    SAVE = "s"
    UNSAVE = "u"
    HIDE = "h"
    HIDDEN = "d"
    APPLIED = "a"
    HIRED = "j"
    HIRED_IN_TRADE = "t"
    HIRED_ELSEWHERE = "e"
    FILTERS = "f"
    FILTER = "c"
    RESET = "r"
    SEARCH = "q"


class VacancyPress(CallbackData, prefix="v"):
    """A press among the vacancies; `value` is a reason, or a filter as name=value."""

    act: VacancyAct
    vacancy: int = 0
    page: int = 0
    value: str = ""
