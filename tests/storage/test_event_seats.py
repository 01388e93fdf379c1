"""Signing up, waiting, being offered a seat, cancelling: what a student can do about an event."""

import datetime as dt
from functools import partial

import pytest

from bot.domain.clock import now
from bot.domain.events.audience import Audience
from bot.domain.events.lifecycle import RegistrationState
from bot.domain.events.refusals import Refusal
from bot.domain.people import Visitor
from bot.services.erasure import Erasure
from bot.services.events.jobs import pass_offers_on
from bot.services.profiling import NoProfileError
from storage import registrations
from tests.storage.centre import FOOD, REGION, TRANSPORT, organisation_id
from tests.storage.event_centre import DAY, HOUR, EventCentre, go_to, two_days_on

REGISTERED, WAITING, OFFERED = (
    RegistrationState.REGISTERED,
    RegistrationState.WAITING,
    RegistrationState.OFFERED,
)
CONFIRMED, CANCELLED = RegistrationState.CONFIRMED, RegistrationState.CANCELLED


async def test_a_seat_is_taken_waited_for_offered_and_confirmed(centre: EventCentre) -> None:
    code = await centre.event(seats=1)
    first, second, third = await centre.students(3)
    events = centre.events
    taken = await events.sign_up(centre.unit(), first, code)
    assert taken.refusal is None
    assert taken.card is not None
    assert (taken.card.seats_left, taken.card.refusal) == (0, Refusal.ALREADY)
    assert (await events.sign_up(centre.unit(), first, code)).refusal is Refusal.ALREADY
    assert (await events.sign_up(centre.unit(), second, code)).refusal is Refusal.FULL
    for place, visitor in enumerate((second, third), 1):
        waits = await events.wait(centre.unit(), visitor, code)
        assert waits.refusal is None
        assert waits.card is not None
        assert waits.card.place_in_line == place
    assert (await events.confirm(centre.unit(), second, code)).refusal is Refusal.NO_SEAT

    assert (await events.cancel(centre.unit(), first, code)).refusal is None
    assert await centre.states() == {1: CANCELLED, 2: OFFERED, 3: WAITING}
    offered = await events.card(centre.unit(), second, code)
    assert offered is not None
    assert offered.registration is not None
    until = offered.registration.offered_until
    assert until is not None
    assert dt.timedelta() < now() + 3 * HOUR - until < HOUR / 60
    assert (await events.sign_up(centre.unit(), second, code)).refusal is Refusal.OFFERED
    assert (await events.wait(centre.unit(), first, code)).refusal is None
    assert await centre.states() == {2: OFFERED, 3: WAITING, 1: WAITING}, "back at the end of the line"
    assert (await events.confirm(centre.unit(), second, code)).refusal is None
    assert (await events.confirm(centre.unit(), second, code)).refusal is Refusal.ALREADY
    assert await centre.notices() == [("event_offer", 2)]


async def test_an_offer_that_is_declined_or_runs_out_passes_on(centre: EventCentre) -> None:
    code = await centre.event(seats=1)
    crowd = await centre.students(4)
    for visitor in crowd:
        await centre.events.wait(centre.unit(), visitor, code)
    await centre.events.cancel(centre.unit(), crowd[0], code)
    assert (await centre.events.decline(centre.unit(), crowd[1], code)).refusal is None
    assert await centre.states() == {1: CANCELLED, 2: CANCELLED, 3: OFFERED, 4: WAITING}
    assert not await pass_offers_on(centre.database)
    go_to(now() + 3 * HOUR)
    assert await pass_offers_on(centre.database) == {"lapsed": 1, "offered": 1}
    assert await centre.states() == {1: CANCELLED, 2: CANCELLED, 3: CANCELLED, 4: OFFERED}
    assert (await centre.events.confirm(centre.unit(), crowd[2], code)).refusal is Refusal.OFFER_GONE
    go_to(now() + 3 * HOUR)
    answer = await centre.events.confirm(centre.unit(), crowd[3], code)
    assert answer.refusal is None, "late, but nobody else waits"


async def test_a_late_answer_does_not_take_the_seat_from_the_next(centre: EventCentre) -> None:
    code = await centre.event(seats=1)
    crowd = await centre.students(3)
    for visitor in crowd:
        await centre.events.wait(centre.unit(), visitor, code)
    await centre.events.cancel(centre.unit(), crowd[0], code)
    go_to(now() + 4 * HOUR)
    assert (await centre.events.confirm(centre.unit(), crowd[1], code)).refusal is Refusal.OFFER_GONE
    assert await centre.states() == {1: CANCELLED, 2: CANCELLED, 3: OFFERED}


async def test_what_is_too_late_is_refused(centre: EventCentre) -> None:
    starts_at = two_days_on()
    code = await centre.event(deadline_at=starts_at - DAY, seats=1)
    early, late = await centre.students(2)
    await centre.events.sign_up(centre.unit(), early, code)
    go_to(starts_at - DAY)
    assert (await centre.events.sign_up(centre.unit(), late, code)).refusal is Refusal.CLOSED
    assert (await centre.events.wait(centre.unit(), late, code)).refusal is Refusal.CLOSED
    go_to(starts_at)
    assert (await centre.events.cancel(centre.unit(), early, code)).refusal is Refusal.OVER
    assert (await centre.events.sign_up(centre.unit(), late, code)).refusal is Refusal.OVER


