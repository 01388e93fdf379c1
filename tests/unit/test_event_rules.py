"""The rules of events: both life cycles, seats, who fits, codes at the door, when people are told."""

import datetime as dt
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.events.audience import Attendee, Audience, fits
from bot.domain.events.door import CodeVerdict, changes_at, code_at, judge, read_typed, token
from bot.domain.events.event import Plan, PlanProblem, problems
from bot.domain.events.kinds import EventKind, facts_of_attendance
from bot.domain.events.lifecycle import (
    SEATED,
    EventState,
    EventStep,
    RegistrationState,
    RegistrationStep,
    event_after,
    registration_after,
)
from bot.domain.events.refusals import Refusal
from bot.domain.events.seating import Seating
from bot.domain.events.times import cannot_wait, offer, reminder_at, reminder_expires
from bot.domain.quiet import EVERY_DAY, QuietHours, next_allowed

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
MOSCOW = "Europe/Moscow"


def at(hour: int, minute: int = 0, day: int = 10) -> dt.datetime:
    """A time in March in Moscow, in UTC."""
    return dt.datetime(2027, 3, day, hour, minute, tzinfo=dt.timezone(3 * HOUR)).astimezone(dt.UTC)


@pytest.mark.parametrize("step", EventStep)
@pytest.mark.parametrize("state", EventState)
def test_every_step_of_an_event_is_allowed_or_refused(state: EventState, step: EventStep) -> None:
    after = event_after(state, step)
    assert isinstance(after, EventState | Refusal)
    if state is EventState.CANCELLED:
        assert after is Refusal.CANCELLED, "what is cancelled stays so"
    if state is EventState.HELD:
        assert after in (EventState.HELD, Refusal.OVER), "what has been stays so"


def test_a_draft_becomes_an_event_that_is_held_or_cancelled() -> None:
    assert event_after(EventState.DRAFT, EventStep.PUBLISH) is EventState.PUBLISHED
    assert event_after(EventState.PUBLISHED, EventStep.HOLD) is EventState.HELD
    assert event_after(EventState.PUBLISHED, EventStep.CANCEL) is EventState.CANCELLED
    for step in (EventStep.JOIN, EventStep.LEAVE, EventStep.CHECK_IN, EventStep.RATE):
        assert event_after(EventState.DRAFT, step) is Refusal.GONE, "nobody outside knows of a draft"


def test_the_legal_steps_of_a_registration_are_these_and_no_others() -> None:
    none, registered, waiting = None, RegistrationState.REGISTERED, RegistrationState.WAITING
    offered, confirmed = RegistrationState.OFFERED, RegistrationState.CONFIRMED
    cancelled, attended = RegistrationState.CANCELLED, RegistrationState.ATTENDED
    absent = RegistrationState.ABSENT
    legal: dict[RegistrationStep, dict[RegistrationState | None, RegistrationState]] = {
        RegistrationStep.SIGN_UP: {none: registered, cancelled: registered},
        RegistrationStep.WAIT: {none: waiting, cancelled: waiting},
        RegistrationStep.OFFER: {waiting: offered},
        RegistrationStep.CONFIRM: {offered: confirmed, registered: confirmed},
        RegistrationStep.DECLINE: {offered: cancelled},
        RegistrationStep.LAPSE: {offered: cancelled},
        RegistrationStep.CANCEL: dict.fromkeys((registered, waiting, offered, confirmed), cancelled),
        RegistrationStep.CHECK_IN: dict.fromkeys((registered, offered, confirmed), attended),
        RegistrationStep.ADMIT: dict.fromkeys({none, *RegistrationState} - {attended}, attended),
        RegistrationStep.MISS: dict.fromkeys((registered, offered, confirmed, attended), absent),
        RegistrationStep.RATE: {attended: attended},
    }
    for step in RegistrationStep:
        for state in (None, *RegistrationState):
            after = registration_after(state, step)
            assert after == legal[step].get(state, after)
            assert isinstance(after, Refusal) == (state not in legal[step]), (step, state, after)


quotas = st.dictionaries(st.integers(1, 3), st.integers(0, 4))
colleges = st.one_of(st.none(), st.integers(1, 5))


@given(st.one_of(st.none(), st.integers(1, 12)), quotas, st.lists(colleges), st.lists(colleges))
def test_seats_never_run_below_none_and_the_line_keeps_its_order(
    seats: int | None, quota: dict[int, int], first: list[int | None], waiting: list[int | None]
) -> None:
    seating = Seating(seats, quota)
    taken: dict[int | None, int] = {}
    for college in first:
        if seating.free(taken, college) != 0:
            taken[college] = taken.get(college, 0) + 1
    check(seating, taken)
    line = list(enumerate(waiting))
    chosen = seating.next_in_line(taken, line)
    for registration in chosen:
        college = waiting[registration]
        taken[college] = taken.get(college, 0) + 1
    check(seating, taken)
    assert chosen == sorted(chosen)
    left = [(number, college) for number, college in line if number not in chosen]
    assert seating.next_in_line(taken, left) == [], "no seat is left while somebody waits who could have it"
    for college in {of for _, of in left}:
        ahead = [one for one in seating.before(college, line) if one in chosen]
        behind = seating.before(college, left)
        assert not ahead or not behind or max(ahead) < min(behind)


