"""The questionnaire as shipped: it loads, and a student gets through it in the promised number of answers."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from bot.domain.directory import Directory, Entry
from bot.domain.questionnaire import (
    REVIEW,
    SENSITIVE_CONSENT,
    Answer,
    Choose,
    Confirm,
    ConsentSensitive,
    Definition,
    Edit,
    Event,
    Finish,
    Kind,
    PrivacyMode,
    Question,
    Session,
    Skip,
    Step,
    Toggle,
    Write,
    answer,
    answer_facts,
    begin,
    progress,
)
from bot.sources.definition_file import read_definition

STANDARD = Path(__file__).parents[2] / "bot" / "standard"
MODES: tuple[PrivacyMode, ...] = ("standard", "pseudonymous")
DIRECTORIES = {
    "organisations": Directory([Entry("o1", "Колледж связи"), Entry("o2", "Политехнический колледж")]),
    "groups": Directory([Entry("g1", "ИСП-21", {"specialty": "09.02.07", "graduation_year": 2027})]),
    "specialties": Directory([Entry("09.02.07", "Информационные системы и программирование")]),
}
LINK = {
    "organisation": Answer("o1", "Колледж связи"),
    "group": Answer("g1", "ИСП-21"),
    "specialty": Answer("09.02.07"),
    "graduation_year": Answer(2027),
}
STUDENT = {
    "requests": "first_job",
    "organisation": "o1",
    "specialty": "09.02.07",
    "graduation_year": "2027",
    "category": "student",
    "employment": "none",
    "work_experience": "in_field",
    "employer_events": "few",
    "resume": "not_yet",
    "interview_training": "have",
    "definite_workplace": "in_words",
    "plans": "work",
    "military": "none",
    "work_format": "full_day",
    "place": "region",
    "disability": "have_not",
    "orphan": "applies_not",
}
TYPED = {"name": "Саша", "personal_code": "AB-1234", "strengths": "чинить"}


@cache
def shipped(mode: PrivacyMode | None = None) -> Definition:
    whole = read_definition(STANDARD / "questionnaire.yaml", Definition)
    return whole.for_privacy(mode) if mode else whole


@dataclass
class Student:
    """Answers as told, skips the rest, and counts."""

    definition: Definition
    answers: Mapping[str, str]
    asked: list[str] = field(default_factory=list)

    def goes_through(self, session: Session) -> Session:
        while session.at != REVIEW:
            steps: tuple[Step, ...] = (ConsentSensitive(given=True),)
            if session.at != SENSITIVE_CONSENT:
                self.asked.append(session.at)
                question = self.definition.question(session.at)
                assert question is not None
                steps = self.steps(question)
            for step in steps:
                outcome = answer(self.definition, session, step, self.directory(session.at))
                assert outcome.event in {Event.ACCEPTED, Event.TOGGLED}, (session.at, outcome)
                session = outcome.session
        return session

    def steps(self, question: Question) -> tuple[Step, ...]:
        if question.id in TYPED:
            return (Write(TYPED[question.id]),)
        if question.id not in self.answers:
            return (Skip(question.id),)
        option = self.answers[question.id]
        if question.kind is Kind.MULTIPLE:
            return Toggle(question.id, option), Finish(question.id)
        return (Choose(question.id, option),)

    def directory(self, place: str) -> Directory | None:
        question = self.definition.question(place)
        return DIRECTORIES.get(question.directory or "") if question else None


def facts_of(
    mode: PrivacyMode = "standard", prefilled: Mapping[str, Answer] = LINK, **changes: str
) -> dict[str, object]:
    student = Student(shipped(mode), STUDENT | changes)
    session = student.goes_through(begin(student.definition, prefilled))
    return {fact.name: fact.value for fact in answer_facts(student.definition, session)}


@pytest.mark.parametrize(
    ("mode", "prefilled", "fewest", "most"),
    [
        ("standard", {}, 16, 20),
        ("standard", LINK, 16, 17),
        ("pseudonymous", {}, 16, 20),
    ],
)
def test_a_typical_student_needs_the_promised_number_of_answers(
    mode: PrivacyMode, prefilled: Mapping[str, Answer], fewest: int, most: int
) -> None:
    student = Student(shipped(mode), STUDENT)
    begun = begin(student.definition, prefilled)
    total = progress(student.definition, begun).total
    session = student.goes_through(begun)
    assert fewest <= len(student.asked) <= most
    assert len(student.asked) == total  # promised at the beginning, kept at the end
    assert answer(student.definition, session, Confirm()).event is Event.COMPLETED


def test_the_order_is_the_one_agreed() -> None:
    student = Student(shipped("standard"), STUDENT)
    student.goes_through(begin(student.definition, {}))
    assert " ".join(student.asked) == (
        "requests organisation group specialty graduation_year category name employment work_experience"
        " employer_events resume interview_training definite_workplace plans military work_format place"
        " strengths disability orphan"
    )


def test_a_group_chosen_from_the_list_saves_two_questions() -> None:
    student = Student(shipped("standard"), STUDENT | {"group": "g1"})
    session = student.goes_through(begin(student.definition, {}))
    assert len(student.asked) == 18
    assert session.answers["graduation_year"] == Answer("2027")


def test_the_facts_have_the_names_and_types_that_the_criteria_expect() -> None:
    assert facts_of() == {
        "requests": ("first_job",),
        "organisation": "o1",
        "group": "g1",
        "specialty": "09.02.07",
        "graduation_year": 2027,
        "category": "student",
        "employment": "none",
        "work_experience": "in_field",
        "employer_events": 1,
        "resume": False,
        "interview_training": True,
        "definite_workplace": False,
        "plans": ("work",),
        "childcare_leave": False,
        "conscription": False,
        "military_service_end": False,
        "work_format": ("full_day",),
        "place": "region",
        "disability": False,
        "orphan": False,
    }


def test_who_works_in_the_trade_has_a_definite_workplace() -> None:
    assert facts_of(employment="in_field")["definite_workplace"] is True
    assert facts_of(employment="outside_field", definite_workplace="settled")["definite_workplace"] is True
    assert facts_of(employment="outside_field")["definite_workplace"] is False


def test_an_employment_that_is_corrected_takes_the_hidden_answer_out_of_account() -> None:
    student = Student(shipped("standard"), STUDENT)
    session = student.goes_through(begin(student.definition, LINK))
    for step in (Edit("employment"), Choose("employment", "in_field")):
        session = answer(student.definition, session, step).session
    assert session.at == REVIEW
    facts = {fact.name: fact.value for fact in answer_facts(student.definition, session)}
    assert facts["definite_workplace"] is True


@pytest.mark.parametrize(
    ("chosen", "conscription", "service_end"),
    [("conscription", True, False), ("service_end", False, True), ("none", False, False)],
)
def test_military_service(chosen: str, conscription: bool, service_end: bool) -> None:
    facts = facts_of(military=chosen)
    assert (facts["conscription"], facts["military_service_end"]) == (conscription, service_end)
    assert "military" not in facts


def test_childcare_is_told_by_the_plans() -> None:
    assert facts_of(plans="childcare")["childcare_leave"] is True


def test_a_pupil_is_not_asked_about_work_in_a_trade() -> None:
    pupil = {"requests": "first_profession", "organisation": "o1", "category": "pupil"}
    answers = {name: option for name, option in STUDENT.items() if name != "specialty"} | pupil
    student = Student(shipped("standard"), answers)
    student.goes_through(begin(student.definition, {}))
    assert not {"employment", "work_experience", "definite_workplace", "military"} & set(student.asked)


def test_names_and_sensitive_facts_stay_out_of_the_pseudonymous_chat() -> None:
    ids = {question.id for question in shipped("pseudonymous").questions}
    assert not ids & {"name", "disability", "orphan"}
    assert facts_of("pseudonymous")["personal_code"] == "AB-1234"
    assert not {"name", "strengths"} & facts_of().keys()


def test_the_eight_requests_are_those_of_the_standard() -> None:
    requests = shipped().question("requests")
    assert requests is not None
    assert [option.id for option in requests.options] == [
        "first_profession", "search_skills", "change_of_profession", "practice",
        "first_job", "job_after_break", "own_business", "obstacles",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_text_is_in_its_language_and_buttons_differ(language: str) -> None:
    assert language in shipped().languages
    for question in shipped().questions:
        buttons = [option.text[language] for option in question.options]
        assert len(set(buttons)) == len(buttons)
        for text in (question.text[language], question.help[language]):
            assert text[-1] in ".?"
            cyrillic = re.search("[а-яё]", text.replace("ИСП-21", ""), re.IGNORECASE)
            assert bool(cyrillic) == (language == "ru"), text


@pytest.mark.parametrize("mode", MODES)
def test_the_shipped_definition_survives_storage(mode: PrivacyMode) -> None:
    assert Definition.model_validate_json(shipped(mode).to_json()).digest == shipped(mode).digest


def test_the_tables_beside_it_are_whole() -> None:
    with (STANDARD / "regions.csv").open(encoding="utf-8", newline="") as table:
        assert len({row["code"] for row in csv.DictReader(table)}) == 90
