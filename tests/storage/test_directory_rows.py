"""Colleges and groups, invitations, questionnaires, facts and statistics."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from bot.domain.facts import Fact, Source
from bot.domain.people import Role
from storage import organisations, people, profiling, risk, staff
from storage.tables import profiling_sessions
from tests.storage.centre import AT, DIGEST, FOOD, REGION, TRANSPORT, enrol, found_colleges, organisation_id

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def colleges(connection: Connection) -> None:
    found_colleges(connection)


def test_colleges_and_groups_are_listed_by_name(connection: Connection) -> None:
    assert [row["code"] for row in organisations.all_organisations(connection)] == ["ktt", "tpk"]
    assert [row["code"] for row in organisations.groups_of(connection, "ktt")] == ["isp21", "pk22"]
    assert organisations.groups_of(connection, "none") == []


def test_a_group_is_found_by_the_code_of_its_link(connection: Connection) -> None:
    group = organisations.group_by_code(connection, "pd23")
    assert group is not None
    assert (group["organisation_code"], group["organisation"]) == ("tpk", "Техникум питания")
    assert organisations.group_by_code(connection, "' OR 1=1") is None


def test_an_organisation_by_code_and_its_name_by_number(connection: Connection) -> None:
    number = organisation_id(connection, "tpk")
    assert organisations.organisation_name(connection, number) == "Техникум питания"
    assert organisations.organisation_name(connection, 404) is None
    assert organisations.organisation_by_code(connection, "none") is None


def test_a_group_that_is_there_is_corrected_and_keeps_its_link(connection: Connection) -> None:
    changed = FOOD._replace(organisation="Техникум еды", graduation_year=2029, code="another")
    assert organisations.save_group(connection, changed) == "pd23"
    group = organisations.group_by_code(connection, "pd23")
    assert group is not None
    assert (group["organisation"], group["graduation_year"]) == ("Техникум еды", 2029)
    assert organisations.group_by_code(connection, "another") is None


def test_groups_are_counted_with_their_people(connection: Connection) -> None:
    for number in (1, 2):
        enrol(connection, number, group=TRANSPORT)
    people.change_person(connection, 2, {"level": "high"})
    rows = organisations.groups_with_people(connection, organisation_id(connection, "ktt"))
    counted = [(row["name"], row["people"], row["profiled"]) for row in rows]
    assert counted == [("ИСП-21", 2, 1), ("ПК-22", 0, 0)]


def invite(connection: Connection, digest: str = "d" * 64) -> None:
    here = organisation_id(connection, "ktt")
    staff.add_invitation(connection, digest, Role.SPECIALIST, here, 9, AT, AT + DAY)


def test_an_invitation_is_used_once(connection: Connection) -> None:
    invite(connection)
    taken = staff.use_invitation(connection, "d" * 64, 11, AT)
    assert taken is not None
    assert taken["role"] == Role.SPECIALIST
    assert staff.use_invitation(connection, "d" * 64, 12, AT) is None
    assert staff.taken_invitation(connection, "d" * 64, 11) == taken
    assert staff.taken_invitation(connection, "d" * 64, 12) is None


def test_an_invitation_is_good_until_its_hour(connection: Connection) -> None:
    invite(connection)
    assert staff.use_invitation(connection, "d" * 64, 11, AT + DAY) is None
    assert staff.use_invitation(connection, "e" * 64, 11, AT) is None
    assert staff.use_invitation(connection, "d" * 64, 11, AT + DAY - dt.timedelta(seconds=1)) is not None


def test_another_role_takes_the_place_of_the_first(connection: Connection) -> None:
    staff.link(connection, 11, Role.SPECIALIST, organisation_id(connection, "ktt"), "ru", AT)
    staff.link(connection, 11, Role.COORDINATOR, None, "ru", AT)
    member = people.known(connection, 11).staff
    assert member is not None
    assert (member.role, member.organisation_id) == (Role.COORDINATOR, None)


def test_a_session_is_kept_with_its_questionnaire(connection: Connection) -> None:
    enrol(connection, 1)
    profiling.keep_questionnaire(connection, DIGEST, "2", "another body")
    assert profiling.questionnaire_body(connection, DIGEST) == "{}"
    state: dict[str, Any] = {"a": {"name": "Ёжик 🙂", "plans": ["work"]}}
    profiling.save_session(connection, 1, DIGEST, state, None, AT + DAY)
    row = connection.execute(select(profiling_sessions)).one()
    assert (row.state, row.screen, row.updated_at) == (state, None, AT + DAY)


def test_a_session_needs_its_questionnaire(connection: Connection) -> None:
    enrol(connection, 1)
    with pytest.raises(IntegrityError):
        profiling.save_session(connection, 1, "unknown", {}, None, AT)


@pytest.mark.parametrize("value", [True, False, 0, 3, "student", ("work", "army"), ()])
def test_a_fact_comes_back_as_it_was(connection: Connection, value: Any) -> None:
    enrol(connection, 1)
    fact = Fact("any", value, Source.ANSWER)
    risk.set_fact(connection, 1, fact, AT)
    assert risk.facts_of(connection, 1) == [fact]


def test_sources_stand_side_by_side(connection: Connection) -> None:
    enrol(connection, 1)
    enrol(connection, 2)
    by_staff = Fact("orphan", True, Source.STAFF)
    for person_id in (1, 2):
        risk.set_fact(connection, person_id, by_staff, AT, comment="справка")
    answers = [Fact("orphan", False, Source.ANSWER), Fact("resume", True, Source.ANSWER)]
    risk.replace_facts(connection, 1, Source.ANSWER, answers, AT)
    assert set(risk.facts_of(connection, 1)) == {by_staff, *answers}
    risk.replace_facts(connection, 1, Source.ANSWER, [], AT)
    assert risk.facts_of(connection, 1) == [by_staff]
    risk.set_fact(connection, 1, Fact("orphan", False, Source.STAFF), AT + DAY, comment="ошибка")
    assert risk.staff_entries(connection, 1) == {"orphan": risk.StaffEntry(False, "ошибка", AT + DAY)}
    risk.clear_fact(connection, 1, "orphan", Source.STAFF)
    assert risk.facts_of(connection, 1) == []
    assert risk.facts_of(connection, 2) == [by_staff]


def assessed(at: dt.datetime, *evidence: list[Any]) -> dict[str, Any]:
    findings = [{"code": f"c{number}", "evidence": [one]} for number, one in enumerate(evidence)]
    rules = {"unknown": [], "criteria": "0123456789ab", "cause": "profiling"}
    return {"person_id": 1, "at": at, "level": "high", "findings": findings, **rules}


def test_the_history_is_there_newest_first(connection: Connection) -> None:
    enrol(connection, 1)
    for day in range(3):
        risk.add_assessment(connection, assessed(AT + day * DAY))
    assert [row["at"] for row in risk.assessments_of(connection, 1, 2)] == [AT + 2 * DAY, AT + DAY]


def test_evidence_of_the_persons_own_words_can_be_forgotten(connection: Connection) -> None:
    enrol(connection, 1)
    own, paper = ["orphan", True, Source.ANSWER], ["orphan", True, Source.STAFF]
    risk.add_assessment(connection, assessed(AT, own, paper, ["resume", False, Source.ANSWER]))
    risk.forget_evidence(connection, 1, {"orphan"})
    (row,) = risk.assessments_of(connection, 1, 5)
    assert [finding["code"] for finding in row["findings"]] == ["c1", "c2"]


def rate(year: int, specialty: str, value: str) -> dict[str, Any]:
    return {"region": REGION, "year": year, "specialty": specialty, "rate": value}


def test_rates_are_of_the_latest_year_that_has_the_region(connection: Connection) -> None:
    rows = [rate(2024, "*", "0.50"), rate(2024, "09.02.07", "0.30"), rate(2025, "09.02.07", "0.99")]
    assert risk.save_statistics(connection, rows) == 3
    assert risk.rates_of(connection, REGION, "09.02.07") == {
        "*": Decimal("0.50"),
        "09.02.07": Decimal("0.30"),
    }
    assert risk.save_statistics(connection, [rate(2025, "*", "0.61")]) == 1
    assert risk.save_statistics(connection, [rate(2025, "*", "0.62")]) == 1
    assert risk.rates_of(connection, REGION, "09.02.07") == {
        "*": Decimal("0.62"),
        "09.02.07": Decimal("0.99"),
    }
    assert risk.rates_of(connection, REGION, None) == {"*": Decimal("0.62")}
    assert risk.rates_of(connection, "0100000000000", "09.02.07") == {}
    assert risk.save_statistics(connection, []) == 0
