"""Whom a segment means, in SQL, beside the same rule in Python over invented people."""

from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select

from bot.domain.campaigns import CAMPAIGNS, MAILINGS, Segment
from bot.domain.facts import Fact, Source, settle
from bot.domain.people import Role
from bot.domain.risk.factors import REQUESTS, STANDARD_FACTORS
from bot.services.campaigns.drafts import mask_of
from storage import people, risk, staff
from storage.segments import reach, recipients, unsubscribed
from storage.tables import groups, persons
from storage.tables import staff as members
from tests.storage.centre import AT, FOOD, SECOND, TRANSPORT, enrol, found_colleges, organisation_id

SPECIALTIES = ("09.02.07", "43.01.09", "15.01.05")
YEARS = (2026, 2027, 2028)
LEVELS = ("high", "not_high")
FACTORS = STANDARD_FACTORS[:4]
SOURCES = (Source.ANSWER, Source.ROSTER, Source.STAFF)


@dataclass(frozen=True)
class Someone:
    """An invented person."""

    group: Any
    level: str | None
    factors: tuple[str, ...]
    facts: tuple[Fact, ...]
    decisions: tuple[tuple[str, bool], ...]
    blocked: bool


fact = st.one_of(
    st.builds(Fact, st.just("specialty"), st.sampled_from(SPECIALTIES), st.sampled_from(SOURCES)),
    st.builds(Fact, st.just("graduation_year"), st.sampled_from(YEARS), st.sampled_from(SOURCES)),
    st.builds(
        Fact,
        st.just("requests"),
        st.lists(st.sampled_from(REQUESTS), min_size=1, unique=True).map(tuple),
        st.sampled_from(SOURCES),
    ),
)
someone = st.builds(
    Someone,
    st.sampled_from([None, TRANSPORT, SECOND, FOOD]),
    st.sampled_from([None, *LEVELS]),
    st.lists(st.sampled_from(FACTORS), unique=True, max_size=2).map(tuple),
    st.lists(fact, max_size=4, unique_by=lambda one: (one.name, one.source)).map(tuple),
    st.lists(st.tuples(st.sampled_from([CAMPAIGNS, MAILINGS, "sensitive"]), st.booleans()), max_size=4).map(
        tuple
    ),
    st.booleans(),
)


def _some(values: tuple[Any, ...]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.one_of(st.just(()), st.lists(st.sampled_from(values), min_size=1, unique=True).map(tuple))


segment = st.builds(
    Segment,
    groups=_some(("isp21", "pk22")),
    specialties=_some(SPECIALTIES),
    years=_some(YEARS),
    levels=_some(LEVELS),
    requests=_some(REQUESTS[:3]),
    factors=_some(FACTORS),
)


def meant(one: Someone, wanted: Segment) -> bool:
    """The rule, person by person."""
    if one.group not in (TRANSPORT, SECOND) or one.blocked:
        return False
    last = dict(one.decisions)
    if last.get(CAMPAIGNS) is False or last.get(MAILINGS) is False:
        return False
    known = {name: fact.value for name, fact in settle(one.facts).items()}
    specialty = known.get("specialty", one.group.specialty)
    year = known.get("graduation_year", one.group.graduation_year)
    asked = known.get("requests", ())
    assert isinstance(asked, tuple)
    return (
        (not wanted.groups or one.group.code in wanted.groups)
        and (not wanted.specialties or specialty in wanted.specialties)
        and (not wanted.years or year in wanted.years)
        and (not wanted.levels or one.level in wanted.levels)
        and (not wanted.requests or bool(set(wanted.requests) & set(asked)))
        and (not wanted.factors or bool(set(wanted.factors) & set(one.factors)))
    )


def keep(connection: Connection, number: int, one: Someone) -> None:
    enrol(connection, number, group=one.group)
    mask = mask_of(STANDARD_FACTORS, Segment(factors=one.factors))
    changed = {"level": one.level, "factors": mask, "blocked_at": AT if one.blocked else None}
    people.change_person(connection, number, changed)
    for held in one.facts:
        risk.set_fact(connection, number, held, AT)
    for purpose, given_ in one.decisions:
        people.add_consent(connection, number, purpose, "1", given=given_, at=AT)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(someone, min_size=1, max_size=8), segment)
