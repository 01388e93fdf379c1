"""Events to choose from: those that fit, those of a day, a month at a glance, the own ones."""

import datetime as dt
from collections.abc import Mapping, Sequence

from aiogram.types import InlineKeyboardButton

from bot.domain.events.lifecycle import EventState, RegistrationState
from bot.domain.events.refusals import Refusal
from bot.services.events.cards import Card
from bot.services.events.student import PAGE, Listed
from dialogs.events import words
from dialogs.presses import EventAct, EventPress, MenuPress, Place
from dialogs.screen import Row, Screen, button, in_rows, screen
from locales.text import Text

WIDEST_LINE = 48
"""Characters of a button: the whole title stands above."""

MINE = "p"
"""Where a card was opened from: the own events. Else a day, or nothing for the list."""

MONTHS_AHEAD = 12
_DAYS = 7
_BLANK = "\u2800"
"""Looks empty and is a letter: Telegram takes no button without one."""


def list_screen(text: Text, listed: Listed, at: dt.datetime) -> Screen:
    """What fits and is to come."""
    rows: list[Row] = [[_open(text, card, page=listed.page)] for card in listed.cards]
    rows.append(_pager(text, listed, EventAct.LIST))
    first = listed.cards[0].event.local_start.date() if listed.cards else at.date()
    rows.append(
        [
            press(text.plain("button-event-month"), EventAct.MONTH, value=f"{first:%Y-%m}"),
            press(text.plain("button-event-mine"), EventAct.MINE),
        ]
    )
    rows.append([_home(text)])
    lines = [line(text, card, at) for card in listed.cards]
    return screen(text.render("events.j2", lines=lines, total=listed.total), rows)


def day_screen(text: Text, listed: Listed, day: dt.date, at: dt.datetime) -> Screen:
    """What there is on one day."""
    rows: list[Row] = [[_open(text, card, day.isoformat(), listed.page)] for card in listed.cards]
    rows.append(_pager(text, listed, EventAct.DAY, day.isoformat()))
    rows.append([press(text.plain("button-event-back-month"), EventAct.MONTH, value=f"{day:%Y-%m}")])
    lines = [line(text, card, at) for card in listed.cards]
    title = words.day(text, day, at.date())
    title = title[0].upper() + title[1:]
    return screen(text.render("events_day.j2", lines=lines, day=title, total=listed.total), rows)


def mine_screen(text: Text, cards: Sequence[Card], page: int, at: dt.datetime) -> Screen:
    """What the person has signed up for, then where they have been."""
    start = min(max(page, 0), max(len(cards) - 1, 0) // PAGE) * PAGE
    shown = list(cards[start : start + PAGE])
    listed = Listed(shown, start // PAGE, start + PAGE < len(cards), len(cards))
    rows: list[Row] = [[_open(text, card, MINE, listed.page)] for card in shown]
    rows.append(_pager(text, listed, EventAct.MINE))
    rows.append([press(text.plain("button-event-all"), EventAct.LIST)])
    rows.append([_home(text)])
    return screen(text.render("events_mine.j2", lines=[line(text, card, at) for card in shown]), rows)


def month_screen(text: Text, first: dt.date, counts: Mapping[dt.date, int], today: dt.date) -> Screen:
    """A month, the days with events marked; a day opens its events."""
    names = [_still(text.plain(f"weekday-{number}"), first) for number in range(_DAYS)]
    end = later(first, 1)
    blanks = [_still(_BLANK, first) for _ in range(first.weekday())]
    days = [_day(text, first + dt.timedelta(days=passed), counts) for passed in range((end - first).days)]
    cells = [*blanks, *days]
    cells += [_still(_BLANK, first) for _ in range(-len(cells) % _DAYS)]
    ending: Row = [
        press(text.plain("button-event-list"), EventAct.LIST),
        press(text.plain("button-event-mine"), EventAct.MINE),
    ]
    rows = [_months(text, first, today), names, *in_rows(cells, _DAYS), ending]
    return screen(
        text.render("events_month.j2", month=words.month(text, first), total=sum(counts.values())), rows
    )


def month_of(value: str, today: dt.date) -> dt.date:
    """The month that a button means, its first day; of what there is not, the nearest that there is."""
    this = today.replace(day=1)
    try:
        wanted = dt.date.fromisoformat(f"{value}-01").replace(day=1)
    except ValueError:
        return this
    return min(max(wanted, this), later(this, MONTHS_AHEAD))


def day_of(value: str) -> dt.date | None:
    """The day that a button means."""
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


def later(first: dt.date, months: int) -> dt.date:
    """The first day of a month so many months later, or earlier."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)


def line(text: Text, card: Card, at: dt.datetime) -> dict[str, str]:
    """An event in a list: when, what, where, and where the reader stands."""
    event = card.event
    mark = _mark(card, at)
    return {
        "when": words.short(text, event),
        "title": event.title,
        "place": event.place,
        "mark": text.plain(f"event-mark-{mark}") if mark else "",
    }


def _mark(card: Card, at: dt.datetime) -> str | None:
    state = card.registration.state if card.registration else None
    if card.event.state is EventState.CANCELLED:
        return "off"
    if state is not None and state is not RegistrationState.CANCELLED:
        return state
    if at >= card.event.starts_at:
        return "now"
    return "full" if card.refusal is Refusal.FULL else None


def _day(text: Text, day: dt.date, counts: Mapping[dt.date, int]) -> InlineKeyboardButton:
    if not counts.get(day):
        return _still(str(day.day), day.replace(day=1))
    return press(text.plain("event-day-marked", day=str(day.day)), EventAct.DAY, value=day.isoformat())


def _months(text: Text, first: dt.date, today: dt.date) -> Row:
    """To the month before, where we are, to the month after."""
    this = today.replace(day=1)
    before, after = later(first, -1), later(first, 1)
    back = _still("‹", before) if before >= this else _still(_BLANK, first)
    on = _still("›", after) if after <= later(this, MONTHS_AHEAD) else _still(_BLANK, first)
    return [back, _still(words.month(text, first), first), on]


def _still(title: str, month: dt.date) -> InlineKeyboardButton:
    """A button that shows a month: the one that is shown, where there is nothing to open."""
    return press(title, EventAct.MONTH, value=f"{month:%Y-%m}")


def _open(text: Text, card: Card, origin: str = "", page: int = 0) -> InlineKeyboardButton:
    short = words.shortest(text, card.event, same_day=day_of(origin) is not None)
    title = f"{short} · {card.event.title}"
    shown = title if len(title) <= WIDEST_LINE else f"{title[: WIDEST_LINE - 1].rstrip()}…"
    return press(shown, EventAct.OPEN, card.event.code, page, origin)


def _pager(text: Text, listed: Listed, act: EventAct, value: str = "") -> Row:
    row = []
    if listed.page > 0:
        row.append(press(text.plain("button-event-sooner"), act, page=listed.page - 1, value=value))
    if listed.more:
        row.append(press(text.plain("button-event-later"), act, page=listed.page + 1, value=value))
    return row


def _home(text: Text) -> InlineKeyboardButton:
    return button(text.plain("button-home"), MenuPress(place=Place.HOME).pack())


def press(title: str, act: EventAct, code: str = "", page: int = 0, value: str = "") -> InlineKeyboardButton:
    """A button about an event."""
    return button(title, EventPress(act=act, event=code, page=page, value=value).pack())
