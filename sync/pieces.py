"""How much of a file goes into one request: long ones by themselves, short ones where something on the way wants it."""

from __future__ import annotations

KIB = 1024
FIRST = 512 * KIB  # while nothing is known of the line
SHORT = 256 * KIB
LEAST = 16 * KIB
LONG_S, SHORT_S = 60.0, 8.0  # seconds of the line; each request costs a round trip of silence
_NEWS = 0.3  # weight of the newest rate


class Pieces:
    """Learns the rate of one line and the limits of what stands on it; kept from file to file.

    Long by themselves, so that a lease never runs out inside one. Short after a limit (413), or after a cut that left
    nothing at the other end: somebody on the way holds bodies back until they are whole.
    """

    def __init__(self) -> None:
        self.rate = 0.0
        self.is_short = False
        self._ceiling: int | None = None

    def size(self, left: int) -> int:
        """Bytes for the next request; left: bytes that are still to go."""
        first, seconds = (SHORT, SHORT_S) if self.is_short else (FIRST, LONG_S)
        wanted = max(SHORT, int(self.rate * seconds)) if self.rate else first
        return min(left, wanted if self._ceiling is None else min(wanted, self._ceiling))

    def took(self, size: int, seconds: float) -> None:
        """A request of this size was answered after so many seconds."""
        if seconds > 0 and size >= LEAST:
            rate = size / seconds
            self.rate = rate if not self.rate else self.rate + _NEWS * (rate - self.rate)

    def too_large(self, size: int) -> bool:
        """The other end refused this size. False when it was the least already."""
        self.is_short = True
        self._ceiling = max(LEAST, SHORT if size > 2 * SHORT else size // 2)
        return size > LEAST

    def held_back(self, sent: int) -> None:
        """A cut after `sent` bytes left nothing at the other end."""
        if sent >= SHORT:
            self.is_short, self.rate = True, 0.0  # what the holder took in was no rate of the line behind it
