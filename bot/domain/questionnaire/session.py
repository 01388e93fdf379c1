"""The state of one person's questionnaire: immutable, and stored as JSON after every tap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.domain.facts import Value

# Places that are no question. A question's id cannot start so.
SENSITIVE_CONSENT = "@sensitive_consent"
REVIEW = "@review"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered.

    `value` is None for a skipped question, an option's id for single, a tuple of them (in the definition's
    order) for multiple, an int for number, an ISO date for date, the entry's value for directory. `label` is
    the title of a directory's entry as it was when chosen; None where only the value was known.
    """

    value: Value | None
    label: str | None = None

    @property
    def skipped(self) -> bool:
        return self.value is None


SKIPPED = Answer(None)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A directory's entry that is offered as a button now."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class Session:
    """Where a person stands.

    `at` is a question's id, SENSITIVE_CONSENT or REVIEW. `draft` holds the options chosen so far in the
    multiple question at hand. `sensitive` is the second consent: None while not asked. `prefilled` questions
    were answered by a deep link or a directory's entry: not asked, but shown on the review. `editing` is set
    from Edit until the review is reached again.
    """

    digest: str
    at: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    draft: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    sensitive: bool | None = None
    prefilled: frozenset[str] = frozenset()
    editing: bool = False
    completed: bool = False

    def to_json(self) -> dict[str, Any]:
        """A plain dict with compact keys; what has its default value is left out."""
        plain: dict[str, Any] = {
            "d": self.digest,
            "@": self.at,
            "a": {question: _plain(answer) for question, answer in self.answers.items()},
        }
        if self.draft:
            plain["t"] = list(self.draft)
        if self.candidates:
            plain["c"] = [[candidate.value, candidate.title] for candidate in self.candidates]
        if self.sensitive is not None:
            plain["s"] = self.sensitive
        if self.prefilled:
            plain["p"] = sorted(self.prefilled)
        if self.editing:
            plain["e"] = True
        if self.completed:
            plain["f"] = True
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Session:
        """The session that `to_json` wrote. Keys that this version does not know are ignored."""
        return cls(
            digest=plain["d"],
            at=plain["@"],
            answers={question: _answer(raw) for question, raw in plain["a"].items()},
            draft=tuple(plain.get("t", ())),
            candidates=tuple(Candidate(value, title) for value, title in plain.get("c", ())),
            sensitive=plain.get("s"),
            prefilled=frozenset(plain.get("p", ())),
            editing=plain.get("e", False),
            completed=plain.get("f", False),
        )


def _plain(answer: Answer) -> Any:
    value = list(answer.value) if isinstance(answer.value, tuple) else answer.value
    return value if answer.label is None else {"v": value, "l": answer.label}


def _answer(raw: Any) -> Answer:
    value, label = (raw["v"], raw.get("l")) if isinstance(raw, dict) else (raw, None)
    if value is None:
        return SKIPPED
    return Answer(tuple(value) if isinstance(value, list) else value, label)
