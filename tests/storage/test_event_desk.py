"""Staff's side: plans, changes that are told, the end of an event, and whose events they are."""

import datetime as dt
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.domain.access import AccessDenied
from bot.domain.clock import now
from bot.domain.events.audience import Audience
from bot.domain.events.event import PlanProblem
from bot.domain.events.kinds import Attendance
from bot.domain.events.lifecycle import EventState, RegistrationState
from bot.domain.events.refusals import Refusal
from bot.domain.facts import Fact, Source
from bot.domain.people import Visitor
from bot.services.events.jobs import close_past_events
from storage import risk
from tests.storage.centre import FOOD, REGION, SECOND
from tests.storage.event_centre import ASSESSMENTS, DAY, HOUR, EventCentre, go_to, plan, two_days_on

ATTENDED, ABSENT = RegistrationState.ATTENDED, RegistrationState.ABSENT


async def test_an_event_is_planned_put_right_published_and_copied(centre: EventCentre) -> None:
    desk, by = centre.desk, centre.specialist
    wrong = await desk.create(centre.unit(), by, plan(title="", seats=0, quotas={1: 1}))
    assert set(wrong.problems) == {PlanProblem.TITLE, PlanProblem.SEATS, PlanProblem.QUOTAS}
    code = await centre.event(publish=False, audience=Audience(specialties=("09",)), title=" Тренинг \n")
    card = await desk.card(centre.unit(), by, code)
    assert (card.event.title, card.event.state) == ("Тренинг", EventState.DRAFT)
    assert (card.event.region, card.event.zone) == (REGION, "Europe/Moscow")
    assert (await desk.change(centre.unit(), by, code, plan(seats=5, kind="fair"))).well
    assert (await desk.publish(centre.unit(), by, code)).well
    assert (await desk.publish(centre.unit(), by, code)).refusal is Refusal.PUBLISHED
    assert (await desk.discard(centre.unit(), by, code)).refusal is Refusal.PUBLISHED
    copied = await desk.copy(centre.unit(), by, code, two_days_on() + DAY)
    again = (await desk.card(centre.unit(), by, copied.code)).event
    assert (again.seats, again.state, again.version) == (5, EventState.DRAFT, 1)
    assert again.secret != (await centre.stored(code)).secret
    listed = await desk.listed(centre.unit(), by)
    assert [one.event.code for one in listed.cards] == [code, copied.code]
    assert (await desk.discard(centre.unit(), by, copied.code)).well
    assert await centre.notices() == []


async def test_a_weekly_repetition_keeps_the_time_on_the_wall(centre: EventCentre) -> None:
    """Berlin puts its clocks forward in the night to 28 March 2027."""
    zone = ZoneInfo("Europe/Berlin")
    starts_at = dt.datetime(2027, 3, 22, 15, tzinfo=zone)
    code = await centre.event(starts_at=starts_at, zone="Europe/Berlin")
    done = await centre.desk.repeat_weekly(centre.unit(), centre.specialist, code, 2)
    made = [await centre.stored(one.code) for one in done]
    assert [event.local_start for event in made] == [starts_at + 7 * DAY, starts_at + 14 * DAY]
    assert {event.local_start.hour for event in made} == {15}
    assert {event.ends_at - event.starts_at for event in made} == {2 * HOUR}


async def test_more_seats_go_to_those_who_wait_and_fewer_only_if_they_are_free(centre: EventCentre) -> None:
    code = await centre.event(seats=2)
    for visitor in await centre.students(4):
        await centre.events.wait(centre.unit(), visitor, code)
    fewer = await centre.desk.change(centre.unit(), centre.specialist, code, plan(seats=1))
    assert fewer.refusal is Refusal.SEATS_TAKEN
    assert (await centre.desk.change(centre.unit(), centre.specialist, code, plan(seats=3))).well
    states = list((await centre.states()).values())
    assert states[2:] == [RegistrationState.OFFERED, RegistrationState.WAITING]
    assert (await centre.stored(code)).version == 1, "of seats nobody is told"


async def test_others_events_are_not_there(centre: EventCentre) -> None:
    own, region = await centre.event(), await centre.event(centre.coordinator)
    nobody = Visitor(5, "ru")
    desk, unit = centre.desk, centre.unit
    for visitor, code in (
        (centre.of_food, own),
        (centre.coordinator, own),
        (centre.specialist, region),
        (centre.specialist, "nosuchev"),
        (nobody, own),
    ):
        for asked in (
            desk.card(unit(), visitor, code),
            desk.change(unit(), visitor, code, plan()),
            desk.move(unit(), visitor, code, two_days_on()),
            desk.publish(unit(), visitor, code),
            desk.cancel(unit(), visitor, code),
            desk.discard(unit(), visitor, code),
            desk.hold(unit(), visitor, code),
            desk.copy(unit(), visitor, code, two_days_on()),
            desk.repeat_weekly(unit(), visitor, code, 1),
            centre.door.door(unit(), visitor, code),
            centre.door.participants(unit(), visitor, code),
            centre.door.admit(unit(), visitor, code, "CODE-0001"),
            centre.door.miss(unit(), visitor, code, "CODE-0001"),
            centre.door.summary(unit(), visitor, code),
        ):
            with pytest.raises(AccessDenied):
                await asked
    for denied in (
        desk.create(unit(), nobody, plan()),
        desk.listed(unit(), nobody),
        desk.zone(unit(), nobody),
    ):
        with pytest.raises(AccessDenied):
            await denied
    assert (await centre.stored(own)).state is EventState.PUBLISHED


