"""Every kind of message: how it is handled, and who makes it."""

from pathlib import Path

import pytest

from bot.app import App
from bot.domain.notices import POLICIES, NoticeKind, Priority, Uncertain
from storage.database import Database
from storage.tables import outbox
from tests.conversation.conftest import settings_for


def test_every_kind_has_a_policy_and_a_code_that_the_column_holds() -> None:
    assert set(POLICIES) == set(NoticeKind)
    assert all(len(kind) <= outbox.c.kind.type.length for kind in NoticeKind)  # type: ignore[attr-defined]  # a string's


def test_answers_go_first_and_campaigns_last() -> None:
    order = [Priority.ANSWER, Priority.CANCELLATION, Priority.REMINDER, Priority.DIGEST, Priority.CAMPAIGN]
    assert sorted(Priority) == order
    assert POLICIES[NoticeKind.CAMPAIGN].priority is Priority.CAMPAIGN
    assert POLICIES[NoticeKind.VACANCIES].priority is Priority.DIGEST


@pytest.mark.parametrize("kind", [NoticeKind.VACANCIES, NoticeKind.CAMPAIGN])
def test_digests_and_campaigns_come_once_at_most(kind: NoticeKind) -> None:
    assert POLICIES[kind].uncertain is Uncertain.FLAG


@pytest.mark.parametrize("kind", [NoticeKind.VACANCIES, NoticeKind.CAMPAIGN, NoticeKind.PROFILE_AGAIN])
def test_what_nobody_waits_for_does_not_come_in_quiet_hours(kind: NoticeKind) -> None:
    assert POLICIES[kind].quiet


async def test_every_kind_has_somebody_who_makes_its_messages(tmp_path: Path) -> None:
    settings = settings_for("http://127.0.0.1:9", f"sqlite+aiosqlite:///{tmp_path}/bot.db")
    app = App(settings, Database(settings.database_url))
    try:
        assert set(app.sender._taking_up.composers) == set(NoticeKind)
    finally:
        await app.close()
