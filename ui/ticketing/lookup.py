"""Looking one's dossier up: digits typed or a receipt scanned, a limited number of times. No Qt."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from kiosk.clock import Clock
from kiosk.domain.appointment import is_code
from kiosk.services.lookup import Progress
from ui.tasks import Problem, Run
from ui.ticketing.ports import TicketingOffice, TicketingView

MOST_DIGITS = 14
TRIES, WITHIN = 6, timedelta(minutes=1)
ERASE, SEARCH = "erase", "search"


class Tries:
    """So many look-ups a minute at one kiosk, whoever stands there: nobody walks through the receipts' numbers."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._at: deque[datetime] = deque(maxlen=TRIES)

    def take(self) -> bool:
        now = self._clock()
        if len(self._at) == TRIES and now - self._at[0] < WITHIN:
            return False
        self._at.append(now)
        return True


class Lookup:
    """failed: shows a problem; found: somebody's dossier stands on the screen; too_often: the limit is reached;
    booked: an appointment's code was given instead.

    is_open: the keypad or a dossier stands on the screen.
    """

    def __init__(
        self,
        view: TicketingView,
        office: TicketingOffice,
        run: Run,
        clock: Clock,
        found: Callable[[], None],
        failed: Callable[[Problem], None],
        too_often: Callable[[], None],
        booked: Callable[[str], None],
    ) -> None:
        self._view, self._office, self._run = view, office, run
        self._tries = Tries(clock)
        self._found, self._failed, self._too_often, self._booked = found, failed, too_often, booked
        self._digits = ""
        self._visit = 0
        self.is_open = False

    def open(self) -> None:
        self._digits, self.is_open = "", True
        self._view.show_lookup("")

    def on_key(self, key: str) -> None:
        """A digit, ERASE or SEARCH."""
        if key == SEARCH:
            self.search(self._digits)
            return
        self._digits = self._digits[:-1] if key == ERASE else (self._digits + key)[:MOST_DIGITS]
        self._view.show_lookup(self._digits)

    def search(self, text: str) -> None:
        if not text.strip():
            return
        if not self._tries.take():
            self._too_often()
            return
        if is_code(text.strip()):
            self._booked(text.strip())
            return
        visit = self._visit
        self._run(lambda: self._office.look_up(text), lambda found: self._show(found, visit), self._failed)

    def _show(self, progress: Progress, visit: int) -> None:
        if visit == self._visit:  # whoever asked may have gone, and the screen with them
            self._digits, self.is_open = "", True
            self._view.show_progress(progress)
            self._found()

    def forget(self) -> None:
        self._digits, self.is_open = "", False
        self._visit += 1
