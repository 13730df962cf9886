"""When an entry is put aside for an officer: it fails again and again while others of the same line get through.

A province that answers nobody parks nothing, however long it lasts: then it is the line, not the entry.
"""

from __future__ import annotations

TRIES = 5


class Parking:
    """What is known of one line's failures since this worker began; a restart gives every entry its tries anew."""

    def __init__(self, tries: int = TRIES) -> None:
        self._tries = tries
        self._arrived = 0
        # job -> (failures that count, what had arrived at the last of them)
        self._failed: dict[int, tuple[int, int]] = {}

    def worked(self, job: int) -> None:
        self._arrived += 1
        self._failed.pop(job, None)

    def failed(self, job: int) -> bool:
        """True when it has had its tries: something else has arrived between each of them."""
        count, seen = self._failed.get(job, (0, -1))
        if self._arrived > seen:
            count += 1
        self._failed[job] = (count, self._arrived)
        if count < self._tries:
            return False
        del self._failed[job]
        return True
