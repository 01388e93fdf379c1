"""Subscriptions on the screen: the list, one of them, and what a press has changed, with the way back."""

import datetime as dt
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from bot.domain.subscriptions import Frequency, Pause, Timing
from bot.domain.vacancies.search import Search
from bot.services.vacancies.subscriptions import Change
from dialogs.presses import (
    MailingAct,
    MailingPress,
    MenuPress,
    Place,
    SubscriptionAct,
    SubscriptionPress,
    VacancyAct,
    VacancyPress,
)
from dialogs.screen import Row, Screen, button, in_rows, screen
from locales.text import Text
from storage.subscriptions import Subscription

TIMES = (9, 12, 15, 18, 20)
"""Hours of the day to choose from."""

IN_PLACE = "c"
"""The value of a press on an own screen, where the answer goes; under a notification it stands by itself."""

_WIDEST = 64
_MOST_NAMED = 4
"""Subscriptions that a button can name."""


def list_screen(
    text: Text, own: Sequence[Subscription], clock: ZoneInfo, at: dt.datetime, *, agreed: bool
) -> Screen:
    """All subscriptions, each a button; then when to write at all."""
    rows: list[Row] = [[_press(_short(text, one), SubscriptionAct.OPEN, [one.id])] for one in own]
    rows.append([button(text.plain("button-vacancies"), VacancyPress(act=VacancyAct.LIST).pack())])
    if own:
        resting = all(_until(one, at) for one in own)
        act = SubscriptionAct.RESUME if resting else SubscriptionAct.PAUSES
        title = text.plain("button-resume-all" if resting else "button-pause-all")
        rows.append([_press(title, act, [], IN_PLACE)])
    rows.append([_mailing(text.plain("button-hours"), MailingAct.HOURS)])
    if agreed:
        rows.append([_mailing(text.plain("button-withdraw"), MailingAct.WITHDRAW)])
    elif own:
        rows.append([_mailing(text.plain("button-agree-again"), MailingAct.CONSENT)])
    rows.append([button(text.plain("button-home"), MenuPress(place=Place.HOME).pack())])
    lines = [_line(text, one, clock, at) for one in own]
    return screen(text.render("subscriptions.j2", lines=lines, agreed=agreed), rows)


def card_screen(
    text: Text, one: Subscription, clock: ZoneInfo, at: dt.datetime, *, new: bool = False
) -> Screen:
    """One subscription: what it looks for and when it comes; every button changes one thing."""
    until = _until(one, at)
    message = text.render(
        "subscription.j2",
        search=search_title(text, one.search),
        timing=timing_title(text, one.timing),
        until=text.date(until.astimezone(clock).date()) if until else None,
        new=new,
    )
    pause = (
        _press(text.plain("button-pause-end"), SubscriptionAct.RESUME, [one.id], IN_PLACE)
        if until
        else _press(text.plain("button-pause"), SubscriptionAct.PAUSES, [one.id], IN_PLACE)
    )
    rows = [
        *_timings(text, one),
        [
            _press(text.plain("button-new-ones"), SubscriptionAct.MORE, [one.id]),
            _press(text.plain("button-narrow"), SubscriptionAct.NARROW, [one.id]),
        ],
        [pause, _press(text.plain("button-unsubscribe"), SubscriptionAct.DROP, [one.id], IN_PLACE)],
        [_press(text.plain("button-subscriptions"), SubscriptionAct.LIST)],
    ]
    return screen(message, rows)


def pauses_screen(text: Text, ids: Sequence[int]) -> Screen:
    """For how long?"""
    rows = [
        [_press(text.plain(f"pause-{pause.value}"), SubscriptionAct.PAUSE, ids, pause[0])] for pause in Pause
    ]
    rows.append([_press(text.plain("button-subscriptions"), SubscriptionAct.LIST)])
    return screen(text.html("pause-how-long"), rows)


