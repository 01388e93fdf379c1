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
    TOWNS = "w"
    LOOK = "n"


class VacancyPress(CallbackData, prefix="v"):
    """A press among the vacancies; `value` is a reason, or a filter as name=value."""

    act: VacancyAct
    vacancy: int = 0
    page: int = 0
    value: str = ""


class AgainAct(StrEnum):
    """What a press on the invitation to look at one's answers does."""

    LOOK = "o"
    SAME = "s"
    LATER = "l"
    STOP = "x"
    BACK = "b"


class AgainPress(CallbackData, prefix="pa"):
    act: AgainAct


class JobPress(CallbackData, prefix="j"):
    """A press under the jobs of the schedule: run this one now, or none: look again."""

    name: str = ""


class CampaignAct(StrEnum):
    """What a press about a campaign does; the last two are a recipient's."""

    LIST = "l"
    NEW = "n"
    OPEN = "o"
    PAUSE = "p"
    RESUME = "r"
    CANCEL = "c"
    CANCELLED = "x"
    STOP = "s"
    BACK = "b"


class CampaignPress(CallbackData, prefix="k"):
    act: CampaignAct
    campaign: int = 0


class SubscriptionAct(StrEnum):
    """What a press about subscriptions does."""

    LIST = "i"
    OPEN = "o"
    ADD = "a"
    RETIME = "t"
    LESS = "l"
    PAUSES = "e"
    PAUSE = "p"
    RESUME = "r"
    DROP = "d"
    TAKE_BACK = "b"
    MORE = "m"
    NARROW = "n"


class SubscriptionPress(CallbackData, prefix="s"):
    """`which` are up to four subscriptions, hexadecimal, with dots between; none: all of the person's."""

    act: SubscriptionAct
    which: str = Field("", pattern=r"^([0-9a-f]{1,13}(\.[0-9a-f]{1,13}){0,3})?$")
    value: str = ""

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(int(one, 16) for one in self.which.split(".") if one)


class MailingAct(StrEnum):
    """What a press about messages in general does."""

    CONSENT = "c"
    AGREE = "y"
    REFUSE = "n"
    READ = "r"
    WITHDRAW = "w"
    HOURS = "h"
    SET = "s"
    ZONES = "z"


class MailingPress(CallbackData, prefix="q"):
    """`value` is what is set, as name=value."""

    act: MailingAct
    value: str = ""


class EventAct(StrEnum):
    """What a press about an event does. Of a student; staff have buttons of their own."""

    LIST = "l"
    DAY = "a"
    MONTH = "m"
    MINE = "p"
    OPEN = "o"
    SIGN_UP = "s"
    WAIT = "w"
    CONFIRM = "y"
    DECLINE = "n"
    CANCEL = "c"
    REMIND = "r"
    CALENDAR = "i"
    CHECK_IN = "k"
    RATE = "t"
    WHY = "q"
    CERTIFICATE = "d"


BELOW = "n"
"""The value of a button whose answer goes into a message of its own: what it stands under is to stay."""


class EventPress(CallbackData, prefix="ev"):
    """A press about an event; `event` is its code, `value` a day, a month, hours, a rating or a reason."""

    act: EventAct
    event: str = ""
    page: int = 0
    value: str = ""


class DoorPress(CallbackData, prefix="ed"):
    """A press under the code at an event's door: show the one of this moment. `event` is the event's code."""

    event: str
