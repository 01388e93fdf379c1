from pathlib import Path

import pytest
from pydantic import BaseModel, Field, model_validator

from bot.sources.definition_file import DefinitionError, read_definition


class Item(BaseModel):
    name: str
    alias: str = Field(default_factory=lambda data: data.get("name", ""))
    on: bool | str = True


class Items(BaseModel):
    items: tuple[Item, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _no_bad_names(self) -> "Items":
        if any(item.name == "bad" for item in self.items):
            raise ValueError("a bad name")
        return self


def problems(tmp_path: Path, content: str | bytes) -> tuple[tuple[int, str], ...]:
    file = tmp_path / "file.yaml"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(DefinitionError) as caught:
        read_definition(file, Items)
    assert str(caught.value).startswith(f"{file}:{caught.value.problems[0][0]}: ")
    return caught.value.problems


def test_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "file.yaml"
    file.write_text("items:\n  - {name: первый, on: no}\n", encoding="utf-8-sig")
    # a bare no is the word, not false
    assert read_definition(file, Items) == Items(items=(Item(name="первый", alias="первый", on="no"),))


def test_every_mistake_is_told_with_its_own_line(tmp_path: Path) -> None:
    told = problems(tmp_path, "items:\n  - name: 5\n  - name: x\n    on: [1]\n  - {}\n")
    assert [line for line, _ in told] == [2, 4, 4, 5]
    assert told[0][1].startswith("items.0.name: ")
    assert told[-1][1] == "items.2.name: Field required"


def test_a_list_is_not_blamed_for_its_items_nor_a_derived_value_for_its_source(tmp_path: Path) -> None:
    assert len(problems(tmp_path, "items:\n  - name: 5\n")) == 1


def test_an_anchor_inside_itself_does_not_hang(tmp_path: Path) -> None:
    assert problems(tmp_path, "items: &a\n  - *a\n")


def test_a_key_that_stands_twice(tmp_path: Path) -> None:
    told = problems(tmp_path, "items:\n  - name: a\n    on: true\n    name: b\nitems: []\n")
    assert told == ((4, "the key name stands twice"), (5, "the key items stands twice"))


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"\xff\xfe", 1),
        ("items:\n  - name: a\n items: b", 3),
        ("items: [\n", 2),
        ("", 1),
        ("- a", 1),
        ("items:\n  - name: bad", 1),
        ("items: \x00", 1),
    ],
)
def test_what_is_no_definition_is_told_kindly(tmp_path: Path, content: str | bytes, line: int) -> None:
    assert problems(tmp_path, content)[0][0] == line


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        read_definition(tmp_path / "nowhere.yaml", Items)
