"""Every step, event and reason, over a small questionnaire that has every kind of question."""

from dataclasses import replace

import pytest

from bot.domain.directory import Directory, Entry
from bot.domain.questionnaire import (
    REVIEW,
    SENSITIVE_CONSENT,
    Answer,
    Back,
    Choose,
    Confirm,
    ConsentSensitive,
    Definition,
    Edit,
    Event,
    Finish,
    Outcome,
    Reason,
    Session,
    Skip,
    Step,
    Toggle,
    Write,
    Wrong,
    answer,
    answer_facts,
    begin,
)


def text(ru: str) -> dict[str, str]:
    return {"ru": ru, "en": f"{ru} (en)"}


def question(question_id: str, kind: str, **rest: object) -> dict[str, object]:
    words = {"title": text("="), "text": text("?"), "help": text("!")}
    return {"id": question_id, "kind": kind, "section": "s", **words, **rest}


GOALS: list[dict[str, object]] = [{"id": one, "text": text(one)} for one in ("job", "army", "baby")]
GOALS[2]["sets"] = {"childcare_leave": True}
NOTHING = {"id": "nothing", "text": text("ничего"), "alone": True}
YES_NO = [
    {"id": "have", "value": True, "text": text("Есть")},
    {"id": "lack", "value": False, "text": text("Ещё нет")},
]
DEFINITION = Definition.model_validate(
    {
        "version": "1",
        "questions": [
            question("goals", "multiple", options=[*GOALS, NOTHING], otherwise={"childcare_leave": False}),
            question("group", "directory", directory="groups", optional=True, resets=["trade", "year"]),
            question("trade", "directory", directory="specialties"),
            question("year", "number", minimum=2020, maximum=2035),
            question("works", "single", options=YES_NO),
            question("where", "text", minimum=2, maximum=10, show_if={"fact": "works", "is": True}),
            question("code", "text", pattern="[A-Z]+", optional=True, fact=None),
            question("born", "date", minimum="1990-01-01", maximum="2012-12-31"),
            question("orphan", "single", options=YES_NO, sensitive=True),
            question(
                "health", "single", options=YES_NO, sensitive=True, show_if={"fact": "works", "is": False}
            ),
        ],
    }
)
TRADES = Directory(
    [Entry("09.02.07", "Программирование"), Entry("15.02.19", "Сварка"), Entry("22.02.06", "Сварка")]
)
GROUPS = Directory(
    [Entry("g1", "ИСП-21", {"trade": "09.02.07", "year": 2027, "orphan": True}), Entry("g2", "ТОР-3")]
)
DIRECTORIES = {"group": GROUPS, "trade": TRADES}


def step(session: Session, *steps: Step) -> Outcome:
    """The last outcome of several steps."""
    for one in steps:
        outcome = answer(DEFINITION, session, one, DIRECTORIES.get(session.at))
        session = outcome.session
    return outcome


def at(place: str, prefilled: dict[str, Answer] | None = None) -> Session:
    """A session that was led to this place by ordinary answers."""
    session = begin(DEFINITION, prefilled or {})
    for _ in range(20):
        if session.at == place:
            return session
        session = step(session, *USUAL[session.at]).session
    raise AssertionError(f"{place} was not reached")


USUAL: dict[str, tuple[Step, ...]] = {
    "goals": (Toggle("goals", "job"), Finish("goals")),
    "group": (Skip("group"),),
    "trade": (Choose("trade", "09.02.07"),),
    "year": (Write("2027"),),
    "works": (Choose("works", "lack"),),
    "where": (Write("завод"),),
    "code": (Write("ABC"),),
    "born": (Write("14.3.2009"),),
    SENSITIVE_CONSENT: (ConsentSensitive(given=True),),
    "orphan": (Choose("orphan", "lack"),),
    "health": (Skip("health"),),
}


def facts(session: Session) -> dict[str, object]:
    return {fact.name: fact.value for fact in answer_facts(DEFINITION, session)}


def test_the_questions_come_in_order_and_end_on_the_review() -> None:
    session, places = begin(DEFINITION, {}), []
    while session.at != REVIEW:
        places.append(session.at)
        session = step(session, *USUAL[session.at]).session
    assert places == [
        "goals", "group", "trade", "year", "works", "code", "born", SENSITIVE_CONSENT, "orphan", "health",
    ]  # fmt: skip
    assert facts(session) == {
        "goals": ("job",),
        "childcare_leave": False,
        "trade": "09.02.07",
        "year": 2027,
        "works": False,
        "born": "2009-03-14",
        "orphan": False,
    }
    assert step(session, Confirm()).event is Event.COMPLETED
    assert step(session, Confirm(), Confirm()).event is Event.CONFIRMED


