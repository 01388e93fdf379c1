"""Vacancies on the screen: a list, a card, what to look for, and what became of it."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from aiogram.types import InlineKeyboardButton
from sqlalchemy import RowMapping

from bot.domain.vacancies.vacancy import VacancyKind
from bot.services.vacancies.student import HIDING_REASONS, Card, Filters, Listing
from dialogs.presses import MenuPress, Place, VacancyAct, VacancyPress
from dialogs.screen import Row, Screen, button, in_rows, link, screen
from dialogs.subscriptions import subscribe_button
from locales.text import Text

PAY_STEPS = (40_000, 60_000, 80_000)
"""Roubles a month to filter by: what beginners are offered, and more."""

WIDEST_LINE = 64
"""Characters of a button; the pay stands at the end of it, so a long name gives way."""


def list_screen(text: Text, listing: Listing) -> Screen:
    """One page of vacancies, each a button that opens the card."""
    message = text.render("vacancies.j2", listing=listing, narrowed=listing.filters != Filters())
    rows: list[Row] = [
        [_press(line(text, row), VacancyAct.OPEN, row["id"], listing.page)] for row in listing.rows
    ]
    rows.append(_pager(text, listing))
    rows.append(
        [
            _press(text.plain("button-vacancy-filters"), VacancyAct.FILTERS),
            _press(text.plain("button-vacancy-search"), VacancyAct.SEARCH),
        ]
    )
    if not listing.filters.saved:
        rows.append([subscribe_button(text)])
    rows.append([button(text.plain("button-home"), MenuPress(place=Place.HOME).pack())])
    return screen(message, rows)


def card_screen(text: Text, card: Card, page: int) -> Screen:
    """One vacancy: what, where, how much, why it fits; then what to do with it."""
    row = card.row
    vacancy_id = int(row["id"])
    message = card_text(text, row, card.because, card.reasons)
    rows: list[Row] = []
    if row["link"]:
        rows.append([link(text.plain("button-vacancy-link"), row["link"])])
    if row["closed_at"] is None:
        rows += _actions(text, card, vacancy_id, page)
    rows.append([_press(text.plain("button-vacancy-list"), VacancyAct.LIST, page=page)])
    return screen(message, rows)


def card_text(text: Text, row: Mapping[Any, Any], because: str | None, reasons: Sequence[str]) -> str:
    """A vacancy in HTML: what, where, how much, and why it fits."""
    return text.render(
        "vacancy.j2",
        row=row,
        because=because,
        reasons=[text.plain(f"vacancy-fits-{reason.replace('_', '-')}") for reason in reasons],
        pay=_pay(text, row["pay_from"], row["pay_to"]),
    )


def filters_screen(text: Text, filters: Filters) -> Screen:
    """What to look for: every button switches one thing."""
    kinds = [
        _choice(text, f"vacancy-kind-{kind.value}", f"kind={kind.value}", chosen=filters.kind is kind)
        for kind in VacancyKind
    ]
    pays = [
        _choice(text, "vacancy-pay-from", f"pay={pay}", chosen=filters.pay_from == pay, pay=pay)
        for pay in PAY_STEPS
    ]
    switches = [
        _choice(text, f"vacancy-only-{name.replace('_', '-')}", name, chosen=getattr(filters, name))
        for name in ("no_experience", "quota", "saved")
    ]
    ending = [
        _press(text.plain("button-vacancy-show"), VacancyAct.LIST),
        _press(text.plain("button-vacancy-reset"), VacancyAct.RESET),
    ]
    town = text.plain("vacancy-town", town=filters.town) if filters.town else text.plain("vacancy-town-any")
    switches.append(_press(town[:WIDEST_LINE], VacancyAct.TOWNS))
    rows = [*in_rows(kinds, 2), pays, *in_rows(switches, 1), ending]
    if not filters.saved:
        rows.append([subscribe_button(text)])
    return screen(text.html("vacancy-filters"), rows)


def towns_screen(text: Text, towns: Sequence[str], chosen: str) -> Screen:
    """In which town to look: where most is open, or anywhere."""
    choices = [("", text.plain("button-vacancy-anywhere")), *((town, town) for town in towns)]
    buttons = [
        button(
            text.plain("option-ticked", option=title) if town == chosen else title,
            VacancyPress(act=VacancyAct.FILTER, value=f"town={town_code(town)}").pack(),
        )
        for town, title in choices
    ]
    rows = [*in_rows(buttons, 2), [_press(text.plain("button-back"), VacancyAct.FILTERS)]]
    return screen(text.html("vacancy-towns" if towns else "vacancy-no-towns"), rows)


def town_code(town: str) -> str:
    """What stands for a town in a button, which holds no more than 64 bytes; nothing for anywhere."""
    return hashlib.sha256(town.encode()).hexdigest()[:12] if town else ""


def hiding_screen(text: Text, vacancy_id: int, page: int) -> Screen:
    """Why it is not for the person: what is shown next follows from it."""
    rows = [
        [_press(text.plain(f"vacancy-hide-{reason}"), VacancyAct.HIDDEN, vacancy_id, page, reason)]
        for reason in HIDING_REASONS
    ]
    rows.append([_press(text.plain("button-back"), VacancyAct.OPEN, vacancy_id, page)])
    return screen(text.html("vacancy-why-hide"), rows)


def hired_screen(text: Text, vacancy_id: int, page: int) -> Screen:
    """The person got the job: is it in the trade learned?"""
    rows = [
        [_press(text.plain("button-hired-in-trade"), VacancyAct.HIRED_IN_TRADE, vacancy_id, page)],
        [_press(text.plain("button-hired-elsewhere"), VacancyAct.HIRED_ELSEWHERE, vacancy_id, page)],
        [_press(text.plain("button-back"), VacancyAct.OPEN, vacancy_id, page)],
    ]
    return screen(text.html("vacancy-hired-question"), rows)


def _actions(text: Text, card: Card, vacancy_id: int, page: int) -> list[Row]:
    saved = card.row["saved_at"] is not None
    save = ("button-vacancy-unsave", VacancyAct.UNSAVE) if saved else ("button-vacancy-save", VacancyAct.SAVE)
    applied = card.row["applied_at"] is not None
    apply = ("button-hired", VacancyAct.HIRED) if applied else ("button-applied", VacancyAct.APPLIED)
    got_it = card.row["hired_at"] is not None
    return [
        [] if got_it else [_press(text.plain(apply[0]), apply[1], vacancy_id, page)],
        [
            _press(text.plain(save[0]), save[1], vacancy_id, page),
            _press(text.plain("button-vacancy-hide"), VacancyAct.HIDE, vacancy_id, page),
        ],
    ]


def _pager(text: Text, listing: Listing) -> Row:
    row = []
    if listing.page > 0:
        row.append(_press(text.plain("button-previous"), VacancyAct.LIST, page=listing.page - 1))
    if listing.page + 1 < listing.pages:
        row.append(_press(text.plain("button-next"), VacancyAct.LIST, page=listing.page + 1))
    return row


def line(text: Text, row: RowMapping) -> str:
    """The name and the pay, as wide as a button."""
    pay = _pay(text, row["pay_from"], row["pay_to"])
    room = WIDEST_LINE - (len(pay) + len(" · ") if pay else 0)
    name = row["name"]
    shown = name if len(name) <= room else f"{name[: room - 1].rstrip()}…"
    return " · ".join(part for part in (shown, pay) if part)


def _pay(text: Text, lowest: int | None, highest: int | None) -> str | None:
    if lowest and highest and highest > lowest:
        return text.plain("vacancy-pay-between", lowest=lowest, highest=highest)
    if lowest or highest:
        return text.plain("vacancy-pay-from", pay=lowest or highest)
    return None


def _choice(text: Text, key: str, value: str, *, chosen: bool, **variables: int) -> InlineKeyboardButton:
    title = text.plain(key, **variables)
    shown = text.plain("option-ticked", option=title) if chosen else title
    return button(shown, VacancyPress(act=VacancyAct.FILTER, value=value).pack())


def _press(
    title: str, act: VacancyAct, vacancy_id: int = 0, page: int = 0, value: str = ""
) -> InlineKeyboardButton:
    return button(title, VacancyPress(act=act, vacancy=vacancy_id, page=page, value=value).pack())
