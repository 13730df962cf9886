"""Names of touches: one that failed is repeated under its own name, so it cannot count twice. No Qt."""

from __future__ import annotations

from collections.abc import Callable


class Touches:
    def __init__(self, new: Callable[[], str]) -> None:
        self._new = new
        self._failed: tuple[str, str, str] | None = None

    def of(self, group: str, priority: str) -> str:
        """The same as before until `given`."""
        if self._failed is None or self._failed[:2] != (group, priority):
            self._failed = (group, priority, self._new())
        return self._failed[2]

    def given(self) -> None:
        """The number is there: the next touch is another."""
        self._failed = None
