"""An event while it is planned: what is typed, what is chosen, what is kept."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.events.audience import Audience
from bot.domain.events.event import Plan, PlanProblem
from bot.domain.events.kinds import Attendance, EventKind
from bot.services.events.draft import CHOICES, ONLY_CHOSEN, PART_OF, SKIPPABLE, Draft, DraftError, Part
from dialogs.staff.event_sheet import FORMULA, harmless
from dialogs.staff.event_words import length
from locales.text import Text

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
DRAFT = Draft("seminar", "Семинар", NOW + dt.timedelta(days=2), 90, "ауд. 214", seats=10)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("90", 90),
        ("90 минут", 90),
        ("2", 120),
        ("2 часа", 120),
        ("1,5 ч", 90),
        ("1:30", 90),
        ("12", 720),
        ("13", 13),
        (" 45  min ", 45),
    ],
)
def test_lengths(typed: str, minutes: int) -> None:
    assert DRAFT.written(Part.LENGTH, typed, NOW).minutes == minutes


@pytest.mark.parametrize("typed", ["", "долго", "0", "0:00", "-5", "99999", "1:75", "два часа", "/cancel"])
def test_no_lengths(typed: str) -> None:
    with pytest.raises(DraftError):
        DRAFT.written(Part.LENGTH, typed, NOW)


@pytest.mark.parametrize(
    ("part", "typed"),
    [
        (Part.TITLE, "я" * 201),
        (Part.TITLE, "..."),
        (Part.PLACE, "я" * 301),
        (Part.EMPLOYER, " "),
        (Part.MAP, "http://example.org"),
        (Part.MAP, "https://example.org/a b"),
        (Part.SEATS, "0"),
        (Part.SEATS, "много"),
        (Part.SEATS, "1000000"),
        (Part.DESCRIPTION, "я" * 1501),
        (Part.KIND, "fair"),
        (Part.AUDIENCE, "всем"),
    ],
)
def test_words_that_do_not_fit(part: Part, typed: str) -> None:
    with pytest.raises(DraftError) as error:
        DRAFT.written(part, typed, NOW)
    assert error.value.part is part


def test_what_no_button_says_is_refused() -> None:
    for part in Part:
        with pytest.raises(DraftError):
            DRAFT.chosen(part, "nonsense", NOW)
        if part not in SKIPPABLE:
            with pytest.raises(DraftError):
                DRAFT.chosen(part, "", NOW)


def test_every_choice_is_taken() -> None:
    for part, values in CHOICES.items():
        for value in values:
            assert DRAFT.chosen(part, value, NOW).plan()
    assert DRAFT.chosen(Part.SEATS, "", NOW).seats is None
    assert CHOICES.keys() >= ONLY_CHOSEN


def test_the_deadline_moves_along_with_the_beginning() -> None:
    assert DRAFT.starts_at is not None
    until = DRAFT.until(DRAFT.starts_at - dt.timedelta(hours=3))
    moved = replace(until, starts_at=DRAFT.starts_at + dt.timedelta(days=7)).plan()
    assert moved.starts_at - moved.deadline_at == dt.timedelta(hours=3)
    with pytest.raises(DraftError):
        DRAFT.until(DRAFT.starts_at + dt.timedelta(minutes=1))


@pytest.mark.parametrize("part", [Part.KIND, Part.TITLE, Part.WHEN, Part.PLACE])
def test_a_plan_needs_these(part: Part) -> None:
    names = {Part.WHEN: "starts_at"}
    empty = Draft.from_json({**DRAFT.to_json(), names.get(part, part.value): ""})
    with pytest.raises(DraftError) as error:
        empty.plan()
    assert error.value.part is part


def test_whatever_is_wrong_with_a_plan_can_be_put_right() -> None:
    assert PART_OF.keys() == set(PlanProblem)


@given(
    kind=st.sampled_from(EventKind),
    attendance=st.sampled_from(Attendance),
    minutes=st.integers(1, 20_000),
    deadline=st.integers(0, 20_000),
    seats=st.none() | st.integers(1, 100_000),
    quotas=st.dictionaries(st.integers(1, 99), st.integers(0, 99), max_size=3),
    audience=st.builds(Audience, st.lists(st.text(max_size=5)).map(tuple), years=st.tuples(st.integers())),
)
def test_a_plan_survives_the_dialog(
    kind: EventKind,
    attendance: Attendance,
    minutes: int,
    deadline: int,
    seats: int | None,
    quotas: dict[int, int],
    audience: Audience,
) -> None:
    starts_at = NOW + dt.timedelta(days=1)
    plan = Plan(
        kind=kind,
        title="Семинар",
        place="ауд. 214",
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=minutes),
        deadline_at=starts_at - dt.timedelta(minutes=deadline),
        seats=seats,
        quotas=quotas,
        audience=audience,
        attendance=attendance,
        zone="Asia/Kamchatka",
    )
    assert Draft.from_json(Draft.of_plan(plan).to_json()).plan() == plan


@given(st.text())
def test_no_cell_begins_a_formula(cell: str) -> None:
    assert not harmless(cell).startswith(FORMULA)
    assert harmless(cell).endswith(cell)


def test_lengths_are_said() -> None:
    text = Text("ru", "Europe/Moscow")
    assert [length(text, minutes) for minutes in (45, 60, 90)] == [
        "45\u00a0мин",
        "1\u00a0ч",
        "1\u00a0ч 30\u00a0мин",
    ]
