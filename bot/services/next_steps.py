"""What would help this person: steps that follow from requests and factors."""

from functools import partial

from bot.domain.people import Visitor
from bot.domain.risk.criteria import Step
from bot.domain.risk.steps import suggest
from bot.services.assessments import Assessments
from bot.services.profiling import NoProfileError, Profiling
from storage import people
from storage.unit_of_work import UnitOfWork


class NextSteps:
    """Suggests steps, shows one, and takes note when it is done."""

    def __init__(self, assessments: Assessments, profiling: Profiling) -> None:
        self._assessments = assessments
        self._profiling = profiling

    async def suggested(self, unit: UnitOfWork, visitor: Visitor) -> tuple[tuple[str, Step], ...]:
        """Up to five steps with their codes, the most useful first. Raises NoProfileError.

        An unfinished profile has none yet.
        """
        if visitor.person is None:
            raise NoProfileError
        picture = await self._assessments.picture(unit, visitor.person.id)
        criteria = self._assessments.criteria
        requests = picture.facts["requests"].value if "requests" in picture.facts else ()
        wanted = requests if isinstance(requests, tuple) else ()
        codes = suggest(criteria, picture.assessment, wanted, picture.facts)
        return tuple((code, criteria.steps[code]) for code in codes)

    def step(self, code: str) -> Step | None:
        """A step by its code; None if the centre has dropped it since the button was sent."""
        return self._assessments.criteria.steps.get(code)

    async def contact(self, unit: UnitOfWork, visitor: Visitor) -> str | None:
        """Where the asker's career centre is found. Raises NoProfileError."""
        if visitor.person is None:
            raise NoProfileError
        place = await unit.read(partial(people.place_of, person_id=visitor.person.id))
        contact: str | None = place["contact"]
        return contact

    async def done(self, unit: UnitOfWork, visitor: Visitor, code: str) -> None:
        """The person has done it: what that makes known is known from now on, and the level follows."""
        step = self.step(code)
        if step is not None and step.done_sets:
            await self._profiling.learn(unit, visitor, step.done_sets)
