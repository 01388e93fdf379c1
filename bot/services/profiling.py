"""Profiling: a student answers the questionnaire, one stored step at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from bot.domain.clock import now
from bot.domain.directory import Directory, Entry
from bot.domain.facts import Source, Value
from bot.domain.people import Person, SavedProfiling, Visitor
from bot.domain.questionnaire import (
    Answer,
    Candidate,
    Definition,
    Event,
    Kind,
    Question,
    Refusal,
    Session,
    Step,
    answer,
    answer_facts,
    begin,
    stop_changing,
    withdraw_sensitive,
)
from bot.services.assessments import Assessments, Cause
from bot.services.colleges import SHOWN_AT_ONCE, Colleges
from storage import people, profiling, risk
from storage.unit_of_work import UnitOfWork

KEPT_DEFINITIONS = 16
"""Older questionnaires held in memory for the profiles that began with them."""

SENSITIVE = "sensitive"


class NoProfileError(Exception):
    """The asker has no profile: never began one, or erased it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a person stands after a step. `choices` are the directory's entries to show as buttons."""

    definition: Definition
    session: Session
    event: Event | None = None
    refusal: Refusal | None = None
    choices: tuple[Candidate, ...] = ()

    @property
    def question(self) -> Question | None:
        """The question asked now; None on the consent and on the review."""
        return self.definition.question(self.session.at)


