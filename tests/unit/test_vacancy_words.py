import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain.vacancies.words import LONGEST_TEXT, Language, matches, tokens
from tests.unit.test_vacancy_rules import RULES

LANGUAGE = RULES.language

FOUND = """
сварщик = Требуются сварщики
сварщик = сварщика на полуавтомат
сварщик = СВАРЩИК 5 РАЗРЯДА
сварщики = сварщик
сварщик = Электрогазосварщик 4-6 р.
сварщик = Слесарь-сварщик
сварщик = cварщик (первая буква латинская)
электрик = электрики
электрик = работать электриком
электрик = Слесарь-электрик
электрик = Дежурный электрик/электромонтёр
электромонтёр = ЭЛЕКТРОМОНТЕР
электромонтер = электромонтёры по ремонту
повар = поваром
повар = Повара горячего цеха
повар = ищем поваров
повара = повар
шеф-повар = Шеф повар
слесарь = слесари
слесарь сантехник = Слесарь-сантехник
сантехник слесарь = слесарю-сантехнику
токарь = токаря
токарь = токарей
швея = швеи
швея = швей
швея = швею
портной = портные
портной = портных
продавец = продавцы
продавец = продавцов
продавец = Продавщица
медсестра = медсестры
медсестра = медсестер
медицинская сестра = Мед. сестра
медицинская сестра = Медицинской сестры
официантка = официанток
официант = официанты
горничная = горничные
станок = оператор станков
участок = мастер участка
учитель = учителя
учитель = учителей
учитель начальных классов = Учитель нач. классов
воспитатель = воспитателем
врач = врачей
пристав = судебного пристава
1с = Программист 1С
1с = Бухгалтер (1C:Бухгалтерия)
1С программист = программист 1c, удалённо
ит = IT-специалист
веб дизайнер = Web-дизайнер
3d = Оператор 3D-печати
печать = печати
деталь = контролёр деталей
деталь = детали
защита информации = по защите информации
рабочий = рабочие
рабочий = рабочих
вахта = вахтой
котел = машинист котлов
кухня = кухонь
машинист крана = Машинист автомобильного крана
парикмахер = Барбер
электрик = автоэлектрик
кузнец = кузнецов
инженер-программист = программист, инженер
ёлочка = елочки
""".strip().splitlines()

NOT_FOUND = """
электрик = электричка
электрик = машинист электрички
электричка = электрик
повар = поварёшка
повар = поваренок
сварщик = сварочное оборудование
электрогазосварщик = сварщик
электромонтер = электрик
токарь = токсиколог
слесарь сантехник = слесарь
швея = швейцар
портной = портовый рабочий
водитель = водолаз
врач = вратарь
кассир = кассета
маляр = малыш
пекарь = пекарня
печник = печатник
печь = печать
механик = механизатор
лаборант = лавочник
столяр = столовая
бармен = барабанщик
агроном = агрофирма
учитель = ученик
воспитатель = воспитание
на = на заводе
и по для = и по для всех
1с = 1
""".strip().splitlines()


def pairs(lines: list[str]) -> list[tuple[str, str]]:
    return [(query, text) for query, _, text in (line.partition(" = ") for line in lines)]


def found(query: str, text: str) -> bool:
    return matches(LANGUAGE.stems(query), LANGUAGE.searchable(text))


@pytest.mark.parametrize(("query", "text"), pairs(FOUND))
def test_found(query: str, text: str) -> None:
    assert found(query, text)
    assert found(query.upper(), text.upper().replace("Ё", "Е"))
    assert found(query.replace("е", "ё"), text)


@pytest.mark.parametrize(("query", "text"), pairs(NOT_FOUND))
def test_not_found(query: str, text: str) -> None:
    assert not found(query, text)


def test_what_is_kept() -> None:
    assert Language().stems("Слесарь-сантехник, 4-5 р. (1С)") == {"слесар", "сантехник", "4", "5", "р", "1с"}
    assert Language(skip=("р",)).stems("5 Р.") == {"5"}
    assert LANGUAGE.stems("") == frozenset()
    assert len(Language().stems("а б в " * LONGEST_TEXT)) == 3
    assert tokens("х" * 10_000) == ["х" * 40]


def test_nothing_asked_finds_nothing() -> None:
    assert not matches(frozenset(), LANGUAGE.stems("сварщик"))


@pytest.mark.parametrize(
    ("language", "place", "reason"),
    [
        ({"skip": ["на по"]}, ("skip", 0), "this is not one word"),
        ({"forms": {"мед сестра": ["медсестра"]}}, ("forms", "мед сестра"), "this is not one word"),
        ({"kinds": {"сварщик": ["газо-сварщик"]}}, ("kinds", "сварщик", 0), "this is not one word"),
        ({"forms": {"а": ["б"], "б": ["г"]}}, ("forms", "а", 0), "б has forms of its own"),
        ({"forms": {"а": ["г"], "б": ["г"]}}, ("forms", "б", 0), "г is a form of а already"),
    ],
)
def test_mistakes(language: dict[str, object], place: tuple[str | int, ...], reason: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Language.model_validate(language)
    assert [(error["loc"], error["msg"]) for error in caught.value.errors()] == [(place, reason)]


def test_a_centres_own_words() -> None:
    own = LANGUAGE.extended(
        Language(skip=("ооо",), forms={"котел": ("котелок",)}, kinds={"животновод": ("скотник",)})
    )
    assert own.stems("ООО на") == frozenset()
    assert own.stems("котелок") == own.stems("котел")
    assert own.searchable("скотник") >= own.stems("животновод")
    assert own.stems("медсестер") == own.stems("медсестра")


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_read_and_more_text_never_hides_words(text: str, more: str) -> None:
    stems = LANGUAGE.stems(text)
    assert stems <= LANGUAGE.searchable(text)
    assert stems <= LANGUAGE.stems(f"{text} {more}")
    assert all(stems)


def test_speed() -> None:
    names = ["Электромонтер по ремонту и обслуживанию электрооборудования 4-5 разряда", "Повар горячего цеха"]
    for name in names:
        LANGUAGE.stems(name)
    start = time.perf_counter()
    for _ in range(1000):
        for name in names:
            LANGUAGE.stems(name)
    print(f"\nwords of a name: {(time.perf_counter() - start) / len(names) * 1000:.1f} µs (wanted: 30)")
