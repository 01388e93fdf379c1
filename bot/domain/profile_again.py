"""When a person is asked whether their answers still hold: what a centre works with should not be old."""

import datetime as dt

PROFILE_AGAIN = "profile_again"
"""The purpose of such invitations among the consents: given until it is taken back."""

ANSWERS_HOLD = dt.timedelta(days=90)

TEMPORARY = ("employment", "definite_workplace", "work_experience")
"""Facts that change by themselves: a job is found or lost, a practice comes to its end."""

TEMPORARY_HOLD = dt.timedelta(days=60)
"""In the last year of study, when the work after it is decided; before that they hardly matter."""

APART = dt.timedelta(days=90)
"""Between two invitations, whatever happens."""

HOUR = dt.time(18)
"""Lessons are over by then."""

SENT_WITHIN = dt.timedelta(days=7)

_LAST_MONTH = 8  # of a school year


def ask_again_at(
    answered_at: dt.datetime, temporary_at: dt.datetime | None, graduation_year: int | None, today: dt.date
) -> dt.datetime:
    """From when on the person is to be asked.

    `answered_at`: the last answer; `temporary_at`: the oldest temporary fact that the person has told.
    """
    asked = answered_at + ANSWERS_HOLD
    if temporary_at is not None and graduation_year == last_year_ends(today):
        return min(asked, temporary_at + TEMPORARY_HOLD)
    return asked


def last_year_ends(today: dt.date) -> int:
    """The year in which those graduate who are in their last year of study now."""
    return today.year + (today.month > _LAST_MONTH)
