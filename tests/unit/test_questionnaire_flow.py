"""The way through the questions: what follows from what, back, edits, the sensitive part, progress."""

import json
from dataclasses import replace

import pytest

from bot.domain.questionnaire import (
    REVIEW,
    SENSITIVE_CONSENT,
    SKIPPED,
    Answer,
    Back,
    Choose,
    Confirm,
    ConsentSensitive,
    Definition,
    Edit,
    Event,
    Outcome,
    Progress,
    Session,
    Skip,
    Toggle,
    Write,
    answer,
    begin,
    offers_sensitive,
    progress,
    review,
    visible_questions,
    withdraw_sensitive,
)
from tests.unit.test_questionnaire_engine import DEFINITION, at, facts, question, step


def test_a_group_fills_in_its_trade_and_year_but_nothing_sensitive() -> None:
    session = step(at("group"), Choose("group", "g1")).session
    assert session.at == "works"
    assert session.answers["trade"] == Answer("09.02.07")
    assert session.prefilled == {"trade", "year"}
    assert "orphan" not in session.answers
    assert progress(DEFINITION, session) == Progress(3, 8)


def test_a_changed_answer_takes_back_what_followed_from_it() -> None:
    review_of_g1 = at(
        REVIEW, {"group": Answer("g1", "ИСП-21"), "trade": Answer("09.02.07"), "year": Answer(2027)}
    )
    other = step(review_of_g1, Edit("group"), Choose("group", "g2")).session
    assert other.at == "trade"
    assert "year" not in other.answers
    assert other.prefilled == frozenset()
    same = step(review_of_g1, Edit("group"), Write("исп-21")).session
    assert same.at == REVIEW
    assert same.answers == review_of_g1.answers
    assert step(review_of_g1, Edit("group"), Skip("group")).session.at == "trade"


def test_prefilled_answers_are_not_asked_but_stand_on_the_review() -> None:
    session = begin(
        DEFINITION, {"goals": Answer(("job",)), "works": Answer(value=True), "year": Answer(2027)}
    )
    assert session.at == "group"
    assert session.answers["works"] == Answer("have")
    assert progress(DEFINITION, session) == Progress(1, 6)
    assert {one.id: given for one, given in review(DEFINITION, session)}["year"] == Answer(2027)
    assert step(session, Back("group")).event is Event.AT_START


@pytest.mark.parametrize(
    "prefilled",
    [
        {"unknown": Answer("x")},
        {"orphan": Answer("have")},
        {"works": Answer("perhaps")},
        {"works": Answer(1)},
        {"works": SKIPPED},
        {"goals": Answer(("job", "unknown"))},
        {"goals": Answer(("job", "nothing"))},
        {"goals": Answer(())},
        {"goals": Answer("job")},
        {"year": Answer(1999)},
        {"year": Answer(value=True)},
        {"year": Answer("2027")},
        {"born": Answer("когда-то")},
        {"born": Answer(2009)},
        {"trade": Answer(" ")},
    ],
)
def test_a_prefilled_answer_that_cannot_be_one_is_left_out(prefilled: dict[str, Answer]) -> None:
    assert begin(DEFINITION, prefilled) == begin(DEFINITION, {})


def test_everything_prefilled_goes_to_the_consent() -> None:
    prefilled = {
        "goals": Answer(("job",)), "group": Answer("g1"), "trade": Answer("09.02.07"), "year": Answer(2027),
        "works": Answer("lack"), "code": Answer("A"), "born": Answer("2009-03-14"),
    }  # fmt: skip
    session = begin(DEFINITION, prefilled)
    assert session.at == SENSITIVE_CONSENT
    assert step(session, Back(SENSITIVE_CONSENT)).event is Event.AT_START


def test_back_leads_to_the_question_before_and_stays_at_the_first() -> None:
    assert step(at("works"), Back("works")).session.at == "year"
    assert step(at("goals"), Back("goals")) == Outcome(at("goals"), Event.AT_START)
    assert step(at(SENSITIVE_CONSENT), Back(SENSITIVE_CONSENT)).session.at == "born"
    assert step(at("orphan"), Back("orphan")).session.at == "born"
    assert step(at(REVIEW), Back(REVIEW)).session.at == "health"
    refused = step(at(SENSITIVE_CONSENT), ConsentSensitive(given=False), Back(REVIEW)).session
    assert refused.at == "born"
    assert step(refused, Back("born")).session.at == "code"


def test_after_back_an_answer_leads_to_the_first_open_question() -> None:
    session = step(at("born"), Back("born"), Back("code"), Back("works")).session
    assert session.at == "year"
    assert step(session, Write("2028")).session.at == "born"


def test_an_edit_leads_back_to_the_review_unless_it_opens_questions() -> None:
    session = at(REVIEW)
    assert step(session, Edit("year"), Write("2028")).session.at == REVIEW
    opened = step(session, Edit("works"), Choose("works", "have")).session
    assert opened.at == "where"
    assert step(opened, Back("where")).session.at == "works"
    assert step(opened, Write("завод")).session.at == REVIEW


def test_back_from_an_edit_changes_nothing() -> None:
    session = at(REVIEW)
    assert step(session, Edit("year"), Back("year")).session == session
    assert step(session, Edit("goals"), Toggle("goals", "army"), Back("goals")).session == session
    assert step(session, Edit(SENSITIVE_CONSENT), Back(SENSITIVE_CONSENT)).session == session


