"""The questionnaire's only way forward: a session and a step give a new session and an event.

Nothing is sent, stored or looked up elsewhere. Buttons live for ever in a chat and callback data can be
forged, so every step names its question, and a step for another place than the current one changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.directory import Directory, Entry
from bot.domain.facts import Value
from bot.domain.questionnaire.definition import Definition
from bot.domain.questionnaire.flow import (
    is_open,
    next_place,
    offers_sensitive,
    previous_place,
    visible_questions,
)
from bot.domain.questionnaire.question import Kind, Question
from bot.domain.questionnaire.reading import clean, in_order, known_value, option_written, read_typed
from bot.domain.questionnaire.session import (
    REVIEW,
    SENSITIVE_CONSENT,
    SKIPPED,
    Answer,
    Candidate,
    Session,
)
from bot.domain.questionnaire.steps import (
    Back,
    Choose,
    Confirm,
    ConsentSensitive,
    Edit,
    Event,
    Finish,
    Outcome,
    Reason,
    Refusal,
    Skip,
    Step,
    Toggle,
    Write,
    Wrong,
)


def begin(definition: Definition, prefilled: Mapping[str, Answer]) -> Session:
    """A new session. Prefilled answers that the definition cannot hold, and sensitive ones, are left out."""
    answers = _filled(definition, prefilled)
    session = Session(definition.digest, REVIEW, answers, prefilled=frozenset(answers))
    return _arrive(definition, session, next_place(definition, session))


def stop_changing(definition: Definition, session: Session) -> Session:
    """A finished profile in which an answer was being changed: back on the review, the answer as it was."""
    return _arrive(definition, session, REVIEW) if session.completed else session


def answer(
    definition: Definition, session: Session, step: Step, directory: Directory | None = None
) -> Outcome:
    """The outcome of one step. `directory` is the one that the current question names, if it names one.

    Raises ValueError if the session was begun with another definition; never for anything a person does.
    """
    if session.digest != definition.digest:
        raise ValueError("the session was begun with another definition")
    match step:
        case Write(text):
            return _write(definition, session, text, directory)
        case Wrong():
            return Outcome(session, Event.REJECTED, _expectation(definition, session))
        case Confirm():
            return _confirm(definition, session)
        case ConsentSensitive(given):
            return _consent(definition, session, given=given)
        case Edit(place):
            return _edit(definition, session, place)
        case Back(place):
            return _back(definition, session) if place == session.at else Outcome(session, Event.STALE)
        case _:
            question = definition.question(step.question)
            if question is None or step.question != session.at:
                return Outcome(session, Event.STALE)
            return _press(definition, session, question, step, directory)


def withdraw_sensitive(definition: Definition, session: Session) -> Session:
    """The session without sensitive answers and with their consent refused, now and from now on."""
    kept = {
        question_id: given
        for question_id, given in session.answers.items()
        if (question := definition.question(question_id)) is None or not question.sensitive
    }
    session = replace(session, answers=kept, sensitive=False)
    question = definition.question(session.at)
    if session.at == SENSITIVE_CONSENT or (question is not None and question.sensitive):
        return _arrive(definition, session, next_place(definition, session))
    return session


def _press(
    definition: Definition,
    session: Session,
    question: Question,
    step: Choose | Toggle | Finish | Skip,
    directory: Directory | None,
) -> Outcome:
    match step, question.kind:
        case Skip(), _ if question.optional:
            return _accept(definition, session, question, SKIPPED)
        case Skip(), _:
            return _rejected(session, Reason.NOT_OPTIONAL)
        case Choose(_, option_id), Kind.SINGLE if question.option(option_id):
            return _accept(definition, session, question, Answer(option_id))
        case Choose(_, value), Kind.DIRECTORY if directory and (entry := directory.get(value)):
            return _accept_entry(definition, session, question, entry)
        case Toggle(_, option_id), Kind.MULTIPLE if question.option(option_id):
            return _toggle(session, question, option_id)
        case Finish(), Kind.MULTIPLE if session.draft:
            return _accept(definition, session, question, Answer(in_order(question, session.draft)))
        case Finish(), Kind.MULTIPLE:
            return _rejected(session, Reason.NOTHING_CHOSEN)
        case _:
            return Outcome(session, Event.STALE)


def _toggle(session: Session, question: Question, option_id: str) -> Outcome:
    if option_id in session.draft:
        draft = tuple(chosen for chosen in session.draft if chosen != option_id)
    else:
        alone = {option.id for option in question.options if option.alone}
        kept = () if option_id in alone else tuple(one for one in session.draft if one not in alone)
        draft = in_order(question, (*kept, option_id))
    return Outcome(replace(session, draft=draft), Event.TOGGLED)


def _write(definition: Definition, session: Session, text: str, directory: Directory | None) -> Outcome:
    question = definition.question(session.at)
    text = clean(text)
    if question is None or not text:
        return Outcome(session, Event.REJECTED, _expectation(definition, session))
    if question.options:
        option_id = option_written(question, text)
        if option_id is None:
            return _rejected(session, Reason.BUTTON_EXPECTED)
        if question.kind is Kind.MULTIPLE:
            return _toggle(session, question, option_id)
        return _accept(definition, session, question, Answer(option_id))
    if question.kind is Kind.DIRECTORY:
        return _look_up(definition, session, question, text, directory)
    value = read_typed(question, text)
    if isinstance(value, Refusal):
        return Outcome(session, Event.REJECTED, value)
    return _accept(definition, session, question, Answer(value))


def _look_up(
    definition: Definition, session: Session, question: Question, text: str, directory: Directory | None
) -> Outcome:
    found = directory.exact(text) if directory else ()
    if len(found) == 1:
        return _accept_entry(definition, session, question, found[0])
    found = found or (directory.find(text) if directory else ())
    if not found:
        return _rejected(session, Reason.NOT_FOUND)
    candidates = tuple(Candidate(entry.value, entry.title) for entry in found)
    return Outcome(replace(session, candidates=candidates), Event.CANDIDATES)


def _accept_entry(definition: Definition, session: Session, question: Question, entry: Entry) -> Outcome:
    """An entry answers its question, and others that follow from it: a group knows its specialty."""
    fills = {name: Answer(value) for name, value in entry.fills.items() if name != question.id}
    return _accept(definition, session, question, Answer(entry.value, entry.title), fills)


def _accept(
    definition: Definition,
    session: Session,
    question: Question,
    given: Answer,
    fills: Mapping[str, Answer] | None = None,
) -> Outcome:
    answers = dict(session.answers)
    before = answers.get(question.id)
    taken_back = set(question.resets) if before is not None and before.value != given.value else set()
    for later in taken_back:
        answers.pop(later, None)
    followed = _filled(definition, fills or {})
    answers |= {question.id: given} | followed
    prefilled = (session.prefilled - taken_back - {question.id}).union(followed)
    session = replace(session, answers=answers, prefilled=prefilled)
    return Outcome(_arrive(definition, session, next_place(definition, session)), Event.ACCEPTED)


def _filled(definition: Definition, given: Mapping[str, Answer]) -> dict[str, Answer]:
    """The given answers that the definition can hold. What is sensitive only the person may tell."""
    held: dict[str, Answer] = {}
    for question_id, one in given.items():
        question = definition.question(question_id)
        if question is None or question.sensitive or one.value is None:
            continue
        value: Value | None = known_value(question, one.value)
        if value is not None:
            held[question_id] = Answer(value, one.label)
    return held


def _consent(definition: Definition, session: Session, *, given: bool) -> Outcome:
    if session.at != SENSITIVE_CONSENT:
        return Outcome(session, Event.STALE)
    if not given:
        return Outcome(withdraw_sensitive(definition, session), Event.ACCEPTED)
    session = replace(session, sensitive=True)
    return Outcome(_arrive(definition, session, next_place(definition, session)), Event.ACCEPTED)


def _edit(definition: Definition, session: Session, place: str) -> Outcome:
    possible = {question.id for question in visible_questions(definition, session)}
    if offers_sensitive(definition, session):
        possible.add(SENSITIVE_CONSENT)
    if session.at != REVIEW or place not in possible:
        return Outcome(session, Event.STALE)
    return Outcome(_arrive(definition, replace(session, editing=True), place), Event.ACCEPTED)


def _back(definition: Definition, session: Session) -> Outcome:
    # from an edit that changed nothing the way back is the review, not the question before
    place = next_place(definition, session) if session.editing else session.at
    if place == session.at or place != REVIEW:
        previous = previous_place(definition, session)
        if previous is None:
            return Outcome(session, Event.AT_START)
        place = previous
    return Outcome(_arrive(definition, session, place), Event.ACCEPTED)


def _confirm(definition: Definition, session: Session) -> Outcome:
    if session.at != REVIEW:
        return Outcome(session, Event.STALE)
    for question in visible_questions(definition, session):
        if not question.optional and is_open(question, session.answers):
            session = _arrive(definition, session, question.id)
            return _rejected(session, Reason.NOT_OPTIONAL)
    if session.completed:
        return Outcome(session, Event.CONFIRMED)
    return Outcome(replace(session, completed=True), Event.COMPLETED)


def _arrive(definition: Definition, session: Session, place: str) -> Session:
    """At a place: a multiple question opens with what was chosen before, a directory without old hits."""
    question = definition.question(place)
    draft: tuple[str, ...] = ()
    if question is not None and question.kind is Kind.MULTIPLE:
        chosen = session.answers.get(place)
        draft = chosen.value if chosen is not None and isinstance(chosen.value, tuple) else ()
    editing = session.editing and place != REVIEW
    return replace(session, at=place, draft=draft, candidates=(), editing=editing)


def _expectation(definition: Definition, session: Session) -> Refusal:
    question = definition.question(session.at)
    typed = question is not None and not question.options
    return Refusal(Reason.TEXT_EXPECTED if typed else Reason.BUTTON_EXPECTED)


def _rejected(session: Session, reason: Reason) -> Outcome:
    return Outcome(session, Event.REJECTED, Refusal(reason))
