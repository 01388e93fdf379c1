"""What staff publish: whose it is, whom it fits, what became of it."""

import datetime as dt
from typing import Any

from sqlalchemy import Connection, insert

from bot.domain.facts import Fact, Source
from storage import people, publications, risk, vacancies
from storage.publications import Figures, Publisher
from storage.tables import audit, staff
from storage.vacancy_keeping import Kept, VacancyRow, as_held, compare, keep
from tests.storage.centre import (
    AT,
    FOOD,
    REGION,
    SECOND,
    TRANSPORT,
    counts,
    enrol,
    found_colleges,
    organisation_id,
)

LATER = AT + dt.timedelta(hours=1)
ELSEWHERE = "7800000000000"


def row(
    name: str = "Программист", source: str = "staff", number: str = "token", **columns: Any
) -> VacancyRow:
    known = {
        "source": source,
        "source_id": number,
        "identity": f"identity of {name}",
        "name": name,
        "employer": "ООО",
        "region": REGION,
        "kind": "permanent",
        "quota": False,
        "modified_at": AT,
    }
    return VacancyRow(known | columns, {"09.02": "программист"}, frozenset({"программист"}))


def centre(connection: Connection) -> tuple[Publisher, Publisher]:
    """Two colleges with a specialist each."""
    found_colleges(connection)
    publishers = []
    for number, code in enumerate((TRANSPORT.organisation_code, FOOD.organisation_code), 1):
        ours = organisation_id(connection, code)
        about = {"telegram_id": number, "role": "specialist", "organisation_id": ours, "language": "ru"}
        connection.execute(insert(staff).values(id=number, linked_at=AT, **about))
        publishers.append(Publisher(number, ours))
    return publishers[0], publishers[1]


def profile(
    connection: Connection, number: int, group: Any, specialty: str, source: Source = Source.ANSWER
) -> None:
    """A person with a finished profile who learns that."""
    enrol(connection, number, group=group)
    learn(connection, number, specialty, source)
    people.change_person(connection, number, {"level": "high"})


def learn(connection: Connection, number: int, specialty: str, source: Source) -> None:
    risk.set_fact(connection, number, Fact("specialty", specialty, source), AT)


def test_publishing_again_brings_the_same_one(connection: Connection) -> None:
    ours, theirs = centre(connection)
    first = publications.publish(connection, row(), ours, AT)
    before = counts(connection)
    assert first is not None
    assert publications.publish(connection, row(), ours, LATER) == first
    assert publications.publish(connection, row(), theirs, LATER) == first
    assert counts(connection) == before
    assert publications.publication(connection, theirs.organisation_id, first) is None
    noted = connection.execute(audit.select()).mappings().one()
    assert (noted["actor"], noted["action"]) == ("staff:1", "vacancy_published")


def test_what_is_open_from_elsewhere_is_not_published(connection: Connection) -> None:
    ours, _ = centre(connection)
    keep(connection, [row(source="trudvsem", number="1")], AT)
    before = counts(connection)
    assert publications.publish(connection, row(), ours, AT) is None
    assert counts(connection) == before


def test_only_the_own_ones_are_listed_and_closed_once(connection: Connection) -> None:
    ours, theirs = centre(connection)
    first, second = (publications.publish(connection, row(name, number=name), ours, AT) for name in "аб")
    publications.publish(connection, row("в", number="в"), theirs, AT)
    assert first is not None
    assert second is not None
    assert publications.count_published(connection, ours.organisation_id) == 2
    assert not publications.close(connection, theirs, first, LATER)
    assert publications.close(connection, ours, second, LATER)
    assert not publications.close(connection, ours, second, LATER)
    listed = publications.published(connection, ours.organisation_id, 0, 10)
    assert [(one["id"], one["closed_at"]) for one in listed] == [(first, None), (second, LATER)]
    assert [one["id"] for one in publications.published(connection, ours.organisation_id, 1, 1)] == [second]


def test_students_by_the_strongest_word_on_what_they_learn(connection: Connection) -> None:
    ours, theirs = centre(connection)
    profile(connection, 1, TRANSPORT, "09.02.07")
    profile(connection, 2, TRANSPORT, "43.01.09")
    learn(connection, 2, "09.02.07", Source.STAFF)
    profile(connection, 3, SECOND, "43.01.09")
    profile(connection, 4, FOOD, "09.02.07")
    enrol(connection, 5)  # no finished profile
    learn(connection, 5, "09.02.07", Source.ANSWER)
    assert publications.students_by_specialty(connection, ours.organisation_id) == {
        "09.02.07": 2,
        "43.01.09": 1,
    }
    assert publications.students_by_specialty(connection, theirs.organisation_id) == {"09.02.07": 1}
    assert publications.taught_specialties(connection, ours.organisation_id) == ["09.02.07", "43.01.09"]


def test_figures_count_the_whole_region(connection: Connection) -> None:
    ours, _ = centre(connection)
    for number, (group, specialty) in enumerate(
        [(TRANSPORT, "09.02.07"), (TRANSPORT, "43.01.09"), (FOOD, "09.02.06"), (FOOD, "10.02.05")], 1
    ):
        profile(connection, number, group, specialty)
    vacancy_id = publications.publish(connection, row(), ours, AT)
    assert vacancy_id is not None
    vacancies.mark(connection, 1, vacancy_id, {"opened_at": AT, "applied_at": AT, "delivered_at": AT})
    vacancies.mark(connection, 3, vacancy_id, {"opened_at": AT, "hired_at": AT})
    region = publications.region_of(connection, ours.organisation_id)
    found = publications.figures(connection, vacancy_id, region, ours.organisation_id)
    assert found == Figures(fits=2, own=1, delivered=1, opened=2, applied=1, hired=1)
    assert publications.figures(connection, vacancy_id, ELSEWHERE, ours.organisation_id).fits == 0


def test_a_table_handed_in_again_is_the_same_until_it_says_something_else(connection: Connection) -> None:
    columns: dict[str, Any] = dict.fromkeys(
        ("place", "town", "schedule", "pay_from", "pay_to", "experience_years", "duty")
    )
    first = row(source="table:1", **columns)
    keep(connection, [first], AT)
    before = counts(connection)
    again = row(source="table:1", modified_at=LATER, **columns)
    dearer = row(source="table:1", **{**columns, "modified_at": LATER, "pay_from": 60_000})
    assert compare(connection, as_held(connection, [again])) == Kept(same=1)
    assert compare(connection, as_held(connection, [dearer])) == Kept(changed=1)
    assert compare(connection, as_held(connection, [row("Повар", "table:1", "2")])) == Kept(new=1)
    assert counts(connection) == before
    assert keep(connection, as_held(connection, [dearer]), LATER) == Kept(changed=1)


def test_towns_with_most_first(connection: Connection) -> None:
    towns = ("Тула", "Казань", "Казань", None)
    keep(connection, [row(str(one), "t", str(one), town=town) for one, town in enumerate(towns)], AT)
    keep(connection, [row("там", "t", "9", town="Псков", region=ELSEWHERE)], AT)
    look = vacancies.Look(REGION, 1, "09.02.07")
    assert vacancies.towns(connection, look._replace(town="Тула"), 8) == ["Казань", "Тула"]
    assert vacancies.towns(connection, look, 1) == ["Казань"]
    assert vacancies.count_found(connection, look._replace(town="Казань")) == 2
    assert vacancies.open_towns(connection, REGION) == ["Казань", "Тула"]
