"""What staff may answer while they write a vacancy."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.vacancies.vacancy import Schedule, VacancyKind
from bot.services.vacancies.draft import CHOICES, SKIPPABLE, Draft, DraftError, Part

AT = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
REGION = "1600000000000"
WRITTEN = [part for part in Part if part not in CHOICES]


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("60000", (60_000, None)),
        ("60 000", (60_000, None)),
        ("от 60 000 до 80 000 рублей", (60_000, 80_000)),
        ("60-80", (60_000, 80_000)),
        ("60–80 тысяч", (60_000, 80_000)),
        ("80 000 – 60 000", (60_000, 80_000)),
        ("60\u00a0000\u00a0₽", (60_000, None)),
        ("60.000", (60_000, None)),
        ("60000 60000", (60_000, None)),
    ],
)
def test_pay_as_people_write_it(text: str, pay: tuple[int, int | None]) -> None:
    draft = Draft().written(Part.PAY, text)
    assert (draft.pay_from, draft.pay_to) == pay


REFUSED = (
    *((Part.PAY, text) for text in ("", "договорная", "0", "1 2 3", "9" * 40, "99999999")),
    *((Part.NAME, text) for text in ("", "  ", "12345", "я" * 301, "/help")),
    *((Part.PLACE, text) for text in ("5", "я" * 301)),
    (Part.DUTY, "…"),
    *(
        (Part.LINK, text)
        for text in ("", "example.org", "ftp://example.org", "javascript:alert(1)", "https://")
    ),
    *(
        (Part.LINK, text)
        for text in ("https://a b", "https://user@example.org", "https://example.org/" + "a" * 300)
    ),
    *((part, "что угодно") for part in CHOICES),
)


@pytest.mark.parametrize(("part", "text"), REFUSED)
def test_what_does_not_fit_is_refused_by_its_part(part: Part, text: str) -> None:
    with pytest.raises(DraftError) as caught:
        Draft().written(part, text)
    assert caught.value.part is part


@pytest.mark.parametrize("part", CHOICES)
def test_only_what_is_offered_can_be_chosen(part: Part) -> None:
    for value in CHOICES[part]:
        Draft().chosen(part, value)
    for forged in ("none", "0" * 40, "yes;", "٣"):
        with pytest.raises(DraftError):
            Draft().chosen(part, forged)


@pytest.mark.parametrize("part", Part)
def test_what_may_be_skipped_is_empty_then(part: Part) -> None:
    full = Draft(
        "Сварщик", "ООО", "summer", "Казань", 60_000, 80_000, "shifts", 1, True, "Варить", "https://e.org"
    )
    if part in SKIPPABLE:
        assert full.chosen(part, "") != full
    else:
        with pytest.raises(DraftError):
            full.chosen(part, "")


def test_a_whole_one_is_a_vacancy_with_its_town() -> None:
    draft = Draft().written(Part.NAME, "Сварщик <b>").written(Part.EMPLOYER, "ООО «Пример»")
    draft = draft.chosen(Part.KIND, "summer").written(Part.PLACE, "Казань, ул. Гагарина, 5")
    draft = draft.chosen(Part.SCHEDULE, "shifts").chosen(Part.EXPERIENCE, "0").chosen(Part.QUOTA, "yes")
    draft = draft.written(Part.DUTY, "Варить. Звоните +7 900 000-00-00").written(
        Part.LINK, " https://e.org/1 "
    )
    made = draft.vacancy("token", REGION, AT)
    assert (made.source, made.source_id, made.region, made.modified_at) == ("staff", "token", REGION, AT)
    assert (made.kind, made.schedule) == (VacancyKind.SUMMER, Schedule.SHIFTS)
    assert (made.town, made.experience_years, made.quota) == ("Казань", 0, True)
    assert made.duty == "Варить. Звоните …", "contacts of persons are kept by nobody"
    assert made.link == "https://e.org/1"


def test_half_a_one_is_none() -> None:
    with pytest.raises(DraftError):
        Draft().vacancy("token", REGION, AT)


@given(st.text(max_size=500), st.sampled_from(WRITTEN))
def test_whatever_is_written_is_taken_or_refused_and_survives_the_dialogs_state(
    text: str, part: Part
) -> None:
    try:
        draft = Draft(specialties=("09.02.07",)).written(part, text)
    except DraftError:
        return
    assert Draft.from_json({**draft.to_json(), "unknown": 1}) == draft
