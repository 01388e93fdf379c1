"""The jobs of the schedule on the screen."""

from sqlalchemy import RowMapping

from bot.services.jobs import JobState
from dialogs.presses import JobPress
from dialogs.screen import Screen, button, screen
from locales.text import Text
from storage.outbox import State

SHOWN = 10
"""Kinds and reasons of what did not arrive; the most frequent come first."""


def jobs_screen(text: Text, states: list[JobState], parked: list[RowMapping]) -> Screen:
    """How each job is doing, with a button to run it now, and which messages did not arrive."""
    missed = [
        {
            "kind": text.plain(f"notice-{row['kind'].replace('_', '-')}"),
            "sure": row["state"] != State.UNCERTAIN,
            "reason": row["reason"],
            "messages": row["messages"],
        }
        for row in parked[:SHOWN]
    ]
    shown = [
        {
            "state": state,
            "title": _title(text, state.name),
            "seconds": round(state.seconds or 0),
            "counts": [(_counted(text, name), count) for name, count in state.outcome.items()],
        }
        for state in states
    ]
    rows = [[button(text.plain("button-jobs-refresh"), JobPress().pack())]]
    rows += [
        [button(text.plain("button-job-run", job=_title(text, state.name)), JobPress(name=state.name).pack())]
        for state in states
        if state.running_since is None
    ]
    return screen(text.render("jobs.j2", jobs=shown, missed=missed), rows)


def _title(text: Text, name: str) -> str:
    return text.find(f"job-{name.replace('_', '-')}") or name


def _counted(text: Text, name: str) -> str:
    return text.find(f"job-count-{name.replace('_', '-')}") or name
