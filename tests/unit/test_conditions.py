import itertools
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from bot.domain.conditions import Condition, Verdict
from bot.domain.facts import Value

CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)


def judge(raw: dict[str, Any], **values: Value) -> Verdict:
    return CONDITION.validate_python(raw).judge(values)


@pytest.mark.parametrize(
    ("raw", "value", "verdict"),
    [
        ({"is": False}, False, True),
        ({"is": False}, 0, False),
        ({"is": True}, 1, False),
        ({"is": "a"}, "a", True),
        ({"in": ["a", "b"]}, "b", True),
        ({"in": [1]}, True, False),
        ({"has": "x"}, ("y", "x"), True),
        ({"has": "x"}, ("y",), False),
        ({"has": "x"}, "x", False),
        ({"at_least": 2}, 2, True),
        ({"at_least": 2}, 1, False),
        ({"at_most": 2}, 2, True),
        ({"at_most": 2}, 3, False),
        ({"at_most": 0}, 1, False),
        ({"at_least": 0}, True, None),
        ({"at_least": 0}, "2", None),
    ],
)
def test_a_fact_is_compared_with_its_type(raw: dict[str, Any], value: Value, verdict: Verdict) -> None:
    assert judge({"fact": "f", **raw}, f=value) is verdict
    assert judge({"fact": "f", **raw}) is None


def test_what_is_not_known_stays_not_known_by_the_rules_of_kleene() -> None:
    for left, right in itertools.product((True, False, None), repeat=2):
        known = {name: part for name, part in (("l", left), ("r", right)) if part is not None}
        parts = [{"fact": "l", "is": True}, {"fact": "r", "is": True}]
        both = False if False in (left, right) else None if None in (left, right) else True
        either = True if True in (left, right) else None if None in (left, right) else False
        assert judge({"all": parts}, **known) is both
        assert judge({"any": parts}, **known) is either
        assert judge({"not": parts[0]}, **known) is (None if left is None else not left)


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"fact": "f"},
        {"fact": "f", "is": 1, "has": "x"},
        {"all": []},
        {"some": []},
        {"fact": "f", "was": 1},
        5,
    ],
)
def test_a_wrong_condition_is_refused_once(raw: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        CONDITION.validate_python(raw)
    assert caught.value.error_count() == 1


def test_a_condition_names_its_facts_and_survives_json() -> None:
    raw = {
        "all": [
            {"fact": "a", "is": 1},
            {"any": [{"fact": "b", "has": "x"}, {"not": {"fact": "c", "is": True}}]},
        ]
    }
    condition = CONDITION.validate_python(raw)
    assert list(condition.facts()) == ["a", "b", "c"]
    stored = CONDITION.dump_json(condition, by_alias=True, exclude_defaults=True)
    assert CONDITION.validate_json(stored) == condition
