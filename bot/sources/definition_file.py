"""Reads definition files (YAML): a mistake is told with file, line and reason."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

ModelT = TypeVar("ModelT", bound=BaseModel)


class DefinitionError(Exception):
    """A definition file is wrong. `problems` are (line from 1, reason); `str()` names file, line, reason."""

    def __init__(self, file: Path, problems: Sequence[tuple[int, str]]) -> None:
        self.file = file
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{file}:{line}: {reason}" for line, reason in problems))


def _resolves(tag: str, initial: str) -> bool:
    if tag.endswith(":bool"):
        return initial in "tTfF"
    return not tag.endswith(":timestamp")


class _Loader(yaml.CSafeLoader):
    """YAML without the trap of `no`, `off` and dates: only `true` and `false` are booleans."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the base class declares it so
        initial: [(tag, pattern) for tag, pattern in resolvers if _resolves(tag, initial)]
        for initial, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


def read_definition(file: Path, model: type[ModelT]) -> ModelT:
    """Read and validate a file. Raises DefinitionError with every problem, OSError if it cannot be read."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise DefinitionError(file, [(1, "the file is not UTF-8 text")]) from None
    try:
        root = yaml.compose(text, Loader=_Loader)
        raw = yaml.load(text, Loader=_Loader)  # noqa: S506 - derived from the safe loader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DefinitionError(file, [(line, error.problem or "not valid YAML")]) from None
    except yaml.YAMLError as error:
        raise DefinitionError(file, [(1, str(error))]) from None
    repeated = sorted(_repeated_keys(root))
    if repeated:
        raise DefinitionError(file, repeated)
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise DefinitionError(file, sorted(_problems(root, error))) from None


def _problems(root: yaml.Node | None, error: ValidationError) -> Iterator[tuple[int, str]]:
    """Every mistake once: pydantic also blames what could not be derived, and a list for its wrong items."""
    found = [problem for problem in error.errors() if problem["type"] != "default_factory_not_called"]
    blamed = {problem["loc"][:depth] for problem in found for depth in range(len(problem["loc"]))}
    for problem in found:
        location = problem["loc"]
        if location not in blamed:
            yield _line(root, location), _reason(location, problem["msg"])


def _repeated_keys(root: yaml.Node | None) -> Iterator[tuple[int, str]]:
    """YAML readers let the last of two equal keys win in silence: half of an edit would be lost."""
    waiting = [root]
    visited: set[int] = set()  # anchors let a node stand in several places, even inside itself
    while waiting:
        node = waiting.pop()
        if id(node) in visited:
            continue
        visited.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            waiting.extend(value for _, value in node.value)
            keys = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
            names = [key.value for key in keys]
            for index, key in enumerate(keys):
                if key.value in names[:index]:
                    yield key.start_mark.line + 1, f"the key {key.value} stands twice"


def _line(node: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    """The line where the innermost part of the location that stands in the file begins."""
    line = 1
    for step in location:
        if node is None:
            break
        found = _child(node, step)
        if found is not None:
            node = found
            line = node.start_mark.line + 1
    return line


def _child(node: yaml.Node, step: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]  # type: ignore[no-any-return]  # the stubs leave node values untyped
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value  # type: ignore[no-any-return]  # as above
    return None


def _reason(location: tuple[int | str, ...], message: str) -> str:
    path = ".".join(str(step) for step in location)
    message = message.removeprefix("Value error, ")
    return f"{path}: {message}" if path else message
