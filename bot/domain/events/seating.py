"""Who gets a seat: how many there are, for whom, and who is next in line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

OrganisationId = int | None


@dataclass(frozen=True, slots=True)
class Seating:
    """The seats of an event. No seats: as many as come.

    A college with a quota has that many seats, no more and no fewer; the others share what is left.
    """

    seats: int | None = None
    quotas: Mapping[int, int] = field(default_factory=dict)

    def capacity(self, organisation: OrganisationId) -> int | None:
        """The most seats that the college's people can have, among themselves or with the others."""
        pool = self._pool(organisation)
        if pool is not None:
            return self.quotas[pool]
        return None if self.seats is None else max(self.seats - sum(self.quotas.values()), 0)

    def free(self, taken: Mapping[OrganisationId, int], organisation: OrganisationId) -> int | None:
        """How many seats somebody of the college could have; None: any number. Never less than none."""
        left = self._left(taken, organisation)
        return None if left is None else max(left, 0)

    def overfull(self, taken: Mapping[OrganisationId, int], organisation: OrganisationId) -> bool:
        """Whether more seats are taken than there are for the college's people."""
        return (self._left(taken, organisation) or 0) < 0

    def next_in_line(
        self, taken: Mapping[OrganisationId, int], waiting: Iterable[tuple[int, OrganisationId]]
    ) -> list[int]:
        """Which of those who wait (registration and college, in order) get the seats that are free."""
        held = dict(taken)
        chosen = []
        for registration, organisation in waiting:
            if self.free(held, organisation) != 0:
                held[organisation] = held.get(organisation, 0) + 1
                chosen.append(registration)
        return chosen

    def before(
        self, organisation: OrganisationId, waiting: Iterable[tuple[int, OrganisationId]]
    ) -> list[int]:
        """Of those who wait, the ones in the same line as the college's people, in order."""
        pool = self._pool(organisation)
        return [registration for registration, one in waiting if self._pool(one) == pool]

    def _left(self, taken: Mapping[OrganisationId, int], organisation: OrganisationId) -> int | None:
        """`taken` are seats by college.

        People who change colleges take their seat along, so the whole is looked at as well.
        """
        limits = []
        capacity = self.capacity(organisation)
        if capacity is not None:
            pool = self._pool(organisation)
            limits.append(capacity - sum(n for one, n in taken.items() if self._pool(one) == pool))
        if self.seats is not None:
            limits.append(self.seats - sum(taken.values()))
        return min(limits) if limits else None

    def _pool(self, organisation: OrganisationId) -> OrganisationId:
        return organisation if organisation in self.quotas else None
