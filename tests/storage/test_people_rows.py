"""People: known, found, placed, blocked, erased."""

import datetime as dt

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from bot.domain.facts import Fact, Source
from bot.domain.people import Person, Role
from storage import inbox, people, risk, staff
from storage.inbox import StoredUpdate
from storage.people import Known
from storage.tables import audit, fsm, persons
from tests.storage.centre import AT, FOOD, SECOND, counts, enrol, found_colleges, mentions, organisation_id


@pytest.fixture
def here(connection: Connection) -> int:
    """The organisation of a specialist who looks people up."""
    found_colleges(connection)
    return organisation_id(connection, "ktt")


def found(connection: Connection, here: int, text: str, limit: int = 10) -> list[str]:
    return [row["code"] for row in people.find_people(connection, here, text, text.upper(), limit)]


def test_nobody_is_known_at_first(connection: Connection) -> None:
    assert people.known(connection, 1) == Known()


def test_a_person_is_known_with_their_profile(connection: Connection, here: int) -> None:
    person = enrol(connection, 1, "Аня")
    known = people.known(connection, person.telegram_id)
    assert known.person == Person(1, person.telegram_id, "CODE-0001", "ru", "Аня", here, None)
    assert known.profiling is not None
    assert (known.profiling.state, known.profiling.screen) == ({"@": "requests"}, 5)
    assert known.staff is None


def test_a_person_without_a_profile_and_staff_are_known(connection: Connection, here: int) -> None:
    people.add_person(connection, Person(1, 11, "CODE-0001", "en"), AT)
    staff.link(connection, 11, Role.SPECIALIST, here, "en", AT)
    known = people.known(connection, 11)
    assert known.person is not None
    assert known.profiling is None
    assert known.staff is not None
    assert (known.staff.role, known.staff.organisation_id) == (Role.SPECIALIST, here)


def test_one_account_is_one_person(connection: Connection, here: int) -> None:
    person = enrol(connection, 1)
    with pytest.raises(IntegrityError):
        people.add_person(connection, Person(2, person.telegram_id, "CODE-0002", "ru"), AT)


def test_consents_are_kept_in_order(connection: Connection, here: int) -> None:
    enrol(connection, 1)
    for given in (True, False):
        people.add_consent(connection, 1, "sensitive", "1", given=given, at=AT)
    assert [row["given"] for row in people.consents_of(connection, 1)] == [True, False]
    assert people.consents_of(connection, 1)[0]["at"] == AT


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("аня", ["CODE-0001"]),
        ("АНЯ", ["CODE-0001"]),
        ("ня", ["CODE-0001", "CODE-0002"]),
        ("  аня ", ["CODE-0001"]),
        ("%", ["CODE-0003"]),
        ("_", ["CODE-0004"]),
        ("\\", ["CODE-0005"]),
        ("50%", ["CODE-0003"]),
        ("а%я", []),
        ("а_я", []),
        ("' OR 1=1 --", []),
        ("code-0002", ["CODE-0002"]),
        ("kod-7", ["CODE-0006"]),
        ("code-0007", []),
    ],
)
def test_people_are_found_by_code_or_part_of_a_name(
    connection: Connection, here: int, text: str, codes: list[str]
) -> None:
    names = ["Аня", "Соня", "50% <b>", "о_о", "а\\б", None]
    for number, name in enumerate(names, start=1):
        enrol(connection, number, name, personal_code="KOD-7" if name is None else None)
    enrol(connection, 7, "Аня из другого", FOOD)
    enrol(connection, 8, "Аня ниоткуда", None)
    assert found(connection, here, text) == codes


def test_no_more_are_found_than_asked_for(connection: Connection, here: int) -> None:
    for number in range(1, 6):
        enrol(connection, number, f"Аня {number}", SECOND)
    assert found(connection, here, "аня", limit=3) == ["CODE-0001", "CODE-0002", "CODE-0003"]
    (row, *_) = people.find_people(connection, here, "аня", "", 1)
    assert dict(row) == {"code": "CODE-0001", "name": "Аня 1", "level": None, "group": "ПК-22"}


def test_people_are_listed_by_codes_within_one_organisation(connection: Connection, here: int) -> None:
    enrol(connection, 1, "Яна")
    enrol(connection, 2, "Аня")
    enrol(connection, 3, "Аня", FOOD)
    codes = ["CODE-0001", "CODE-0002", "CODE-0003", "CODE-0404"]
    listed = people.people_by_codes(connection, here, codes)
    assert [row["code"] for row in listed] == ["CODE-0002", "CODE-0001"]


