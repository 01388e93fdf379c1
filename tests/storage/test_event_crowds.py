"""Five hundred people and fifty seats, all at the same instant, on either database."""

import asyncio
from collections import Counter

from bot.domain.clock import now
from bot.domain.events.lifecycle import SEATED, RegistrationState
from bot.services.events.cards import Answer
from bot.services.events.jobs import pass_offers_on
from tests.storage.event_centre import HOUR, EventCentre, go_to

SEATS, CROWD = 50, 500


async def test_seats_are_never_given_twice_and_the_line_is_in_order(centre: EventCentre) -> None:
    code = await centre.event(seats=SEATS)
    crowd = await centre.students(CROWD)
    twice = [*crowd, *crowd[:SEATS]]  # some press a second time before the first is answered
    async with asyncio.TaskGroup() as group:
        pressed = [group.create_task(centre.events.wait(centre.unit(), one, code)) for one in twice]
    answers = [task.result() for task in pressed]
    states = await centre.states()
    assert Counter(states.values()) == {
        RegistrationState.REGISTERED: SEATS,
        RegistrationState.WAITING: CROWD - SEATS,
    }
    assert sum(answer.refusal is not None for answer in answers) == SEATS
    order = list(states)
    assert all(states[one] is RegistrationState.REGISTERED for one in order[:SEATS])

    seated, line = order[:SEATS], order[SEATS:]
    async with asyncio.TaskGroup() as group:
        for visitor in crowd:
            if visitor.person is not None and visitor.person.id in seated:
                group.create_task(centre.events.cancel(centre.unit(), visitor, code))
    states = await centre.states()
    assert {one for one, state in states.items() if state is RegistrationState.CANCELLED} == set(seated)
    offered = [one for one, state in states.items() if state is RegistrationState.OFFERED]
    assert offered == line[:SEATS]
    assert sum(state in SEATED for state in states.values()) == SEATS
    told = [one for kind, one in await centre.notices() if kind == "event_offer"]
    assert told == line[:SEATS]


async def test_offers_and_those_who_jump_in_compete_for_the_same_seats(centre: EventCentre) -> None:
    """Answers, offers that run out, cancellations and newcomers at once."""
    code = await centre.event(seats=10)
    crowd = await centre.students(60)
    for visitor in crowd[:30]:
        await centre.events.wait(centre.unit(), visitor, code)
    for visitor in crowd[:5]:
        await centre.events.cancel(centre.unit(), visitor, code)
    go_to(now() + 4 * HOUR)  # what was offered has run out
    async with asyncio.TaskGroup() as group:
        group.create_task(pass_offers_on(centre.database))
        pressed = [
            *(group.create_task(centre.events.confirm(centre.unit(), one, code)) for one in crowd[10:15]),
            *(group.create_task(centre.events.cancel(centre.unit(), one, code)) for one in crowd[5:8]),
            *(group.create_task(centre.events.sign_up(centre.unit(), one, code)) for one in crowd[30:]),
        ]
    assert all(isinstance(task.result(), Answer) for task in pressed)
    states = await centre.states()
    assert sum(state in SEATED for state in states.values()) == 10
    line = [one for one, state in states.items() if state is RegistrationState.WAITING]
    asked = [one for one, state in states.items() if state is RegistrationState.OFFERED]
    assert max(asked) < min(line), "nobody is asked before those who wait longer"
    card = await centre.events.card(centre.unit(), crowd[59], code)
    assert card is not None
    assert (card.seats_left, card.waiting) == (0, len(line))
