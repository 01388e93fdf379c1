"""The door: codes told apart, guessing stopped, marks by hand, and the level that follows at once."""

from functools import partial

import pytest

from bot.domain.access import AccessDenied
from bot.domain.clock import now
from bot.domain.events.door import code_at
from bot.domain.events.kinds import Attendance, EventKind
from bot.domain.events.lifecycle import RegistrationState
from bot.domain.events.refusals import Refusal
from bot.domain.facts import Fact, Source, Value
from bot.domain.people import Visitor
from bot.services.events.jobs import close_past_events
from storage import risk
from tests.storage.centre import FOOD
from tests.storage.event_centre import ASSESSMENTS, HOUR, EventCentre, go_to, two_days_on

MINUTE = HOUR / 60
ATTENDED, ABSENT = RegistrationState.ATTENDED, RegistrationState.ABSENT


async def digits(centre: EventCentre, code: str) -> str:
    return (await centre.door.door(centre.unit(), centre.specialist, code)).digits


async def try_code(centre: EventCentre, visitor: Visitor, typed: str, code: str = "") -> Refusal | None:
    return (await centre.check_in.check_in(centre.unit(), visitor, typed, code)).refusal


async def test_the_level_follows_from_checking_in(centre: EventCentre) -> None:
    code = await centre.event(kind=EventKind.FAIR)
    (student,) = await centre.students(1)
    known: dict[str, Value] = {"employer_events": 0, "work_experience": "in_field"}
    known |= {"resume": True, "definite_workplace": True}
    facts = [Fact(name, value, Source.ANSWER) for name, value in known.items()]
    await centre.database.write(
        partial(risk.replace_facts, person_id=1, source=Source.ANSWER, known=facts, at=now())
    )
    await centre.assess([student])
    await centre.events.sign_up(centre.unit(), student, code)
    go_to(two_days_on() + 5 * MINUTE)
    answer = await centre.check_in.check_in(centre.unit(), student, await digits(centre, code))
    assert answer.refusal is None
    assert answer.card is not None
    assert answer.card.registration is not None
    assert (answer.card.registration.state, answer.card.registration.came_by) == (ATTENDED, "code")
    assert await centre.level(student) == "not_high"
    held = await centre.database.read(partial(risk.facts_of, person_id=1))
    assert Fact("employer_events", 1, Source.ATTENDANCE) in held
    history = await centre.database.read(partial(risk.assessments_of, person_id=1, limit=5))
    assert [row["cause"] for row in history] == ["attendance"]
    # a slip of the hand put right: the level follows back
    assert student.person is not None
    person = student.person.code
    assert await centre.door.miss(centre.unit(), centre.specialist, code, person) is None
    assert await centre.level(student) == "high"
    assert await centre.door.admit(centre.unit(), centre.specialist, code, person) is None
    assert await centre.level(student) == "not_high"


async def test_codes_that_do_not_open_are_told_apart(centre: EventCentre) -> None:
    starts_at = two_days_on()
    code, other = await centre.event(), await centre.event(seats=1)
    own, stranger, waiting = await centre.students(3)
    await centre.events.sign_up(centre.unit(), own, code)
    await centre.events.sign_up(centre.unit(), own, other)
    await centre.events.wait(centre.unit(), waiting, other)
    right, wrong = await digits(centre, code), await digits(centre, other)
    assert await try_code(centre, own, right, code) is Refusal.NOT_YET
    go_to(starts_at - 30 * MINUTE)
    assert await try_code(centre, own, f"{code}-{wrong}") is Refusal.OTHER_EVENT
    never = next(f"{n:06}" for n in range(10) if f"{n:06}" not in (right, wrong))
    assert await try_code(centre, own, never, code) is Refusal.WRONG_CODE
    assert await try_code(centre, own, never) is Refusal.WRONG_CODE
    assert await try_code(centre, stranger, right) is Refusal.NOT_REGISTERED
    assert await try_code(centre, waiting, wrong) is Refusal.NO_SEAT
    assert await try_code(centre, stranger, f"nosuchev-{right}") is Refusal.GONE
    assert await try_code(centre, own, f" {right[:3]} {right[3:]} ") is None
    assert await try_code(centre, own, right) is Refusal.ALREADY_IN
    go_to(starts_at + 2 * HOUR + MINUTE)
    assert await try_code(centre, stranger, right) is Refusal.CODE_EXPIRED
    await close_past_events(centre.database, ASSESSMENTS)
    await centre.desk.hold(centre.unit(), centre.specialist, code)
    assert await try_code(centre, stranger, right, code) is Refusal.OVER