def rarer_screen(text: Text, changes: Sequence[Change]) -> Screen:
    """Now less often, with the way back; where that is not possible, what is."""
    lines = [_changed(text, change) for change in changes]
    if all(change.after == change.before for change in changes):
        ids = _ids(changes)
        narrow = [_press(text.plain("button-narrow"), SubscriptionAct.NARROW, ids)] if len(ids) == 1 else []
        rows = [
            narrow,
            [_press(text.plain("button-pause"), SubscriptionAct.PAUSES, ids)],
            [_press(text.plain("button-unsubscribe"), SubscriptionAct.DROP, ids, IN_PLACE)],
        ]
        return screen(
            text.render("subscription_changed.j2", said=text.html("subscription-rarest"), lines=lines), rows
        )
    undo = [
        _undo(text, one.before, SubscriptionAct.RETIME, one.before.timing.code, alone=len(changes) == 1)
        for one in changes
        if one.after != one.before
    ]
    said = text.html("subscription-rarer")
    return screen(text.render("subscription_changed.j2", said=said, lines=lines), [*undo, _to_list(text)])


def paused_screen(text: Text, changes: Sequence[Change], clock: ZoneInfo) -> Screen:
    """Paused, with the way back and longer pauses."""
    after = changes[0].after
    assert after is not None, "a pause drops nothing"
    assert after.paused_until is not None, "a pause has an end"
    lines = [_changed(text, change) for change in changes]
    said = text.html("subscription-paused", date=text.date(after.paused_until.astimezone(clock).date()))
    undo = [
        _undo(
            text,
            one.before,
            SubscriptionAct.RESUME,
            _instant(one.before.paused_until),
            alone=len(changes) == 1,
        )
        for one in changes
    ]
    longer = [_press(text.plain("button-pause-other"), SubscriptionAct.PAUSES, _ids(changes))]
    return screen(
        text.render("subscription_changed.j2", said=said, lines=lines), [*undo, longer, _to_list(text)]
    )


def dropped_screen(text: Text, changes: Sequence[Change]) -> Screen:
    """Unsubscribed, each with the way back."""
    lines = [_changed(text, change) for change in changes]
    undo = [
        _undo(
            text,
            one.before,
            SubscriptionAct.TAKE_BACK,
            f"{one.before.search.key}.{one.before.timing.code}",
            alone=len(changes) == 1,
        )
        for one in changes
    ]
    said = text.html("subscription-dropped")
    return screen(text.render("subscription_changed.j2", said=said, lines=lines), [*undo, _to_list(text)])


def said_screen(text: Text, said: str) -> Screen:
    """One sentence, and the way to all subscriptions."""
    return screen(said, [_to_list(text)])


def notice_rows(text: Text, ids: Sequence[int]) -> list[Row]:
    """What stands under every notification: less, a pause, no more."""
    return [
        [
            _press(text.plain("button-less"), SubscriptionAct.LESS, ids),
            _press(text.plain("button-pause"), SubscriptionAct.PAUSE, ids),
        ],
        [_press(text.plain("button-unsubscribe"), SubscriptionAct.DROP, ids)],
    ]


def more_button(text: Text, ids: Sequence[int], count: int) -> InlineKeyboardButton:
    return _press(text.plain("button-more-news", count=count), SubscriptionAct.MORE, ids)


def subscribe_button(text: Text) -> InlineKeyboardButton:
    """Under a list and under the filters: send what is new here."""
    return _press(text.plain("button-subscribe"), SubscriptionAct.ADD, [])


def search_title(text: Text, search: Search) -> str:
    """What is looked for, in a line."""
    if search.text:
        parts = [text.plain("search-words", words=search.text)]
    elif search.specialty:
        parts = [text.plain("search-specialty", code=search.specialty)]
    else:
        parts = [text.plain("search-any")]
    if search.town:
        parts.append(search.town)
    if search.kind:
        parts.append(text.plain(f"vacancy-kind-{search.kind}").lower())
    if search.pay_from:
        parts.append(text.plain("vacancy-pay-from", pay=search.pay_from))
    if search.no_experience:
        parts.append(text.plain("vacancy-only-no-experience").lower())
    if search.quota:
        parts.append(text.plain("vacancy-only-quota").lower())
    return ", ".join(parts)