@pytest.mark.parametrize(
    ("place", "wrong", "reason", "parameters"),
    [
        ("goals", Write("что-то"), Reason.BUTTON_EXPECTED, {}),
        ("goals", Finish("goals"), Reason.NOTHING_CHOSEN, {}),
        ("goals", Wrong(), Reason.BUTTON_EXPECTED, {}),
        ("goals", Skip("goals"), Reason.NOT_OPTIONAL, {}),
        ("trade", Write("ыыыы"), Reason.NOT_FOUND, {}),
        ("trade", Wrong(), Reason.TEXT_EXPECTED, {}),
        ("year", Wrong(), Reason.TEXT_EXPECTED, {}),
        ("year", Write(" \u200b"), Reason.TEXT_EXPECTED, {}),
        ("year", Write("скоро"), Reason.NOT_A_NUMBER, {"minimum": 2020, "maximum": 2035}),
        ("year", Write("2027.5"), Reason.NOT_A_NUMBER, {"minimum": 2020, "maximum": 2035}),
        ("year", Write("9" * 5000), Reason.NOT_A_NUMBER, {"minimum": 2020, "maximum": 2035}),
        ("year", Write("-1"), Reason.TOO_SMALL, {"minimum": 2020, "maximum": 2035}),
        ("year", Write("2036"), Reason.TOO_LARGE, {"minimum": 2020, "maximum": 2035}),
        ("works", Write("да"), Reason.BUTTON_EXPECTED, {}),
        ("where", Write("я"), Reason.TOO_SHORT, {"minimum": 2, "maximum": 10, "length": 1}),
        ("where", Write("я" * 11), Reason.TOO_LONG, {"minimum": 2, "maximum": 10, "length": 11}),
        ("code", Write("абв"), Reason.WRONG_PATTERN, {}),
        ("code", Write("ABC1"), Reason.WRONG_PATTERN, {}),
        ("code", Write("A" * 1001), Reason.TOO_LONG, {"minimum": 1, "maximum": 1000, "length": 1001}),
        ("born", Write("вчера"), Reason.NOT_A_DATE, {"minimum": "1990-01-01", "maximum": "2012-12-31"}),
        ("born", Write("30.02.2009"), Reason.NOT_A_DATE, {"minimum": "1990-01-01", "maximum": "2012-12-31"}),
        ("born", Write("1989-12-31"), Reason.TOO_EARLY, {"minimum": "1990-01-01", "maximum": "2012-12-31"}),
        ("born", Write("1.1.13"), Reason.TOO_LATE, {"minimum": "1990-01-01", "maximum": "2012-12-31"}),
        (SENSITIVE_CONSENT, Write("да"), Reason.BUTTON_EXPECTED, {}),
        (SENSITIVE_CONSENT, Wrong(), Reason.BUTTON_EXPECTED, {}),
        (REVIEW, Write("да"), Reason.BUTTON_EXPECTED, {}),
    ],
)  # fmt: skip
def test_what_is_no_answer_changes_nothing_and_says_why(
    place: str, wrong: Step, reason: Reason, parameters: dict[str, object]
) -> None:
    session = at(place) if place != "where" else step(at("works"), Choose("works", "have")).session
    outcome = step(session, wrong)
    assert outcome.session is session
    assert outcome.event is Event.REJECTED
    assert outcome.refusal is not None
    assert (outcome.refusal.reason, dict(outcome.refusal.parameters)) == (reason, parameters)


def test_every_reason_has_its_test() -> None:
    marks = test_what_is_no_answer_changes_nothing_and_says_why.pytestmark  # type: ignore[attr-defined]
    assert {row[2] for row in marks[0].args[1]} == set(Reason)


@pytest.mark.parametrize(
    ("place", "stale"),
    [
        ("works", Choose("goals", "job")),
        ("works", Choose("works", "unknown")),
        ("works", Choose("unknown", "have")),
        ("works", Toggle("works", "have")),
        ("works", Finish("works")),
        ("works", Back("year")),
        ("works", Edit("works")),
        ("works", Confirm()),
        ("works", ConsentSensitive(given=True)),
        ("goals", Choose("goals", "job")),
        ("goals", Toggle("goals", "unknown")),
        ("trade", Choose("trade", "99.99.99")),
        ("trade", Skip("group")),
        ("year", Choose("year", "2027")),
        (SENSITIVE_CONSENT, Skip(SENSITIVE_CONSENT)),
        (SENSITIVE_CONSENT, Choose("orphan", "have")),
        (REVIEW, Edit("where")),
        (REVIEW, Edit("unknown")),
        (REVIEW, Edit(REVIEW)),
        (REVIEW, Choose("works", "have")),
    ],
)
def test_a_step_for_another_place_changes_nothing(place: str, stale: Step) -> None:
    session = at(place)
    outcome = step(session, stale)
    assert outcome == Outcome(session, Event.STALE)


