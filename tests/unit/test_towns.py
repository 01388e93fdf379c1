"""The town of an address, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.towns import LONGEST_TOWN
from bot.sources.trudvsem.words import shipped_words

TOWNS = shipped_words().towns

MARKED = (
    ("г Москва, Примерная улица, дом: Д. 1;", "Москва"),
    ("г Москва", "Москва"),
    ("г. Казань", "Казань"),
    ("г.Казань, ул.Баумана", "Казань"),
    ("Казань г", "Казань"),
    ("РОСТОВ-НА-ДОНУ Г.", "Ростов-на-Дону"),
    ("город Набережные Челны, пр. Мира, 5", "Набережные Челны"),
    ("г. Орёл", "Орел"),
    ("г Йошкар-Ола", "Йошкар-Ола"),
    ("420000, Республика Татарстан (Татарстан), г Казань, ул Кремлёвская", "Казань"),
    ("обл Московская, р-н Одинцовский, с Жаворонки, д 5", "Жаворонки"),
    ("село Жаворонки", "Жаворонки"),
    ("пгт Васильево", "Васильево"),
    ("посёлок городского типа Васильево", "Васильево"),
    ("ст-ца Динская", "Динская"),
    ("Краснодарский край, г.о. город Краснодар, г Краснодар, ул. Красная", "Краснодар"),
    ("городской округ город Уфа, г Уфа", "Уфа"),
    ("ул. Города Воронежа, г Тула", "Тула"),
    ("г. Санкт-Петербург, п. Шушары", "Санкт-Петербург"),
)
NONE = (
    "", "   ", "12345", "д. 5", "г.", "г. о. Химки", "г.о. Мытищи", "ул. Лесная, 2", "Республика Татарстан",
    "Московская обл", "Примерная улица", "Промзона, 14", "г 5", "город", "г " + "а" * 100,
)  # fmt: skip
WRITTEN = (
    ("Казань, ул. Гагарина, 5", "Казань"),
    ("нижний новгород", "Нижний Новгород"),
    ("Комсомольск-на-Амуре", "Комсомольск-на-Амуре"),
    ("ул. Гагарина, г. Казань", "Казань"),
)


@pytest.mark.parametrize(("place", "town"), MARKED)
def test_what_is_marked_as_a_settlement_is_one(place: str, town: str) -> None:
    assert TOWNS.find(place) == town
    assert TOWNS.find(place, unmarked=True) == town


@pytest.mark.parametrize("place", NONE)
def test_streets_districts_and_numbers_are_no_towns(place: str) -> None:
    assert TOWNS.find(place) is None
    assert TOWNS.find(place, unmarked=True) is None


@pytest.mark.parametrize(("place", "town"), WRITTEN)
def test_people_leave_the_mark_out(place: str, town: str) -> None:
    assert TOWNS.find(place, unmarked=True) == town


def test_in_a_sources_address_an_unmarked_part_may_be_anything() -> None:
    assert TOWNS.find("Татарстан, ул. Гагарина") is None


@given(st.text(max_size=300))
def test_a_town_fits_its_column_and_is_found_again(place: str) -> None:
    town = TOWNS.find(place, unmarked=True)
    if town is not None:
        assert 0 < len(town) <= LONGEST_TOWN
        assert TOWNS.find(town, unmarked=True) == town
