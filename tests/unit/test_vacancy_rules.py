import csv
import datetime as dt
from pathlib import Path

import pytest

from bot.domain.vacancies.fitting import Reason, fits, fitting
from bot.domain.vacancies.rules import VacancyRule, VacancyRules, prefixes
from bot.domain.vacancies.vacancy import Vacancy
from bot.sources.definition_file import DefinitionError, read_definition

STANDARD = Path(__file__).parents[2] / "bot" / "standard"
RULES = read_definition(STANDARD / "vacancy_rules.yaml", VacancyRules)

NOT_REACHED: frozenset[str] = frozenset()
"""Specialties of the directory for which, knowingly, there is no rule."""


def specialties() -> tuple[str, ...]:
    with (STANDARD / "specialties.csv").open(encoding="utf-8", newline="") as table:
        return tuple(row["code"] for row in csv.DictReader(table))


def vacancy(name: str, profession_code: str | None = None, duty: str | None = None) -> Vacancy:
    return Vacancy(
        source="test",
        source_id=name,
        name=name,
        employer="ООО «Пример»",
        region="7700000000000",
        modified_at=dt.datetime(2026, 9, 1, tzinfo=dt.UTC),
        profession_code=profession_code,
        duty=duty,
    )


def rules(*own: dict[str, object], **more: object) -> VacancyRules:
    content = {"version": "1", "language": {"skip": ["на", "по"]}, "rules": own, **more}
    return VacancyRules.model_validate(content)


def test_the_shipped_rules_reach_every_specialty() -> None:
    reached = {code for code in specialties() for rule in RULES.rules if rule.covers(code)}
    assert set(specialties()) - reached == NOT_REACHED


def test_every_shipped_rule_can_hold() -> None:
    """A name made of a rule's own terms fits what the rule says."""
    for rule in RULES.rules:
        name = " ".join(group[0] for group in rule.groups)
        own = VacancyRules(version="1", language=RULES.language, rules=(rule,))
        assert fits(own, vacancy(name, duty=" ".join(rule.duty[:1]))) == set(rule.specialties), rule.code


def test_the_file_round_trips() -> None:
    again = VacancyRules.model_validate_json(RULES.model_dump_json(by_alias=True))
    assert again == RULES
    assert again.digest == RULES.digest


def test_prefixes() -> None:
    assert prefixes("23.02.07") == ("23", "23.02", "23.02.07")


def test_any_all_none() -> None:
    own = rules(
        {
            "code": "own",
            "specialties": ["09", "10.02"],
            "any": ["мастер цеха", "наладчик"],
            "all": ["линия", ["хлеб", "булка"]],
            "none": ["ученик"],
        }
    )
    wanted = {"09", "10.02"}
    assert fits(own, vacancy("Наладчик линии (хлеба)")) == wanted
    assert fits(own, vacancy("Мастера в цеха, на линии булок")) == wanted
    assert fits(own, vacancy("Мастер линии хлеба")) == set()
    assert fits(own, vacancy("Наладчик линии")) == set()
    assert fits(own, vacancy("Ученик наладчика линии хлеба")) == set()
    reason = fitting(own, vacancy("Наладчик линии булок"), "09.02.07")
    assert reason == Reason("own", words=("наладчик", "линия", "булка"))
    assert fitting(own, vacancy("Наладчик линии булок"), "10.01.01") is None


def test_what_lies_within_another_is_not_told_twice() -> None:
    own = rules(
        {"code": "wide", "specialties": ["09"], "any": ["программист"]},
        {"code": "narrow", "specialties": ["09.02.07", "38.02.01"], "any": ["1с"]},
    )
    assert fits(own, vacancy("Программист 1С")) == {"09", "38.02.01"}


def test_duties_narrow_words() -> None:
    own = rules({"code": "own", "specialties": ["23"], "any": ["слесарь"], "duty": ["ремонт автомобиль"]})
    assert fits(own, vacancy("Слесарь", duty="Ремонт и мойка автомобилей")) == {"23"}
    assert fits(own, vacancy("Слесарь", duty="Ремонт труб")) == set()
    assert fits(own, vacancy("Слесарь")) == set()
    assert fits(own, vacancy("Сторож", duty="Ремонт автомобилей")) == set()


def test_a_profession_code_speaks_only_where_the_name_says_nothing() -> None:
    own = rules(
        {"code": "weld", "specialties": ["15.01.05"], "any": ["сварщик"], "professions": ["19756"]},
        {"code": "cook", "specialties": ["43.01.09"], "any": ["повар"], "professions": ["16675"]},
    )
    coded = vacancy("Рабочий 5 разряда", "197561")
    assert fits(own, coded) == {"15.01.05"}
    assert fitting(own, coded, "15.01.05") == Reason("weld", profession="19756")
    assert fits(own, vacancy("Повар", "19756")) == {"43.01.09"}
    assert fits(own, vacancy("Рабочий", "1975")) == set()


def test_a_centre_extends_the_rules() -> None:
    own = rules(
        {"code": "cooks", "specialties": ["43.01.09"], "any": ["стряпуха"]},
        {"code": "sleds", "specialties": ["35.01.99"], "any": ["каюр"]},
        language={"skip": ["лучший"]},
    )
    both = RULES.extended(own)
    assert fits(both, vacancy("Лучший каюр")) == {"35.01.99"}
    assert fits(both, vacancy("Стряпуха")) == {"43.01.09"}
    assert "43.02.15" not in fits(both, vacancy("Повар"))
    assert fits(both, vacancy("Сварщик")) == fits(RULES, vacancy("Сварщик"))
    assert both.version == f"{RULES.version}+1"
    assert both.digest != RULES.digest


FILE = """\
version: "1"
language: {skip: [на]}
rules:
  - code: first
    specialties: ["9.2"]
    any: [сварщик]
  - code: first
    specialties: ["15", "15.01"]
    any: [на, сварщики, сварщик]
  - code: first
    specialties: ["15"]
    none: [повар]
  - code: never
    specialties: ["15"]
    any: [ученик повара]
    all: [[], цех, [цеха, цехи]]
    none: [повар]
    professions: ["x"]
"""


def test_mistakes_are_told_with_line_and_reason(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(FILE, encoding="utf-8")
    with pytest.raises(DefinitionError) as shape:
        read_definition(file, VacancyRules)
    assert [line for line, _ in shape.value.problems] == [5, 18]
    file.write_text(FILE.replace('"9.2"', '"09.02"').replace('["x"]', '["19756"]'), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        read_definition(file, VacancyRules)
    assert caught.value.problems == (
        (7, "rules.1.code: another rule has the code first"),
        (8, "rules.1.specialties.1: 15.01 is meant already"),
        (9, "rules.1.any.0: на says nothing: its words are skipped"),
        (9, "rules.1.any.2: сварщик is here twice"),
        (10, "rules.2.code: a rule has words (any, all) or professions"),
        (10, "rules.2.code: another rule has the code first"),
        (12, "rules.2.none: this narrows words, and there are none"),
        (15, "rules.3.any.0: ученик повара is forbidden by none"),
        (16, "rules.3.all.0: the list is empty"),
        (16, "rules.3.all.2.1: цехи is here twice"),
    )


def test_a_rule_covers_what_its_prefixes_begin() -> None:
    rule = VacancyRule(code="own", specialties=("10", "23.02"), professions=("19",))
    assert rule.covers("10.02.05")
    assert rule.covers("23.02.07")
    assert not rule.covers("23.01.07")
