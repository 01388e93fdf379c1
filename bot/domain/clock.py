"""The one clock of the project. Rules never look at it: an instant is handed to them."""

import datetime as dt

_shifted = dt.timedelta()


def now() -> dt.datetime:
    """This moment, in UTC."""
    return dt.datetime.now(dt.UTC) + _shifted  # noqa: TID251 - the one place


def shift(by: dt.timedelta) -> None:
    """Let time pass: from now on it is later by so much. For the sandbox and for tests only.

    Whoever tries the bot out does not wait a week for a digest; nothing that serves people calls this.
    """
    global _shifted
    _shifted += by
