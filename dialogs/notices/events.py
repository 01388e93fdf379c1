"""Messages about events, made from the event as it is when they are sent.

A row knows which version of the event it was queued for: one that has been overtaken by a change is dropped,
so nobody is told of the old time after the new one.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aiogram.types import InlineKeyboardMarkup
from markupsafe import Markup
from sqlalchemy import Connection

from bot.delivery.letters import Later, Letter
from bot.domain.clock import now
from bot.domain.events.event import Event
from bot.domain.events.lifecycle import EXPECTED, EventState, Registration, RegistrationState
from bot.domain.notices import NoticeKind
from bot.domain.quiet import RegionZones, next_allowed
from bot.services.events.notices import CONCERNED
from bot.services.events.student import ABSENCE_REASONS
from dialogs.presses import BELOW, EventAct, EventPress
from dialogs.screen import Row, button
from locales.text import Text, Texts
from storage import events, registrations
from storage.notification_settings import quiet_hours
from storage.outbox import Taken

_CHANGES = {NoticeKind.EVENT_CHANGE, NoticeKind.EVENT_CHANGE_NOW}
_CANCELLATIONS = {NoticeKind.EVENT_CANCELLED, NoticeKind.EVENT_CANCELLED_NOW}

KINDS = (
    *_CHANGES,
    *_CANCELLATIONS,
    NoticeKind.EVENT_REMINDER,
    NoticeKind.EVENT_OFFER,
    NoticeKind.EVENT_ABSENCE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a message is made from. `at`: when."""

    event: Event
    registration: Registration
    at: dt.datetime


class EventComposer:
    """Composes everything about events."""

    def __init__(self, texts: Texts, zones: RegionZones) -> None:
        self._texts = texts
        self._zones = zones

    def load(self, connection: Connection, taken: Sequence[Taken]) -> Mapping[int, Told | Later]:
        """The event and the registration of each row, where there is still something to say."""
        at = now()
        found = events.several(connection, {row.values["event"] for row in taken})
        states = registrations.recipients(connection, list(found), RegistrationState)
        held = {(one.registration.event_id, one.person_id): one.registration for one in states}
        loaded: dict[int, Told | Later] = {}
        for row in taken:
            event = found.get(row.values["event"])
            registration = held.get((row.values["event"], row.person_id or 0))
            if event is not None and registration is not None and _holds(row, event, registration, at):
                loaded[row.id] = Told(event, registration, at)
        return loaded | self._put_off(connection, taken, loaded, at)

    def compose(self, taken: Taken, loaded: Any) -> Letter:
        """The message: its first line tells all."""
        told: Told = loaded
        text = self._texts.of(taken.language or "")
        if taken.kind is NoticeKind.EVENT_REMINDER:
            return _letter(_line(text, "event-notice-reminder", told), _coming(text, told))
        if taken.kind is NoticeKind.EVENT_OFFER:
            return _offer(text, told)
        if taken.kind is NoticeKind.EVENT_ABSENCE:
            return _absence(text, told)
        if taken.kind in _CANCELLATIONS:
            # the list comes in a message of its own: the cancellation is still to be read
            listed = EventPress(act=EventAct.LIST, value=BELOW)
            out = _press(text, "button-event-uncalendar", told, EventAct.CALENDAR)
            rows = [[out], [button(text.plain("button-notice-events"), listed.pack())]]
            return _letter(_line(text, "event-notice-cancelled", told), rows)
        waits = told.registration.state is RegistrationState.WAITING
        hint = text.html("event-notice-still-waiting" if waits else "event-notice-still-seated")
        rows = _coming(text, told)
        if not waits:
            rows.insert(1, [_press(text, "button-event-calendar", told, EventAct.CALENDAR)])
        return _letter(Markup("\n\n").join([_line(text, "event-notice-change", told), hint]), rows)

    def _put_off(
        self,
        connection: Connection,
        taken: Sequence[Taken],
        loaded: Mapping[int, Told | Later],
        at: dt.datetime,
    ) -> dict[int, Later]:
        """Reminders were to come at a good time; one that is late waits till the morning, if that will do."""
        reminders = [row for row in taken if row.kind is NoticeKind.EVENT_REMINDER and row.id in loaded]
        people = {row.person_id for row in reminders if row.person_id is not None}
        hours = quiet_hours(connection, people, self._zones) if people else {}
        later = {}
        for row in reminders:
            if row.person_id in hours:
                nights = replace(hours[row.person_id], days_off=0, holidays_off=False)
                allowed = next_allowed(at, nights)
                if at < allowed < row.expires_at:
                    later[row.id] = Later(allowed)
        return later