async def test_the_end_marks_who_did_not_come(centre: EventCentre) -> None:
    code = await centre.event(seats=2)
    came, missed, waiting = await centre.students(3)
    for visitor in (came, missed, waiting):
        await centre.events.wait(centre.unit(), visitor, code)
    assert (await centre.desk.hold(centre.unit(), centre.specialist, code)).refusal is Refusal.NOT_YET
    go_to(two_days_on() + HOUR)
    await centre.door.admit(centre.unit(), centre.specialist, code, "CODE-0001")
    assert (await centre.desk.hold(centre.unit(), centre.specialist, code)).well
    assert (await centre.desk.hold(centre.unit(), centre.specialist, code)).refusal is Refusal.OVER
    assert await centre.states() == {1: ATTENDED, 2: ABSENT, 3: RegistrationState.CANCELLED}
    assert await centre.notices() == [], "once is nothing to ask about"
    answer = await centre.events.why_absent(centre.unit(), missed, code, "far")
    assert answer.refusal is None
    assert (await centre.events.why_absent(centre.unit(), came, code, "far")).refusal is not None


async def test_the_second_absence_in_a_row_is_asked_about_once(centre: EventCentre) -> None:
    asked = []
    students = await centre.students(2)
    for number in range(4):
        code = await centre.event()
        for visitor in students:
            await centre.events.sign_up(centre.unit(), visitor, code)
        go_to((await centre.stored(code)).starts_at)
        await centre.door.admit(centre.unit(), centre.specialist, code, "CODE-0001")
        if number == 0:  # the other one comes to the first and to no later one
            await centre.door.admit(centre.unit(), centre.specialist, code, "CODE-0002")
        await centre.desk.hold(centre.unit(), centre.specialist, code)
        asked.append(len(await centre.notices()))
    assert asked == [0, 0, 1, 1]
    assert await centre.notices() == [("event_absence", 2)]


async def test_what_nobody_closed_closes_itself(centre: EventCentre) -> None:
    kept = await centre.event()
    by_list = await centre.event(attendance=Attendance.SIGNED_UP)
    (student,) = await centre.students(1)
    for code in (kept, by_list):
        await centre.events.sign_up(centre.unit(), student, code)
    go_to(two_days_on())
    assert (await close_past_events(centre.database, ASSESSMENTS))["closed"] == 0
    go_to(now() + DAY + 3 * HOUR)
    assert (await close_past_events(centre.database, ASSESSMENTS))["closed"] == 2
    assert {(await centre.stored(code)).state for code in (kept, by_list)} == {EventState.HELD}
    cards = {card.event.code: card for card in await centre.events.mine(centre.unit(), student)}
    assert list(cards) == [by_list]
    came = cards[by_list].registration
    assert came is not None
    assert came.came_by == "signed_up"
    kept_state = (await centre.events.card(centre.unit(), student, kept)).registration  # type: ignore[union-attr]
    assert kept_state is not None
    assert kept_state.state is RegistrationState.REGISTERED, "nobody kept the door: nobody was absent"


async def test_announced_to_are_those_whom_it_fits(centre: EventCentre) -> None:
    """The figure is reckoned by the database, what fits a person by the rules: they agree."""
    audiences = [
        Audience(),
        Audience(specialties=("09", "43.01")),
        Audience(specialties=("43",), years=(2027,)),
        Audience(years=(2028,)),
        Audience(requests=("practice",)),
        Audience(requests=("first_job",), years=(2027,)),
    ]
    people = [*await centre.students(2), *await centre.students(2, SECOND, 3)]
    people += await centre.students(2, FOOD, 5)
    requests = Fact("requests", ("practice", "first_job"), Source.ANSWER)
    for fact in (requests, Fact("specialty", "43.02.15", Source.STAFF)):
        await centre.database.write(partial(risk.set_fact, person_id=1, fact=fact, at=now()))
    for audience in audiences:
        code = await centre.event(centre.coordinator, audience=audience)
        fitting = [one for one in people if await centre.events.card(centre.unit(), one, code)]
        summary = await centre.door.summary(centre.unit(), centre.coordinator, code)
        assert summary.announced_to == len(fitting), audience
