"""Whatever is pressed, typed or forged, in whatever order: a session stays valid."""

import json
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.questionnaire import (
    REVIEW,
    SENSITIVE_CONSENT,
    Answer,
    Back,
    Choose,
    Confirm,
    ConsentSensitive,
    Edit,
    Event,
    Finish,
    Kind,
    Outcome,
    Session,
    Skip,
    Step,
    Toggle,
    Write,
    Wrong,
    answer,
    answer_facts,
    begin,
    offers_sensitive,
    progress,
    review,
    visible_questions,
    withdraw_sensitive,
)
from bot.domain.questionnaire.flow import is_open
from tests.unit.test_questionnaire_engine import DEFINITION, DIRECTORIES

PLACES = [*(question.id for question in DEFINITION.questions), SENSITIVE_CONSENT, REVIEW, "unknown", ""]
OPTIONS = ["job", "army", "baby", "nothing", "have", "lack", "g1", "g2", "09.02.07", "unknown", ""]
TYPED = ["Есть", "2027", "ABC", "2.3.2004", "ИСП-21", "Сварка", "заводик", "job"]
places, options = st.sampled_from(PLACES), st.sampled_from(OPTIONS)
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(Choose, places, options),
    st.builds(Toggle, places, options),
    st.builds(Finish, places),
    st.builds(Write, st.sampled_from(TYPED) | st.text(max_size=20)),
    st.builds(Skip, places),
    st.builds(Back, places),
    st.builds(Edit, places),
    st.builds(ConsentSensitive, st.booleans()),
    st.just(Confirm()),
    st.just(Wrong()),
)
HERE = st.sampled_from(["choose", "toggle", "finish", "write", "skip", "back", "edit", "consent", "confirm"])


def aimed(session: Session, what: str, which: int) -> Step:
    """A step that fits the place, so that random walks get far."""
    place = session.at
    chosen = OPTIONS[which % len(OPTIONS)]
    return {
        "choose": Choose(place, chosen),
        "toggle": Toggle(place, chosen),
        "finish": Finish(place),
        "write": Write(TYPED[which % len(TYPED)]),
        "skip": Skip(place),
        "back": Back(place),
        "edit": Edit(PLACES[which % len(PLACES)]),
        "consent": ConsentSensitive(given=which % 3 > 0),
        "confirm": Confirm(),
    }[what]  # type: ignore[return-value]


def take(session: Session, step: Step) -> Outcome:
    return answer(DEFINITION, session, step, DIRECTORIES.get(session.at))


def check(session: Session) -> None:
    visible = visible_questions(DEFINITION, session)
    assert session.at in {question.id for question in visible} | {SENSITIVE_CONSENT, REVIEW}
    assert session.at != SENSITIVE_CONSENT or offers_sensitive(DEFINITION, session)
    assert all(DEFINITION.question(known) for known in session.answers)
    assert session.prefilled <= session.answers.keys()
    assert session.at != REVIEW or not any(is_open(question, session.answers) for question in visible)
    assert session.at == REVIEW or session.at in {q.id for q in visible} or session.at == SENSITIVE_CONSENT
    at = DEFINITION.question(session.at)
    assert not session.draft or (at is not None and at.kind is Kind.MULTIPLE)
    assert not session.candidates or (at is not None and at.kind is Kind.DIRECTORY)
    if session.sensitive is not True:
        assert not any(question.sensitive for question in visible)
    if session.sensitive is False:
        assert not {"orphan", "health"} & session.answers.keys()
    position = progress(DEFINITION, session)
    assert 0 <= position.number <= position.total <= len(DEFINITION.questions)
    assert len({fact.name for fact in answer_facts(DEFINITION, session)}) == len(
        answer_facts(DEFINITION, session)
    )
    assert [question for question, _ in review(DEFINITION, session)] == list(visible)
    restored = Session.from_json(json.loads(json.dumps(session.to_json())))
    assert restored == session


PREFILLED = st.fixed_dictionaries(
    {},
    optional={
        "group": st.sampled_from([Answer("g1", "ИСП-21"), Answer("")]),
        "trade": st.just(Answer("09.02.07")),
        "year": st.sampled_from([Answer(2027), Answer(1)]),
        "works": st.sampled_from([Answer("lack"), Answer(value=True), Answer(5)]),
        "orphan": st.just(Answer("have")),
    },
)


@settings(max_examples=150, deadline=None)
@given(PREFILLED, st.lists(STEPS | st.tuples(HERE, st.integers(0, 100)), max_size=60))
def test_any_steps_keep_the_session_valid(
    prefilled: dict[str, Answer], steps: list[Step | tuple[str, int]]
) -> None:
    session = begin(DEFINITION, prefilled)
    check(session)
    for raw in steps:
        outcome = take(session, aimed(session, *raw) if isinstance(raw, tuple) else raw)
        assert (outcome.event is Event.REJECTED) == (outcome.refusal is not None)
        if outcome.event in {Event.REJECTED, Event.STALE, Event.AT_START}:
            assert outcome.session is session
        if outcome.event is Event.COMPLETED:
            assert not session.completed
            unanswered = [q for q in visible_questions(DEFINITION, session) if is_open(q, session.answers)]
            assert all(question.optional for question in unanswered)
        assert outcome.session.completed >= session.completed
        session = outcome.session
        check(session)
        check(withdraw_sensitive(DEFINITION, session))


WANTED: dict[str, tuple[Step, ...]] = {
    "goals": (Toggle("goals", "baby"), Toggle("goals", "job"), Finish("goals")),
    "group": (Choose("group", "g2"),),
    "trade": (Choose("trade", "15.02.19"),),
    "year": (Write("2028"),),
    "works": (Choose("works", "have"),),
    "where": (Write("завод"),),
    "code": (Skip("code"),),
    "born": (Write("2008-01-02"),),
    SENSITIVE_CONSENT: (ConsentSensitive(given=True),),
    "orphan": (Choose("orphan", "have"),),
    "health": (Skip("health"),),
}


def answer_as_wanted(session: Session) -> Session:
    for _ in range(30):
        if session.at == REVIEW:
            return session
        if session.at == "goals":
            session = Session.from_json({**session.to_json(), "t": []})
        for step in WANTED[session.at]:
            session = take(session, step).session
    raise AssertionError("the review was not reached")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(HERE, st.integers(0, 100)), max_size=40), st.integers(0, 10_000))
def test_the_way_to_the_same_answers_does_not_change_the_facts(
    detour: list[tuple[str, int]], seed: int
) -> None:
    direct = answer_as_wanted(begin(DEFINITION, {}))
    session = begin(DEFINITION, {})
    for what, which in detour:
        session = take(session, aimed(session, what, which)).session
    session = answer_as_wanted(session)
    order = [question for question in WANTED if question in DEFINITION_IDS]
    random.Random(seed).shuffle(order)
    # the group takes back what follows from it, so that it comes before what it resets
    for place in [SENSITIVE_CONSENT, "group", "works", *order]:
        editing = take(session, Edit(place))
        if editing.event is Event.ACCEPTED:
            session = answer_as_wanted(editing.session)
    assert set(answer_facts(DEFINITION, session)) == set(answer_facts(DEFINITION, direct))


DEFINITION_IDS = {question.id for question in DEFINITION.questions}
