"""Somebody at the kiosk called an officer: watch for the answer, for a while. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from kiosk.clock import Clock
from ui.tasks import Problem, Run, no_matter
from ui.ticketing.ports import TicketingOffice

LOOK_EVERY, WAIT_FOR = timedelta(seconds=2), timedelta(minutes=5)


class HelpCall:
    """called: the desks know; coming: an officer has set out; failed: nobody could be told."""

    def __init__(
        self,
        office: TicketingOffice,
        run: Run,
        clock: Clock,
        called: Callable[[], None],
        coming: Callable[[], None],
        failed: Callable[[Problem], None],
    ) -> None:
        self._office, self._run, self._clock = office, run, clock
        self._called, self._coming, self._failed = called, coming, failed
        self._since: datetime | None = None
        self._looked_at = clock()

    def call(self) -> None:
        self._run(self._office.ask_help, lambda _: self._was_called(), self._failed)

    def _was_called(self) -> None:
        self._since = self._looked_at = self._clock()
        self._called()

    def on_tick(self) -> None:
        now, since = self._clock(), self._since
        if since is None or timedelta(0) <= now - self._looked_at < LOOK_EVERY:
            return
        self._looked_at = now
        if not timedelta(0) <= now - since < WAIT_FOR:
            self._since = None
            return
        self._run(lambda: self._office.is_help_coming(since), self._looked, no_matter)

    def _looked(self, coming: bool) -> None:
        if coming and self._since is not None:
            self._since = None
            self._coming()

    def forget(self) -> None:
        self._since = None
