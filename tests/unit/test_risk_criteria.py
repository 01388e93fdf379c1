"""The criteria file: the shipped one is complete, a wrong one names line and reason."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.domain.risk.criteria import Criteria
from bot.domain.risk.factors import REQUESTS, STANDARD_FACTORS
from bot.sources.definition_file import DefinitionError, read_definition
from tests.unit.risk_samples import SHIPPED, raw, shipped

Change = Callable[[dict[str, Any]], Any]


def refused(tmp_path: Path, content: dict[str, Any]) -> str:
    file = tmp_path / "criteria.yaml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    with pytest.raises(DefinitionError) as refusal:
        read_definition(file, Criteria)
    return str(refusal.value).replace(str(file), "file")


WRONG: list[tuple[str, Change]] = [
    ("no step is called `swim`", lambda c: c["criteria"][3]["steps"].append("swim")),
    ("no step is called `swim`", lambda c: c["requests"]["practice"].append("swim")),
    ("no step is called `swim`", lambda c: c["fallback"].append("swim")),
    ("no such request", lambda c: c["requests"].update(second_job=[])),
    ("`disability` stands twice", lambda c: c["criteria"].append(c["criteria"][1])),
    ("the standard's factor `orphan` is missing", lambda c: c["criteria"].pop(2)),
    ("greater than 0", lambda c: c["criteria"][0]["employment_rate"].update(ratio=0)),
    ("either `holds` or `employment_rate`", lambda c: c["criteria"][1].pop("holds")),
    (
        "either `holds` or `employment_rate`",
        lambda c: c["criteria"][0].update(holds={"fact": "orphan", "is": True}),
    ),
    ("en: Field required", lambda c: c["steps"]["career_test"]["text"].pop("en")),
    ("at most 40 characters", lambda c: c["steps"]["career_test"]["title"].update(ru="х" * 41)),
    ("at most 700 characters", lambda c: c["steps"]["career_test"]["text"].update(ru="х" * 701)),
    ("should match pattern", lambda c: c["steps"]["career_test"].update(link="http://example.org/")),
    ("should match pattern", lambda c: c["criteria"][1].update(code="a;b")),
    ("at least 1 item", lambda c: c.update(fallback=[])),
    ("Extra inputs are not permitted", lambda c: c["criteria"][1].update(levels=3)),
]


@pytest.mark.parametrize(("reason", "change"), WRONG)
def test_a_mistake_is_told(tmp_path: Path, reason: str, change: Change) -> None:
    content = raw()
    change(content)
    assert reason in refused(tmp_path, content)


THRESHOLDS: list[tuple[str, list[dict[str, Any]]]] = [
    (
        "concerns exactly the same people",
        [{"category": "student", "ratio": 1}, {"category": "student", "ratio": 3}],
    ),
    ("names a specialty_group", [{"ratio": 1}]),
    ("stands in quotes", [{"specialty_group": 9.02, "ratio": 1}]),
    ("should match pattern", [{"specialty_group": "9", "ratio": 1}]),
    ("greater than 0", [{"category": "student", "ratio": -1}]),
]


@pytest.mark.parametrize(("reason", "thresholds"), THRESHOLDS)
def test_a_mistake_in_thresholds_is_told(
    tmp_path: Path, reason: str, thresholds: list[dict[str, Any]]
) -> None:
    content = raw()
    content["criteria"][0]["employment_rate"]["thresholds"] = thresholds
    assert reason in refused(tmp_path, content)


def test_every_mistake_is_told_with_its_own_line(tmp_path: Path) -> None:
    text = (
        SHIPPED.read_text(encoding="utf-8")
        .replace("[nearest_event]", "[swim]")
        .replace("ratio: 2.0", "ratio: 0")
    )
    text = text.replace("practice: [practice_place,", "practice: [practise_place,")
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as refusal:
        read_definition(tmp_path / "own.yaml", Criteria)
    # the file is judged as a whole once its parts are right
    assert [text.splitlines()[line - 1].strip() for line, _ in refusal.value.problems] == ["ratio: 0"]
    (tmp_path / "own.yaml").write_text(text.replace("ratio: 0", "ratio: 2"), encoding="utf-8")
    with pytest.raises(DefinitionError) as refusal:
        read_definition(tmp_path / "own.yaml", Criteria)
    named = [text.splitlines()[line - 1] for line, _ in refusal.value.problems]
    assert ["swim" in named[0], "practise_place" in named[1], len(named)] == [True, True, 2]


def test_the_digest_follows_the_content() -> None:
    assert re.fullmatch("[0-9a-f]{12}", shipped().digest)
    content = raw()
    assert Criteria.model_validate(content).digest == shipped().digest
    content["criteria"][0]["employment_rate"]["ratio"] = 3
    assert Criteria.model_validate(content).digest != shipped().digest


class TestTheShippedFile:
    def test_has_steps_for_every_factor_and_request(self) -> None:
        assert shipped().codes == STANDARD_FACTORS
        assert all(criterion.steps for criterion in shipped().criteria)
        assert set(shipped().requests) == set(REQUESTS)
        assert all(shipped().requests.values())

    def test_uses_every_step(self) -> None:
        lists = [*shipped().steps_by_factor.values(), *shipped().requests.values(), shipped().fallback]
        assert {step for steps in lists for step in steps} == set(shipped().steps)

    @pytest.mark.parametrize("language", ["ru", "en"])
    def test_texts_are_short_and_hint_at_nothing(self, language: str) -> None:
        labels = (
            "риск|сирот|инвалид|овз|судим|правонаруш|нетрудоустр|необходимо|risk|orphan|disab|offence|convict"
        )
        for code, step in shipped().steps.items():
            text = getattr(step.text, language)
            assert 2 <= len(re.findall(r"[.?!](?=\s|$)", text)) <= 5, code
            assert not re.search(labels, f"{getattr(step.title, language)} {text}".casefold()), code

    def test_the_last_resort_is_never_pointless(self) -> None:
        assert any(shipped().steps[step].unless is None for step in shipped().fallback)
