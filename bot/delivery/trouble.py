"""When Telegram does not answer at all: attempts become rarer, until one succeeds."""

_LONGEST_REST_SECONDS = 60


class Trouble:
    """Counts failures in a row; fewer than `chance` of them are no sign of anything. Times in seconds."""

    def __init__(self, chance: int) -> None:
        self._chance = chance
        self._in_a_row = 0
        self._until = 0.0

    def add(self, at: float) -> None:
        """Another failure: after each full number of them everything rests, twice as long each time."""
        self._in_a_row += 1
        times, more = divmod(self._in_a_row, self._chance)
        if not more:
            self._until = at + min(2 ** min(times - 1, 10), _LONGEST_REST_SECONDS)

    def over(self) -> None:
        """Telegram has answered."""
        self._in_a_row = 0
        self._until = 0.0

    def rests(self, at: float) -> bool:
        return at < self._until
