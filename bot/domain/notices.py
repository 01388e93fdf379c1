"""What the career centre writes of its own accord: how urgent each kind is, and what a repeat would mean."""

from enum import IntEnum, StrEnum
from typing import NamedTuple


class Priority(IntEnum):
    """Smaller goes first."""

    ANSWER = 0
    CANCELLATION = 1
    REMINDER = 2
    DIGEST = 3
    CAMPAIGN = 4


class Uncertain(StrEnum):
    """What becomes of a message that was on its way when the process died: nobody knows whether it came."""

    REPEAT = "repeat"  # twice is better than never
    FLAG = "flag"  # never twice; staff see that it is uncertain


class NoticeKind(StrEnum):
    """What a message is. The codes are stored."""

    PROFILE_AGAIN = "profile_again"  # an invitation to go through the questions anew
    VACANCIES = "vacancies"  # new ones that fit a subscription
    CAMPAIGN = "campaign"
    CAMPAIGN_TEST = "campaign_test"  # to its author, before it starts
    EVENT_REMINDER = "event_reminder"
    EVENT_CHANGE = "event_change"  # another time or place
    EVENT_CHANGE_NOW = "event_change_now"  # the same, when it cannot wait for the end of quiet hours
    EVENT_CANCELLED = "event_cancelled"
    EVENT_CANCELLED_NOW = "event_cancelled_now"
    EVENT_OFFER = "event_offer"  # a seat, to the next in line
    EVENT_ABSENCE = "event_absence"  # a question to whoever did not come twice


class Policy(NamedTuple):
    """How messages of a kind are handled. `quiet`: they wait for the end of quiet hours and days off."""

    priority: Priority
    uncertain: Uncertain
    quiet: bool = True


POLICIES = {
    NoticeKind.PROFILE_AGAIN: Policy(Priority.REMINDER, Uncertain.REPEAT),
    NoticeKind.VACANCIES: Policy(Priority.DIGEST, Uncertain.FLAG),
    NoticeKind.CAMPAIGN: Policy(Priority.CAMPAIGN, Uncertain.FLAG),
    NoticeKind.CAMPAIGN_TEST: Policy(Priority.ANSWER, Uncertain.REPEAT, quiet=False),
    # when reminders and offers are due is chosen so that they wake nobody: see bot.domain.events.times
    NoticeKind.EVENT_REMINDER: Policy(Priority.REMINDER, Uncertain.REPEAT, quiet=False),
    NoticeKind.EVENT_CHANGE: Policy(Priority.CANCELLATION, Uncertain.REPEAT),
    NoticeKind.EVENT_CHANGE_NOW: Policy(Priority.CANCELLATION, Uncertain.REPEAT, quiet=False),
    NoticeKind.EVENT_CANCELLED: Policy(Priority.CANCELLATION, Uncertain.REPEAT),
    NoticeKind.EVENT_CANCELLED_NOW: Policy(Priority.CANCELLATION, Uncertain.REPEAT, quiet=False),
    NoticeKind.EVENT_OFFER: Policy(Priority.ANSWER, Uncertain.REPEAT, quiet=False),
    NoticeKind.EVENT_ABSENCE: Policy(Priority.DIGEST, Uncertain.FLAG),
}
