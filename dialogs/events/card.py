"""One event: when, where, for whom, where the reader stands, and what to do about it."""

import datetime as dt
from dataclasses import dataclass, fields
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from bot.domain.events.audience import Audience
from bot.domain.events.door import OPENS_BEFORE
from bot.domain.events.event import Event
from bot.domain.events.kinds import Attendance
from bot.domain.events.lifecycle import EXPECTED, EventState, RegistrationState
from bot.domain.events.refusals import Refusal
from bot.domain.events.times import REMINDER_HOURS
from bot.services.events.cards import Card
from bot.services.events.student import BEST_RATING
from dialogs.events import words
from dialogs.events.lists import MINE, day_of, press
from dialogs.presses import Act, EventAct, ProfilingPress
from dialogs.screen import Row, Screen, button, link, screen
from locales.text import Text

_SEPARATOR = ", "


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks, when, by which clock, and where the way back leads: a day, the own events, or the list.

    `remark` is said above the card; `asking`: the next typed sentence is about the event.
    """

    at: dt.datetime
    clock: ZoneInfo
    origin: str = ""
    page: int = 0
    remark: str = ""
    asking: bool = False


def card_screen(text: Text, card: Card, look: Look) -> Screen:
    """The event with what can be done about it now."""
    event = card.event
    message = text.render(
        "event.j2",
        event=event,
        organisation=card.organisation,
        when=words.when(text, event, look.at.astimezone(look.clock).date()),
        other_clock=words.other_clock(event, look.clock),
        audience=_audience(text, card),
        fits=_fits(text, card),
        deadline=_deadline(text, card, look.at),
        seats=_seats(text, card, look.at),
        standing=_standing(text, card, look),
        remark=look.remark,
    )
    return screen(
        message, [*_actions(text, card, look), *_files(text, card, look), *_leaving(text, card, look)]
    )


def refused_screen(text: Text, refusal: Refusal) -> Screen:
    """There is no card to show: why, and what there is instead."""
    other = press(text.plain("button-event-all"), EventAct.LIST)
    return screen(text.html(f"event-refused-{refusal}"), [[other]])


def thanks_screen(text: Text, key: str) -> Screen:
    """A word of thanks, and where to go on."""
    rows = [
        [press(text.plain("button-event-mine"), EventAct.MINE)],
        [press(text.plain("button-event-all"), EventAct.LIST)],
    ]
    return screen(text.html(key), rows)


def waiting_screen(text: Text, code: str, *, half_way: bool) -> Screen:
    """For whoever has no profile yet: the event waits under a button, since nothing may be stored before."""
    rows: list[Row] = [[press(text.plain("button-event-open"), EventAct.OPEN, code)]] if code else []
    if half_way:
        rows.append([button(text.plain("button-resume"), ProfilingPress(act=Act.RESUME).pack())])
    return screen(text.html("event-first-profile"), rows)


def _state(card: Card) -> RegistrationState | None:
    return card.registration.state if card.registration else None


def _coming(card: Card, at: dt.datetime) -> bool:
    return card.event.state is EventState.PUBLISHED and at < card.event.starts_at


def _standing(text: Text, card: Card, look: Look) -> str:
    """Where the reader stands."""
    event, registration = card.event, card.registration
    if event.state is EventState.CANCELLED:
        return text.html("event-standing-off")
    state = _state(card)
    if state is RegistrationState.ATTENDED:
        return _visit(text, card, look)
    if state is not None and state is not RegistrationState.CANCELLED:
        offered = registration.offered_until if registration else None
        until = words.until(text, offered, event, look.at) if offered else ""
        return text.html(f"event-standing-{state}", place=card.place_in_line or 0, until=until)
    if card.refusal is not None:
        return text.html(f"event-refused-{card.refusal}")
    return text.html("event-standing-cancelled") if state else ""


def _visit(text: Text, card: Card, look: Look) -> str:
    """The reader is there, or was: what they said of it, or how to say it."""
    registration = card.registration
    if registration is None or registration.rating is None:
        over = look.at >= card.event.ends_at
        return text.html("event-standing-attended" if over else "event-standing-here")
    stars = "★" * registration.rating + "☆" * (BEST_RATING - registration.rating)
    if registration.comment or not look.asking:
        return text.html("event-standing-rated", stars=stars)
    return text.html("event-standing-say", stars=stars)


def _seats(text: Text, card: Card, at: dt.datetime) -> str:
    if card.seats_left is None or not _coming(card, at):
        return ""
    if card.seats_left:
        return text.html("event-seats", count=card.seats_left)
    return text.html("event-seats-waiting", count=card.waiting) if card.waiting else ""


def _deadline(text: Text, card: Card, at: dt.datetime) -> str:
    """Until when to sign up, where that is not until the beginning."""
    event = card.event
    if event.deadline_at >= event.starts_at or at >= event.deadline_at or not _coming(card, at):
        return ""
    return words.until(text, event.deadline_at, event, at)


def _audience(text: Text, card: Card) -> str:
    """Who is meant."""
    audience = card.event.audience
    if audience.open:
        return text.plain("event-for-college" if card.organisation else "event-for-region")
    said = []
    for chosen in fields(audience):
        values = getattr(audience, chosen.name)
        if values:
            named = [text.find(f"campaign-request-{value}") or str(value) for value in values]
            said.append(text.plain(f"event-for-{chosen.name}", values=_SEPARATOR.join(named)))
    return "; ".join(said)


def _fits(text: Text, card: Card) -> str:
    """Why it is for the reader; nothing where it is for everybody, or where they have decided already."""
    audience: Audience = card.event.audience
    if card.registration is not None:
        return ""
    named = [chosen.name for chosen in fields(audience) if getattr(audience, chosen.name)]
    return _SEPARATOR.join(text.plain(f"event-fits-{name}") for name in named)


def _actions(text: Text, card: Card, look: Look) -> list[Row]:
    """What most people want to do now."""
    state = _state(card)
    if state is None or state is RegistrationState.CANCELLED:
        return _signing_up(text, card, look)
    if state is RegistrationState.OFFERED and _coming(card, look.at):
        confirm = _act(text, "button-event-confirm", EventAct.CONFIRM, card, look)
        return [[confirm, _act(text, "button-event-decline", EventAct.DECLINE, card, look)]]
    if state is RegistrationState.ATTENDED:
        code = card.event.code
        rating = card.registration.rating if card.registration else None
        stars = [
            press(f"{number}{'★' if number == rating else '☆'}", EventAct.RATE, code, value=str(number))
            for number in range(1, BEST_RATING + 1)
        ]
        return [stars]
    if state in EXPECTED and _door_open(card.event, look.at):
        return [[_act(text, "button-event-here", EventAct.CHECK_IN, card, look)]]
    return []


def _signing_up(text: Text, card: Card, look: Look) -> list[Row]:
    if card.refusal is Refusal.FULL:
        return [[_act(text, "button-event-wait", EventAct.WAIT, card, look)]]
    if card.refusal is None:
        again = card.registration is not None
        key = "button-event-sign-up-again" if again else "button-event-sign-up"
        return [[_act(text, key, EventAct.SIGN_UP, card, look)]]
    return []


def _files(text: Text, card: Card, look: Look) -> list[Row]:
    """The map, the calendar, the certificate, the reminders."""
    event, state = card.event, _state(card)
    row: Row = []
    if state in EXPECTED and _coming(card, look.at):
        row.append(_act(text, "button-event-calendar", EventAct.CALENDAR, card, look))
    elif card.registration is not None and _has_left_the_calendar(card):
        row.append(_act(text, "button-event-uncalendar", EventAct.CALENDAR, card, look))
    elif state is RegistrationState.ATTENDED and look.at >= event.ends_at:
        row.append(_act(text, "button-event-certificate", EventAct.CERTIFICATE, card, look))
    if event.map_link and look.at < event.ends_at:
        row.append(link(text.plain("button-event-map"), event.map_link))
    return [row, _reminders(text, card, look.at)]


def _has_left_the_calendar(card: Card) -> bool:
    return card.event.state is EventState.CANCELLED or _state(card) is RegistrationState.CANCELLED


def _reminders(text: Text, card: Card, at: dt.datetime) -> Row:
    """Bells that ring or do not; those whose time is past are gone."""
    registration, event = card.registration, card.event
    if registration is None or registration.state not in EXPECTED or not _coming(card, at):
        return []
    row = []
    for hours in REMINDER_HOURS:
        if at < event.starts_at - dt.timedelta(hours=hours):
            bell = "event-bell-on" if hours in registration.remind else "event-bell-off"
            title = text.plain(bell, when=text.plain(f"event-remind-{hours}"))
            row.append(press(title, EventAct.REMIND, event.code, value=str(hours)))
    return row


def _leaving(text: Text, card: Card, look: Look) -> list[Row]:
    """Giving the seat back, and the way back."""
    rows: list[Row] = []
    state = _state(card)
    if _coming(card, look.at) and state in EXPECTED:
        rows.append([_act(text, "button-event-cancel", EventAct.CANCEL, card, look)])
    if _coming(card, look.at) and state is RegistrationState.WAITING:
        rows.append([_act(text, "button-event-leave-line", EventAct.CANCEL, card, look)])
    if look.origin == MINE:
        rows.append([press(text.plain("button-event-back-mine"), EventAct.MINE, page=look.page)])
    elif day_of(look.origin):
        back = press(text.plain("button-event-back-day"), EventAct.DAY, page=look.page, value=look.origin)
        rows.append([back])
    else:
        rows.append([press(text.plain("button-event-back-list"), EventAct.LIST, page=look.page)])
    return rows


def _door_open(event: Event, at: dt.datetime) -> bool:
    there = event.starts_at - OPENS_BEFORE <= at <= event.ends_at
    return event.state is EventState.PUBLISHED and event.attendance is not Attendance.STAFF and there


def _act(text: Text, key: str, act: EventAct, card: Card, look: Look) -> InlineKeyboardButton:
    return press(text.plain(key), act, card.event.code, look.page, look.origin)
