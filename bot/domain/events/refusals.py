"""Why something about an event is not done. Each code has a text."""

from enum import StrEnum


class Refusal(StrEnum):
    GONE = "gone"  # there is none, or not for the asker: which of both stays unknown
    NOT_FOR_YOU = "not-for-you"
    NOT_PUBLISHED = "not-published"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    OVER = "over"
    NOT_YET = "not-yet"
    CLOSED = "closed"  # signing up is over
    FULL = "full"
    SEATS_TAKEN = "seats-taken"  # fewer seats than people who have one
    ALREADY = "already"
    ALREADY_WAITING = "already-waiting"
    OFFERED = "offered"  # a seat is being offered: confirm it
    OFFER_GONE = "offer-gone"
    NOT_REGISTERED = "not-registered"
    NO_SEAT = "no-seat"  # on the waiting list
    NOT_THERE = "not-there"
    ALREADY_IN = "already-in"
    WRONG_CODE = "wrong-code"
    CODE_EXPIRED = "code-expired"
    OTHER_EVENT = "other-event"
    TOO_MANY = "too-many"  # attempts
    STAFF_ONLY = "staff-only"  # staff mark who came
    NOBODY = "nobody"  # no person has this code