def timing_title(text: Text, timing: Timing) -> str:
    """When it comes, in words."""
    if timing.frequency is Frequency.AT_ONCE:
        return text.plain("timing-at-once")
    time = f"{timing.minute // 60}:{timing.minute % 60:02}"
    if timing.frequency is Frequency.DAILY:
        return text.plain("timing-daily", time=time)
    return text.plain(f"timing-weekly-{timing.weekday}", time=time)


def _timings(text: Text, one: Subscription) -> list[Row]:
    timing = one.timing
    often = [
        _timing(text, one, text.plain(f"frequency-{each.value.replace('_', '-')}"), frequency=each)
        for each in Frequency
    ]
    if timing.frequency is Frequency.AT_ONCE:
        return in_rows(often, 2)
    times = [_timing(text, one, f"{hour}:00", minute=hour * 60) for hour in TIMES]
    if timing.frequency is Frequency.DAILY:
        return [*in_rows(often, 2), *in_rows(times, 3)]
    days = [_timing(text, one, text.plain(f"weekday-{day}"), weekday=day) for day in range(7)]
    return [*in_rows(often, 2), *in_rows(days, 4), *in_rows(times, 3)]


def _timing(text: Text, one: Subscription, title: str, **changed: object) -> InlineKeyboardButton:
    now = one.timing
    wanted = Timing(**{"frequency": now.frequency, "weekday": now.weekday, "minute": now.minute, **changed})  # type: ignore[arg-type]
    shown = text.plain("option-ticked", option=title) if wanted == now else title
    return _press(shown, SubscriptionAct.RETIME, [one.id], wanted.code)


def _line(text: Text, one: Subscription, clock: ZoneInfo, at: dt.datetime) -> str:
    until = _until(one, at)
    timing = timing_title(text, one.timing)
    if until:
        timing = text.plain("timing-paused", date=text.date(until.astimezone(clock).date()))
    return text.plain("subscription-line", search=search_title(text, one.search), timing=timing)


def _changed(text: Text, change: Change) -> str:
    one = change.after or change.before
    timing = timing_title(text, one.timing)
    return text.plain("subscription-line", search=search_title(text, one.search), timing=timing)


def _short(text: Text, one: Subscription) -> str:
    title = search_title(text, one.search)
    return title if len(title) <= _WIDEST else f"{title[: _WIDEST - 1].rstrip()}…"


def _until(one: Subscription, at: dt.datetime) -> dt.datetime | None:
    return one.paused_until if one.paused_until and one.paused_until > at else None


def _undo(text: Text, one: Subscription, act: SubscriptionAct, value: str, *, alone: bool) -> Row:
    title = (
        text.plain("button-undo") if alone else text.plain("undo-of", search=search_title(text, one.search))
    )
    return [_press(title[:_WIDEST], act, [one.id], value)]


def _to_list(text: Text) -> Row:
    return [_press(text.plain("button-subscriptions"), SubscriptionAct.LIST)]


def _ids(changes: Iterable[Change]) -> list[int]:
    return [change.before.id for change in changes]


def _instant(instant: dt.datetime | None) -> str:
    return str(int(instant.timestamp())) if instant else IN_PLACE


def _press(
    title: str, act: SubscriptionAct, ids: Sequence[int] = (), value: str = ""
) -> InlineKeyboardButton:
    named = ids if len(ids) <= _MOST_NAMED else ()
    which = ".".join(f"{one:x}" for one in named)
    return button(title, SubscriptionPress(act=act, which=which, value=value).pack())


def _mailing(title: str, act: MailingAct) -> InlineKeyboardButton:
    return button(title, MailingPress(act=act).pack())
