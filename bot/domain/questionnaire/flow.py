"""What is visible, what comes next, what is known: everything that is read off a session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.facts import Fact, Source, Value
from bot.domain.questionnaire.definition import Definition
from bot.domain.questionnaire.question import Kind, Question
from bot.domain.questionnaire.session import REVIEW, SENSITIVE_CONSENT, Answer, Session


@dataclass(frozen=True, slots=True)
class Progress:
    """The current question is the `number`-th (from 1) of `total`; on the review both are equal."""

    number: int
    total: int


def visible_questions(definition: Definition, session: Session) -> tuple[Question, ...]:
    """Questions that concern this person, prefilled ones too; sensitive ones once they are consented to."""
    return tuple(_walk(definition, session.answers, sensitive=session.sensitive is True).visible())


def answer_facts(definition: Definition, session: Session) -> tuple[Fact, ...]:
    """What the visible answers make known, one fact for a name: of two questions the later one counts."""
    known = _walk(definition, session.answers, sensitive=session.sensitive is True).known
    return tuple(Fact(name, value, Source.ANSWER) for name, value in known.items())


def review(definition: Definition, session: Session) -> tuple[tuple[Question, Answer | None], ...]:
    """Every visible question with its answer, in order."""
    return tuple(
        (question, session.answers.get(question.id)) for question in visible_questions(definition, session)
    )


def progress(definition: Definition, session: Session) -> Progress:
    """Counts the questions that are asked: prefilled ones never, sensitive ones unless they were refused.

    Ahead of the current place a question counts unless it is known that it will not be asked, so that the
    total shrinks on the way and does not grow: nobody likes a finish line that moves off.
    """
    walk = _walk(definition, session.answers, sensitive=session.sensitive is not False)
    passed, ahead, reached = 0, 0, False
    for question in walk.possible:
        reached = reached or (question.sensitive and session.at == SENSITIVE_CONSENT)
        if question.id not in session.prefilled:
            ahead += reached
            passed += not reached and question.id not in walk.undecided
        reached = reached or question.id == session.at
    return Progress(passed, passed + ahead)


def next_place(definition: Definition, session: Session) -> str:
    """The first visible question without an answer, then the sensitive consent, then the review.

    Conditions and resets only look forward, so nothing before the current question is ever open: the first
    open question is the next one.
    """
    visible = visible_questions(definition, session)
    unanswered = next((question for question in visible if is_open(question, session.answers)), None)
    if unanswered is not None:
        return unanswered.id
    if session.sensitive is None and offers_sensitive(definition, session):
        return SENSITIVE_CONSENT
    return REVIEW


def previous_place(definition: Definition, session: Session) -> str | None:
    """The nearest visible question before the current place that is not prefilled."""
    before: str | None = None
    for question in visible_questions(definition, session):
        if question.id == session.at:
            break
        if question.id not in session.prefilled:
            before = question.id
    return before


def offers_sensitive(definition: Definition, session: Session) -> bool:
    """Whether there is a sensitive question to ask, were it consented to."""
    if not definition.questions[-1].sensitive:
        return False
    return _walk(definition, session.answers, sensitive=True).visible()[-1].sensitive


def is_open(question: Question, answers: Mapping[str, Answer]) -> bool:
    """Whether the question still waits for an answer (or for a skip, where it may be skipped)."""
    answer = answers.get(question.id)
    return answer is None or (answer.skipped and not question.optional)


class _Walk(NamedTuple):
    """Questions that are visible or, in `undecided`, may become so; and the facts known from the visible."""

    possible: list[Question]
    undecided: set[str]
    known: dict[str, Value]

    def visible(self) -> list[Question]:
        return [question for question in self.possible if question.id not in self.undecided]


def _walk(definition: Definition, answers: Mapping[str, Answer], *, sensitive: bool) -> _Walk:
    """One pass in order: conditions look at the facts that earlier answers made known."""
    walk = _Walk([], set(), {})
    for question in definition.questions:
        if question.sensitive and not sensitive:
            break  # they come last
        verdict = True if question.show_if is None else question.show_if.judge(walk.known)
        if verdict is False:
            continue
        walk.possible.append(question)
        if verdict is None:
            walk.undecided.add(question.id)
            continue
        answer = answers.get(question.id)
        if answer is not None and answer.value is not None:
            _learn(question, answer.value, walk.known)
    return walk


def _learn(question: Question, value: Value, known: dict[str, Value]) -> None:
    if not question.options:
        if question.fact is not None:
            known[question.fact] = value
        return
    chosen_ids: Iterable[str] = value if isinstance(value, tuple) else (str(value),)
    chosen = [option for option in map(question.option, chosen_ids) if option is not None]
    known.update(question.otherwise)
    for option in chosen:
        known.update(option.sets)
    if question.fact is not None and chosen:
        # a multiple question's values are texts: the definition is checked for it
        values = [option.value for option in chosen]
        known[question.fact] = tuple(map(str, values)) if question.kind is Kind.MULTIPLE else values[0]
