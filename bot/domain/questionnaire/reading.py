"""Turns what a person typed, or a value known from elsewhere, into an answer's value."""

from __future__ import annotations

import re
from datetime import date

from bot.domain.facts import Value
from bot.domain.questionnaire.question import Kind, Question
from bot.domain.questionnaire.steps import Reason, Refusal

LONGEST_TEXT = 1000
"""Characters of a text answer, where the definition sets no maximum."""

# control characters other than white space, marks that reorder text, and halves of surrogate pairs
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")


def clean(text: str) -> str:
    """One trimmed line without control characters. Not escaped: that is for whoever shows it."""
    return " ".join(_INVISIBLE.sub("", text).split())


def folded(text: str) -> str:
    """For comparing what people type: case and the two dots of the Russian yo do not matter."""
    return clean(text).casefold().replace("\u0451", "\u0435")


def read_typed(question: Question, text: str) -> int | str | Refusal:
    """The value of a typed answer to a number, date or text question. The text is already cleaned."""
    if question.kind is Kind.NUMBER:
        return _read_number(question, text)
    if question.kind is Kind.DATE:
        return _read_date(question, text)
    return _read_text(question, text)


def option_written(question: Question, text: str) -> str | None:
    """The id of the option whose button says, in any language, what was typed."""
    wanted = folded(text)
    for option in question.options:
        if any(folded(button) == wanted for button in option.text.values()):
            return option.id
    return None


def known_value(question: Question, value: Value) -> Value | None:
    """The answer's value that a value from elsewhere (a link, a group's entry) means; None if it means none.

    For options both the id and the value are understood: a group knows the year 2027, not the button's id.
    """
    if question.kind is Kind.SINGLE:
        return next(
            (
                option.id
                for option in question.options
                if value == option.id or (value == option.value and type(value) is type(option.value))
            ),
            None,
        )
    if question.kind is Kind.MULTIPLE:
        return _known_choice(question, value)
    if question.kind is Kind.NUMBER:
        whole = isinstance(value, int) and not isinstance(value, bool)
        return value if whole and not isinstance(_read_number(question, str(value)), Refusal) else None
    if not isinstance(value, str) or not (text := clean(value)):
        return None
    if question.kind is Kind.DIRECTORY:
        return text
    read = read_typed(question, text)
    return None if isinstance(read, Refusal) else read


def _known_choice(question: Question, value: Value) -> Value | None:
    if not isinstance(value, tuple) or not value:
        return None
    chosen = in_order(question, value)
    alone = any(option.alone for option in question.options if option.id in value)
    if len(chosen) != len(value) or (alone and len(chosen) > 1):
        return None
    return chosen


def in_order(question: Question, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The chosen options in the definition's order, whatever order they were pressed in."""
    return tuple(option.id for option in question.options if option.id in chosen)


def _read_number(question: Question, text: str) -> int | str | Refusal:
    compact = text.replace(" ", "").replace("\u2212", "-")
    if not _NUMBER.fullmatch(compact):
        return Refusal(Reason.NOT_A_NUMBER, limits(question))
    return _within(question, int(compact), Reason.TOO_SMALL, Reason.TOO_LARGE)


def _read_date(question: Question, text: str) -> int | str | Refusal:
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        year += 2000 if year < 100 else 0
    elif match := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    else:
        return Refusal(Reason.NOT_A_DATE, limits(question))
    try:
        iso = date(year, month, day).isoformat()
    except ValueError:
        return Refusal(Reason.NOT_A_DATE, limits(question))
    return _within(question, iso, Reason.TOO_EARLY, Reason.TOO_LATE)


def _read_text(question: Question, text: str) -> str | Refusal:
    parameters = {"minimum": 1, "maximum": LONGEST_TEXT} | limits(question) | {"length": len(text)}
    if len(text) > int(parameters["maximum"]):
        return Refusal(Reason.TOO_LONG, parameters)
    if len(text) < int(parameters["minimum"]):
        return Refusal(Reason.TOO_SHORT, parameters)
    if question.pattern is not None and not re.fullmatch(question.pattern, text):
        return Refusal(Reason.WRONG_PATTERN)
    return text


def _within(question: Question, value: int | str, below: Reason, above: Reason) -> int | str | Refusal:
    """Numbers compare as numbers, ISO dates as texts; the definition holds limits of the right type."""
    allowed = limits(question)
    if "minimum" in allowed and value < allowed["minimum"]:  # type: ignore[operator]
        return Refusal(below, allowed)
    if "maximum" in allowed and value > allowed["maximum"]:  # type: ignore[operator]
        return Refusal(above, allowed)
    return value


def limits(question: Question) -> dict[str, int | str]:
    """The limits that the definition sets, as parameters of a refusal."""
    both = {"minimum": question.minimum, "maximum": question.maximum}
    return {name: limit for name, limit in both.items() if limit is not None}