def check(seating: Seating, taken: dict[int | None, int]) -> None:
    assert seating.seats is None or sum(taken.values()) <= seating.seats
    for college, limit in seating.quotas.items():
        assert taken.get(college, 0) <= limit
    assert not any(seating.overfull(taken, college) for college in taken)
    assert all((seating.free(taken, college) or 0) >= 0 for college in (None, 1, 2, 3, 4, 5))


def test_quotas_keep_seats_for_their_colleges() -> None:
    seating = Seating(10, {1: 6})
    assert (seating.free({}, 1), seating.free({}, 2), seating.free({}, None)) == (6, 4, 4)
    assert (seating.free({2: 4}, 1), seating.free({2: 4}, 3)) == (6, 0)
    assert Seating(10, {1: 6}).free({1: 8}, 2) == 2, "people who changed colleges took their seats along"
    assert Seating(None, {1: 6}).free({}, 2) is None


def test_who_fits() -> None:
    welder = Attendee(1, "77", 5, "15.01.05", 2027, ("first_job",))
    assert fits(Audience(), Attendee())
    assert fits(Audience(specialties=("15", "09.02"), years=(2027,)), welder)
    assert not fits(Audience(specialties=("09.02",)), welder)
    assert not fits(Audience(specialties=("15",), years=(2028,)), welder)
    assert fits(Audience(requests=("practice", "first_job")), welder)
    assert not fits(Audience(groups=(6,)), welder)
    assert not fits(Audience(specialties=("15",)), Attendee()), "what is not known does not match"
    audience = Audience(("15",), ("practice",), (5,), (2027,))
    assert Audience.from_json(audience.to_json()) == audience
    assert Audience.from_json({}).open


def test_what_attendance_says() -> None:
    assert facts_of_attendance([]) == {}
    assert facts_of_attendance([(EventKind.SEMINAR, None)]) == {}
    fairs = [(EventKind.FAIR, None), (EventKind.MASTER_CLASS, "ООО «Станок»")]
    assert facts_of_attendance(fairs) == {"employer_events": 2}
    trainings = [(EventKind.RESUME_TRAINING, None), (EventKind.INTERVIEW_TRAINING, None)]
    assert facts_of_attendance(trainings) == {"resume": True, "interview_training": True}


instants = st.datetimes(
    dt.datetime(2027, 1, 1),  # noqa: DTZ001 - made aware below
    dt.datetime(2028, 1, 1),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
)


