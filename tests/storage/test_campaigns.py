"""Campaigns in the database: queued in chunks, paused, resumed, cancelled, over."""

import datetime as dt
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select, update

from bot.domain.campaigns import CampaignState, Segment
from bot.domain.clock import now
from bot.services.campaigns.running import advance_campaigns
from storage import campaigns, people
from storage.database import Database
from storage.outbox import State
from storage.tables import campaigns as table
from storage.tables import outbox, persons
from tests.storage.campaign_rows import (
    COORDINATOR,
    SPECIALIST,
    found_centre,
    queue_all,
    queue_some,
    running,
    scheduled,
    settle,
    states,
)
from tests.storage.centre import AT, enrol, organisation_id

LATER = AT + dt.timedelta(days=1)
RUNNING, PAUSED, CANCELLED = CampaignState.RUNNING, CampaignState.PAUSED, CampaignState.CANCELLED


def stored(connection: Connection, campaign_id: int) -> campaigns.Campaign:
    found = campaigns.find(connection, campaign_id)
    assert found is not None
    return found


def test_everyone_of_the_segment_gets_one_message(connection: Connection) -> None:
    found_centre(connection, 7)
    campaign_id = running(connection)

    assert queue_all(connection, campaign_id, limit=3) == 3

    rows = connection.execute(select(outbox).order_by(outbox.c.person_id)).mappings().all()
    assert [row["person_id"] for row in rows] == [1, 2, 3, 4, 5, 6, 7]
    first = rows[0]
    assert first["key"] == f"campaign:{campaign_id}:1"
    assert (first["telegram_id"], first["campaign_id"], first["values"]) == (10**10 + 1, campaign_id, {})
    assert (first["kind"], first["priority"], first["state"], first["attempts"]) == (
        "campaign",
        4,
        "waiting",
        0,
    )
    assert (first["due_at"], first["expires_at"]) == (AT, AT + campaigns.KEPT_FOR)
    assert stored(connection, campaign_id).total == 7
    assert queue_all(connection, campaign_id) == 0, "a campaign that is queued stays so"
    assert states(connection) == {"waiting": 7}


@pytest.mark.parametrize("limit", [1, 2, 6, 7])
def test_a_full_last_chunk_is_the_last(connection: Connection, limit: int) -> None:
    found_centre(connection, 6)
    campaign_id = running(connection)
    queue_all(connection, campaign_id, limit)
    assert stored(connection, campaign_id).queued_to == campaigns.EVERYBODY
    enrol(connection, 8_000)
    queue_all(connection, campaign_id, limit)
    assert states(connection) == {"waiting": 6}


def test_staff_of_the_centres_get_the_coordinators_campaign(connection: Connection) -> None:
    found_centre(connection, 3)
    campaign_id = running(connection, author=COORDINATOR)
    queue_all(connection, campaign_id)
    (row,) = connection.execute(select(outbox)).mappings().all()
    assert (row["telegram_id"], row["person_id"]) == (SPECIALIST, None)


def test_a_pause_holds_what_waits_and_resuming_lets_it_go_with_new_time(connection: Connection) -> None:
    found_centre(connection, 6)
    campaign_id = running(connection)
    queue_all(connection, campaign_id)
    settle(connection, State.SENT, 2)
    assert campaigns.hold(connection, campaign_id) == 0, "it is not paused"
    assert campaigns.move(connection, campaign_id, [RUNNING], PAUSED)

    assert campaigns.hold(connection, campaign_id, limit=3) == 3
    assert campaigns.hold(connection, campaign_id, limit=3) == 1
    assert states(connection) == {"sent": 2, "held": 4}
    assert not campaigns.finish(connection, campaign_id, LATER)
    assert campaigns.release(connection, campaign_id, LATER) == 0, "it is paused"

    assert campaigns.move(connection, campaign_id, [PAUSED], RUNNING)
    assert campaigns.release(connection, campaign_id, LATER) == 4
    assert states(connection) == {"sent": 2, "waiting": 4}
    waiting = select(outbox.c.expires_at).where(outbox.c.state == "waiting")
    assert set(connection.execute(waiting).scalars()) == {LATER + campaigns.KEPT_FOR}


