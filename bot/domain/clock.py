"""The one clock of the project. Rules never look at it: an instant is handed to them."""

import datetime as dt


def now() -> dt.datetime:
    """This moment, in UTC."""
    return dt.datetime.now(dt.UTC)  # noqa: TID251 - the one place
