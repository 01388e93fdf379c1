import random

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.vacancies.fitting import fits, fitting
from bot.domain.vacancies.rules import VacancyRules, prefixes
from bot.domain.vacancies.words import tokens
from tests.unit.test_vacancy_rules import RULES, specialties, vacancy

LANGUAGE = RULES.language
TERMS = sorted({term for rule in RULES.rules for group in rule.groups for term in group})
FORBIDDEN = sorted({term for rule in RULES.rules for term in rule.none_of})
SPOKEN = {stem for term in (*TERMS, *FORBIDDEN) for stem in LANGUAGE.stems(term)}
FORBIDDEN_STEMS = {stem for term in FORBIDDEN for stem in LANGUAGE.stems(term)}

words = st.text(alphabet="абвгдежзиклмнопрстуфхцчшщыьэюя", min_size=3, max_size=12)
irrelevant = words.filter(lambda word: LANGUAGE.stems(word).isdisjoint(SPOKEN))
allowed = st.sampled_from([term for term in TERMS if LANGUAGE.stems(term).isdisjoint(FORBIDDEN_STEMS)])
names = st.lists(st.sampled_from(TERMS) | words, min_size=1, max_size=4).map(" ".join)


def wider(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether `one` means at least all that `other` means."""
    return all(not one.isdisjoint(prefixes(code)) for code in other)


@given(names, st.lists(irrelevant, max_size=4))
def test_irrelevant_words_change_nothing(name: str, more: list[str]) -> None:
    plain = vacancy(name, "19756")
    assert fits(RULES, vacancy(" ".join([name, *more]), "19756")) == fits(RULES, plain)


@given(names, allowed)
def test_only_forbidden_words_take_a_fit_away(name: str, more: str) -> None:
    assert wider(fits(RULES, vacancy(f"{more}, {name}")), fits(RULES, vacancy(name)))


@given(names, st.randoms(use_true_random=False))
def test_order_case_and_marks_do_not_matter(name: str, chance: random.Random) -> None:
    shuffled = tokens(name)
    chance.shuffle(shuffled)
    for other in (" ".join(shuffled), name.upper(), name.title(), "-".join(shuffled), name.replace("е", "ё")):
        assert fits(RULES, vacancy(other)) == fits(RULES, vacancy(name))


@given(st.text(max_size=100), st.none() | st.text(max_size=8), st.none() | st.text(max_size=100))
def test_any_text_is_judged(name: str, profession: str | None, duty: str | None) -> None:
    fits(RULES, vacancy(name, profession, duty))


@given(names, st.sampled_from(specialties()))
def test_a_fit_has_a_reason(name: str, specialty: str) -> None:
    own = vacancy(name)
    assert (fitting(RULES, own, specialty) is not None) == (
        not fits(RULES, own).isdisjoint(prefixes(specialty))
    )


@given(st.lists(st.sampled_from(RULES.rules), unique_by=lambda rule: rule.code, max_size=6))
def test_rules_round_trip(chosen: list[object]) -> None:
    own = VacancyRules.model_validate({"version": "1", "language": LANGUAGE, "rules": chosen})
    again = VacancyRules.model_validate_json(own.model_dump_json(by_alias=True))
    assert again == own
    assert again.digest == own.digest