def test_a_paused_campaign_queues_nothing(connection: Connection) -> None:
    found_centre(connection, 4)
    campaign_id = running(connection)
    queue_some(connection, campaign_id, limit=2)
    campaigns.move(connection, campaign_id, [RUNNING], PAUSED)
    assert not queue_some(connection, campaign_id, limit=2)
    assert states(connection) == {"waiting": 2}
    campaigns.move(connection, campaign_id, [PAUSED], RUNNING)
    queue_all(connection, campaign_id, limit=2)
    assert states(connection) == {"waiting": 4}


def test_a_chunk_is_queued_once_whoever_chose_it(connection: Connection) -> None:
    found_centre(connection, 4)
    campaign_id = running(connection)
    chunk = campaigns.next_chunk(connection, campaign_id, 0, limit=3)
    assert chunk is not None
    connection.execute(persons.delete().where(persons.c.id == chunk.ids[0]))
    assert campaigns.queue_chunk(connection, chunk) == 2, "one has erased their data meanwhile"
    assert campaigns.queue_chunk(connection, chunk) == 0, "another process has been first"
    assert stored(connection, campaign_id).total == 2
    queue_all(connection, campaign_id)
    assert campaigns.queue_chunk(connection, chunk) == 0
    assert stored(connection, campaign_id).queued_to == campaigns.EVERYBODY, "nothing is gone through twice"
    campaign_id = running(connection)
    stopped = campaigns.next_chunk(connection, campaign_id, 0, limit=3)
    assert stopped is not None
    campaigns.move(connection, campaign_id, [RUNNING], PAUSED)
    assert campaigns.queue_chunk(connection, stopped) == 0


def test_a_cancelled_one_drops_the_rest_and_is_over_when_nothing_is_on_its_way(
    connection: Connection,
) -> None:
    found_centre(connection, 6)
    campaign_id = running(connection)
    queue_all(connection, campaign_id)
    settle(connection, State.SENT, 1)
    settle(connection, State.SENDING, 1)
    campaigns.move(connection, campaign_id, [RUNNING], CANCELLED)

    assert campaigns.drop(connection, campaign_id, LATER) == 4
    dropped = select(outbox.c.reason, outbox.c.settled_at).where(outbox.c.state == "dropped")
    assert {tuple(row) for row in connection.execute(dropped)} == {("cancelled", LATER)}
    assert not campaigns.finish(connection, campaign_id, LATER)
    connection.execute(update(outbox).where(outbox.c.state == "sending").values(state="uncertain"))
    assert campaigns.finish(connection, campaign_id, LATER)
    over = stored(connection, campaign_id)
    assert (over.state, over.finished_at) == (CANCELLED, LATER)
    assert over.outcome == {"sent": 1, "uncertain": 1, "dropped": 4}
    assert not campaigns.finish(connection, campaign_id, LATER)


def test_a_campaign_is_done_when_everything_is_settled(connection: Connection) -> None:
    found_centre(connection, 3)
    campaign_id = running(connection)
    assert not campaigns.finish(connection, campaign_id, LATER), "nothing is queued yet"
    queue_all(connection, campaign_id)
    settle(connection, State.SENT, 2)
    assert not campaigns.finish(connection, campaign_id, LATER)
    settle(connection, State.BLOCKED, 1)
    assert campaigns.finish(connection, campaign_id, LATER)
    assert stored(connection, campaign_id).outcome == {"sent": 2, "blocked": 1}


def test_whoever_erases_their_data_takes_the_message_along(connection: Connection) -> None:
    found_centre(connection, 2)
    queue_all(connection, running(connection))
    connection.execute(persons.delete().where(persons.c.id == 1))
    assert states(connection) == {"waiting": 1}