def _holds(row: Taken, event: Event, registration: Registration, at: dt.datetime) -> bool:
    """Whether what the row was queued for is still so."""
    state, same = registration.state, row.values["version"] == event.version
    published = event.state is EventState.PUBLISHED
    if row.kind is NoticeKind.EVENT_OFFER:
        until = registration.offered_until
        return published and state is RegistrationState.OFFERED and until == row.expires_at and until > at
    if row.kind is NoticeKind.EVENT_ABSENCE:
        return event.state is EventState.HELD and state is RegistrationState.ABSENT
    if row.kind is NoticeKind.EVENT_REMINDER:
        chosen = row.values["hours"] in registration.remind
        return same and published and state in EXPECTED and chosen and at < event.starts_at
    if row.kind in _CANCELLATIONS:
        return event.state is EventState.CANCELLED and state in CONCERNED
    return same and published and state in CONCERNED


def _line(text: Text, key: str, told: Told) -> Markup:
    """The first line: when, what, where."""
    event = told.event
    return text.html(key, when=moment(text, event.local_start, told.at), title=event.title, place=event.place)


def moment(text: Text, local: dt.datetime, at: dt.datetime) -> str:
    """Tomorrow at 15:00, seen from `at`, by the clock of `local`."""
    time = f"{local:%H:%M}"
    days = (local.date() - at.astimezone(local.tzinfo).date()).days
    if days == 0:
        return text.plain("event-when-today", time=time)
    if days == 1:
        return text.plain("event-when-tomorrow", time=time)
    return text.plain("event-when-day", date=text.date(local.date()), time=time)


def _offer(text: Text, told: Told) -> Letter:
    until = told.registration.offered_until
    assert until is not None, "an offer has an end"
    local = until.astimezone(told.event.local_start.tzinfo)
    hint = text.html("event-notice-offer-until", until=moment(text, local, told.at))
    rows = [
        [
            _press(text, "button-notice-event-take", told, EventAct.CONFIRM),
            _press(text, "button-notice-event-decline", told, EventAct.DECLINE),
        ],
        [_press(text, "button-notice-event-open", told, EventAct.OPEN)],
    ]
    return _letter(Markup("\n\n").join([_line(text, "event-notice-offer", told), hint]), rows)


def _absence(text: Text, told: Told) -> Letter:
    asked = text.html("event-notice-absence", title=told.event.title)
    rows = [
        [
            button(
                text.plain(f"event-why-{reason}"),
                EventPress(act=EventAct.WHY, event=told.event.code, value=reason).pack(),
            )
        ]
        for reason in ABSENCE_REASONS
    ]
    return _letter(asked, rows)


def _coming(text: Text, told: Told) -> list[Row]:
    return [
        [_press(text, "button-notice-event-open", told, EventAct.OPEN)],
        [_press(text, "button-notice-event-cannot", told, EventAct.CANCEL)],
    ]


def _press(text: Text, key: str, told: Told, act: EventAct) -> Any:
    return button(text.plain(key), EventPress(act=act, event=told.event.code).pack())


def _letter(html: Markup, rows: list[Row]) -> Letter:
    return Letter(str(html), InlineKeyboardMarkup(inline_keyboard=rows))
