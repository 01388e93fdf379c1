"""Finds what may have been seen before in fixed memory, however long a table is."""

BITS = 1 << 27
MASK = BITS - 1


class Seen:
    """A Bloom filter of 16 MB: what it calls new is new; among a million it is wrong about some 200 others.

    So its suspects are few, and a second look at the table convicts or clears them. A set of a million ids
    would take six times the memory, and grow.
    """

    def __init__(self) -> None:
        self._bits = bytearray(BITS // 8)

    def before(self, key: str) -> bool:
        """Whether the key may have been here before; it is remembered from now on."""
        digest = hash(key)
        return self._mark(digest & MASK) & self._mark(digest >> 32 & MASK)

    def _mark(self, place: int) -> bool:
        byte, bit = place >> 3, 1 << (place & 7)
        marked = bool(self._bits[byte] & bit)
        self._bits[byte] |= bit
        return marked