def test_a_draft_takes_the_place_of_the_former_one(connection: Connection) -> None:
    found_centre(connection, 1)
    first = campaigns.begin(connection, 1, organisation_id(connection, "ktt"), "", AT)
    other = campaigns.begin(connection, 2, None, "", AT)
    second = campaigns.begin(connection, 1, organisation_id(connection, "ktt"), "", AT)
    third = campaigns.begin(connection, 1, organisation_id(connection, "ktt"), "", AT)
    kept = set(connection.execute(select(table.c.id)).scalars())
    assert kept == {other, third}
    assert other not in (first, second)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["queue", "pause", "resume", "hold", "release", "cancel", "drop", "send", "finish"]),
        max_size=25,
    )
)
def test_whatever_happens_nobody_gets_it_twice_and_nothing_is_forgotten(
    connection: Connection, steps: list[str]
) -> None:
    undone = connection.begin_nested()
    found_centre(connection, 5)
    number = running(connection)
    do: dict[str, Callable[[], object]] = {
        "queue": lambda: queue_some(connection, number, limit=2),
        "pause": lambda: campaigns.move(connection, number, [RUNNING], PAUSED),
        "resume": lambda: campaigns.move(connection, number, [PAUSED], RUNNING),
        "hold": lambda: campaigns.hold(connection, number, limit=2),
        "release": lambda: campaigns.release(connection, number, AT, limit=2),
        "cancel": lambda: campaigns.move(connection, number, [RUNNING, PAUSED], CANCELLED),
        "drop": lambda: campaigns.drop(connection, number, AT, limit=2),
        "send": lambda: settle(connection, State.SENT, 1),
        "finish": lambda: campaigns.finish(connection, number, AT),
    }
    for step in steps:
        do[step]()
    campaign, counted = stored(connection, number), states(connection)
    undone.rollback()
    assert sum(counted.values()) == campaign.total <= 5
    if campaign.finished_at is not None:
        assert not set(counted) & {"waiting", "held"}
        assert campaign.outcome == counted
    if campaign.state is CampaignState.DONE:
        assert counted == {"sent": 5}


async def test_the_schedule_starts_what_is_due_and_closes_what_is_over(database: Database) -> None:
    def begin(connection: Connection) -> tuple[int, int]:
        found_centre(connection, 5)
        due = scheduled(connection, Segment(levels=("high",)))
        people.change_person(connection, 1, {"level": "high"})
        return due, scheduled(connection, starts_at=now() + dt.timedelta(hours=1))

    due, later = await database.write(begin)
    assert await advance_campaigns(database, ()) == {"started": 1, "finished": 0}
    assert await database.read(states) == {"waiting": 1}
    await database.write(lambda connection: settle(connection, State.SENT, 1))
    assert await advance_campaigns(database, ()) == {"finished": 1}
    assert await advance_campaigns(database, ()) == {}
    found = await database.read(lambda connection: campaigns.several(connection, [due, later]))
    assert [found[due].state, found[later].state] == [CampaignState.DONE, CampaignState.SCHEDULED]


async def test_the_schedule_holds_lets_go_and_drops(database: Database) -> None:
    def begin(connection: Connection) -> int:
        found_centre(connection, 5)
        return scheduled(connection)

    number = await database.write(begin)
    await advance_campaigns(database, ())
    for former, state, expected in (
        (RUNNING, PAUSED, {"held": 5}),
        (PAUSED, RUNNING, {"waiting": 5}),
        (RUNNING, CANCELLED, {"dropped": 5}),
    ):
        await database.write(partial(campaigns.move, campaign_id=number, former=[former], state=state))
        await advance_campaigns(database, ())
        assert await database.read(states) == expected
    (over,) = (await database.read(lambda connection: campaigns.several(connection, [number]))).values()
    assert over.finished_at is not None