async def test_a_screenshot_passed_on_does_not_open_when_codes_rotate(centre: EventCentre) -> None:
    code = await centre.event(rotating_code=True)
    own, friend = await centre.students(2)
    for visitor in (own, friend):
        await centre.events.sign_up(centre.unit(), visitor, code)
    event = await centre.stored(code)
    go_to(event.starts_at)
    door = await centre.door.door(centre.unit(), centre.specialist, code)
    assert door.open
    assert door.changes_at is not None
    assert door.token == f"{code}-{door.digits}"
    assert await try_code(centre, own, door.token) is None
    go_to(now() + 2 * MINUTE)
    assert await try_code(centre, friend, door.token) is Refusal.CODE_EXPIRED
    assert await try_code(centre, friend, code_at(event.secret, now(), rotating=True)) is None


async def test_guessing_is_stopped_for_a_while(centre: EventCentre) -> None:
    code = await centre.event()
    own, other = await centre.students(2)
    for visitor in (own, other):
        await centre.events.sign_up(centre.unit(), visitor, code)
    go_to(two_days_on())
    right = await digits(centre, code)
    wrong = next(f"{n:06}" for n in range(10) if f"{n:06}" != right)
    for _ in range(5):
        assert await try_code(centre, own, wrong) is Refusal.WRONG_CODE
    assert await try_code(centre, own, right) is Refusal.TOO_MANY
    assert await try_code(centre, other, right) is None, "others are not held up"
    go_to(now() + 10 * MINUTE + MINUTE)
    assert await try_code(centre, own, right) is None


async def test_where_staff_mark_who_came_no_code_opens(centre: EventCentre) -> None:
    code = await centre.event(attendance=Attendance.STAFF)
    (own,) = await centre.students(1)
    await centre.events.sign_up(centre.unit(), own, code)
    go_to(two_days_on())
    assert await try_code(centre, own, await digits(centre, code)) is Refusal.STAFF_ONLY


async def test_walk_ins_need_a_free_seat(centre: EventCentre) -> None:
    code = await centre.event(seats=1)
    own, _ = await centre.students(2)
    await centre.students(1, FOOD, first=3)
    await centre.events.sign_up(centre.unit(), own, code)
    admit = partial(centre.door.admit, centre.unit(), centre.specialist, code)
    assert await admit("CODE-0002") is Refusal.NOT_YET
    go_to(two_days_on())
    assert await admit("code 0002") is Refusal.FULL
    assert await admit("CODE-0003") is Refusal.NOBODY, "of another college"
    assert await admit("NOBO-DYIS") is Refusal.NOBODY
    assert await centre.door.miss(centre.unit(), centre.specialist, code, "CODE-0001") is None
    assert await admit("code 0002") is None
    assert await centre.states() == {1: ABSENT, 2: ATTENDED}
    assert await admit("code 0002") is Refusal.ALREADY_IN
    assert await admit("CODE-0001") is Refusal.FULL
    summary = await centre.door.summary(centre.unit(), centre.specialist, code)
    assert (summary.signed_up, summary.came, summary.absent, summary.walk_ins) == (2, 1, 1, 1)
    assert (summary.announced_to, summary.high_risk_share, summary.rating) == (2, None, None)


async def test_the_summary_tells_a_share_and_nobody(centre: EventCentre) -> None:
    code = await centre.event(centre.coordinator)
    students = [*await centre.students(3), *await centre.students(2, FOOD, first=4)]
    await centre.assess(students[:3])
    for visitor in students:
        await centre.events.sign_up(centre.unit(), visitor, code)
    go_to(two_days_on())
    for visitor in students[:4]:
        assert visitor.person is not None
        person = visitor.person.code
        assert await centre.door.admit(centre.unit(), centre.coordinator, code, person) is None
    for visitor, rating in zip(students[:2], (5, 4), strict=True):
        await centre.events.rate(centre.unit(), visitor, code, rating, "Полезно.\n")
    assert (await centre.events.rate(centre.unit(), students[4], code, 5)).refusal is Refusal.NOT_THERE
    summary = await centre.door.summary(centre.unit(), centre.coordinator, code)
    assert (summary.announced_to, summary.rating, summary.ratings) == (5, 4.5, 2)
    assert summary.comments == ["Полезно."] * 2
    assert summary.by_organisation == [("Колледж транспорта", 3, 3), ("Техникум питания", 2, 1)]
    assert summary.high_risk_share is not None
    listed = await centre.door.participants(centre.unit(), centre.coordinator, code)
    assert {(one.name, one.group) for one in listed} == {(None, None)}, "a coordinator sees no names"
    with pytest.raises(AccessDenied):
        await centre.door.participants(centre.unit(), centre.specialist, code)
