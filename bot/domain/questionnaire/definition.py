"""A versioned questionnaire: its questions in order, valid as a whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from bot.domain.conditions import Model
from bot.domain.questionnaire.problems import Problem, refuse
from bot.domain.questionnaire.question import FALLBACK_LANGUAGE, PrivacyMode, Question, Texts, repeated


class Definition(Model):
    """A questionnaire. Loading refuses, with places and reasons, whatever could not be asked."""

    version: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z._-]{1,24}$")]
    questions: tuple[Question, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        refuse("Definition", _problems(self.questions))
        return self

    def question(self, question_id: str) -> Question | None:
        """The question with this id."""
        return self._questions_by_id.get(question_id)

    def for_privacy(self, mode: PrivacyMode) -> Definition:
        """What is asked in this mode. Build it once and keep it: its digest differs from the whole one's.

        Raises ValidationError if the mode asks nothing at all.
        """
        kept = [question for question in self.questions if mode in question.privacy]
        ids = {question.id for question in kept}
        return Definition(
            version=self.version,
            questions=tuple(
                question.model_copy(
                    update={
                        "privacy": (mode,),
                        "resets": tuple(later for later in question.resets if later in ids),
                    }
                )
                for question in kept
            ),
        )

    def to_json(self) -> str:
        """For storage: a running profile keeps the definition it began with. Read by model_validate_json."""
        return self.model_dump_json(by_alias=True, exclude_defaults=True)

    @cached_property
    def digest(self) -> str:
        """12 hex characters that name this very content."""
        content = self.model_dump(mode="json", by_alias=True)
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]

    @cached_property
    def sensitive_facts(self) -> frozenset[str]:
        """Facts that only the answers behind the second consent make known."""
        return frozenset(
            name for question in self.questions if question.sensitive for name in question.facts()
        )

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that every text of the definition has."""
        return tuple(self.questions[0].text)

    @cached_property
    def _questions_by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}


def _problems(questions: tuple[Question, ...]) -> Iterator[Problem]:
    yield from repeated((question.id for question in questions), "questions")
    yield from _language_problems(questions)
    yield from _order_problems(questions)
    yield from _condition_problems(questions)


def _language_problems(questions: tuple[Question, ...]) -> Iterator[Problem]:
    wanted = set(questions[0].text) | {FALLBACK_LANGUAGE}
    for index, question in enumerate(questions):
        for texts, *place in _texts(question):
            missing = sorted(wanted - set(texts))
            if missing:
                yield Problem(f"no text in: {', '.join(missing)}", "questions", index, *place)


def _texts(question: Question) -> Iterator[tuple[Texts, *tuple[str | int, ...]]]:
    yield question.title, "title"
    yield question.text, "text"
    yield question.help, "help"
    for index, option in enumerate(question.options):
        yield option.text, "options", index, "text"


def _order_problems(questions: tuple[Question, ...]) -> Iterator[Problem]:
    ids = [question.id for question in questions]
    for index, question in enumerate(questions):
        if question.sensitive and not all(later.sensitive for later in questions[index:]):
            yield Problem("sensitive questions come last", "questions", index, "sensitive")
        for position, reset in enumerate(question.resets):
            if reset not in ids[index + 1 :]:
                yield Problem(f"{reset} is not a later question", "questions", index, "resets", position)


def _condition_problems(questions: tuple[Question, ...]) -> Iterator[Problem]:
    """In every mode that asks a question, an earlier one must be able to answer its condition."""
    for index, question in enumerate(questions):
        wanted = set(question.show_if.facts()) if question.show_if else set()
        for mode in question.privacy if wanted else ():
            known = {
                name for earlier in questions[:index] if mode in earlier.privacy for name in earlier.facts()
            }
            for fact in sorted(wanted - known):
                reason = f"no earlier question sets the fact {fact} (privacy: {mode})"
                yield Problem(reason, "questions", index, "show_if")