async def test_after_the_deadline_nobody_is_offered_a_seat(centre: EventCentre) -> None:
    starts_at = two_days_on()
    code = await centre.event(deadline_at=starts_at - DAY, seats=1)
    first, second = await centre.students(2)
    for visitor in (first, second):
        await centre.events.wait(centre.unit(), visitor, code)
    go_to(starts_at - DAY)
    await centre.events.cancel(centre.unit(), first, code)
    assert await centre.states() == {1: CANCELLED, 2: WAITING}


async def test_only_what_fits_is_seen_and_can_be_joined(centre: EventCentre) -> None:
    theirs = await centre.event(audience=Audience(specialties=("09",), years=(2027,)))
    others = await centre.event(audience=Audience(specialties=("43",)))
    region = await centre.event(centre.coordinator)
    draft = await centre.event(publish=False)
    (student,) = await centre.students(1)
    (cook,) = await centre.students(1, FOOD, first=2)
    assert await codes(centre, student) == {theirs, region}
    assert await codes(centre, cook) == {region}
    for code in (others, draft, "nosuchev", ""):
        assert await centre.events.card(centre.unit(), student, code) is None
        answer = await centre.events.sign_up(centre.unit(), student, code)
        assert (answer.refusal, answer.card) == (Refusal.GONE, None)
    assert (await centre.events.sign_up(centre.unit(), cook, theirs)).refusal is Refusal.GONE
    day = two_days_on().date()
    assert await centre.events.month(centre.unit(), student, day.year, day.month) == {day: 2}
    assert await centre.events.month(centre.unit(), student, day.year + 1, day.month) == {}
    assert (await centre.events.listed(centre.unit(), student, day=day + DAY)).cards == []
    with pytest.raises(NoProfileError):
        await centre.events.listed(centre.unit(), Visitor(1, "ru"))


async def codes(centre: EventCentre, visitor: Visitor) -> set[str]:
    return {card.event.code for card in (await centre.events.listed(centre.unit(), visitor)).cards}


async def test_days_are_those_of_the_place(centre: EventCentre) -> None:
    """Half past eleven at night in Kamchatka, the last day of the year: in Moscow it is afternoon."""
    zone = "Asia/Kamchatka"
    starts_at = dt.datetime(2027, 12, 31, 11, 30, tzinfo=dt.UTC)
    await centre.event(starts_at=starts_at, zone=zone)
    after_midnight = dt.datetime(2027, 12, 31, 12, 30, tzinfo=dt.UTC)
    await centre.event(starts_at=after_midnight, zone=zone)
    (student,) = await centre.students(1)
    months = partial(centre.events.month, centre.unit(), student)
    assert await months(2027, 12) == {dt.date(2027, 12, 31): 1}
    assert await months(2028, 1) == {dt.date(2028, 1, 1): 1}


async def test_quotas_are_kept_and_each_college_has_its_line(centre: EventCentre) -> None:
    transport = await centre.database.read(partial(organisation_id, code="ktt"))
    code = await centre.event(centre.coordinator, seats=3, quotas={transport: 1}, region=REGION)
    own = await centre.students(3, TRANSPORT)
    others = await centre.students(3, FOOD, first=11)
    for visitor in [*own, *others]:
        await centre.events.wait(centre.unit(), visitor, code)
    states = await centre.states()
    assert [one for one, state in states.items() if state is REGISTERED] == [1, 11, 12]
    places = {one.person.id: await place(centre, one, code) for one in (*own, *others) if one.person}
    assert places == {1: None, 2: 1, 3: 2, 11: None, 12: None, 13: 1}
    await centre.events.cancel(centre.unit(), others[0], code)
    assert (await centre.states())[13] is OFFERED
    await centre.events.cancel(centre.unit(), own[0], code)
    states = await centre.states()
    assert (states[2], states[3]) == (OFFERED, WAITING)


async def place(centre: EventCentre, visitor: Visitor, code: str) -> int | None:
    card = await centre.events.card(centre.unit(), visitor, code)
    assert card is not None
    return card.place_in_line


async def test_who_erases_their_data_leaves_the_seat_to_the_next(centre: EventCentre) -> None:
    code = await centre.event(seats=1)
    first, second = await centre.students(2)
    for visitor in (first, second):
        await centre.events.wait(centre.unit(), visitor, code)
    await Erasure().erase(centre.unit(), first)
    assert await centre.states() == {2: OFFERED}
    assert await centre.notices() == [("event_offer", 2)]


async def test_reminders_are_a_choice_of_ones_own(centre: EventCentre) -> None:
    code = await centre.event()
    (student,) = await centre.students(1)
    toggle = partial(centre.events.toggle_reminder, visitor=student, code=code)
    assert (await toggle(centre.unit(), hours=2)).refusal is Refusal.NOT_REGISTERED
    await centre.events.sign_up(centre.unit(), student, code)
    chosen = []
    for hours in (24, 2, 7, 24):
        card = (await toggle(centre.unit(), hours=hours)).card
        assert card is not None
        assert card.registration is not None
        chosen.append(card.registration.remind)
    assert chosen == [(2,), (), (), (24,)]


async def test_what_one_has_signed_up_for_is_found_again(centre: EventCentre) -> None:
    soon = await centre.event()
    later = await centre.event(starts_at=two_days_on() + DAY)
    left = await centre.event()
    (student,) = await centre.students(1)
    for code in (later, soon, left):
        await centre.events.sign_up(centre.unit(), student, code)
    await centre.events.cancel(centre.unit(), student, left)
    own = await centre.events.mine(centre.unit(), student)
    assert [card.event.code for card in own] == [soon, later]
    look = partial(registrations.own, person_id=1, since=now() + 3 * DAY)
    assert len(await centre.database.read(look)) == 1
