"""Tells the desk that numbers wait without a paper: somebody has to look at the printer. No Qt."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from kiosk.clock import Clock
from ui.tasks import Run, no_matter

TELL_EACH = timedelta(minutes=1)  # an empty roll must not fill the screen
NAMED = 4


class PaperOffice(Protocol):
    """Off the UI thread; reads only. Raises: KioskError."""

    def last_seq(self) -> int: ...

    def lost_papers(self, after: int) -> tuple[int, tuple[str, ...]]:
        """Where the log was read to, and the labels."""


class PaperView(Protocol):
    def say(self, tone: str, message: str, fix: str) -> None: ...


class PaperWatch:
    def __init__(self, view: PaperView, office: PaperOffice, run: Run, clock: Clock) -> None:
        self._view, self._office, self._run, self._clock = view, office, run, clock
        self._after: int | None = None
        self._heard = -1
        self._untold: list[str] = []
        self._told_at: datetime | None = None

    def open(self) -> None:
        """What was lost before this window opened was somebody else's to hear."""
        self._run(self._office.last_seq, self._start, no_matter)

    def _start(self, seq: int) -> None:
        self._after = seq

    def on_news(self, seq: int) -> None:
        """The same number again is a heartbeat: time to tell what waited for its minute."""
        if self._after is None:
            self.open()
        elif seq != self._heard:
            self._heard, after = seq, self._after
            self._run(lambda: self._office.lost_papers(after), self._read, no_matter)
        else:
            self._tell()

    def _read(self, found: tuple[int, tuple[str, ...]]) -> None:
        self._after, labels = found
        self._untold += [label for label in labels if label not in self._untold]
        self._tell()

    def _tell(self) -> None:
        now = self._clock()
        if not self._untold or (self._told_at is not None and abs(now - self._told_at) < TELL_EACH):
            return
        self._told_at = now
        named, more = ", ".join(self._untold[:NAMED]), len(self._untold) - NAMED
        self._untold.clear()
        others = f" và {more} số khác" if more > 0 else ""
        self._view.say("warn", f"Chưa có phiếu: số {named}{others}.", "Xem giấy và nắp máy in số; các số vẫn được gọi.")
