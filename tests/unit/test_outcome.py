"""What each error of aiogram means for a message, by what a repetition of its kind would mean."""

import datetime as dt
from collections.abc import Iterator

import pytest
from aiogram import exceptions
from aiogram.exceptions import AiogramError, ClientDecodeError, TelegramAPIError, TelegramNetworkError
from aiogram.methods import SendMessage
from aiohttp import ClientConnectorError, ServerDisconnectedError
from aiohttp.client_reqrep import ConnectionKey

from bot.delivery.outcome import outcome_of, pause_after
from bot.domain.notices import POLICIES, NoticeKind, Uncertain
from storage.outbox import Settled, State, Taken

NOW = dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC)
CALL = SendMessage(chat_id=7, text="Здравствуйте!")
KINDS = {Uncertain.REPEAT: NoticeKind.PROFILE_AGAIN, Uncertain.FLAG: NoticeKind.CAMPAIGN}
NEVER_BY_SENDING = {
    "AiogramError",
    "DetailedAiogramError",
    "CallbackAnswerException",
    "SceneException",
    "UnsupportedKeywordArgument",
    "DataNotDictLikeError",
}

Expected = tuple[State, State]
"""For a kind that may be repeated, and for one that may not."""

AGAIN: Expected = (State.WAITING, State.WAITING)
UNKNOWN: Expected = (State.WAITING, State.UNCERTAIN)

MEANING: dict[str, Expected] = {
    "TelegramAPIError": AGAIN,
    "TelegramNetworkError": UNKNOWN,
    "TelegramRetryAfter": AGAIN,
    "TelegramMigrateToChat": (State.FAILED, State.FAILED),
    "TelegramBadRequest": (State.FAILED, State.FAILED),
    "TelegramNotFound": (State.FAILED, State.FAILED),
    "TelegramConflictError": AGAIN,
    "TelegramUnauthorizedError": AGAIN,
    "TelegramForbiddenError": (State.BLOCKED, State.BLOCKED),
    "TelegramServerError": AGAIN,
    "RestartingTelegram": AGAIN,
    "TelegramEntityTooLarge": (State.FAILED, State.FAILED),
    "ClientDecodeError": UNKNOWN,
}


def taken(policy: Uncertain, attempts: int = 1) -> Taken:
    return Taken(3, KINDS[policy], 7, 1, None, {}, "ru", attempts, NOW + dt.timedelta(days=1), blocked=False)


def made(name: str) -> AiogramError:
    """An exception of aiogram as its session raises it."""
    kind = getattr(exceptions, name)
    if kind is ClientDecodeError:
        return ClientDecodeError("Failed to decode object", ValueError("no JSON"), "<html>")
    more = {"TelegramRetryAfter": {"retry_after": 30}, "TelegramMigrateToChat": {"migrate_to_chat_id": -5}}
    error: TelegramAPIError = kind(method=CALL, message="a reason", **more.get(name, {}))
    return error


def of_aiogram() -> Iterator[str]:
    for name, kind in vars(exceptions).items():
        if isinstance(kind, type) and issubclass(kind, AiogramError) and name not in NEVER_BY_SENDING:
            yield name


def test_every_error_of_aiogram_is_thought_of() -> None:
    assert set(of_aiogram()) == set(MEANING)
    assert {policy: POLICIES[kind].uncertain for policy, kind in KINDS.items()} == {
        policy: policy for policy in Uncertain
    }


@pytest.mark.parametrize("policy", list(Uncertain))
@pytest.mark.parametrize("name", sorted(MEANING))
def test_what_an_error_means(name: str, policy: Uncertain) -> None:
    settled = outcome_of(taken(policy), made(name), NOW)
    assert (settled.id, settled.telegram_id) == (3, 7)
    assert settled.state is MEANING[name][policy is Uncertain.FLAG]


def test_a_refusal_is_kept_with_telegrams_words_cut_to_what_the_column_holds() -> None:
    error = exceptions.TelegramBadRequest(CALL, "Bad Request: " + "x" * 300)
    settled = outcome_of(taken(Uncertain.FLAG), error, NOW)
    assert settled.reason is not None
    assert settled.reason.startswith("Bad Request: x")
    assert len(settled.reason) == 200


@pytest.mark.parametrize("policy", list(Uncertain))
def test_what_never_went_out_is_sent_again(policy: Uncertain) -> None:
    cause = ClientConnectorError(
        ConnectionKey("nowhere", 1, False, True, None, None, None), OSError(111, "refused")
    )
    error = TelegramNetworkError(CALL, "ClientConnectorError")
    error.__cause__ = cause
    settled = outcome_of(taken(policy), error, NOW)
    assert (settled.state, settled.due_at) == (State.WAITING, NOW + dt.timedelta(seconds=4))


@pytest.mark.parametrize("cause", [ServerDisconnectedError(), TimeoutError()])
def test_what_went_out_without_a_reply_is_not_sent_twice_where_that_is_worse(cause: Exception) -> None:
    error = TelegramNetworkError(CALL, "no reply")
    error.__cause__ = cause
    assert outcome_of(taken(Uncertain.FLAG), error, NOW) == Settled(3, 7, State.UNCERTAIN, "no reply")
    assert outcome_of(taken(Uncertain.REPEAT), error, NOW).state is State.WAITING


@pytest.mark.parametrize("error", [TimeoutError(), UnicodeDecodeError("utf-8", b"", 0, 1, "no text")])
def test_an_error_that_aiogram_does_not_know_is_an_unknown_end(error: Exception) -> None:
    assert outcome_of(taken(Uncertain.FLAG), error, NOW).state is State.UNCERTAIN
    assert outcome_of(taken(Uncertain.REPEAT), error, NOW).state is State.WAITING


def test_when_telegram_asks_to_wait_the_message_stays_due() -> None:
    """The pause is that of the sender, and not of this message alone."""
    settled = outcome_of(taken(Uncertain.REPEAT), made("TelegramRetryAfter"), NOW)
    assert settled == Settled(3, 7, State.WAITING)


def test_pauses_grow_up_to_a_quarter_of_an_hour() -> None:
    pauses = [pause_after(attempts).total_seconds() for attempts in (1, 2, 3, 8, 9, 10, 5_000)]
    assert pauses == [4, 8, 16, 512, 900, 900, 900]
    settled = outcome_of(taken(Uncertain.REPEAT, attempts=3), made("TelegramServerError"), NOW)
    assert settled.due_at == NOW + dt.timedelta(seconds=16)
    assert settled.reason == "TelegramServerError"