def test_a_person_by_code(connection: Connection, here: int) -> None:
    person = enrol(connection, 1)
    by_code = people.person_by_code(connection, person.code)
    assert by_code is not None
    assert by_code.id == 1
    assert people.person_by_code(connection, "CODE-0404") is None


def test_a_place_is_named_and_may_be_nowhere(connection: Connection, here: int) -> None:
    enrol(connection, 1)
    enrol(connection, 2, group=None)
    assert people.place_of(connection, 1)["organisation"] == "Колледж транспорта"
    assert people.place_of(connection, 1)["group"] == "ИСП-21"
    assert set(people.place_of(connection, 2).values()) == {None}


def test_changes_reach_one_person(connection: Connection, here: int) -> None:
    first, second = enrol(connection, 1, "Аня"), enrol(connection, 2, "Таня")
    people.change_person(connection, 1, {"name": "ЖЕНЯ", "level": "high"})
    people.mark_blocked(connection, [first.telegram_id], AT)
    people.set_language(connection, first.telegram_id, "en")
    assert found(connection, here, "женя") == ["CODE-0001"]
    assert people.level_of(connection, 1) == "high"
    assert people.level_of(connection, 2) is None
    rows = {row.id: row for row in connection.execute(select(persons))}
    assert (rows[1].blocked_at, rows[1].language) == (AT, "en")
    assert (rows[2].blocked_at, rows[2].language, rows[2].name) == (None, "ru", "Таня")
    people.mark_back(connection, first.telegram_id)
    people.change_person(connection, second.id, {"name": None})
    assert found(connection, here, "таня") == []


def test_people_are_counted_by_organisation(connection: Connection, here: int) -> None:
    for number in (1, 2):
        enrol(connection, number)
    people.change_person(connection, 1, {"level": "not_high"})
    rows = people.profiled_by_organisation(connection)
    counted = [(row["name"], row["people"], row["profiled"]) for row in rows]
    assert counted == [("Колледж транспорта", 2, 1), ("Техникум питания", 0, 0)]


def test_erasing_leaves_nothing_of_the_person_and_all_of_others(connection: Connection, here: int) -> None:
    erased, other = enrol(connection, 1, "Аня", personal_code="KOD-7"), enrol(connection, 2, "Таня")
    for number, person in enumerate((other, erased)):
        people.add_consent(connection, person.id, "processing", "1", given=True, at=AT)
        fact = Fact("category", "student", Source.ANSWER)
        risk.set_fact(connection, person.id, fact, AT, comment=f"о {person.code}")
        assessed = {"at": AT, "level": "high", "findings": [], "unknown": [], "criteria": "0123456789ab"}
        risk.add_assessment(connection, {"person_id": person.id, "cause": "profiling", **assessed})
        values = {"key": f"{person.telegram_id}", "telegram_id": person.telegram_id, "data": {}}
        connection.execute(fsm.insert().values(**values, updated_at=AT))
        payload = {"from": {"id": person.telegram_id}}
        updates = [StoredUpdate(10 * number + n, person.telegram_id, payload) for n in (1, 2)]
        inbox.store(connection, updates, AT)
        inbox.mark_done(connection, 10 * number + 1, AT)
    before = counts(connection)
    told = people.erase(connection, erased, AT)
    assert told == {"facts": 1, "assessments": 1, "consents": 1, "profiling_sessions": 1, "persons": 1}
    assert mentions(connection, erased.telegram_id, erased.code, "Аня", "KOD-7") == {}
    after = counts(connection)
    gone = {name for name in before if after[name] != before[name]}
    assert gone == {*told, "fsm"}
    assert all(after[name] == before[name] - 1 for name in gone)
    assert people.known(connection, other.telegram_id).profiling is not None
    assert [stored.update_id for stored in inbox.left_over(connection)] == [2]
    later = AT + dt.timedelta(seconds=1)
    assert inbox.store(connection, [StoredUpdate(11, erased.telegram_id, {})], later) == set()


def test_the_audit_holds_who_did_what_about_whom(connection: Connection) -> None:
    people.add_audit(connection, "staff:1", "erased", "CODE-0001", AT)
    row = connection.execute(select(audit)).one()
    assert row[1:] == (AT, "staff:1", "erased", "CODE-0001")