def test_a_double_tap_answers_once() -> None:
    first = step(at("works"), Choose("works", "lack"))
    assert step(first.session, Choose("works", "have")) == Outcome(first.session, Event.STALE)


def test_options_of_a_multiple_question_are_toggled_and_kept_in_order() -> None:
    outcome = step(at("goals"), Toggle("goals", "army"), Toggle("goals", "job"), Toggle("goals", "baby"))
    assert (outcome.event, outcome.session.draft) == (Event.TOGGLED, ("job", "army", "baby"))
    outcome = step(outcome.session, Toggle("goals", "army"))
    assert outcome.session.draft == ("job", "baby")
    assert step(outcome.session, Toggle("goals", "nothing")).session.draft == ("nothing",)
    assert step(outcome.session, Toggle("goals", "nothing"), Toggle("goals", "job")).session.draft == ("job",)
    done = step(outcome.session, Finish("goals")).session
    assert (done.answers["goals"], done.draft) == (Answer(("job", "baby")), ())
    assert facts(done) == {"goals": ("job", "baby"), "childcare_leave": True}
    assert step(done, Back("group")).session.draft == ("job", "baby")


def test_a_typed_button_is_accepted_kindly() -> None:
    assert step(at("works"), Write("  ЕЩЕ   нет ")).session.answers["works"] == Answer("lack")
    assert step(at("works"), Write("есть (EN)")).session.answers["works"] == Answer("have")
    assert step(at("goals"), Write("Army")).session.draft == ("army",)


@pytest.mark.parametrize(
    "typed", ["14.03.2009", "14.3.09", "2009-03-14", "14/3/2009", "14-03-2009", " 14.03.2009\n"]
)
def test_a_date_is_understood_as_people_write_it(typed: str) -> None:
    assert step(at("born"), Write(typed)).session.answers["born"] == Answer("2009-03-14")


def test_typed_text_is_trimmed_and_loses_control_characters_but_is_not_escaped() -> None:
    session = step(at("works"), Choose("works", "have"), Write(" <b>\u202e\x07\n\tA \ud800")).session
    assert session.answers["where"] == Answer("<b> A")


def test_one_exact_hit_is_accepted_at_once() -> None:
    for typed in ("09.02.07", "090207", "программирование"):
        outcome = step(at("trade"), Write(typed))
        assert outcome.event is Event.ACCEPTED
        assert outcome.session.answers["trade"] == Answer("09.02.07", "Программирование")


def test_several_or_near_hits_are_offered() -> None:
    outcome = step(at("trade"), Write("Сварка"))
    assert outcome.event is Event.CANDIDATES
    assert [one.value for one in outcome.session.candidates] == ["15.02.19", "22.02.06"]
    assert [one.title for one in outcome.session.candidates] == ["Сварка", "Сварка"]
    chosen = step(outcome.session, Choose("trade", "22.02.06"))
    assert (chosen.event, chosen.session.candidates) == (Event.ACCEPTED, ())
    near = step(at("trade"), Write("програмирование"))
    assert [one.value for one in near.session.candidates] == ["09.02.07"]
    refused = step(near.session, Write("ыыы"))
    assert refused.session is near.session  # the earlier buttons still stand in the chat


def test_without_a_directory_nothing_is_found() -> None:
    session = at("trade")
    outcome = answer(DEFINITION, session, Write("09.02.07"))
    assert outcome.refusal is not None
    assert outcome.refusal.reason is Reason.NOT_FOUND
    assert answer(DEFINITION, session, Choose("trade", "09.02.07")).event is Event.STALE


def test_limits_belong_to_what_is_allowed() -> None:
    for year in ("2020", "2035", " 2 027 "):
        assert step(at("year"), Write(year)).event is Event.ACCEPTED
    for day in ("1990-01-01", "2012-12-31"):
        assert step(at("born"), Write(day)).event is Event.ACCEPTED
    for place in ("за", "завод" * 2):
        assert step(at("works"), Choose("works", "have"), Write(place)).session.at == "code"


def test_a_session_of_another_definition_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="another definition"):
        answer(DEFINITION, replace(at("goals"), digest="0" * 12), Wrong())
