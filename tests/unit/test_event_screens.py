"""Every screen of events, in both languages, is one that Telegram takes, whatever is written in it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from docxtpl import DocxTemplate

from bot.domain.events.audience import Audience
from bot.domain.events.event import LONGEST_DESCRIPTION, LONGEST_LINE, LONGEST_TITLE, Event
from bot.domain.events.kinds import Attendance, EventKind
from bot.domain.events.lifecycle import EventState, Registration, RegistrationState
from bot.domain.events.refusals import Refusal
from bot.domain.risk.factors import REQUESTS
from bot.services.events.cards import Card
from bot.services.events.student import PAGE, Listed
from dialogs.events import words
from dialogs.events.card import Look, card_screen, refused_screen, thanks_screen, waiting_screen
from dialogs.events.certificate import TEMPLATE
from dialogs.events.lists import MINE, day_screen, later, list_screen, mine_screen, month_of, month_screen
from locales.text import FOLDER, LANGUAGES, Text
from tests.unit.test_text_fits import LONGEST_MESSAGE, WICKED, check

AT = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
MOSCOW = ZoneInfo("Europe/Moscow")
TOAST = 200


@pytest.fixture(params=LANGUAGES)
def text(request: pytest.FixtureRequest) -> Text:
    return Text(request.param, "Europe/Moscow")


def event(**changed: object) -> Event:
    """As long and as wicked as an event can be."""
    usual = Event(
        id=1,
        code="abcdefgh",
        organisation_id=1,
        region="7700000000000",
        author_id=1,
        kind=EventKind.FAIR,
        title=(WICKED * 20)[:LONGEST_TITLE],
        description=("<i>" + WICKED * 200)[:LONGEST_DESCRIPTION],
        place=(WICKED * 20)[:LONGEST_LINE],
        map_link="https://yandex.ru/maps/1",
        employer=(WICKED * 20)[:LONGEST_LINE],
        starts_at=AT + 30 * HOUR,
        ends_at=AT + 32 * HOUR,
        zone="Asia/Kamchatka",
        deadline_at=AT + 29 * HOUR,
        seats=5,
        audience=Audience(("09.02.07", "43"), (*REQUESTS, "of old"), (1, 2), (2027, 2028)),
        attendance=Attendance.CODE,
        rotating_code=False,
        secret="s",
        state=EventState.PUBLISHED,
        version=2,
        created_at=AT,
        published_at=AT,
    )
    return replace(usual, **changed)  # type: ignore[arg-type]  # the test says what it needs


def registration(state: RegistrationState, rating: int | None = None) -> Registration:
    until = AT + 3 * HOUR if state is RegistrationState.OFFERED else None
    return Registration(1, 1, 1, state, AT, until, (24,), None, None, rating, None)


def cards() -> Iterator[Card]:
    """An event in each state, before, during and after, for somebody in each state."""
    for state in (EventState.PUBLISHED, EventState.CANCELLED, EventState.HELD):
        for passed in (0, 30, 40):
            one = event(state=state, starts_at=AT + (30 - passed) * HOUR, ends_at=AT + (32 - passed) * HOUR)
            for refusal in (None, *Refusal):
                yield Card(one, WICKED, 0, 7, None, None, refusal)
            for stands in RegistrationState:
                yield Card(one, None, None, 0, registration(stands), 3, Refusal.ALREADY)
                yield Card(one, WICKED, 3, 1, registration(stands, rating=2), None, Refusal.FULL)


def test_the_card_in_every_state(text: Text) -> None:
    for card in cards():
        for look in (Look(AT, MOSCOW), Look(AT, MOSCOW, MINE, 9_999, "remark", asking=True)):
            check(card_screen(text, card, look), LONGEST_MESSAGE)
        check(card_screen(text, card, Look(AT, MOSCOW, "2026-11-24", 1)), LONGEST_MESSAGE)


def test_lists_of_long_titles(text: Text) -> None:
    shown = [Card(event(), WICKED, 0, 7, registration(one), 1, None) for one in RegistrationState][:PAGE]
    listed = Listed(shown, 9_999, True, 99_999)
    check(list_screen(text, listed, AT), 1_200)
    check(day_screen(text, listed, dt.date(2026, 11, 24), AT), 1_200)
    check(mine_screen(text, shown * 3, 1, AT), 1_200)
    for empty in (Listed([], 0, False, 0),):
        check(list_screen(text, empty, AT))
        check(day_screen(text, empty, dt.date(2026, 11, 24), AT))
    check(mine_screen(text, [], 5, AT))


def test_every_month_of_two_years_is_a_keyboard_of_whole_weeks(text: Text) -> None:
    today = dt.date(2026, 11, 23)
    for passed in range(24):
        first = later(dt.date(2026, 1, 1), passed)
        screen = month_screen(text, first, {first: 3}, today)
        check(screen)
        weeks = screen.keyboard.inline_keyboard[2:-1]
        assert {len(week) for week in weeks} == {7}
        numbers = [button.text.rstrip("•") for week in weeks for button in week]
        days = [number for number in numbers if number.isdecimal()]
        assert days == [str(day) for day in range(1, (later(first, 1) - first).days + 1)]
        assert numbers.index("1") == first.weekday()


@pytest.mark.parametrize(
    ("value", "month"),
    [
        ("2027-02", "2027-02-01"),
        ("2026-11", "2026-11-01"),
        ("2020-01", "2026-11-01"),
        ("9999-12", "2027-11-01"),
        ("", "2026-11-01"),
        ("2026-W50", "2026-11-01"),
        ("нет", "2026-11-01"),
    ],
)
def test_which_month_is_meant(value: str, month: str) -> None:
    assert month_of(value, dt.date(2026, 11, 23)) == dt.date.fromisoformat(month)


def test_small_screens_and_what_pops_up(text: Text) -> None:
    for refusal in Refusal:
        check(refused_screen(text, refusal))
        assert len(text.plain(f"event-refused-{refusal}")) <= TOAST
    for state in RegistrationState:
        assert len(text.plain(f"event-now-{state}")) <= TOAST
    for key in ("event-rated", "event-certificate-later", "event-profile-first"):
        assert len(text.plain(key)) <= TOAST
    for key in ("event-commented", "event-explained"):
        check(thanks_screen(text, key))
    check(waiting_screen(text, "abcdefgh", half_way=True))


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Moscow", None),
        ("Europe/Minsk", None),
        ("Asia/Kamchatka", "UTC+12"),
        ("America/St_Johns", "UTC-3:30"),
        ("UTC", "UTC+0"),
    ],
)
def test_another_clock_is_named(zone: str, said: str | None) -> None:
    assert words.other_clock(event(zone=zone), MOSCOW) == said


def test_certificates_say_the_same_in_both_languages() -> None:
    named = {
        language: DocxTemplate(FOLDER / language / TEMPLATE).get_undeclared_template_variables()
        for language in LANGUAGES
    }
    assert named["ru"] == named["en"]
    assert {"holder", "title", "when", "place", "organiser", "issued", "code"} <= named["ru"]