class Profiling:
    """Sessions over a questionnaire. A running profile keeps the questionnaire that it began with."""

    def __init__(
        self, definition: Definition, colleges: Colleges, assessments: Assessments, consent_version: str
    ) -> None:
        self.definition = definition
        self._colleges = colleges
        self._assessments = assessments
        self._consent_version = consent_version
        self._definitions = {definition.digest: definition}

    async def begin(
        self, unit: UnitOfWork, person_id: int, group_code: str | None, screen: int | None
    ) -> Turn:
        """Begin a profile; a group's deep link has answered some questions already."""
        prefilled = await self._colleges.deep_link(unit, group_code) if group_code else {}
        return await self._begin(unit, person_id, prefilled, screen)

    async def start_over(self, unit: UnitOfWork, visitor: Visitor, screen: int | None) -> Turn:
        """Forget what was answered in an unfinished profile; what a group's link knew is known still."""
        person, saved = _profile(visitor)
        before = Session.from_json(saved.state)
        if before.completed:
            return await self.current(unit, visitor)
        if before.sensitive:
            self._record_consent(unit, person.id, given=False)
        prefilled = {name: before.answers[name] for name in before.prefilled}
        return await self._begin(unit, person.id, prefilled, screen)

    async def current(self, unit: UnitOfWork, visitor: Visitor) -> Turn:
        """Where the asker stands. Raises NoProfileError."""
        _, saved = _profile(visitor)
        definition = await self._definition(unit, saved.questionnaire)
        return await self._turn(unit, definition, Session.from_json(saved.state))

    async def take(self, unit: UnitOfWork, visitor: Visitor, step: Step, screen: int | None) -> Turn:
        """Take one step; `screen` is the message that the person sees. Raises NoProfileError."""
        person, saved = _profile(visitor)
        definition = await self._definition(unit, saved.questionnaire)
        before = Session.from_json(saved.state)
        question = definition.question(before.at)
        directory = None
        if question is not None and question.kind is Kind.DIRECTORY:
            directory = await self._colleges.directory(unit, question, before)
        outcome = answer(definition, before, step, directory)
        session = outcome.session
        if session != before:
            self._keep(unit, person, definition, before, session, screen)
        elif screen != saved.screen:
            self._save(unit, person.id, session, screen)
        return await self._turn(unit, definition, session, outcome.event, outcome.refusal)

    async def stop_changing(self, unit: UnitOfWork, visitor: Visitor) -> None:
        """The asker turns to something else: what is typed next is no answer. Raises NoProfileError."""
        person, saved = _profile(visitor)
        before = Session.from_json(saved.state)
        session = stop_changing(await self._definition(unit, saved.questionnaire), before)
        if session != before:
            self._save(unit, person.id, session, saved.screen)

    def shown(self, unit: UnitOfWork, visitor: Visitor, turn: Turn, screen: int) -> None:
        """The current question is now shown in that message."""
        person, _ = _profile(visitor)
        self._save(unit, person.id, turn.session, screen)

    async def withdraw_sensitive(self, unit: UnitOfWork, visitor: Visitor, screen: int | None) -> Turn:
        """Take the second consent back; its answers go. Raises NoProfileError."""
        person, saved = _profile(visitor)
        definition = await self._definition(unit, saved.questionnaire)
        before = Session.from_json(saved.state)
        session = withdraw_sensitive(definition, before)
        self._keep(unit, person, definition, before, session, screen)
        return await self._turn(unit, definition, session)

    async def learn(self, unit: UnitOfWork, visitor: Visitor, facts: Mapping[str, Value]) -> None:
        """Something was done that answers questions anew ("I have a résumé now"). Raises NoProfileError."""
        person, saved = _profile(visitor)
        definition = await self._definition(unit, saved.questionnaire)
        before = Session.from_json(saved.state)
        answers = dict(before.answers)
        for question in definition.questions:
            if question.fact is not None and question.fact in facts:
                chosen = _better(question, answers.get(question.id), facts[question.fact])
                if chosen is not None:
                    answers[question.id] = chosen
        session = replace(before, answers=answers)
        if session != before:
            self._keep(unit, person, definition, before, session, saved.screen, Cause.STEP_DONE)

    def specialty_title(self, code: str) -> str | None:
        entry = self._colleges.specialties.get(code)
        return entry.title if entry else None

    def _keep(
        self,
        unit: UnitOfWork,
        person: Person,
        definition: Definition,
        before: Session,
        session: Session,
        screen: int | None,
        cause: Cause = Cause.ANSWER_CHANGED,
    ) -> None:
        self._save(unit, person.id, session, screen)
        if session.sensitive != before.sensitive:
            self._record_consent(unit, person.id, given=session.sensitive is True)
        if before.sensitive and not session.sensitive:
            # what was taken back is gone from the history too
            names = {
                name for question in definition.questions if question.sensitive for name in question.facts()
            }
            unit.add(partial(risk.forget_evidence, person_id=person.id, names=names))
        if session.answers == before.answers and session.completed == before.completed:
            return
        if _place(session) != _place(before):
            unit.add(partial(people.place_person, person_id=person.id, place=_place(session)))
        if session.completed:
            first = Cause.PROFILING if not before.completed else cause
            facts = answer_facts(definition, session)
            unit.add(
                partial(risk.replace_facts, person_id=person.id, source=Source.ANSWER, known=facts, at=now())
            )
            self._assessments.reassess(unit, person.id, first)

    async def _begin(
        self, unit: UnitOfWork, person_id: int, prefilled: Mapping[str, Answer], screen: int | None
    ) -> Turn:
        definition = self.definition
        session = begin(definition, prefilled)
        unit.add(
            partial(
                profiling.keep_questionnaire,
                digest=definition.digest,
                version=definition.version,
                body=definition.to_json(),
            )
        )
        self._save(unit, person_id, session, screen)
        unit.add(partial(people.place_person, person_id=person_id, place=_place(session)))
        return await self._turn(unit, definition, session)

    def _record_consent(self, unit: UnitOfWork, person_id: int, *, given: bool) -> None:
        unit.add(
            partial(
                people.add_consent,
                person_id=person_id,
                purpose=SENSITIVE,
                version=self._consent_version,
                given=given,
                at=now(),
            )
        )

    def _save(self, unit: UnitOfWork, person_id: int, session: Session, screen: int | None) -> None:
        unit.add(
            partial(
                profiling.save_session,
                person_id=person_id,
                questionnaire=session.digest,
                state=session.to_json(),
                screen=screen,
                at=now(),
            )
        )

    async def _definition(self, unit: UnitOfWork, digest: str) -> Definition:
        if digest not in self._definitions:
            body = await unit.read(partial(profiling.questionnaire_body, digest=digest))
            if len(self._definitions) > KEPT_DEFINITIONS:
                self._definitions = {self.definition.digest: self.definition}
            self._definitions[digest] = Definition.model_validate_json(body)
        return self._definitions[digest]

    async def _turn(
        self,
        unit: UnitOfWork,
        definition: Definition,
        session: Session,
        event: Event | None = None,
        refusal: Refusal | None = None,
    ) -> Turn:
        choices = session.candidates
        question = definition.question(session.at)
        if not choices and question is not None and question.kind is Kind.DIRECTORY:
            choices = _choices(await self._colleges.directory(unit, question, session))
        return Turn(definition, session, event, refusal, choices)


def _profile(visitor: Visitor) -> tuple[Person, SavedProfiling]:
    if visitor.person is None or visitor.profiling is None:
        raise NoProfileError
    return visitor.person, visitor.profiling


def _choices(directory: Directory) -> tuple[Candidate, ...]:
    entries: tuple[Entry, ...] = directory.first(SHOWN_AT_ONCE) if len(directory) <= SHOWN_AT_ONCE else ()
    return tuple(Candidate(entry.value, entry.title) for entry in entries)


def _place(session: Session) -> dict[str, Any]:
    """What of the answers is kept with the person: where they learn and what they are called."""
    return {
        name: found.value if (found := session.answers.get(name)) is not None else None
        for name in ("organisation", "group", "name", "personal_code")
    }


def _better(question: Question, held: Answer | None, value: Value) -> Answer | None:
    """The option for a value; None if there is none, or if more is answered already (a count)."""
    option = next((option for option in question.options if option.value == value), None)
    if option is None:
        return None
    known = question.option(str(held.value)) if held is not None and held.value is not None else None
    if known is not None and _is_count(known.value) and _is_count(value) and known.value >= value:  # type: ignore[operator]  # both are counts
        return None
    return Answer(option.id)


def _is_count(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
