"""How events are worded for staff: lengths, deadlines, lines of a list, what is refused."""

from bot.domain.events.event import Event
from bot.domain.events.lifecycle import (
    EventState,
    EventStep,
    RegistrationState,
    RegistrationStep,
    event_after,
    registration_after,
)
from bot.domain.events.refusals import Refusal
from bot.services.events.desk import DeskCard
from bot.services.events.draft import HOUR, Part
from dialogs.events.words import shortest
from locales.text import Text

WIDEST = 60
"""Characters of an event's line on a button."""

STEPS = (EventStep.CHANGE, EventStep.PUBLISH, EventStep.CANCEL, EventStep.HOLD, EventStep.MARK)
MARKS = (RegistrationStep.ADMIT, RegistrationStep.MISS)
"""What staff do to events, and to people's registrations."""

OF_SERVICES = (Refusal.NOT_YET, Refusal.NOBODY, Refusal.FULL, Refusal.SEATS_TAKEN, Refusal.PUBLISHED)


def refusals() -> set[str]:
    """All that staff can be refused with."""
    of_events = (event_after(state, step) for state in EventState for step in STEPS)
    of_people = (registration_after(state, step) for state in (None, *RegistrationState) for step in MARKS)
    found = {one for one in (*of_events, *of_people) if isinstance(one, Refusal)}
    return {one.value for one in found | set(OF_SERVICES)}


def answer_title(text: Text, part: Part, value: str) -> str:
    """What a button says that answers a question about an event."""
    match part:
        case Part.KIND:
            return text.plain(f"event-kind-{value}")
        case Part.LENGTH:
            return length(text, int(value))
        case Part.DEADLINE:
            return text.plain(f"event-deadline-{value}")
        case Part.ATTENDANCE:
            return text.plain(f"event-attendance-{value}")
        case Part.ROTATING:
            return text.plain(f"value-{value}")
        case _:
            return value


def length(text: Text, minutes: int) -> str:
    """Hours and minutes, "1 h 30 min"."""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return text.plain("event-length-minutes", minutes=rest)
    if not rest:
        return text.plain("event-length-hours", hours=hours)
    return text.plain("event-length", hours=hours, minutes=rest)


def line(text: Text, card: DeskCard) -> str:
    """An event on a button of the list: when, how full, what."""
    event = card.event
    shown = f"{shortest(text, event, same_day=False)} {event.local_start:%H:%M} · {_full(card)}{event.title}"
    if event.state is EventState.DRAFT:
        shown = text.plain("event-desk-line-draft", line=shown)
    if event.state is EventState.CANCELLED:
        shown = text.plain("event-desk-line-cancelled", line=shown)
    return shortened(shown)


def shortened(title: str) -> str:
    return title if len(title) <= WIDEST else f"{title[: WIDEST - 1].rstrip()}…"


def taken(card: DeskCard) -> int:
    """People who have a seat, or had one when it was over."""
    without = (RegistrationState.WAITING, RegistrationState.CANCELLED)
    return sum(count for state, count in card.counts.items() if state not in without)


def _full(card: DeskCard) -> str:
    event: Event = card.event
    if event.state is EventState.DRAFT:
        return ""
    seats = f"/{event.seats}" if event.seats is not None else ""
    return f"{taken(card)}{seats} · "
