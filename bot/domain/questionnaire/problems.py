"""How validators that look at several fields say where in the file the mistake stands."""

from collections.abc import Iterable

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError


class Problem:
    """A readable reason and the path to its place, relative to the model that is being validated."""

    def __init__(self, reason: str, *location: str | int) -> None:
        self.reason = reason
        self.location = location


def refuse(model: str, problems: Iterable[Problem]) -> None:
    """Raises one ValidationError with all problems, each at its own location; nothing if there are none.

    A plain ValueError would be reported at the whole model, that is at the first line of the file.
    """
    details = [
        InitErrorDetails(
            type=PydanticCustomError("definition", "{reason}", {"reason": problem.reason}),
            loc=problem.location,
            input=None,
        )
        for problem in problems
    ]
    if details:
        raise ValidationError.from_exception_data(model, details)
