"""New vacancies for those who subscribed: one message, whatever the number of subscriptions."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from bot.delivery.letters import Letter
from bot.domain.clock import now
from dialogs.presses import VacancyAct, VacancyPress
from dialogs.screen import Row, Screen, button, screen
from dialogs.subscriptions import more_button, notice_rows
from dialogs.vacancies import line
from locales.text import Text, Texts
from storage import vacancy_news
from storage.outbox import Taken
from storage.vacancy_news import News

SHOWN = 5
"""Vacancies in one message, each a button."""


class VacanciesComposer:
    """Composes `vacancies`: from what is new when it goes out, not from what was when it was queued."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def load(self, connection: Connection, taken: Sequence[Taken]) -> Mapping[int, News]:
        """What is new for each row's person; it counts as delivered from here on.

        What a row is about is kept in it: if it has to be sent once more, it says the same.
        """
        allowed = _allowed(connection, taken)
        again = {row.id: row for row in taken if "vacancies" in row.values}
        fresh = {row.person_id: row.id for row in taken if row.id not in again}
        ids = [one for person_id in fresh for one in allowed.get(person_id or 0, ())]
        found = vacancy_news.news(connection, ids, SHOWN) if ids else {}
        vacancy_news.told(connection, ids)
        vacancy_news.deliver(connection, found, now())
        loaded = {fresh[person_id]: one for person_id, one in found.items()}
        vacancy_news.remember(connection, {row_id: _values(one) for row_id, one in loaded.items()})
        return loaded | _again(connection, list(again.values()), allowed)

    def compose(self, taken: Taken, loaded: Any) -> Letter:
        """The first line says how many, and nothing of the person: it shows on a locked screen."""
        shown = news_screen(self._texts.of(taken.language or ""), loaded)
        return Letter(shown.text, shown.keyboard)


def news_screen(text: Text, found: News) -> Screen:
    """Up to five new vacancies, the rest behind a button; then less, a pause, no more."""
    count = len(found.rows) + found.others
    rows: list[Row] = [
        [button(line(text, row), VacancyPress(act=VacancyAct.LOOK, vacancy=row["id"]).pack())]
        for row in found.rows
    ]
    if found.others:
        rows.append([more_button(text, found.subscriptions, found.others)])
    rows += notice_rows(text, found.subscriptions)
    return screen(text.render("news.j2", count=count, rows=found.rows), rows)


def _allowed(connection: Connection, taken: Sequence[Taken]) -> dict[int, set[int]]:
    """By person: the subscriptions whose turn it is, of all messages that are due, and those at once."""
    people = [row.person_id for row in taken if row.person_id is not None]
    named: dict[int, set[int]] = {person_id: set() for person_id in people}
    due = [(row.person_id, row.values) for row in taken]
    for person_id, values in [*due, *vacancy_news.also_due(connection, people, now())]:
        if person_id is not None:
            named[person_id].update(values["subscriptions"])
    allowed: dict[int, set[int]] = {}
    for one in vacancy_news.wanted(connection, people, now()):
        if one.at_once or one.id in named[one.person_id]:
            allowed.setdefault(one.person_id, set()).add(one.id)
    return allowed


def _again(
    connection: Connection, taken: Sequence[Taken], allowed: Mapping[int, set[int]]
) -> dict[int, News]:
    """The same as before, without what has been closed or dropped since."""
    ids = {one for row in taken for one in row.values["vacancies"]}
    still = vacancy_news.told_of(connection, ids) if ids else {}
    loaded = {}
    for row in taken:
        rows = tuple(still[one] for one in row.values["vacancies"] if one in still)
        wanted = tuple(
            one for one in row.values["subscriptions"] if one in allowed.get(row.person_id or 0, ())
        )
        if rows and wanted:
            loaded[row.id] = News(rows, row.values["others"], wanted)
    return loaded


def _values(found: News) -> dict[str, Any]:
    shown = [row["id"] for row in found.rows]
    return {"subscriptions": list(found.subscriptions), "vacancies": shown, "others": found.others}
