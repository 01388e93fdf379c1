"""What a person can do in a questionnaire, and what comes of it. Codes only: texts are made elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.questionnaire.session import Session


@dataclass(frozen=True, slots=True)
class Choose:
    """One option of a single question, or the value of a directory's entry."""

    question: str
    option: str


@dataclass(frozen=True, slots=True)
class Toggle:
    """One option of a multiple question, on or off."""

    question: str
    option: str


@dataclass(frozen=True, slots=True)
class Finish:
    """A multiple question: that is all."""

    question: str


@dataclass(frozen=True, slots=True)
class Write:
    """A typed message: it answers whatever is asked now."""

    text: str


@dataclass(frozen=True, slots=True)
class Skip:
    """No answer to an optional question."""

    question: str


@dataclass(frozen=True, slots=True)
class Back:
    """From a question, or from SENSITIVE_CONSENT or REVIEW, to the question before."""

    question: str


@dataclass(frozen=True, slots=True)
class Edit:
    """From the review to a question; with SENSITIVE_CONSENT, to deciding on it again."""

    question: str


@dataclass(frozen=True, slots=True)
class ConsentSensitive:
    """The answer at SENSITIVE_CONSENT."""

    given: bool


@dataclass(frozen=True, slots=True)
class Confirm:
    """The review is right."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that is never an answer: a photo, a sticker, a voice message."""


Step = Choose | Toggle | Finish | Write | Skip | Back | Edit | ConsentSensitive | Confirm | Wrong


class Event(StrEnum):
    """What came of a step."""

    ACCEPTED = "accepted"
    TOGGLED = "toggled"
    CANDIDATES = "candidates"
    REJECTED = "rejected"
    STALE = "stale"
    AT_START = "at_start"
    COMPLETED = "completed"
    CONFIRMED = "confirmed"


class Reason(StrEnum):
    """Why an answer was rejected."""

    BUTTON_EXPECTED = "button_expected"
    TEXT_EXPECTED = "text_expected"
    NOT_A_NUMBER = "not_a_number"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOT_A_DATE = "not_a_date"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    WRONG_PATTERN = "wrong_pattern"
    NOT_FOUND = "not_found"
    NOTHING_CHOSEN = "nothing_chosen"
    NOT_OPTIONAL = "not_optional"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason with its parameters: `minimum` and `maximum` (int, or an ISO date) where they are set,
    and `length` (characters) for a text that is too long or too short."""

    reason: Reason
    parameters: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The session after a step, and what happened. `refusal` is set exactly when the event is REJECTED."""

    session: Session
    event: Event
    refusal: Refusal | None = None
