"""The staff's screen of a kiosk: a code, then the measure of the glass with a card held to it. No Qt."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.clock import Clock
from ui.tasks import Problem, Run
from ui.ticketing.lookup import ERASE, SEARCH, Tries
from ui.ticketing.model import Stopped
from ui.ticketing.ports import TicketingOffice, TicketingView

CARD_MM = 85.60  # ID-1, ISO/IEC 7810: bank cards and identity cards
LEAST, MOST = 1.5, 20.0  # px per mm of any glass that a kiosk may have
LONGEST_CODE = 8


class Staff:
    """wrong: the code is not right, or was tried too often; kept: the new measure is stored, in px per mm;
    going_on: numbers are given again, under a spare letter.

    is_open: one of its pages stands on the screen.
    """

    def __init__(
        self,
        view: TicketingView,
        office: TicketingOffice,
        run: Run,
        clock: Clock,
        wrong: Callable[[], None],
        failed: Callable[[Problem], None],
        kept: Callable[[float], None],
        going_on: Callable[[], None],
    ) -> None:
        self._view, self._office, self._run = view, office, run
        self._tries = Tries(clock)
        self._wrong, self._failed, self._kept, self._going_on = wrong, failed, kept, going_on
        self._code = ""
        self._card_px: int | None = None
        self.is_open = False

    def open(self) -> None:
        """Nothing happens where the settings hold no code."""
        if self._office.has_staff_code():
            self.forget()
            self.is_open = True
            self._view.show_staff_code(0)

    def on_key(self, key: str) -> None:
        if key == SEARCH:
            self._try()
            return
        self._code = self._code[:-1] if key == ERASE else (self._code + key)[:LONGEST_CODE]
        self._view.show_staff_code(len(self._code))

    def _try(self) -> None:
        code, self._code = self._code, ""
        self._view.show_staff_code(0)
        if not self._tries.take() or not self._office.is_staff_code(code):
            self._wrong()
            return
        self._run(self._office.stopped, self._let_in, self._failed)

    def _let_in(self, stopped: Stopped | None) -> None:
        """A kiosk that gives no numbers needs that mended first."""
        if stopped is not None:
            self._view.show_stopped(stopped)
            return
        self._card_px = round(self._view.px_per_mm() * CARD_MM)
        self._view.show_calibration(self._card_px)

    def on_spare(self, letter: str) -> None:
        self._run(lambda: self._office.use_spare(letter), lambda _: self._going_on(), self._failed)

    def on_step(self, px: int) -> None:
        """Make the frame wider or narrower."""
        if self._card_px is not None:
            self._card_px = min(max(self._card_px + px, round(LEAST * CARD_MM)), round(MOST * CARD_MM))
            self._view.show_calibration(self._card_px)

    def on_save(self) -> None:
        if self._card_px is not None:
            measured = self._card_px / CARD_MM
            self._run(lambda: self._office.keep_px_per_mm(measured), lambda _: self._kept(measured), self._failed)

    def forget(self) -> None:
        self._code, self._card_px, self.is_open = "", None, False
