"""What the centre may write of its own accord: the consent screen, and the hours in which it is welcome."""

import datetime as dt
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from bot.domain.quiet import QuietHours
from dialogs.presses import MailingAct, MailingPress, SubscriptionAct, SubscriptionPress
from dialogs.screen import Row, Screen, button, in_rows, screen
from locales.text import Text

WEEKDAYS = range(7)
QUIET_FROM = (19, 20, 21, 22, 23)
QUIET_TO = (7, 8, 9, 10)
"""Hours of the day to choose from."""

ZONES = {
    "kaliningrad": "Europe/Kaliningrad",
    "moscow": "Europe/Moscow",
    "samara": "Europe/Samara",
    "yekaterinburg": "Asia/Yekaterinburg",
    "omsk": "Asia/Omsk",
    "krasnoyarsk": "Asia/Krasnoyarsk",
    "irkutsk": "Asia/Irkutsk",
    "yakutsk": "Asia/Yakutsk",
    "vladivostok": "Asia/Vladivostok",
    "magadan": "Asia/Magadan",
    "kamchatka": "Asia/Kamchatka",
}
"""One for every hour of Russia's clocks."""


def consent_screen(text: Text, version: str, *, subscribing: bool) -> Screen:
    """May the centre write of its own accord? `subscribing`: the subscription follows the consent."""
    agree = MailingPress(act=MailingAct.AGREE, value="subscribe" if subscribing else "")
    rows = [
        [button(text.plain("button-mailings-agree"), agree.pack())],
        [_press(text.plain("button-read-consent"), MailingAct.READ)],
        [_press(text.plain("button-mailings-refuse"), MailingAct.REFUSE)],
    ]
    return screen(text.render("mailings_consent.j2", version=version), rows)


def withdrawn_screen(text: Text) -> Screen:
    """Taken back, with the way back."""
    return screen(
        text.html("mailings-withdrawn"),
        [[_press(text.plain("button-agree-again"), MailingAct.CONSENT)], _to_list(text)],
    )


def hours_screen(text: Text, hours: QuietHours, at: dt.datetime) -> Screen:
    """When not to write: every button switches one thing."""
    begins = [_hour(text, "from", hour, chosen=hours.quiet_from == hour * 60) for hour in QUIET_FROM]
    ends = [_hour(text, "to", hour, chosen=hours.quiet_to == hour * 60) for hour in QUIET_TO]
    days = [
        _ticked(text, text.plain(f"weekday-{day}"), f"day={day}", chosen=bool(hours.days_off >> day & 1))
        for day in WEEKDAYS
    ]
    holidays = _ticked(text, text.plain("button-holidays"), "holidays", chosen=hours.holidays_off)
    rows = [begins, ends, *in_rows(days, 4), [holidays]]
    rows.append([_press(text.plain("button-zone"), MailingAct.ZONES)])
    rows.append(_to_list(text))
    message = text.render(
        "hours.j2",
        begins=_clock(hours.quiet_from),
        ends=_clock(hours.quiet_to),
        now=at.astimezone(ZoneInfo(hours.zone)).strftime("%H:%M"),
    )
    return screen(message, rows)


def zones_screen(text: Text, hours: QuietHours, at: dt.datetime) -> Screen:
    """By which clock? Each with what it shows now."""
    buttons = []
    for name, zone in ZONES.items():
        title = text.plain(f"zone-{name}", time=at.astimezone(ZoneInfo(zone)).strftime("%H:%M"))
        buttons.append(_ticked(text, title, f"zone={name}", chosen=hours.zone == zone))
    back = [_press(text.plain("button-back"), MailingAct.HOURS)]
    return screen(text.html("zone-question"), [*in_rows(buttons, 2), back])


def _hour(text: Text, name: str, hour: int, *, chosen: bool) -> InlineKeyboardButton:
    title = text.plain("hours-from" if name == "from" else "hours-to", time=_clock(hour * 60))
    return _ticked(text, title, f"{name}={hour * 60}", chosen=chosen)


def _ticked(text: Text, title: str, value: str, *, chosen: bool) -> InlineKeyboardButton:
    shown = text.plain("option-ticked", option=title) if chosen else title
    return _press(shown, MailingAct.SET, value)


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def _to_list(text: Text) -> Row:
    return [button(text.plain("button-subscriptions"), SubscriptionPress(act=SubscriptionAct.LIST).pack())]


def _press(title: str, act: MailingAct, value: str = "") -> InlineKeyboardButton:
    return button(title, MailingPress(act=act, value=value).pack())
