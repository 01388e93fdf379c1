"""A campaign's messages as they are about to be sent."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import Connection, update

from bot.delivery.letters import Later
from bot.domain.campaigns import CAMPAIGNS, MAILINGS, CampaignState
from bot.domain.clock import now
from bot.domain.notices import NoticeKind
from dialogs.notices.campaign import CampaignComposer
from locales.text import Texts
from storage import campaigns, people
from storage.outbox import Taken
from storage.tables import campaigns as table
from tests.storage.campaign_rows import COORDINATOR, found_centre, running
from tests.storage.centre import AT

COMPOSER = CampaignComposer(Texts("ru", "Europe/Moscow"))


def taken(campaign_id: int, person_id: int | None = 1, **changed: Any) -> Taken:
    """A row that the sender has taken up."""
    values: dict[str, Any] = dict.fromkeys(Taken._fields)
    values |= {"id": person_id or 77, "kind": NoticeKind.CAMPAIGN, "telegram_id": 5, "person_id": person_id}
    values |= {"campaign_id": campaign_id, "values": {}, "language": "ru", "attempts": 1, "blocked": False}
    return Taken(**{**values, **changed})


def test_recipients_get_the_text_with_who_writes_and_a_way_out(connection: Connection) -> None:
    found_centre(connection, 1)
    number = running(connection)
    campaigns_body = {"body": 'Ярмарка <b>14 марта</b> & "ещё"\nhttps://example.org/?a=1&b=2'}
    connection.execute(update(table).where(table.c.id == number).values(campaigns_body))
    row = taken(number)
    loaded = COMPOSER.load(connection, [row])
    letter = COMPOSER.compose(row, loaded[row.id])
    assert letter.html == (
        "Ярмарка &lt;b&gt;14 марта&lt;/b&gt; &amp; &#34;ещё&#34;\nhttps://example.org/?a=1&amp;b=2"
        "\n\n<i>— Центр карьеры: Колледж транспорта</i>"
    )
    assert letter.keyboard is not None
    assert letter.keyboard.inline_keyboard[0][0].text == "Не присылать такое"
    english = COMPOSER.compose(taken(number, language="en"), loaded[row.id])
    assert english.html.endswith("<i>— Career centre: Колледж транспорта</i>")


def test_staff_get_it_without_a_way_out(connection: Connection) -> None:
    found_centre(connection, 1)
    row = taken(running(connection, author=COORDINATOR), None)
    letter = COMPOSER.compose(row, COMPOSER.load(connection, [row])[row.id])
    assert letter.html.endswith("<i>— Координатор центров карьеры региона</i>")
    assert letter.keyboard is None


def test_a_test_is_made_from_a_draft_exactly_like_the_message(connection: Connection) -> None:
    found_centre(connection, 1)
    number = running(connection)
    row = taken(number)
    expected = COMPOSER.compose(row, COMPOSER.load(connection, [row])[row.id])
    connection.execute(update(table).where(table.c.id == number).values(state=CampaignState.DRAFT))
    assert COMPOSER.load(connection, [row]) == {}
    test = taken(number, None, kind=NoticeKind.CAMPAIGN_TEST, values={"campaign": number})
    test = test._replace(campaign_id=None)
    assert COMPOSER.compose(test, COMPOSER.load(connection, [test])[test.id]) == expected
    gone = test._replace(values={"campaign": number + 1})
    assert COMPOSER.load(connection, [gone]) == {}


@pytest.mark.parametrize(
    ("state", "sent"),
    [(CampaignState.RUNNING, True), (CampaignState.DONE, True), (CampaignState.CANCELLED, False)],
)
def test_a_campaign_that_is_stopped_sends_nothing(
    connection: Connection, state: CampaignState, sent: bool
) -> None:
    found_centre(connection, 1)
    number = running(connection)
    connection.execute(update(table).where(table.c.id == number).values(state=state))
    assert bool(COMPOSER.load(connection, [taken(number)])) == sent


def test_a_paused_ones_messages_wait(connection: Connection) -> None:
    found_centre(connection, 1)
    number = running(connection)
    campaigns.move(connection, number, [CampaignState.RUNNING], CampaignState.PAUSED)
    later = COMPOSER.load(connection, [taken(number)])[1]
    assert isinstance(later, Later)
    assert now() < later.due_at < now() + dt.timedelta(minutes=1)


@pytest.mark.parametrize("purpose", [CAMPAIGNS, MAILINGS])
def test_whoever_wants_no_mailings_gets_none_even_if_queued(connection: Connection, purpose: str) -> None:
    found_centre(connection, 2)
    rows = [taken(running(connection), number) for number in (1, 2)]
    people.add_consent(connection, 1, purpose, "1", given=False, at=AT)
    assert set(COMPOSER.load(connection, rows)) == {2}
    people.add_consent(connection, 1, purpose, "1", given=True, at=AT)
    assert set(COMPOSER.load(connection, rows)) == {1, 2}
