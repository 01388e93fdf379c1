"""Where a pass stands: windows of time, stored and read again."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.trudvsem import Position, PositionError

NOW = dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC)
INSTANTS = st.datetimes(
    NOW.replace(tzinfo=None, year=2001), NOW.replace(tzinfo=None, month=8), timezones=st.just(dt.UTC)
)


def test_windows_are_halved_and_read_one_after_the_other() -> None:
    since = dt.datetime(2026, 9, 1, 10, tzinfo=dt.UTC)
    narrowed = Position.begin(since, NOW).next_page(100).narrowed(NOW)
    assert narrowed is not None
    eleven = dt.datetime(2026, 9, 1, 11, tzinfo=dt.UTC)
    assert (narrowed.window, narrowed.page, narrowed.received) == ((since, eleven), 0, 0)
    assert narrowed.next_window().window == (eleven, None)
    assert narrowed.next_window().next_window().finished


@given(st.none() | INSTANTS)
def test_narrowing_comes_to_an_end_and_loses_no_time(since: dt.datetime | None) -> None:
    position = Position.begin(since, NOW)
    steps = 0
    while (narrower := position.narrowed(NOW)) is not None:
        assert narrower.starts[2:] == position.starts[1:]
        start, end = narrower.window
        assert start is not None
        assert end is not None
        assert start < end < NOW
        position = narrower
        steps += 1
    assert steps < 40


@given(st.none() | INSTANTS, st.lists(INSTANTS, max_size=3), st.integers(0, 99), st.booleans())
def test_what_is_stored_is_read_again(
    since: dt.datetime | None, later: list[dt.datetime], page: int, complete: bool
) -> None:
    first, *rest = (since, *sorted(later)) if since is None else sorted([since, *later])
    position = Position((first, *rest), NOW, page, page * 100, complete)
    assert Position.from_json(position.to_json()) == position


GOOD = Position.begin(None, NOW).to_json()


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {},
        "position",
        GOOD | {"page": -1},
        GOOD | {"page": "1"},
        GOOD | {"received": True},
        GOOD | {"complete": 1},
        GOOD | {"starts": 5},
        GOOD | {"starts": ["yesterday"]},
        GOOD | {"started_at": None},
        GOOD | {"starts": [NOW.isoformat(), None]},
        GOOD | {"starts": ["2026-09-01T00:00:00"]},
        GOOD | {"starts": ["2026-09-02T00:00:00+00:00", "2026-09-01T00:00:00+00:00"]},
    ],
)
def test_what_is_no_position_is_refused(raw: Any) -> None:
    with pytest.raises(PositionError):
        Position.from_json(raw)