def test_a_hidden_answer_is_kept_but_does_not_count() -> None:
    shown = step(at("works"), Choose("works", "have"), Write("завод")).session
    hidden = step(shown, Back("code"), Back("where"), Choose("works", "lack")).session
    assert "where" in hidden.answers
    assert "where" not in facts(hidden)
    assert "where" not in {one.id for one, _ in review(DEFINITION, hidden)}
    again = step(hidden, Back("code"), Choose("works", "have")).session
    assert again.at == "code"
    assert facts(again)["where"] == "завод"


def test_what_is_not_known_is_not_shown() -> None:
    assert "where" not in {one.id for one in visible_questions(DEFINITION, begin(DEFINITION, {}))}


def test_a_skipped_answer_makes_nothing_known() -> None:
    session = step(at("orphan"), Skip("orphan")).session
    assert session.answers["orphan"].skipped
    assert "orphan" not in facts(session)


def test_refused_sensitive_questions_are_not_asked_nor_counted() -> None:
    before = at(SENSITIVE_CONSENT)
    assert progress(DEFINITION, before) == Progress(7, 9)
    refused = step(before, ConsentSensitive(given=False)).session
    assert (refused.at, refused.sensitive) == (REVIEW, False)
    assert progress(DEFINITION, refused) == Progress(7, 7)
    assert step(refused, Confirm()).event is Event.COMPLETED
    changed = step(refused, Edit(SENSITIVE_CONSENT), ConsentSensitive(given=True)).session
    assert changed.at == "orphan"


def test_a_consent_that_is_taken_back_drops_the_answers() -> None:
    told = at(REVIEW)
    assert facts(told)["orphan"] is False
    for withdrawn in (
        withdraw_sensitive(DEFINITION, told),
        step(told, Edit(SENSITIVE_CONSENT), ConsentSensitive(given=False)).session,
    ):
        assert "orphan" not in withdrawn.answers
        assert withdrawn.sensitive is False
        assert withdrawn.at == REVIEW
        assert set(told.answers) - set(withdrawn.answers) == {"orphan", "health"}
    assert withdraw_sensitive(DEFINITION, at("orphan")).at == REVIEW
    assert withdraw_sensitive(DEFINITION, at("works")).at == "works"


def test_no_consent_is_asked_when_there_is_nothing_behind_it() -> None:
    open_part = Definition(version="1", questions=DEFINITION.questions[4:5])
    session = answer(open_part, begin(open_part, {}), Choose("works", "have")).session
    assert session.at == REVIEW
    assert not offers_sensitive(open_part, session)
    hidden = Definition(version="1", questions=(DEFINITION.questions[4], DEFINITION.questions[9]))
    session = answer(hidden, begin(hidden, {}), Choose("works", "have")).session
    assert session.at == REVIEW
    assert answer(hidden, session, Edit(SENSITIVE_CONSENT)).event is Event.STALE


def test_confirm_leads_to_what_is_still_required() -> None:
    session = at(REVIEW)
    stored_elsewhere = replace(session, answers={**session.answers, "year": SKIPPED})
    outcome = step(stored_elsewhere, Confirm())
    assert outcome.event is Event.REJECTED
    assert outcome.session.at == "year"
    assert not outcome.session.completed


def test_a_completed_profile_can_still_be_changed() -> None:
    done = step(at(REVIEW), Confirm()).session
    changed = step(done, Edit("year"), Write("2028"), Confirm())
    assert changed.event is Event.CONFIRMED
    assert changed.session.completed
    assert facts(changed.session)["year"] == 2028


def test_progress_counts_what_this_person_may_still_be_asked() -> None:
    # where and health are not ruled out before works is answered
    assert progress(DEFINITION, at("goals")) == Progress(1, 10)
    assert progress(DEFINITION, at("code")) == Progress(6, 9)
    assert progress(DEFINITION, at("health")) == Progress(9, 9)
    assert progress(DEFINITION, at(REVIEW)) == Progress(9, 9)


def test_a_question_that_a_skip_left_undecided_counts_only_while_it_is_ahead() -> None:
    depends = {"show_if": {"fact": "first", "at_least": 1}}
    definition = Definition.model_validate(
        {
            "version": "1",
            "questions": [
                question("first", "number", optional=True),
                question("second", "number", **depends),
                question("third", "number"),
            ],
        }
    )
    session = begin(definition, {})
    assert progress(definition, session) == Progress(1, 3)
    session = answer(definition, session, Skip("first")).session
    assert (session.at, progress(definition, session)) == ("third", Progress(2, 2))


@pytest.mark.parametrize(
    "session",
    [
        at("goals"),
        at(REVIEW),
        step(at("goals"), Toggle("goals", "job")).session,
        step(at("trade"), Write("Сварка")).session,
        step(at("group"), Choose("group", "g1")).session,
        step(at(REVIEW), Confirm(), Edit("goals")).session,
    ],
)
def test_a_session_survives_storage(session: Session) -> None:
    stored = json.loads(json.dumps(session.to_json()))
    assert Session.from_json(stored) == session
    assert Session.from_json({**stored, "of the future": 1}) == session