def test_sql_means_whom_the_rule_means(
    connection: Connection, invented: list[Someone], wanted: Segment
) -> None:
    undone = connection.begin_nested()
    found_colleges(connection)
    numbers = {row.code: row.id for row in connection.execute(groups.select())}
    centre = organisation_id(connection, "ktt")
    for number, one in enumerate(invented, 1):
        keep(connection, number, one)
    stored = Segment(**{**_fields(wanted), "groups": tuple(numbers[code] for code in wanted.groups)})
    mask = mask_of(STANDARD_FACTORS, stored)
    found = {row.id for row in connection.execute(recipients(centre, stored, mask))}
    counted = reach(connection, centre, stored, mask)
    undone.rollback()
    assert found == {number for number, one in enumerate(invented, 1) if meant(one, wanted)}
    assert counted == len(found)


def _fields(wanted: Segment) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in Segment.__slots__}


def test_a_factor_that_the_centre_has_dropped_means_nobody(connection: Connection) -> None:
    found_colleges(connection)
    enrol(connection, 1)
    people.change_person(connection, 1, {"factors": 2**14 - 1})
    dropped = Segment(factors=("own_factor",))
    assert mask_of(STANDARD_FACTORS, dropped) == 0
    assert reach(connection, organisation_id(connection, "ktt"), dropped, 0) == 0


def test_a_factor_at_the_highest_bit(connection: Connection) -> None:
    found_colleges(connection)
    enrol(connection, 1)
    people.change_person(connection, 1, {"factors": 1 << 62})
    assert reach(connection, organisation_id(connection, "ktt"), Segment(factors=("own",)), 1 << 62) == 1


def test_a_coordinator_reaches_the_specialists_of_all_centres_and_no_student(connection: Connection) -> None:
    found_colleges(connection)
    enrol(connection, 1)
    for number, code in enumerate(("ktt", "tpk"), 1):
        staff.link(connection, number, Role.SPECIALIST, organisation_id(connection, code), "ru", AT)
    staff.link(connection, 3, Role.COORDINATOR, None, "ru", AT)
    found = connection.execute(recipients(None, Segment(), 0)).scalars().all()
    accounts = connection.execute(select(members.c.telegram_id).where(members.c.id.in_(found))).scalars()
    assert sorted(accounts) == [1, 2]


def test_who_wants_no_mailings_is_known_by_the_last_word(connection: Connection) -> None:
    found_colleges(connection)
    for number in (1, 2, 3):
        enrol(connection, number)
    for number, purpose, given_ in (
        (1, CAMPAIGNS, False),
        (2, CAMPAIGNS, False),
        (2, CAMPAIGNS, True),
        (3, MAILINGS, False),
    ):
        people.add_consent(connection, number, purpose, "1", given=given_, at=AT)
    assert unsubscribed(connection, [1, 2, 3, 4]) == {1, 3}


def test_people_of_no_organisation_are_nobodys(connection: Connection) -> None:
    found_colleges(connection)
    values = {"id": 9, "telegram_id": 9, "code": "NOBODY", "language": "ru", "created_at": AT, "factors": 0}
    connection.execute(insert(persons).values(values))
    assert reach(connection, organisation_id(connection, "ktt"), Segment(), 0) == 0


def test_what_staff_know_counts_before_what_was_answered(connection: Connection) -> None:
    found_colleges(connection)
    enrol(connection, 1)
    risk.set_fact(connection, 1, Fact("graduation_year", 2026, Source.ANSWER), AT)
    risk.set_fact(connection, 1, Fact("graduation_year", 2028, Source.STAFF), AT)
    centre = organisation_id(connection, "ktt")
    reached = {year: reach(connection, centre, Segment(years=(year,)), 0) for year in YEARS}
    assert reached == {2026: 0, 2027: 0, 2028: 1}
