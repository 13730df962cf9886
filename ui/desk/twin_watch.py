"""Tells the desk that two people hold one number: a kiosk's number came in that was there under another key. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk.services.admission import same_labels_after
from kiosk.services.ports import UnitOfWork
from ui.tasks import Run, no_matter


class TwinOffice(Protocol):
    """Off the UI thread; reads only. Raises: KioskError."""

    def same_labels(self, after: int | None) -> tuple[int, tuple[str, ...]]:
        """Where the log was read to, and the numbers; after: None for the end of the log."""


class TwinView(Protocol):
    def say(self, tone: str, message: str, fix: str) -> None: ...


@dataclass(frozen=True)
class LiveTwins:
    reads: Callable[[], UnitOfWork]

    def same_labels(self, after: int | None) -> tuple[int, tuple[str, ...]]:
        with self.reads() as look:
            return (look.events.last_seq(), ()) if after is None else same_labels_after(look, after)


class TwinWatch:
    def __init__(self, view: TwinView, office: TwinOffice, run: Run) -> None:
        self._view, self._office, self._run = view, office, run
        self._after: int | None = None  # what was told before this window opened was somebody else's to hear
        self._heard = -1

    def on_news(self, seq: int) -> None:
        """The same number again is a heartbeat."""
        if seq != self._heard:
            self._heard, after = seq, self._after
            self._run(lambda: self._office.same_labels(after), self._read, no_matter)

    def _read(self, found: tuple[int, tuple[str, ...]]) -> None:
        self._after, labels = found
        if labels:
            named = ", ".join(labels)
            self._view.say(
                "warn", f"Hai người cùng giữ số {named}.", "Khi gọi, xem giờ in trên phiếu để mời đúng người."
            )