@given(instants, st.integers(0, 900))
def test_a_rotating_code_holds_for_its_step_and_the_next(instant: dt.datetime, seconds: int) -> None:
    code = code_at("secret", instant, rotating=True)
    later = instant + dt.timedelta(seconds=seconds)
    steps = (later.timestamp() // 30) - (instant.timestamp() // 30)
    expected = CodeVerdict.RIGHT if steps <= 1 else CodeVerdict.EXPIRED if steps < 20 else CodeVerdict.WRONG
    assert judge("secret", code, later, rotating=True) is expected
    assert instant < changes_at(instant) <= instant + dt.timedelta(seconds=30)
    assert len(code) == 6
    assert code.isdecimal()


def test_codes_of_events_differ_and_what_is_typed_is_read_kindly() -> None:
    codes = {code_at(f"secret {number}", at(15), rotating=False) for number in range(50)}
    assert len(codes) == 50
    code = code_at("secret", at(15), rotating=False)
    assert judge("secret", code, at(19), rotating=False) is CodeVerdict.RIGHT
    assert judge("other", code, at(15), rotating=False) is CodeVerdict.WRONG
    assert read_typed(token("abcd2345", "012345")) == ("abcd2345", "012345")
    for typed in ("012345", " 012 345 ", "012-345", "012\u00a0345"):
        assert read_typed(typed) == ("", "012345")
    assert judge("secret", "١٢٣٤٥٦", at(15), rotating=False) is CodeVerdict.WRONG


def test_offers_wake_nobody_and_end_in_time() -> None:
    noon = at(15, day=12)
    assert offer(at(10), noon, noon, MOSCOW) == (at(10), at(13))
    assert offer(at(23), noon, noon, MOSCOW) == (at(9, day=11), at(12, day=11))
    assert offer(at(3, day=12), noon, noon, MOSCOW) == (at(9, day=12), at(12, day=12))
    early = at(9, 30, day=12)
    assert offer(at(23, day=11), early, early, MOSCOW) == (at(23, day=11), at(2, day=12))
    assert offer(at(12, day=12), noon, noon, MOSCOW) == (at(12, day=12), at(14, day=12))
    assert offer(at(14, 30, day=12), noon, noon, MOSCOW) == (at(14, 30, day=12), at(14, 45, day=12))
    assert offer(at(14, 50, day=12), noon, noon, MOSCOW) is None
    assert offer(at(10), noon, at(11), MOSCOW) == (at(10), at(11))
    assert offer(at(11), noon, at(11), MOSCOW) is None


zones = st.sampled_from((MOSCOW, "Asia/Kamchatka", "Europe/Kaliningrad", "Europe/Berlin"))


@given(instants, st.integers(0, 100 * 60), st.integers(0, 48 * 60), zones)
def test_an_offer_ends_before_the_event_and_the_deadline(
    instant: dt.datetime, minutes: int, earlier: int, zone: str
) -> None:
    starts_at = instant + dt.timedelta(minutes=minutes)
    deadline_at = starts_at - dt.timedelta(minutes=earlier)
    made = offer(instant, starts_at, deadline_at, zone)
    if made is not None:
        assert instant <= made.told_at
        assert made.told_at + dt.timedelta(minutes=15) <= made.until <= min(starts_at, deadline_at)


hours = st.builds(QuietHours, zones, st.integers(0, 1439), st.integers(0, 1439), st.integers(0, EVERY_DAY))


@given(instants, st.sampled_from((24, 2)), hours)
def test_a_reminder_comes_before_the_event_and_not_at_night(
    starts_at: dt.datetime, before: int, quiet: QuietHours
) -> None:
    due_at = reminder_at(starts_at, before, quiet)
    target = starts_at - before * HOUR
    nights = QuietHours(quiet.zone, quiet.quiet_from, quiet.quiet_to, 0, holidays_off=False)
    assert target - DAY <= due_at < starts_at
    assert due_at < reminder_expires(starts_at, before)
    if next_allowed(target, nights) == target:
        assert due_at == target
    if due_at > target - DAY:
        assert next_allowed(due_at, nights) == due_at


def test_the_usual_reminders() -> None:
    quiet = QuietHours(MOSCOW)
    assert reminder_at(at(15), 24, quiet) == at(15, day=9)
    assert reminder_at(at(15), 2, quiet) == at(13)
    assert reminder_at(at(8), 24, quiet) == at(9, day=9), "a little later than a day before"
    assert reminder_at(at(8), 2, quiet) == at(20, 45, day=9), "the evening before, not at six in the morning"
    assert reminder_at(at(15, day=14), 2, quiet) == at(13, day=14), "on a Sunday too"


def test_what_cannot_wait() -> None:
    quiet = QuietHours(MOSCOW)
    assert cannot_wait(at(23), at(23, 30), quiet, MOSCOW)
    assert cannot_wait(at(1), at(23), quiet, MOSCOW), "today"
    assert cannot_wait(at(23), at(11, day=11), quiet, MOSCOW), "in the morning it would be late"
    assert not cannot_wait(at(23), at(15, day=11), quiet, MOSCOW)
    # a Saturday evening, an event on Monday morning, and Sunday is a day off
    assert cannot_wait(at(22, day=13), at(10, day=15), quiet, MOSCOW)
    # there it is the day of the event already
    assert cannot_wait(at(18), at(14, day=11), quiet, "Asia/Kamchatka")
    assert not cannot_wait(at(18), at(14, day=11), quiet, MOSCOW)


def plan(**changed: object) -> Plan:
    usual: dict[str, object] = {
        "kind": EventKind.FAIR,
        "title": "Ярмарка",
        "place": "актовый зал",
        "starts_at": at(15),
        "ends_at": at(17),
        "deadline_at": at(15),
    }
    return Plan(**{**usual, **changed})  # type: ignore[arg-type]  # made of what a test changes


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, ()),
        ({"title": " "}, [PlanProblem.TITLE]),
        ({"place": "а" * 301}, [PlanProblem.PLACE]),
        ({"map_link": "javascript:alert(1)"}, [PlanProblem.LINK]),
        (
            {"starts_at": at(9, day=1), "deadline_at": at(8, day=1), "ends_at": at(10, day=1)},
            [PlanProblem.PAST],
        ),
        ({"ends_at": at(15)}, [PlanProblem.END]),
        ({"deadline_at": at(16)}, [PlanProblem.DEADLINE]),
        ({"seats": 0}, [PlanProblem.SEATS]),
        ({"seats": 3, "quotas": {1: 2, 2: 2}}, [PlanProblem.QUOTAS]),
        ({"zone": "Moscow"}, [PlanProblem.ZONE]),
    ],
)
def test_what_is_wrong_with_a_plan(changed: dict[str, object], found: Iterable[PlanProblem]) -> None:
    assert problems(plan(**changed), at(9, day=9)) == tuple(found)


def test_a_seat_that_is_offered_is_kept() -> None:
    assert RegistrationState.OFFERED in SEATED
    assert RegistrationState.WAITING not in SEATED
